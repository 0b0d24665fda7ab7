"""Lists of German municipalities get in by the names of their columns, or with one mapping."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest

from esdash.inventory import Inventory, importing
from tests.inventory import municipal_files as files
from tests.people import TEST

CARRIERS = (
    *("Stadt Musterstadt", "AWO Kreisverband Muster", "Diakonie Muster", "Lebenshilfe Muster", "Caritas Muster"),
    *("Waldkinder Muster e. V.", "Stadtjugendring Muster", "Jugend und Kultur Muster e. V.", "Quartiersbüro Muster"),
    *("Bürgerverein Am Fluss", "Bürgerverein Nord e. V.", "Gartenfreunde Muster e. V.", "Interkultureller Rat Muster"),
    *("Sprachschule Muster", "Volkshochschule Muster", "Euro-Bildung Muster", "Ev. Kirchengemeinde St. Marien"),
    *("Volkssolidarität Muster", "Mehrgenerationenhaus Muster", "Alzheimer Gesellschaft Muster", "Tafel Muster e. V."),
    *("Frauen für Frauen Muster e. V.", "Mieterverein Muster e. V.", "Türkspor Muster e. V."),
)


@dataclass(frozen=True)
class Layout:
    """A list: how it is made, what one says about it, how many records it has, and some of them as they must become."""

    name: str
    build: Callable[[Path], None]
    kind: str
    records: int
    columns: str  # of the records in `said`
    said: tuple[tuple[Any, ...], ...]
    mapping: dict[str, Any] = field(default_factory=dict)
    unread: tuple[tuple[int, str], ...] = ()  # row and column of cells that nobody could read; the rest of them gets in
    sheet: str | None = None
    of_clubs: bool = False  # the clubs are what the list brings


PLACE = "(SELECT street FROM location WHERE location_id = t.location_id)"
LAYOUTS = (
    Layout(
        "kitas.csv",
        files.kitas,
        "contact-points",
        20,
        f"name, {PLACE}, phone, opening_hours",
        (
            ("Kita Ahornzwerge", "Ahornweg 3", "0340 5550101", "Mo-Fr 06:00-17:00"),
            ("Kita Bienenkorb", "Bienenweg 12a", "0340 5550102", "Mo-Fr 06:30-16:30"),
            ("Kita Wichtelhaus", "Ahornweg 31", "0340 5550120", "Mo-Fr 06:30-16:30"),
        ),
        {"columns": {"Name der Einrichtung": "name", "lfd. Nr.": None}},
    ),
    Layout(
        "jugendclubs.xlsx",
        files.youth_clubs,
        "contact-points",
        13,
        f"name, organization_id, {PLACE}",
        (
            ("Mobiler Jugendtreff", "stadtjugendring-muster", "Bahnhofsplatz 1"),
            ("Skatehalle", "jugend-und-kultur-muster-e-v", "Industriestraße 40"),
        ),
        {"columns": {"Einrichtung": "name", "Stellen (VZÄ)": None}},
    ),
    Layout(
        "feste.csv",
        files.festivals,
        "initiatives",
        19,
        "name, organization_id, started_on, note",
        (
            ("Fest der Nachbarn", "quartiersbuero-muster", date(2027, 5, 8), "Straße gesperrt 12 bis 22 Uhr"),
            ("Lichterfest", "buergerverein-nord-e-v", date(2027, 6, 4), None),
            ("Hoffest", "gartenfreunde-muster-e-v", date(2027, 7, 10), None),
        ),
        {"columns": {"Veranstaltung": "name", "Datum": "started_on"}},
        unread=((23, "Datum"),),
    ),
    Layout(
        "vereine.xlsx",
        files.clubs,
        "organizations",
        14,
        "name, kind, phone, street, postcode, assured_on",
        (
            ("FC Vorwärts Muster e. V.", "Fußball", "0340/77 01 04", "Sportallee 4", "06845", date(2026, 3, 3)),
            ("Schachklub Springer e. V.", "Schach", "0340/77 01 14", "Sportallee 14", "06846", date(2026, 3, 1)),
        ),
        of_clubs=True,
    ),
    Layout(
        "vhs.xlsx",
        files.adult_education,
        "sessions",
        6,
        "starts_on, begins, ends, seats",
        (
            (date(2027, 4, 19), time(17), time(19, 30), 12),
            (date(2027, 4, 24), time(9), time(16), 12),
        ),
        {"columns": {"Nr.": None}},
        sheet="Aufbaukurs",
    ),
    Layout(
        "sprachkurse.txt",
        files.language_courses,
        "initiatives",
        20,
        "name, capacity, started_on, ended_on",
        (
            ("Integrationskurs 101", 20, date(2026, 9, 1), date(2027, 3, 31)),
            ("Prüfungsvorbereitung DTZ", None, date(2027, 5, 3), None),
        ),
        {"columns": {"Maßnahme": "name", "Sprachniveau": None, "Ort": None}},
    ),
    Layout(
        "gemeinde.ods",
        files.parish,
        "initiatives",
        13,
        f"name, capacity, started_on, note, {PLACE}",
        (
            ("Kleiderkammer", None, date(2016, 1, 12), None, "Kirchplatz 1"),
            ("Sprachcafé Marien", 20, date(2022, 9, 7), "mit Kuchen", "Kirchplatz 1"),
        ),
    ),
    Layout(
        "förderung.xls",
        files.help_of_2003,
        "initiatives",
        18,
        "name, organization_id, capacity, started_on, ended_on",
        (
            ("Projekt 01", "awo-kreisverband-muster", 11, date(2025, 1, 1), date(2027, 12, 1)),
            ("Projekt 18", "diakonie-muster", 28, date(2025, 1, 18), None),
        ),
    ),
    Layout(
        "senioren.csv",
        files.seniors,
        "contact-points",
        15,
        f"name, phone, opening_hours, {PLACE}",
        (
            ("Mittagstisch", "0340/12 34 56", "Mo-Fr 11:30-13:00", "Markt 4"),
            ("Seniorentreff Mitte", "0340/12 34 56 (AB)", "Mo 10:00-18:00", "Markt 4"),
        ),
        {"columns": {"Einrichtung": "name"}},
    ),
    Layout(
        "begegnung.csv",
        files.meeting_places,
        "contact-points",
        12,
        f"name, organization_id, phone, {PLACE}",
        (
            ("Bootshaus", "buergerverein-am-fluss", None, "Hafenstraße 11"),
            ("Nordtreff", "buergerverein-nord-e-v", "0340 777105", "Nordring 2"),
        ),
        {"columns": {"Einrichtung": "name"}},
    ),
    Layout(
        "börse.txt",
        files.volunteering,
        "initiatives",
        16,
        "name, volunteers_wanted, website, description",
        (
            (
                *("Vorlesen in der Kita", 3, "https://boerse.example/angebot/4711"),
                'Vorlesen in der Kita, bitte melden.\nZeit nach "Absprache".',
            ),
            ("Sprachpatenschaften", None, "https://boerse.example/angebot/4716", "Sprachpatenschaften, bitte melden."),
        ),
    ),
    Layout(
        "beratung.csv",
        files.counselling,
        "contact-points",
        13,
        f"name, organization_id, language_ids, {PLACE}",
        (
            ("Asylberatung", "caritas-muster", ["de", "fa"], "Hafenstraße 6"),
            ("Energieberatung", "awo-kreisverband-muster", ["de"], "Am Ufer 5"),
        ),
        {"columns": {"Beratungsstelle": "name"}},
    ),
)


@pytest.fixture
def town(tiny: Inventory, tmp_path: Path) -> Inventory:
    """Musterstadt with the carriers that its lists name, and two trainings."""
    organizations, courses = tmp_path / "carriers.csv", tmp_path / "courses.csv"
    organizations.write_text("\n".join(["Organisation", *CARRIERS]), encoding="utf-8")
    courses.write_text(
        "Schulung;Organisation\nGrundkurs Ehrenamt;Volkshochschule Muster\nAufbaukurs Ehrenamt;Volkshochschule Muster",
        encoding="utf-8",
    )
    for path, kind in ((organizations, "organizations"), (courses, "courses")):
        done = importing.plan(tiny, path, kind)
        assert not done.faults
        importing.run(tiny, done, TEST, "Träger")
    return tiny


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda one: one.name)
def test_a_municipal_list_gets_in(layout: Layout, town: Inventory, tmp_path: Path) -> None:
    path = tmp_path / layout.name
    layout.build(path)
    sheet = {"sheet": layout.sheet} if layout.sheet else {}
    plan = importing.plan(town, path, layout.kind, layout.mapping, **sheet)
    brought = [row for row in plan.rows if row.state in ("new", "changed")]
    assert [(fault.row, fault.column) for fault in plan.faults] == list(layout.unread), plan.faults
    assert len(brought) == layout.records
    assert not {row.number for row in plan.rows} & {number for number, _ in plan.table.omitted}
    importing.run(town, plan, TEST, layout.name)
    table = plan.kind.table
    keys = [row.values.get(plan.kind.key, row.record_id) for row in brought]
    found = town.rows(
        f"SELECT {layout.columns} FROM {table} t WHERE list_contains($keys, t.{plan.kind.key})", keys=keys
    )
    records = [tuple(row.values()) for row in found]
    assert not [one for one in layout.said if one not in records], records


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_the_names_of_its_columns_are_enough(layout: Layout, town: Inventory, tmp_path: Path) -> None:
    """Neither kind nor mapping is said; what a column means that nobody knows stays out and is named."""
    path = tmp_path / layout.name
    layout.build(path)
    plan = importing.plan(town, path, **({"sheet": layout.sheet} if layout.sheet else {}))
    assert (plan.kind.name, plan.columns.guessed) == (layout.kind, False)
    brought = [row for row in plan.rows if row.state in ("new", "changed")]
    assert len(brought) == layout.records
