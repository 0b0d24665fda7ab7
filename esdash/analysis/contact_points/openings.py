"""Whether a contact point is open (METHODS M26): the one answer that list, filter, map, finder and print share."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from esdash.analysis.judgements import CONTACT_STALE_AFTER_DAYS
from esdash.inventory import Inventory
from esdash.model import opening
from esdash.model.opening import Closure, Fortnightly, Hours, Opening


def of(inventory: Inventory, moment: datetime | None = None) -> dict[str, Opening]:
    """contact_point_id → what holds there at a moment (now), by the clocks of the city."""
    here = land(inventory)
    when = moment or inventory.now()
    return {
        point_id: opening.at(known, when, here, CONTACT_STALE_AFTER_DAYS)
        for point_id, known in hours(inventory).items()
    }


def hours(inventory: Inventory) -> dict[str, Hours]:
    """contact_point_id → the hours of whom one asks there today: those of the contact, else those of the place."""
    found: dict[str, Hours] = inventory.once("hours of contact points", lambda: _hours(inventory))
    return found


def land(inventory: Inventory) -> str | None:
    """The Land whose public holidays hold in the city; None: only nationwide ones are known."""
    found: str | None = inventory.once("land of the city", lambda: inventory.value("SELECT land FROM city"))
    return found


def _hours(inventory: Inventory) -> dict[str, Hours]:
    return {row["contact_point_id"]: read(row) for row in inventory.rows("FROM contact_point_hours")}


def read(row: Mapping[str, Any]) -> Hours:
    """The hours in a record of a contact point or a contact."""
    return Hours(
        weekly=row.get("opening_hours"),
        fortnightly=tuple(Fortnightly(e["starts_on"], e["begins"], e["ends"]) for e in row.get("fortnightly") or []),
        appointment=row.get("appointment"),
        appointment_url=row.get("appointment_url"),
        closures=tuple(Closure(e["first_day"], e["last_day"], e["reason"]) for e in row.get("closures") or []),
        holiday_hours=row.get("holiday_hours"),
        assured_on=row.get("said_on"),
        whose=row.get("whose") or "place",
        note=row.get("hours_note"),
    )
