"""The result of a closed round: the picture, the table, whom it concerns, and where it differs from the computation."""

from typing import Any

import streamlit as st

from esdash import charts
from esdash.analysis import voices
from esdash.charts import look
from esdash.inventory import Inventory
from esdash.inventory.access import Action, Actor
from esdash.inventory.steering import voices as steering
from esdash.inventory.steering.voices import LONGEST_REASON, Round
from esdash.texts import Text
from esdash.ui.shell import page, printing
from esdash.ui.widgets import tables
from esdash.wording import voices as words
from esdash.wording.escaping import bold, plain
from esdash.wording.names import Names

TALLEST = 900  # pixels: a round has about a dozen items, and a table that scrolls in itself hides the last


def show(inventory: Inventory, text: Text, names: Names, a_round: Round) -> None:
    """The answer in a sentence, the picture, the table of the same content, and what stands behind it."""
    found = words.result(inventory, text, a_round.voice_round_id)
    page.heading(plain(a_round.question))
    st.markdown(words.sentence(a_round, found, text))
    page.heading(text("voices.picture"))
    figure = charts.voices(found, found["title"].tolist(), words.hovers(found, text), text)
    st.plotly_chart(figure, key="voices_picture", config=look.CONFIG, alt=text("voices.picture_alt"))
    st.caption(text("voices.picture_key"))
    alt = text("voices.table_alt", n=len(found))
    tables.show(found, words.shown_columns(text), text, "voices_table", alt, TALLEST)
    tables.downloads(inventory, found, words.columns(text), text("voices.download"), "stimmen", text)
    _concerns(inventory, text, names, a_round, found)
    if a_round.names_shown:
        with printing.unfolded(text("voices.who")):
            tables.show(*words.who(inventory, text, names, a_round), text, "voices_who", text("voices.who_alt"))
            st.caption(text("voices.who_note"))
    with printing.unfolded(text("voices.reasons")):
        _reasons(inventory, text, names, a_round)
    _beside(inventory, text, a_round)


def _concerns(inventory: Inventory, text: Text, names: Names, a_round: Round, found: Any) -> None:
    """The conflicts of interest, each with the result with and without."""
    page.heading(text("voices.concerns"))
    conflicts = voices.conflicts(inventory, a_round.voice_round_id)
    frame, columns = words.concerned(found, conflicts, names, text)
    if frame.empty:
        st.markdown(text("voices.concerns_nobody"))
        return
    tables.show(frame, columns, text, "voices_concerned", text("voices.concerns"), TALLEST)
    if not a_round.names_shown and frame["median_without"].isna().any():
        st.caption(text("voices.concerns_why_unsaid"))


def _reasons(inventory: Inventory, text: Text, names: Names, a_round: Round) -> None:
    """The reasons by item, with the seat where names were agreed."""
    frame, titles = voices.reasons(inventory, a_round.voice_round_id), words.titles(inventory, text)
    if frame.empty:
        st.markdown(text("voices.reasons_none"))
    for item in a_round.item_ids:
        rows = frame[frame["priority_item_id"] == item]
        if len(rows):
            lines = [
                f"- {plain(row.reason)}"
                + (f" ({plain(names.of('organization', row.seat_organization_id))})" if a_round.names_shown else "")
                for row in rows.itertuples()
            ]
            st.markdown("\n".join([bold(titles.get(item, item)), "", *lines]))


def _beside(inventory: Inventory, text: Text, a_round: Round) -> None:
    """The places by computation and by voices, and a sentence for each item where they lie far apart."""
    page.heading(text("voices.beside"))
    found = words.beside(inventory, text, a_round.voice_round_id)
    if found.empty:
        st.markdown(text("voices.beside_none"))
        return
    crossings = found[found["crossing"]]
    if crossings.empty:
        st.markdown(text("voices.beside_alike", n=voices.CROSSING))
    for row in crossings.itertuples():
        _crossing(inventory, text, row)
    tables.show(found, words.beside_columns(text), text, "voices_beside", text("voices.beside_alt", n=len(found)))
    st.caption(text("voices.beside_note", n=len(found)))


def _crossing(inventory: Inventory, text: Text, row: Any) -> None:
    """The sentence about one item, and the reason that the office writes beside it."""
    st.markdown(plain(words.crossing(row, text)))
    reason, key = row.score_reason if isinstance(row.score_reason, str) else "", f"voice_why_{row.priority_item_id}"
    if not page.may(inventory, Action.EDIT_ITEM):
        st.caption(plain(reason))
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(text("voices.crossing_why"), reason, LONGEST_REASON, f"{key}_{row.version}")
        st.button(
            text("voices.crossing_save"),
            key=key,
            on_click=_explain,
            args=(inventory, text, row.priority_item_id, int(row.version), f"{key}_{row.version}"),
        )


def _explain(inventory: Inventory, text: Text, item: str, version: int, key: str) -> None:
    def act(actor: Actor) -> None:
        steering.explain(inventory, actor, item, str(st.session_state.get(key) or ""), version)

    page.act(inventory, text, Action.EDIT_ITEM, act, text("voices.crossing_saved"))
