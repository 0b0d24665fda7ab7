"""Reading files: encodings, delimiters, spreadsheets, and what is refused, with the reason."""

import datetime
import io
import time
import zipfile
from collections.abc import Iterable
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from esdash.errors import UserError
from esdash.inventory.importing.read import limits, spreadsheets
from esdash.model.kinds import HEADERS
from esdash.texts import Text

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def table(path: Path) -> spreadsheets.Table:
    return spreadsheets.table(path, HEADERS)


def written(path: Path, content: bytes | str) -> Path:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def workbook(path: Path, *rows: Iterable[object]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    book.save(path)
    return path


def refused(path: Path) -> str:
    """The key of the error; both languages must be able to say it."""
    with pytest.raises(UserError) as caught:
        table(path)
    for language in ("de", "en"):
        assert all(Text(language).error(caught.value))
    return caught.value.key


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_encodings_and_delimiters(tmp_path: Path, encoding: str, delimiter: str) -> None:
    text = delimiter.join(["Organisation", "Straße"]) + "\r\n" + delimiter.join(["Café für Ältere", "Süße Gasse 1"])
    found = table(written(tmp_path / "a.csv", text.encode(encoding)))
    assert found.header == ("Organisation", "Straße")
    assert [row.cells for row in found.rows] == [("Café für Ältere", "Süße Gasse 1")]


def test_bytes_that_are_utf_16_big_endian(tmp_path: Path) -> None:
    found = table(written(tmp_path / "a.csv", b"\xfe\xff" + "Organisation;PLZ\nTafel;01067\n".encode("utf-16-be")))
    assert found.rows[0].cells == ("Tafel", "01067")


def test_the_line_that_names_the_delimiter_is_honoured_and_not_counted(tmp_path: Path) -> None:
    found = table(written(tmp_path / "a.csv", "sep=|\nOrganisation|Notiz\nTafel|a;b,c\n"))
    assert found.header_row == 1
    assert found.rows == (spreadsheets.Row(2, ("Tafel", "a;b,c")),)


def test_quotes_line_breaks_and_empty_lines(tmp_path: Path) -> None:
    text = 'Organisation;Notiz\n\n"Verein ""Nord""; e. V.";"erste\r\nzweite"\n;\nTafel;x\n'
    found = table(written(tmp_path / "a.csv", text))
    # Rows as a spreadsheet program numbers them: 1 header, 2 empty, 3 with a line break inside, 4 empty, 5.
    assert [(row.number, row.cells) for row in found.rows] == [
        (3, ('Verein "Nord"; e. V.', "erste\nzweite")),
        (5, ("Tafel", "x")),
    ]


def test_title_rows_above_the_header(tmp_path: Path) -> None:
    text = "Angebot;;\nStand: 1.2.2026;;\n\nAngebot;Organisation;Interne Nr\nSprachcafé;AWO;7\n"
    found = table(written(tmp_path / "a.csv", text))
    assert (found.header_row, found.header) == (4, ("Angebot", "Organisation", "Interne Nr"))
    assert found.rows[0].number == 5


def test_our_own_protection_of_texts_is_taken_off(tmp_path: Path) -> None:
    text = "Organisation;Telefon;Notiz\n'=1+1;'+49 340 123;'s Lädchen\n"
    assert table(written(tmp_path / "a.csv", text)).rows[0].cells == ("=1+1", "+49 340 123", "'s Lädchen")


def test_a_cell_beyond_the_header_is_kept_apart(tmp_path: Path) -> None:
    found = table(written(tmp_path / "a.csv", "Organisation;Notiz\nTafel;a;b\n"))
    assert found.rows[0] == spreadsheets.Row(2, ("Tafel", "a"), ("b",))


def test_a_spreadsheet_as_texts(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Angebot", "PLZ", "Plätze", "Beginn", "Stunden", "Zeit", "Barrierefrei", "Notiz"])
    sheet.append(["A", "01067", 12.0, datetime.date(2026, 2, 1), 1.234, datetime.time(14, 30), True, None])
    sheet.append(["B", 6844, 1234, datetime.datetime(2026, 2, 1, 9, 15), 0.1 + 0.2, None, False, "=1+1"])
    sheet["B3"].number_format = "00000"
    book.create_sheet("Entwurf").append(["weiteres"])
    book.create_sheet("Versteckt").append(["Angebot", "PLZ", "Plätze"])
    book["Versteckt"].sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")
    found = table(tmp_path / "a.xlsx")
    assert [row.cells for row in found.rows] == [
        ("A", "01067", "12", "2026-02-01", "1,234", "14:30", "ja", ""),
        ("B", "06844", "1234", "2026-02-01 09:15", "0,3", "", "nein", "#FORMULA!"),  # nobody has calculated it
    ]
    assert (found.sheet, found.other_sheets) == ("Sheet", ("Entwurf",))


def test_the_sheet_with_the_known_header_is_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Lies mich", "zuerst"])
    book.create_sheet("Liste").append(["Organisation", "Kurzname"])
    book["Liste"].append(["Tafel", "T"])
    book.save(tmp_path / "a.xlsx")
    assert table(tmp_path / "a.xlsx").sheet == "Liste"


@pytest.mark.parametrize(
    ("name", "content", "key"),
    [
        ("a.csv", b"", "import_empty"),
        ("a.csv", b" \n\n", "import_empty"),
        ("a.csv", b"Organisation;Notiz\n", "import_no_rows"),
        ("a.csv", b"MZ\x90\x00\x03\x00\x00\x00", "import_kind_of_file"),
        ("a.csv", b'Organisation;Notiz\nTafel;"offen\nB;c\n', "import_open_quote"),
        ("a.csv", "Organisation;Notiz\nKüche;".encode() + b"\xfc\n", "import_encoding"),
        ("a.csv", b"\x81\x8d\x8f\x90", "import_encoding"),
        ("a.csv", b"\xff\xfea\x00b", "import_encoding"),
        ("a.exe", b"MZ\x90", "import_kind_of_file"),
        ("inventory.duckdb", b"DUCK", "import_kind_of_file"),
        ("a.xls", b"anything", "import_kind_of_file"),
        ("a.xlsm", b"PK\x03\x04", "import_macros"),
        ("a.ods", b"PK\x03\x04", "import_damaged"),
        ("a.xlsx", b"", "import_empty"),
        ("a.xlsx", b"MZ\x90\x00 a program", "import_kind_of_file"),
        ("a.xlsx", b"PK\x03\x04 torn", "import_damaged"),
        ("a.xlsx", OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "import_encrypted"),
        ("a.xlsx", OLE + b"\0" * 600, "import_kind_of_file"),
        ("a.csv", OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "import_encrypted"),
    ],
)
def test_refused_with_its_reason(tmp_path: Path, name: str, content: bytes, key: str) -> None:
    assert refused(written(tmp_path / name, content)) == key


def test_a_missing_file(tmp_path: Path) -> None:
    assert refused(tmp_path / "none.csv") == "import_missing"
    assert refused(tmp_path) == "import_missing"


def test_a_file_that_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheets, "MAX_BYTES", 20)
    assert refused(written(tmp_path / "a.csv", "Organisation;Notiz\nTafel;x\n")) == "import_too_large"


def test_too_many_rows_and_columns(tmp_path: Path) -> None:
    rows = "Organisation;Notiz\n" + "Tafel;x\n" * (limits.MAX_ROWS + 1)
    assert refused(written(tmp_path / "rows.csv", rows)) == "import_too_many_cells"
    header = ";".join(["Organisation", *(f"s{number}" for number in range(limits.MAX_COLUMNS))])
    assert refused(written(tmp_path / "columns.csv", f"{header}\nTafel\n")) == "import_too_many_cells"


def repacked(path: Path, target: Path, **members: bytes) -> Path:
    """The zip file at `path` with some members replaced or added."""
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in members:
                new.writestr(name, old.read(name))
        for name, content in members.items():
            new.writestr(name, content)
    return target


SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'
FAR = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'


def test_one_cell_at_the_far_end_is_refused_at_once(tmp_path: Path) -> None:
    usual = workbook(tmp_path / "usual.xlsx", ["Organisation", "Notiz"], ["Tafel", "x"])
    hostile = repacked(usual, tmp_path / "a.xlsx", **{"xl/worksheets/sheet1.xml": SHEET % FAR})
    assert hostile.stat().st_size < 10_000
    begin = time.monotonic()
    assert refused(hostile) == "import_too_many_cells"
    assert time.monotonic() - begin < 5  # 94 s and 5 GB without care; the child alone needs half a second


def test_a_lying_dimension_costs_nothing(tmp_path: Path) -> None:
    usual = workbook(tmp_path / "usual.xlsx", ["Organisation", "Notiz"], ["Tafel", "x"])
    with zipfile.ZipFile(usual) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    lying = sheet.replace(b'<dimension ref="A1:B2"', b'<dimension ref="A1:XFD1048576"')
    assert lying != sheet
    found = table(repacked(usual, tmp_path / "a.xlsx", **{"xl/worksheets/sheet1.xml": lying}))
    assert found.rows[0].cells == ("Tafel", "x")


def test_formatted_but_empty_cells_far_away_do_no_harm(tmp_path: Path) -> None:
    row = b'<row r="%d"><c r="A%d" t="inlineStr"><is><t>%s</t></is></c></row>'
    rows = row % (1, 1, b"Organisation") + row % (2, 2, b"Tafel") + b'<row r="900000"><c r="ZZ900000" s="0"/></row>'
    usual = workbook(tmp_path / "usual.xlsx", ["x"])
    found = table(repacked(usual, tmp_path / "a.xlsx", **{"xl/worksheets/sheet1.xml": SHEET % rows}))
    assert found.rows == (spreadsheets.Row(2, ("Tafel",)),)


def test_a_zip_bomb_is_not_unzipped(tmp_path: Path) -> None:
    usual = workbook(tmp_path / "usual.xlsx", ["Organisation"], ["Tafel"])
    bomb = repacked(usual, tmp_path / "a.xlsx", **{"xl/media/image1.png": b"\0" * 60_000_000})
    assert bomb.stat().st_size < 200_000
    assert refused(bomb) == "import_unzips_too_large"


def excel(path: Path, *rows: Iterable[object]) -> Path:
    """As Excel writes it, with shared strings; openpyxl writes them into the cells."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return path


def test_shared_strings_are_read(tmp_path: Path) -> None:
    path = excel(tmp_path / "a.xlsx", ["Organisation", "PLZ"], ["Süd", "01067"], ["Süd", "06844"])
    assert [row.cells for row in table(path).rows] == [("Süd", "01067"), ("Süd", "06844")]


def test_one_long_text_many_thousand_times_is_refused(tmp_path: Path) -> None:
    usual = excel(tmp_path / "usual.xlsx", *(["Organisation"] for _ in range(15_000)))
    with zipfile.ZipFile(usual) as archive:
        strings = archive.read("xl/sharedStrings.xml").replace(b"Organisation", b"x" * 100_000)
    hostile = repacked(usual, tmp_path / "a.xlsx", **{"xl/sharedStrings.xml": strings})
    assert hostile.stat().st_size < 200_000
    assert refused(hostile) == "import_too_many_cells"  # 1.5 GB of text


def test_macros_are_found_under_any_name(tmp_path: Path) -> None:
    usual = workbook(tmp_path / "usual.xlsx", ["Organisation"], ["Tafel"])
    assert refused(repacked(usual, tmp_path / "a.xlsx", **{"xl/vbaProject.bin": b"x"})) == "import_macros"
    with zipfile.ZipFile(usual) as archive:
        types = archive.read("[Content_Types].xml")
    main = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    types = types.replace(main, b"application/vnd.ms-excel.sheet.macroEnabled.main+xml")
    assert refused(repacked(usual, tmp_path / "b.xlsx", **{"[Content_Types].xml": types})) == "import_macros"


def test_other_zip_files_and_broken_sheets(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", "x")
    assert refused(written(tmp_path / "a.xlsx", buffer.getvalue())) == "import_kind_of_file"
    usual = workbook(tmp_path / "usual.xlsx", ["Organisation"], ["Tafel"])
    broken = repacked(usual, tmp_path / "b.xlsx", **{"xl/worksheets/sheet1.xml": b"<worksheet><row"})
    assert refused(broken) == "import_damaged"
    assert refused(written(tmp_path / "c.xlsx", usual.read_bytes()[:-300])) == "import_damaged"
    assert refused(workbook(tmp_path / "empty.xlsx")) == "import_empty"


def test_entities_do_not_explode(tmp_path: Path) -> None:
    levels = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "lol">' + levels + b"]>"
    cell = b'<row r="1"><c r="A1" t="inlineStr"><is><t>&l9;</t></is></c></row>'
    usual = workbook(tmp_path / "usual.xlsx", ["Organisation"], ["Tafel"])
    begin = time.monotonic()
    assert refused(repacked(usual, tmp_path / "a.xlsx", **{"xl/worksheets/sheet1.xml": bomb + SHEET % cell})) in (
        "import_damaged",
        "import_too_slow",
    )
    assert time.monotonic() - begin < 25
