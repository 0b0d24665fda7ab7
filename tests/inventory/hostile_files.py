"""Files made to stop, overfill or deceive their reader, and the reason for which each is refused.

Used by the tests (each is refused) and by `python -m benchmarks hostile` (how long that takes).
"""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from tests.inventory import hostile_office_files

OLE = hostile_office_files.OLE
SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
    f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_TYPE}.sharedStrings+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="rId1" '
    f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{SPREADSHEET}" xmlns:r="{_OFFICE}"><sheets>'
    '<sheet name="Liste" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    f'<Relationship Id="rId3" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
    "xl/styles.xml": f'<styleSheet xmlns="{SPREADSHEET}"><fonts><font/></fonts><fills><fill/></fills><borders><border/>'
    "</borders><cellStyleXfs><xf/></cellStyleXfs><cellXfs><xf/></cellXfs></styleSheet>",
    "xl/sharedStrings.xml": f'<sst xmlns="{SPREADSHEET}"><si><t>x</t></si></sst>',
}
HEADER = '<row r="1"><c r="A1" t="inlineStr"><is><t>Organisation</t></is></c></row>'


def sheet(content: str) -> str:
    """The XML of a sheet with these rows."""
    return f'<worksheet xmlns="{SPREADSHEET}"><sheetData>{content}</sheetData></worksheet>'


def packed(path: Path, rows: str | bytes = HEADER, parts: Mapping[str, str | bytes] = MappingProxyType({})) -> Path:
    """An XLSX file with these rows, or these bytes as its sheet; `parts` replaces or adds members."""
    content = sheet(rows) if isinstance(rows, str) else rows
    members: dict[str, str | bytes] = {**PARTS, "xl/worksheets/sheet1.xml": content}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, member in {**members, **parts}.items():
            archive.writestr(name, member)
    return path


def written(path: Path, content: bytes | str) -> Path:
    """A file with this content."""
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def _long(path: Path, begin: bytes) -> Path:
    """200 MB, as a file with a hole: what it begins with, then zeros."""
    with path.open("wb") as file:
        file.write(begin)
        file.truncate(200_000_000)
    return path


def _far_cell(path: Path) -> Path:
    return packed(path, HEADER + '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>')


def _million_columns(path: Path) -> Path:
    cells = "".join(f'<c r="{_letters(number)}1"><v>1</v></c>' for number in range(1, 1_000_001))
    return packed(path, f'<row r="1">{cells}</row>')


def _letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _shared_strings(path: Path) -> Path:
    """One text of 100 kB, named by 15,000 cells: 1.5 GB when it is written out."""
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 15_001))
    strings = f'<sst xmlns="{SPREADSHEET}"><si><t>{"x" * 100_000}</t></si></sst>'
    return packed(path, cells, parts={"xl/sharedStrings.xml": strings})


def _entities(path: Path) -> Path:
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    cell = '<row r="1"><c r="A1" t="inlineStr"><is><t>&l9;</t></is></c></row>'
    bomb = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "lol">{levels}]>{sheet(cell)}'
    return packed(path, bomb.encode())


def _outside(path: Path) -> Path:
    """XML that asks for a file of the machine that reads it."""
    cell = '<row r="1"><c r="A1" t="inlineStr"><is><t>&x;</t></is></c></row>'
    return packed(
        path, f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/hostname">]>{sheet(cell)}'.encode()
    )


def _styles(path: Path) -> Path:
    formats = "<xf/>" * 900_000
    styles = PARTS["xl/styles.xml"].replace("<cellXfs><xf/>", f"<cellXfs>{formats}")
    return packed(path, parts={"xl/styles.xml": styles})


def _names(path: Path) -> Path:
    names = "".join(f'<definedName name="n{n}">Liste!A1</definedName>' for n in range(300_000))
    book = PARTS["xl/workbook.xml"].replace("</sheets>", f"</sheets><definedNames>{names}</definedNames>")
    return packed(path, parts={"xl/workbook.xml": book})


def _sheets(path: Path) -> Path:
    sheets = "".join(f'<sheet name="n{n}" sheetId="{n + 1}" r:id="rId1"/>' for n in range(100_000))
    book = PARTS["xl/workbook.xml"].replace('<sheet name="Liste" sheetId="1" r:id="rId1"/>', sheets)
    return packed(path, parts={"xl/workbook.xml": book})


def _members(path: Path) -> Path:
    return packed(path, HEADER, {f"xl/{number}": b"" for number in range(150_000)})


def _torn(path: Path) -> Path:
    """The first entry cannot be unpacked: some bytes of it are others."""
    content = bytearray(packed(path).read_bytes())
    with zipfile.ZipFile(path) as archive:
        first = archive.getinfo("[Content_Types].xml")
    begin = first.header_offset + 30 + len(first.filename)  # 30: the fixed part of its header
    content[begin : begin + 12] = b"\xff" * 12
    return written(path, bytes(content))


def _wrong_size(path: Path) -> Path:
    """A member that says it has 100 bytes and unzips to 40 MB."""
    packed(path, sheet(HEADER + " " * 40_000_000).encode())
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        true = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    while (at := content.find(true.to_bytes(4, "little"))) >= 0:
        content[at : at + 4] = (100).to_bytes(4, "little")
    return written(path, bytes(content))


def _folder(path: Path) -> Path:
    path.mkdir()
    return path


def _macros(path: Path) -> Path:
    return packed(path, parts={"xl/vbaProject.bin": b"x"})


def _locked_zip(path: Path) -> Path:
    """As zip programs encrypt: the flag of every member says so."""
    content = bytearray(packed(path).read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(mark)
        while at >= 0:
            content[at + offset] |= 1
            at = content.find(mark, at + 4)
    return written(path, bytes(content))


def _word(path: Path) -> Path:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<x/>")
    return written(path, buffer.getvalue())


def _noise(size: int) -> bytes:
    return random.Random(1).randbytes(size)


TABLE = "Organisation;Notiz\n"
Builder = Callable[[Path], Path]


# name of the file → how it is made, and the key of the message (esdash/texts, error.<key>)
def _service(more: str) -> str:
    return f'{{"id":"s","name":"a","status":"active",{more}}}'


FILES: dict[str, tuple[Builder, str]] = {
    # ---- not what it says
    "nothing.csv": (lambda path: written(path, b""), "import_empty"),
    "nothing.xlsx": (lambda path: written(path, b""), "import_empty"),
    "blank.csv": (lambda path: written(path, b"\r\n \r\n"), "import_empty"),
    "program.exe": (lambda path: written(path, b"MZ\x90\x00" + bytes(1000)), "import_kind_of_file"),
    "program.xlsx": (lambda path: written(path, b"MZ\x90\x00" + bytes(1000)), "import_kind_of_file"),
    "program.csv": (lambda path: written(path, b"MZ\x90\x00" + bytes(1000)), "import_kind_of_file"),
    "noise.csv": (lambda path: written(path, _noise(19_000_000)), "import_kind_of_file"),
    "noise.xlsx": (lambda path: written(path, b"PK\x03\x04" + _noise(19_000_000)), "import_damaged"),
    "noise_without_nul.csv": (lambda path: written(path, _noise(19_000_000).replace(b"\0", b"")), "import_encoding"),
    "nul.csv": (lambda path: written(path, f"{TABLE}Tafel;x\0y\n"), "import_kind_of_file"),
    "word.xlsx": (_word, "import_kind_of_file"),
    "macros.xlsm": (_macros, "import_macros"),
    "macros_renamed.xlsx": (_macros, "import_macros"),
    "encrypted.xlsx": (
        lambda path: written(path, OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le")),
        "import_encrypted",
    ),
    "encrypted_zip.xlsx": (_locked_zip, "import_encrypted"),
    "folder.csv": (_folder, "import_missing"),
    # ---- too much
    "200_mb.csv": (lambda path: _long(path, TABLE.encode()), "import_too_large"),
    "200_mb.xlsx": (lambda path: _long(path, b"PK\x03\x04"), "import_too_large"),
    "line_of_100_mb.csv": (lambda path: written(path, b"x" * 100_000_000), "import_too_large"),
    "line_of_19_mb.csv": (lambda path: written(path, b"x" * 19_000_000), "import_long_cell"),
    "long_cell.csv": (lambda path: written(path, f"{TABLE}Tafel;{'x' * 200_000}\n"), "import_long_cell"),
    "quote.csv": (lambda path: written(path, f'{TABLE}Tafel;"offen\n' + "a;b\n" * 4_000_000), "import_open_quote"),
    "delimiters.csv": (lambda path: written(path, b";" * 19_000_000), "import_too_many_cells"),
    "quoted_lines.csv": (lambda path: written(path, b'"\n";' * 4_500_000), "import_too_many_cells"),
    "million_columns.csv": (lambda path: written(path, TABLE + "x;" * 1_000_000), "import_too_many_cells"),
    "million_rows.csv": (lambda path: written(path, TABLE + "Tafel;x\n" * 1_000_000), "import_too_many_cells"),
    "accents.csv": (
        lambda path: written(path, TABLE + ("Tafel;a" + "\u0300\u0316" * 15_000 + "\n") * 300),
        "import_encoding",
    ),
    # ---- small, but grows
    "zip_bomb.xlsx": (
        lambda path: packed(path, parts={"xl/media/a.png": bytes(60_000_000)}),
        "import_unzips_too_large",
    ),
    "wrong_size.xlsx": (_wrong_size, "import_damaged"),
    "torn.xlsx": (_torn, "import_damaged"),
    "many_members.xlsx": (_members, "import_too_full"),
    "far_cell.xlsx": (_far_cell, "import_too_many_cells"),
    "million_columns.xlsx": (_million_columns, "import_too_full"),
    "million_rows.xlsx": (
        lambda path: packed(path, "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 700_000))),
        "import_too_full",
    ),
    "shared_strings.xlsx": (_shared_strings, "import_too_many_cells"),
    "many_strings.xlsx": (
        lambda path: packed(
            path, parts={"xl/sharedStrings.xml": f'<sst xmlns="{SPREADSHEET}">{"<si><t>x</t></si>" * 2_500_000}</sst>'}
        ),
        "import_too_full",
    ),
    "deep.xlsx": (
        lambda path: packed(path, HEADER + "<a>" * 2_000_000 + "</a>" * 2_000_000),
        "import_too_full",
    ),
    "deep_small.xlsx": (lambda path: packed(path, HEADER + "<a>" * 300_000), "import_damaged"),
    "elements.xlsx": (lambda path: packed(path, HEADER + "<a/>" * 9_000_000), "import_too_full"),
    "entities.xlsx": (_entities, "import_damaged"),
    "outside.xlsx": (_outside, "import_damaged"),
    "styles.xlsx": (_styles, "import_too_full"),
    "names.xlsx": (_names, "import_too_full"),
    "sheets.xlsx": (_sheets, "import_too_full"),
    # ---- other formats
    **hostile_office_files.FILES,
    "deep.json": (lambda path: written(path, b"[" * 100_000), "import_hsds"),
    "deep_closed.json": (lambda path: written(path, b"[" * 9_000_000 + b"]" * 9_000_000), "import_hsds"),
    "objects.json": (lambda path: written(path, b"[" + b"{}," * 6_000_000 + b"{}]"), "import_hsds"),
    "number.json": (lambda path: written(path, b"1" * 19_000_000), "import_hsds"),
    "deep.geojson": (lambda path: written(path, b"[" * 100_000), "import_geojson"),
    "objects.geojson": (
        lambda path: written(path, b'{"type":"FeatureCollection","features":[' + b"{}," * 6_000_000 + b"{}]}"),
        "import_geojson",
    ),
    "many.geojson": (
        lambda path: written(path, b'{"type":"FeatureCollection","features":[' + b"{}," * 30_000 + b"{}]}"),
        "import_too_many_cells",
    ),
    "columns.geojson": (
        lambda path: written(
            path,
            b'{"type":"FeatureCollection","features":[{"properties":{'
            + b",".join(b'"%d":1' % n for n in range(1_000_000))
            + b"}}]}",
        ),
        "import_too_full",
    ),
    "200_mb.geojson": (lambda path: _long(path, b"{"), "import_too_large"),
    "200_mb.json": (lambda path: _long(path, b"["), "import_too_large"),
    "noise.json": (lambda path: written(path, _noise(19_000_000)), "import_hsds"),
    "parts.json": (
        lambda path: written(path, _service('"phones":[' + ",".join('{"number":"1"}' for _ in range(100_000)) + "]")),
        "import_hsds",
    ),
    "fields.json": (
        lambda path: written(path, _service(",".join(f'"f{n}":1' for n in range(1_000_000)))),
        "import_hsds",
    ),
    "twins.json": (
        lambda path: written(path, "[" + ",".join(_service(f'"url":"{n}"') for n in range(100_000)) + "]"),
        "import_too_many_cells",
    ),
    "many.json": (
        lambda path: written(path, "[" + ",".join(f'{{"id":"{n}","name":"a"}}' for n in range(25_000)) + "]"),
        "import_too_many_cells",
    ),
}
