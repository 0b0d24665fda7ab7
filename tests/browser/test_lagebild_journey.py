"""Lagebild in clicks: what changed since the last meeting, the list of it, the worst gap with its evidence."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.clicks import Clicks
from tests.browser.screenshots import open_page, settle
from tests.pages.said import texts

pytestmark = pytest.mark.browser

SAID = texts("de")


def test_what_changed_and_its_list(chromium: Browser, address: str) -> None:
    page = open_page(chromium, f"{address}/?lang=de", 1280, 720)
    clicks = Clicks(page)
    clicks.on(page.get_by_role("link", name=SAID["overview.all_changes"]), "Alle Änderungen")
    expect(page.get_by_role("heading", name=SAID["changes.title"])).to_be_visible()
    settle(page)
    answer = page.get_by_text(re.compile(r"^Seit dem 16\.09\.2026: 7 neue Angebote; 1 läuft nicht mehr;"))
    expect(answer).to_be_in_viewport()
    clicks.at_most(1)
    clicks.on(page.get_by_role("button", name="21 geändert"), "21 geändert")
    heading = page.get_by_role("heading", name="Angebote, geändert: 21")
    expect(heading).to_be_in_viewport()
    expect(page.get_by_test_id("stDataFrame").first).to_be_in_viewport()
    clicks.at_most(2)
    page.context.close()


def test_the_worst_gap_and_everything_in_sight(chromium: Browser, address: str) -> None:
    page = open_page(chromium, f"{address}/?lang=de", 1280, 720)
    parts = [page.get_by_text("Gedeckt sind"), page.get_by_text(SAID["overview.waiting"])]
    parts += [page.get_by_test_id("stMetric").last, page.get_by_test_id("stPlotlyChart").first]
    parts += [page.get_by_role("link", name=re.compile("Nächste Sitzung am"))]
    for part in parts:
        expect(part).to_be_in_viewport(ratio=1)
    clicks = Clicks(page)
    clicks.on(page.get_by_role("link", name=re.compile("^Größte Lücke")), "Größte Lücke")
    expect(page.get_by_role("heading", name=SAID["gaps.title"])).to_be_visible()
    settle(page)
    evidence = page.get_by_role("heading", name=re.compile("^Nachweis: Lernhilfe und Hausaufgaben")).first
    expect(evidence).to_be_in_viewport()
    expect(page.get_by_text(re.compile("Personen .*, je 100 werden .* Plätze gebraucht")).first).to_be_in_viewport()
    clicks.at_most(1)
    page.context.close()
