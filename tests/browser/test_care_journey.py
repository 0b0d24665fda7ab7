"""Keeping the inventory true, in a real browser: two records become one and two again, and one click confirms."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.screenshots import known_as, open_page, settle

pytestmark = pytest.mark.browser

ROW = 35  # pixels of a row of a table, its header included
PAIR = "care?care=doubles&doubles=initiative"


def visit(chromium: Browser, address: str, width: int = 1280, height: int = 720) -> Page:
    page = open_page(chromium, address, width, height)
    page.set_default_timeout(20_000)
    return page


def name(page: Page) -> None:
    known_as(page, "Ada Lovelace")


def test_two_records_become_one_and_two_again(chromium: Browser, address: str, tmp_path: Path) -> None:
    page = visit(chromium, f"{address}/{PAIR}")
    name(page)
    expect(page.get_by_role("heading", name="Sehr wahrscheinlich derselbe Eintrag")).to_be_visible()
    row = page.get_by_role("row").filter(has_text="Beschreibung")
    expect(row).to_contain_text("Offenes Café für Zugewanderte und Nachbarschaft.")
    expect(row).to_contain_text("Schreibweise verschieden, 85")

    page.get_by_role("button", name="Zusammenführen …").click()
    expect(page.get_by_role("heading", name="Was dann geschieht")).to_be_visible()
    page.get_by_test_id("stForm").get_by_text("kostenfrei", exact=True).click()  # it may stand in the table above too
    page.get_by_label("Grund (freiwillig)").fill("Tippfehler")
    page.get_by_role("button", name="Zusammenführen", exact=True).click()
    expect(page.get_by_test_id("stAlert").first).to_contain_text("Zusammengeführt: „Begegnungs-Cafe Rosslau“")
    page.screenshot(path=tmp_path / "merged.png")

    old = visit(chromium, f"{address}/initiatives?id=i076")
    expect(old.get_by_role("heading", level=1)).to_have_text("Begegnungscafé Roßlau")
    expect(old.get_by_text("kostenfrei", exact=True)).to_be_visible()
    old.context.close()

    page.get_by_text("Zusammengeführt (1)").click()
    expect(page.get_by_text("Ada Lovelace · Tippfehler")).to_be_visible()
    settle(page)  # a button that is being drawn anew loses a click
    page.get_by_role("button", name="Rückgängig machen").last.click()
    settle(page)
    expect(page.get_by_role("row").filter(has_text="Kosten")).to_contain_text("Spende erbeten")
    expect(page.get_by_text("Zusammengeführt (1)")).to_have_count(0)
    page.context.close()
    again = visit(chromium, f"{address}/initiatives?id=i076")
    expect(again.get_by_role("heading", level=1)).to_have_text("Begegnungs-Cafe Rosslau")
    again.context.close()


def test_what_is_ticked_is_confirmed(chromium: Browser, address: str) -> None:
    page = visit(chromium, f"{address}/care?care=stale&stale=course")
    name(page)
    expect(page.get_by_role("heading", name="80 Einträge warten auf Bestätigung")).to_be_visible()
    expect(page.get_by_role("button", name="Auswahl bestätigen")).to_be_disabled()
    page.get_by_test_id("stDataFrame").last.click(position={"x": 20, "y": 1.5 * ROW})
    page.get_by_role("button", name="1 Eintrag bestätigen").click()
    expect(page.get_by_role("heading", name="79 Einträge warten auf Bestätigung")).to_be_visible()
    expect(page.get_by_role("button", name="Auswahl bestätigen")).to_be_disabled()  # nothing is ticked any more
    page.context.close()


def test_a_mail_opens_with_its_text_on_a_telephone(chromium: Browser, address: str) -> None:
    page = visit(chromium, f"{address}/care", 390, 844)
    page.get_by_role("button", name="E-Mail vorbereiten").first.click()
    window = page.get_by_role("dialog")
    expect(window).to_contain_text("info@gruenweiss-musterstadt.example.org")
    link = window.get_by_role("link", name="Im E-Mail-Programm öffnen")
    assert str(link.get_attribute("href")).startswith("mailto:info@gruenweiss-musterstadt.example.org?subject=Kurze%20")
    wider = page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth")
    assert wider <= 0
    page.context.close()
