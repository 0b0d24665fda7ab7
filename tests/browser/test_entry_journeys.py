"""Entering by hand in a real browser: a warning before a double, a point on the map, two people on one record."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.screenshots import known_as, open_page, said, served, settle

pytestmark = pytest.mark.browser
expect.set_options(timeout=20_000)

Window = Callable[..., Page]


@pytest.fixture(scope="module")
def window(chromium: Browser, example_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Window]:
    """window(query, name): a visitor who gave a name and opened the form, on one server for this file."""
    folder, opened = tmp_path_factory.mktemp("entry"), chromium
    (folder / "inventory.duckdb").write_bytes(example_made.read_bytes())
    with served(folder / "inventory.duckdb", log=folder / "log") as address:

        def visit(query: str, name: str = "Ada Probe", height: int = 720) -> Page:
            page = open_page(opened, f"{address}/entry?{query}", height=height)
            known_as(page, name)
            return page

        yield visit
        assert "Traceback" not in (folder / "log").read_text(encoding="utf-8")
        for context in opened.contexts:
            context.close()


@pytest.fixture
def kept(tmp_path: Path) -> Callable[[Page, str], None]:
    """Keep a picture of a moment beside the test."""
    return lambda page, name: page.screenshot(path=tmp_path / f"{name}.png") and None


def write(page: Page, label: str, entry: str) -> None:
    """Type into a field and leave it."""
    page.get_by_role("textbox", name=label, exact=False).fill(entry)
    page.keyboard.press("Tab")
    settle(page)


def choose(page: Page, label: str, search: str) -> None:
    """Search in a list and take the first that is found."""
    page.get_by_role("combobox", name=label, exact=False).fill(search)
    page.get_by_role("option").filter(has_text=search).first.wait_for()
    page.keyboard.press("Enter")
    settle(page)


def press(page: Page, label: str) -> None:
    page.get_by_role("button", name=label, exact=True).click()
    settle(page)


def query(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def shown(page: Page) -> str:
    return page.get_by_test_id("stMain").inner_text()


def test_add_with_a_duplicate_warning(window: Window, kept: Callable[[Page, str], None]) -> None:
    page = window("table=initiative&new=1")
    write(page, "Angebot", "Sprachcafe am Stadtpark")
    warning = page.get_by_text("Das gibt es vielleicht schon", exact=False)
    expect(warning).to_be_visible()  # before anything was pressed
    kept(page, "warning")
    expect(page.get_by_role("button", name="Speichern", exact=True)).to_have_count(0)
    # It is another one: with a name of its own the warning goes, and the other entries stay.
    choose(page, "Träger", "Wortreich")
    write(page, "Angebot", "Zirkuswerkstatt Kunterbunt")
    expect(warning).to_have_count(0)
    page.get_by_role("button", name="Speichern", exact=True).dblclick()
    said(page, "Zirkuswerkstatt Kunterbunt ist angelegt.")
    kept(page, "saved")
    assert query(page) == {"table": ["initiative"], "id": ["zirkuswerkstatt-kunterbunt"]}
    # The double click saved once: only one resembles the next.
    page.get_by_text("Noch eins erfassen").click()
    settle(page)
    expect(page.get_by_role("textbox", name="Angebot")).to_have_value("")
    write(page, "Angebot", "Zirkuswerkstatt Kunterbunt")
    expect(page.get_by_text("Zirkuswerkstatt Kunterbunt öffnen")).to_have_count(1)
    press(page, "Trotzdem neu anlegen")  # the provider is still missing
    expect(page.get_by_text("Noch nicht gespeichert", exact=False)).to_be_visible()
    press(page, "Abbrechen")
    expect(page.get_by_text("Eingaben verwerfen?")).to_be_visible()
    press(page, "Verwerfen")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page).to_have_url(re.compile(r"/entry(\?table=initiative)?$"))


def test_a_place_by_a_click_on_the_map(window: Window, kept: Callable[[Page, str], None]) -> None:
    page = window("table=location&new=1", height=1400)
    write(page, "Name des Ortes", "Treff am Klick")
    page.get_by_text("Auf der Karte wählen").click()
    plot = page.locator(".js-plotly-plot")
    expect(plot).to_be_visible()
    point = page.get_by_role("textbox", name="Koordinaten")
    points = []
    for across, down in ((0.5, 0.6), (0.45, 0.55)):  # first in the city, then in its surroundings
        settle(page)
        box = plot.bounding_box()
        assert box is not None
        page.mouse.click(box["x"] + box["width"] * across, box["y"] + box["height"] * down)
        expect(point).not_to_have_value(points[-1] if points else "")
        settle(page)
        points.append(point.input_value())
    kept(page, "map")
    (lat1, lon1), (lat2, lon2) = ([float(part) for part in point.split(", ")] for point in points)
    assert 51.7 < lat1 < 52 and 12 < lon1 < 12.4  # in the city
    assert 0 < abs(lat1 - lat2) < 0.011 and 0 < abs(lon1 - lon2) < 0.018  # at most half the window of 2.4 km
    expect(page.get_by_role("combobox", name="Stadtbezirk")).not_to_have_value("")
    press(page, "Speichern")
    said(page, "Treff am Klick ist angelegt.")


def test_edit_conflict_in_two_windows(window: Window, kept: Callable[[Page, str], None]) -> None:
    mine, other = (window("table=initiative&id=i003&edit=1", name) for name in ("Ada Probe", "Ben Andersmann"))

    def number(page: Page, label: str, entry: str) -> None:
        page.get_by_role("spinbutton", name=label).fill(entry)
        page.keyboard.press("Tab")
        settle(page)

    number(other, "Plätze pro Woche", "20")
    number(other, "Warteliste", "")
    press(other, "Speichern")
    said(other, "ist gespeichert.")
    number(mine, "Plätze pro Woche", "15")
    number(mine, "Ehrenamtliche aktiv", "7")
    press(mine, "Speichern")
    expect(mine.get_by_role("heading", name="Jemand war schneller")).to_be_visible()
    kept(mine, "conflict")
    assert "Ben Andersmann" in shown(mine) and "unbekannt" in shown(mine)
    press(mine, "Auswahl speichern")
    expect(mine.get_by_text("fehlt noch Ihre Wahl (Plätze pro Woche)", exact=False)).to_be_visible()
    mine.get_by_role("radio", name="Meine Fassung").first.click()
    settle(mine)
    press(mine, "Auswahl speichern")
    said(mine, "ist gespeichert.")
    # What both agreed on: my places and helpers, the other's waiting list.
    after = window("table=initiative&id=i003&edit=1", "Cem")
    entries = [after.get_by_role("spinbutton", name=name).input_value() for name in
               ("Plätze pro Woche", "Warteliste", "Ehrenamtliche aktiv")]  # fmt: skip
    assert entries == ["15", "", "7"]
