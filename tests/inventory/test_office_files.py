"""Workbooks of LibreOffice and of older Excel are read as those of today: .ods, .xls and .xlsb beside .xlsx."""

import subprocess
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path

import pytest
import xlsxwriter

from esdash.errors import UserError
from esdash.inventory import Inventory, importing
from esdash.inventory.importing.read import spreadsheets, workbook
from esdash.inventory.importing.read.notices import Notice
from esdash.model.kinds import HEADERS
from esdash.texts import Text
from tests.inventory import partner_files
from tests.inventory.office_files import Error, Shown, ods, xls, xlsb
from tests.provide import libreoffice

Writer = Callable[..., Path]
WRITERS = pytest.mark.parametrize("write", [ods, xls, xlsb])


def table(path: Path, sheet: str | None = None) -> spreadsheets.Table:
    return spreadsheets.table(path, HEADERS, sheet)


def written(write: Writer, folder: Path, *arguments: object, **more: object) -> Path:
    return write(folder / f"a.{write.__name__}", *arguments, **more)


@WRITERS
def test_every_kind_of_value(write: Writer, tmp_path: Path) -> None:
    rows = [
        ["Name", "PLZ", "Beginn", "Von", "Barrierefrei", "Kosten", "Notiz"],
        ["Łódź 😀", "01067", date(2026, 2, 1), time(14, 30), True, 12, "zwei\nZeilen"],
        ["Zahl", Shown(1067, "00000"), datetime(2026, 2, 1), time(9), False, 0.5, Shown(0.25, "0%")],
        ["Fehler", Error(), datetime(2026, 2, 1, 9, 15), Error("#N/A"), None, -3.25, "  "],
        [None, 6844.0, None, None, None, 1234567.0],
    ]
    found = table(written(write, tmp_path, {"Liste": rows}))
    assert [row.cells for row in found.rows] == [
        ("Łódź 😀", "01067", "2026-02-01", "14:30", "ja", "12", "zwei\nZeilen"),
        ("Zahl", "01067", "2026-02-01", "09:00", "nein", "0,5", "0,25"),
        ("Fehler", "#REF!", "2026-02-01 09:15", "#N/A", "", "-3,25", ""),
        ("", "6844", "", "", "", "1234567", ""),
    ]
    assert found.notices == ()


@WRITERS
def test_merged_cells_hold_for_all_their_rows_but_numbers_do_not(
    write: Writer, tmp_path: Path, tiny: Inventory
) -> None:
    rows = [
        ["Schulung", "Träger", "Seit", "Plätze", "PLZ"],
        ["A", "Tafel", date(2026, 2, 1), 20, Shown(1067, "00000")],
        ["B", None, None, None, None],
        ["Bildung", None, None, None, None],
        ["C", None, None, None, None],
        ["D", "12", "Mo 9-12", "06844", "ca. 15"],  # texts: the first may be a sum as well
        ["E", None, None, None, None],
    ]
    areas = [(1, 1, 2, 1), (1, 2, 2, 2), (1, 3, 4, 3), (1, 4, 2, 4), (3, 0, 3, 4)]
    areas += [(5, column, 6, column) for column in range(1, 5)]
    path = written(write, tmp_path, {"Liste": rows}, {"Liste": areas})
    found = table(path)
    assert [row.cells for row in found.rows] == [
        ("A", "Tafel", "2026-02-01", "20", "01067"),
        ("B", "Tafel", "2026-02-01", "", "01067"),
        ("C", "", "", "", ""),
        ("D", "12", "Mo 9-12", "06844", "ca. 15"),
        ("E", "", "Mo 9-12", "06844", "ca. 15"),
    ]
    assert (found.filled_down, found.omitted) == ((3, 7), ((4, "heading"),))
    assert found.notices == (Notice("import_file.notice_unfilled", {"rows": "3, 5 („Plätze“); 7 („Träger“)"}),)
    plan = importing.plan(tiny, path, "courses", {"columns": {"Seit": None, "Plätze": None, "PLZ": None}})
    told = [Text("de")(notice.key, **notice.values) for notice in plan.notices]
    assert any("leer bleiben: Zeile 3, 5 („Plätze“); 7 („Träger“)" in sentence for sentence in told)


@WRITERS
def test_hidden_sheets_are_not_read_and_like_hidden_rows_named(write: Writer, tmp_path: Path) -> None:
    rows = [["Organisation", "Notiz"], ["A", "x"], ["B", "y"]]
    sheets = {"Alt": [["Organisation", "Notiz", "PLZ"], ["Z", "z", "06844"]], "Neu": rows}
    found = table(written(write, tmp_path, sheets, hidden=["Alt"], folded=[2]))
    assert (found.sheet, found.other_sheets, found.hidden) == ("Neu", (), (3,))
    assert found.notices == (Notice("import_file.notice_concealed", {"sheets": "„Alt“"}),)
    assert [row.cells[0] for row in found.rows] == ["A", "B"]


@WRITERS
def test_a_sheet_is_chosen_by_its_name(write: Writer, tmp_path: Path) -> None:
    rows = {name: [["Organisation", "Notiz"], [name, "x"]] for name in ("Nord", "Süd", "West")}
    path = written(write, tmp_path, {**rows, "Leer": []})
    assert (table(path).sheet, table(path).other_sheets) == ("Nord", ("Süd", "West"))
    for said in ("Süd", "süd"):
        found = table(path, said)
        assert (found.sheet, found.rows[0].cells[0], found.other_sheets) == ("Süd", "Süd", ("Nord", "West"))
    for unknown in ("Ost", "Leer"):
        with pytest.raises(UserError, match="import_no_sheet") as caught:
            table(path, unknown)
        for language in ("de", "en"):
            assert "„Nord“, „Süd“, „West“" in "".join(Text(language).error(caught.value))


def test_sheets_of_one_name_are_two(tmp_path: Path) -> None:
    rows = {name: [["Organisation", "Notiz"], [name, "x"]] for name in ("Nord", "Nord_", "Nord__", "Nord (2)")}
    path, renamed = ods(tmp_path / "a.ods", rows), tmp_path / "b.ods"
    with zipfile.ZipFile(path) as given, zipfile.ZipFile(renamed, "w") as made:
        for one in given.infolist():
            content = given.read(one)
            for title in (b"Nord__", b"Nord_"):
                content = content.replace(b'table:name="' + title + b'"', b'table:name="Nord"')
            made.writestr(one, content)
    assert table(renamed).other_sheets == ("Nord (2)", "Nord (3)", "Nord (2) (2)")
    for said, name in (("Nord", "Nord"), ("Nord (2)", "Nord_"), ("Nord (3)", "Nord__"), ("Nord (2) (2)", "Nord (2)")):
        assert (table(renamed, said).sheet, table(renamed, said).rows[0].cells[0]) == (said, name)


def test_a_text_file_has_no_sheets(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Organisation\nTafel", encoding="utf-8")
    with pytest.raises(UserError, match="import_has_no_sheets"):
        table(path, "Nord")


@WRITERS
def test_the_content_counts_and_not_the_ending(write: Writer, tmp_path: Path) -> None:
    path = written(write, tmp_path, {"Liste": [["Organisation"], ["Tafel"]]})
    for ending in ("xlsx", "xls", "xlsb", "ods", "csv"):
        other = path.rename(path.with_suffix(f".{ending}"))
        assert table(other).rows[0].cells == ("Tafel",)
        path = other


def test_what_could_not_be_told_of_a_sheet_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = xls(tmp_path / "a.xls", {"Liste": [["Organisation"], ["Tafel"]]})
    sheet = workbook.Sheet("Liste", [(1, ["Organisation"]), (2, ["Tafel"])], False, unseen=True)
    monkeypatch.setattr(workbook, "sheets", lambda *_: [sheet])
    assert [notice.key for notice in table(path).notices] == ["import_file.notice_unseen"]


@pytest.fixture(scope="module")
def of_office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Workbooks of partners, as LibreOffice saves them in the other forms."""
    folder = tmp_path_factory.mktemp("office")
    for name, build in BUILT.items():
        build(folder / f"{name}.xlsx")
    office = [libreoffice(), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to"]
    for target in ("ods", "xls"):
        files = sorted(map(str, folder.glob("*.xlsx")))
        subprocess.run([*office, target, "--outdir", folder, *files], check=True, capture_output=True, timeout=180)
    return folder


def marks(path: Path) -> None:
    """A comment, a link, a hidden row, errors, formulas, blanks in a row, a percentage."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Liste")
        sheet.write_row("A1", ["Organisation", "Notiz", "Quelle"])
        sheet.write_row("A2", ["Tafel   mit   Lücken", 0.255])
        sheet.write_comment("A2", "nur für uns")
        sheet.write_url("C2", "https://tafel.example", string="Tafel")
        sheet.write_row("A3", ["Verein"])
        sheet.write_formula("B3", "=1/0", None, "#DIV/0!")
        sheet.write_formula("C3", "=1+1", None, 2)
        sheet.write_row("A4", ["Letzte\nZeile"])
        sheet.write_number("B4", 0.5, book.add_format({"num_format": "0%"}))
        sheet.set_row(2, None, None, {"hidden": True})


BUILT = {
    "merged": partner_files.merged,
    "numbers": partner_files.numbers,
    "from_1904": partner_files.numbers_of_1904,
    "marks": marks,
}


@pytest.mark.browser
@pytest.mark.parametrize("ending", ["ods", "xls"])
@pytest.mark.parametrize("name", BUILT)
def test_what_libreoffice_saves_is_what_excel_saved(of_office: Path, name: str, ending: str) -> None:
    before, after = table(of_office / f"{name}.xlsx"), table(of_office / f"{name}.{ending}")
    assert (after.header, after.header_row, after.rows) == (before.header, before.header_row, before.rows)
    assert (after.sheets, after.omitted, after.hidden) == (before.sheets, before.omitted, before.hidden)
    assert (after.filled_down, after.notices) == (before.filled_down, before.notices)
