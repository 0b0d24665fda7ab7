"""From the question who could help to the record behind the answer, and from a cell of the matrix to its facts."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.screenshots import has, open_page, settle
from tests.pages.said import texts

pytestmark = pytest.mark.browser

SAID = texts("de")


def test_who_could_help_in_zoberberg(chromium: Browser, address: str) -> None:
    page = open_page(chromium, f"{address}/actors")
    page.set_default_timeout(20_000)
    expect(page.get_by_role("heading", name=SAID["actors.title"])).to_be_visible()
    page.get_by_role("radio", name=SAID["actors.part_help"]).click()
    for label, chosen in (("Thema", "Lernhilfe und Hausaufgaben"), ("Stadtbezirk", "Zoberberg")):
        field = page.get_by_role("combobox", name=label)
        field.fill(chosen)
        page.get_by_role("option", name=chosen).click()
        settle(page)
    has(page, actors="help", theme="homework", district="16")
    expect(page.get_by_text("1. Förderverein Lernstern (Beispielschule) e. V.")).to_be_visible()
    expect(page.get_by_text("Macht das schon, ohne Warteliste: „Lernstern-Nachmittag“")).to_be_visible()
    expect(page.get_by_text("Fragen: Koordination Lernhilfe").first).to_be_visible()
    page.get_by_role("link", name=SAID["helping.evidence"]).first.click()
    expect(page.get_by_role("heading", name="Lernstern-Nachmittag")).to_be_visible()

    page.goto(f"{address}/actors?actors=net")
    settle(page)
    cell = page.get_by_test_id("stPlotlyChart").first.locator("path.point").first
    cell.scroll_into_view_if_needed()
    box = cell.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    settle(page)
    expect(page.get_by_role("button", name=SAID["actors.close_pair"])).to_be_visible()
    expect(page.get_by_text(SAID["actors.kind_workshop"]).first).to_be_visible()
