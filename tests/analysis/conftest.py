"""Inventories for the questions: Musterstadt, Dessau-Roßlau without records, and the example."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from esdash.analysis import open_inventory
from esdash.examples.start import start
from esdash.inventory import Inventory, create
from esdash.inventory.access import Action
from esdash.inventory.file import local_time
from esdash.inventory.file.changelog import logged_tables
from tests.conftest import NOW, load_tiny_city
from tests.people import TEST, TESTER


def fixed() -> datetime:
    return NOW


@pytest.fixture(scope="session")
def town_file(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("town") / "i.duckdb"
    create(path, "empty", load_tiny_city, TESTER, fixed)
    return path.read_bytes()


@pytest.fixture(scope="session")
def dessau_file(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("dessau") / "i.duckdb"
    start(path, "empty", clock=fixed)
    return path.read_bytes()


@pytest.fixture(scope="session")
def example_file(example_made: Path) -> bytes:
    return example_made.read_bytes()


@pytest.fixture(scope="session")
def example(example_file: bytes, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Inventory]:
    """The example as it is on its own day; nobody changes it."""
    yield from opened(example_file, tmp_path_factory.mktemp("example"))


@pytest.fixture(scope="session")
def any_town(town_file: bytes, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Inventory]:
    """Musterstadt in whatever state the last test left it; `memory.first` keeps the first state of each table."""
    for inventory in opened(town_file, tmp_path_factory.mktemp("town")):
        with inventory.exclusive(TEST, Action.SET_UP) as cursor:
            cursor.execute("CREATE SCHEMA memory.first")
            for table in (*logged_tables(cursor), "import_run", "write_key", "change_log"):
                cursor.execute(f"CREATE TABLE memory.first.{table} AS FROM inventory.{table}")
        yield inventory


@pytest.fixture
def town(any_town: Inventory) -> Inventory:
    """Musterstadt without records, to be changed; one file for all tests, put back to its first state."""
    later = "FROM inventory.change_log WHERE change_id > (SELECT max(change_id) FROM memory.first.change_log)"
    with any_town.exclusive(TEST, Action.SET_UP) as cursor:
        touched = {"import_run", "write_key"}
        touched |= {name for (name,) in cursor.execute(f"SELECT DISTINCT table_name {later}").fetchall()}
        for table in touched:  # not in one transaction: DuckDB would miss that a key is free again
            cursor.execute(f"DELETE FROM inventory.{table}")
            cursor.execute(f"INSERT INTO inventory.{table} FROM memory.first.{table}")
        cursor.execute(f"DELETE {later}")
        any_town.zone = local_time.zone(cursor)
    any_town.forget({*touched, "change_log"})
    return any_town


@pytest.fixture
def dessau(dessau_file: bytes, tmp_path: Path) -> Iterator[Inventory]:
    """Dessau-Roßlau without records, to be changed."""
    yield from opened(dessau_file, tmp_path)


@pytest.fixture
def lived(example_file: bytes, tmp_path: Path) -> Iterator[Inventory]:
    """The example, to be changed."""
    yield from opened(example_file, tmp_path)


def opened(content: bytes, folder: Path) -> Iterator[Inventory]:
    path = folder / "inventory.duckdb"
    path.write_bytes(content)
    inventory = open_inventory(path, clock=fixed)
    yield inventory
    inventory.close()
