"""What the journeys share: a browser, and a dashboard of their own on the example inventory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.screenshots import browser, served


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    with browser() as opened:
        yield opened


@pytest.fixture(scope="module")
def address(example_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A dashboard that this file's journeys may change."""
    database = tmp_path_factory.mktemp("dashboard") / "inventory.duckdb"
    database.write_bytes(example_made.read_bytes())
    with served(database) as opened:
        yield opened
