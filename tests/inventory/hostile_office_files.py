"""Hostile .ods, .xls and .xlsb, and the reason for which each is refused; used by hostile_files.py."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

from tests.inventory import office_files
from tests.inventory.office_files import OLE, biff, ods, ods_with, ole, part, record, xls, xlsb, xlsb_styles, xlsb_with

ROWS = {"Liste": [["Organisation", "Notiz"], ["Tafel", "x"]]}
FIRST = "<table:table-row><table:table-cell office:value-type='string'><text:p>Organisation</text:p></table:table-cell>"
HEAD = f"{FIRST}</table:table-row>"
CELL = "<table:table-cell{} office:value-type='string'><text:p>x</text:p></table:table-cell>"
Builder = Callable[[Path], Path]


def _written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def _body(rows: str) -> str:
    sheet = f"<table:table table:name='Liste'>{rows}</table:table>"
    return f"<office:body><office:spreadsheet>{sheet}</office:spreadsheet></office:body>"


def _sheet(path: Path, rows: str) -> Path:
    return ods_with(path, _body(rows))


def _repeated(path: Path, rows: str, columns: str) -> Path:
    cell = CELL.format(f" table:number-columns-repeated='{columns}'")
    return _sheet(path, f"{HEAD}<table:table-row table:number-rows-repeated='{rows}'>{cell}</table:table-row>")


def _far_ods(path: Path) -> Path:
    blank = "<table:table-row table:number-rows-repeated='1048574'><table:table-cell/></table:table-row>"
    aside = "<table:table-cell table:number-columns-repeated='16383'/>"
    return _sheet(path, f"{HEAD}{blank}<table:table-row>{aside}{CELL.format('')}</table:table-row>")


def _entities(path: Path) -> Path:
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<!DOCTYPE x [<!ENTITY l0 "lol">{levels}]>'
    return ods_with(path, _body(HEAD.replace("Organisation", "&l9;")), before=bomb)


def _outside(path: Path) -> Path:
    asks = '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    return ods_with(path, _body(HEAD.replace("Organisation", "&x;")), before=asks)


def _merged(path: Path) -> Path:
    area = CELL.format(" table:number-rows-spanned='20000'")
    filled = f"<table:table-row>{CELL.format('')}</table:table-row>"
    return _sheet(path, HEAD + f"<table:table-row>{area * 190}</table:table-row>" + filled * 19_000)


def _sheets_ods(path: Path) -> Path:
    return ods(path, {f"n{n}": [["x"]] for n in range(5_000)})


def _torn(build: Callable[..., Path]) -> Builder:
    """The first half of a file."""

    def built(path: Path) -> Path:
        content = build(path, ROWS).read_bytes()
        return _written(path, content[: len(content) // 2])

    return built


def _text_document(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", "<x/>")
    return path


def _locked_ods(path: Path) -> Path:
    manifest = "<manifest><file-entry><encryption-data/></file-entry></manifest>"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", office_files.ODS_TYPE)
        archive.writestr("content.xml", b"\x17\xff\x00")
        archive.writestr("META-INF/manifest.xml", manifest)
    return path


def _far_xls(path: Path) -> Path:
    stream = biff(ROWS)
    far = record(0x0204, struct.pack("<HHH", 65_535, 255, 0) + struct.pack("<H", 1) + b"\0x")
    return ole(path, {"Workbook": stream[: -len(record(0x000A))] + far + record(0x000A)})


def _locked_xls(path: Path) -> Path:
    """Excel's own encryption: all records after this one are noise."""
    stream = biff(ROWS)
    start = len(record(0x0809, bytes(16)))
    locked = record(0x002F, struct.pack("<HHH", 1, 1, 1) + bytes(48))
    return ole(path, {"Workbook": stream[:start] + locked + stream[start:]})


def _shared_xls(path: Path) -> Path:
    """One text of 60,000 letters, named by 40,000 cells: 2.4 GB when it is written out."""
    letters = 60_000
    first = struct.pack("<II", 40_000, 1) + struct.pack("<H", letters) + b"\0" + b"x" * 8_000
    strings = record(0x00FC, first)
    for begin in range(8_000, letters, 8_000):
        strings += record(0x003C, b"\0" + b"x" * min(8_000, letters - begin))
    stream = biff({"Liste": []})
    start = len(record(0x0809, bytes(16)))
    end = len(stream) - len(record(0x000A))
    cells = b"".join(record(0x00FD, struct.pack("<HHHI", row, 0, 0, 0)) for row in range(40_000))
    about, sheet = stream[:start], stream[start:end]
    bound = sheet.index(struct.pack("<H", 0x0085))
    at = struct.unpack_from("<I", sheet, bound + 4)[0] + len(strings)
    sheet = sheet[: bound + 4] + struct.pack("<I", at) + sheet[bound + 8 :]
    return ole(path, {"Workbook": about + strings + sheet + cells + record(0x000A)})


def _many_bounds(path: Path, number: int, cells: int) -> Path:
    """Many sheets, which are all the same one."""
    rows = [["x"] * 10 for _ in range(cells // 10)]
    one = biff({"Liste": rows})
    bound = one.index(struct.pack("<H", 0x0085))
    size = 4 + struct.unpack_from("<H", one, bound + 2)[0]
    at = struct.unpack_from("<I", one, bound + 4)[0] + (number - 1) * size
    entry = one[bound : bound + 4] + struct.pack("<I", at) + one[bound + 8 : bound + size]
    return ole(path, {"Workbook": one[:bound] + entry * number + one[bound + size :]})


def _circle(path: Path) -> Path:
    """The sectors of the workbook follow each other in a circle."""
    content = bytearray(xls(path, {"Liste": [["Organisation"], *[["x" * 50]] * 500]}).read_bytes())
    table = 512  # the first table of sectors stands right behind the header
    for number in range(2, 30):
        struct.pack_into("<I", content, table + 4 * number, number + 1 if number < 29 else 2)
    return _written(path, bytes(content))


def _no_end(path: Path) -> Path:
    """A record that says it is longer than the file, and no end."""
    stream = biff(ROWS)
    return ole(path, {"Workbook": stream[: -len(record(0x000A))] + struct.pack("<HH", 0x0204, 60_000)})


def _far_xlsb(path: Path) -> Path:
    far = part(0, struct.pack("<IIHBBBI", 1_048_575, 0, 300, 0, 0, 0, 0)) + part(5, struct.pack("<IId", 16_383, 0, 1))
    return _xlsb(path, part(129) + part(148, bytes(16)) + part(145) + _first_row() + far + part(146) + part(130))


def _first_row() -> bytes:
    text = struct.pack("<II", 0, 0) + struct.pack("<I", 12) + "Organisation".encode("utf-16-le")
    return part(0, struct.pack("<IIHBBBI", 0, 0, 300, 0, 0, 0, 0)) + part(6, text)


def _xlsb(path: Path, sheet: bytes) -> Path:
    name = struct.pack("<I", 5) + "Liste".encode("utf-16-le")
    relation = struct.pack("<I", 4) + "rId1".encode("utf-16-le")
    book = part(131) + part(143) + part(156, struct.pack("<II", 0, 1) + relation + name) + part(144) + part(132)
    return xlsb_with(path, book, xlsb_styles(["General"]), {"xl/worksheets/sheet1.bin": sheet})


def _long_text(path: Path) -> Path:
    """A text that says it has four thousand million letters."""
    cell = part(6, struct.pack("<III", 0, 0, 0xFFFFFFF0) + b"x\0")
    return _xlsb(path, part(129) + part(148, bytes(16)) + part(145) + part(0, bytes(17)) + cell + part(146) + part(130))


def _many_rows(path: Path) -> Path:
    cell = part(5, struct.pack("<IId", 0, 0, 1))
    rows = b"".join(part(0, struct.pack("<IIHBBBI", n, 0, 300, 0, 0, 0, 0)) + cell for n in range(500_000))
    return _xlsb(path, part(129) + part(148, bytes(16)) + part(145) + rows + part(146) + part(130))


def _with(build: Callable[..., Path], member: str, size: int = 1) -> Builder:
    """A sound file with one more member."""

    def built(path: Path) -> Path:
        build(path, ROWS)
        with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(member, bytes(size))
        return path

    return built


FILES: dict[str, tuple[Builder, str]] = {
    # ---- OpenDocument
    "nothing.ods": (lambda path: _written(path, b""), "import_empty"),
    "program.ods": (lambda path: _written(path, b"MZ\x90\x00" + bytes(1000)), "import_kind_of_file"),
    "text.ods": (_text_document, "import_kind_of_file"),
    "torn.ods": (_torn(ods), "import_damaged"),
    "locked.ods": (_locked_ods, "import_encrypted"),
    "macros.ods": (_with(ods, "Basic/Standard/Module1.xml"), "import_macros"),
    "zip_bomb.ods": (_with(ods, "Pictures/a.png", 60_000_000), "import_unzips_too_large"),
    "entities.ods": (_entities, "import_damaged"),
    "outside.ods": (_outside, "import_damaged"),
    "far_cell.ods": (_far_ods, "import_too_many_cells"),
    "repeated_rows.ods": (lambda path: _repeated(path, "1048576", "1"), "import_too_full"),
    "repeated_columns.ods": (lambda path: _repeated(path, "1", "16384"), "import_too_many_cells"),
    "repeated_both.ods": (lambda path: _repeated(path, "1048576", "16384"), "import_too_full"),
    "repeated_for_ever.ods": (lambda path: _repeated(path, "9" * 18, "1"), "import_too_full"),
    "repeated_backwards.ods": (lambda path: _repeated(path, "2", "-5"), "import_damaged"),
    "merged.ods": (_merged, "import_too_full"),
    "sheets.ods": (_sheets_ods, "import_too_full"),
    "deep.ods": (lambda path: _sheet(path, HEAD + "<a>" * 2_000_000 + "</a>" * 2_000_000), "import_too_full"),
    "deep_small.ods": (lambda path: _sheet(path, HEAD + "<a>" * 300_000), "import_damaged"),
    # ---- Excel before 2007
    "old.xls": (lambda path: _written(path, OLE + bytes(600)), "import_kind_of_file"),
    "old_renamed.xlsx": (lambda path: _written(path, OLE + bytes(600)), "import_kind_of_file"),
    "program.xls": (lambda path: _written(path, b"MZ\x90\x00" + bytes(1000)), "import_kind_of_file"),
    "word.xls": (lambda path: ole(path, {"WordDocument": bytes(5_000)}), "import_kind_of_file"),
    "torn.xls": (_torn(xls), "import_damaged"),
    "noise.xls": (lambda path: _written(path, OLE + "Workbook".encode("utf-16-le") * 9_999), "import_damaged"),
    "locked.xls": (_locked_xls, "import_encrypted"),
    "macros.xls": (lambda path: xls(path, ROWS, more={"_VBA_PROJECT": b"x"}), "import_macros"),
    "far_cell.xls": (_far_xls, "import_too_many_cells"),
    "shared_strings.xls": (_shared_xls, "import_too_many_cells"),
    "sheets.xls": (lambda path: _many_bounds(path, 5_000, 100), "import_too_full"),
    "same_sheet.xls": (lambda path: _many_bounds(path, 199, 60_000), "import_too_full"),
    "circle.xls": (_circle, "import_damaged"),
    "no_end.xls": (_no_end, "import_damaged"),
    # ---- binary workbooks
    "torn.xlsb": (_torn(xlsb), "import_damaged"),
    "macros.xlsb": (_with(xlsb, "xl/vbaProject.bin"), "import_macros"),
    "zip_bomb.xlsb": (_with(xlsb, "xl/media/a.png", 60_000_000), "import_unzips_too_large"),
    "far_cell.xlsb": (_far_xlsb, "import_too_many_cells"),
    "long_text.xlsb": (_long_text, "import_damaged"),
    "many_rows.xlsb": (_many_rows, "import_too_full"),
}
