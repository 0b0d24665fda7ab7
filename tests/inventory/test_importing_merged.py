"""A partner's older list still names what was merged since: its keys and names mean the kept record."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from esdash.inventory import Inventory, importing, merging
from esdash.inventory.access import Action
from tests.people import ADA, TEST

Load = Callable[..., importing.Plan]


@pytest.fixture
def load(tiny: Inventory, tmp_path: Path) -> Load:
    """Two of everything, number 2 merged into number 1; then what a list does to it."""
    with tiny.change(TEST, Action.EDIT_RECORDS) as change:
        names = {"o1": "Verein Nord", "o2": "Nordverein", "o3": "Haus"}
        change.insert("organization", [{"organization_id": key, "name": name} for key, name in names.items()])
        places = {"l1": ("Saal", "Markt 1"), "l2": ("Bürgersaal", "Markt 1a")}
        change.insert("location", [{"location_id": key, "name": n, "street": s} for key, (n, s) in places.items()])
        offers = {"i1": ("o1", "Treff"), "i2": ("o2", "Treffpunkt")}
        change.insert(
            "initiative",
            [{"initiative_id": key, "organization_id": o, "name": n, "capacity": 5} for key, (o, n) in offers.items()],
        )
        change.insert("course", [{"course_id": f"k{n}", "organization_id": "o1", "name": f"Kurs {n}"} for n in (1, 2)])
    for table, key in (("organization", "o"), ("location", "l"), ("initiative", "i"), ("course", "k")):
        merging.merge(tiny, table, f"{key}1", f"{key}2", {}, ADA)

    def load(*lines: str, kind: str | None = None, faults: tuple[str, ...] = ()) -> importing.Plan:
        (tmp_path / "liste.csv").write_text("\n".join(lines), encoding="utf-8")
        plan = importing.plan(tiny, tmp_path / "liste.csv", kind)
        assert tuple(fault.error.key for fault in plan.faults) == faults
        importing.run(tiny, plan, ADA)
        return plan

    return load


def differences(plan: importing.Plan) -> list[tuple[str | None, dict[str, Any]]]:
    return [(row.record_id, row.values) for row in plan.rows]


def test_the_old_key_means_the_kept_record(load: Load) -> None:
    plan = load("initiative_id;Plätze", "i2;9", kind="initiatives")
    assert differences(plan) == [("i1", {"capacity": 9})]


def test_the_old_name_means_the_kept_record_and_does_not_rename_it(load: Load) -> None:
    plan = load("Angebot;Organisation;Plätze;Notiz", "Treffpunkt;Nordverein;5;neu")
    assert differences(plan) == [("i1", {"note": "neu"})]
    assert differences(load("Organisation;Kurzname", "NORDVEREIN;NV")) == [("o1", {"short_name": "NV"})]


def test_old_and_new_name_in_one_list_are_one_record(load: Load) -> None:
    load("Angebot;Organisation;Plätze", "Treff;Verein Nord;7", "Treffpunkt;Nordverein;8", faults=("import_repeated",))
    load("initiative_id;Plätze", "i1;7", "i2;8", kind="initiatives", faults=("import_repeated",))


def test_references_follow(tiny: Inventory, load: Load) -> None:
    load(
        "Angebot;Organisation;Partner;Ort;Straße",
        "A;Nordverein;;Bürgersaal;",
        "B;o2;;l2;",
        "C;Haus;Nordverein, Verein Nord;;Markt 1a",
    )
    load("Schulung;Organisation;Datum", "Kurs 2;Nordverein;1.12.2026")
    load("Schulung;Datum", "k2;2.12.2026", kind="sessions")
    rows = tiny.rows("SELECT organization_id AS o, partner_ids AS p, location_id AS l FROM initiative ORDER BY name")
    assert rows[:3] == [
        {"o": "o1", "p": None, "l": "l1"},
        {"o": "o1", "p": None, "l": "l1"},
        {"o": "o3", "p": ["o1"], "l": "l1"},
    ]
    assert {row["course_id"] for row in tiny.rows("FROM session")} == {"k1"}
    assert tiny.value("SELECT count(*) FROM location") == 2


def test_a_new_record_may_take_the_old_name_for_itself(tiny: Inventory, load: Load) -> None:
    """A name that is in use today means who has it today."""
    with tiny.change(TEST, Action.EDIT_RECORDS) as change:
        change.insert("organization", [{"organization_id": "o9", "name": "Nordverein"}])
        change.insert("initiative", [{"initiative_id": "i9", "organization_id": "o9", "name": "Treffpunkt"}])
    plan = load("Angebot;Organisation;Notiz", "Treffpunkt;Nordverein;x")
    assert differences(plan) == [("i9", {"note": "x"})]


def test_what_was_merged_twice_leads_to_the_last(tiny: Inventory, load: Load) -> None:
    merging.merge(tiny, "organization", "o3", "o1", {}, ADA)
    load("Angebot;Organisation", "A;Nordverein", "B;o2", "C;o1")
    assert {row["o"] for row in tiny.rows("SELECT organization_id AS o FROM initiative WHERE length(name) = 1")} == {
        "o3"
    }


def test_after_taking_a_merge_back_the_names_are_two_again(tiny: Inventory, load: Load) -> None:
    merging.undo_merge(tiny, tiny.value("SELECT record_alias_id FROM record_alias WHERE old_id = 'i2'"), ADA)
    plan = load("Angebot;Organisation;Notiz", "Treffpunkt;Nordverein;x")
    assert differences(plan) == [("i2", {"note": "x"})]
