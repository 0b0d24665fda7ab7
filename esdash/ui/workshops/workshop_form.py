"""The form of a workshop: recording one, and changing what is said about it."""

from functools import partial
from typing import Any

import streamlit as st

from esdash.analysis.workshops import listed
from esdash.inventory import Inventory
from esdash.inventory.access import Action, Actor
from esdash.inventory.editing import new_key
from esdash.inventory.steering import workshops
from esdash.inventory.steering.workshops import LONGEST_MINUTES, LONGEST_NAME, MOST_GUESTS, Workshop
from esdash.texts import Text
from esdash.ui.shell import author, page
from esdash.ui.workshops import idea_lines
from esdash.ui.workshops.choice import WORKSHOPS, Row
from esdash.wording.names import Names

NEW = "new"
_OPEN = "workshop form"  # in session state: the workshop whose form is open, or "new"
_FIELDS = ("name", "day", "place", "organizer", "participants", "guests", "themes", "minutes")
MINUTES_HEIGHT = 160  # pixels


def new(inventory: Inventory, text: Text, names: Names) -> None:
    """The button for a new workshop, and its form once it was pressed."""
    if _opened() != NEW:
        st.button(text("workshops.record"), key="workshop new", type="primary", on_click=_begin, args=(NEW,))
        return
    page.heading(text("workshops.record"))
    _form(inventory, text, names, None)


def buttons(inventory: Inventory, text: Text, row: Row) -> None:
    """The button to change a workshop."""
    if page.may(inventory, Action.RECORD_WORKSHOP):
        key = str(row["workshop_id"])
        st.button(text("workshops.change"), key="workshop change", on_click=_begin, args=(key,))


def form_of(inventory: Inventory, text: Text, names: Names, row: Row) -> None:
    """The form of a workshop, if it is open."""
    if _opened() == row["workshop_id"] and page.may(inventory, Action.RECORD_WORKSHOP):
        _form(inventory, text, names, row)


# ---------------------------------------------------------------- inside


def _opened() -> str | None:
    return st.session_state.get(_OPEN)


def _begin(key: str) -> None:
    st.session_state[_OPEN] = key
    st.session_state["workshop once"] = f"ws{new_key()[:12]}"


def _end() -> None:
    st.session_state.pop(_OPEN, None)


def _form(inventory: Inventory, text: Text, names: Names, row: Row | None) -> None:
    once = str(st.session_state["workshop once"])
    key = f"workshop {row['workshop_id']} {row['version']}" if row else once
    with st.form(key):
        _fields(inventory, text, names, row or {}, key)
        with st.container(horizontal=True):
            label = text("workshops.save" if row else "workshops.record_now")
            args = (inventory, text, row, key, once)
            st.form_submit_button(label, type="primary", on_click=_save, args=args)
            st.form_submit_button(text("workshops.cancel"), on_click=_end)


def _fields(inventory: Inventory, text: Text, names: Names, row: Row, key: str) -> None:
    organizations = names.by_name("organization", names.ids("organization"))
    places = listed.places(inventory, row.get("location_id"))
    of, none = partial(names.of, "organization"), text("workshops.choose")
    left, right = st.columns([3, 1])
    example = text("workshops.name_example")
    left.text_input(text("workshops.name"), row.get("name") or "", LONGEST_NAME, f"{key} name", placeholder=example)
    today, form = inventory.today(), text("form.date_input")
    right.date_input(text("workshops.day"), row.get("held_on"), None, today, key=f"{key} day", format=form)
    left, right = st.columns(2)
    place, host = row.get("location_id"), row.get("organizer_id")
    at = list(places).index(place) if place in places else None
    left.selectbox(
        text("workshops.place"), list(places), at, lambda one: places[one], key=f"{key} place", placeholder=none
    )
    at = organizations.index(host) if host in organizations else None
    right.selectbox(text("workshops.organizer"), organizations, at, of, key=f"{key} organizer", placeholder=none)
    left, right = st.columns([3, 1])
    there = [one for one in organizations if one in (row.get("participant_organization_ids") or ())]
    left.multiselect(
        text("workshops.participants"), organizations, there, of, key=f"{key} participants", placeholder=none
    )
    right.number_input(
        text("workshops.guests"),
        *(0, MOST_GUESTS, row.get("guests"), 1),
        key=f"{key} guests",
        placeholder=text("word.unknown"),
        help=text("workshops.guests_help"),
    )
    themes = [one for one in names.ids("theme") if one in (row.get("theme_ids") or ())]
    name = partial(names.of, "theme")
    st.multiselect(text("workshops.themes"), names.ids("theme"), themes, name, key=f"{key} themes", placeholder=none)
    st.text_area(
        text("workshops.minutes"),
        row.get("minutes") or "",
        MINUTES_HEIGHT,
        LONGEST_MINUTES,
        f"{key} minutes",
        help=text("workshops.minutes_help"),
    )


@author.first
def _save(inventory: Inventory, text: Text, row: Row | None, key: str, once: str) -> None:
    given: dict[str, Any] = {name: st.session_state.get(f"{key} {name}") for name in _FIELDS}
    guests = given["guests"]
    said = Workshop(
        *(str(given["name"] or ""), given["day"], given["place"], given["organizer"]),
        tuple(given["participants"] or ()),
        None if guests is None else int(guests),
        tuple(given["themes"] or ()),
        given["minutes"],
    )

    def act(actor: Actor) -> None:
        if row:
            workshops.change_said(inventory, str(row["workshop_id"]), said, actor, int(row["version"]))
        else:
            WORKSHOPS.workshop = workshops.record(inventory, said, actor, once)

    done = text("workshops.saved" if row else "workshops.recorded")
    if page.act(inventory, text, Action.RECORD_WORKSHOP, act, done):
        _end()
        if row is None:
            idea_lines.begin(WORKSHOPS.workshop)
