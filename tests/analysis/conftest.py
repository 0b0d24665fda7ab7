"""Inventories for the questions: Musterstadt, Dessau-Roßlau without records, and the example."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from esdash.analysis import open_inventory
from esdash.inventory import Inventory
from tests import first_state
from tests.conftest import NOW


def fixed() -> datetime:
    return NOW


@pytest.fixture(scope="session")
def town_file(tiny_file: bytes) -> bytes:
    return tiny_file


@pytest.fixture(scope="session")
def dessau_file(empty_dessau: Path) -> bytes:
    return empty_dessau.read_bytes()


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
def dessau(dessau_file: bytes, lender: first_state.Lender) -> Iterator[Inventory]:
    """Dessau-Roßlau without records, to be changed."""
    with lender.lend(dessau_file, fixed) as inventory:
        yield inventory


@pytest.fixture
def lived(example_file: bytes, lender: first_state.Lender) -> Iterator[Inventory]:
    """The example, to be changed."""
    with lender.lend(example_file, fixed) as inventory:
        yield inventory


def opened(content: bytes, folder: Path) -> Iterator[Inventory]:
    path = folder / "inventory.duckdb"
    path.write_bytes(content)
    inventory = open_inventory(path, clock=fixed)
    yield inventory
    inventory.close()
