"""Two records made one: what named the dropped one follows, and the way back restores both."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from esdash.analysis import open_inventory
from esdash.analysis.records import records
from esdash.errors import UserError
from esdash.inventory import Inventory, backups, create, merging
from esdash.inventory.access import Action
from esdash.inventory.file import attaching, files
from esdash.inventory.file.checks import faults
from esdash.inventory.file.integrity import broken_references
from esdash.inventory.file.store import Change
from tests.conftest import NOW, load_tiny_city
from tests.first_state import Lender
from tests.people import ADA, BEN, TEST, TESTER

ROOT = Path(__file__).parents[2]
TABLES = (
    *("organization", "contact", "location", "initiative", "course", "session", "contact_point"),
    *("overlap_case", "priority_item", "decision", "measure", "commitment"),
    *("duplicate_decision", "record_alias"),
)


@pytest.fixture(scope="module")
def doubled_file(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("doubled") / "inventory.duckdb"
    create(path, "empty", enter_doubles, TESTER, lambda: NOW)
    return path.read_bytes()


@pytest.fixture
def doubled(doubled_file: bytes, lender: Lender, clock: Callable[[], datetime]) -> Iterator[Inventory]:
    """Two of everything: number 2 is number 1 entered again."""
    with lender.lend(doubled_file, clock) as inventory:
        yield inventory


def enter_doubles(inventory: Inventory) -> None:
    load_tiny_city(inventory)
    with inventory.change(TEST, Action.EDIT_RECORDS) as change:
        change.insert(
            "organization", [{"organization_id": f"o{n}", "name": f"Verein {n}", "phone": f"{n}"} for n in (1, 2, 3)]
        )
        change.insert("contact", [{"contact_id": f"c{n}", "organization_id": f"o{n}", "role": "Büro"} for n in (1, 2)])
        change.insert("location", [{"location_id": f"l{n}", "name": f"Haus {n}", "district_id": "01"} for n in (1, 2)])
        change.insert(
            "initiative",
            [offer(1, [], None), offer(2, ["o3"], "Di"), offer(3, ["o2", "o1"], None), offer(4, ["o2"], None)],
        )
        change.insert("course", [{"course_id": f"k{n}", "organization_id": f"o{n}", "name": "Kurs"} for n in (1, 2)])
        change.insert(
            "session", [{"session_id": "s2", "course_id": "k2", "starts_on": "2026-12-01", "location_id": "l2"}]
        )
        point = {
            "contact_point_id": "p2",
            "organization_id": "o2",
            "name": "Büro",
            "location_id": "l2",
            "contact_id": "c2",
        }
        change.insert("contact_point", [point])
        change.insert("commitment", [{"commitment_id": "z2", "organization_id": "o2", "text": "Hilft mit."}])
        change.insert(
            "overlap_case", [{"overlap_case_id": "i2+i3", "initiative_ids": ["i2", "i3"], "verdict": "wanted"}]
        )
        item = {
            "priority_item_id": "p",
            "finding_id": "overlap|i2",
            "proper": True,
            "evidence": {"n": 1},
            "measure": "Absprache",
        }
        change.insert("priority_item", [item])
        change.insert("measure", [{"measure_id": "m", "priority_item_id": "p", "title": "Absprache"}])


def offer(n: int, partners: list[str], note: str | None) -> dict[str, Any]:
    organization = {3: "o3", 4: "o1"}.get(n, f"o{n}")
    return {
        **{"initiative_id": f"i{n}", "organization_id": organization, "partner_ids": partners, "name": "Treff"},
        **{"note": note, "location_id": f"l{min(n, 2)}", "capacity": 10 * n, "contact_id": "c2" if n == 2 else None},
        "times": [{"weekday": n, "begins": "10:00", "ends": "12:00"}],
    }


def state(inventory: Inventory) -> dict[str, list[dict[str, Any]]]:
    """Everything that a merge can touch, without `version`."""
    return {table: inventory.rows(f"SELECT * EXCLUDE version FROM {table} ORDER BY ALL") for table in TABLES}


def row(inventory: Inventory, table: str, key: str) -> dict[str, Any]:
    (found,) = inventory.rows(f"FROM {table} WHERE {table}_id = $key", key=key)
    return found


def test_the_chosen_values_are_on_the_kept_record_and_the_other_is_archived(doubled: Inventory) -> None:
    merging.merge(doubled, "initiative", "i1", "i2", {"note": "Di", "capacity": 20}, ADA, "Tippfehler")
    assert (row(doubled, "initiative", "i1")["note"], row(doubled, "initiative", "i1")["capacity"]) == ("Di", 20)
    assert row(doubled, "initiative", "i2")["status"] == "archived"
    logged = doubled.rows(
        "SELECT DISTINCT means, actor, reason FROM change_log WHERE record_id IN ('i1', 'i2') AND actor <> 'test'"
    )
    assert logged == [{"means": "merge", "actor": "Ada", "reason": "Tippfehler"}]


def test_what_named_a_dropped_organisation_names_the_kept_one(doubled: Inventory) -> None:
    merging.merge(doubled, "organization", "o1", "o2", {}, ADA)
    assert [row(doubled, table, key)["organization_id"] for table, key in OF_O2] == ["o1"] * len(OF_O2)
    partners = {n: row(doubled, "initiative", f"i{n}")["partner_ids"] for n in (1, 2, 3, 4)}
    assert partners == {1: [], 2: ["o3"], 3: ["o1"], 4: []}  # named once; and nobody is their own partner
    assert broken_references(doubled) == []


OF_O2 = (("initiative", "i2"), ("contact", "c2"), ("course", "k2"), ("contact_point", "p2"), ("commitment", "z2"))


def test_what_named_a_dropped_offer_place_or_course_follows(doubled: Inventory) -> None:
    merging.merge(doubled, "initiative", "i1", "i2", {}, ADA)
    merging.merge(doubled, "location", "l1", "l2", {}, ADA)
    merging.merge(doubled, "course", "k1", "k2", {}, ADA)
    assert row(doubled, "overlap_case", "i2+i3")["initiative_ids"] == ["i1", "i3"]
    places = [
        row(doubled, t, k)["location_id"] for t, k in (("initiative", "i3"), ("session", "s2"), ("contact_point", "p2"))
    ]
    assert places == ["l1", "l1", "l1"]
    assert row(doubled, "session", "s2")["course_id"] == "k1"


def test_what_was_said_about_a_case_follows_its_offer(doubled: Inventory) -> None:
    merging.merge(doubled, "initiative", "i1", "i2", {}, ADA)
    (item,) = doubled.rows("FROM priority_item")
    assert (item["finding_id"], item["proper"], item["measure"]) == ("overlap|i1", True, "Absprache")
    assert json.loads(item["evidence"]) == {"n": 1}
    assert row(doubled, "measure", "m")["priority_item_id"] == item["priority_item_id"] == "p"  # as in every version


def test_what_was_said_about_both_cases_stays(doubled: Inventory) -> None:
    with doubled.change(TEST, Action.EDIT_RECORDS) as change:
        change.insert("priority_item", [{"priority_item_id": "q", "finding_id": "overlap|i1", "measure": "Anderes"}])
    merging.merge(doubled, "initiative", "i1", "i2", {}, ADA)
    assert doubled.rows("SELECT finding_id AS id, measure FROM priority_item ORDER BY ALL") == [
        {"id": "overlap|i1", "measure": "Anderes"},
        {"id": "overlap|i2", "measure": "Absprache"},
    ]


@pytest.mark.parametrize(
    ("table", "keep", "drop", "fields"),
    [
        ("organization", "o1", "o2", {"phone": "2"}),
        ("initiative", "i1", "i2", {"note": "Di", "times": [{"weekday": 2, "begins": "10:00", "ends": "12:00"}]}),
        ("location", "l1", "l2", {"barrier_free": True}),
        ("course", "k2", "k1", {"hours": 4.5}),
    ],
)
def test_undo_restores_everything(doubled: Inventory, table: str, keep: str, drop: str, fields: dict[str, Any]) -> None:
    before = state(doubled)
    merge_id = merging.merge(doubled, table, keep, drop, fields, ADA)
    assert state(doubled) != before
    merging.undo_merge(doubled, merge_id, ADA, "war doch verschieden")
    assert state(doubled) == before
    again = merging.merge(doubled, table, keep, drop, fields, ADA)
    merging.undo_merge(doubled, again, ADA)
    assert state(doubled) == before


def test_two_merges_into_one_record_are_taken_back_one_after_the_other(doubled: Inventory) -> None:
    states = [state(doubled)]
    first = merging.merge(doubled, "organization", "o1", "o2", {"phone": "2"}, ADA)
    states.append(state(doubled))
    second = merging.merge(doubled, "organization", "o1", "o3", {"phone": "3"}, ADA)
    with pytest.raises(UserError, match="merge_undo_conflict"):
        merging.undo_merge(doubled, first, ADA)  # the later one first
    merging.undo_merge(doubled, second, ADA)
    assert state(doubled) == states[1]
    merging.undo_merge(doubled, first, ADA)
    assert state(doubled) == states[0]


def test_undo_leaves_alone_what_others_did_elsewhere(doubled: Inventory) -> None:
    merge_id = merging.merge(doubled, "organization", "o1", "o2", {}, ADA)
    with doubled.change(BEN, Action.EDIT_RECORDS) as change:
        change.update("organization", [{"organization_id": "o3", "name": "Verein Drei"}])
    merging.undo_merge(doubled, merge_id, ADA)
    assert row(doubled, "organization", "o3")["name"] == "Verein Drei"


@pytest.mark.parametrize(("table", "key"), [("organization", "o1"), ("organization", "o2"), ("contact", "c2")])
def test_undo_stops_where_somebody_edited_since(doubled: Inventory, table: str, key: str) -> None:
    merge_id = merging.merge(doubled, "organization", "o1", "o2", {"phone": "2"}, ADA)
    with doubled.change(BEN, Action.EDIT_RECORDS) as change:
        change.update(table, [{f"{table}_id": key, "note": "neu"}])
    before = state(doubled)
    with pytest.raises(UserError) as caught:
        merging.undo_merge(doubled, merge_id, ADA)
    assert (caught.value.key, caught.value.values) == ("merge_undo_conflict", {"conflicts": f"{key} ({table})"})
    assert state(doubled) == before


def test_a_double_click_merges_once_and_undoes_once(doubled: Inventory) -> None:
    first = merging.merge(doubled, "initiative", "i1", "i2", {}, ADA)
    assert merging.merge(doubled, "initiative", "i1", "i2", {}, ADA) == first
    merging.undo_merge(doubled, first, ADA)
    with pytest.raises(UserError, match="merge_missing"):
        merging.undo_merge(doubled, first, ADA)


@pytest.mark.parametrize(("keep", "drop"), [("i1", "i1"), ("i1", "i9"), ("i9", "i1")])
def test_what_cannot_be_merged_gets_a_message(doubled: Inventory, keep: str, drop: str) -> None:
    before = state(doubled)
    with pytest.raises(UserError):
        merging.merge(doubled, "initiative", keep, drop, {}, ADA)
    assert state(doubled) == before


def test_a_merged_record_is_not_merged_again(doubled: Inventory) -> None:
    merging.merge(doubled, "initiative", "i1", "i2", {}, ADA)
    with pytest.raises(UserError, match="merge_record_missing"):
        merging.merge(doubled, "initiative", "i3", "i2", {}, ADA)


class Ended(BaseException):
    """An exception like the one by which Streamlit ends a run: not a subclass of Exception."""


@pytest.mark.parametrize("step", ["update", "insert", "check_references"])
def test_an_end_in_the_middle_leaves_nothing_half(
    doubled: Inventory, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    before, log = state(doubled), doubled.value("SELECT count(*) FROM change_log")
    done = getattr(Change, step)

    def then_end(change: Change, *arguments: Any) -> None:
        done(change, *arguments)
        if step == "check_references" or arguments[0] in ("contact_point", "record_alias"):
            raise Ended

    monkeypatch.setattr(Change, step, then_end)
    with pytest.raises(Ended):
        merging.merge(doubled, "organization", "o1", "o2", {"phone": "2"}, ADA)
    assert (state(doubled), doubled.value("SELECT count(*) FROM change_log")) == (before, log)


# Ends the process in the middle of a merge, as a kill or a power cut does.
KILLED = """
import os, sys
from pathlib import Path
from esdash.inventory import merging, open_file
from esdash.inventory.access import Actor
from esdash.inventory.file.store import Change
inventory, insert = open_file(Path(sys.argv[1])), Change.insert
def then_die(change, table, rows):
    insert(change, table, rows)
    if table == "record_alias":
        os._exit(9)
Change.insert = then_die
merging.merge(inventory, "organization", "o1", "o2", {"phone": "2"}, Actor("Ada"))
"""


def test_a_killed_merge_leaves_nothing_half(doubled_file: bytes, tmp_path: Path, clock: Callable[[], datetime]) -> None:
    path = tmp_path / "inventory.duckdb"
    path.write_bytes(doubled_file)
    inventory = open_inventory(path, clock=clock)
    before, log = state(inventory), inventory.value("SELECT count(*) FROM change_log")
    inventory.close()
    done = subprocess.run([sys.executable, "-c", KILLED, str(path)], cwd=ROOT, check=False, timeout=60)
    assert done.returncode == 9
    inventory = open_inventory(path, clock=clock)
    assert (state(inventory), inventory.value("SELECT count(*) FROM change_log")) == (before, log)
    inventory.close()


def test_both_ids_lead_to_the_kept_record_over_two_merges(doubled: Inventory) -> None:
    merging.merge(doubled, "initiative", "i2", "i3", {}, ADA)
    merging.merge(doubled, "initiative", "i1", "i2", {}, ADA)
    assert [merging.resolve(doubled, "initiative", key) for key in ("i1", "i2", "i3", "i4")] == ["i1", "i1", "i1", "i4"]
    found = records.initiative(doubled, "i3")
    assert found is not None
    assert found["initiative_id"] == "i1"
    assert merging.resolve(doubled, "course", "i3") == "i3"


def test_a_dismissed_pair_says_who_when_and_why(doubled: Inventory) -> None:
    for a, b in (("i2", "i1"), ("i1", "i2")):
        merging.dismiss(doubled, "initiative", a, b, ADA, "zwei Gruppen")
    (decision,) = doubled.rows("FROM duplicate_decision")
    assert (decision["duplicate_decision_id"], decision["verdict"]) == ("initiative|i1|i2", "not_duplicate")
    assert (decision["decided_by"], str(decision["decided_on"]), decision["reason"]) == (
        "Ada",
        "2026-11-22",
        "zwei Gruppen",
    )
    assert doubled.value("SELECT actor FROM change_log WHERE table_name = 'duplicate_decision'") == "Ada"


def test_only_records_that_exist_are_dismissed(doubled: Inventory) -> None:
    with pytest.raises(UserError, match="reference_broken"):
        merging.dismiss(doubled, "initiative", "i1", "i9", ADA)


def test_a_broken_alias_is_found(doubled: Inventory) -> None:
    merging.merge(doubled, "initiative", "i1", "i2", {}, ADA)
    assert [fault for fault in faults(doubled) if fault["level"] == "error"] == []
    doubled._file._connection.execute("UPDATE inventory.record_alias SET kept_id = 'i9'")
    found = [(fault["table_name"], fault["detail"]) for fault in faults(doubled) if fault["level"] == "error"]
    assert found == [("record_alias", "kept_id: i9")]


def test_a_merge_and_its_undo_are_backed_up_before(doubled: Inventory) -> None:
    merge_id = merging.merge(doubled, "initiative", "i1", "i2", {}, ADA)
    assert merging.merge(doubled, "initiative", "i1", "i2", {}, ADA) == merge_id  # a double click
    merging.undo_merge(doubled, merge_id, ADA)
    assert [backup.reason for backup in backups.found(doubled)] == ["undo", "merge"]
    before = files.open_file(backups.found(doubled)[1].path)
    assert before.value("SELECT count(*) FROM initiative WHERE status = 'archived'") == 0
    before.close()


@pytest.mark.parametrize(("keep", "drop"), [("i1", "i1"), ("i1", "i9")])
def test_what_cannot_be_merged_needs_no_backup(doubled: Inventory, keep: str, drop: str) -> None:
    with pytest.raises(UserError):
        merging.merge(doubled, "initiative", keep, drop, {}, ADA)
    assert backups.found(doubled) == []


def test_no_merge_without_its_backup(doubled: Inventory) -> None:
    assert doubled.path is not None
    attaching.backup_folder(doubled.path).write_text("no folder")
    before = state(doubled)
    with pytest.raises((UserError, OSError)):
        merging.merge(doubled, "initiative", "i1", "i2", {}, ADA)
    assert state(doubled) == before


@pytest.mark.parametrize("changed", ["i1", "i2"])
def test_only_what_was_seen_is_merged(doubled: Inventory, changed: str) -> None:
    seen = {key: row(doubled, "initiative", key)["version"] for key in ("i1", "i2")}
    with doubled.change(BEN, Action.EDIT_RECORDS) as change:
        change.update("initiative", [{"initiative_id": changed, "note": "neu"}])
    before = state(doubled)
    with pytest.raises(UserError) as caught:
        merging.merge(doubled, "initiative", "i1", "i2", {"note": "alt"}, ADA, seen=seen)
    assert (caught.value.key, caught.value.values) == ("merge_changed_meanwhile", {"record": changed})
    assert state(doubled) == before
    seen[changed] += 1
    merging.merge(doubled, "initiative", "i1", "i2", {"note": "alt"}, ADA, seen=seen)
    assert row(doubled, "initiative", "i1")["note"] == "alt"


def test_who_names_a_record(doubled: Inventory) -> None:
    # o2 carries i2, is a partner in i3 and i4, and has a contact, a course, a point and a commitment
    assert merging.followers(doubled, "organization", "o2") == {
        **{"commitment": 1, "contact": 1, "contact_point": 1, "course": 1, "initiative": 3}
    }
    assert merging.followers(doubled, "location", "l2") == {"contact_point": 1, "initiative": 3, "session": 1}
    assert merging.followers(doubled, "initiative", "i4") == {}


def test_a_decision_is_taken_back(doubled: Inventory) -> None:
    merging.dismiss(doubled, "initiative", "i1", "i2", ADA, "zwei Gruppen")
    for _ in range(2):
        merging.take_back(doubled, "initiative|i1|i2", BEN, "doch dieselbe")
    assert doubled.rows("FROM duplicate_decision") == []
    log = doubled.rows(
        "SELECT actor, reason FROM change_log WHERE table_name = 'duplicate_decision' ORDER BY change_id"
    )
    assert log == [{"actor": "Ada", "reason": "zwei Gruppen"}, {"actor": "Ben", "reason": "doch dieselbe"}]
