"""From a file to the inventory: what is planned, what is faulty and why, what is written, all or nothing."""

from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest

from esdash.errors import UserError
from esdash.inventory import Inventory, importing
from esdash.inventory.access import Action
from esdash.inventory.file import store
from esdash.texts import Text
from tests.people import ADA, BEA

ORGANIZATIONS = (
    "Organisation;Kurzname;PLZ;Stadtbezirk\nArbeiterwohlfahrt Musterstadt e. V.;AWO;01067;Nord\nCafé Süd;;;\n"
)

Load = Callable[..., importing.Plan]


@pytest.fixture
def load(tiny: Inventory, tmp_path: Path) -> Load:
    """Write a text as a CSV file, plan it and (unless told otherwise) run the plan."""

    def load(text: str, name: str = "tabelle.csv", run: bool = True, **options: Any) -> importing.Plan:
        (tmp_path / name).write_text(text, encoding="utf-8")
        plan = importing.plan(tiny, tmp_path / name, **options)
        if run:
            importing.run(tiny, plan, ADA, "Liste des Netzwerks")
        return plan

    return load


@pytest.fixture
def organizations(load: Load) -> importing.Plan:
    return load(ORGANIZATIONS, "organisationen.csv")


def faults(plan: importing.Plan) -> list[tuple[int, str, str, str]]:
    """Row, column, value and key of each fault; every message must exist in both languages and name the row."""
    for fault in plan.faults:
        for language in ("de", "en"):
            what, hint = Text(language).error(fault.error)
            assert f" {fault.row}" in what and hint
    return [(fault.row, fault.column, fault.value, fault.error.key) for fault in plan.faults]


def one(tiny: Inventory, table: str, **wanted: str) -> dict[str, Any]:
    """The only record of a table with this value."""
    ((name, value),) = wanted.items()
    (record,) = tiny.rows(f"FROM inventory.{table} WHERE {name} = $value", value=value)
    return record


def tables(tiny: Inventory) -> list[list[dict[str, Any]]]:
    """Everything an import may touch."""
    names = ("organization", "initiative", "location", "import_run", "change_log")
    return [tiny.rows(f"FROM inventory.{name} ORDER BY ALL") for name in names]


def test_organizations(tiny: Inventory, organizations: importing.Plan) -> None:
    assert organizations.kind.name == "organizations"
    assert organizations.counts == {"new": 2, "changed": 0, "unchanged": 0, "faulty": 0, "open": 0, "skipped": 0}
    awo = one(tiny, "organization", short_name="AWO")
    assert awo["organization_id"] == "arbeiterwohlfahrt-musterstadt-e-v"
    assert (awo["postcode"], awo["district_id"], awo["status"], awo["version"]) == ("01067", "02", "active", 1)
    assert one(tiny, "organization", name="Café Süd")["organization_id"] == "cafe-sued"


def test_the_run_is_recorded_and_every_log_entry_names_it(tiny: Inventory, organizations: importing.Plan) -> None:
    (run,) = tiny.rows("FROM inventory.import_run")
    assert run == {
        "import_run_id": organizations.import_run_id,
        "imported_at": datetime(2026, 11, 22, 10, 0),
        "actor": "Ada",
        "file_name": "organisationen.csv",
        "file_hash": organizations.table.sha256,
        "kind": "organizations",
        "rows_new": 2,
        "rows_changed": 0,
        "rows_unchanged": 0,
        "undone_at": None,
        "sender": None,
        "rows_faulty": 0,
    }
    logged = tiny.rows(
        "SELECT actor, reason, means, count(*) AS n FROM inventory.change_log WHERE import_run_id = $id GROUP BY ALL",
        id=organizations.import_run_id,
    )
    assert logged == [{"actor": "Ada", "reason": "Liste des Netzwerks", "means": "import", "n": 2}]


FULL = """Angebot;Organisation;Partner;Beschreibung;Status;Themen;Zielgruppen;Sprachen;Form;Zeiten;Plätze pro Woche;\
Wartende;Ehrenamtliche aktiv;Ehrenamtliche gesucht;Beginn;Ende;Straße;PLZ;Stadtbezirk;Einzugsgebiet;Bestätigt am;Kosten
Möbelhilfe;AWO;Cafe Sued;Was fehlt.;aktiv;Möbel, Kleidung, Grundausstattung, Deutsch lernen;Kinder; Frauen;Farsi;\
vor Ort;Mo 14-16 Uhr;1.200;0;12,0;unbekannt;1.2.26;;Markt 1;6844;Mitte;Nord, 3;22.11.2026;kostenlos
""".replace("Kinder; Frauen", '"Kinder; Frauen"').replace("Farsi", '"Persisch; de"')


def test_every_field_of_an_initiative(tiny: Inventory, organizations: importing.Plan, load: Load) -> None:
    plan = load(FULL)
    assert (faults(plan), plan.unmatched, plan.counts["new"]) == ([], (), 1)
    assert one(tiny, "initiative", name="Möbelhilfe") == {
        "initiative_id": "moebelhilfe",
        "organization_id": "arbeiterwohlfahrt-musterstadt-e-v",
        "partner_ids": ["cafe-sued"],
        "name": "Möbelhilfe",
        "description": "Was fehlt.",
        "status": "active",
        "theme_ids": ["essentials", "german_courses"],
        "target_group_ids": ["children", "women"],
        "language_ids": ["fa", "de"],
        "mode": "on_site",
        "location_id": "markt-1",
        "district_ids": ["02", "03"],
        "times": [{"weekday": 1, "begins": time(14), "ends": time(16)}],
        "capacity": 1200,
        "waiting": 0,
        "volunteers_active": 12,
        "volunteers_wanted": None,
        "without_commitment": None,
        "little_german": None,
        "contact_id": None,
        "childcare": None,
        "asked_on": None,
        "started_on": date(2026, 2, 1),
        "ended_on": None,
        "cost": "kostenlos",
        "website": None,
        "source": None,
        "note": None,
        "assured_on": date(2026, 11, 22),
        "assured_by": None,
        "version": 1,
    }
    place = one(tiny, "location", location_id="markt-1")
    assert (place["name"], place["street"], place["postcode"], place["district_id"]) == (
        "Markt 1", "Markt 1", "06844", "01",
    )  # fmt: skip
    assert [notice.key for notice in plan.notices] == ["import.notice_locations"]


def test_the_same_file_again_changes_nothing(tiny: Inventory, organizations: importing.Plan, load: Load) -> None:
    assert load(FULL).already_imported is None
    before = tiny.rows("FROM inventory.initiative"), tiny.rows("FROM inventory.location")
    again = load(FULL)
    assert again.counts == {"new": 0, "changed": 0, "unchanged": 1, "faulty": 0, "open": 0, "skipped": 0}
    assert again.already_imported == datetime(2026, 11, 22, 11, 0)  # by the clock of the city
    assert Text("de")(again.notices[0].key, **again.notices[0].values) == (
        "Diese Datei (tabelle.csv) wurde schon am 22.11.2026 importiert."
    )
    assert (tiny.rows("FROM inventory.initiative"), tiny.rows("FROM inventory.location")) == before


def test_an_update_touches_only_the_filled_cells(tiny: Inventory, organizations: importing.Plan, load: Load) -> None:
    load(FULL)
    update = (
        "Angebot;Organisation;Plätze;Beschreibung;Wartende;Zielgruppen\nMÖBELHILFE;awo;30;;unbekannt;Frauen,Kinder\n"
    )
    plan = load(update, run=False)
    assert [(d.field, d.before, d.after) for d in plan.rows[0].differences] == [
        ("name", "Möbelhilfe", "MÖBELHILFE"),
        ("capacity", 1200, 30),
        ("waiting", 0, None),
    ]
    importing.run(tiny, plan, ADA)
    record = one(tiny, "initiative", initiative_id="moebelhilfe")
    assert (record["capacity"], record["waiting"], record["description"], record["version"]) == (
        30,
        None,
        "Was fehlt.",
        2,
    )


def test_a_row_finds_its_record_by_its_key(tiny: Inventory, organizations: importing.Plan, load: Load) -> None:
    plan = load(
        "organization_id;Organisation;Notiz\ncafe-sued;Café Südstadt;neu\ncafe-nord;Café Nord;\n", kind="organizations"
    )
    assert plan.counts == {"new": 1, "changed": 1, "unchanged": 0, "faulty": 0, "open": 0, "skipped": 0}
    assert one(tiny, "organization", organization_id="cafe-sued")["name"] == "Café Südstadt"
    assert one(tiny, "organization", organization_id="cafe-nord")["name"] == "Café Nord"
    wrong = load("organization_id;Organisation\ncafe-west;Café Nord\n", kind="organizations", run=False)
    assert faults(wrong) == [(2, "organization_id", "cafe-west", "import_other_key")]


def test_a_faulty_row_is_left_out_and_says_why(tiny: Inventory, organizations: importing.Plan, load: Load) -> None:
    header = "Angebot;Organisation;Themen;Plätze;Beginn;Ende;Status;Zeiten;Straße;Ort\n"
    rows = [
        "Gut;AWO;Deutsch lernen;20;;;aktiv;;;",
        "A;Xyz;;;;;;;;",
        "B;Café Süden;Deutsch lehren;ca. 20;31.02.2026;;;;;",
        "C;AWO;;;1.5.2026;1.4.2026;läuft aus;jeden 2. Montag 14-16;;",
        ";AWO;;;;;;;;",
        "D;;;;;;;;;",
        "E;AWO;;;2.2.2026;1.2.2026;;;;",
        "Gut;AWO;;;;;;;;",
        "F;AWO;;;;;unbekannt;;;",
        "G;AWO;#REF!;;;;;;;Rathaus",
        "H;AWO;;;;;;;;Rathaus",
        "I;AWO;;;;;;;;;zu viel",
    ]
    plan = load(header + "\n".join(rows))
    assert faults(plan) == [
        (4, "Themen", "Deutsch lehren", "import_unknown_name_near"),
        (4, "Beginn", "31.02.2026", "import_not_date"),
        (5, "Status", "läuft aus", "import_not_choice"),
        (5, "Ende", "1.4.2026", "import_end_before_begin"),
        (6, "Angebot", "", "import_required"),
        (7, "Organisation", "", "import_required"),
        (8, "Ende", "1.2.2026", "import_end_before_begin"),
        (9, "Angebot", "Gut", "import_repeated"),
        (10, "Status", "unbekannt", "import_needs_value"),
        (11, "Themen", "#REF!", "import_cell_error"),  # this and the next two cost only the cell
        (11, "Ort", "Rathaus", "import_unknown_place"),
        (12, "Ort", "Rathaus", "import_unknown_place"),
        (13, "", "zu viel", "import_extra_cells"),
    ]
    assert {state: n for state, n in plan.counts.items() if n} == {"new": 3, "faulty": 7, "open": 2}
    asked = [(q.row, q.label, *q.called.values()) for q in plan.unanswered]  # organisations that nobody knows
    assert asked == [(3, "Xyz"), (4, "Café Süden", "Café Süd")]
    assert plan.incomplete == 2
    assert [fault.row for fault in plan.faults if not fault.whole_row] == [4, 4, 11, 11, 12]
    names = tiny.rows("SELECT name, theme_ids, location_id FROM inventory.initiative ORDER BY name")
    assert [tuple(row.values()) for row in names] == [
        ("G", None, None),
        ("Gut", ["german_courses"], None),
        ("H", None, None),
    ]
    choice = next(fault for fault in plan.faults if fault.value == "läuft aus")
    hints = [Text(language).error(choice.error)[1] for language in ("de", "en")]
    assert hints == [
        "Möglich sind: aktiv, pausiert, geplant, beendet, archiviert.",
        "Possible are: active, paused, planned, ended, archived.",
    ]
    near = next(fault for fault in plan.faults if fault.value == "Deutsch lehren")
    assert Text("de").error(near.error) == (
        "Zeile 4, Spalte „Themen“: „Deutsch lehren“ ist nicht bekannt.",
        "Meinten Sie „Deutsch lernen“? Sonst legen Sie den Eintrag zuerst an.",
    )


def test_unknown_columns_are_named(load: Load) -> None:
    plan = load("Organisation;Interne Nr;Kurzname;;;\nTafel;7;T;;x;\n", run=False)
    assert plan.unmatched == ("Interne Nr", "E")
    assert Text("de")(plan.notices[0].key, **plan.notices[0].values) == (
        "Diese Spalten sind nicht bekannt und werden nicht importiert: Interne Nr, E."
    )


@pytest.mark.parametrize(
    ("text", "options", "key"),
    [
        ("Angebot;Notiz\nA;b\n", {"kind": "initiatives"}, "import_column_missing"),
        ("Farbe;Form\nrot;rund\n", {}, "import_kind_unclear"),
        ("Name;Organisation\nA;B\n", {}, "import_kind_ambiguous"),
        ("Organisation;Notiz;Bemerkung\nA;b;c\n", {}, "import_column_twice"),
        (ORGANIZATIONS, {"kind": "people"}, "import_kind"),
        (
            ORGANIZATIONS,
            {"mapping": {"columns": {"Kurzname": "color"}}, "kind": "organizations"},
            "import_mapping_field",
        ),
    ],
)
def test_a_file_that_cannot_be_imported_at_all(load: Load, text: str, options: dict[str, Any], key: str) -> None:
    with pytest.raises(UserError) as caught:
        load(text, **options)
    assert caught.value.key == key
    assert all(all(Text(language).error(caught.value)) for language in ("de", "en"))


def test_an_exception_in_the_middle_leaves_everything_as_it_was(
    tiny: Inventory, organizations: importing.Plan, load: Load, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = load(FULL, run=False)
    before = tables(tiny)
    insert = store.Change.insert

    def torn(change: store.Change, table: str, rows: Any) -> None:
        if table == "import_run":  # location and initiative are written by now
            assert change.rows("SELECT count(*) AS n FROM inventory.initiative") == [{"n": 1}]
            raise KeyboardInterrupt
        insert(change, table, rows)

    monkeypatch.setattr(store.Change, "insert", torn)
    with pytest.raises(KeyboardInterrupt):
        importing.run(tiny, plan, ADA)
    monkeypatch.undo()
    assert tables(tiny) == before
    importing.run(tiny, plan, ADA)  # and the same plan can still be run
    assert len(tiny.rows("FROM inventory.initiative")) == 1


def test_a_double_click_imports_once(tiny: Inventory, organizations: importing.Plan, load: Load) -> None:
    plan = load(FULL)
    before = tables(tiny)
    assert importing.run(tiny, plan, ADA) == plan.import_run_id
    assert tables(tiny) == before


def test_a_plan_that_somebody_else_has_overtaken(tiny: Inventory, organizations: importing.Plan, load: Load) -> None:
    plan = load(ORGANIZATIONS.replace("Café Süd;;", "Café Süd;CS;"), run=False)
    with tiny.change(BEA, Action.EDIT_RECORDS) as change:
        change.update("organization", [{"organization_id": "cafe-sued", "short_name": "Süd"}])
    with pytest.raises(UserError, match="import_outdated"):
        importing.run(tiny, plan, ADA)
    elsewhere = load(ORGANIZATIONS.replace("AWO;01067", "AWO;01069").replace("Süd;;", "Süd;Süd;"), run=False)
    with tiny.change(BEA, Action.EDIT_RECORDS) as change:
        change.insert("organization", [{"organization_id": "x", "name": "X"}])
    importing.run(tiny, elsewhere, ADA)  # what Bea did does not concern this plan
    assert one(tiny, "organization", short_name="AWO")["postcode"] == "01069"
