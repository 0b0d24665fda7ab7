"""A town with items on the list and seats, for tests about voices."""

from collections.abc import Sequence

from esdash.inventory import Inventory
from esdash.inventory.access import Action
from tests.people import OFFICE

ITEMS = ("p1", "p2", "p3", "p4")
SEATS = ("a", "b", "c", "d", "e", "f", "g", "h")


def items(inventory: Inventory, ids: Sequence[str] = ITEMS, seats: Sequence[str] = SEATS) -> None:
    """Organisations a to h, and items of which p1 names a (lead), p2 names b (partner), p3 names c and d (evidence)."""
    about = {
        "p1": {"lead_organization_id": "a"},
        "p2": {"partner_ids": ["b"]},
        "p3": {"evidence": {"organization_ids": ["c", "d"]}},
    }
    with inventory.change(OFFICE, Action.ENTER_RECORDS, "Aufnahme") as change:
        change.insert("organization", [{"organization_id": key, "name": f"Haus {key.upper()}"} for key in seats])
        for place, key in enumerate(ids, start=1):
            row = {"priority_item_id": key, "origin": "hand", "title": f"Aufgabe {place}", "listed_on": "2026-11-01"}
            change.insert("priority_item", [{**row, "listed_by": "Ada", **about.get(key, {})}])
