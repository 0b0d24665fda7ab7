"""The inventory file: who may open it, what is refused untouched, what survives a crash."""

import gc
import hashlib
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from esdash.errors import UserError
from esdash.inventory import Inventory, backups, create, open_file
from esdash.inventory.access import Action
from esdash.inventory.file import attaching, layout
from tests.conftest import NOW, load_tiny_city
from tests.people import ADA, TESTER

ROOT = Path(__file__).parents[2]
OPEN = """
import sys
from pathlib import Path
from esdash.errors import UserError
from esdash.inventory import open_file
try:
    open_file(Path(sys.argv[1]))
    print("opened")
except UserError as error:
    print(error.key)
"""
CRASH = """
import os, signal, sys
from pathlib import Path
from esdash.inventory import open_file
from esdash.inventory.access import Action, Actor
ada = Actor("Ada")
inventory = open_file(Path(sys.argv[1]))
with inventory.change(ada, Action.EDIT_RECORDS) as change:
    change.insert("organization", [{"organization_id": "kept", "name": "kept"}])
with inventory.change(ada, Action.EDIT_RECORDS) as change:
    change.insert("organization", [{"organization_id": f"o{n}", "name": "lost"} for n in range(2000)])
    change.remove("population", ["01|adults"])
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture(scope="module")
def town_file(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("town") / "i.duckdb"
    create(path, "empty", load_tiny_city, ADA)
    return path.read_bytes()


@pytest.fixture
def town_path(town_file: bytes, tmp_path: Path) -> Path:
    """The inventory file of Musterstadt that nobody has open."""
    path = tmp_path / "inventory.duckdb"
    path.write_bytes(town_file)
    return path


def in_another_process(path: Path, script: str = OPEN) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", script, str(path)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)


def refused(path: Path) -> str:
    """The key of the message; the file and its folder stay as they were."""

    def seen() -> dict[str, str]:
        found = [file for file in path.parent.rglob("*") if file.is_file()]
        return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in found}

    before = seen()
    with pytest.raises(UserError) as caught:
        open_file(path)
    gc.collect()
    assert seen() == before
    assert caught.value.values["path"] == path
    return caught.value.key


def add(inventory: Inventory, key: str) -> None:
    with inventory.change(ADA, Action.EDIT_RECORDS) as change:
        change.insert("organization", [{"organization_id": key, "name": key}])


def organizations(path: Path) -> list[str]:
    inventory = open_file(path)
    found = [row["name"] for row in inventory.rows("FROM organization ORDER BY name")]
    inventory.close()
    return found


# ---------------------------------------------------------------- one process at a time


def test_a_second_process_is_refused_also_after_a_backup(town_path: Path, tmp_path: Path) -> None:
    """A copy made by this process would drop its lock on the file (POSIX), and the second one would get in."""
    inventory = open_file(town_path)
    assert in_another_process(town_path).stdout == "inventory_in_use\n"
    backups.write(inventory, tmp_path / "kept" / "backup.duckdb", ADA)
    assert in_another_process(town_path).stdout == "inventory_in_use\n"
    add(inventory, "later")
    inventory.close()
    assert in_another_process(town_path).stdout == "opened\n"
    assert organizations(town_path) == ["later"]
    assert organizations(tmp_path / "kept" / "backup.duckdb") == []


def test_a_second_door_in_the_same_process_is_refused(town_path: Path) -> None:
    inventory = open_file(town_path)
    with pytest.raises(UserError) as caught:
        open_file(town_path)
    assert caught.value.key == "inventory_in_use"
    assert in_another_process(town_path).stdout == "inventory_in_use\n"  # the first one keeps its lock
    inventory.close()
    open_file(town_path).close()


def test_an_open_inventory_is_not_replaced_by_a_backup(town_path: Path, tmp_path: Path) -> None:
    inventory = open_file(town_path)
    backup = backups.write(inventory, tmp_path / "kept" / "backup.duckdb", ADA)
    add(inventory, "later")
    with pytest.raises(UserError) as caught:
        backups.restore(backup, town_path, ADA)
    assert caught.value.key == "inventory_in_use"
    inventory.close()
    assert organizations(town_path) == ["later"]
    kept = backups.restore(backup, town_path, TESTER, lambda: NOW).kept
    assert organizations(town_path) == []
    assert kept is not None
    assert organizations(kept) == ["later"]


def test_a_backup_overwrites_nothing(town_path: Path, tmp_path: Path) -> None:
    (tmp_path / "there.duckdb").write_text("wichtig", encoding="utf-8")
    inventory = open_file(town_path)
    with pytest.raises(UserError) as caught:
        backups.write(inventory, tmp_path / "there.duckdb", ADA)
    inventory.close()
    assert caught.value.key == "target_exists"
    assert (tmp_path / "there.duckdb").read_text(encoding="utf-8") == "wichtig"


# ---------------------------------------------------------------- files that are refused, untouched


@pytest.mark.parametrize("share", [0.0, 0.0001, 0.005, 0.1, 0.3, 0.5, 0.8, 0.95])
def test_a_truncated_file(town_path: Path, share: float) -> None:
    content = town_path.read_bytes()
    town_path.write_bytes(content[: int(len(content) * share)])
    assert refused(town_path) == "inventory_damaged"


def test_a_file_with_a_torn_block(town_path: Path) -> None:
    content = bytearray(town_path.read_bytes())
    for place in range(3 * 4096 + 4096, len(content), 64 * 1024):
        content[place : place + 512] = b"\xa5" * 512
    town_path.write_bytes(bytes(content))
    assert refused(town_path) == "inventory_damaged"


@pytest.mark.parametrize("content", [b"Liebe Leute,\n" * 2000, b"\x00" * 50_000, b"PK\x03\x04" + b"x" * 20_000])
def test_a_file_of_another_kind(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "brief.duckdb").write_bytes(content)
    assert refused(tmp_path / "brief.duckdb") == "inventory_damaged"


@pytest.mark.parametrize(
    "tables", ["CREATE TABLE x (y INTEGER)", "CREATE TABLE meta (schema_version INTEGER)", "SELECT 1"]
)
def test_a_database_that_is_no_inventory(tmp_path: Path, tables: str) -> None:
    foreign = duckdb.connect(tmp_path / "foreign.duckdb")
    foreign.execute(tables)
    foreign.close()
    assert refused(tmp_path / "foreign.duckdb") == "inventory_foreign"


def test_an_inventory_of_a_newer_version(town_path: Path) -> None:
    raw = duckdb.connect(town_path)
    raw.execute("UPDATE meta SET schema_version = $newer", {"newer": layout.CURRENT_VERSION + 1})
    raw.close()
    assert refused(town_path) == "inventory_newer"


def test_no_file_at_all(tmp_path: Path) -> None:
    assert refused(tmp_path / "gone.duckdb") == "inventory_missing"


def test_a_damaged_backup_leaves_the_inventory_alone(town_path: Path, tmp_path: Path) -> None:
    content = town_path.read_bytes()
    (tmp_path / "half.duckdb").write_bytes(content[: len(content) // 2])
    with pytest.raises(UserError) as caught:
        backups.restore(tmp_path / "half.duckdb", town_path, ADA)
    assert (caught.value.key, caught.value.values["path"]) == ("restore_unreadable", tmp_path / "half.duckdb")
    assert town_path.read_bytes() == content
    assert sorted(file.name for file in tmp_path.iterdir()) == ["half.duckdb", "inventory.duckdb"]


# ---------------------------------------------------------------- making one


def fill_and_fail(inventory: Inventory) -> None:
    load_tiny_city(inventory)
    raise KeyboardInterrupt


@pytest.mark.parametrize("at_once", [True, False])
def test_nothing_is_left_behind_where_filling_fails(tmp_path: Path, at_once: bool) -> None:
    def fail(inventory: Inventory) -> None:
        raise KeyboardInterrupt

    folder = tmp_path / "data"
    with pytest.raises(KeyboardInterrupt):
        create(folder / "i.duckdb", "empty", fail if at_once else fill_and_fail, ADA)
    gc.collect()
    assert list(folder.iterdir()) == []
    create(folder / "i.duckdb", "empty", load_tiny_city, ADA)  # the next attempt works
    open_file(folder / "i.duckdb").close()


@pytest.mark.parametrize("there", ["i.duckdb", "i.duckdb.wal"])
def test_a_file_in_the_way_is_not_touched(tmp_path: Path, there: str) -> None:
    (tmp_path / there).write_text("wichtig", encoding="utf-8")
    with pytest.raises(UserError) as caught:
        create(tmp_path / "i.duckdb", "empty", load_tiny_city, ADA)
    assert (caught.value.key, caught.value.values["path"]) == ("inventory_exists", tmp_path / there)
    assert (tmp_path / there).read_text(encoding="utf-8") == "wichtig"
    assert [file.name for file in tmp_path.iterdir()] == [there]


# ---------------------------------------------------------------- an older file


def newer_program(monkeypatch: pytest.MonkeyPatch, statements: str) -> None:
    monkeypatch.setitem(layout.MIGRATIONS, layout.CURRENT_VERSION + 1, statements)
    monkeypatch.setattr(layout, "CURRENT_VERSION", layout.CURRENT_VERSION + 1)


MIGRATION = """
ALTER TABLE organization ADD COLUMN founded INTEGER;
CREATE TABLE novelty (novelty_id VARCHAR PRIMARY KEY, text VARCHAR NOT NULL);
UPDATE organization SET founded = 1990;
"""


def test_a_migration_runs_once_after_a_backup(town_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = layout.CURRENT_VERSION
    inventory = open_file(town_path)
    add(inventory, "a")
    inventory.close()
    folder = attaching.backup_folder(town_path)
    with monkeypatch.context() as newer:
        newer_program(newer, MIGRATION)
        inventory = open_file(town_path)
        assert inventory.value("SELECT schema_version FROM meta") == old + 1
        assert inventory.rows("SELECT name, founded FROM organization") == [{"name": "a", "founded": 1990}]
        with inventory.change(
            ADA, Action.EDIT_RECORDS
        ) as change:  # what is new is written, logged and found in the past
            change.update("organization", [{"organization_id": "a", "founded": 2001}])
            change.insert("novelty", [{"novelty_id": "w", "text": "mehr Kurse"}])
        latest = inventory.rows("SELECT record_id, after ->> 'founded' AS f FROM change_log ORDER BY change_id DESC")
        assert latest[:2] == [{"record_id": "w", "f": None}, {"record_id": "a", "f": "2001"}]
        assert inventory.as_of(inventory.today()).value("SELECT founded FROM organization") == 2001
        inventory.close()
        (backup,) = folder.iterdir()
        assert backup.name.startswith(f"{town_path.stem}-auto-") and backup.stem.endswith("-migration")
        inventory = open_file(town_path)  # a second run would fail: the column is there
        assert inventory.value("SELECT count(*) FROM inventory.novelty") == 1
        inventory.close()
        assert list(folder.iterdir()) == [backup]
    assert refused(town_path) == "inventory_newer"  # for the older program
    assert organizations(backup) == ["a"]


def test_a_migration_that_fails_changes_nothing(town_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as newer:
        newer_program(newer, "ALTER TABLE organization ADD COLUMN founded INTEGER; SELECT gibt_es_nicht;")
        with pytest.raises(duckdb.Error):
            open_file(town_path)
        gc.collect()
    inventory = open_file(town_path)
    assert "founded" not in inventory.columns("organization")
    assert inventory.value("SELECT schema_version FROM meta") == layout.CURRENT_VERSION
    inventory.close()


# ---------------------------------------------------------------- a crash


def test_kill_in_the_middle_of_a_change(town_path: Path) -> None:
    crashed = in_another_process(town_path, CRASH)
    assert crashed.returncode == -9, crashed.stderr
    inventory = open_file(town_path)
    assert [row["name"] for row in inventory.rows("FROM organization")] == ["kept"]
    assert inventory.value("SELECT persons FROM population WHERE population_id = '01|adults'") == 200
    logged = inventory.rows("SELECT record_id FROM change_log WHERE actor = 'Ada'")
    assert logged == [{"record_id": "kept"}]
    add(inventory, "next")  # and work goes on
    inventory.close()
    assert organizations(town_path) == ["kept", "next"]
