"""What to ask next: calls in order of worth, each with its questions, a letter and a form for the answers."""

import streamlit as st

from esdash.analysis.maintenance import freshness
from esdash.inventory import Inventory
from esdash.inventory.access import Action
from esdash.texts import Text
from esdash.ui.maintenance import answers, call_files, mail, visits
from esdash.ui.maintenance.choice import CARE
from esdash.ui.shell import page, printing, url
from esdash.wording import questions
from esdash.wording.escaping import bold, plain
from esdash.wording.names import names_of
from esdash.wording.questions import Call

CALLS_AT_ONCE = 10  # a morning on the telephone
_SHOWN = "calls shown"
_ANSWERING = (Action.EDIT_RECORDS, Action.CONFIRM)  # both: an answer also confirms


def show(inventory: Inventory, text: Text) -> None:
    """The calls, ten at first; below them the visits."""
    calls = questions.in_words(inventory, text)
    if not freshness.by_kind(inventory)["records"].sum():
        st.info(text("ask.empty"))
        url.link("imports", text("entry.to_imports"))
        url.link("entry", text("ask.enter"), table="initiative", new="1")
    elif not calls:
        st.success(text("ask.all_known"))
    else:
        _calls(inventory, calls, text)
    visits.show(inventory, text)


def _calls(inventory: Inventory, calls: list[Call], text: Text) -> None:
    places = {call.organization_id: place for place, call in enumerate(calls)}
    if CARE.call and CARE.call not in places:
        st.info(text("ask.gone"))
        CARE.call = ""
    page.heading(text.count("ask.heading", len(calls)))
    st.markdown(text("ask.sentence"))
    may = all(page.allowed(inventory, text, action) for action in _ANSWERING)
    shown = (
        len(calls)
        if printing.on()
        else max(st.session_state.setdefault(_SHOWN, CALLS_AT_ONCE), places.get(CARE.call, 0) + 1)
    )
    for place, call in enumerate(calls[:shown]):
        _card(inventory, call, text, may, first=place == 0)
    if len(calls) > shown:
        st.button(text("ask.more", n=len(calls) - shown), key="calls_more", on_click=_more)
    call_files.buttons(inventory, text, shown)


def _more() -> None:
    st.session_state[_SHOWN] += CALLS_AT_ONCE


def _card(inventory: Inventory, call: Call, text: Text, may: bool, first: bool) -> None:
    key, typing = call.organization_id, may and CARE.call == call.organization_id
    with st.container(border=True, gap="xsmall"):
        left, right = st.columns([3, 2], gap="medium", vertical_alignment="center")
        with left.container(gap="xsmall"):
            url.link("entry", bold(call.organization), table="organization", id=key)
            st.text(call.worth)
            st.caption(plain(call.contact))
        with right.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center", gap="small"):
            if may and not typing:
                st.button(text("ask.answer"), key=f"answer_{key}", on_click=answers.open_form, args=(inventory, key))
            if printing.button(text("ask.letter"), key=f"letter_{key}"):
                mail.dialog(questions.letter(call.row, call.questions, _city(inventory, text), text), text)
        if typing:
            answers.show(inventory, text, call)
            return
        with printing.unfolded(_counted(call, text), expanded=first):
            st.text("\n".join(f"\N{BULLET} {words}" for one in call.questions for words in questions.asked(one, text)))


def _counted(call: Call, text: Text) -> str:
    number = text.count("ask.questions", int(call.row.questions))
    return text("ask.of", questions=number, offers=text.count("ask.offers", int(call.row.offers)))


def _city(inventory: Inventory, text: Text) -> str:
    return str(names_of(inventory, text).city["name"])
