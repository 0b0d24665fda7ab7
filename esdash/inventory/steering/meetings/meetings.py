"""Meetings: planned, changed, cancelled, begun. A meeting gets its number when it begins; a cancelled one has none."""

import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, time
from typing import Any

from esdash.errors import UserError
from esdash.inventory.access import Action, Actor
from esdash.inventory.file.integrity import Reader
from esdash.inventory.file.store import Change, Inventory
from esdash.inventory.privacy.naming import refuse_people
from esdash.model.visible import one_line

COMING, RUNNING = ("scheduled", "invited"), "held"

_NEXT = """
    FROM inventory.meeting
    WHERE NOT cancelled AND meeting_state IN ('scheduled', 'invited') AND (body_id = $body OR $body IS NULL)
    ORDER BY held_on, begins NULLS LAST, meeting_id LIMIT 1"""
_LAST_NUMBER = """
    SELECT coalesce(max(TRY_CAST(split_part(number, '/', 2) AS INTEGER)), 0) AS last FROM inventory.meeting
    WHERE starts_with(number, $short) AND ends_with(number, $year)"""


@dataclass(frozen=True)
class Plan:
    """A meeting as people plan it. Roles are functions ("Projektleitung"), never names of people."""

    name: str
    held_on: date
    begins: time | None = None
    ends: time | None = None
    location_id: str | None = None
    chair_role: str | None = None
    minutes_role: str | None = None


@dataclass(frozen=True)
class Present:
    """Who is there: the seats present and excused, and how many guests (None: not counted)."""

    present: Sequence[str] = ()
    excused: Sequence[str] = ()
    guests: int | None = None


def next_of(reader: Reader, body_id: str | None = None) -> dict[str, Any] | None:
    """The coming meeting of this group (None: of any group) that begins first; None if none is planned."""
    rows = reader.rows(_NEXT, body=body_id)
    return rows[0] if rows else None


def plan(inventory: Inventory, actor: Actor, body_id: str, planned: Plan) -> str:
    """Store a coming meeting; returns its id. A second call for the same group, day and name changes nothing.

    Raises UserError without a name, for a day in the past, for an end before its beginning, and for a text that names
    a known person.
    """
    row = _row(planned)
    with inventory.change(actor, Action.PLAN_MEETING, row["name"]) as change:
        same = change.rows(
            "SELECT meeting_id FROM inventory.meeting "
            "WHERE body_id = $body AND held_on = $day AND name = $name AND NOT cancelled",
            **{"body": body_id, "day": planned.held_on, "name": row["name"]},
        )
        if same:
            return str(same[0]["meeting_id"])
        if planned.held_on < inventory.today():
            raise UserError("meeting_in_the_past", day=planned.held_on)
        return insert(change, body_id, planned)


def change(inventory: Inventory, actor: Actor, meeting_id: str, planned: Plan, version: int | None = None) -> None:
    """Change a meeting that is not closed. Raises UserError as `plan`, and if somebody changed it since `version`."""
    row = _row(planned)
    with inventory.change(actor, Action.PLAN_MEETING, row["name"]) as changing:
        known = found(changing, meeting_id)
        if all(known[name] == value for name, value in row.items()):  # a second click
            return
        refuse_closed(known)
        if known["number"] and known["held_on"].year != planned.held_on.year:
            raise UserError("meeting_other_year", number=known["number"])
        refuse_people(changing, row["name"], row["chair_role"], row["minutes_role"])
        seen = known["version"] if version is None else version
        changing.update("meeting", [{"meeting_id": meeting_id, "version": seen, **row}])


def cancel(inventory: Inventory, actor: Actor, meeting_id: str, reason: str) -> None:
    """Cancel a coming meeting; its points wait for the next one. A second call changes nothing.

    Raises UserError without a reason, and for a meeting that has begun.
    """
    reason = reason.strip()
    if not reason:
        raise UserError("meeting_cancel_reason")
    with inventory.change(actor, Action.PLAN_MEETING, reason) as changing:
        known = found(changing, meeting_id)
        if known["cancelled"]:
            return
        if known["meeting_state"] not in COMING:
            raise UserError("meeting_begun_already", number=known["number"] or known["name"])
        changing.update("meeting", [{"meeting_id": meeting_id, "version": known["version"], "cancelled": True}])


def begin(inventory: Inventory, actor: Actor, meeting_id: str, there: Present, held_on: date | None = None) -> str:
    """Begin a meeting on its day (or on `held_on`): it gets its number, which is returned.

    A second call changes nothing. The number counts the meetings of the group in that year and is given inside the
    transaction. Raises UserError for a day to come, a cancelled meeting, and a seat that the group does not have.
    """
    with inventory.change(actor, Action.PLAN_MEETING) as changing:
        known = found(changing, meeting_id)
        if known["meeting_state"] not in COMING:
            return str(known["number"] or "")
        if known["cancelled"]:
            raise UserError("meeting_cancelled", name=known["name"])
        day = held_on or known["held_on"]
        if day > inventory.today():
            raise UserError("meeting_to_come", day=day)
        body = body_of(changing, known)
        number = _next_number(changing, body["short_name"], day)
        state = {"number": number, "meeting_state": RUNNING, "held_on": day, **_there(there, body)}
        changing.update("meeting", [{"meeting_id": meeting_id, "version": known["version"], **state}])
    return number


def attend(inventory: Inventory, actor: Actor, meeting_id: str, there: Present, version: int | None = None) -> None:
    """Change who is there, while the meeting runs. Raises UserError if it does not, and as `begin`."""
    with inventory.change(actor, Action.PLAN_MEETING) as changing:
        known = running(changing, meeting_id)
        row = _there(there, body_of(changing, known))
        if any(known[name] != value for name, value in row.items()):
            seen = known["version"] if version is None else version
            changing.update("meeting", [{"meeting_id": meeting_id, "version": seen, **row}])


# ---------------------------------------------------------------- for the other files of this folder


def found(change: Change, meeting_id: str) -> dict[str, Any]:
    """The meeting, inside a change. Raises UserError if it does not exist."""
    rows = change.rows("FROM inventory.meeting WHERE meeting_id = $id", id=meeting_id)
    if not rows:
        raise UserError("meeting_gone")
    return rows[0]


def insert(change: Change, body_id: str, planned: Plan) -> str:
    """Store a coming meeting inside a change; returns its id."""
    row = _row(planned)
    refuse_people(change, row["name"], row["chair_role"], row["minutes_role"])
    key = f"m{secrets.token_hex(6)}"
    change.insert("meeting", [{"meeting_id": key, "body_id": body_id, **row}])
    return key


def body_of(change: Change, meeting: dict[str, Any]) -> dict[str, Any]:
    """The group of a meeting. Raises UserError if it has none, as meetings of older files may."""
    rows = change.rows("FROM inventory.body WHERE body_id = $id", id=meeting["body_id"])
    if not rows:
        raise UserError("meeting_without_body", name=meeting["name"])
    return rows[0]


def running(change: Change, meeting_id: str) -> dict[str, Any]:
    """The meeting, which must have begun and not be closed. Raises UserError otherwise."""
    known = found(change, meeting_id)
    refuse_closed(known)
    if known["meeting_state"] != RUNNING or known["cancelled"]:
        raise UserError("meeting_not_begun", name=known["name"])
    return known


def refuse_closed(meeting: dict[str, Any]) -> None:
    """Raises UserError for a closed meeting: from then on there are only dated corrections."""
    if meeting["meeting_state"] == "closed":
        raise UserError("meeting_closed", number=meeting["number"] or meeting["name"])


# ---------------------------------------------------------------- inside


def _row(planned: Plan) -> dict[str, Any]:
    row = asdict(planned)
    for name in ("chair_role", "minutes_role"):
        row[name] = (row[name] or "").strip() or None
    row["name"] = one_line(planned.name)
    if not row["name"]:
        raise UserError("meeting_needs_name")
    if planned.begins and planned.ends and planned.ends <= planned.begins:
        raise UserError("meeting_ends_before", begins=planned.begins, ends=planned.ends)
    return row


def _there(there: Present, body: dict[str, Any]) -> dict[str, Any]:
    present, excused = (list(dict.fromkeys(ids)) for ids in (there.present, there.excused))
    strange = sorted({*present, *excused} - set(body["seat_organization_ids"])) or sorted({*present} & {*excused})
    if strange:
        raise UserError("meeting_no_seat", organization=strange[0], body=body["name"])
    return {  # nobody ticked is nobody noted, not nobody there
        **{"present_organization_ids": present or None, "excused_organization_ids": excused or None},
        "guests": there.guests,
    }


def _next_number(change: Change, short: str, day: date) -> str:
    last = change.rows(_LAST_NUMBER, short=f"{short}/", year=f"/{day.year}")[0]["last"]
    return f"{short}/{int(last) + 1:03}/{day.year}"
