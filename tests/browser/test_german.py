"""No English word stands on a German page: in its text, in what its fields say and in what opens at a click.

What is English: every word of our English texts and of those that Streamlit writes that our German texts do not have.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from esdash.serve import browser as served
from tests.browser.screenshots import PAGES, ROOT, open_page, open_window, settle

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# Words of the English texts that may stand on a German page, each with the reason.
ACCEPTED = {
    "november": "a month is called the same",
    "st": "Sankt, in the name of a parish of the example",
    "integration": "the same in both; in the name of the network",
    "by": "in the name of a licence (CC BY)",
    "earth": "in the name of a source of the map (Natural Earth)",
}
# Everything that people read or that is read out to them; the names of icons are drawn as pictures.
SAID = """
    () => {
        const found = new Set(), icons = "script, style, [data-testid=stIconMaterial]";
        const texts = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
        while (texts.nextNode())
            if (!texts.currentNode.parentElement.closest(icons)) found.add(texts.currentNode.nodeValue);
        const names = "placeholder aria-label aria-valuetext aria-description title alt data-title";
        for (const name of names.split(" "))
            for (const element of document.querySelectorAll(`[${name}]`)) found.add(element.getAttribute(name));
        return [...found];
    }
"""
OPEN = "document.querySelectorAll('details:not([open]) > summary').forEach(closed => closed.click())"
# Tables are drawn, their texts stand nowhere.
DRAWN = """
    window.drawn = new Set();
    const draw = CanvasRenderingContext2D.prototype.fillText;
    CanvasRenderingContext2D.prototype.fillText = function (text, ...more) {
        drawn.add(text);
        return draw.call(this, text, ...more);
    };
"""
FEW = 2  # selections of a page that are opened: all are of two kinds


def _words(text: str) -> set[str]:
    """The words of a text, without what is inserted, and without mail and web addresses, which are names."""
    plain = re.sub(r"\{[^}]*\}|\S+(?:@|://)\S+", " ", text)
    return {word.lower() for word in re.findall(r"[^\W\d_]{2,}", plain)}


def _texts(folder: str) -> set[str]:
    def said(entry: Any) -> Iterable[str]:
        return [text for one in entry.values() for text in said(one)] if isinstance(entry, dict) else [str(entry)]

    files = sorted((ROOT / "esdash" / "texts" / folder).rglob("*.toml"))
    return {word for file in files for text in said(tomllib.loads(file.read_text("utf-8"))) for word in _words(text)}


def _english() -> set[str]:
    streamlits = [pair for place in served.words().values() for pair in place.items()]
    english = _texts("en") | {word for one, _ in streamlits for word in _words(one)}
    return english - _texts("de") - {word for _, one in streamlits for word in _words(one)} - set(ACCEPTED)


ENGLISH = _english()


def _found(page: Page) -> set[str]:
    """The English texts of the page as it is now."""
    return {text.strip() for text in page.evaluate(SAID) if _words(text) & ENGLISH}


def test_the_words_that_are_looked_for_are_english() -> None:
    assert {"the", "and", "upload", "search", "select", "choose", "results", "error", "month", "close"} <= ENGLISH
    assert not {"der", "und", "Datei", "in", "Status"} & ENGLISH


@pytest.mark.parametrize("name", PAGES)
def test_no_page_has_an_english_word(chromium: Browser, address: str, name: str) -> None:
    page = open_page(chromium, f"{address}/{'' if name == PAGES[0] else name}", locale="en-US")
    page.evaluate(OPEN)
    settle(page)
    found = _found(page)
    for button in page.get_by_test_id("stPopoverButton").all():
        if button.is_visible() and button.is_enabled():
            button.click()
            settle(page)
            found |= _found(page)
            page.keyboard.press("Escape")
    for choice in [one for one in page.locator("[role=combobox]").all() if one.is_visible()][:FEW]:
        choice.click()
        page.keyboard.type("qqq")  # nothing is called so
        settle(page)
        found |= _found(page)
        page.keyboard.press("Escape")
    assert found == set()
    page.context.close()


def test_the_pages_on_a_telephone_are_offered_in_german(chromium: Browser, address: str) -> None:
    page = open_page(chromium, f"{address}/method", width=390, height=844, locale="en-US")
    page.get_by_role("button", name="Seiten zeigen").click()
    expect(page.get_by_role("button", name="Seiten verbergen")).to_be_attached()
    assert _found(page) == set()
    page.context.close()


def test_a_table_says_nothing_in_english(chromium: Browser, address: str) -> None:
    page = open_page(chromium, f"{address}/initiatives", height=1000, locale="en-US")
    found: set[str] = set()
    table = page.get_by_test_id("stDataFrame").first
    for button in table.get_by_test_id("stElementToolbarButton").get_by_role("button").all():
        table.hover()
        button.hover()
        expect(page.get_by_test_id("stTooltipContent")).to_be_visible()
        found |= _found(page)
    table.get_by_role("button", name="Suchen").click()
    page.keyboard.type("Sprach")
    expect(page.get_by_test_id("search-result-area")).to_contain_text("Treffer")
    found |= _found(page)
    page.keyboard.press("Escape")
    grid = table.get_by_test_id("stDataFrameResizable")
    box = grid.bounding_box() or {}
    for along in range(0, int(box["width"]), 12):  # the sign of the menu is at the end of a column
        page.mouse.click(box["x"] + along, box["y"] + 17)
        if page.get_by_test_id("stDataFrameColumnMenu").count():
            break
    expect(page.get_by_test_id("stDataFrameColumnMenu")).to_contain_text("Aufsteigend sortieren")
    assert found | _found(page) == set()
    page.context.close()


def test_no_fault_of_a_field_is_told_in_english(chromium: Browser, address: str) -> None:
    page = open_page(chromium, f"{address}/entry?table=initiative&new=1", locale="en-US")
    page.evaluate(OPEN)
    settle(page)
    number = page.get_by_test_id("stNumberInputField").first
    number.fill("-3")
    number.press("Enter")
    page.get_by_test_id("stTooltipErrorHoverTarget").first.hover()
    expect(page.get_by_test_id("stTooltipErrorContent")).to_contain_text("Die Zahl ist zu klein.")
    found = _found(page)
    page.get_by_test_id("stDateInputCalendarButton").first.click()
    expect(page.get_by_test_id("stDateInputCalendar")).to_be_visible()
    assert found | _found(page) == set()
    page.context.close()


def test_a_refused_file_is_refused_in_german(chromium: Browser, address: str) -> None:
    page = open_page(chromium, f"{address}/imports", locale="en-US")
    large = {"name": "liste.csv", "mimeType": "text/csv", "buffer": b"x" * 21 * 1024 * 1024}
    page.get_by_test_id("stFileUploaderDropzoneInput").first.set_input_files(large)  # type: ignore[arg-type]
    expect(page.get_by_test_id("stFileUploader").first).to_contain_text("Die Datei darf höchstens 20,0 MB groß sein.")
    assert _found(page) == set()
    page.context.close()


@pytest.mark.parametrize(("query", "locale", "decimal"), [("", "en-US", ","), ("?lang=en", "de-DE", ".")])
def test_numbers_of_tables_follow_the_page_and_not_the_browser(
    chromium: Browser, address: str, query: str, locale: str, decimal: str
) -> None:
    page = open_window(chromium, height=1400, locale=locale)
    page.add_init_script(DRAWN)
    page.goto(f"{address}/gaps{query}")
    settle(page)
    page.get_by_test_id("stDataFrame").last.scroll_into_view_if_needed()
    settle(page)
    signs = {found[1] for text in page.evaluate("[...drawn]") if (found := re.fullmatch(r"\d+([.,])\d", text))}
    assert signs == {decimal}
    page.context.close()
