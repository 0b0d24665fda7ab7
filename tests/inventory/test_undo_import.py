"""Taking a whole import back: exactly, or not at all."""

import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from esdash.errors import UserError
from esdash.inventory import Inventory, backups, editing, importing
from esdash.inventory.access import Action
from esdash.inventory.file import attaching, files
from esdash.texts import Text
from tests.inventory.replay import State, replayed, tables
from tests.people import ADA, BEN

FIRST = (
    "Angebot;Organisation;Straße;Themen;Zeiten;Plätze;Beginn\nCafé;AWO;Gasse 1;Deutsch lernen;Mo 9-10;10;01.02.2026\n"
)
SECOND = (
    "Angebot;Organisation;Straße;Themen;Zeiten;Plätze;Beginn\n"
    "Café;AWO;Gasse 2;Lernhilfe und Hausaufgaben;Di 11-12:30;12;02.02.2026\nChor;AWO;Gasse 1;;;;\n"
)
Load = Callable[[str], str]


@pytest.fixture
def load(tiny: Inventory, tmp_path: Path) -> Load:
    """Import a text as a CSV file; returns the id of the import."""
    with tiny.change(ADA, Action.EDIT_RECORDS) as change:
        change.insert("organization", [{"organization_id": "awo", "name": "AWO"}])

    def load(text: str) -> str:
        (tmp_path / "t.csv").write_text(text, encoding="utf-8")
        asked = importing.plan(tiny, tmp_path / "t.csv").questions
        moved = importing.Answers({question.key: "same" for question in asked})
        return importing.run(tiny, importing.plan(tiny, tmp_path / "t.csv", answers=moved), ADA, "Liste")

    return load


def without_versions(state: State) -> State:
    return {
        table: {key: {**record, "version": None} for key, record in records.items()} for table, records in state.items()
    }


def conflicts(tiny: Inventory, run: str) -> list[dict[str, Any]]:
    """The conflicts of an undo, which must change nothing."""
    before = tables(tiny), importing.runs(tiny), tiny.value("SELECT count(*) FROM inventory.change_log")
    with pytest.raises(importing.UndoConflicts) as caught:
        importing.undo(tiny, run, BEN, "falsche Datei")
    assert (tables(tiny), importing.runs(tiny), tiny.value("SELECT count(*) FROM inventory.change_log")) == before
    for language in ("de", "en"):
        assert all(Text(language).error(caught.value))
        assert all(Text(language)(f"cli.undo_{row['cause']}", **row) for row in caught.value.rows)
    return caught.value.rows


def test_undo_is_exact(tiny: Inventory, load: Load) -> None:
    nothing = tables(tiny)
    first = load(FIRST)
    one = tables(tiny)
    second = load(SECOND)
    assert tables(tiny) != one
    importing.undo(tiny, second, BEN, "falsche Datei")
    assert without_versions(tables(tiny)) == without_versions(one)
    assert tables(tiny)["initiative"]["cafe"]["version"] == 3  # it grows on
    importing.undo(tiny, first, BEN, None)
    assert tables(tiny) == nothing
    assert replayed(tiny) == tables(tiny)


def test_the_log_says_who_took_it_back(tiny: Inventory, load: Load) -> None:
    run = load(FIRST)
    importing.undo(tiny, run, BEN, "falsche Datei")
    entries = tiny.rows("FROM inventory.change_log WHERE import_run_id = $run ORDER BY change_id", run=run)
    assert [entry["means"] for entry in entries] == ["import", "import", "undo", "undo"]
    assert {(entry["actor"], entry["reason"]) for entry in entries[2:]} == {("Ben", "falsche Datei")}
    assert all(entry["after"] is None for entry in entries[2:])
    (listed,) = importing.runs(tiny)
    assert (listed["import_run_id"], f"{listed['undone_at']:%d.%m.%Y}") == (run, "22.11.2026")


def test_an_import_is_undone_once(tiny: Inventory, load: Load) -> None:
    run = load(FIRST)
    importing.undo(tiny, run, BEN, None)
    before = tables(tiny)
    for wrong, key in ((run, "import_undo_twice"), ("nichts", "import_undo_unknown")):
        with pytest.raises(UserError, match=key) as caught:
            importing.undo(tiny, wrong, BEN, None)
        assert all(Text().error(caught.value))
    assert tables(tiny) == before


def test_the_same_file_again_after_undo(tiny: Inventory, load: Load) -> None:
    importing.undo(tiny, load(FIRST), BEN, None)
    again = load(FIRST)
    assert tiny.value("SELECT initiative_id FROM initiative") == "cafe-2"  # a key is never used again
    importing.undo(tiny, again, BEN, None)
    assert tiny.value("SELECT count(*) FROM initiative") == 0


def test_refused_where_a_record_was_edited_since(tiny: Inventory, load: Load) -> None:
    run = load(FIRST + "Chor;AWO;;;;;\n")
    version = editing.draft(tiny, "initiative", "chor").version
    editing.save(tiny, "initiative", {"initiative_id": "chor", "capacity": 8}, version, ADA, None, "k")
    assert [(row["table_name"], row["record_id"], row["cause"]) for row in conflicts(tiny, run)] == [
        ("initiative", "chor", "edited")
    ]
    editing.save(tiny, "initiative", {"initiative_id": "chor", "capacity": None}, 2, ADA, None, "k2")
    importing.undo(tiny, run, BEN, None)  # edited back: nothing is lost
    assert tiny.value("SELECT count(*) FROM initiative") == 0


def test_refused_where_a_record_was_confirmed_or_written_past_the_door(tiny: Inventory, load: Load) -> None:
    run = load(FIRST)
    editing.assure(tiny, "initiative", ["cafe"], ADA)
    with tiny.exclusive(ADA, Action.IMPORT_TABLE) as cursor:
        cursor.execute("UPDATE inventory.location SET note = 'x'")
    assert {(row["table_name"], row["cause"]) for row in conflicts(tiny, run)} == {
        ("initiative", "edited"),
        ("location", "edited"),
    }


def test_refused_where_a_record_is_gone(tiny: Inventory, load: Load) -> None:
    run = load(FIRST)
    with tiny.change(ADA, Action.EDIT_RECORDS) as change:
        change.remove("initiative", ["cafe"])
    assert [(row["record_id"], row["cause"]) for row in conflicts(tiny, run)] == [("cafe", "removed")]


def test_refused_where_others_name_a_new_record(tiny: Inventory, load: Load) -> None:
    run = load("Organisation;PLZ\nVerein;01067\n")
    values = {"name": "Chor", "organization_id": "verein"}
    editing.save(tiny, "initiative", values, None, ADA, None, "k")
    assert conflicts(tiny, run) == [
        {
            "table_name": "organization",
            "record_id": "verein",
            "cause": "referenced",
            "by_table": "initiative",
            "by_record": "chor",
        }
    ]
    later = load(FIRST.replace("AWO", "Verein"))
    assert {row["by_record"] for row in conflicts(tiny, run)} == {"chor", "cafe"}
    importing.undo(tiny, later, BEN, None)
    editing.save(tiny, "initiative", {"initiative_id": "chor", "organization_id": "awo"}, 1, ADA, None, "k2")
    importing.undo(tiny, run, BEN, None)


def test_refused_where_the_old_value_is_gone(tiny: Inventory, load: Load) -> None:
    load(FIRST)
    run = load(SECOND.rpartition("Chor")[0])  # the café moves from Gasse 1 to Gasse 2
    with tiny.change(ADA, Action.EDIT_RECORDS) as change:
        change.remove("location", ["gasse-1"])
    (row,) = conflicts(tiny, run)
    assert tuple(row.values()) == ("initiative", "cafe", "missing", "location", "gasse-1")


def test_a_form_that_was_open_notices(tiny: Inventory, load: Load) -> None:
    load(FIRST)
    run = load(SECOND)
    draft = editing.draft(tiny, "initiative", "cafe")
    importing.undo(tiny, run, BEN, None)
    with pytest.raises(editing.Conflict) as caught:
        editing.save(tiny, "initiative", {**draft.values, "capacity": 13}, draft.version, ADA, None, "k")
    assert {clash.field: clash.theirs for clash in caught.value.clashes}["capacity"] == 10


def test_what_was_undone_later_was_there_then(tiny: Inventory, load: Load) -> None:
    run = load(FIRST)
    importing.undo(tiny, run, BEN, None)
    with tiny.exclusive(ADA, Action.IMPORT_TABLE) as cursor:
        cursor.execute("UPDATE inventory.import_run SET imported_at = imported_at - INTERVAL 2 DAY")
        cursor.execute("UPDATE inventory.change_log SET changed_at = changed_at - INTERVAL 2 DAY WHERE means <> 'undo'")
    (then,) = importing.runs(tiny.as_of(date(2026, 11, 21)))
    assert then["undone_at"] is None
    assert tiny.as_of(date(2026, 11, 21)).value("SELECT count(*) FROM initiative") == 1


# ---------------------------------------------------------------- automatic backups


def names_in_the_folder(tiny: Inventory) -> list[str]:
    assert tiny.path is not None
    return sorted(path.name for path in attaching.backup_folder(tiny.path).glob("*"))


def test_a_backup_before_each_import_and_undo(tiny: Inventory, load: Load) -> None:
    assert backups.last(tiny) is None
    run = load(FIRST)
    importing.undo(tiny, run, BEN, None)
    assert names_in_the_folder(tiny) == [
        "inventory-auto-2026-11-22-110000-01-import.duckdb",  # 10:00 UTC is 11:00 in Berlin
        "inventory-auto-2026-11-22-110000-02-undo.duckdb",
    ]
    last = backups.last(tiny)
    assert last is not None and f"{last:%d.%m.%Y %H:%M}" == "22.11.2026 11:00"
    assert tiny.path is not None
    folder = attaching.backup_folder(tiny.path)
    kept = files.open_file(folder / "inventory-auto-2026-11-22-110000-02-undo.duckdb")
    assert kept.value("SELECT count(*) FROM initiative") == 1  # as it was before the undo
    kept.close()


def test_a_plan_that_was_run_is_not_backed_up_again(tiny: Inventory, load: Load, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(FIRST, encoding="utf-8")
    plan = importing.plan(tiny, tmp_path / "t.csv")
    assert importing.run(tiny, plan, ADA) == importing.run(tiny, plan, ADA)
    assert len(names_in_the_folder(tiny)) == 1


def test_old_backups_are_thinned_out(tiny: Inventory) -> None:
    assert tiny.path is not None
    folder = attaching.backup_folder(tiny.path)
    folder.mkdir()
    for name in (
        *(f"2026-{m:02}-{d:02}" for m in (8, 9) for d in (1, 5, 30)),
        *(f"2026-11-{d:02}" for d in range(1, 13)),
    ):
        (folder / f"inventory-auto-{name}-100000-01-import.duckdb").touch()
    (folder / "inventory-2026-01-01-100000.duckdb").touch()  # by hand: never touched
    (folder / "inventory-auto-2026-11-20-100000-01-import.duckdb.part").touch()  # interrupted
    backups.automatic(tiny, "merge", ADA, Action.MERGE_RECORDS)
    days = [name.removeprefix("inventory-auto-")[:10] for name in names_in_the_folder(tiny)]
    assert days == ["inventory-", "2026-08-30", "2026-09-30", *(f"2026-11-{d:02}" for d in range(4, 13)), "2026-11-22"]


def test_the_backups_are_listed_with_time_reason_and_size(tiny: Inventory) -> None:
    assert backups.found(tiny) == []
    assert tiny.path is not None
    folder = attaching.backup_folder(tiny.path)
    backups.automatic(tiny, "merge", ADA, Action.MERGE_RECORDS)
    made = backups.manual(tiny, ADA)
    assert backups.manual(tiny, ADA) == made  # a second click in the same second
    for name in (
        *("before-restore-2026-11-21-080000", "inventory-auto-2026-99-99-999999-01-import", "other-2026-11-20-080000"),
        "inventory-auto-2026-11-19-070000-02-migration",
    ):
        (folder / f"{name}.duckdb").write_bytes(b"x" * 5)
    found = backups.found(tiny)
    assert [(f"{copy.made_at:%d.%m. %H:%M}", copy.reason) for copy in found] == [
        ("22.11. 11:00", "merge"),
        ("22.11. 11:00", "manual"),
        ("21.11. 08:00", "restore"),
        ("19.11. 07:00", "migration"),
    ]
    assert [copy.size for copy in found[2:]] == [5, 5]
    assert found[1].path == made and found[1].size == tiny.path.stat().st_size
    made.unlink()
    found[0].path.unlink()
    last = backups.last(tiny)  # what a restore replaced is no backup of what is here now
    assert last is not None and f"{last:%d.%m.%Y}" == "19.11.2026"


def test_no_import_without_its_backup(tiny: Inventory, load: Load, tmp_path: Path) -> None:
    assert tiny.path is not None
    attaching.backup_folder(tiny.path).write_text("no folder")
    with pytest.raises((UserError, OSError)):
        load(FIRST)
    assert tiny.value("SELECT count(*) FROM initiative") == 0


def test_the_lock_survives_a_backup(tiny: Inventory, load: Load) -> None:
    load(FIRST)
    code = "import duckdb, sys; duckdb.connect(sys.argv[1])"
    other = subprocess.run([sys.executable, "-c", code, str(tiny.path)], capture_output=True, text=True, check=False)
    assert "lock" in other.stderr.lower()
