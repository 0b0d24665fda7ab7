"""Inventories for the commands."""

from pathlib import Path

import pytest

from esdash.examples.start import start
from tests.commands.command_line import clock


@pytest.fixture(scope="session")
def example_file(example_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example inventory; nobody changes it."""
    path = tmp_path_factory.mktemp("example") / "i.duckdb"
    path.write_bytes(example_made.read_bytes())
    return path


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
