"""Each fault is found in a record that has it, and in no other."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from esdash.inventory import Inventory, create, open_file
from esdash.inventory.access import Action
from esdash.inventory.file.checks import faults
from esdash.texts import Text
from tests import first_state
from tests.people import TESTER

WHOLE = {
    "organization_id": "o1",
    "theme_ids": ["t"],
    "target_group_ids": ["g"],
    "location_id": "l1",
    "capacity": 10,
}


def clock() -> datetime:
    return datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Inventory]:
    """A small city without faults: an organisation, a place, an offer, a course with a session, a contact point."""

    def fill(inventory: Inventory) -> None:
        names = {"name_de": "x", "name_en": "x", "short_de": "x", "short_en": "x", "sort": 1}
        with inventory.change(TESTER, Action.EDIT_RECORDS) as change:
            change.insert(
                "district", [{"district_id": "d", "name": "D", "short_name": "D", "lat": 51, "lon": 12, "sort": 1}]
            )
            change.insert(
                "theme", [{"theme_id": "f", "parent_id": None, **names}, {"theme_id": "t", "parent_id": "f", **names}]
            )
            change.insert("target_group", [{"target_group_id": "g", **names}])
            change.insert("module", [{"module_id": "m", "name_de": "m", "name_en": "m", "sort": 1}])
            change.insert(
                "organization", [{"organization_id": "o1", "name": "O"}, {"organization_id": "o2", "name": "P"}]
            )
            change.insert("location", [{"location_id": "l1", "name": "L", "district_id": "d"}])
            change.insert("contact", [{"contact_id": "c1", "organization_id": "o1", "role": "Büro"}])
            change.insert("initiative", [{"initiative_id": "i1", "name": "I", **WHOLE}])
            change.insert("course", [{"course_id": "k1", "organization_id": "o1", "name": "K", "module_ids": ["m"]}])
            change.insert(
                "session", [{"session_id": "s1", "course_id": "k1", "starts_on": "2026-12-01", "seats": 9, "booked": 9}]
            )
            change.insert(
                "contact_point", [{"contact_point_id": "p1", "organization_id": "o1", "name": "P", "contact_id": "c1"}]
            )

    path = tmp_path_factory.mktemp("whole") / "i.duckdb"
    create(path, "empty", fill, TESTER, clock)
    inventory = open_file(path, clock=clock)
    first_state.remember(inventory)
    yield inventory
    inventory.close()


@pytest.fixture
def inventory(whole: Inventory) -> Inventory:
    """The small city in its first state, to be changed."""
    assert first_state.put_back(whole)
    return whole


def test_a_whole_inventory_has_none(inventory: Inventory) -> None:
    assert faults(inventory) == []


@pytest.mark.parametrize(
    ("level", "code", "table", "change"),
    [
        ("error", "ended_but_running", "initiative", {"initiative_id": "i1", "ended_on": "2026-11-21"}),
        ("error", "overbooked", "session", {"session_id": "s1", "booked": 10}),
        ("error", "held_in_future", "session", {"session_id": "s1", "status": "held"}),
        (
            *("error", "held_in_future", "session"),  # it runs until tomorrow
            {"session_id": "s1", "status": "held", "starts_on": "2026-11-21", "ends_on": "2026-11-23"},
        ),
        (
            "error",
            "impossible_time",
            "initiative",
            {"initiative_id": "i1", "times": [{"weekday": 1, "begins": "12:00", "ends": "10:00"}]},
        ),
        ("notice", "no_theme", "initiative", {"initiative_id": "i1", "theme_ids": []}),
        ("notice", "no_target_group", "initiative", {"initiative_id": "i1", "target_group_ids": None}),
        ("notice", "no_place", "initiative", {"initiative_id": "i1", "location_id": None}),
        ("notice", "no_capacity", "initiative", {"initiative_id": "i1", "capacity": None}),
        ("notice", "offer_of_archived", "organization", {"organization_id": "o1", "status": "archived"}),
        ("notice", "no_modules", "course", {"course_id": "k1", "module_ids": None}),
        ("notice", "still_planned", "session", {"session_id": "s1", "starts_on": "2026-11-21"}),
        ("notice", "no_consent", "contact", {"contact_id": "c1", "name": "Ada Muster"}),
        ("notice", "no_contact", "contact_point", {"contact_point_id": "p1", "contact_id": None}),
        ("notice", "no_district", "location", {"location_id": "l1", "district_id": None}),
    ],
)
def test_each_fault(level: str, code: str, table: str, change: dict, inventory: Inventory) -> None:
    with inventory.change(TESTER, Action.EDIT_RECORDS) as writing:
        writing.update(table, [change])
    assert [(fault["level"], fault["code"]) for fault in faults(inventory)] == [(level, code)]
    assert Text("de").has(f"cli.fault_{code}")


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("initiative", {"initiative_id": "i1", "ended_on": "2026-11-22"}),  # ends today
        ("initiative", {"initiative_id": "i1", "ended_on": "2026-11-21", "status": "ended"}),
        ("initiative", {"initiative_id": "i1", "location_id": None, "mode": "online"}),
        ("initiative", {"initiative_id": "i1", "location_id": None, "district_ids": ["d"]}),
        ("initiative", {"initiative_id": "i1", "capacity": None, "status": "archived"}),
        ("session", {"session_id": "s1", "seats": None, "booked": 10}),
        ("session", {"session_id": "s1", "starts_on": "2026-11-21", "ends_on": "2026-11-22"}),
        ("session", {"session_id": "s1", "starts_on": "2026-11-21", "ends_on": "2026-11-22", "status": "held"}),
        (
            "contact",
            {"contact_id": "c1", "name": "Ada Muster", "consent_scope": "internal", "consent_until": "2026-11-22"},
        ),
    ],
)
def test_what_is_right_is_no_fault(table: str, change: dict, inventory: Inventory) -> None:
    with inventory.change(TESTER, Action.EDIT_RECORDS) as writing:
        writing.update(table, [change])
    assert faults(inventory) == []


def test_planning_values(inventory: Inventory) -> None:
    row = {"planning_value_id": "f|g", "theme_id": "f", "target_group_id": "g", "places_per_100": 1}
    with inventory.change(TESTER, Action.EDIT_RECORDS) as change:
        change.insert("planning_value", [row | {"reason": "r", "source": "s"}])
    assert [fault["code"] for fault in faults(inventory)] == ["planned_for_field"]


def test_a_broken_reference_written_past_the_door(inventory: Inventory) -> None:
    with inventory.exclusive(TESTER, Action.EDIT_RECORDS) as cursor:
        cursor.execute("UPDATE inventory.initiative SET theme_ids = ['t', 'nowhere']")
    found = faults(inventory)
    assert [(fault["code"], fault["record_id"], fault["detail"]) for fault in found] == [
        ("broken_reference", "i1", "theme_ids: nowhere")
    ]
