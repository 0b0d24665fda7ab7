"""Inventories for the commands."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from esdash.analysis import open_inventory
from esdash.examples.start import start
from tests.commands.command_line import clock, kept_open


@pytest.fixture(scope="session")
def example_file(example_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The example inventory; nobody changes it, so the commands of this process share it open."""
    path = tmp_path_factory.mktemp("example") / "i.duckdb"
    path.write_bytes(example_made.read_bytes())
    kept_open[path] = inventory = open_inventory(path, clock)
    before = inventory.revision
    yield path
    assert inventory.revision == before, "a command changed the example that all share"
    kept_open.pop(path).close()


@pytest.fixture(scope="session")
def empty_made(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("empty") / "i.duckdb"
    start(path, "empty", clock=clock)
    return path.read_bytes()


@pytest.fixture
def empty_file(empty_made: bytes, tmp_path: Path) -> Path:
    """A city without records."""
    path = tmp_path / "i.duckdb"
    path.write_bytes(empty_made)
    return path
