"""What all tests share: a fixed clock, and the inventory of Musterstadt (tests/tiny_city), which holds no records."""

import gc
import os
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import settings

from esdash.analysis import open_inventory
from esdash.examples.start import start
from esdash.inventory import Inventory, city, create
from esdash.inventory.access import Action
from tests import first_state, trials
from tests.people import TEST, TESTER

TINY_CITY = Path(__file__).parent / "tiny_city"
NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)  # a Sunday


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--thorough", action="store_true", help="try much more: kills at more moments, more drawn values")


def pytest_configure(config: pytest.Config) -> None:
    gc.set_threshold(50_000, 20, 20)  # looking for circles after every 700 new objects takes 4 % of the time
    settings.load_profile(trials.THOROUGH if config.getoption("thorough") else trials.ORDINARY)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files with long tests come first, so that no worker is left with one of them when the others are done."""
    long = {item.path for item in items if item.get_closest_marker("browser") or item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in long)


def load_tiny_city(inventory: Inventory) -> None:
    """The reference data of Musterstadt, and nothing else."""
    with inventory.change(TEST, Action.SET_UP, "Stammdaten der Stadt") as change:
        city.load(change, TINY_CITY)


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """An inventory file that the first worker makes for all of them; nobody opens it, all copy it."""
    own = factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own  # of this run alone: an older one is outdated
    path, mark = shared / f"{name}-made" / "inventory.duckdb", shared / f"{name}-being-made"
    try:
        mark.mkdir()
    except FileExistsError:  # another worker is at it, or was
        for _ in range(1200):
            if path.exists():
                return path
            time.sleep(0.2)
        raise
    make(shared / f"{name}-part" / "inventory.duckdb")
    (shared / f"{name}-part").rename(path.parent)  # plain SQL calls the file by its name
    return path


@pytest.fixture(scope="session")
def example_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example inventory, made once for all workers (it takes some seconds)."""
    return made_once(tmp_path_factory, "example", lambda path: start(path, "example", clock=lambda: NOW))


@pytest.fixture(scope="session")
def empty_dessau(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Dessau-Roßlau without records, made once for all workers."""
    return made_once(tmp_path_factory, "empty", lambda path: start(path, "empty", clock=lambda: NOW))


@pytest.fixture
def clock() -> Callable[[], datetime]:
    return lambda: NOW


@pytest.fixture(scope="session")
def tiny_file(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The inventory of Musterstadt, made once for all workers."""
    make = lambda path: create(path, "empty", load_tiny_city, TESTER, lambda: NOW)  # noqa: E731
    return made_once(tmp_path_factory, "tiny", make).read_bytes()


@pytest.fixture
def tiny_path(tmp_path: Path, tiny_file: bytes) -> Path:
    """An inventory file of Musterstadt that nobody has open."""
    path = tmp_path / "inventory.duckdb"
    path.write_bytes(tiny_file)
    return path


@pytest.fixture(scope="session")
def lender(tmp_path_factory: pytest.TempPathFactory) -> Iterator[first_state.Lender]:
    """Open inventories that tests may change; `with lender.lend(content, clock) as inventory`."""
    lender = first_state.Lender(lambda: tmp_path_factory.mktemp("lent"))
    yield lender
    lender.close()


@pytest.fixture
def tiny(request: pytest.FixtureRequest, clock: Callable[[], datetime]) -> Iterator[Inventory]:
    """The inventory of Musterstadt, open; of its own file for a test that asks for `tiny_path` too, otherwise lent."""
    if "tiny_path" in request.fixturenames:
        inventory = open_inventory(request.getfixturevalue("tiny_path"), clock=clock)
        yield inventory
        inventory.close()
    else:
        with request.getfixturevalue("lender").lend(request.getfixturevalue("tiny_file"), clock) as inventory:
            yield inventory
