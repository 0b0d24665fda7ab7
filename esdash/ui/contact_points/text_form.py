"""The form of one text: the German source beside it, who has read it, and a question of the city's own."""

import zlib
from collections.abc import Callable

import streamlit as st

from esdash.analysis.leaflet import texts
from esdash.analysis.leaflet.texts import SOURCE, Passage
from esdash.inventory import Inventory
from esdash.inventory.access import Action, Actor
from esdash.inventory.steering import leaflet_texts
from esdash.inventory.steering.leaflet_texts import LONGEST, Reading, Seen
from esdash.texts import Text, leaflet
from esdash.ui.contact_points import text_state
from esdash.ui.contact_points.text_state import TEXTS
from esdash.ui.shell import author, page, printing
from esdash.wording import leaflet as words
from esdash.wording.escaping import bold, plain
from esdash.wording.names import Names

LONGEST_ROLE = 60
_READER = "leaflet reader"


def who(text: Text) -> None:
    """The fields for one's own name and for the function that has read, kept for this visit."""
    with st.container(horizontal=True, gap="small"):
        st.text_input(
            text("leaflet.reader"),
            key=_READER,
            max_chars=LONGEST_ROLE,
            placeholder=text("leaflet.reader_example"),
            persist_state="session",
            width=260,
        )


def role() -> str:
    """What stands in that field."""
    return str(st.session_state.get(_READER) or "")


def show(inventory: Inventory, text: Text, names: Names, one: Passage) -> None:
    """One text: where it stands, its state, the German source beside it, the field, and the buttons."""
    with st.container(border=True, gap="small"):
        where = f"{names.of('language', one.language_id)} · {words.section(one.passage, text)}"
        st.markdown(f"{bold(where)} · {plain(words.status(one, text))}")
        key = f"leaflet_{one.passage}_{one.language_id}_{one.version}_{zlib.crc32(one.source.encode())}"
        may = page.allowed(inventory, text, Action.EDIT_LEAFLET, Action.REVIEW_LEAFLET)
        if one.language_id == SOURCE:
            _field(text, one, key, text("leaflet.text_german"), may)
            _changes_others(inventory, text, one)
        else:
            left, right = st.columns(2, gap="medium")
            with left:
                st.caption(text("leaflet.source"))
                with st.container(border=True):
                    st.text(one.source or text("leaflet.emptied"))
            with right:
                _field(text, one, key, text("leaflet.words"), may)
        if put_in := sorted(leaflet.places(one.source)):
            st.caption(plain(text("leaflet.placeholders", places=", ".join(f"{{{name}}}" for name in put_in))))
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            if may:
                _buttons(inventory, text, one, key)
            _steps(inventory, text, one)


def _field(text: Text, one: Passage, key: str, label: str, may: bool) -> None:
    shown = "" if one.status == "missing" else words.shown(one.text, one.language_id)
    if printing.on():
        st.caption(label)
        st.text(shown)
        return
    st.text_area(label, shown, 110, LONGEST + 20, key, disabled=not may)  # 20: the signs of `shown`


def _changes_others(inventory: Inventory, text: Text, one: Passage) -> None:
    """How many reviewed translations a change of a German text would make outdated."""
    others = [language for language in words.languages(inventory) if language != SOURCE]
    found = [words.passages(inventory, language)[one.passage] for language in others]
    if reviewed := sum(other.status == "reviewed" for other in found):
        st.caption(text.count("leaflet.changes_others", reviewed))


def _steps(inventory: Inventory, text: Text, one: Passage) -> None:
    """To the text before, to the next, and back to the list."""
    for name, step in (("before", -1), ("after", 1)):
        to = text_state.beside(inventory, one.passage, step)
        args, off = (to,), to is None
        printing.button(
            text(f"leaflet.{name}"), f"leaflet_{name}", type="tertiary", on_click=_open, args=args, disabled=off
        )
    printing.button(text("leaflet.close"), "leaflet_close", type="tertiary", on_click=_open, args=(None,))


def _open(passage: str | None) -> None:
    TEXTS.passage = passage


def _buttons(inventory: Inventory, text: Text, one: Passage, key: str) -> None:
    if page.may(inventory, Action.REVIEW_LEAFLET) and one.source:
        more = text_state.next_unread(inventory, one.passage)
        label = text("leaflet.read_next" if more else "leaflet.read")
        st.button(label, "leaflet_read", type="primary", on_click=_read, args=(inventory, text, one, key, more))
    if not page.may(inventory, Action.EDIT_LEAFLET):
        return
    st.button(text("leaflet.save"), "leaflet_save", on_click=_save, args=(inventory, text, one, key))
    if one.own and one.passage in leaflet.standard(SOURCE):
        st.button(text("leaflet.back_to_usual"), "leaflet_usual", on_click=_usual, args=(inventory, text, one))
    if one.language_id == SOURCE and one.passage.startswith("question_") and one.source:
        st.button(text("leaflet.leave_out"), "leaflet_leave_out", on_click=_leave_out, args=(inventory, text, one))


def _typed(key: str) -> str:
    return words.written(str(st.session_state.get(key) or ""))


@author.first
def _read(inventory: Inventory, text: Text, one: Passage, key: str, more: str | None) -> None:
    def act(actor: Actor) -> None:
        reading = Reading(one.passage, _typed(key), Seen(one.source, one.version))
        leaflet_texts.review(inventory, one.language_id, [reading], role(), actor)

    if page.act(inventory, text, Action.REVIEW_LEAFLET, act, text.count("leaflet.read_done", 1)) and more:
        TEXTS.passage = more


def _edit(inventory: Inventory, text: Text, do: Callable[[Actor], object], done: str) -> None:
    page.act(inventory, text, Action.EDIT_LEAFLET, do, text(done))


def _save(inventory: Inventory, text: Text, one: Passage, key: str) -> None:
    def act(actor: Actor) -> None:
        seen = Seen(one.source, one.version)
        leaflet_texts.write(inventory, one.passage, one.language_id, _typed(key), seen, actor)

    _edit(inventory, text, act, "leaflet.saved")


def _usual(inventory: Inventory, text: Text, one: Passage) -> None:
    def act(actor: Actor) -> None:
        leaflet_texts.back_to_usual(inventory, one.passage, one.language_id, Seen(one.source, one.version), actor)

    _edit(inventory, text, act, "leaflet.is_usual")


def _leave_out(inventory: Inventory, text: Text, one: Passage) -> None:
    def act(actor: Actor) -> None:
        leaflet_texts.write(inventory, one.passage, SOURCE, "", Seen(one.source, one.version), actor)

    _edit(inventory, text, act, "leaflet.left_out")


def add(inventory: Inventory, text: Text) -> None:
    """The form for a question of the city's own, in German; folded away."""
    if TEXTS.language != SOURCE or not page.may(inventory, Action.EDIT_LEAFLET):
        return
    found = words.passages(inventory, SOURCE)
    taken = {int(name.rpartition("_")[2]) for name in found if name.startswith(("question_", "answer_"))}
    number = max(taken, default=0) + 1
    with st.expander(text("leaflet.add"), key="leaflet_adding"):
        if number > texts.MOST_QUESTIONS:
            st.caption(text("leaflet.add_full", n=texts.MOST_QUESTIONS))
            return
        with st.form(f"leaflet_add_{number}", border=False):
            st.text_input(text("leaflet.add_question"), key=f"leaflet_question_{number}", max_chars=120)
            st.text_area(text("leaflet.add_answer"), key=f"leaflet_answer_{number}", max_chars=LONGEST)
            st.form_submit_button(text("leaflet.add_save"), on_click=_add, args=(inventory, text, number))


def _add(inventory: Inventory, text: Text, number: int) -> None:
    def act(actor: Actor) -> None:
        typed = [str(st.session_state.get(f"leaflet_{name}_{number}") or "") for name in ("question", "answer")]
        leaflet_texts.add_question(inventory, number, typed[0], typed[1], actor)

    _edit(inventory, text, act, "leaflet.added")
