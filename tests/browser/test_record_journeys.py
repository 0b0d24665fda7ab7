"""Keeping records true in a real browser: confirming several with one click, erasing a person for good."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from esdash.inventory import Inventory, backups, city, create, default_city, open_file
from esdash.inventory.access import Action
from esdash.inventory.file.attaching import backup_folder
from tests.browser.in_sight import on_a_telephone, on_one_screen
from tests.browser.screenshots import known_as, open_page, said, served, settle
from tests.browser.test_journeys import click_row, download, has, title_is, xlsx_rows
from tests.conftest import NOW
from tests.pages.said import texts
from tests.people import OFFICE

pytestmark = pytest.mark.browser

DE = texts("de")
PERSON = "Zenobia Quittenfeld"


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small inventory with a person in a contact, in a note, in the log and in a backup."""
    path = tmp_path_factory.mktemp("office") / "inventory.duckdb"
    create(path, "public", fill, OFFICE, clock=lambda: NOW)
    inventory = open_file(path, clock=lambda: NOW)
    backup_folder(path).mkdir(exist_ok=True)
    backups.write(inventory, backup_folder(path) / "before.duckdb", OFFICE)
    inventory.close()
    return path


def fill(inventory: Inventory) -> None:
    with inventory.change(OFFICE, Action.EDIT_RECORDS, f"Anruf von {PERSON}") as change:
        city.load(change, default_city())
        change.insert("organization", [{"organization_id": "o1", "name": "Verein Eins"}])
        change.insert("location", [{"location_id": f"l{n}", "name": f"Haus {n}"} for n in range(6)])
        contact = {"contact_id": "c1", "organization_id": "o1", "role": "Lotsin am Abend", "name": PERSON}
        change.insert("contact", [contact | {"consent_scope": "internal"}])
        offer = {"initiative_id": "i1", "organization_id": "o1", "name": "Lesekreis"}
        change.insert("initiative", [offer | {"note": f"{PERSON} hat den Schlüssel"}])


@pytest.fixture(scope="module")
def address(path: Path) -> Iterator[str]:
    with served(path) as opened:
        yield opened


@pytest.fixture
def page(chromium: Browser, address: str, tmp_path: Path) -> Iterator[Page]:
    opened = open_page(chromium, f"{address}/entry?table=location&light=due")
    yield opened
    opened.screenshot(path=tmp_path / "end.png")
    opened.context.close()


def to_check(page: Page) -> int:
    found = re.search(r"bei (\d+) davon", page.get_by_test_id("stMain").inner_text())
    assert found
    return int(found[1])


def to_check_is(page: Page, number: int) -> None:
    expect(page.get_by_test_id("stMain")).to_contain_text(f"bei {number} davon")


def button(page: Page, name: str) -> None:
    ours = page.locator("button:not([aria-haspopup='listbox'])")  # the arrow of a list is called "Öffnen" as well
    page.get_by_role("button", name=name, exact=True).and_(ours).click()
    settle(page)


def test_several_records_are_confirmed_with_one_click(page: Page) -> None:
    before = to_check(page)
    known_as(page, "Ada Muster")
    for number in (1, 3):  # below the table nothing moves while one chooses
        click_row(page, number)
        settle(page)
    button(page, DE["action.assure_selected"].format(n=2))
    said(page, "2 Einträge bestätigt.")
    to_check_is(page, before - 2)
    expect(page.get_by_role("button", name=DE["action.assure"], exact=True)).to_be_disabled()  # none is chosen now

    click_row(page, 1)
    settle(page)
    button(page, DE["action.open"])
    expect(page.get_by_text("Ort", exact=True).first).to_be_visible()
    button(page, DE["action.assure"])
    said(page, "stimmt noch. Eingetragen am 22.11.2026 von: Ada Muster.")
    expect(page.get_by_text("Ada Muster · von Hand")).to_be_visible()
    _, content = download(page, DE["word.download_xlsx"])
    _, rows = xlsx_rows(content)
    assert {row["Wer"] for row in rows if row["Feld"] == "Bestätigt von"} >= {"Ada Muster"}
    button(page, DE["record.back"])
    title_is(page, DE["entry.title"])
    to_check_is(page, before - 3)
    assert "light=due" in page.url  # the list is as it was left


def test_a_link_to_another_record_is_in_the_address(page: Page, address: str) -> None:
    page.goto(f"{address}/entry?id=i1")
    settle(page)
    page.get_by_role("link", name="Verein Eins →", exact=True).click()
    title_is(page, "Verein Eins")
    has(page, table="organization", id="o1")
    page.get_by_role("link", name=f"{DE['record.new_initiative']} →", exact=True).click()
    has(page, table="initiative", new="1", organization="o1", id=None)
    page.go_back()
    title_is(page, "Verein Eins")
    page.go_back()
    title_is(page, "Lesekreis")


def test_a_person_is_erased(page: Page, address: str, path: Path) -> None:
    assert PERSON.encode() in path.read_bytes()
    page.goto(f"{address}/entry?table=contact&search=Quittenfeld")
    settle(page)
    known_as(page, "Ada Muster")
    click_row(page, 1)
    settle(page)
    button(page, DE["action.open"])
    title_is(page, "Lotsin am Abend")
    expect(page.get_by_text(PERSON, exact=True)).to_be_visible()
    button(page, DE["action.more"])
    button(page, DE["erase.open"])
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text(DE["erase.final"])).to_be_visible()
    button(page, DE["erase.now"])
    expect(dialog.get_by_text(DE["erase.needs_reason"])).to_be_visible()  # nothing has happened yet
    dialog.get_by_role("textbox", name=DE["erase.reason"], exact=True).fill("Wunsch vom 20.11.")
    dialog.get_by_text(DE["erase.understood"]).click()
    button(page, DE["erase.now"])
    said(page, "Die Person ist gelöscht")
    said(page, DE["erase.backups_one"].format(n=1))
    expect(dialog).to_have_count(0)
    assert "Quittenfeld" not in page.content() + page.url
    held = [file for file in path.parent.rglob("*") if file.is_file() and b"Quittenfeld" in file.read_bytes()]
    assert held == []
    for query in ("id=i1", "table=contact&search=Quittenfeld"):  # the running dashboard goes on
        page.goto(f"{address}/entry?{query}")
        settle(page)
        assert "Quittenfeld" not in page.get_by_test_id("stMain").inner_text()


def test_a_sparse_inventory_shows_its_tile_map_on_one_screen(chromium: Browser, address: str) -> None:
    """One offer, of which nothing is known: Weiße Flecken says so beside the whole map."""
    on_one_screen(open_page(chromium, f"{address}/gaps"), 25)
    on_a_telephone(open_page(chromium, f"{address}/gaps", 390, 844), 25)
