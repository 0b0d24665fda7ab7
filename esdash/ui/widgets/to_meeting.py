"""The button "in die nächste Sitzung": takes the shown view, with its filters and its day, onto the next agenda."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from esdash.analysis.meetings import points
from esdash.analysis.meetings.agenda import MINUTES
from esdash.inventory import Inventory
from esdash.inventory.access import Action, Actor
from esdash.inventory.steering.meetings import agenda
from esdash.inventory.steering.meetings.agenda import LONGEST_NAME, Point
from esdash.texts import Text
from esdash.ui.shell import messages, page, session, url
from esdash.ui.shell.state import LOOK_BACK, PageState
from esdash.wording.escaping import plain

LONGEST_NOTE = 300


def button(inventory: Inventory, text: Text, what: str, state: PageState, kind: str = "topic") -> None:
    """The button, with a name and a note for the group; nothing if the visitor may not change agendas.

    `what` is the name of the point as it is proposed, `state` the choices of the page, to which the point will lead.
    """
    now = session.inventory()  # an agenda is changed today, also from a look-back
    if not page.may(now, Action.EDIT_AGENDA):
        return
    key = f"to_meeting_{state.page}"
    messages.show()
    with st.popover(text("to_meeting.open"), type="tertiary", key=f"{key}_open"):
        coming = points.coming(now)
        if coming is None:
            st.markdown(text("to_meeting.none"))
            url.link("meetings", text("to_meeting.plan"), meetings="agenda")
            return
        st.markdown(plain(text("to_meeting.where", day=coming["held_on"], name=coming["name"])))
        st.text_input(text("agenda.name"), what[:LONGEST_NAME], LONGEST_NAME, key=f"{key}_name")
        st.text_input(text("agenda.note"), max_chars=LONGEST_NOTE, key=f"{key}_note")
        shown = (text, key, address(state), inventory.today(), kind)
        st.button(text("to_meeting.now"), type="primary", key=f"{key}_now", on_click=_bring, args=shown)


def address(state: PageState) -> str:
    """The address of the shown view: the page with its choices and an earlier day, whatever the language."""
    params = state.as_link() | LOOK_BACK.as_link()
    query = urlencode(params, doseq=True)
    return f"{state.page}?{query}" if query else state.page


def _bring(text: Text, key: str, view: str, day: date, kind: str) -> None:
    now = session.inventory()
    name, note = (str(st.session_state.get(f"{key}_{field}") or "").strip() for field in ("name", "note"))

    def act(actor: Actor) -> None:
        about: dict[str, Any] = {"planned_minutes": MINUTES[kind], "view_url": view, "as_of": day, "note": note or None}
        agenda.bring(now, actor, Point(name, kind, why=("brought",), **about))

    page.act(now, text, Action.EDIT_AGENDA, act, text("to_meeting.done"))
