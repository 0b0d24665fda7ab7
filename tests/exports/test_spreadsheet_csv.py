"""CSV as German Excel wants it, cell by cell, and once through LibreOffice."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from esdash.exports import Column, csv_file
from esdash.texts import Text

GERMAN = [
    ["Angebot", "Plätze", "Weg in km", "Versorgungsgrad (%)", "bestätigt am", "geändert", "Sprachen", "'=Notiz"],
    ["Café „Grüße“; Straße", "12", "1,25", "42,5", "22.11.2026", "22.11.2026 08:05", "Deutsch; Paschtu", "ä\nö"],
    ['\'=HYPERLINK("http://x.test";"klick")', "0", "-3", "0", "31.12.1899", "", "keine", "'+49 340 123"],
    ["'-2+3", "", "", "", "", "", "", ""],
    ["'@SUM(A1)", "1234567", "1234,5", "150", "28.02.2026", "28.02.2026 00:00", "'=1+1; b", "'\ttab"],
    ["abcd", "-7", "0", "", "29.02.2024", "29.02.2024 23:59", "x", "'\r=1"],
    ["01067", "3", "0,3", "10", "", "", "ß", '"quoted", comma'],
]


def rows(content: bytes, delimiter: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=delimiter))


def test_german(frame: pd.DataFrame, columns: list[Column]) -> None:
    content = csv_file(frame, columns, Text("de"))
    assert content.startswith(b"\xef\xbb\xbfAngebot;")
    assert rows(content, ";") == GERMAN
    assert content.count(b"\r\n") == len(GERMAN)


def test_english(frame: pd.DataFrame, columns: list[Column]) -> None:
    written = rows(csv_file(frame, columns, Text("en")), ",")
    assert written[1] == [
        *("Café „Grüße“; Straße", "12", "1.25", "42.5", "2026-11-22", "2026-11-22 08:05", "Deutsch; Paschtu", "ä\nö"),
    ]
    assert written[4][:4] == ["'@SUM(A1)", "1234567", "1234.5", "150"]


def test_every_row_says_that_it_is_invented(frame: pd.DataFrame, columns: list[Column]) -> None:
    notes = ["Beispieldaten: alle Einträge sind erfunden.", "Stand 22.11.2026"]
    written = rows(csv_file(frame, columns, Text("de"), notes), ";")
    assert [row[:-1] for row in written] == GERMAN
    assert [row[-1] for row in written] == ["Zu diesen Daten", *[" · ".join(notes)] * 6]


def test_a_note_is_no_formula(frame: pd.DataFrame, columns: list[Column]) -> None:
    assert rows(csv_file(frame, columns, Text("de"), ["=1"]), ";")[1][-1] == "'=1"


def test_no_rows_leave_the_header(frame: pd.DataFrame, columns: list[Column]) -> None:
    assert rows(csv_file(frame.head(0), columns, Text("de"), ["x"]), ";") == [[*GERMAN[0], "Zu diesen Daten"]]


def test_weekly_times_and_truth_read_like_words() -> None:
    times = [
        {"weekday": 1, "begins": "10:00:00", "ends": "12:00:00"},
        {"weekday": 7, "begins": "08:30", "ends": "09:00"},
    ]
    frame = pd.DataFrame({"times": [times], "free": [True]})
    columns = [Column("times", "Zeiten", "list"), Column("free", "kostenlos")]
    assert rows(csv_file(frame, columns, Text("de")), ";")[1] == ["Mo 10:00–12:00; So 08:30–09:00", "ja"]


def test_a_text_in_a_number_column_stays_a_guarded_text() -> None:
    frame = pd.DataFrame({"n": ["=1+1", 5]})
    assert rows(csv_file(frame, [Column("n", "n", "integer")], Text("de")), ";")[1:] == [["'=1+1"], ["5"]]


@pytest.mark.browser
def test_libreoffice_reads_what_was_meant(
    frame: pd.DataFrame, columns: list[Column], opened_in_office: Callable[..., Path], tmp_path: Path
) -> None:
    path = tmp_path / "liste.csv"
    path.write_bytes(csv_file(frame, columns, Text("de")))
    # 59: semicolon, 34: quotes, 76: UTF-8, 1: from the first line, then German, not everything as text, find dates
    reading = "Text - txt - csv (StarCalc):59,34,76,1,,1031,false,true"
    sheet = openpyxl.load_workbook(opened_in_office(path, "xlsx", reading)).active
    assert sheet is not None
    assert [cell.data_type for row in sheet.iter_rows() for cell in row if cell.data_type == "f"] == []
    assert sheet["A2"].value == "Café „Grüße“; Straße"
    assert sheet["B5"].value == 1234567
    assert sheet["C2"].value == 1.25
    assert sheet["C3"].value == -3
    assert sheet["D2"].value == 42.5
    assert f"{sheet['E2'].value:%Y-%m-%d}" == "2026-11-22"
    assert sheet["H3"].value == "'+49 340 123"
    assert sheet["B4"].value is None
