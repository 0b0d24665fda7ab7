"""The agenda of a meeting: what should be on it and why, its points, moving and removing them, adding by hand."""

from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import parse_qs

import pandas as pd
import streamlit as st

from esdash.analysis.meetings import agenda as proposed
from esdash.inventory import Inventory
from esdash.inventory.access import Action, Actor
from esdash.inventory.steering.meetings import agenda
from esdash.inventory.steering.meetings.agenda import LONGEST_NAME, MOST_MINUTES, Point
from esdash.texts import Text
from esdash.ui.meetings import promise
from esdash.ui.meetings.choice import MEETINGS, Meetings, Row
from esdash.ui.shell import navigation, page, url
from esdash.ui.widgets import tables
from esdash.ui.widgets.lines import Line, Lines
from esdash.wording import agenda as words
from esdash.wording import meetings
from esdash.wording.escaping import bold, plain
from esdash.wording.names import Names

LINES = Lines("point", MEETINGS, Meetings.point)
PROPOSED_HEIGHT = 250


def show(inventory: Inventory, text: Text, names: Names, meeting: Row, rows: list[Row]) -> None:
    """The agenda, whose points open below their lines; then the proposals, and what rests."""
    open_still = meeting["meeting_state"] != "closed" and not meeting["cancelled"]
    edits = open_still and page.may(inventory, Action.EDIT_AGENDA)
    found = words.proposals(inventory, meeting["meeting_id"], text) if edits else []
    by_key = {row["agenda_item_id"]: row for row in rows}

    def point(key: str) -> None:
        _chosen(inventory, text, by_key[key], open_still)

    if MEETINGS.point in by_key:
        LINES.linked(text, point)
    if rows:
        LINES.show([_line(row, text) for row in rows], text, point)
        st.caption(plain(words.minutes_line(rows, meeting, text)))
    else:
        st.info(text("agenda.empty"))
    if edits:
        _by_hand(inventory, text, meeting)
    if found:
        _proposals(inventory, text, meeting, found)
    rests = words.rests(proposed.resting(inventory, meeting["meeting_id"]), words.item_titles(inventory, text), text)
    if rests:
        st.caption(plain(rests))
    promise.undated(inventory, text, meeting)


def _line(row: Row, text: Text) -> Line:
    """A point: its number and name, why it is there, how long it takes, and what became of it."""
    minutes = text("agenda.planned", n=row["planned_minutes"]) if row["planned_minutes"] else ""
    state = outcome(row, text) if row["state"] != "pending" else ""
    number = f"{row['number']}." if row["number"] else "\N{EN DASH}"
    return Line(row["agenda_item_id"], row["name"], words.why(row, text), state or minutes, state and minutes, number)


def outcome(row: Row, text: Text) -> str:
    """What became of a point: its decision, or that it is open, was discussed, carried or withdrawn."""
    if row["decision_id"]:
        return f"{meetings.outcome(row, text)} ({row['decision_number']})"
    return text(f"agenda.state_{row['state']}")


# ---------------------------------------------------------------- inside


def _proposals(inventory: Inventory, text: Text, meeting: Row, found: list[Point]) -> None:
    """What should be on the agenda and is not; the ticked ones, or all, are taken over."""
    page.heading(text.count("agenda.proposed", len(found)))
    frame = pd.DataFrame(
        {
            "place": [str(place) for place in range(len(found))],
            "name": [_with_parts(point) for point in found],
            "reasons": [words.why({"why": point.why, "times_carried": point.times_carried}, text) for point in found],
            "minutes": pd.array([point.planned_minutes for point in found], dtype="Int64"),
        }
    )
    columns = meetings.agenda_columns(text)
    ticked = tables.ticking(
        frame, columns, text, "agenda_proposed", text("agenda.proposed_alt", n=len(found)), PROPOSED_HEIGHT
    ).rows
    taken = [found[place] for place in ticked] or found
    label = text.count("agenda.take", len(ticked)) if ticked else text("agenda.take_all")
    key = meeting["meeting_id"]
    st.button(
        label,
        type="primary",
        on_click=_act,
        key="agenda_take",
        args=(inventory, text, lambda actor: agenda.take_over(inventory, actor, key, taken), text("agenda.taken")),
    )


def _with_parts(point: Point) -> str:
    return f"{point.name}: {', '.join(one.name for one in point.inside)}" if point.inside else point.name


def _chosen(inventory: Inventory, text: Text, row: Row, open_still: bool) -> None:
    """An opened point with what can be done to it."""
    st.markdown(bold(f"{row['number'] or ''} {row['name']}".strip()))
    about = [words.why(row, text), text("agenda.planned", n=row["planned_minutes"]), outcome(row, text)]
    st.caption(plain(" · ".join(part for part in about if part)))
    if row["note"]:
        st.text(row["note"])
    if row["view_url"]:
        view(row, text, inventory.today())
    if open_still and row["state"] != "decided" and page.may(inventory, Action.EDIT_AGENDA):
        _moves(inventory, text, row)
        _edit(inventory, text, row)


def view(row: Row, text: Text, today: date) -> None:
    """The link to what the group saw, with its filters and its day."""
    target, _, query = str(row["view_url"]).partition("?")
    params = parse_qs(query)
    if row["as_of"] and row["as_of"] < today:
        params.setdefault("on", [f"{row['as_of']:%Y-%m-%d}"])
    if target in navigation.PAGES:
        url.link(target, text("agenda.view", day=row["as_of"]), **params)


def _moves(inventory: Inventory, text: Text, row: Row) -> None:
    key = row["agenda_item_id"]
    with st.container(horizontal=True, gap="small"):
        moves: dict[str, Callable[[Actor], Any]] = {
            "up": lambda actor: agenda.move(inventory, actor, key, -1),
            "down": lambda actor: agenda.move(inventory, actor, key, 1),
            "remove": lambda actor: agenda.remove(inventory, actor, key),
        }
        if row["block_id"]:
            moves["take_out"] = lambda actor: agenda.take_out(inventory, actor, key)
        for name, act in moves.items():
            st.button(text(f"agenda.{name}"), key=f"agenda_{name}_{key}", on_click=_act, args=(inventory, text, act))


def _edit(inventory: Inventory, text: Text, row: Row) -> None:
    key, version = row["agenda_item_id"], row["version"]
    with st.popover(text("agenda.edit")), st.form(f"edit_{key}_{version}", border=False):
        st.text_input(text("agenda.name"), row["name"], LONGEST_NAME, key=f"edit_name_{key}")
        st.number_input(
            text("agenda.minutes_of"),
            0,
            MOST_MINUTES,
            row["planned_minutes"],
            5,
            key=f"edit_minutes_{key}",
            placeholder=text("word.unknown"),
        )
        st.date_input(text("agenda.resume"), row["resume_on"], format=text("form.date_input"), key=f"edit_resume_{key}")
        st.text_area(text("agenda.note"), row["note"] or "", max_chars=1000, key=f"edit_note_{key}")
        st.form_submit_button(
            text("meetings.save"), type="primary", on_click=_save, args=(inventory, text, key, version)
        )


def _save(inventory: Inventory, text: Text, key: str, version: int) -> None:
    said = {name: st.session_state.get(f"edit_{name}_{key}") for name in ("name", "minutes", "resume", "note")}

    def act(actor: Actor) -> None:
        agenda.edit(
            inventory,
            actor,
            key,
            version,
            name=said["name"] or "",
            planned_minutes=said["minutes"],
            resume_on=said["resume"],
            note=(said["note"] or "").strip() or None,
        )

    _act(inventory, text, act, text("meetings.saved"))


def _by_hand(inventory: Inventory, text: Text, meeting: Row) -> None:
    key = meeting["meeting_id"]
    with st.popover(text("agenda.add")), st.form("agenda_add", border=False, clear_on_submit=True):
        st.text_input(text("agenda.name"), key="add_name", max_chars=LONGEST_NAME)
        st.number_input(text("agenda.minutes_of"), 0, MOST_MINUTES, 10, 5, key="add_minutes")
        st.form_submit_button(text("agenda.add_now"), type="primary", on_click=_add, args=(inventory, text, key))


def _add(inventory: Inventory, text: Text, key: str) -> None:
    name, minutes = str(st.session_state.get("add_name") or ""), st.session_state.get("add_minutes")

    def act(actor: Actor) -> None:
        agenda.take_over(inventory, actor, key, [Point(name, planned_minutes=minutes)])

    _act(inventory, text, act, text("agenda.taken"))


def _act(inventory: Inventory, text: Text, do: Callable[[Actor], Any], done: str = "") -> None:
    page.act(inventory, text, Action.EDIT_AGENDA, do, done)
