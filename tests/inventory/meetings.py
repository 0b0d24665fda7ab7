"""Four houses, a steering group with four seats (three must be present), and a meeting on the day of the tests."""

from typing import Any

from esdash.inventory import Inventory
from esdash.inventory.access import Action
from esdash.inventory.steering import bodies
from esdash.inventory.steering.meetings import meetings
from esdash.inventory.steering.meetings.meetings import Plan, Present
from tests.people import ADA

SEATS = ("a", "b", "c", "d")
THERE = Present(("a", "b", "c"), ("d",), 1)


def set_up(inventory: Inventory) -> str:
    """Returns the id of the group."""
    with inventory.change(ADA, Action.ENTER_RECORDS) as change:
        change.insert("organization", [{"organization_id": key, "name": f"Haus {key.upper()}"} for key in SEATS])
        change.insert(
            "contact",
            [{"contact_id": "p", "organization_id": "a", "role": "Leitung", "name": "Käthe Möller"}],
        )
    return bodies.save(inventory, ADA, "Steuerungsgruppe", "SG", SEATS, quorum=3)


def run(inventory: Inventory, *points: str) -> tuple[str, list[str]]:
    """A running meeting with these points; returns its id and theirs."""
    meeting = meetings.plan(inventory, ADA, set_up(inventory), Plan("Erste Sitzung", inventory.today()))
    ids = add(inventory, meeting, *points)
    meetings.begin(inventory, ADA, meeting, THERE)
    return meeting, ids


def add(inventory: Inventory, meeting: str, *points: str, **more: Any) -> list[str]:
    """Points of an agenda, in this order; returns their ids."""
    rows = [
        {"agenda_item_id": f"{meeting}{n}", "meeting_id": meeting, "sort": n, "name": name, "kind": "topic", **more}
        for n, name in enumerate(points, start=1)
    ]
    with inventory.change(ADA, Action.EDIT_AGENDA) as change:
        change.insert("agenda_item", rows)
    return [row["agenda_item_id"] for row in rows]
