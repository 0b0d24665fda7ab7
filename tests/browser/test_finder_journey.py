"""Somebody who wants to help finds a place and a phone number on a telephone, with at most six touches."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser.screenshots import has, open_page, settle
from tests.pages.said import texts

pytestmark = pytest.mark.browser
SAID = texts("de")
WIDTH, HEIGHT = 390, 844
MOST_TOUCHES = 6
PLACED = "() => document.querySelector(\"[data-testid='stMain']\").scrollTop"


def test_a_place_and_a_number_within_six_touches(chromium: Browser, address: str, tmp_path: Path) -> None:
    page = open_page(chromium, f"{address}/contact_points?contact_points=finder", WIDTH, HEIGHT)
    page.set_default_timeout(20_000)
    touches = 0

    def touch(target: Locator) -> None:
        nonlocal touches
        target.scroll_into_view_if_needed()
        box = target.bounding_box()
        assert box and box["height"] >= 28 and box["x"] >= 0 and box["x"] + box["width"] <= WIDTH
        target.click()
        touches += 1
        settle(page)

    touch(page.get_by_role("radio", name="Wohnen und Leben"))
    touch(page.get_by_role("radio", name=SAID["finder.slot_name_morning"]))
    touch(page.get_by_test_id("stSelectbox").locator("input"))
    touch(page.get_by_role("option", name="Innerstädtischer Bereich Mitte"))
    touch(page.get_by_role("button", name=SAID["finder.search"], exact=True))
    has(page, search="yes", what="living", when="morning", **{"from": "02"})

    assert page.evaluate(PLACED) == 0  # the answers begin where the eye is
    numbers = page.locator("a[href^='tel:+']")
    expect(numbers).to_have_count(3)
    expect(page.get_by_test_id("stMain").get_by_text("Ihr Handlungsfeld Wohnen und Leben: ").first).to_be_visible()
    number = numbers.first
    number.scroll_into_view_if_needed()
    assert (
        number.get_attribute("href") == f"tel:{''.join(sign for sign in number.inner_text() if sign in '+0123456789')}"
    )
    touches += 1  # the number itself; there is no telephone here
    assert touches <= MOST_TOUCHES
    assert page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth") <= 0
    pictures = Path(os.environ.get("ESDASH_PICTURES") or tmp_path)
    pictures.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=pictures / "finder-answers-390.png")

    again = open_page(chromium, page.url, WIDTH, HEIGHT)  # the address carries the answers to somebody else
    expect(again.locator("a[href^='tel:+']")).to_have_count(3)
    again.context.close()
    page.context.close()
