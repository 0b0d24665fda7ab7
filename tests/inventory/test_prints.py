"""The print register: what was printed, where it lies, collected and taken back; an erasure reaches it."""

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from esdash.errors import UserError
from esdash.inventory import Inventory
from esdash.inventory.access import Action
from esdash.inventory.privacy.erasure import erase
from esdash.inventory.steering import prints
from esdash.inventory.steering.prints import Place, Print
from tests.conftest import NOW
from tests.people import ADA, BEA, TEST

TODAY = NOW.date()  # 2026-11-22
PRINTED = (
    {"contact_point_id": "p", "contact_id": "c", "sha256": "a1" * 32},
    {"contact_point_id": "q", "contact_id": None, "sha256": "b2" * 32},
)
PRINT = Print(
    *("flyer", "volunteers", "de", TODAY, date(2027, 1, 31), TODAY, "Projektbüro", 100),
    *(PRINTED, "5a17", (Place(60, "l"),)),
)


@pytest.fixture
def town(tiny: Inventory) -> Inventory:
    with tiny.change(TEST, Action.SET_UP) as change:
        change.insert("organization", [{"organization_id": "o", "name": "Verein"}])
        change.insert("location", [{"location_id": key, "name": f"Haus {key}"} for key in "lm"])
        contact = {"contact_id": "c", "organization_id": "o", "role": "Leitung", "name": "Ada Zaubermann"}
        change.insert("contact", [contact])
    return tiny


def stored(inventory: Inventory, key: str = "r") -> dict[str, Any]:
    row = inventory.rows("FROM inventory.print_run WHERE print_run_id = $key", key=key)[0]
    return row | {name: json.loads(row[name]) for name in ("laid_out", "printed")}


def refused(key: str, do) -> None:
    with pytest.raises(UserError) as error:
        do()
    assert error.value.key == key


def test_a_print_is_entered_once(town: Inventory) -> None:
    for _ in range(2):
        assert prints.record(town, PRINT, ADA, "r") == "r"
    row = stored(town)
    assert (row["laid_out"], row["printed"]) == ([{"location_id": "l", "copies": 60}], list(PRINTED))
    assert (row["kind"], row["audience"], row["salt"], row["collected_on"]) == ("flyer", "volunteers", "5a17", None)
    assert prints.new_salt() != prints.new_salt()


@pytest.mark.parametrize(
    ("wrong", "key"),
    [
        ({"copies": 0}, "print_needs_copies"),
        ({"copies": 50}, "print_too_many_laid_out"),
        ({"places": (Place(-1, "l"),)}, "print_too_many_laid_out"),
        ({"places": (Place(1, "l"), Place(2, "l"))}, "print_place_twice"),
        ({"places": (Place(1, None, " "),)}, "print_place_missing"),
        ({"places": (Place(1, "gone"),)}, "print_place_gone"),
        ({"places": (Place(1, None, "bei Ada Zaubermann"),)}, "names_person"),
        ({"printed_by": " "}, "print_needs_function"),
        ({"printed_by": "Ada Zaubermann"}, "names_person"),
        ({"printed": ()}, "print_without_contacts"),
        ({"printed_on": TODAY + timedelta(days=1)}, "print_in_future"),
        ({"printed_on": TODAY - timedelta(days=1)}, "print_before_data"),
        ({"valid_to": TODAY - timedelta(days=1)}, "print_outdated"),
        ({"language_id": "xx"}, "reference_broken"),
    ],
)
def test_what_cannot_be_is_refused(town: Inventory, wrong: dict, key: str) -> None:
    refused(key, lambda: prints.record(town, replace(PRINT, **wrong), ADA, "r"))
    assert town.value("SELECT count(*) FROM inventory.print_run") == 0


def test_where_it_lies_and_that_it_was_collected_can_change_back(town: Inventory) -> None:
    prints.record(town, PRINT, ADA, "r")
    places = [Place(30, "l"), Place(0, "m"), Place(70, None, " Theke   im Rathaus ")]
    for _ in range(2):
        prints.lay_out(town, "r", places, ADA, 1)
    assert stored(town)["laid_out"] == [{"location_id": "l", "copies": 30}, {"place": "Theke im Rathaus", "copies": 70}]
    refused("print_collected_when", lambda: prints.collect(town, "r", TODAY + timedelta(days=1), ADA, 2))
    for _ in range(2):
        prints.collect(town, "r", TODAY, ADA, 2)
    refused("print_collected", lambda: prints.lay_out(town, "r", [Place(1, "m")], BEA, 3))
    for _ in range(2):
        prints.lie_again(town, "r", ADA, 3)
    assert (stored(town)["collected_on"], stored(town)["version"]) == (None, 4)
    refused("record_changed_meanwhile", lambda: prints.collect(town, "r", TODAY, BEA, 3))
    refused("record_changed_meanwhile", lambda: prints.take_back(town, "r", BEA, 3))
    for _ in range(2):
        prints.take_back(town, "r", ADA, 4)
    refused("print_gone", lambda: prints.collect(town, "r", TODAY, ADA, 4))


def test_an_erased_person_is_in_no_print_and_its_places_are(town: Inventory) -> None:
    prints.record(town, PRINT, ADA, "r")
    prints.record(town, replace(PRINT, printed=PRINTED[1:]), ADA, "without")
    before = stored(town)
    mark = before["printed"][0]["sha256"]
    report = erase(town, "c", ADA, "Wunsch")
    row = stored(town)
    assert row["printed"] == [{"contact_point_id": "p", "contact_id": None, "sha256": None}, before["printed"][1]]
    assert row["laid_out"] == before["laid_out"] and row["version"] == before["version"] + 1
    assert stored(town, "without")["version"] == 1
    assert report.found["print_run", "printed"] == 1
    log = town.rows("SELECT before, after FROM inventory.change_log WHERE table_name = 'print_run'")
    assert mark not in json.dumps(log) and stored(town, "without")["printed"][0]["sha256"] in json.dumps(log)
    assert mark.encode() not in town.path.read_bytes()
