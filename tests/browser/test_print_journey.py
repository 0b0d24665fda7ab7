"""Printing the flyer as staff: choose, read whom to confirm first, download, enter the print, see it listed."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.screenshots import give_name, open_page, said, settle

pytestmark = pytest.mark.browser


def test_the_flyer_is_printed_and_stands_in_the_register(chromium: Browser, address: str, tmp_path: Path) -> None:
    page = open_page(chromium, f"{address}/contact_points")
    page.get_by_text("Drucksachen", exact=True).click()
    settle(page)
    page.get_by_text("Faltblatt", exact=True).click()
    settle(page)
    page.get_by_text("im Büro, A4 zum Falten", exact=True).click()
    settle(page)
    said(page, "Zuerst bestätigen")
    expect(page.get_by_text("bestätigt nur bis").first).to_be_visible()
    with page.expect_download() as told:
        page.get_by_role("button", name="PDF herunterladen").click()
    told.value.save_as(tmp_path / "paper.pdf")
    assert told.value.suggested_filename == "faltblatt-de.pdf"
    assert (tmp_path / "paper.pdf").read_bytes().startswith(b"%PDF")
    page.get_by_text("Druck eintragen", exact=True).click()
    page.get_by_label("Exemplare", exact=True).fill("120")
    page.get_by_label("Gedruckt von (Stelle oder Funktion)").fill("Projektbüro")
    field = page.get_by_label("Andere Orte, mit Semikolon getrennt")
    field.fill("Theke im Bürgerbüro")
    field.press("Enter")
    settle(page)
    at = page.get_by_label("Exemplare: Theke im Bürgerbüro")
    at.fill("90")
    at.press("Enter")
    settle(page)
    said(page, "90 von 120 Exemplaren liegen an Orten, 30 im Büro.")
    page.get_by_role("button", name="In das Register eintragen").click()
    give_name(page, "Ada Muster")
    expect(page.get_by_text("Druckregister (4)", exact=True)).to_be_visible()
    lying = page.get_by_role("listitem")
    expect(lying.filter(has_text="Theke im Bürgerbüro: 90")).to_be_visible()
    expect(lying.filter(has_text="im Büro: 30")).to_be_visible()
    expect(page.get_by_text("Anlaufstellen auf dem Papier sind unverändert.").first).to_be_visible()
    page.close()
