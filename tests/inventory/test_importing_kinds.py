"""The other kinds of tables: courses, sessions, contact points, contacts, locations, surveys; and places by address."""

import json
from collections.abc import Callable
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest

from esdash.errors import UserError
from esdash.inventory import Inventory, importing
from esdash.inventory.access import Action
from tests.conftest import TINY_CITY
from tests.people import ADA, TEST

Load = Callable[..., importing.Plan]


@pytest.fixture
def load(tiny: Inventory, tmp_path: Path) -> Load:
    """Write lines as a CSV file and import them; rows with a fault only where the test expects them."""

    def load(*lines: str, faults: tuple[tuple[int, str], ...] = (), **options: Any) -> importing.Plan:
        (tmp_path / "tabelle.csv").write_text("\n".join(lines), encoding="utf-8")
        plan = importing.plan(tiny, tmp_path / "tabelle.csv", **options)
        assert tuple((fault.row, fault.error.key) for fault in plan.faults) == faults
        importing.run(tiny, plan, ADA)
        return plan

    load("Organisation;Kurzname", "Arbeiterwohlfahrt;AWO", "Tafel e. V.;")
    return load


def only(tiny: Inventory, table: str, *names: str) -> list[tuple[Any, ...]]:
    """These columns of all records of a table, by key."""
    return [tuple(row[name] for name in names) for row in tiny.rows(f"FROM inventory.{table} ORDER BY {table}_id")]


def test_courses_and_sessions(tiny: Inventory, load: Load) -> None:
    header = "Schulung;Organisation;Bausteine;Niveau;Stunden;Sprachen;Zertifikat"
    assert load(header, "Basiskurs;AWO;Asylverfahren, Recht, Leistungen, intercultural;Grundlagen;7,5;keine;ja",
                "Basiskurs;Tafel;;Aufbau;;;").kind.name == "courses"  # fmt: skip
    assert only(tiny, "course", "course_id", "organization_id", "module_ids", "level", "hours", "language_ids") == [
        ("basiskurs", "arbeiterwohlfahrt", ["asylum_law", "intercultural"], "basic", 7.5, []),
        ("basiskurs-2", "tafel-e-v", None, "advanced", None, None),
    ]
    header = "Schulung;Organisation;Datum;Uhrzeit;Form;Plätze;Anmeldungen;Kosten in Euro;Status"
    rows = ("Basiskurs;AWO;5.12.2026;17-19:30 Uhr;online;20;12;1.234,50;bestätigt", "Basiskurs;Tafel;5.12.2026;;;;;;")
    assert load(header, *rows).kind.name == "sessions"
    assert load(header, *rows).counts["unchanged"] == 2
    assert only(
        tiny, "session", "session_id", "course_id", "begins", "ends", "mode", "seats", "cost_eur", "status"
    ) == [
        ("basiskurs-2-2026-12-05", "basiskurs-2", None, None, None, None, None, "planned"),
        ("basiskurs-2026-12-05", "basiskurs", time(17), time(19, 30), "online", 20, 1234.5, "confirmed"),
    ]
    load("Schulung;Datum", "Basiskurs;6.12.2026", kind="sessions", faults=((2, "import_ambiguous"),))


def test_a_second_session_on_the_same_day_is_another(tiny: Inventory, load: Load) -> None:
    load("Schulung;Organisation", "Kurs;AWO")
    header = "Schulung;Datum;Von;Bis;Plätze"
    load(header, "Kurs;5.12.2026;09:00;12:00;10", kind="sessions")
    plan = load(header, "Kurs;5.12.2026;09:00;12:00;11", "Kurs;5.12.2026;14:00;16:00;12", kind="sessions")
    assert (plan.counts["changed"], plan.counts["new"]) == (1, 1)
    assert only(tiny, "session", "begins", "seats") == [(time(9), 11), (time(14), 12)]


def test_contacts_need_consent_for_a_name(tiny: Inventory, load: Load) -> None:
    header = "Funktion;Organisation;Name;E-Mail;Telefon;Einwilligung;Einwilligung am"
    load(
        header,
        "Ehrenamtskoordination;AWO;Ada Beispiel;ada@beispiel.de;'+49 340 1234;öffentlich;1.2.2026",
        "Leitung;AWO;;info@beispiel.de;;;",
        "Beratung;AWO;Bea Beispiel;;;;",
        faults=((4, "import_needs_consent"),),
    )
    assert only(tiny, "contact", "contact_id", "name", "phone", "consent_scope", "consent_on") == [
        ("arbeiterwohlfahrt-ehrenamtskoordination", "Ada Beispiel", "+49 340 1234", "public", date(2026, 2, 1)),
        ("arbeiterwohlfahrt-leitung", None, None, None, None),
    ]


@pytest.mark.parametrize(
    "heading", ["Kinderbetreuung", "Kinderbetreuung vorhanden", "childcare", "Childcare available"]
)
def test_childcare(tiny: Inventory, load: Load, heading: str) -> None:
    load(f"Angebot;Organisation;{heading}", "A;AWO;ja", "B;AWO;nein", "C;AWO;unbekannt", "D;AWO;")
    assert only(tiny, "initiative", "name", "childcare") == [("A", True), ("B", False), ("C", None), ("D", None)]
    load(f"Angebot;Organisation;{heading}", "A;AWO;auf Anfrage", faults=((2, "import_not_yes_no"),))
    assert only(tiny, "initiative", "name", "childcare")[0] == ("A", True)


def test_contact_points(tiny: Inventory, load: Load) -> None:
    load("Funktion;Organisation", "Leitung;AWO", "Leitung;Tafel e.V.")
    load("Ort;Straße;PLZ;Stadtbezirk;Breite;Länge;Barrierefrei", "Rathaus;Markt 1;01067;Mitte;52,005;11.005;ja")
    assert only(tiny, "location", "lat", "lon", "barrier_free", "postcode") == [(52.005, 11.005, True, "01067")]
    header = "Anlaufstelle;Träger;Für wen;Ort;Ansprechperson;Öffnungszeiten;Sprachen"
    load(header, "Café Welt;AWO;Ehrenamtliche, Zugewanderte;Rathaus;Leitung;Mo, Mi 14-17 Uhr;Deutsch")
    assert only(tiny, "contact_point", "audiences", "location_id", "contact_id", "opening_hours", "language_ids") == [
        (["volunteers", "newcomers"], "rathaus", "arbeiterwohlfahrt-leitung", "Mo,We 14:00-17:00", ["de"])
    ]


def test_surveys(tiny: Inventory, load: Load) -> None:
    load(
        "Thema;Stadtbezirk;Erhebung;Erhoben am;Grund",
        "Deutsch lernen;1;erhoben;1.2.2026;",
        "Deutsch lernen;Nord;trifft nicht zu;;Hier wohnt niemand.",
        "Deutsch lernen;Fluss;erhoben;;",
        "Lernhilfe;Fluss;trifft nicht zu;;",
        "Deutsch lernen;Mitte;erhoben;2.2.2026;",
        faults=((4, "import_survey_needs_date"), (5, "import_survey_needs_reason"), (6, "import_repeated")),
    )
    assert only(tiny, "survey", "survey_id", "state", "surveyed_on") == [
        ("german_courses|01", "surveyed", date(2026, 2, 1)),
        ("german_courses|02", "not_applicable", None),
    ]


def test_an_address_becomes_one_location(tiny: Inventory, load: Load) -> None:
    header = "Angebot;Organisation;Ort;Straße;PLZ;Stadtbezirk"
    plan = load(
        header,
        "A;AWO;;Markt 1;01067;Mitte",  # a new location, named by its street
        "B;AWO;Musterstadt;Markt 1;01067;",  # the same: "Ort" is the town
        "C;AWO;Bürgersaal;Markt 1;01067;Mitte",  # a name of its own
        "D;AWO;Bürgersaal;;;",  # the one of the row above
        "E;AWO;;;;Nord",  # only the district is known
        "F;AWO;;;;Nordvorstadt",
        "G;AWO;;Markt 1;01069;",  # the same street in another part of town
        "H;AWO;Bürgersaal;Gasse 2;;",  # contradicts row 4, and waits for an answer
        "I;AWO;Musterstadt;;;",
    )
    assert only(tiny, "location", "location_id", "name", "street", "postcode", "district_id") == [
        ("buergersaal", "Bürgersaal", "Markt 1", "01067", "01"),
        ("markt-1", "Markt 1", "Markt 1", "01067", "01"),
        ("markt-1-2", "Markt 1", "Markt 1", "01069", None),
        ("nordvorstadt", "Nordvorstadt", None, None, "02"),
    ]
    places = [
        "markt-1",
        "markt-1",
        "buergersaal",
        "buergersaal",
        "nordvorstadt",
        "nordvorstadt",
        "markt-1-2",
        None,
    ]
    assert [place for (place,) in only(tiny, "initiative", "location_id")] == places
    assert len(plan.new_locations) == 4
    assert [(question.topic, question.row) for question in plan.questions] == [("place", 9)]
    assert load(header, "A;AWO;;Markt 1;01067;Mitte", "C;AWO;;Markt 1;;", "E;AWO;;;;Nord").counts["unchanged"] == 3


def test_a_faulty_row_adds_no_location(tiny: Inventory, load: Load) -> None:
    load("Angebot;Organisation;Straße;Plätze;Beginn;Ende", "A;AWO;Markt 1;;2.1.2026;1.1.2026",
         faults=((2, "import_end_before_begin"),))  # fmt: skip
    assert only(tiny, "location", "location_id") == []


def test_a_field_of_action_stands_in_where_the_theme_is_empty(tiny: Inventory, load: Load) -> None:
    load("Angebot;Träger;Handlungsfeld;Thema", "A;AWO;Bildung und Sprache;Lernhilfe", "B;AWO;Bildung;")
    assert only(tiny, "initiative", "theme_ids") == [(["homework"],), (["education"],)]


def test_lists_with_none_and_districts_without_limit(tiny: Inventory, load: Load) -> None:
    load("Angebot;Organisation;Partner;Einzugsgebiet;Sprachen", "A;AWO;keine;stadtweit;-")
    assert only(tiny, "initiative", "partner_ids", "district_ids", "language_ids") == [([], None, None)]


def test_the_notation_of_our_own_exports(tiny: Inventory, load: Load) -> None:
    plan = load(
        "initiative_id,organization_id,organization,name,language_ids,theme_ids,times,mode",
        "a,arbeiterwohlfahrt,Arbeiterwohlfahrt,A,-,homework;german_courses,1 10:00-12:00;3 14:00-16:00,on_site",
        "b,arbeiterwohlfahrt,Arbeiterwohlfahrt,B,de;fa,-,-,",
    )
    assert plan.unmatched == ("organization",)  # the key says it already
    assert only(tiny, "initiative", "initiative_id", "language_ids", "theme_ids", "mode") == [
        ("a", [], ["homework", "german_courses"], "on_site"),
        ("b", ["de", "fa"], [], None),
    ]
    assert [[time["weekday"] for time in times] for (times,) in only(tiny, "initiative", "times")] == [[1, 3], []]


def test_a_name_that_two_records_have(tiny: Inventory, load: Load) -> None:
    with tiny.change(TEST, Action.EDIT_RECORDS) as change:
        change.insert("organization", [{"organization_id": key, "name": "Verein"} for key in ("v1", "v2")])
    header = "Organisation;Notiz"
    load(header, "Verein;x", kind="organizations", faults=((2, "import_several_records"),))
    load("Angebot;Organisation", "A;Verein", "B;v1", faults=((2, "import_ambiguous"),))
    assert only(tiny, "initiative", "organization_id") == [("v1",)]


def test_keys_are_never_used_again(tiny: Inventory, load: Load) -> None:
    load("Angebot;Organisation", f"{'Langer Name ' * 6};AWO", f"{'Langer Name ' * 7};AWO", "!!!;AWO")
    assert only(tiny, "initiative", "initiative_id") == [
        ("initiative",),
        ("langer-name-langer-name-langer-name-la-2",),
        ("langer-name-langer-name-langer-name-lang",),
    ]
    with tiny.change(TEST, Action.EDIT_RECORDS) as change:
        change.remove("initiative", ["initiative"])
    load("Angebot;Organisation", "???x;AWO", "§§§;AWO")
    assert ("initiative-2",) in only(tiny, "initiative", "initiative_id")


def test_records_of_one_name_are_told_apart_by_their_keys(tiny: Inventory, load: Load) -> None:
    load("initiative_id;Angebot;Organisation", "a;Treff;AWO", "b;Treff;AWO", "-;Treffen;AWO")
    plan = load(
        "initiative_id;Angebot;Organisation;Plätze", "a;Treff;AWO;1", "b;Treff;AWO;2", "b;Treff;AWO;3",
        faults=((4, "import_repeated"),),
    )  # fmt: skip
    assert plan.counts["changed"] == 2
    assert only(tiny, "initiative", "initiative_id", "capacity") == [("a", 1), ("b", 2), ("treffen", None)]


def test_a_contact_of_another_organization_is_meant_only_by_its_key(tiny: Inventory, load: Load) -> None:
    load("Funktion;Organisation", "Leitung;AWO", "Beratung;Tafel e.V.")
    load("Angebot;Organisation;Ansprechperson", "A;AWO;tafel-e-v-beratung", "B;AWO;Beratung",
         faults=((3, "import_unknown_name"),))  # fmt: skip
    assert only(tiny, "initiative", "contact_id") == [("tafel-e-v-beratung",), (None,)]


def test_a_mapping_file(tiny: Inventory, load: Load, tmp_path: Path) -> None:
    mapping = {
        "columns": {"Was": "name", "Wer": "organization_id", "Worum": "theme_ids", "Nr": None},
        "values": {"theme_ids": {"DaF": "german_courses"}, "organization_id": {"Wir": "tafel-e-v"}},
    }
    (tmp_path / "mapping.json").write_text(json.dumps(mapping), encoding="utf-8")
    plan = load("Nr,Was,Wer,Worum", "1,Sprachkurs,WIR,daf; Beratung", mapping=tmp_path / "mapping.json")
    assert (plan.kind.name, plan.unmatched, plan.notices[0].values) == ("initiatives", (), {"columns": "Nr"})
    assert only(tiny, "initiative", "organization_id", "theme_ids") == [
        ("tafel-e-v", ["german_courses", "counselling"])
    ]


@pytest.mark.parametrize(
    "content", ['{"columns": []}', "nonsense", '{"spalten": {}}', '{"values": {"a": {"b": 1}}}', "[1]"]
)
def test_a_mapping_that_is_none(load: Load, tmp_path: Path, content: str) -> None:
    (tmp_path / "mapping.json").write_text(content)
    with pytest.raises(UserError, match="import_mapping"):
        load("Organisation;Kurzname", "A;B", mapping=tmp_path / "mapping.json")


def test_texts_of_the_file_are_values_and_never_sql(tiny: Inventory, load: Load) -> None:
    name = "Robert'); DROP TABLE inventory.initiative;--"
    load("Angebot,Organisation,Notiz", f'"{name}",AWO,"$name {{x}} %s \\"')
    assert only(tiny, "initiative", "name", "note") == [(name, "$name {x} %s \\")]


@pytest.mark.parametrize(
    "city", [path for path in (TINY_CITY.parents[1] / "data").glob("*") if (path / "public").is_dir()]
)
def test_the_public_files_of_a_city_have_no_faults(city: Path, tmp_path: Path) -> None:
    from esdash.inventory import city as cities
    from esdash.inventory import create

    def fill(inventory: Inventory) -> None:
        with inventory.change(TEST, Action.SET_UP) as change:
            cities.load(change, city)
        for name in ("organizations", "initiatives"):
            plan = importing.plan(inventory, city / "public" / f"{name}.csv")
            assert (plan.kind.name, plan.faults, plan.unmatched) == (name, (), ())
            importing.run(inventory, plan, TEST)

    create(tmp_path / "public.duckdb", "public", fill, TEST)
