"""What python-calamine does not tell of XLS and XLSB: errors in cells, hidden rows, merged areas, formats of codes.

Both formats are rows of records with a number and a length; only those that are needed are looked at.
"""

import struct
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

from . import container
from .archive import MOST_SHEETS, Archive
from .sheet import Place, Refused

_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_HIDDEN_XLS, _HIDDEN_XLSB = 0x20, 0x10  # bit of a row that has no height

RECORDS_PER_CELL = 2  # at most; there is one per cell, and one per row

Codes = dict[int, str]  # number of a style → its format, if that shows zeros in front


@dataclass
class Details:
    """What is about the cells of a sheet; places and rows are counted from 1."""

    errors: dict[Place, str] = field(default_factory=dict)
    codes: dict[Place, str] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)
    merged: list[tuple[Place, Place]] = field(default_factory=list)

    def merge(self, top: int, bottom: int, left: int, right: int) -> None:
        """Add a merged area, counted from 0."""
        self.merged.append(((top + 1, left + 1), (bottom + 1, right + 1)))


def details(path: str, most_cells: int) -> dict[str, Details]:
    """Name of a sheet → its details; empty for a file whose records are not as usual.

    Raises Refused for more than a few records per cell, also if many sheets are the same one, and Broken.
    """
    left = RECORDS_PER_CELL * most_cells
    try:
        return _of_xlsb(path, left) if zipfile.is_zipfile(path) else _of_xls(path, left)
    except (ValueError, KeyError, IndexError, struct.error):
        return {}


def _of_xls(path: str, left: int) -> dict[str, Details]:
    stream = container.workbook(path)
    formats: dict[int, str] = {}
    styles: list[int] = []
    places: list[tuple[int, str]] = []
    eight = True  # Excel 97 and later, which write texts as UTF-16
    for number, at, _ in _records(stream, 0):
        if number == 0x0809:
            eight = struct.unpack_from("<H", stream, at)[0] == 0x0600
        elif number == 0x002F:
            raise Refused("locked")
        elif number == 0x041E:
            formats[struct.unpack_from("<H", stream, at)[0]] = _text(stream, at + 2, 2 if eight else 1, eight)
        elif number == 0x00E0:
            styles.append(struct.unpack_from("<H", stream, at + 2)[0])
        elif number == 0x0085:
            places.append((struct.unpack_from("<I", stream, at)[0], _text(stream, at + 6, 1, eight)))
    if len(places) > MOST_SHEETS:
        raise Refused("full")
    codes = _codes(styles, formats)
    found: dict[str, Details] = {}
    for begin, name in places:
        found[name] = Details()
        left -= _read_xls(stream, begin, codes, found[name], left)
    return found


def _records(stream: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """Number, place and length of the records up to the end of the part that begins there."""
    while at + 4 <= len(stream):
        number, size = struct.unpack_from("<HH", stream, at)
        if number == 0x000A or at + 4 + size > len(stream):
            return
        yield number, at + 4, size
        at += 4 + size


def _text(stream: bytes, at: int, length: int, eight: bool) -> str:
    """A text with its length in so many bytes in front; since Excel 97 a byte says how wide its letters are."""
    size = int.from_bytes(stream[at : at + length], "little")
    at += length
    if not eight:
        return stream[at : at + size].decode("cp1252", "replace")
    wide, at = stream[at] & 1, at + 1
    return (
        stream[at : at + 2 * size].decode("utf-16-le", "replace") if wide else stream[at : at + size].decode("latin-1")
    )


def _codes(styles: list[int], formats: dict[int, str]) -> Codes:
    return {style: formats[number] for style, number in enumerate(styles) if "00" in formats.get(number, "")}


def _read_xls(stream: bytes, begin: int, codes: Codes, found: Details, left: int) -> int:
    """Add what is about the cells of a sheet; the number of its records."""
    looked_at = 0
    for looked_at, (number, at, size) in enumerate(_records(stream, begin), 1):
        if looked_at > left:
            raise Refused("full")
        if number in (0x0203, 0x027E, 0x0205, 0x0006) and size >= 8:  # a number, short number, error, formula
            row, column, style = struct.unpack_from("<HHH", stream, at)
            if style in codes:
                found.codes[row + 1, column + 1] = codes[style]
            if number == 0x0205 and stream[at + 7]:
                found.errors[row + 1, column + 1] = _error(stream[at + 6])
            elif number == 0x0006 and stream[at + 12 : at + 14] == b"\xff\xff" and stream[at + 6] == 2:
                found.errors[row + 1, column + 1] = _error(stream[at + 8])
        elif number == 0x00BD and codes:  # several short numbers in a row
            row, column = struct.unpack_from("<HH", stream, at)
            for offset, place in zip(range(4, size - 2, 6), count(column), strict=False):
                style = struct.unpack_from("<H", stream, at + offset)[0]
                if style in codes:
                    found.codes[row + 1, place + 1] = codes[style]
        elif number == 0x0208 and size >= 14 and stream[at + 12] & _HIDDEN_XLS:
            found.hidden.add(struct.unpack_from("<H", stream, at)[0] + 1)
        elif number == 0x00E5:
            for offset in range(2, size - 7, 8):
                found.merge(*struct.unpack_from("<HHHH", stream, at + offset))
    return looked_at


def _error(code: int) -> str:
    return _ERRORS.get(code, "#ERROR!")


def _of_xlsb(path: str, left: int) -> dict[str, Details]:
    archive = Archive(path, 10_000)
    related: dict[str, tuple[str, str]] = {}

    def relation(tag: str, about: dict[str, str]) -> None:
        if tag == "Relationship":
            related[about["Id"]] = (about["Type"].rpartition("/")[2], about["Target"].removeprefix("/xl/"))

    archive.walk("xl/_rels/workbook.bin.rels", relation)
    formats: dict[int, str] = {}
    styles: list[int] = []
    counted = False
    part = next((target for kind, target in related.values() if kind == "styles"), None)
    for number, content in _parts(archive.read(f"xl/{part}") if part else b""):
        if number == 44:
            formats[struct.unpack_from("<H", content)[0]] = _wide(content, 2)[0]
        elif number in (617, 618):  # the styles of cells, not those that they are made from
            counted = number == 617
        elif number == 47 and counted:
            styles.append(struct.unpack_from("<H", content, 2)[0])
    codes = _codes(styles, formats)
    found: dict[str, Details] = {}
    for number, content in _parts(archive.read("xl/workbook.bin")):
        if number == 156:
            relation_id, at = _wide(content, 8)
            name, _ = _wide(content, at)
            kind, target = related.get(relation_id, ("", ""))
            if kind == "worksheet":
                found[name] = Details()
                left -= _read_xlsb(archive.read(f"xl/{target}"), codes, found[name], left)
    return found


def _parts(stream: bytes) -> Iterator[tuple[int, bytes]]:
    """Number and content of the records of a part."""
    at = 0
    while at < len(stream):
        number, at = stream[at], at + 1
        if number & 128:
            number, at = number & 127 | stream[at] << 7, at + 1
        size = shift = 0
        while True:
            byte, at = stream[at], at + 1
            size |= (byte & 127) << shift
            shift += 7
            if byte < 128 or shift > 21:
                break
        yield number, stream[at : at + size]
        at += size


def _wide(content: bytes, at: int) -> tuple[str, int]:
    """A text with its length in front, and where it ends."""
    size = struct.unpack_from("<I", content, at)[0]
    if size == 0xFFFFFFFF:
        return "", at + 4
    return content[at + 4 : at + 4 + 2 * size].decode("utf-16-le", "replace"), at + 4 + 2 * size


def _read_xlsb(stream: bytes, codes: Codes, found: Details, left: int) -> int:
    """Add what is about the cells of a sheet; the number of its records."""
    looked_at = row = 0
    for looked_at, (number, content) in enumerate(_parts(stream), 1):
        if looked_at > left:
            raise Refused("full")
        if number == 0:
            row = struct.unpack_from("<I", content)[0]
            if len(content) > 11 and content[11] & _HIDDEN_XLSB:
                found.hidden.add(row + 1)
        elif number in (2, 3, 5, 9, 11):  # a short number, error, number; a formula with a number, with an error
            column, style = struct.unpack_from("<II", content)
            if style & 0xFFFFFF in codes:
                found.codes[row + 1, column + 1] = codes[style & 0xFFFFFF]
            if number in (3, 11):
                found.errors[row + 1, column + 1] = _error(content[8])
        elif number == 176:
            found.merge(*struct.unpack_from("<IIII", content))
    return looked_at
