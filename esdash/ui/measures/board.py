"""The board of measures: planned, running, waiting, ended; a measure opens beside it."""

import streamlit as st

from esdash.analysis.measures import listed
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.ui.measures import calendar_file, detail, start
from esdash.ui.measures.choice import MEASURES, chosen, of_asked, of_lead
from esdash.ui.shell import page, printing, screen
from esdash.ui.widgets import files
from esdash.wording import measures as words
from esdash.wording.escaping import bold, plain
from esdash.wording.measures import Card
from esdash.wording.names import Names

LAST_DONE = 5  # of those that are done; all of them are on the control list and in the files


def show(inventory: Inventory, text: Text, names: Names) -> None:
    """All measures, or those of the chosen organisation; beside the open one as a list."""
    frame = listed.measures(inventory)
    row = chosen(frame)
    cards = words.by_state(of_asked(of_lead(frame), text), names, text, inventory.today())
    if row is None:
        start.form(inventory, text, names)
        _columns(cards, text)
        return
    left, right = st.columns([8, 4], gap="large")
    with left:
        detail.show(inventory, text, names, row)
    with right:
        page.heading(text("measures.all"))
        for state in words.COLUMNS:
            for card in cards[state]:
                _card(card, text, open_=card.measure_id == row["measure_id"])


def beside_the_parts(inventory: Inventory, text: Text) -> None:
    """A new measure, and all dates as a file, in the line of the parts; not beside an open measure."""
    if MEASURES.measure is None:
        start.button(inventory, text)
        files.buttons(inventory, text, calendar_file.of(MEASURES.lead))


def _columns(cards: dict[str, list[Card]], text: Text) -> None:
    """One column for each state; on a telephone one list, in which what is overdue comes first."""
    if screen.narrow():
        _one_list(cards, text)
        return
    for state, column in zip(words.COLUMNS, st.columns(len(words.COLUMNS), gap="small"), strict=True):
        with column:
            _of_state(cards[state], state, text)
            if not cards[state]:
                st.caption(text("measures.board_empty"))


def _one_list(cards: dict[str, list[Card]], text: Text) -> None:
    """The overdue measures, then the others by their state."""
    late = [card for state in words.COLUMNS for card in cards[state] if card.late]
    if late:
        page.heading(text("measures.board_column", state=text("measures.board_late"), n=len(late)))
        for card in late:
            _card(card, text)
    for state in words.COLUMNS:
        if others := [card for card in cards[state] if not card.late]:
            _of_state(others, state, text)


def _of_state(cards: list[Card], state: str, text: Text) -> None:
    """The cards of one state below its name; of what has ended only the last ones."""
    named = text("measures.board_ended" if state == "done" else f"measures.state_{state}")  # done or given up
    page.heading(text("measures.board_column", state=named, n=len(cards)))
    most = LAST_DONE if state == "done" and not printing.on() else len(cards)
    for card in cards[:most]:
        _card(card, text)
    if len(cards) > most:
        st.caption(text("measures.more_done", n=len(cards) - most))


def _card(card: Card, text: Text, open_: bool = False) -> None:
    """Title, who leads and until when; what asks for attention stands beside the way in."""
    with st.container(border=True, gap=None):
        st.markdown(bold(card.title))
        st.caption(plain(f"{card.lead} · {card.due}"))
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", gap="small"):
            if not open_:
                label, key = f":primary[{text('measures.card_open')} →]", f"measure {card.measure_id}"
                printing.button(label, key=key, type="tertiary", on_click=_open, args=(card.measure_id,))
            if card.asks:
                st.badge(plain(card.asks), color=card.colour)  # type: ignore[arg-type]  # a word of its own list


def _open(measure_id: str) -> None:
    MEASURES.measure = measure_id
