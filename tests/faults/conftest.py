"""Faults that were found by trying to break it, one file each; some show on the pages, some only on a server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.screenshots import served
from tests.pages.conftest import app, made

__all__ = ["address", "app", "made"]


@pytest.fixture(scope="session")
def address(example_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where it listens; nobody changes its inventory."""
    database = tmp_path_factory.mktemp("served") / "inventory.duckdb"
    database.write_bytes(example_made.read_bytes())
    with served(database) as opened:
        yield opened
