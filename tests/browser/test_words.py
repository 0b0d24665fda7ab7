"""The words that Streamlit writes, German on German pages and its own on English ones; the width of the window."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.screenshots import has, open_page, settle

pytestmark = pytest.mark.browser


def _evaluated(page: Page, what: str) -> object:
    return page.evaluate(what)


def test_the_page_becomes_german_and_english_again(chromium: Browser, address: str) -> None:
    page = open_page(chromium, f"{address}/imports", locale="en-US")
    drop = page.get_by_test_id("stFileUploaderDropzone").first
    expect(drop.locator("button p")).to_have_text("Datei wählen")
    expect(drop).to_contain_text("höchstens 20 MB")
    assert _evaluated(page, "document.documentElement.lang") == "de"
    page.get_by_test_id("stButtonGroup").get_by_text("EN", exact=True).click()
    has(page, lang="en")
    expect(drop.locator("button p")).to_have_text("Upload")
    expect(drop).to_contain_text("20MB per file")
    assert _evaluated(page, "[document.documentElement.lang, navigator.language]") == ["en", "en-GB"]
    page.get_by_role("button", name="Findings").click()  # a link to another page has no language for a moment
    page.get_by_role("menuitem", name="Gaps in provision").or_(
        page.get_by_role("link", name="Gaps in provision")
    ).first.click()
    has(page, lang="en")
    assert _evaluated(page, "document.documentElement.lang") == "en"
    page.get_by_test_id("stButtonGroup").get_by_text("DE", exact=True).click()
    has(page, lang=None)
    assert _evaluated(page, "[document.documentElement.lang, navigator.language]") == ["de", "de-DE"]
    page.context.close()


def test_a_day_is_typed_as_it_is_shown(chromium: Browser, address: str) -> None:
    page = open_page(chromium, f"{address}/entry?table=initiative&new=1", locale="en-US")
    page.evaluate("document.querySelectorAll('details:not([open]) > summary').forEach(closed => closed.click())")
    settle(page)
    field = page.get_by_test_id("stDateInputField").first
    assert "".join(field.inner_text().split()) == "TT.MM.JJJJ"
    field.locator("[data-type=day]").click()
    page.keyboard.type("04052027")
    settle(page)
    assert field.locator("input").get_attribute("value") == "2027-05-04"
    assert field.locator("[data-type=month]").get_attribute("aria-valuetext") == "05 – Mai"
    page.get_by_test_id("stDateInputCalendarButton").first.click()
    calendar = page.get_by_test_id("stDateInputCalendar")
    expect(calendar).to_contain_text("Mai")
    expect(calendar.get_by_role("button", name="Nächster Monat")).to_be_visible()
    page.context.close()


def test_the_server_knows_a_narrow_window_at_its_first_run(chromium: Browser, address: str) -> None:
    for width, said in ((390, "1"), (1280, "0")):
        page = open_page(chromium, f"{address}/method", width=width)
        cookies = {cookie["name"]: cookie["value"] for cookie in page.context.cookies()}
        assert cookies["esdash_narrow"] == said
        page.context.close()
