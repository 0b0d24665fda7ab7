"""The meeting on the projector: large, one thing per screen, moved by the arrow keys; also embedded."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.screenshots import has, open_page, settle
from tests.pages.said import texts

pytestmark = pytest.mark.browser

SAID = texts("de")
SMALLEST = 28  # pixels at 1280 × 720, read from six metres
MOST_WORDS = 12
# Every word that the room reads, with its size; buttons and links are for whoever stands at the keyboard.
WORDS = """
    () => [...document.querySelectorAll("[data-testid='stMarkdown'], [data-testid='stHeading']")]
        .filter(part => !part.closest('button, a'))
        .flatMap(part => [...part.querySelectorAll('h1, h2, h3, h4, h5, h6, p, li')])
        .map(part => [part.textContent, parseFloat(getComputedStyle(part).fontSize)])
"""
BARS = "[data-testid='stSidebar'], [data-testid='stTopNavLink'], [data-testid='stTopNavSection']"


def shown(page: Page) -> list[tuple[str, float]]:
    """The words of the screen with their sizes; the heading is the first of the largest ones."""
    found: list[Any] = page.evaluate(WORDS)
    return [(str(words), float(size)) for words, size in found if str(words).strip()]


@pytest.mark.parametrize("embedded", ["", "&embed=true"])
def test_every_screen_is_read_from_the_back_of_the_room(chromium: Browser, address: str, embedded: str) -> None:
    page = open_page(chromium, f"{address}/meetings?meeting=m02&present=1{embedded}")
    page.set_default_timeout(20_000)
    headings: list[str] = []
    last = 4 if embedded else 12  # the meeting, what changed, nine points, the last one
    for screen in range(1, last + 1):
        has(page, present=str(screen))
        expect(page.get_by_text(f"{screen}/12")).to_be_visible()
        settle(page)
        words = shown(page)
        assert [(said, size) for said, size in words if size < SMALLEST] == []
        assert page.locator(BARS).count() == 0
        heading = next(said for said, size in words if size > 40)
        assert len(heading.split()) <= MOST_WORDS, heading
        headings.append(heading)
        buttons = page.get_by_role("button", name=SAID["present.on"]).bounding_box()
        assert buttons and buttons["y"] + buttons["height"] <= 720  # nothing pushes them out of sight
        page.keyboard.press("ArrowRight")
        settle(page)
    assert headings[0] == "Steuerungsgruppe, zweite Sitzung" and len(set(headings)) == last
    if not embedded:
        assert headings[-1] == SAID["present.last"]
        page.keyboard.press("ArrowLeft")
        has(page, present="11")
