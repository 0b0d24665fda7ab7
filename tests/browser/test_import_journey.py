"""A partner's spreadsheet in a real browser: upload, match, check, import, send faults back, take back."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.screenshots import open_page, served, settle
from tests.pages.said import texts

pytestmark = pytest.mark.browser

DE = texts("de")
PATIENCE = 20_000
HEADER = ("Angebot", "Organisation", "Gruppe", "Plätze pro Woche", "Beginn")
ROWS = (
    ("Papierwerkstatt", "Beispielverein Willkommen in Roßlau e. V.", "Mädchen und Frauen", 12, "01.02.2026"),
    ("Bogenschießen", "Beispielverein Willkommen in Roßlau e. V.", "Mädchen und Frauen", "ca. 20", "01.02.2026"),
    ("Imkern", "Beispielverein Willkommen in Roßlau e. V.", "", 6, "31.02.2026"),
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
    for row in (HEADER, *ROWS):
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


def test_a_spreadsheet_with_two_faulty_rows(chromium: Browser, address: str, tmp_path: Path) -> None:
    file = spreadsheet(tmp_path / "partner.xlsx")
    page = open_page(chromium, f"{address}/imports")
    upload(page, file)
    assert figures(page) == ["1", "0", "0", "0", "2"]
    choose(page, "Feld für die Spalte Gruppe", "Zielgruppen")
    expect(page.get_by_text("1 Wort steht auf keiner Liste")).to_be_visible(timeout=PATIENCE)
    assert figures(page) == ["0", "0", "0", "0", "3"]
    choose(page, "Bedeutung von Mädchen und Frauen", "Frauen")
    press(page, DE["imports.apply_words"])
    expect(page.get_by_test_id("stMetricValue").first).to_have_text("1", timeout=PATIENCE)

    page.get_by_role("radio", name="Fehlerhaft (2)").click()
    settle(page)
    with page.expect_download() as caught:
        page.get_by_role("button", name=DE["imports.faulty_download"]).click()
    assert caught.value.suggested_filename == "partner-fehlerhafte-zeilen.xlsx"
    returned = openpyxl.load_workbook(io.BytesIO(Path(caught.value.path()).read_bytes())).worksheets[0]
    cells = [[cell.value for cell in row] for row in returned.iter_rows()]
    assert cells[0] == [DE["faulty.heading"], *HEADER]
    assert [row[1:] for row in cells[1:]] == [
        ["Bogenschießen", ROWS[1][1], "Mädchen und Frauen", "ca. 20", "01.02.2026"],
        ["Imkern", ROWS[2][1], None, "6", "31.02.2026"],
    ]
    assert "keine ganze Zahl" in str(cells[1][0]) and "kein Datum" in str(cells[2][0])

    run = page.get_by_role("button", name="1 Zeile importieren")
    expect(run).to_be_disabled()
    page.get_by_role("textbox", name=DE["author.name"]).fill("Ada Muster")
    page.keyboard.press("Enter")
    expect(run).to_be_enabled(timeout=PATIENCE)
    run.dblclick()
    expect(page.get_by_text("1 Zeile ist importiert")).to_be_visible(timeout=PATIENCE)
    settle(page)
    page.screenshot(path=tmp_path / "summary.png")

    press(page, DE["imports.next_file"])
    upload(page, file)
    expect(page.get_by_text("schon importiert")).to_be_visible(timeout=PATIENCE)
    assert figures(page) == ["0", "0", "1", "0", "2"]  # twice clicked, once imported
    press(page, DE["imports.other_file"])

    table = page.get_by_test_id("stDataFrame").last
    first = {"x": 15, "y": 52}  # the first row
    table.hover(position=first)  # scrolls there, and the canvas sees the pointer
    settle(page)
    table.click(position=first)
    settle(page)
    press(page, DE["imports.undo_this"].format(file="partner.xlsx"))
    page.get_by_role("textbox", name=DE["imports.undo_reason"]).fill("falsche Datei")
    page.keyboard.press("Tab")
    page.get_by_role("button", name=DE["imports.undo_now"], exact=True).click()
    expect(page.get_by_test_id("stAlert").get_by_text("ist rückgängig gemacht")).to_be_visible(timeout=PATIENCE)
    upload(page, file)
    expect(page.get_by_text("schon importiert")).to_have_count(0)
    assert figures(page) == ["1", "0", "0", "0", "2"]
    page.screenshot(path=tmp_path / "end.png")
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
