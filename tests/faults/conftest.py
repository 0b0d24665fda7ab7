"""Faults that were found by trying to break it, one file each; some show on the pages, some only on a server."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.screenshots import served
from tests.faults.test_f5_missing_log import killed_after_20_saves
from tests.pages.conftest import app, at, copies, lent, made

__all__ = ["address", "app", "at", "copies", "lent", "made"]


@pytest.fixture(scope="session")
def saved_once(tiny_file: bytes, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of `saved`, which nobody opens."""
    folder = tmp_path_factory.mktemp("saved")
    (folder / "inventory.duckdb").write_bytes(tiny_file)
    killed_after_20_saves(folder / "inventory.duckdb")
    return folder


@pytest.fixture
def saved(saved_once: Path, tmp_path: Path) -> Path:
    """Musterstadt after 20 saves and a kill: the changes lie in the log beside the file."""
    shutil.copytree(saved_once, tmp_path, dirs_exist_ok=True)
    return tmp_path / "inventory.duckdb"


@pytest.fixture(scope="session")
def address(example_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where it listens; nobody changes its inventory."""
    database = tmp_path_factory.mktemp("served") / "inventory.duckdb"
    database.write_bytes(example_made.read_bytes())
    with served(database) as opened:
        yield opened
