"""A supposition on Weiße Flecken: what is supposed is seen, and taken back where it is said."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.screenshots import open_page, settle
from tests.pages.said import texts

pytestmark = pytest.mark.browser

SAID = texts("de")


def test_a_supposition_is_seen_and_taken_back_where_it_is_said(chromium: Browser, address: str) -> None:
    supposed = '{"growth":[{"target_group_id":"children","district_id":"16","persons":50}]}'
    page = open_page(chromium, f"{address}/gaps?suppose={supposed}")
    for button in ("suppose.remove", "suppose.clear", "suppose.keep"):
        expect(page.get_by_role("button", name=SAID[button])).to_be_in_viewport()
    page.get_by_role("button", name=SAID["suppose.title_on"]).click()
    settle(page)
    opened, title = page.get_by_test_id("stPopoverBody").bounding_box(), page.locator("h1").bounding_box()
    assert opened and title and opened["y"] >= title["y"] + title["height"]
    page.keyboard.press("Escape")
    page.get_by_role("button", name=SAID["suppose.remove"]).click()
    settle(page)
    expect(page.get_by_text("Angenommen, nicht wirklich")).to_have_count(0)
