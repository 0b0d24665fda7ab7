"""F6: a file that is replaced or removed under a running server takes no more changes, and says so."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from esdash.errors import UserError
from esdash.inventory import Inventory, backups, open_file
from esdash.inventory.access import Action
from esdash.inventory.file import recovery
from tests.conftest import NOW
from tests.people import ADA

ROOT = Path(__file__).parents[2]


def add(inventory: Inventory, key: str) -> None:
    with inventory.change(ADA, Action.EDIT_RECORDS) as change:
        change.insert("organization", [{"organization_id": key, "name": key}])


def names(inventory: Inventory) -> list[str]:
    return [row["name"] for row in inventory.rows("FROM organization ORDER BY name")]


@pytest.fixture
def running(tiny_path: Path) -> Iterator[Inventory]:
    """A running dashboard with one change since its last backup."""
    inventory = open_file(tiny_path, clock=lambda: NOW)
    add(inventory, "first")
    backups.write(inventory, tiny_path.parent / "backup.duckdb", ADA)
    add(inventory, "second")
    with inventory.written_out(ADA, Action.BACK_UP):
        pass
    yield inventory
    inventory.close()


def by_moving(path: Path) -> None:
    (path.parent / "backup.duckdb").rename(path)


def by_copying(path: Path) -> None:
    shutil.copyfile(path.parent / "backup.duckdb", path)


def by_removing(path: Path) -> None:
    path.unlink()


@pytest.mark.parametrize("swap", [by_moving, by_copying, by_removing])
def test_nothing_more_is_saved(running: Inventory, tiny_path: Path, swap: Callable[[Path], None]) -> None:
    swap(tiny_path)
    left = tiny_path.read_bytes() if tiny_path.exists() else None
    for _ in range(2):
        with pytest.raises(UserError) as caught:
            add(running, "third")
        assert caught.value.key == "inventory_swapped"
    with pytest.raises(UserError):
        backups.manual(running, ADA)
    assert names(running) == ["first", "second"]  # reading goes on
    running.close()
    assert (tiny_path.read_bytes() if tiny_path.exists() else None) == left  # and nothing was written into it


@pytest.mark.parametrize("swap", [by_moving, by_copying])
def test_the_next_start_says_what_is_missing_and_opens_what_was_put_there(
    running: Inventory, tiny_path: Path, swap: Callable[[Path], None]
) -> None:
    swap(tiny_path)
    running.close()
    with pytest.raises(UserError) as caught:
        open_file(tiny_path)
    assert (caught.value.key, caught.value.values["n"]) == ("changes_missing", 1)
    assert recovery.recover(tiny_path, ADA, lambda: NOW).lost == 1
    again = open_file(tiny_path)
    assert names(again) == ["first"]
    add(again, "third")
    again.close()
    again = open_file(tiny_path)
    assert names(again) == ["first", "third"]
    again.close()


def test_a_log_of_the_running_state_is_not_mixed_into_what_was_put_there(running: Inventory, tiny_path: Path) -> None:
    add(running, "third")  # in the log beside the file
    by_copying(tiny_path)
    running.close()
    with pytest.raises(UserError) as caught:
        open_file(tiny_path)
    assert caught.value.key == "log_damaged"
    assert recovery.recover(tiny_path, ADA, lambda: NOW).lost == 2
    again = open_file(tiny_path)
    assert names(again) == ["first"]
    again.close()


def test_a_backup_is_restored_where_only_the_log_of_the_removed_file_is_left(
    running: Inventory, tiny_path: Path
) -> None:
    add(running, "third")
    by_removing(tiny_path)
    running.close()
    log = tiny_path.with_name(tiny_path.name + ".wal")
    assert log.exists()
    backups.restore(tiny_path.parent / "backup.duckdb", tiny_path, ADA, lambda: NOW)
    assert not log.exists()
    assert len(list((tiny_path.parent / "backups").glob("before-restore-*.wal"))) == 1
    again = open_file(tiny_path)
    assert names(again) == ["first"]
    again.close()


def test_what_esdash_writes_itself_is_no_swap(running: Inventory) -> None:
    for number in range(3):
        add(running, f"more {number}")
        with running.written_out(ADA, Action.BACK_UP):
            pass
    add(running, "last")
    assert len(names(running)) == 6


def test_a_removed_inventory_is_not_followed_by_an_example(
    at: Callable[..., AppTest], running: Inventory, tiny_path: Path
) -> None:
    running.close()
    tiny_path.unlink()
    visitor = at(tiny_path, "method")
    assert "es gab dort aber eine" in visitor.error[0].value
    assert not tiny_path.exists()
    assert os.listdir(tiny_path.parent)  # what is left of it stays
