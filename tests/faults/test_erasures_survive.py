"""Who was erased stays erased: also where the inventory is damaged or gone when a backup is put back (FAULTS F7), and
in no copy that killed work leaves behind (F8)."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from esdash.inventory import backups, create, open_file
from esdash.inventory.access import Action
from esdash.inventory.file import attaching, erasures, leftovers
from esdash.inventory.privacy.erasure import erase
from tests.commands.command_line import clock, run
from tests.conftest import load_tiny_city
from tests.people import ADA, TESTER

WHO = b"erika.mustermann@example.org"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """An inventory with a person in it."""

    def fill(inventory: object) -> None:
        load_tiny_city(inventory)  # type: ignore[arg-type]
        with inventory.change(ADA, Action.ENTER_RECORDS) as change:  # type: ignore[attr-defined]
            change.insert("organization", [{"organization_id": "o", "name": "Verein"}])
            contact = {"contact_id": "c", "organization_id": "o", "role": "Leitung", "name": "Erika Mustermann"}
            change.insert("contact", [contact | {"email": WHO.decode()}])

    made = tmp_path / "inventory" / "inventory.duckdb"
    create(made, "public", fill, TESTER, clock)
    return made


def erased_since_a_backup(path: Path) -> Path:
    """A backup kept elsewhere that still has the person, who was erased after it."""
    elsewhere = path.parents[1] / "stick" / "backup.duckdb"
    inventory = open_file(path, clock=clock)
    backups.write(inventory, elsewhere, ADA)
    erase(inventory, "c", ADA, "Wunsch")
    inventory.close()
    assert WHO in elsewhere.read_bytes() and WHO not in path.read_bytes()
    return elsewhere


def damaged(path: Path) -> None:
    path.write_bytes(b"\0" * path.stat().st_size)


@pytest.mark.parametrize("lost", [damaged, Path.unlink], ids=["damaged", "gone"])
def test_a_restore_repeats_the_erasures_without_the_inventory(path: Path, lost: Callable[[Path], None]) -> None:
    backup = erased_since_a_backup(path)
    lost(path)
    restored = backups.restore(backup, path, TESTER, clock)
    assert restored.erasures_known
    assert WHO not in path.read_bytes()
    inventory = open_file(path, clock=clock)
    assert inventory.rows("SELECT name, email FROM inventory.contact") == [{"name": None, "email": None}]
    assert inventory.value("SELECT count(*) FROM inventory.erasure") == 1
    inventory.close()


def test_what_is_noted_beside_the_file_names_nobody(path: Path) -> None:
    erased_since_a_backup(path)
    (row,) = json.loads(erasures.beside(path).read_text(encoding="utf-8"))
    assert sorted(row) == ["contact_id", "erased_at", "erasure_id", "marks", "salt"]
    assert "mustermann" not in erasures.beside(path).read_text(encoding="utf-8").lower()


def test_an_inventory_from_before_is_noted_when_it_is_opened(path: Path) -> None:
    backup = erased_since_a_backup(path)
    erasures.beside(path).unlink()
    open_file(path, clock=clock).close()
    damaged(path)
    assert backups.restore(backup, path, TESTER, clock).erasures_known
    assert WHO not in path.read_bytes()


def test_it_is_said_where_erasures_are_not_known(path: Path) -> None:
    backup = erased_since_a_backup(path)
    erasures.beside(path).unlink()
    damaged(path)
    result = run("restore", str(backup), database=path)
    assert result.exit_code == 0
    assert "Ob seit dieser Sicherung Personen gelöscht wurden, ist hier nicht bekannt" in result.stdout
    again = run("restore", str(backup), database=path)  # now over a healthy one
    assert again.exit_code == 0 and "nicht bekannt" not in again.stdout


KILLED = """
import os, sys
from pathlib import Path
from esdash.inventory import backups
from tests.people import TESTER
backups.rewriting.replay = lambda *_: os.kill(os.getpid(), 9)
backups.restore(Path(sys.argv[1]), Path(sys.argv[2]), TESTER)
"""


@pytest.mark.parametrize("by", ["opening", "erasing"])
def test_a_killed_restore_leaves_no_copy_of_the_person(path: Path, by: str) -> None:
    elsewhere = path.parents[1] / "stick" / "backup.duckdb"
    inventory = open_file(path, clock=clock)
    backups.write(inventory, elsewhere, ADA)
    if by == "opening":
        inventory.close()
    else:
        copy = path.parents[1] / "copy"
        shutil.copytree(path.parent, copy)
    target = path if by == "opening" else copy / path.name
    subprocess.run(
        [sys.executable, "-c", KILLED, str(elsewhere), str(target)], check=False, cwd=Path(__file__).parents[2]
    )
    (left,) = target.parent.glob("*.draft")
    assert WHO in left.read_bytes()
    if by == "opening":
        open_file(path, clock=clock).close()
        assert not left.exists()
        return
    shutil.copy(left, path.parent)  # beside an inventory that stays open
    erase(inventory, "c", ADA, "Wunsch")
    inventory.close()
    assert [file.name for file in path.parent.rglob("*") if file.is_file() and WHO in file.read_bytes()] == []


def test_leftovers_of_erasing_and_copying_go_and_those_of_work_stay(path: Path) -> None:
    folder = attaching.backup_folder(path)
    folder.mkdir()
    process = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    try:
        gone = [
            *(path.with_name(path.name + end) for end in (".erasing", ".erasing.wal", f".{os.getpid()}.draft")),
            *(folder / f"b.duckdb{end}" for end in (".erasing", ".erasing.wal", ".part")),
        ]
        stay = [
            path.with_name(f"{path.name}.{process.pid}.draft"),
            path.with_name("other.duckdb.1.draft"),
            folder / "new.duckdb.part",
            folder / "b.duckdb",
        ]
        for file in (*gone, *stay):
            file.write_text("x")
        hours_ago = time.time() - 2 * 3600
        os.utime(folder / "b.duckdb.part", (hours_ago, hours_ago))
        leftovers.remove(path)
        assert [file.name for file in gone if file.exists()] == []
        assert [file.name for file in stay if not file.exists()] == []
    finally:
        process.communicate(b"\n")
    leftovers.remove(path)
    assert not stay[0].exists()
