"""XLSX read back cell by cell with openpyxl, and opened in LibreOffice."""

import csv
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from esdash.exports import Column, Sheet, columns_of, xlsx_file
from esdash.texts import Text

CREATED = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
NOTES = ["Beispieldaten: alle Einträge sind erfunden.", "Quelle: Projektbüro"]
HEADER = 5  # title, two notes, an empty row, then the header


@pytest.fixture
def content(frame: pd.DataFrame, columns: list[Column]) -> bytes:
    return xlsx_file([Sheet("Angebote", "Angebote & Plätze", frame, columns, NOTES)], Text("de"), CREATED)


@pytest.fixture
def sheet(content: bytes) -> Worksheet:
    return openpyxl.load_workbook(BytesIO(content))["Angebote"]


def test_every_cell(sheet: Worksheet) -> None:
    values = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=1)]
    assert [row[0] for row in values[:4]] == ["Angebote & Plätze", *NOTES, None]
    assert values[4] == [
        *("Angebot", "Plätze", "Weg in km", "Versorgungsgrad", "bestätigt am", "geändert", "Sprachen", "=Notiz"),
    ]
    assert values[5:] == [
        [
            *("Café „Grüße“; Straße", 12, 1.25, 0.425, datetime(2026, 11, 22), datetime(2026, 11, 22, 8, 5)),
            *("Deutsch; Paschtu", "ä\nö"),
        ],
        ['=HYPERLINK("http://x.test";"klick")', 0, -3, 0, "31.12.1899", None, "keine", "+49 340 123"],
        ["-2+3", None, None, None, None, None, None, None],
        [
            *("@SUM(A1)", 1234567, 1234.5, 1.5, datetime(2026, 2, 28), datetime(2026, 2, 28)),
            *("=1+1; b", "\ttab"),
        ],
        ["abcd", -7, 1e-9, None, datetime(2024, 2, 29), datetime(2024, 2, 29, 23, 59), "x", "\n=1"],
        ["01067", 3, 0.3, 0.1, None, None, "ß", '"quoted", comma'],
    ]


def test_nothing_is_a_formula_or_a_link(content: bytes, sheet: Worksheet) -> None:
    with zipfile.ZipFile(BytesIO(content)) as parts:
        xml = parts.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in xml
        assert "<hyperlink" not in xml
    assert all(cell.hyperlink is None for row in sheet.iter_rows() for cell in row)


def test_formats(sheet: Worksheet) -> None:
    formats = [sheet.cell(HEADER + 1, column).number_format for column in range(1, 9)]
    assert formats == [
        *(
            "General",
            "#,##0",
            "#,##0.0",
            "0\N{NO-BREAK SPACE}%",
            "dd.mm.yyyy",
            "dd.mm.yyyy hh:mm",
            "General",
            "General",
        ),
    ]
    assert sheet["A1"].font.bold
    assert all(sheet.cell(HEADER, column).font.bold for column in range(1, 9))
    assert sheet.cell(HEADER + 1, 1).alignment.wrap_text
    assert sheet.column_dimensions["A"].width == pytest.approx(40, abs=1)


def test_ready_to_read_sort_and_print(sheet: Worksheet) -> None:
    assert sheet.freeze_panes == "A6"
    assert sheet.auto_filter.ref == "A5:H11"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.paperSize == 9
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_title_rows == "$5:$5"
    assert sheet.oddFooter.left.text == "Angebote && Plätze"
    assert sheet.oddFooter.center.text == "Seite &P von &N"
    assert sheet.oddFooter.right.text == "Stand 22.11.2026"


def test_a_row_is_as_high_as_its_longest_text() -> None:
    frame = pd.DataFrame({"a": ["kurz", "x" * 95, "a\nb\nc", "x" * 30_000], "b": ["y"] * 4})
    columns = [Column("a", "a", width=20), Column("b", "b")]
    content = xlsx_file([Sheet("a", "a", frame, columns)], Text("de"), CREATED)
    heights = openpyxl.load_workbook(BytesIO(content))["a"].row_dimensions
    # 95 characters need five lines of 19; Excel accepts at most 409 points
    assert [heights[row].height or 15 for row in (4, 5, 6, 7)] == [15, 75, 45, 408.75]  # in steps of a pixel


def test_properties(content: bytes) -> None:
    properties = openpyxl.load_workbook(BytesIO(content)).properties
    assert properties.title == "Angebote & Plätze"
    assert properties.description == " ".join(NOTES)
    assert properties.created == CREATED.replace(tzinfo=None)


def test_equal_input_gives_equal_bytes(frame: pd.DataFrame, columns: list[Column], content: bytes) -> None:
    again = xlsx_file([Sheet("Angebote", "Angebote & Plätze", frame, columns, NOTES)], Text("de"), CREATED)
    assert again == content


def test_english_dates_and_footer(frame: pd.DataFrame, columns: list[Column]) -> None:
    content = xlsx_file([Sheet("Offers", "Offers", frame, columns)], Text("en"), CREATED)
    sheet = openpyxl.load_workbook(BytesIO(content)).active
    assert sheet is not None
    assert sheet["E4"].number_format == "yyyy-mm-dd"
    assert sheet.oddFooter.center.text == "Page &P of &N"


def test_names_of_sheets_are_made_acceptable(frame: pd.DataFrame) -> None:
    names = ["Träger/Ort: [alle]*?", "träger ort   alle", "x" * 40, "x" * 40, "'"]
    sheets = [Sheet(name, "t", frame.head(1), [Column("name", "Name")]) for name in names]
    written = openpyxl.load_workbook(BytesIO(xlsx_file(sheets, Text("de"), CREATED))).sheetnames
    assert written == ["Träger Ort   alle", "träger ort   alle 2", "x" * 31, "x" * 29 + " 2", "Tabelle"]


def test_a_cell_longer_than_excel_holds_is_cut_with_a_mark() -> None:
    frame = pd.DataFrame({"a": ["ä" * 40_000]})
    content = xlsx_file([Sheet("a", "a", frame, [Column("a", "a")])], Text("de"), CREATED)
    value = openpyxl.load_workbook(BytesIO(content))["a"]["A4"].value
    assert len(value) == 32_767
    assert value.endswith("ä…")


def test_no_rows_leave_title_and_header(frame: pd.DataFrame, columns: list[Column]) -> None:
    content = xlsx_file([Sheet("a", "Leer", frame.head(0), columns)], Text("de"), CREATED)
    assert openpyxl.load_workbook(BytesIO(content))["a"].max_row == 3


def test_kinds_are_recognised(frame: pd.DataFrame) -> None:
    kinds = {column.name: column.kind for column in columns_of(frame)}
    assert kinds == {
        "name": "text",
        "places": "integer",
        "km": "decimal",
        "coverage": "decimal",
        "assured_on": "date",
        "changed_at": "moment",
        "languages": "list",
        "note": "text",
    }


@pytest.mark.browser
def test_libreoffice_shows_what_was_meant(
    content: bytes, opened_in_office: Callable[..., Path], tmp_path: Path
) -> None:
    path = tmp_path / "liste.xlsx"
    path.write_bytes(content)
    # 59: semicolon, 34: quotes, 76: UTF-8, 1: first line, then German, and cells as they are shown
    shown = opened_in_office(path, "csv:Text - txt - csv (StarCalc):59,34,76,1,,1031,false,true")
    with shown.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))
    assert rows[0][0] == "Angebote & Plätze"
    assert rows[5] == [
        *("Café „Grüße“; Straße", "12", "1,3", "43\N{NO-BREAK SPACE}%", "22.11.2026", "22.11.2026 08:05"),
        *("Deutsch; Paschtu", "ä\nö"),
    ]
    assert rows[6][0] == '=HYPERLINK("http://x.test";"klick")'
    assert rows[8][1:3] == ["1.234.567", "1.234,5"]
