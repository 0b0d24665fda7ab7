"""What all tests share: a fixed clock, and the inventory of Musterstadt (tests/tiny_city), which holds no records."""

import os
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import settings

from esdash.examples.start import start
from esdash.inventory import Inventory, city, create, open_file
from esdash.inventory.access import Action
from tests import trials
from tests.people import TEST, TESTER

TINY_CITY = Path(__file__).parent / "tiny_city"
NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)  # a Sunday


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--thorough", action="store_true", help="try much more: kills at more moments, more drawn values")


def pytest_configure(config: pytest.Config) -> None:
    settings.load_profile(trials.THOROUGH if config.getoption("thorough") else trials.ORDINARY)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files with long tests come first, so that no worker is left with one of them when the others are done."""
    long = {item.path for item in items if item.get_closest_marker("browser") or item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in long)


def load_tiny_city(inventory: Inventory) -> None:
    """The reference data of Musterstadt, and nothing else."""
    with inventory.change(TEST, Action.SET_UP, "Stammdaten der Stadt") as change:
        city.load(change, TINY_CITY)


@pytest.fixture(scope="session")
def example_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example inventory, made once for all workers (it takes some seconds); nobody opens it, all copy it."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own  # of this run alone: an older one is outdated
    path, mark = shared / "example-made" / "inventory.duckdb", shared / "example-being-made"
    try:
        mark.mkdir()
    except FileExistsError:  # another worker is at it, or was
        for _ in range(600):
            if path.exists():
                return path
            time.sleep(0.2)
        raise
    start(shared / "example-part" / "inventory.duckdb", "example", clock=lambda: NOW)
    (shared / "example-part").rename(path.parent)  # plain SQL calls the file by its name
    return path


@pytest.fixture
def clock() -> Callable[[], datetime]:
    return lambda: NOW


@pytest.fixture(scope="session")
def tiny_file(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The inventory of Musterstadt, made once."""
    path = tmp_path_factory.mktemp("tiny") / "inventory.duckdb"
    create(path, "empty", load_tiny_city, TESTER, lambda: NOW)
    return path.read_bytes()


@pytest.fixture
def tiny_path(tmp_path: Path, tiny_file: bytes) -> Path:
    """An inventory file of Musterstadt that nobody has open."""
    path = tmp_path / "inventory.duckdb"
    path.write_bytes(tiny_file)
    return path


@pytest.fixture
def tiny(tiny_path: Path, clock: Callable[[], datetime]) -> Iterator[Inventory]:
    """The inventory of Musterstadt, open; with the views and macros of the analysis where they are there."""
    try:
        from esdash.analysis import open_inventory
    except ImportError:
        inventory = open_file(tiny_path, clock=clock)
    else:
        inventory = open_inventory(tiny_path, clock=clock)
    yield inventory
    inventory.close()
