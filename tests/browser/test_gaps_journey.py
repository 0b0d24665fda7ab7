"""From a white spot to the priority list, in a real browser that has no WebGL."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from esdash.examples.start import start
from tests.browser.in_sight import on_a_telephone, on_one_screen
from tests.browser.screenshots import has, open_page, served, settle
from tests.conftest import NOW
from tests.pages.said import texts

pytestmark = pytest.mark.browser

SAID = texts("de")
DISTRICTS = 25
THEMES = 5  # of the field "education"


def test_from_a_cell_to_the_priority_list(chromium: Browser, address: str) -> None:
    page = open_page(chromium, f"{address}/gaps?theme_in=education&order=usual")
    page.set_default_timeout(20_000)
    assert page.evaluate("document.createElement('canvas').getContext('webgl')") is None
    cell = chart(page, "matrix").locator("path.point").nth(4 * THEMES)  # fifth district, first theme: a gap below three
    click_middle(page, cell)
    has(page, theme_in="german_courses", district_in="05", beside="evidence")
    expect(page.get_by_role("heading", name="Nachweis: Deutsch lernen").first).to_be_visible()
    expect(page.get_by_text("Gebrauchte Plätze pro Woche").first).to_be_visible()

    page.get_by_role("button", name=SAID["items.take"], exact=True).click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("textbox", name=SAID["items.title"])).to_have_value(
        re.compile("^Deutsch lernen in .* aufbauen")
    )
    dialog.get_by_label(SAID["items.reason"]).fill("Viele Anfragen")
    dialog.get_by_role("textbox", name=SAID["author.name"]).fill("Ada Lovelace")
    dialog.get_by_role("textbox", name=SAID["author.name"]).press("Enter")
    settle(page)
    dialog.get_by_role("button", name=SAID["items.take_now"], exact=True).click()
    link = page.get_by_role("link", name="der Liste")
    expect(link).to_be_visible(timeout=20_000)
    link.click()
    expect(page.get_by_role("heading", name=SAID["priorities.title"])).to_be_visible()
    expect(page.get_by_text("Auf die Liste genommen von Ada Lovelace am 22.11.2026: Viele Anfragen")).to_be_visible()


def test_a_district_on_the_map_filters_everything(chromium: Browser, address: str) -> None:
    page = open_page(chromium, f"{address}/gaps?beside=map")
    page.set_default_timeout(20_000)
    markers = chart(page, "map").locator("path.point")
    click_middle(page, markers.nth(markers.count() - DISTRICTS + 15))  # the names of districts lie above the offers
    has(page, district_in="16", beside="evidence")
    expect(page.get_by_role("heading", name="Nachweis: Zoberberg").first).to_be_visible()
    assert page.get_by_role("combobox", name="Stadtbezirk").input_value() == "Zoberberg"
    expect(page.get_by_text("Gebrauchte Plätze pro Woche").first).to_be_visible()
    page.get_by_role("button", name=SAID["drawer.clear"]).click()
    expect(page.get_by_role("heading", name=SAID["gaps.evidence_city"])).to_be_visible()
    has(page, district_in=None)


def test_one_of_the_small_maps_leads_to_its_cell(chromium: Browser, address: str) -> None:
    page = open_page(chromium, f"{address}/gaps?view=maps")
    page.set_default_timeout(20_000)
    click_middle(page, chart(page, "maps").locator("path.point").nth(15))  # first map, sixteenth district
    has(page, theme_in="education", district_in="16", beside="evidence", view=None)
    page.go_back()
    has(page, theme_in=None, district_in=None, view="maps")
    expect(page.get_by_role("heading", name=SAID["gaps.small_maps"])).to_be_visible()


def test_a_tile_filters_everything(chromium: Browser, address: str) -> None:
    page = open_page(chromium, f"{address}/gaps")
    page.set_default_timeout(20_000)
    on_one_screen(page, DISTRICTS)
    tiles = chart(page, "tiles").locator(".barlayer .trace").first.locator("path")
    click_middle(page, tiles.nth(15))  # sixteenth district
    has(page, district_in="16", beside="evidence")
    expect(page.get_by_role("heading", name="Nachweis: Zoberberg").first).to_be_in_viewport()
    assert page.get_by_role("combobox", name="Stadtbezirk").input_value() == "Zoberberg"
    on_one_screen(page, DISTRICTS, beside="evidence")
    page.get_by_role("radio", name=SAID["gaps.beside_tiles"]).click()
    settle(page)
    has(page, district_in="16", beside="tiles")
    on_one_screen(page, DISTRICTS)
    on_a_telephone(open_page(chromium, f"{address}/gaps?lang=en", 390, 844), DISTRICTS)


@pytest.mark.parametrize("query", ["theme_in=education", "versus=2026-06-17"])
def test_themes_and_a_comparison_stand_on_one_screen(chromium: Browser, address: str, query: str) -> None:
    page = open_page(chromium, f"{address}/gaps?{query}")
    on_one_screen(page, DISTRICTS)
    page.context.close()


@pytest.mark.parametrize("kind", ["public", "empty"])
def test_little_or_nothing_is_known(chromium: Browser, tmp_path: Path, kind: str) -> None:
    database = tmp_path / "inventory.duckdb"
    start(database, kind, clock=lambda: NOW)
    with served(database) as opened:
        page = open_page(chromium, f"{opened}/gaps")
        on_one_screen(page, DISTRICTS, lead=SAID["app.empty_inventory"] if kind == "empty" else "")
        page.context.close()
        page = open_page(chromium, f"{opened}/gaps", 390, 844)  # which comes to rest
        assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 390
        page.context.close()


def chart(page: Page, name: str) -> Locator:
    return page.locator(f".st-key-gaps_{name}")


def click_middle(page: Page, shape: Locator) -> None:
    """A click by the mouse: plotly listens above its points, not on them."""
    shape.scroll_into_view_if_needed()
    box = shape.bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    settle(page)
