"""Reading a file as a table of texts: CSV in all usual encodings and delimiters, XLSX in a guarded child process.

Values are not interpreted here: 01067 and 01.02.2026 stay texts. A spreadsheet is checked before it is opened.
"""

import csv
import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from esdash.errors import UserError
from esdash.inventory.importing.read import hxl, limits, skipped, workbook
from esdash.inventory.importing.read.limits import MAX_BYTES, MAX_COLUMNS, MAX_ROWS
from esdash.model.folding import fold, fold_core

TEXT_ENDINGS = (".csv", ".txt", ".tsv")
DELIMITERS = (";", ",", "\t")
HEADER_WITHIN = 30  # rows searched for the header; there may be a title, a date and a blank line above it
LONGEST_HEADER = 200  # characters; a longer text is not a header
_SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)
_DOUBLY_ENCODED = re.compile("Ã[¤¶¼Ÿ„–œ]")  # signs of UTF-8 read as cp1252, e.g. Ã¼ for ü
_PROTECTED = re.compile(r"'+[=+\-@\t\r]")  # how our own CSV export protects a text from being read as a formula
# Control characters, half surrogate pairs, and invisible characters: soft hyphens, spaces without width.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b\u2060\ufeff\ud800-\udfff\ufffe\uffff]")
_SPACES = re.compile("[\xa0\u2000-\u200a\u202f\u205f\u3000]")  # spaces: wide, narrow and non-breaking


@dataclass(frozen=True)
class Row:
    """One row below the header; `number` counts as the spreadsheet does, `cells` has one text per header."""

    number: int
    cells: tuple[str, ...]
    beyond: tuple[str, ...] = ()  # cells to the right of the last header


@dataclass(frozen=True)
class Table:
    """A file as texts: the header, and the rows that are not empty."""

    name: str
    sha256: str
    header: tuple[str, ...]
    header_row: int
    rows: tuple[Row, ...]
    sheet: str | None = None
    other_sheets: tuple[str, ...] = ()  # names of other sheets with content, which are not read
    omitted: tuple[tuple[int, str], ...] = ()  # numbers of rows that are not records, and why (skipped.py)
    hidden: tuple[int, ...] = ()  # numbers of hidden rows; they are read
    filled_down: tuple[int, ...] = ()  # numbers of rows that take a text from a merged cell

    @property
    def nameless(self) -> tuple[str, ...]:
        """The letters of columns with content but without a header."""
        empty = [position for position, text in enumerate(self.header) if not text]
        return tuple(column_letter(position) for position in empty if any(row.cells[position] for row in self.rows))


Record = tuple[int, list[str]]


def table(path: Path, known: Iterable[str]) -> Table:
    """Read a CSV or XLSX file. The header is the first row in which most cells are `known` (folded) column names.

    Raises UserError, saying why, for a file that is missing, too large, empty, encrypted, damaged or of another kind.
    """
    if not path.is_file():
        raise UserError("import_missing", file=path.name)
    ending = path.suffix.lower()
    if ending in workbook.REFUSED:
        raise UserError(workbook.REFUSED[ending], file=path.name)
    if ending not in (*TEXT_ENDINGS, ".xlsx"):  # before opening the file: an inventory in use must not be touched
        raise UserError("import_kind_of_file", file=path.name)
    if path.stat().st_size > MAX_BYTES:
        raise UserError("import_too_large", file=path.name, limit=MAX_BYTES // 1_000_000)
    content = path.read_bytes()
    if not content.strip():
        raise UserError("import_empty", file=path.name)
    names = frozenset(known)
    chosen = workbook.Sheet("", [], False)
    others: tuple[str, ...] = ()
    try:
        if content.startswith(workbook.ZIP) or content.startswith(workbook.OLE) or ending == ".xlsx":
            chosen, records, others = _best_sheet(workbook.sheets(path, content), names, path.name)
        else:
            records = _csv_records(_decoded(content, path.name), names, path.name)
    except Unreadable as error:
        raise UserError("import_encoding", file=path.name) from error
    position, header = _header(records, names, path.name)
    header_row = records[position][0]
    filled = [place for _, cells in records[position:] for place, cell in enumerate(cells[: len(header)]) if cell]
    header = header[: max(filled) + 1]  # spreadsheet programs write delimiters for empty columns
    rows, left_out = _rows(records[position + 1 :], header, frozenset(chosen.headings))
    if not rows:
        raise UserError("import_no_rows", file=path.name, row=str(header_row))
    if len(rows) > MAX_ROWS or len(header) > MAX_COLUMNS:
        raise UserError("import_too_many_cells", file=path.name, rows=MAX_ROWS, columns=MAX_COLUMNS)
    return Table(
        name=path.name,
        sha256=hashlib.sha256(content).hexdigest(),
        header=tuple(header),
        header_row=header_row,
        rows=tuple(rows),
        sheet=chosen.title or None,
        other_sheets=others,
        omitted=tuple(left_out),
        hidden=_below(chosen.hidden, rows),
        filled_down=_below(chosen.filled_down, rows),
    )


def _rows(
    records: Sequence[Record], header: Sequence[str], headings: frozenset[int]
) -> tuple[list[Row], list[tuple[int, str]]]:
    """The rows below the header that are records; and number → reason for the others."""
    rows: list[Row] = []
    left_out: list[tuple[int, str]] = []
    for number, cells in records:
        if not any(cells):
            continue
        reason = skipped.HEADING if number in headings else skipped.why(cells, header, first=not (rows or left_out))
        if reason:
            left_out.append((number, reason))
        else:
            rows.append(_row(number, cells, len(header)))
    return rows, left_out


def _below(numbers: Iterable[int], rows: Sequence[Row]) -> tuple[int, ...]:
    present = {row.number for row in rows}
    return tuple(number for number in numbers if number in present)


def _header(records: Sequence[Record], names: frozenset[str], name: str) -> tuple[int, list[str]]:
    """Position and texts of the header, two header rows joined. Raises UserError for a table without rows."""
    tagged = hxl.tag_row([cells for _, cells in records])
    if tagged is not None:
        return tagged, hxl.field_names(records[tagged][1])
    start = _header_position(records, names)
    if start is None:
        raise UserError("import_empty", file=name)

    def known(cell: str) -> bool:
        return bool(_known_cells([cell], names))

    number, header = records[start]
    if start + 1 < len(records) and records[start + 1][0] == number + 1:
        below = records[start + 1][1]
        if skipped.is_second(header, below, known):
            return start + 1, skipped.joined(header, below, known)
    if start and records[start - 1][0] == number - 1:
        both = skipped.joined(records[start - 1][1], header, known)
        if _known_cells(both, names) > _known_cells(header, names):
            return start, both
    return start, list(header)


def column_letter(position: int) -> str:
    """The letters of a column: 0 → A, 26 → AA."""
    letters = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def clean(text: str) -> str:
    """The text of a cell without the formula protection of our export, control characters, odd spaces and line ends.

    Raises Unreadable for what is not a text.
    """
    if text.isascii() and text.isprintable() and text[:1] != "'":
        return text.strip()
    text = text[1:] if _PROTECTED.match(text) else text
    text = _composed(text.replace("\r\n", "\n").replace("\r", "\n"))
    return _SPACES.sub(" ", _CONTROL.sub("", text)).strip()


class Unreadable(ValueError):
    """The cell is not a text that a person wrote, such as one letter with a hundred combining marks."""


def _composed(text: str) -> str:
    """The text in NFC, normalised in pieces, because thousands of combining marks on one letter would take hours."""
    if len(text) <= limits.MAX_MARKS:
        return unicodedata.normalize("NFC", text)
    pieces, begin = [], 0
    while begin < len(text):
        end = begin + limits.MAX_MARKS
        while begin < end < len(text) and unicodedata.combining(text[end]):
            end -= 1
        if end == begin:
            raise Unreadable
        pieces.append(unicodedata.normalize("NFC", text[begin:end]))
        begin = end
    return "".join(pieces)


def _decoded(content: bytes, name: str) -> str:
    encodings = ["utf-8", "cp1252"]
    if content.startswith(b"\xef\xbb\xbf"):
        encodings = ["utf-8-sig"]
    elif content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    if b"\0" in content and encodings != ["utf-16"]:  # a program, a picture, a PDF
        raise UserError("import_kind_of_file", file=name)
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            raise UserError("import_kind_of_file", file=name)
        if encoding == "cp1252" and _DOUBLY_ENCODED.search(text):
            break
        return text
    raise UserError("import_encoding", file=name)


def _csv_records(text: str, known: frozenset[str], name: str) -> list[Record]:
    """Row number → cells, numbered as a spreadsheet program does, which does not count the line `sep=;` either."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    said = _SEPARATOR_LINE.match(text)
    if said:
        return _split(_lines(text, said.end()), said.group(1), name)
    top = list(islice(_lines(text), 3 * HEADER_WITHIN))

    def fit(delimiter: str) -> tuple[int, int]:
        records = _split(iter(top), delimiter, name, whole=False)[:HEADER_WITHIN]
        best = max((_known_cells(cells, known) for _, cells in records), default=0)
        return best, max((len(cells) for _, cells in records), default=0)

    return _split(_lines(text), max(DELIMITERS, key=fit), name)


def _lines(text: str, begin: int = 0) -> Iterator[str]:
    """The lines of a text one at a time, because a list of millions of lines takes more memory than the file."""
    while begin < len(text):
        end = text.find("\n", begin) + 1 or len(text)
        yield text[begin:end] if end - begin <= limits.MAX_LINE else text[begin : begin + limits.MAX_LINE + 1]
        begin = end


def _split(lines: Iterator[str], delimiter: str, name: str, whole: bool = True) -> list[Record]:
    """The records of CSV lines. Raises UserError for a quote that is never closed.

    Without `whole` it stops at the fault instead. Lines, rows and numbers of columns beyond the limits are not read to
    their end.
    """
    end = "end of the table"  # this added last line is not a record of its own, so a quote is still open
    records: list[Record] = []
    reader = csv.reader(_measured(lines, delimiter, end, lambda: reader.line_num - started), delimiter=delimiter)
    number = started = filled = cells = 0
    last: list[str] = []
    try:
        for last in reader:
            number, started = number + 1, reader.line_num
            if len(last) > limits.MAX_WIDTH:
                raise _TooMuch("import_too_many_cells")
            record = [clean(cell) if cell else "" for cell in last] if any(last) else []
            records.append((number, record))
            filled, cells = filled + bool(record), cells + sum(map(bool, record))
            if filled > MAX_ROWS + HEADER_WITHIN:
                raise _TooMuch("import_too_many_cells")
            if cells > limits.MAX_CELLS:
                raise _TooMuch("import_too_full")
    except (csv.Error, _TooMuch) as error:
        if not whole:
            return records
        key = str(error) if isinstance(error, _TooMuch) else "import_open_quote"
        if "field larger than field limit" in str(error):
            key = "import_long_cell"
        sizes = {"rows": MAX_ROWS, "columns": MAX_COLUMNS, "cells": limits.MAX_CELLS}
        sizes["characters"] = limits.MAX_CELL_CHARACTERS
        raise UserError(key, file=name, row=str(number + 1), **sizes) from error
    if whole and last != [end]:
        raise UserError("import_open_quote", file=name, row=str(number))
    return records[:-1]


class _TooMuch(Exception):
    """The text exceeds a limit; the argument is the key of the message."""


def _measured(lines: Iterator[str], delimiter: str, end: str, in_record: Callable[[], int]) -> Iterator[str]:
    """The lines, then one that marks the end. Raises _TooMuch for a line or a record that is too long."""
    last = "\n"
    for last in lines:
        if len(last) > limits.MAX_LINE:
            raise _TooMuch("import_too_many_cells" if last.count(delimiter) > limits.MAX_WIDTH else "import_long_cell")
        if in_record() > limits.MAX_LINES:
            raise _TooMuch("import_open_quote")
        yield last
    if not last.endswith("\n"):
        yield "\n"
    yield f"{end}\n"


def _best_sheet(
    sheets: Sequence[workbook.Sheet], known: frozenset[str], name: str
) -> tuple[workbook.Sheet, list[Record], tuple[str, ...]]:
    """The sheet whose header has most known names; and the names of the other sheets with content."""
    filled = [sheet for sheet in sheets if sheet.rows or sheet.beyond_limits]
    if not filled:
        raise UserError("import_empty", file=name)
    cleaned = [[(number, [clean(cell) for cell in cells]) for number, cells in sheet.rows] for sheet in filled]

    def fit(position: int) -> int:
        return max((_known_cells(cells, known) for _, cells in cleaned[position][:HEADER_WITHIN]), default=0)

    best = max(range(len(filled)), key=fit)
    if filled[best].beyond_limits:
        raise UserError("import_too_many_cells", file=name, rows=MAX_ROWS, columns=MAX_COLUMNS)
    others = tuple(sheet.title for position, sheet in enumerate(filled) if position != best)
    return filled[best], cleaned[best], others


def _header_position(records: Sequence[Record], known: frozenset[str]) -> int | None:
    """The first row in which most cells, and at least two, are known names; else the row with most; else the first."""
    filled = [position for position, (_, cells) in enumerate(records) if any(cells)][:HEADER_WITHIN]
    for position in filled:
        cells = [cell for cell in records[position][1] if cell]
        if 2 * _known_cells(cells, known) > len(cells) > 1:
            return position
    return max(filled, key=lambda position: _known_cells(records[position][1], known), default=None)


def _known_cells(cells: Sequence[str], known: frozenset[str]) -> int:
    return sum(fold(cell) in known or fold_core(cell) in known for cell in cells if 0 < len(cell) <= LONGEST_HEADER)


def _row(number: int, cells: list[str], width: int) -> Row:
    padded = cells[:width] + [""] * (width - len(cells))
    return Row(number, tuple(padded), tuple(cell for cell in cells[width:] if cell))
