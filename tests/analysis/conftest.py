"""Inventories for the questions: Musterstadt, Dessau-Roßlau without records, and the example."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from esdash.analysis import open_inventory
from esdash.examples.start import start
from esdash.inventory import Inventory, create
from tests import first_state
from tests.conftest import NOW, load_tiny_city
from tests.people import TESTER


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
    """Musterstadt in whatever state the last test left it."""
    for inventory in opened(town_file, tmp_path_factory.mktemp("town")):
        first_state.remember(inventory)
        yield inventory


@pytest.fixture
def town(any_town: Inventory) -> Inventory:
    """Musterstadt without records, to be changed; one file for all tests, put back to its first state."""
    assert first_state.put_back(any_town)
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
