"""A case of similar offers is chosen, decided with a reason, and found again; a double structure becomes a priority."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.clicks import Clicks
from tests.browser.screenshots import has, known_as, open_page, settle
from tests.pages.said import texts

pytestmark = pytest.mark.browser

SAID = texts("de")
BREAKFAST = "Begegnung und Nachbarschaft · Roßlau: Familiencafé Elbaue"


def test_a_double_structure_becomes_a_priority(chromium: Browser, address: str) -> None:
    page = open_page(chromium, f"{address}/overlaps?case=i021%2Bi070")
    page.set_default_timeout(20_000)
    known_as(page, "Ada Lovelace")
    page.get_by_role("button", name=SAID["items.take"], exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label(SAID["items.reason"]).fill("Frühstücke am selben Tag")
    dialog.get_by_label(SAID["items.reason"]).press("Enter")
    settle(page)
    dialog.get_by_role("button", name=SAID["items.take_now"], exact=True).click()
    settle(page)
    page.get_by_role("link", name="der Liste").click()
    expect(page.get_by_role("heading", name=SAID["priorities.title"])).to_be_visible()
    expect(
        page.get_by_text("Auf die Liste genommen von Ada Lovelace am 22.11.2026: Frühstücke am selben")
    ).to_be_visible()


def test_a_case_is_decided_and_found_again(chromium: Browser, address: str) -> None:
    page = open_page(chromium, f"{address}/overlaps")
    page.set_default_timeout(20_000)
    expect(page.get_by_text("12 Fälle ähnlicher Angebote")).to_be_visible()
    in_view(page, page.get_by_role("button", name=SAID["overlaps.decide_now"]))  # the first case is open at once
    choose(page, BREAKFAST)
    has(page, case="i021+i070")
    expect(page.get_by_role("heading", name="Begegnung und Nachbarschaft: 2 ähnliche Angebote")).to_be_visible()
    expect(page.get_by_role("columnheader", name="A · Familiencafé Elbaue")).to_be_visible()

    known_as(page, "Ada Lovelace")
    page.get_by_test_id("stForm").get_by_text(SAID["overlaps.verdict_wanted"], exact=True).click()
    save = page.get_by_role("button", name=SAID["overlaps.decide_now"])
    save.click()
    expect(page.get_by_test_id("stAlert").get_by_text(SAID["error.overlap_needs_reason"])).to_be_visible()
    expect(page.get_by_text(SAID["error.overlap_needs_reason_hint"])).to_be_visible()
    settle(page)  # the message moves what stands below it: until the run ends, the old fields stand there too
    page.get_by_role("textbox", name=SAID["overlaps.why"], exact=True).fill("Beide haben Stammgäste")
    settle(page)
    save.click()
    expect(page.get_by_test_id("stAlert").get_by_text("Entschieden: gewollte Mehrfachkapazität")).to_be_visible()
    expect(page.get_by_text("11 Fälle ähnlicher Angebote")).to_be_visible()

    settle(page)
    page.get_by_role("radio", name=SAID["overlaps.part_decided"]).click()
    settle(page)
    expect(page.get_by_text("am 22.11.2026 von Ada Lovelace: Beide haben Stammgäste")).to_be_visible()
    page.get_by_role("button", name=SAID["overlaps.history"]).first.click()
    expect(page.get_by_text("22.11.2026, Ada Lovelace: entschieden. Beide haben Stammgäste")).to_be_visible()


def test_from_the_first_page_a_case_is_decided_in_three_clicks(chromium: Browser, address: str) -> None:
    """The menu, the page, the decision; before, the case had to be chosen and searched for below the list as well."""
    page = open_page(chromium, address, 1280, 720)
    page.set_default_timeout(20_000)
    known_as(page, "Ada Lovelace")
    clicks = Clicks(page)
    clicks.on(page.get_by_test_id("stTopNavSection").filter(has_text=SAID["navigation.findings"]), "menu")
    clicks.on(page.get_by_test_id("stTopNavDropdownLink").filter(has_text=SAID["overlaps.nav"]), "page")
    save = page.get_by_role("button", name=SAID["overlaps.decide_now"])
    in_view(page, save)
    page.get_by_role("textbox", name=SAID["overlaps.why"], exact=True).fill("Ein Angebot genügt")
    clicks.on(save, "save")
    expect(page.get_by_text("Entschieden: Doppelstruktur").first).to_be_visible()
    clicks.at_most(3)
    page.context.close()


def choose(page: Page, case: str) -> None:
    """Open the case of this name in the list."""
    page.get_by_test_id("stRadio").get_by_text(case, exact=True).click()
    settle(page)


def in_view(page: Page, what: Locator) -> None:
    """It is whole on the screen, without scrolling."""
    box, window = what.bounding_box(), page.viewport_size
    assert box and window and box["y"] >= 0 and box["y"] + box["height"] <= window["height"], box
