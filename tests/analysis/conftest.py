"""Inventories for the questions: Musterstadt, Dessau-Roßlau without records, and the example."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from esdash.analysis import open_inventory
from esdash.examples.start import start
from esdash.inventory import Inventory, city, create
from esdash.inventory.access import Action
from esdash.inventory.city.declared import TABLES
from tests.conftest import NOW, TINY_CITY, load_tiny_city
from tests.people import TEST, TESTER

REFERENCE = frozenset(TABLES)


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
    yield from opened(town_file, tmp_path_factory.mktemp("town"))


@pytest.fixture
def town(any_town: Inventory) -> Inventory:
    """Musterstadt without records, to be changed; one file for all tests, put back to its first state."""
    log = "SELECT DISTINCT table_name FROM inventory.change_log WHERE means <> 'init'"
    with any_town.change(TEST, Action.SET_UP) as change:
        touched = {row["table_name"] for row in change.rows(log)}
        if touched & REFERENCE:
            touched |= REFERENCE
        for table in touched:
            key = "target_group_id" if table == "city_total" else f"{table}_id"
            change.remove(table, [row[key] for row in change.rows(f"FROM inventory.{table}")])
        if touched & REFERENCE:
            city.load(change, TINY_CITY)
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
