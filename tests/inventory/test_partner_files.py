"""Tables as partners send them become exactly the records that a careful person would have typed."""

from collections.abc import Callable
from datetime import date, time
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from esdash.inventory import Inventory, importing
from esdash.inventory.access import Action
from esdash.texts import Text
from tests.inventory import partner_files as files
from tests.people import ADA, TEST

DAY = date(2026, 2, 1)


class Expected(NamedTuple):
    """What a file becomes: table, columns, rows in the order of their keys; faults (row, column, key); notices."""

    table: str
    columns: str
    rows: list[tuple[Any, ...]]
    faults: list[tuple[int, str, str]]
    notices: dict[str, str]


OFFER = "name, organization_id, capacity, started_on, note"
TWO_HEADERS = "name, organization_id, volunteers_active, volunteers_wanted, capacity"
SESSION = "starts_on, begins, ends, seats, cost_eur, location_id, assured_on"
EXPECTED: dict[str, tuple[Callable[[Path], None], Expected]] = {
    "jobcenter.csv": (
        files.job_centre,
        Expected(
            "initiative",
            OFFER,
            [
                ("Lernhilfe", "jobcenter", None, DAY, None),
                ("Möbelhilfe", "awo", 7, DAY, None),
                ("Sprachcafé", "awo", 1234, DAY, "für „Anfänger“ – 5 €"),
            ],
            [],
            {"totals": "9", "note": "10"},
        ),
    ),
    "awo.csv": (
        files.welfare,
        Expected(
            "initiative",
            "name, capacity, volunteers_active, waiting, started_on, note, language_ids, cost",
            [
                ("A", None, None, None, None, None, None, None),
                ("B", 0, None, None, None, "0", [], "0,00 €"),
                ("C", 12, 3, 1, None, "NA-Beratung", ["de", "fa"], "kostenlos"),
            ],
            [],
            {},
        ),
    ),
    "gemeinde.txt": (
        files.parish,
        Expected(
            "contact_point",
            "name, organization_id, audiences, opening_hours, appointment, description",
            [
                (
                    *("Café „Łódź“", "ev-kirche", ["volunteers", "newcomers"]),
                    *("Mo,We 14:00-17:00", None, 'Erst klingeln,\ndann "Grüß Gott"'),
                ),
                ("Kleiderkammer", "ev-kirche", ["newcomers"], None, "required", None),
            ],
            [],
            {},
        ),
    ),
    "träger.csv": (
        files.named_delimiter,
        Expected(
            "organization",
            "name, postcode, phone, website",
            [
                ("Tafel; Musterstadt", "01067", "+49 340 12", "www.tafel.de"),
                ("Verein „Süd“", "06844", "0340/12", None),
            ],
            [],
            {},
        ),
    ),
    "courses.csv": (
        files.english,
        Expected(
            "session",
            "starts_on, begins, ends, seats, cost_eur, note",
            [
                (date(2026, 12, 5), time(17), time(19, 30), 20, 1234.5, 'two lines\nof text, with "quotes"'),
                (date(2026, 12, 6), None, None, 12, 99.5, None),
            ],
            [(4, "date", "import_not_date")],
            {},
        ),
    ),
    "verbunden.xlsx": (
        files.merged,
        Expected(
            "initiative",
            TWO_HEADERS,
            [
                ("Lernhilfe", "awo", 5, 2, None),
                ("Möbelhilfe", "jobcenter", 1, 0, 8),
                ("Sprachcafé", "awo", 3, 1, 20),
            ],
            [],
            {"totals": "11", "units": "5", "heading": "6, 9", "filled_down": "8", "unfilled": "8 („Plätze pro Woche“)"},
        ),
    ),
    "zwei köpfe.csv": (
        files.two_headers,
        Expected(
            "initiative",
            f"{TWO_HEADERS}, location_id",
            [("Lernhilfe", "awo", 5, 2, 8, "markt-1"), ("Sprachcafé", "awo", 3, 1, 20, "markt-1")],
            [],
            {"header": "4"},
        ),
    ),
    **{
        name: (
            builder,
            Expected(
                "session",
                SESSION,
                [
                    (date(2026, 12, 5), time(9, 30), time(17), 12, 0.3, "markt-1", date(2026, 2, 28)),
                    (date(2026, 12, 6), time(9, 30), time(17), 12, 1234.5, "markt-1", date(2026, 2, 28)),
                    (date(2026, 12, 7), time(9, 30), time(17), 12, 0.001, "markt-1-2", date(2026, 2, 28)),
                ],
                [(5, "Datum", "import_not_date")],
                {},
            ),
        )
        for name, builder in (("termine.xlsx", files.numbers), ("termine mac.xlsx", files.numbers_of_1904))
    },
    "orte.xlsx": (
        files.formulas,
        Expected(
            "location",
            "name, street, postcode, district_id, barrier_free, lat, lon, note",
            [
                ("Bücherei", "Markt 2", "01067", "02", False, None, None, None),
                ("Kirche", "Weg 4", "01067", "03", False, None, None, "versteckt"),
                ("Rathaus", "Markt 1", "01067", "01", True, 52.0051234, 11.5, "x"),
                ("Schule", "Weg 3", "01067", None, True, None, None, None),
            ],
            [(3, "Notiz", "import_cell_error"), (4, "Stadtbezirk", "import_cell_error")],
            {"hidden": "5", "concealed": None},
        ),
    ),
    "berechnet.xlsx": (
        files.calculated,
        Expected(
            "initiative",
            OFFER,
            [
                ("Chor", "awo", 5, None, None),
                ("Lernhilfe", "awo", None, None, None),
                ("Sprachcafé", "awo", 12, DAY, None),
            ],
            [(3, "Plätze", "import_cell_error")],
            {},
        ),
    ),
    "bunt.xlsx": (
        files.looks,
        Expected(
            "organization",
            "name, short_name, phone, website, note, kind",
            [
                ("Summe & Söhne gGmbH", "Gesamt", None, None, None, None),
                ("Verein Nord e. V.", "VN", "0340/123456", "nord.de", "oben\nunten", "Verein (e. V.)"),
            ],
            [],
            {},
        ),
    ),
    "mac.csv": (
        files.apple,
        Expected(
            "contact",
            "role, organization_id, email, phone, consent_scope",
            [("Büro für Frauen", "awo", "büro@awo.de", "(0340) 12 34", None), ("Küche", "awo", None, None, None)],
            [],
            {},
        ),
    ),
    "web.xlsx": (files.styled_elsewhere, Expected("organization", "name, short_name", [("Tafel", "T")], [], {})),
}

RECOGNISED = EXPECTED.keys() - {"bunt.xlsx"}  # their headers say what the table holds


@pytest.fixture
def partners(tiny: Inventory) -> Inventory:
    """Musterstadt with three organisations and a course."""
    with tiny.change(TEST, Action.EDIT_RECORDS) as change:
        names = {"awo": "AWO", "jobcenter": "Jobcenter", "ev-kirche": "Ev. Kirche"}
        change.insert("organization", [{"organization_id": key, "name": name} for key, name in names.items()])
        change.insert("course", [{"course_id": "basis", "organization_id": "awo", "name": "Basiskurs"}])
    return tiny


@pytest.mark.parametrize("name", EXPECTED)
def test_a_file_becomes_what_a_careful_person_would_have_typed(name: str, partners: Inventory, tmp_path: Path) -> None:
    write, expected = EXPECTED[name]
    write(tmp_path / name)
    before = {row["id"] for row in partners.rows(f"SELECT {expected.table}_id AS id FROM {expected.table}")}
    kind = None if name in RECOGNISED else expected.table.replace("contact_point", "contact-point") + "s"
    plan = importing.plan(partners, tmp_path / name, kind)
    assert [(fault.row, fault.column, fault.error.key) for fault in plan.faults] == expected.faults
    said = {notice.key.rpartition("notice_")[2]: notice.values.get("rows") for notice in plan.notices}
    assert {key: rows for key, rows in said.items() if key not in ("locations", "sheets")} == expected.notices
    for language in ("de", "en"):
        text = Text(language)
        assert all(text(notice.key, **notice.values) for notice in plan.notices)
        assert all(f" {fault.row}" in text.error(fault.error)[0] for fault in plan.faults)
    importing.run(partners, plan, ADA)
    rows = partners.rows(f"SELECT {expected.table}_id AS id, {expected.columns} FROM {expected.table} ORDER BY id")
    assert [tuple(row.values())[1:] for row in rows if row["id"] not in before] == expected.rows
    again = importing.plan(partners, tmp_path / name, kind)
    assert again.counts | {"faulty": 0} == {
        "new": 0,
        "changed": 0,
        "unchanged": len(expected.rows),
        "faulty": 0,
        "open": 0,
        "skipped": 0,
    }
