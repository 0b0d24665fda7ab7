"""Small writers of .ods, .xls and .xlsb, so that a test shows what stands in its file.

`xls` writes what Excel 97 to 2003 did (BIFF8 in an OLE container), `xlsb` the binary workbook of Excel 2007.
"""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr


@dataclass(frozen=True)
class Shown:
    """A number with its format, such as 0.5 as "0%"; of a text or a number that is only calculated, its formula."""

    value: Any
    code: str = "General"


@dataclass(frozen=True)
class Error:
    """A cell with an error."""

    text: str = "#REF!"


Cells = list[Any]
Sheets = Mapping[str, Sequence[Cells]]
Area = tuple[int, int, int, int]  # first row and column, last row and column, counted from 0
Areas = Mapping[str, Sequence[Area]]
_NONE: Areas = {}
_ERRORS = {"#NULL!": 0, "#DIV/0!": 7, "#VALUE!": 15, "#REF!": 23, "#NAME?": 29, "#NUM!": 36, "#N/A": 42}
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
DAY, CLOCK, MOMENT = "dd.mm.yyyy", "hh:mm", "dd.mm.yyyy hh:mm"


def _number(value: Any) -> tuple[float, str]:
    """A value as Excel stores it, and its format."""
    if isinstance(value, Shown):
        return float(value.value), value.code
    if isinstance(value, datetime):
        return (value - datetime(1899, 12, 30)).total_seconds() / 86_400, MOMENT
    if isinstance(value, date):
        return float((value - date(1899, 12, 30)).days), DAY
    if isinstance(value, time):
        return (value.hour * 3600 + value.minute * 60 + value.second) / 86_400, CLOCK
    return float(value), "General"


# ---- .ods

_NAMESPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text", "style", "number")
)
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"


def ods(
    path: Path, sheets: Sheets, merged: Areas = _NONE, hidden: Iterable[str] = (), folded: Iterable[int] = ()
) -> Path:
    """An .ods with these sheets; those in `hidden` are not displayed, nor are the rows in `folded`, from 0."""
    hide, folds = set(hidden), set(folded)
    tables = "".join(_ods_table(name, rows, merged.get(name, ()), name in hide, folds) for name, rows in sheets.items())
    return ods_with(path, f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>")


def ods_with(path: Path, body: str, before: str = "", parts: Mapping[str, str | bytes] = {}) -> Path:
    """An .ods with this body, and with `before` between the declaration of the XML and the document."""
    styles = (
        '<office:automatic-styles><style:style style:name="unseen" style:family="table">'
        '<style:table-properties table:display="false"/></style:style></office:automatic-styles>'
    )
    content = f'<?xml version="1.0" encoding="UTF-8"?>{before}<office:document-content {_NAMESPACES}>{styles}{body}'
    manifest = (
        '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODS_TYPE}"/></manifest:manifest>'
    )
    members: dict[str, str | bytes] = {"content.xml": content + "</office:document-content>"}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", ODS_TYPE, zipfile.ZIP_STORED)
        for name, member in {**members, "META-INF/manifest.xml": manifest, **parts}.items():
            archive.writestr(name, member)
    return path


def _ods_table(name: str, rows: Sequence[Cells], merged: Sequence[Area], hidden: bool, folded: set[int]) -> str:
    spans = {(top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in merged}
    covered = {
        (row, column)
        for top, left, bottom, right in merged
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
    } - spans.keys()
    written = "".join(
        ("<table:table-row table:visibility='collapse'>" if row in folded else "<table:table-row>")
        + "".join(
            _ods_cell(value, spans.get((row, column)), (row, column) in covered) for column, value in enumerate(cells)
        )
        + "</table:table-row>"
        for row, cells in enumerate(rows)
    )
    style = ' table:style-name="unseen"' if hidden else ""
    return f"<table:table table:name={quoteattr(name)}{style}>{written}</table:table>"


def _ods_cell(value: Any, span: tuple[int, int] | None, covered: bool) -> str:
    tag = "table:covered-table-cell" if covered else "table:table-cell"
    about = ""
    if span:
        about = f' table:number-rows-spanned="{span[0]}" table:number-columns-spanned="{span[1]}"'
    kind, shown = "", ""
    if isinstance(value, str):
        kind, shown = 'office:value-type="string"', value
    elif isinstance(value, bool):
        kind = f'office:value-type="boolean" office:boolean-value="{str(value).lower()}"'
        shown = "WAHR" if value else "FALSCH"
    elif isinstance(value, datetime):
        kind = f'office:value-type="date" office:date-value="{value.isoformat()}"'
        shown = f"{value:%d.%m.%Y %H:%M}"
    elif isinstance(value, date):
        kind, shown = f'office:value-type="date" office:date-value="{value.isoformat()}"', f"{value:%d.%m.%Y}"
    elif isinstance(value, time):
        kind = f'office:value-type="time" office:time-value="PT{value.hour:02}H{value.minute:02}M{value.second:02}S"'
        shown = f"{value:%H:%M}"
    elif isinstance(value, Error):
        kind = 'table:formula="of:=[.#REF!]" office:value-type="string" office:string-value=""'
        shown = value.text
    elif isinstance(value, Shown) and value.code.endswith("%"):
        kind = f'office:value-type="percentage" office:value="{value.value}"'
        shown = f"{value.value * 100:g} %"
    elif isinstance(value, Shown):
        kind = f'office:value-type="float" office:value="{value.value}"'
        shown = str(value.value).rjust(value.code.count("0"), "0")
    elif value is not None:
        kind, shown = f'office:value-type="float" office:value="{value}"', str(value).replace(".", ",")
    text = "".join(f"<text:p>{escape(line)}</text:p>" for line in shown.split("\n")) if shown else ""
    return f"<{tag}{about} {kind}>{text}</{tag}>"


# ---- .xls


def xls(
    path: Path,
    sheets: Sheets,
    merged: Areas = _NONE,
    hidden: Iterable[str] = (),
    folded: Iterable[int] = (),
    more: Mapping[str, bytes] = {},
) -> Path:
    """An .xls of Excel 97 to 2003; `more` adds streams to the container."""
    return ole(path, {"Workbook": biff(sheets, merged, hidden, folded), **more})


def record(number: int, content: bytes = b"") -> bytes:
    """A record of BIFF."""
    return struct.pack("<HH", number, len(content)) + content


def _wide(text: str, length: str) -> bytes:
    return struct.pack(length, len(text.encode("utf-16-le")) // 2) + b"\x01" + text.encode("utf-16-le")


def biff(sheets: Sheets, merged: Areas = _NONE, hidden: Iterable[str] = (), folded: Iterable[int] = ()) -> bytes:
    """The stream of an .xls."""
    hide, folds = set(hidden), set(folded)
    codes = _codes(sheets)
    about = record(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 0)) + record(0x0042, struct.pack("<H", 1200))
    about += record(0x0022, struct.pack("<H", 0))
    for number, code in enumerate(codes[1:], 164):
        about += record(0x041E, struct.pack("<H", number) + _wide(code, "<H"))
    for number in range(len(codes)):
        about += record(0x00E0, struct.pack("<HH", 0, 163 + number if number else 0) + bytes(16))
    bodies = [_biff_sheet(rows, codes, merged.get(name, ()), folds) for name, rows in sheets.items()]
    bounds = sum(len(record(0x0085, bytes(6) + _wide(name, "<B"))) for name in sheets)
    at = len(about) + bounds + len(record(0x000A))
    for name, body in zip(sheets, bodies, strict=True):
        about += record(0x0085, struct.pack("<IBB", at, name in hide, 0) + _wide(name, "<B"))
        at += len(body)
    return about + record(0x000A) + b"".join(bodies)


def _codes(sheets: Sheets) -> list[str]:
    """All formats of numbers; the plain one first."""
    cells = (value for rows in sheets.values() for row in rows for value in row)
    numbers = (value for value in cells if value is not None and not isinstance(value, str | bool | Error))
    return list(dict.fromkeys(["General", *(_number(value)[1] for value in numbers)]))


def _biff_sheet(rows: Sequence[Cells], codes: list[str], merged: Sequence[Area], folded: set[int]) -> bytes:
    body = [record(0x0809, struct.pack("<HHHHII", 0x0600, 0x10, 0, 0, 0, 0))]
    width = max((len(cells) for cells in rows), default=0)
    body.append(record(0x0200, struct.pack("<IIHHH", 0, len(rows), 0, width, 0)))
    for row in sorted(folded):
        body.append(record(0x0208, struct.pack("<HHHHIHH", row, 0, width, 300, 0, 0x20, 0)))
    for row, cells in enumerate(rows):
        for column, value in enumerate(cells):
            at = struct.pack("<HH", row, column)
            if value is None:
                continue
            if isinstance(value, str):
                body.append(record(0x0204, at + struct.pack("<H", 0) + _wide(value, "<H")))
            elif isinstance(value, bool):
                body.append(record(0x0205, at + struct.pack("<HBB", 0, value, 0)))
            elif isinstance(value, Error):
                body.append(record(0x0205, at + struct.pack("<HBB", 0, _ERRORS[value.text], 1)))
            else:
                number, code = _number(value)
                body.append(record(0x0203, at + struct.pack("<Hd", codes.index(code), number)))
    if merged:
        areas = [struct.pack("<HHHH", top, bottom, left, right) for top, left, bottom, right in merged]
        body.append(record(0x00E5, struct.pack("<H", len(areas)) + b"".join(areas)))
    return b"".join([*body, record(0x000A)])


_SECTOR, _SMALLEST = 512, 4096  # bytes; a shorter stream would lie in a place of its own
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def ole(path: Path, streams: Mapping[str, bytes]) -> Path:
    """A container of Office before 2007 with these streams, at most 7 MB."""
    contents = [content.ljust(_SMALLEST, b"\0") for content in streams.values()]
    contents = [content + bytes(-len(content) % _SECTOR) for content in contents]
    entries = -(-(len(streams) + 1) // 4)
    sectors = entries + sum(len(content) // _SECTOR for content in contents)
    tables = 1
    while tables * 128 < sectors + tables:
        tables += 1
    chain = [_FAT] * tables + [tables + n + 1 for n in range(entries - 1)] + [_END]
    directory = _entry("Root Entry", 5, _END, 0, child=1)
    for number, (name, content) in enumerate(zip(streams, contents, strict=True), 1):
        directory += _entry(name, 2, len(chain), len(content), right=number + 1 if number < len(streams) else _FREE)
        count = len(content) // _SECTOR
        chain += [len(chain) + n + 1 for n in range(count - 1)] + [_END]
    directory += bytes(entries * _SECTOR - len(directory))
    chain += [_FREE] * (tables * 128 - len(chain))
    head = OLE + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, tables, tables, 0, _SMALLEST, _END, 0, _END, 0)
    head += struct.pack("<109I", *range(tables), *[_FREE] * (109 - tables))
    path.write_bytes(head + struct.pack(f"<{len(chain)}I", *chain) + directory + b"".join(contents))
    return path


def _entry(name: str, kind: int, start: int, size: int, child: int = _FREE, right: int = _FREE) -> bytes:
    written = (name + "\0").encode("utf-16-le")
    about = written.ljust(64, b"\0") + struct.pack("<HBBIII", len(written), kind, 1, _FREE, right, child)
    return about + bytes(36) + struct.pack("<IQ", start, size)


# ---- .xlsb

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_EXCEL = "application/vnd.ms-excel"


def xlsb(
    path: Path, sheets: Sheets, merged: Areas = _NONE, hidden: Iterable[str] = (), folded: Iterable[int] = ()
) -> Path:
    """A binary workbook of Excel."""
    hide, folds, codes = set(hidden), set(folded), _codes(sheets)
    bundles = b"".join(
        part(156, struct.pack("<II", name in hide, n) + _string(f"rId{n}") + _string(name))
        for n, name in enumerate(sheets, 1)
    )
    book = part(131) + part(143) + bundles + part(144) + part(132)
    bodies = {
        f"xl/worksheets/sheet{n}.bin": _xlsb_sheet(rows, codes, merged.get(name, ()), folds)
        for n, (name, rows) in enumerate(sheets.items(), 1)
    }
    return xlsb_with(path, book, xlsb_styles(codes), bodies)


def xlsb_styles(codes: list[str]) -> bytes:
    """The part with a style for each format of numbers."""
    formats = b"".join(part(44, struct.pack("<H", n) + _string(code)) for n, code in enumerate(codes[1:], 164))
    styles = part(278) + part(615, struct.pack("<I", len(codes) - 1)) + formats + part(616)
    looks = (part(47, struct.pack("<HH", 0, 163 + n if n else 0) + bytes(12)) for n in range(len(codes)))
    styles += part(617, struct.pack("<I", len(codes))) + b"".join(looks) + part(618) + part(279)
    return styles


def xlsb_with(path: Path, book: bytes, styles: bytes, bodies: Mapping[str, bytes]) -> Path:
    """A binary workbook of these parts."""
    relations = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/worksheet" Target="{name.removeprefix("xl/")}"/>'
        for n, name in enumerate(bodies, 1)
    )
    styled = f'<Relationship Id="rId0" Type="{_OFFICE}/styles" Target="styles.bin"/>'
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        f'<Default Extension="bin" ContentType="{_EXCEL}.sheet.binary.macroEnabled.main"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.bin"/></Relationships>',
        "xl/workbook.bin": book,
        "xl/_rels/workbook.bin.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{relations}{styled}'
        "</Relationships>",
        "xl/styles.bin": styles,
        **bodies,
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, member in members.items():
            archive.writestr(name, member)
    return path


def part(number: int, content: bytes = b"") -> bytes:
    """A record of a binary workbook."""
    written = bytes([number]) if number < 128 else bytes([number & 127 | 128, number >> 7])
    size, rest = b"", len(content)
    while True:
        size += bytes([rest & 127 | (128 if rest > 127 else 0)])
        rest >>= 7
        if not rest:
            return written + size + content


def _string(text: str) -> bytes:
    return struct.pack("<I", len(text.encode("utf-16-le")) // 2) + text.encode("utf-16-le")


def _xlsb_sheet(rows: Sequence[Cells], codes: list[str], merged: Sequence[Area], folded: set[int]) -> bytes:
    width = max((len(cells) for cells in rows), default=1)
    size = struct.pack("<IIII", 0, max(len(rows) - 1, 0), 0, max(width - 1, 0))
    body = [part(129), part(148, size), part(145)]
    for row, cells in enumerate(rows):
        body.append(part(0, struct.pack("<IIHBBBI", row, 0, 300, 0, 0x10 if row in folded else 0, 0, 0)))
        for column, value in enumerate(cells):
            at = struct.pack("<II", column, 0)
            if value is None:
                continue
            if isinstance(value, str):
                body.append(part(6, at + _string(value)))
            elif isinstance(value, bool):
                body.append(part(4, at + bytes([value])))
            elif isinstance(value, Error):
                body.append(part(3, at + bytes([_ERRORS[value.text]])))
            else:
                number, code = _number(value)
                body.append(part(5, struct.pack("<IId", column, codes.index(code), number)))
    body.append(part(146))
    if merged:
        areas = [part(176, struct.pack("<IIII", top, bottom, left, right)) for top, left, bottom, right in merged]
        body += [part(177, struct.pack("<I", len(areas))), *areas, part(178)]
    return b"".join([*body, part(130)])
