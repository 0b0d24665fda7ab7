"""Bundling trainings in a real browser: a slider changes the plan, a proposal is forbidden, another one accepted."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.clicks import Clicks
from tests.browser.screenshots import give_name, has, open_page, settle
from tests.pages.said import texts

pytestmark = pytest.mark.browser

SAID = texts("de")
ROW = 35  # pixels of a row of a table, its header included
FIRST = "Sa 05.12.2026 · Interkulturelle Kompetenz für Ehrenamtliche"
SECOND = "Sa 12.12.2026 · Grundlagen interkultureller Verständigung"


def test_from_a_slider_to_an_accepted_merge(chromium: Browser, address: str, tmp_path: Path) -> None:
    page = open_page(chromium, f"{address}/trainings")
    page.set_default_timeout(20_000)
    page.get_by_role("radio", name=SAID["plan.view_plan"]).click()
    expect(page.get_by_text("34 statt 46 Termine würden genügen")).to_be_visible()
    settle(page)

    # dearer moves: fewer people change
    price = page.get_by_role("slider", name=SAID["plan.slider_price"])
    for _ in range(3):
        price.press("ArrowRight")
        settle(page)
    has(page, price="15")  # s098 and s112 stay: their moves weigh 188 and 333 €, holding them costs 180 and 240
    expect(page.get_by_text("36 statt 46 Termine würden genügen")).to_be_visible()
    for _ in range(3):
        price.press("ArrowLeft")
        settle(page)
    has(page, price=None)
    expect(page.get_by_text("34 statt 46 Termine würden genügen")).to_be_visible()

    # the first proposal must not be
    page.get_by_test_id("stDataFrame").first.click(position={"x": 20, "y": 1.5 * ROW})
    has(page, merge="s098|s105")
    expect(page.get_by_text("6 Personen wechseln: 7 Tage später")).to_be_visible()
    page.get_by_role("button", name=SAID["plan.ban"]).click()
    has(page, ban="s098|s105")
    expect(page.get_by_text(SAID["plan.not_in_plan"])).to_be_visible()
    page.get_by_role("button", name=SAID["plan.release"]).last.click()
    has(page, ban=None)
    expect(page.get_by_text(SAID["plan.not_in_plan"])).to_have_count(0)

    # accepting: first without a reason, then with one
    page.get_by_role("button", name=SAID["plan.accept"]).click()
    page.get_by_role("button", name=SAID["plan.accept_now"]).click()
    expect(page.get_by_text(SAID["plan.reason_missing"]).first).to_be_visible()
    page.get_by_label(SAID["plan.reason"], exact=True).fill("mit beiden abgesprochen")
    page.get_by_role("button", name=SAID["plan.accept_now"]).click()
    give_name(page, "Ada Lovelace")
    expect(page.get_by_role("heading", name=SAID["plan.decided_title"])).to_be_visible()
    page.screenshot(path=tmp_path / "accepted.png", full_page=True)
    page.context.close()

    again = open_page(chromium, f"{address}/trainings?trainings=plan&days=0")
    again.set_default_timeout(20_000)
    expect(again.get_by_text("45 statt 46 Termine würden genügen")).to_be_visible()  # what was accepted stays
    signed = "Angenommen von Ada Lovelace am 22.11.2026: mit beiden abgesprochen"
    expect(again.get_by_text(signed)).to_be_visible()
    merged = again.get_by_test_id("stMarkdown").filter(has_text=f"{FIRST} wird zusammengelegt mit {SECOND}")
    expect(merged.first).to_be_visible()
    again.context.close()


def test_the_plan_fits_a_telephone(chromium: Browser, address: str) -> None:
    page = open_page(chromium, f"{address}/trainings?trainings=plan&merge=s127|s121&plan=access", 390, 844)
    page.set_default_timeout(20_000)
    expect(page.get_by_test_id("stAlert")).to_contain_text("Wer aus Meinsdorf, Mühlstedt, Streetz/Natho kommt")
    assert page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth") <= 0
    page.context.close()


def test_a_click_on_a_hollow_circle_shows_its_merge(chromium: Browser, address: str) -> None:
    page = open_page(chromium, f"{address}/trainings?trainings=plan")
    page.set_default_timeout(20_000)
    goes = page.get_by_test_id("stPlotlyChart").first.locator("g.trace.scatter").last.locator("path.point").last
    goes.scroll_into_view_if_needed()
    box = goes.bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    settle(page)
    page.wait_for_function("() => new URLSearchParams(location.search).get('merge')")
    expect(page.get_by_role("link", name=SAID["plan.open_session"])).to_be_visible()
    page.context.close()


def test_a_free_seat_for_a_module_is_two_clicks_away(chromium: Browser, address: str) -> None:
    """The menu and the page: the line of the module says day and seats, without scrolling on a projector."""
    page = open_page(chromium, address, 1280, 720)
    page.set_default_timeout(20_000)
    clicks = Clicks(page)
    clicks.on(page.get_by_test_id("stTopNavSection").filter(has_text=SAID["navigation.stock"]), "menu")
    clicks.on(page.get_by_test_id("stTopNavDropdownLink").filter(has_text=SAID["trainings.nav"]), "page")
    for words in ("Trauma und seelische Gesundheit", "Do 14.01. · 10 frei"):
        box = page.locator(".annotation-text").filter(has_text=words).first.bounding_box()
        assert box and box["y"] + box["height"] <= 720, (words, box)
    clicks.at_most(2)
    page.context.close()
