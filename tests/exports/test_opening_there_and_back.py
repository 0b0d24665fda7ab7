"""Contact points with every kind of hours leave as HSDS, XLSX and CSV and come back unchanged."""

import json
from collections.abc import Iterator
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest

from esdash.analysis import open_inventory
from esdash.analysis.contact_points import openings
from esdash.analysis.records import records
from esdash.exports import Sheet, columns_of, csv_file, hsds_file, plain_csv, xlsx_file
from esdash.inventory import Inventory, create, importing
from esdash.inventory.access import Action
from esdash.texts import Text
from tests.commands.command_line import clock
from tests.conftest import load_tiny_city
from tests.exports.test_exchange import taken
from tests.exports.test_hsds_schema import broken
from tests.people import TESTER

SECOND = [{"starts_on": date(2026, 12, 1), "begins": time(16), "ends": time(18)}]
NIGHT = [{"starts_on": date(2026, 12, 4), "begins": time(22), "ends": time(2)}]
SUMMER = {"first_day": date(2026, 7, 13), "last_day": date(2026, 8, 21), "reason": "Sommerpause (wie jedes Jahr)"}
WORKS = {"first_day": date(2026, 12, 7), "last_day": None, "reason": None}
POINTS: list[dict[str, Any]] = [
    {"opening_hours": "Mo-Fr 09:00-12:00,14:00-17:00; PH off"},
    {"opening_hours": "Tu[1,3] 16:00-18:00; Th[-1] 10:00-12:00", "holiday_hours": "ask"},
    {"opening_hours": "Fr 22:00-02:00, Sa 10:00-12:00", "appointment": "possible"},
    {"opening_hours": "Apr-Oct Mo 16:00-24:00", "hours_note": "im Winter nach Aushang", "holiday_hours": "open"},
    {"opening_hours": "24/7", "appointment": "none", "hours_assured_on": date(2026, 11, 3)},
    {"fortnightly": [*SECOND, *NIGHT], "closures": [SUMMER, WORKS], "holiday_hours": "closed"},
    {"appointment": "required", "appointment_url": "www.example.org/termin", "closures": []},
    {"fortnightly": [], "phone": "0340 123456", "email": "info@example.org", "website": "www.example.org"},
    {},
]


def fill(inventory: Inventory) -> None:
    load_tiny_city(inventory)
    with inventory.change(TESTER, Action.EDIT_RECORDS) as change:
        change.insert("organization", [{"organization_id": "o", "name": "Verein"}])
        change.insert("location", [{"location_id": "l", "name": "Haus", "street": "Weg 1", "district_id": "01"}])
        own = {"opening_hours": "We 10:00-12:00", "fortnightly": SECOND, "appointment": "possible"}
        change.insert("contact", [{"contact_id": "c", "organization_id": "o", "role": "Büro"} | own])
        for number, point in enumerate(POINTS):
            named = {"contact_point_id": f"p{number}", "organization_id": "o", "name": f"Stelle {number}"}
            more = {"location_id": "l", "audiences": ["volunteers"], "language_ids": ["de", "fa"]} if number % 2 else {}
            more |= {"contact_id": "c"} if number == 3 else {}
            change.insert("contact_point", [{**named, **more, **point}])


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Inventory]:
    path = tmp_path_factory.mktemp("hours") / "i.duckdb"
    create(path, "empty", fill, TESTER, clock)
    inventory = open_inventory(path, clock)
    yield inventory
    inventory.close()


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Inventory]:
    create(tmp_path / "empty.duckdb", "empty", load_tiny_city, TESTER, clock)
    inventory = open_inventory(tmp_path / "empty.duckdb", clock)
    yield inventory
    inventory.close()


def points(inventory: Inventory) -> list[dict[str, Any]]:
    return records.exchange(inventory)["contact_point"]


def test_hsds_there_and_back(full: Inventory, empty: Inventory, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(hsds_file(records.exchange(full)))
    document = json.loads((tmp_path / "a.json").read_bytes())
    assert document["total_items"] == len(POINTS)
    assert [fault for service in document["contents"] for fault in broken("service", service)] == []
    taken(empty, tmp_path / "a.json")
    assert points(empty) == points(full)
    names = ("opening_hours", "fortnightly", "appointment")
    assert [records.exchange(i)["contact"][0][name] for i in (empty, full) for name in names] == [
        *("We 10:00-12:00", SECOND, "possible"),
    ] * 2
    assert openings.hours(empty) == openings.hours(full)


def test_others_read_the_schedules(full: Inventory) -> None:
    services = {s["name"]: s for s in json.loads(hsds_file(records.exchange(full)))["contents"]}
    schedules = {name: [{**s, "id": ""} for s in service.get("schedules", [])] for name, service in services.items()}
    assert schedules["Stelle 1"] == [
        {"id": "", "freq": "MONTHLY", "byday": "1TU,3TU", "opens_at": "16:00", "closes_at": "18:00"},
        {"id": "", "freq": "MONTHLY", "byday": "-1TH", "opens_at": "10:00", "closes_at": "12:00"},
    ]
    assert schedules["Stelle 5"] == [
        *(
            {"id": "", "freq": "WEEKLY", "interval": 2, "dtstart": start, "byday": day, "opens_at": a, "closes_at": b}
            for start, day, a, b in (
                ("2026-12-01", "TU", "16:00", "18:00"),
                ("2026-12-04", "FR", "22:00", "02:00"),
            )
        ),
        {
            **{"id": "", "valid_from": "2026-07-13", "valid_to": "2026-08-21"},
            "description": "closed: Sommerpause (wie jedes Jahr)",
        },
        {"id": "", "valid_from": "2026-12-07", "description": "closed"},
    ]
    assert [name for name, found in schedules.items() if not found] == [
        *("Stelle 3", "Stelle 4", "Stelle 6", "Stelle 7", "Stelle 8"),
    ]


@pytest.mark.parametrize("form", ["plain.csv", "de.csv", "en.csv", "de.xlsx", "en.xlsx"])
def test_tables_there_and_back(form: str, full: Inventory, empty: Inventory, tmp_path: Path) -> None:
    language, _, ending = form.partition(".")
    text = Text("de" if language == "plain" else language)
    for kind, table in (("organizations", "organization"), ("locations", "location"), ("contacts", "contact"),
                        ("contact-points", "contact_point")):  # fmt: skip
        frame = full.frame(
            f"SELECT COLUMNS(lambda c: c NOT IN ('version', 'phone_e164')) FROM inventory.{table} ORDER BY ALL"
        )
        sheet = Sheet("a", "a", frame, columns_of(frame))
        content = {
            "plain.csv": lambda frame=frame: plain_csv(frame),
            f"{language}.csv": lambda frame=frame: csv_file(frame, columns_of(frame), text),
            f"{language}.xlsx": lambda sheet=sheet: xlsx_file([sheet], text),
        }[form]()
        (tmp_path / f"{table}.{ending}").write_bytes(content)
        plan = importing.plan(empty, tmp_path / f"{table}.{ending}", kind)
        assert (table, plan.faults, plan.notices) == (table, (), ())
        importing.run(empty, plan, TESTER, backup=False)
    assert points(empty) == points(full)
