"""Dialogs around a meeting: planning, changing, cancelling, beginning it, and who is there."""

from collections.abc import Callable
from datetime import time
from typing import Any

import streamlit as st

from esdash.inventory import Inventory
from esdash.inventory.access import Action, Actor
from esdash.inventory.steering import bodies
from esdash.inventory.steering.meetings import meetings
from esdash.inventory.steering.meetings.meetings import Plan, Present
from esdash.texts import Text
from esdash.ui.meetings.choice import MEETINGS, Row
from esdash.ui.shell import author, page, url
from esdash.ui.widgets import body
from esdash.wording.escaping import plain
from esdash.wording.names import Names

LONGEST_NAME = 100
LONGEST_ROLE = 60
STEP = 900  # seconds between two times that are offered


def new(inventory: Inventory, text: Text, names: Names, primary: bool = False) -> None:
    """The button that plans a meeting; without a group, the form for one."""
    if not page.may(inventory, Action.PLAN_MEETING):
        return
    if not bodies.bodies(inventory):
        body.missing(inventory, text, names)
    elif st.button(text("meetings.plan"), key="plan_open", type="primary" if primary else "secondary"):
        _dialog(text("meetings.plan"), lambda: _form(inventory, text, None))


def running(inventory: Inventory, text: Text, names: Names, meeting: Row, presented: bool) -> None:
    """The buttons that a meeting allows: presentation, begin, who is there, change, cancel."""
    if presented:
        url.link("meetings", text("meetings.present"), meeting=meeting["meeting_id"], present="1")
    if meeting["cancelled"] or meeting["meeting_state"] == "closed" or not page.may(inventory, Action.PLAN_MEETING):
        return
    coming = meeting["meeting_state"] in meetings.COMING
    if coming and meeting["body_id"]:
        early = meeting["held_on"] > inventory.today()
        label = text("meetings.begin_today", day=meeting["held_on"]) if early else text("meetings.begin")
        if st.button(label, key="begin_open", type="primary"):
            _dialog(text("meetings.begin"), lambda: _there(inventory, text, names, meeting))
    elif meeting["body_id"] and st.button(text("meetings.who"), key="who_open"):
        _dialog(text("meetings.who"), lambda: _there(inventory, text, names, meeting))
    if st.button(text("meetings.change"), key="change_open"):
        _dialog(text("meetings.change"), lambda: _form(inventory, text, meeting))
    if coming and st.button(text("meetings.cancel"), key="cancel_open"):
        _dialog(text("meetings.cancel"), lambda: _cancel(inventory, text, meeting))


# ---------------------------------------------------------------- inside


def _dialog(title: str, content: Callable[[], None]) -> None:
    st.dialog(title, width="medium")(content)()


def _form(inventory: Inventory, text: Text, meeting: Row | None) -> None:
    """The fields of a meeting, new or as it is."""
    author.ask(text, "plan")
    groups = {one.body_id: one for one in bodies.bodies(inventory)}
    known: Row = meeting or {"held_on": None, "begins": time(15), "ends": time(17)}
    group = meeting["body_id"] if meeting else None
    if meeting is None:
        group = st.selectbox(text("meetings.group"), list(groups), format_func=lambda key: groups[key].name)
    name = st.text_input(text("meetings.name"), known.get("name") or "", LONGEST_NAME, key="plan_name")
    day, begins, ends = st.columns(3)
    held_on = day.date_input(text("meetings.day"), known["held_on"], format=text("form.date_input"), key="plan_day")
    first = begins.time_input(text("meetings.begins"), known["begins"], step=STEP, key="plan_begins")
    last = ends.time_input(text("meetings.ends"), known["ends"], step=STEP, key="plan_ends")
    left, right = st.columns(2)
    roles = [
        column.text_input(
            text(f"meetings.{role}"),
            known.get(role) or "",
            LONGEST_ROLE,
            key=f"plan_{role}",
            placeholder=text("meetings.role_example"),
            help=text("meetings.role_help"),
        )
        for column, role in ((left, "chair_role"), (right, "minutes_role"))
    ]
    if st.button(text("meetings.save"), type="primary", key="plan_save"):
        if held_on is None:
            st.warning(text("meetings.day_missing"))
            return
        planned = Plan(name, held_on, first, last, known.get("location_id"), roles[0], roles[1])

        def act(actor: Actor) -> None:
            if meeting is None:
                MEETINGS.meeting = meetings.plan(inventory, actor, str(group), planned)
            else:
                meetings.change(inventory, actor, meeting["meeting_id"], planned, meeting["version"])

        page.act_here(inventory, text, Action.PLAN_MEETING, act, text("meetings.saved"))


def _there(inventory: Inventory, text: Text, names: Names, meeting: Row) -> None:
    """Who is there; saving it begins a coming meeting."""
    coming = meeting["meeting_state"] in meetings.COMING
    author.ask(text, "there")
    seats = names.by_name("organization", meeting["seat_organization_ids"] or [])

    def chosen(field: str, known: list[str]) -> list[str]:
        picked: list[str] = st.multiselect(
            text(f"meetings.seats_{field}"),
            seats,
            known,
            key=f"there_{field}",
            placeholder=text("meetings.seats_choose"),
            format_func=lambda key: names.of("organization", key),
            select_all=False,
        )
        return picked

    present = chosen("present", [key for key in seats if key in (meeting["present_organization_ids"] or [])])
    excused = chosen("excused", [key for key in seats if key in (meeting["excused_organization_ids"] or [])])
    guests = st.number_input(
        text("meetings.guests"), 0, None, meeting["guests"], 1, key="there_guests", placeholder=text("word.unknown")
    )
    if meeting["quorum"] is not None:
        st.caption(text("meetings.quorum_rule", quorum=meeting["quorum"], seats=len(seats)))
    if st.button(text("meetings.begin_now" if coming else "meetings.save"), type="primary", key="there_save"):
        there = Present(present, excused, None if guests is None else int(guests))

        def act(actor: Actor) -> None:
            if coming:
                day = min(meeting["held_on"], inventory.today())
                meetings.begin(inventory, actor, meeting["meeting_id"], there, day)
                MEETINGS.meeting, MEETINGS.part = meeting["meeting_id"], "decide"
            else:
                meetings.attend(inventory, actor, meeting["meeting_id"], there, meeting["version"])

        done = text("meetings.begun" if coming else "meetings.saved")
        page.act_here(inventory, text, Action.PLAN_MEETING, act, done)


def _cancel(inventory: Inventory, text: Text, meeting: Row) -> None:
    author.ask(text, "cancel")
    st.markdown(plain(text("meetings.cancel_what", name=meeting["name"], day=meeting["held_on"])))
    reason = st.text_input(text("meetings.cancel_why"), max_chars=300, key="cancel_why")
    if st.button(text("meetings.cancel_now"), type="primary", key="cancel_save"):

        def act(actor: Actor) -> Any:
            meetings.cancel(inventory, actor, meeting["meeting_id"], reason)

        page.act_here(inventory, text, Action.PLAN_MEETING, act, text("meetings.cancelled"))
