"""The control list as PDF, XLSX and CSV, and the due dates as a calendar: what they say, and how they print."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from icalendar import Calendar

from esdash.analysis import open_inventory
from esdash.exports.measures import control, dates
from esdash.inventory import Inventory
from esdash.inventory.access import Action
from esdash.inventory.steering import measures
from esdash.inventory.steering.measures import Plan
from esdash.texts import LANGUAGES, Text
from esdash.wording import measures as words
from tests.commands.command_line import clock, run
from tests.people import ADA, TEST
from tests.provide import pdftotext

DE = Text("de")


@pytest.fixture(scope="module")
def example(example_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Inventory]:
    path = tmp_path_factory.mktemp("control") / "inventory.duckdb"
    path.write_bytes(example_made.read_bytes())
    inventory = open_inventory(path, clock=clock)
    yield inventory
    inventory.close()


def said(pdf: bytes, folder: Path) -> str:
    path = folder / "liste.pdf"
    path.write_bytes(pdf)
    return subprocess.run([pdftotext(), str(path), "-"], capture_output=True, check=True, text=True).stdout


def sizes(pdf: bytes, folder: Path) -> set[tuple[str, str]]:
    """Width and height of the pages [points]."""
    path = folder / "seiten.pdf"
    path.write_bytes(pdf)
    told = subprocess.run(["pdfinfo", "-l", "99", str(path)], capture_output=True, check=True, text=True).stdout
    return set(re.findall(r"size: +([\d.]+) x ([\d.]+)", told))


# ---------------------------------------------------------------- the control list


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pdf_is_for_screen_readers_and_says_every_line(example: Inventory, language: str, tmp_path: Path) -> None:
    text = Text(language)
    pdf = control.pdf(example, text)
    assert pdf == control.pdf(example, text)
    assert b"<pdfuaid:part>1<" in pdf
    assert sizes(pdf, tmp_path) == {("841.89", "595.276")}  # A4 across
    paper = " ".join(said(pdf, tmp_path).split())
    for number in ("2026/1", "2026/2", "2026/6", "2026/12", "M-03", "M-08"):
        assert number in paper
    assert text("app.example_note") in paper
    assert text("word.unknown") not in paper


def test_the_pdf_reads_line_by_line(example: Inventory, tmp_path: Path) -> None:
    paper = " ".join(said(control.pdf(example, DE), tmp_path).split())
    order = ["Beschlusskontrolle", "Überfällig: 2", "2026/1", "M-02", "2026/2", "M-03", "2026/5", "noch nicht genannt"]
    places = [paper.index(word) for word in order]
    assert places == sorted(places)


def test_without_a_line_the_pdf_says_so(tiny: Inventory, tmp_path: Path) -> None:
    assert "steht nichts in der Beschlusskontrolle" in " ".join(said(control.pdf(tiny, DE), tmp_path).split())


def test_csv_and_workbook_say_the_same_cell_by_cell(example: Inventory) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(control.xlsx(example, DE))).active
    assert sheet is not None
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head = next(place for place, row in enumerate(rows) if row[0] == "Beschluss")
    lines = list(csv.reader(io.StringIO(control.csv(example, DE).decode("utf-8-sig")), delimiter=";"))
    columns = [column.label for column in words.control_columns(DE)]
    assert rows[head][:12] == columns == lines[0][:12]

    def word(value: object) -> str:
        return "" if value is None else f"{value:%d.%m.%Y}" if hasattr(value, "year") else str(value)

    assert [[word(value) for value in row[:12]] for row in rows[head + 1 :]] == [line[:12] for line in lines[1:]]
    assert len(lines) == 10  # nine lines of the example


def test_the_workbook_is_set_up_for_one_page_in_width(example: Inventory) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(control.xlsx(example, DE))).active
    assert sheet is not None
    setup = sheet.page_setup
    assert (setup.orientation, setup.paperSize, setup.fitToWidth or 1, setup.fitToHeight) == ("landscape", 9, 1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$6:$6"


@pytest.mark.browser
def test_libreoffice_prints_the_last_column(
    example: Inventory, tmp_path: Path, opened_in_office: Callable[[Path, str], Path]
) -> None:
    file = tmp_path / "kontrolle.xlsx"
    file.write_bytes(control.xlsx(example, DE))
    printed = opened_in_office(file, "pdf").read_bytes()
    (size,) = sizes(printed, tmp_path)
    assert tuple(round(float(side)) for side in size) == (842, 595)
    paper = said(printed, tmp_path)
    assert paper.count("\f") == 1 and "Nächster" in paper
    assert "15.12.2026" in paper and "28.02.2027" in paper  # next days of M-02 and M-07, in the last column


# ---------------------------------------------------------------- no person


def test_no_person_reaches_the_files(tiny: Inventory, tmp_path: Path) -> None:
    """Names of contacts are refused on entry; who typed something in is nowhere in the files."""
    with tiny.change(TEST, Action.SET_UP) as change:
        change.insert("organization", [{"organization_id": "a", "name": "Haus A"}])
        person = {"contact_id": "p", "organization_id": "a", "role": "Leitung", "name": "Erika Musterfrau"}
        change.insert("contact", [person])
    measures.start(tiny, Plan("Lernhilfe", "a", date(2027, 1, 31), "Leitung"), ADA, "m")
    files = [said(control.pdf(tiny, DE), tmp_path), control.csv(tiny, DE).decode(), control.json(tiny, DE).decode()]
    files.append(dates.calendar(tiny, DE).decode())
    for content in files:
        assert "Lernhilfe" in content and "Leitung" in content
        assert "Erika" not in content and ADA.name not in content


# ---------------------------------------------------------------- the calendar


def test_due_dates_and_steps_are_whole_days(example: Inventory) -> None:
    events = list(Calendar.from_ical(dates.calendar(example, DE)).walk("VEVENT"))
    days = {str(event["summary"]): event["dtstart"].dt for event in events}
    assert days["Frist: M-02 · Lerngruppe in Alten"] == date(2027, 3, 31)
    assert days["M-02 · Lerngruppe in Alten: Vier Ehrenamtliche gefunden"] == date(2026, 12, 15)
    assert not any("M-01" in name or "Raum zugesagt" in name for name in days)  # done
    assert len({str(event["uid"]) for event in events}) == len(events) == 7  # 5 open measures, 2 open steps


def test_a_calendar_of_one_organisation(example: Inventory) -> None:
    events = list(Calendar.from_ical(dates.calendar(example, DE, "o12")).walk("VEVENT"))
    assert [str(event["summary"]) for event in events] == ["Frist: M-05 · Sprechzeit der Praktikumslotsen in Roßlau"]


# ---------------------------------------------------------------- the command line


@pytest.mark.parametrize(
    ("form", "begins"), [("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK"), ("pdf", b"%PDF"), ("ics", b"BEGIN:VC")]
)
def test_export_measures(example: Inventory, form: str, begins: bytes, tmp_path: Path) -> None:
    copy, out = tmp_path / "i.duckdb", tmp_path / f"liste.{form}"
    copy.write_bytes(Path(str(example.path)).read_bytes())
    assert run("export", "measures", "--format", form, "--out", out, database=copy).exit_code == 0
    assert out.read_bytes().startswith(begins)


def test_export_measures_as_json(tiny_path: Path) -> None:
    assert json.loads(run("export", "measures", "--format", "json", database=tiny_path).stdout) == []
