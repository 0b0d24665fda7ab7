"""A partner's spreadsheet in a real browser: upload, match, check, import, send faults back, take back."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.screenshots import give_name, open_page, served, settle
from tests.inventory import municipal_files
from tests.pages.said import texts

pytestmark = pytest.mark.browser

DE = texts("de")
PATIENCE = 20_000
HEADER = ("Angebot", "Träger", "Gruppe", "Plätze pro Woche", "Beginn", "Straße", "PLZ")
SPORT, RADLER = "Phantasie-Sportverein Grün-Weiß Musterstadt e. V.", "Radler gGmbH"
ROWS = (
    ("Kinder-Tanz Zoberberg", SPORT, "Kinder", 14, None, "Hauptstr. 12", "06862"),  # known, at another place
    ("Fußball ohne Grenzen", SPORT, "Familien", 30, None, None, None),  # known, two changes
    ("Nähstube", SPORT, "Mädchen und Frauen", 8, None, None, None),  # resembles one of another provider
    ("Fahrradwerkstatt", RADLER, "Jugendliche", 6, None, "Feldstr. 1", "06842"),  # of an unknown organisation
    ("Papierwerkstatt", SPORT, "Mädchen und Frauen", "ca. 8", "30.02.2026", None, None),  # no such days
    ("Imkern", SPORT, None, "6", "31.02.2026", None, None),
    ("Summe", None, None, 64, None, None, None),
)


@pytest.fixture(scope="module")
def address(example_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("import")
    (folder / "inventory.duckdb").write_bytes(example_made.read_bytes())
    with served(folder / "inventory.duckdb", log=folder / "log") as opened:
        yield opened
    complaints = re.compile("error|exception|traceback", re.IGNORECASE)
    assert not [line for line in (folder / "log").read_text("utf-8").splitlines() if complaints.search(line)]


def spreadsheet(path: Path) -> Path:
    book = openpyxl.Workbook()
    for row in (("Angebote im Herbst",), (), HEADER, *ROWS):
        book.active.append(row)
    book.save(path)
    return path


def upload(page: Page, path: Path) -> None:
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(path)
    expect(page.get_by_text(DE["imports.other_file"])).to_be_visible(timeout=PATIENCE)
    settle(page)


def choose(page: Page, label: str, option: str) -> None:
    box = page.get_by_role("combobox", name=label)
    box.evaluate("box => box.scrollIntoView({block: 'center'})")  # at the edge of the window the list closes at once
    settle(page)
    box.click()
    box.fill(option)
    page.get_by_role("option", name=option).first.click()
    settle(page)


def figures(page: Page) -> list[str]:
    return page.get_by_test_id("stMetricValue").all_inner_texts()


def press(page: Page, label: str) -> None:
    page.get_by_role("button", name=label, exact=True).click()
    settle(page)


def view(page: Page, name: str) -> None:
    page.get_by_role("radio", name=re.compile(rf"^{name} \(")).click()
    settle(page)


def answer(page: Page, row: int, said: str) -> None:
    group = page.get_by_role("radiogroup", name=DE["imports.decide"].format(n=row))
    group.get_by_role("radio", name=said, exact=True).click()
    settle(page)


def tick(page: Page, position: int) -> None:
    """Tick a row of the first table of the preview."""
    table = page.get_by_test_id("stDataFrame").first
    place = {"x": 15, "y": 52 + 35 * position}
    table.hover(position=place)  # scrolls there, and the canvas sees the pointer
    settle(page)
    table.click(position=place)
    settle(page)


def test_a_messy_list_comes_in_with_answers_and_is_taken_back(chromium: Browser, address: str, tmp_path: Path) -> None:
    file = spreadsheet(tmp_path / "partner.xlsx")
    page = open_page(chromium, f"{address}/imports")
    upload(page, file)
    choose(page, "Feld für die Spalte Gruppe", "Zielgruppen")
    choose(page, "Bedeutung von Mädchen und Frauen", "Frauen")
    press(page, DE["imports.apply_words"])
    page.screenshot(path=tmp_path / "questions.png")
    answer(page, 4, DE["import_ask.moved_same"])
    answer(page, 6, DE["import_ask.near_another"])
    answer(page, 7, DE["import_ask.organization_create"])
    assert figures(page) == ["4", "2", "0", "0", "0"]
    page.screenshot(path=tmp_path / "answered.png")

    view(page, "Was sich ändert")
    tick(page, 2)
    page.screenshot(path=tmp_path / "declined.png")
    view(page, "Was mit dazukommt")
    view(page, "Nicht lesbar")
    with page.expect_download() as caught:
        page.get_by_role("button", name=DE["imports.faulty_download"]).click()
    assert caught.value.suggested_filename == "partner-fehlerhafte-zeilen.xlsx"
    mended = mend(Path(caught.value.path()), tmp_path / "berichtigt.xlsx")

    run = page.get_by_role("button", name="6 Zeilen importieren")
    run.click()
    give_name(page, "Ada Muster")
    expect(page.get_by_text("6 Zeilen sind importiert")).to_be_visible(timeout=PATIENCE)
    settle(page)
    page.screenshot(path=tmp_path / "summary.png")

    press(page, DE["imports.next_file"])
    upload(page, mended)
    assert figures(page) == ["0", "2", "0", "0", "0"]  # the two cells alone
    press(page, "2 Zeilen importieren")
    expect(page.get_by_text("2 Zeilen sind importiert")).to_be_visible(timeout=PATIENCE)
    for file_name in ("berichtigt.xlsx", "partner.xlsx"):
        take_back(page, file_name)
    upload(page, file)
    expect(page.get_by_text("schon importiert")).to_have_count(0)
    expect(page.get_by_text(RADLER).first).to_be_visible()  # asked about again: it is gone
    page.screenshot(path=tmp_path / "end.png")
    page.context.close()


def mend(faulty: Path, path: Path) -> Path:
    """The file of faulty rows, corrected as it says."""
    book = openpyxl.load_workbook(io.BytesIO(faulty.read_bytes()))
    sheet = book.worksheets[0]
    heading, *names = [cell.value for cell in sheet[1]]
    assert (heading, names) == (DE["faulty.heading"], list(HEADER))
    said = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert all("kein Datum" in row[0] for row in said) and len(said) == 2
    for row in (2, 3):
        sheet.cell(row, 2 + HEADER.index("Beginn")).value = "28.02.2026"
    book.save(path)
    return path


def take_back(page: Page, name: str) -> None:
    """Undo the latest import, which is of this file."""
    if page.get_by_role("button", name=DE["imports.next_file"]).count():
        press(page, DE["imports.next_file"])
    table = page.get_by_test_id("stDataFrame").last
    first = {"x": 15, "y": 52 if name != "partner.xlsx" else 87}
    table.hover(position=first)
    settle(page)
    table.click(position=first)
    settle(page)
    press(page, DE["imports.undo_this"].format(file=name))
    page.get_by_role("textbox", name=DE["imports.undo_reason"]).fill("falsche Datei")
    page.keyboard.press("Tab")
    page.get_by_role("button", name=DE["imports.undo_now"], exact=True).click()
    expect(page.get_by_test_id("stAlert").get_by_text("ist rückgängig gemacht")).to_be_visible(timeout=PATIENCE)
    settle(page)


def test_the_list_of_a_parish_comes_in_on_a_phone(chromium: Browser, address: str, tmp_path: Path) -> None:
    municipal_files.parish(tmp_path / "gemeinde.ods")
    page = open_page(chromium, f"{address}/imports", 390, 844)
    upload(page, tmp_path / "gemeinde.ods")
    answer(page, 4, DE["import_ask.organization_create"])
    page.screenshot(path=tmp_path / "ods.png")
    rows = int(figures(page)[0])
    assert rows > 8  # the others resemble an offer of the example and wait
    press(page, f"{rows} Zeilen importieren")
    give_name(page, "Ada Muster")
    expect(page.get_by_text(f"{rows} Zeilen sind importiert")).to_be_visible(timeout=PATIENCE)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.screenshot(path=tmp_path / "ods-done.png")
    page.context.close()


def test_a_file_that_is_none_is_refused_and_the_page_lives_on(chromium: Browser, address: str, tmp_path: Path) -> None:
    (tmp_path / "programm.xlsx").write_bytes(b"MZ\x90\x00" * 1000)
    page = open_page(chromium, f"{address}/imports?lang=en", 390, 844)
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(tmp_path / "programm.xlsx")
    expect(page.get_by_text("no table that esdash can read")).to_be_visible(timeout=PATIENCE)
    with page.expect_download() as caught:
        page.get_by_role("button", name=texts("en")["imports.template_download"]).click()
    assert caught.value.suggested_filename == "template-initiatives.xlsx"
    page.context.close()
