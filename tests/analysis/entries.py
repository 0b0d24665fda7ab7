"""Records for Musterstadt (tests/tiny_city), entered through the write door."""

from collections.abc import Iterable, Sequence
from typing import Any

from esdash.analysis.coverage import coverage
from esdash.inventory import Inventory
from esdash.inventory.access import Action
from tests.people import TEST

DISTRICTS = ("01", "02", "03")
LEAVES = ("german_courses", "homework", "counselling", "essentials")
GROUPS = ("children", "adults", "women")

Row = dict[str, Any]


def offer(initiative_id: str, **fields: Any) -> Row:
    """A weekly offer: German for adults in the middle of district 01, ten places, unless `fields` say otherwise."""
    usual = {
        "organization_id": "o1",
        "partner_ids": None,
        "name": f"Angebot {initiative_id}",
        "description": None,
        "status": "active",
        "theme_ids": ["german_courses"],
        "target_group_ids": ["adults"],
        "language_ids": None,
        "mode": "on_site",
        "location_id": "centre_01",
        "district_ids": None,
        "times": None,
        "capacity": 10,
        "waiting": None,
        "started_on": None,
        "ended_on": None,
    }
    assert fields.keys() <= usual.keys()
    return {"initiative_id": initiative_id, **usual, **fields}


def online(initiative_id: str, **fields: Any) -> Row:
    """The same offer, online."""
    return offer(initiative_id, mode="online", location_id=None, **fields)


def enter(inventory: Inventory, *offers: Row) -> None:
    """Replace all offers by these."""
    with inventory.change(TEST, Action.EDIT_RECORDS) as change:
        if not inventory.value("SELECT count(*) FROM organization"):
            change.insert("organization", [{"organization_id": f"o{n}", "name": f"Verein {n}"} for n in (1, 2, 3)])
            centres = inventory.rows("SELECT district_id, lat, lon FROM district")
            change.insert(
                "location", [{"location_id": f"centre_{c['district_id']}", "name": "Haus", **c} for c in centres]
            )
        change.remove("initiative", [row["initiative_id"] for row in change.rows("FROM inventory.initiative")])
        change.insert("initiative", list(offers))


def survey(
    inventory: Inventory,
    themes: Iterable[str] = LEAVES,
    districts: Sequence[str] = DISTRICTS,
    state: str = "surveyed",
) -> None:
    """Mark these themes in these districts as surveyed."""
    found = {"state": state, "surveyed_on": "2026-11-01", "reason": "im Test"}
    pairs = [(theme, district) for theme in themes for district in districts]
    with inventory.change(TEST, Action.EDIT_RECORDS) as change:
        change.insert("survey", [{"survey_id": f"{t}|{d}", "theme_id": t, "district_id": d, **found} for t, d in pairs])


def cell(inventory: Inventory, theme: str, group: str, district: str) -> Row:
    """One cell of the coverage table."""
    cells = coverage.cells(inventory)
    found = cells[
        (cells["theme_id"] == theme) & (cells["target_group_id"] == group) & (cells["district_id"] == district)
    ]
    assert len(found) == 1
    return found.iloc[0].to_dict()


def row_of(inventory: Inventory, theme: str, group: str, column: str) -> list[float]:
    """One column of a theme × group over the districts 01, 02, 03."""
    cells = coverage.cells(inventory)
    return cells[(cells["theme_id"] == theme) & (cells["target_group_id"] == group)][column].tolist()
