"""Workshops with their ideas and promises, as page, files and agenda show them (METHODS M25)."""

from typing import Any, NamedTuple

from esdash.inventory import Inventory
from esdash.inventory.cached import cached

Row = dict[str, Any]


class Counts(NamedTuple):
    """How many there are, and what became of them.

    ideas = listed + new + merged + parked + ended; promises = kept + open + broken + released; overdue and followed
    (as a measure) are parts of open, undated those that are neither and have no day.
    """

    workshops: int
    ideas: int
    listed: int
    new: int
    merged: int
    parked: int
    ended: int
    promises: int
    kept: int
    open: int
    overdue: int
    followed: int
    broken: int
    released: int
    undated: int


@cached
def workshops(inventory: Inventory) -> list[Row]:
    """One row per workshop, the latest first, with place and numbers of ideas and promises."""
    return inventory.rows("FROM workshop_listed")


@cached
def ideas(inventory: Inventory) -> list[Row]:
    """One row per idea, the newest first, with `standing`: listed, ended, merged, parked, new."""
    return inventory.rows("FROM idea_listed")


@cached
def promises(inventory: Inventory) -> list[Row]:
    """One row per promise, open ones first; `standing`: overdue, open, measure, kept, broken, released. Internal."""
    return inventory.rows("FROM commitment_listed")


@cached
def public_promises(inventory: Inventory) -> list[Row]:
    """One row per promise that may be shown outside: kept and open ones, without notes."""
    return inventory.rows("FROM commitment_public")


@cached
def counts(inventory: Inventory) -> Counts:
    """How many workshops, ideas and promises there are, and what became of them."""
    (row,) = inventory.rows("FROM workshop_count")
    return Counts(**{name: int(value) for name, value in row.items()})


def undated(inventory: Inventory) -> list[Row]:
    """The open promises without a day, which come onto no agenda by themselves."""
    return [row for row in promises(inventory) if row["standing"] == "open" and row["due_on"] is None]


@cached
def places(inventory: Inventory, known: str | None = None) -> dict[str, str]:
    """Place → its name, in the order of the names; of archived ones only the one that is `known` already."""
    rows = inventory.rows(
        "SELECT location_id, name FROM location WHERE status <> 'archived' OR location_id = $known "
        "ORDER BY name COLLATE de, location_id",
        known=known,
    )
    return {row["location_id"]: row["name"] for row in rows}
