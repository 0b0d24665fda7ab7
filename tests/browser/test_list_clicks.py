"""The priority list as a PDF for the meeting, counted in clicks from Lagebild."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.clicks import Clicks
from tests.browser.screenshots import open_page
from tests.pages.said import texts
from tests.provide import pdftotext

pytestmark = pytest.mark.browser

SAID = texts("de")


def test_the_list_as_a_pdf_takes_two_clicks(chromium: Browser, address: str, tmp_path: Path) -> None:
    page = open_page(chromium, address)
    clicks = Clicks(page)
    there = page.get_by_test_id("stMain").locator("a[href*='priorities=list']").first
    clicks.on(there, "Prioritätenliste")
    with page.expect_download() as coming:
        clicks.on(page.get_by_role("button", name=SAID["items.pdf"]), "Als PDF")
    clicks.at_most(2)
    file = tmp_path / coming.value.suggested_filename
    coming.value.save_as(file)
    assert file.name == "esdash-priorities-2026-11-22.pdf"
    said = subprocess.run([pdftotext(), file, "-"], capture_output=True, text=True, check=True).stdout
    assert "Entwurf der Fassung 3" in said and "Lernhilfe in Alten aufbauen" in said
