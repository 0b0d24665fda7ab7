"""Meetings with their points and decisions, as pages, minutes and files show them."""

import json
from typing import Any

import pandas as pd

from esdash.inventory import Inventory
from esdash.inventory.cached import cached
from esdash.inventory.steering.meetings import meetings as held

Row = dict[str, Any]


@cached
def meetings(inventory: Inventory) -> list[Row]:
    """One row per meeting, the latest first, with its group (body_name, quorum, body_majority, seats)."""
    return inventory.rows("FROM meeting_listed")


def meeting(inventory: Inventory, meeting_id: str | None) -> Row | None:
    """One meeting of `meetings`; None if there is none of that id."""
    return next((row for row in meetings(inventory) if row["meeting_id"] == meeting_id), None)


def now(inventory: Inventory) -> Row | None:
    """The meeting that matters now: the one that runs, else the coming one, else the last one; None without any."""
    known = [row for row in meetings(inventory) if not row["cancelled"]]
    running = [row for row in known if row["meeting_state"] == "held" and row["body_id"]]
    coming = [row for row in reversed(known) if row["meeting_state"] in ("scheduled", "invited")]
    return next(iter((*running, *coming, *known)), None)


@cached
def agenda(inventory: Inventory, meeting_id: str) -> list[Row]:
    """One row per point of an agenda in its order, with the decision that counts; withdrawn points too."""
    rows = inventory.rows("FROM agenda_point WHERE meeting_id = $id", id=meeting_id)
    return [{**row, "why": row["why"] or [], "seats": json.loads(row["seats"] or "{}")} for row in rows]


def decisions(inventory: Inventory) -> pd.DataFrame:
    """One row per decision, the newest number first, also those that a later one replaced (superseded_by)."""
    return inventory.frame("FROM decision_listed")


def approved_in(inventory: Inventory, meeting: Row) -> Row | None:
    """The meeting that approved the minutes of this one; None if none did yet."""
    return next((row for row in meetings(inventory) if row["meeting_id"] == meeting["minutes_approved_in_id"]), None)


@cached
def before(inventory: Inventory, meeting_id: str) -> Row | None:
    """The last meeting of the same group before this one (before_id, before_on, …); None if it is the first."""
    rows = inventory.rows("FROM meeting_before WHERE meeting_id = $id AND before_id IS NOT NULL", id=meeting_id)
    return rows[0] if rows else None


@cached
def list_since(inventory: Inventory, day: Any) -> Row:
    """What happened to the list since the end of that day: ids of new, changed and ended items, decisions, answers."""
    (row,) = inventory.rows("FROM list_since($day)", day=day)
    return row


@cached
def coming(inventory: Inventory, body_id: str | None = None) -> Row | None:
    """The coming meeting of this group (None: of any group) that begins first."""
    return held.next_of(inventory, body_id)
