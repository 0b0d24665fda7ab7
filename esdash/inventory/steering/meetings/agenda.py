"""The agenda of a meeting that is not closed: points taken over, added, moved, taken out of a block, removed.

Points are numbered in their order, those of a block below it (4, 4.1, 4.2); numbers are renewed with every change.
"""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from esdash.errors import UserError
from esdash.inventory.access import Action, Actor
from esdash.inventory.file.store import Change, Inventory
from esdash.inventory.privacy.naming import refuse_people
from esdash.inventory.steering.meetings import meetings
from esdash.model.visible import one_line

LONGEST_NAME = 160  # a line of the agenda
MOST_MINUTES = 480  # a day

_ITEMS = "FROM inventory.agenda_item WHERE meeting_id = $id ORDER BY sort, agenda_item_id"


@dataclass(frozen=True)
class Point:
    """A point of an agenda: what it is about, why it is there, and the view that the group will see."""

    name: str
    kind: str = "topic"
    subject_table: str | None = None
    subject: str | None = None
    why: Sequence[str] = ()
    planned_minutes: int | None = None
    view_url: str | None = None
    as_of: date | None = None
    note: str | None = None
    carried_from_id: str | None = None
    times_carried: int = 0
    resume_on: date | None = None
    inside: Sequence["Point"] = ()  # of a block

    @property
    def same(self) -> tuple[Any, ...]:
        """What makes two points the same."""
        if self.subject:
            return (self.subject_table, self.subject)
        return (self.kind, self.view_url or one_line(self.name))


def take_over(inventory: Inventory, actor: Actor, meeting_id: str, points: Sequence[Point]) -> int:
    """Add these points at the end of the agenda, except for those that are on it; returns how many were added.

    Raises UserError if the meeting is closed, for a point without a name, and for a text that names a known person.
    """
    with inventory.change(actor, Action.EDIT_AGENDA) as change:
        meetings.refuse_closed(meetings.found(change, meeting_id))
        return put(change, meeting_id, points)


def bring(inventory: Inventory, actor: Actor, point: Point, body_id: str | None = None) -> dict[str, Any]:
    """Add a point to the coming meeting, which is returned. A second click adds nothing.

    Raises UserError if no meeting is planned, and as `take_over`.
    """
    with inventory.change(actor, Action.EDIT_AGENDA, point.note) as change:
        coming = meetings.next_of(change, body_id)
        if coming is None:
            raise UserError("meeting_none_planned")
        put(change, coming["meeting_id"], [point])
    return coming


def edit(inventory: Inventory, actor: Actor, agenda_item_id: str, version: int | None = None, **fields: Any) -> None:
    """Change name, planned_minutes, note, resume_on, public or state (pending, discussed) of a point.

    Raises UserError if somebody changed it since `version`, and as `take_over`.
    """
    if strange := set(fields) - {"name", "planned_minutes", "note", "resume_on", "public", "state"}:
        raise ValueError(f"not to be changed here: {sorted(strange)}")
    if "name" in fields:
        fields["name"] = one_line(fields["name"])
    with inventory.change(actor, Action.EDIT_AGENDA) as change:
        row = _open(change, agenda_item_id)
        if "name" in fields or "planned_minutes" in fields:
            _refuse_wrong(fields.get("name", row["name"]), fields.get("planned_minutes"))
        refuse_people(change, fields.get("name"), fields.get("note"))
        if any(row[name] != value for name, value in fields.items()):
            seen = row["version"] if version is None else version
            change.update("agenda_item", [{"agenda_item_id": agenda_item_id, "version": seen, **fields}])


def move(inventory: Inventory, actor: Actor, agenda_item_id: str, by: int) -> None:
    """Move a point up (-1) or down (1) among its neighbours; at the end nothing changes."""
    with inventory.change(actor, Action.EDIT_AGENDA) as change:
        row = _open(change, agenda_item_id)
        rows = change.rows(_ITEMS, id=row["meeting_id"])
        beside = [other for other in rows if other["block_id"] == row["block_id"]]
        place = [other["agenda_item_id"] for other in beside].index(agenda_item_id)
        wanted = min(max(place + by, 0), len(beside) - 1)
        beside.insert(wanted, beside.pop(place))
        _renumber(change, [*beside, *(other for other in rows if other["block_id"] != row["block_id"])])


def take_out(inventory: Inventory, actor: Actor, agenda_item_id: str) -> None:
    """Take a point out of its block, so that it is decided by itself. A second click changes nothing."""
    with inventory.change(actor, Action.EDIT_AGENDA) as change:
        row = _open(change, agenda_item_id)
        if row["block_id"] is not None:
            change.update("agenda_item", [{"agenda_item_id": agenda_item_id, "block_id": None}])
            _renumber(change, change.rows(_ITEMS, id=row["meeting_id"]))


def remove(inventory: Inventory, actor: Actor, agenda_item_id: str) -> None:
    """Take a point off the agenda: off a coming one for good, in a running meeting as withdrawn.

    A block goes, its points stay. Raises UserError for a decided point and for one that does not exist.
    """
    with inventory.change(actor, Action.EDIT_AGENDA) as change:
        row = _open(change, agenda_item_id)
        if row["state"] == "decided":
            raise UserError("point_decided", name=row["name"])
        inside = change.rows("FROM inventory.agenda_item WHERE block_id = $id", id=agenda_item_id)
        change.update("agenda_item", [{"agenda_item_id": one["agenda_item_id"], "block_id": None} for one in inside])
        if meetings.found(change, row["meeting_id"])["meeting_state"] == meetings.RUNNING:
            change.update("agenda_item", [{"agenda_item_id": agenda_item_id, "state": "withdrawn"}])
        else:
            change.remove("agenda_item", [agenda_item_id])
        _renumber(change, change.rows(_ITEMS, id=row["meeting_id"]))


def put(change: Change, meeting_id: str, points: Sequence[Point]) -> int:
    """Add points inside a change; returns how many were new."""
    rows = change.rows(_ITEMS, id=meeting_id)
    known = {_same(row) for row in rows}
    new = [replace(point, inside=[one for one in point.inside if one.same not in known]) for point in points]
    new = [one for one in new if one.same not in known and (one.inside or one.kind != "block")]
    for one in _all(new):
        _refuse_wrong(one.name, one.planned_minutes)
        refuse_people(change, one.name, one.note)
    last = max((row["sort"] for row in rows), default=0)
    added = [row for place, point in enumerate(new, start=1) for row in _rows(meeting_id, point, last + 100 * place)]
    change.insert("agenda_item", added)
    _renumber(change, change.rows(_ITEMS, id=meeting_id))
    return sum(1 for one in _all(new) if one.kind != "block")


# ---------------------------------------------------------------- inside


def _all(points: Sequence[Point]) -> Iterator[Point]:
    for point in points:
        yield point
        yield from point.inside


def _rows(meeting_id: str, point: Point, sort: int, block_id: str | None = None) -> Iterator[dict[str, Any]]:
    key = f"i{secrets.token_hex(6)}"
    yield {
        **{"agenda_item_id": key, "meeting_id": meeting_id, "sort": sort, "name": one_line(point.name)},
        **{"kind": point.kind, "subject_table": point.subject_table, "subject": point.subject},
        **{"why": list(point.why), "planned_minutes": point.planned_minutes, "view_url": point.view_url},
        **{"as_of": point.as_of, "note": point.note, "carried_from_id": point.carried_from_id},
        **{"times_carried": point.times_carried, "resume_on": point.resume_on, "block_id": block_id},
    }
    for place, one in enumerate(point.inside, start=1):
        yield from _rows(meeting_id, one, sort + place, key)


def _same(row: Mapping[str, Any]) -> tuple[Any, ...]:
    if row["subject"]:
        return (row["subject_table"], row["subject"])
    return (row["kind"], row["view_url"] or row["name"])


def _open(change: Change, agenda_item_id: str) -> dict[str, Any]:
    rows = change.rows("FROM inventory.agenda_item WHERE agenda_item_id = $id", id=agenda_item_id)
    if not rows:
        raise UserError("point_gone")
    meetings.refuse_closed(meetings.found(change, rows[0]["meeting_id"]))
    return rows[0]


def _refuse_wrong(name: str, minutes: int | None) -> None:
    if not one_line(name) or len(name) > LONGEST_NAME:
        raise UserError("point_needs_name", most=LONGEST_NAME)
    if minutes is not None and not 0 <= minutes <= MOST_MINUTES:
        raise UserError("point_minutes", minutes=minutes, most=MOST_MINUTES)


def _renumber(change: Change, rows: Sequence[Mapping[str, Any]]) -> None:
    """Give these points their place and number in the given order; those of a block follow it."""
    changed, sort = [], 0
    on = [row for row in rows if row["block_id"] is None]
    place = 0
    for row in on:
        place += row["state"] != "withdrawn"
        inside = [one for one in rows if one["block_id"] == row["agenda_item_id"]]
        for point, number in [(row, f"{place}"), *((one, f"{place}.{n}") for n, one in enumerate(inside, start=1))]:
            sort += 1
            said = None if point["state"] == "withdrawn" else number
            if (point["sort"], point["number"]) != (sort, said):
                changed.append({"agenda_item_id": point["agenda_item_id"], "sort": sort, "number": said})
    change.update("agenda_item", changed)
