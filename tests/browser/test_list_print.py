"""A long list in the browser: "Zum Drucken" has every row on paper, and an item opens where it was clicked."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from esdash.analysis import open_inventory
from esdash.inventory import Inventory, create
from esdash.inventory.access import Action
from tests.browser.screenshots import served, settle
from tests.browser.test_journeys import open_page
from tests.conftest import NOW, load_tiny_city
from tests.pages.said import texts
from tests.people import TEST
from tests.provide import pdftotext

pytestmark = pytest.mark.browser

ROWS = 80
TITLES = [f"Aufgabe {number:02d} erledigen" for number in range(1, ROWS + 1)]


def fill(inventory: Inventory) -> None:
    """A list of 80 items by hand, one of them put aside and one that has ended."""
    load_tiny_city(inventory)
    row = {"origin": "hand", "measure": "Was zu tun ist", "listed_on": "2026-11-01", "listed_by": "Ada"}
    with inventory.change(TEST, Action.WRITE_ITEM) as change:
        change.insert(
            "priority_item",
            [{"priority_item_id": f"p{place:02d}", "title": title, **row} for place, title in enumerate(TITLES)],
        )
        aside = {"priority_item_id": "p78", "legal": False, "pearl_reason": "Das ist nicht erlaubt"}
        change.update("priority_item", [aside])
        ended = {"ended_on": "2026-11-10", "ended_as": "done", "ended_reason": "Das läuft seit August"}
        change.update("priority_item", [{"priority_item_id": "p79", **ended}])


@pytest.fixture(scope="module")
def long_list(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    database = tmp_path_factory.mktemp("long") / "inventory.duckdb"
    create(database, "empty", fill, TEST, lambda: NOW)
    open_inventory(database, clock=lambda: NOW).close()
    with served(database) as address:
        yield address


def test_every_row_is_printed(chromium: Browser, long_list: str, tmp_path: Path) -> None:
    page = open_page(chromium, f"{long_list}/priorities?print=1")
    expect(page.get_by_text("Das läuft seit August")).to_be_visible(timeout=20_000)
    for landscape in (True, False):
        file = tmp_path / "liste.pdf"
        file.write_bytes(page.pdf(format="A4", landscape=landscape, print_background=True))
        paper = subprocess.run([pdftotext(), file, "-"], capture_output=True, text=True, check=True).stdout
        said = " ".join(paper.split())
        assert paper.count("\f") >= 3  # more than one screen
        assert [title for title in TITLES if title not in said] == []
        assert said.count("beschlossen") >= ROWS - 2  # the last column, of every row
        assert "Das ist nicht erlaubt" in said and "Das läuft seit August" in said
        assert texts("de")["items.write"] not in said  # no controls
        sheets = [sheet for sheet in paper.split("\f") if "beschlossen" in sheet]
        assert all(texts("de")["items.task"] in " ".join(sheet.split()) for sheet in sheets)  # heads on every sheet
    page.close()


def test_an_item_opens_where_it_was_clicked(chromium: Browser, long_list: str) -> None:
    said = texts("de")
    page = open_page(chromium, f"{long_list}/priorities")
    for opened, title in enumerate((TITLES[3], TITLES[19]), 1):  # what is open above stays open, so that nothing moves
        row = page.get_by_role("button", name=title)
        row.scroll_into_view_if_needed()
        before = row.bounding_box()
        row.click()
        expect(page.get_by_role("button", name=said["word.fold"])).to_have_count(opened)
        settle(page)
        after = row.bounding_box()
        assert before and after and abs(before["y"] - after["y"]) < 2
        expect(page.get_by_role("heading", name=title)).to_be_in_viewport()
    page.close()
