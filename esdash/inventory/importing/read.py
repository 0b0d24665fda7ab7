"""Reading a file as a table of texts: CSV in the encodings and with the delimiters of offices, XLSX by a guarded child.

Nothing is interpreted here: 01067 and 01.02.2026 stay what they are. A spreadsheet is checked before it is opened.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from esdash.errors import UserError
from esdash.inventory.importing import hxl, workbook
from esdash.inventory.importing.limits import MAX_BYTES, MAX_COLUMNS, MAX_ROWS
from esdash.inventory.importing.words import fold, fold_core

TEXT_ENDINGS = (".csv", ".txt", ".tsv")
DELIMITERS = (";", ",", "\t")
HEADER_WITHIN = 30  # rows searched for the header; offices put a title, a date and a blank line above it
_SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)
_DOUBLY_ENCODED = re.compile("Ã[¤¶¼Ÿ„–œ]")  # UTF-8 read as cp1252, e.g. Ã¼ for ü
_PROTECTED = re.compile(r"'[=+\-@\t\r]")  # how our own CSV export keeps a text from being a formula
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True)
class Row:
    """One row below the header; `number` is the row in the spreadsheet, `cells` has one text per header."""

    number: int
    cells: tuple[str, ...]
    beyond: tuple[str, ...] = ()  # texts to the right of the last header


@dataclass(frozen=True)
class Table:
    """A file as texts: the header, and the rows that are not empty."""

    name: str
    sha256: str
    header: tuple[str, ...]
    header_row: int
    rows: tuple[Row, ...]
    sheet: str | None = None
    other_sheets: tuple[str, ...] = ()  # sheets with content that were not read

    @property
    def nameless(self) -> tuple[str, ...]:
        """Letters of the columns that hold something but have no header."""
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
    if ending not in (*TEXT_ENDINGS, ".xlsx"):  # decided before opening: an inventory in use must not be touched
        raise UserError("import_kind_of_file", file=path.name)
    if path.stat().st_size > MAX_BYTES:
        raise UserError("import_too_large", file=path.name, limit=MAX_BYTES // 1_000_000)
    content = path.read_bytes()
    if not content.strip():
        raise UserError("import_empty", file=path.name)
    names = frozenset(known)
    sheet: str | None = None
    others: tuple[str, ...] = ()
    if content.startswith(workbook.ZIP) or content.startswith(workbook.OLE) or ending == ".xlsx":
        sheet, records, others = _best_sheet(workbook.sheets(path, content), names, path.name)
    else:
        records = _csv_records(_decoded(content, path.name), names, path.name)
    tagged = hxl.tag_row([cells for _, cells in records])
    start = _header_position(records, names) if tagged is None else tagged
    if start is None:
        raise UserError("import_empty", file=path.name)
    header_row, header = records[start]
    header = header if tagged is None else hxl.field_names(header)
    filled = [position for _, cells in records[start:] for position, cell in enumerate(cells[: len(header)]) if cell]
    header = header[: max(filled) + 1]  # spreadsheet programs add delimiters for columns that are empty
    rows = [_row(number, cells, len(header)) for number, cells in records[start + 1 :] if any(cells)]
    if not rows:
        raise UserError("import_no_rows", file=path.name, row=str(header_row))
    if len(rows) > MAX_ROWS or len(header) > MAX_COLUMNS:
        raise UserError("import_too_many_cells", file=path.name, rows=MAX_ROWS, columns=MAX_COLUMNS)
    digest = hashlib.sha256(content).hexdigest()
    return Table(path.name, digest, tuple(header), header_row, tuple(rows), sheet, others)


def column_letter(position: int) -> str:
    """Name of a column as spreadsheets show it: 0 → A, 26 → AA."""
    letters = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def clean(text: str) -> str:
    """A cell without the protection of our own export, control characters, odd spaces and line ends."""
    text = text[1:] if _PROTECTED.match(text) else text
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _CONTROL.sub("", text).replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ").strip()


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
    """Records with the row numbers a spreadsheet program shows; it does not count the line `sep=;` either."""
    said = _SEPARATOR_LINE.match(text)
    if said:
        return _split(text[said.end() :], said.group(1), name)
    top = "\n".join(text.splitlines()[: 3 * HEADER_WITHIN])

    def fit(delimiter: str) -> tuple[int, int]:
        records = _split(top, delimiter, name, whole=False)[:HEADER_WITHIN]
        best = max((_known_cells(cells, known) for _, cells in records), default=0)
        return best, max((len(cells) for _, cells in records), default=0)

    return _split(text, max(DELIMITERS, key=fit), name)


def _split(text: str, delimiter: str, name: str, whole: bool = True) -> list[Record]:
    """The records of a CSV text. Raises UserError for a quote that is never closed: it would swallow the rest."""
    end = "end of the table"  # only an open quote keeps this last line from being a record of its own
    records: list[Record] = []
    last: list[str] = []
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(f"{text}\n{end}\n", newline=""), delimiter=delimiter), 1):
            if last or number > 1:
                records.append((number - 1, [clean(cell) for cell in last]))
            last = cells
    except (csv.Error, ValueError) as error:  # also a cell of more than 131,072 characters, csv's limit
        if whole:
            raise UserError("import_open_quote", file=name, row=str(len(records) + 1)) from error
        return records
    if whole and last != [end]:
        raise UserError("import_open_quote", file=name, row=str(len(records) + 1))
    return records


def _best_sheet(
    sheets: Sequence[workbook.Sheet], known: frozenset[str], name: str
) -> tuple[str, list[Record], tuple[str, ...]]:
    """The sheet whose header has most known names; and the names of the others that hold something."""
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
    return filled[best].title, cleaned[best], others


def _header_position(records: Sequence[Record], known: frozenset[str]) -> int | None:
    """The first row in which most cells, and at least two, are known names; else the row with most; else the first."""
    filled = [position for position, (_, cells) in enumerate(records) if any(cells)][:HEADER_WITHIN]
    for position in filled:
        cells = [cell for cell in records[position][1] if cell]
        if 2 * _known_cells(cells, known) > len(cells) > 1:
            return position
    return max(filled, key=lambda position: _known_cells(records[position][1], known), default=None)


def _known_cells(cells: Sequence[str], known: frozenset[str]) -> int:
    return sum(fold(cell) in known or fold_core(cell) in known for cell in cells if cell)


def _row(number: int, cells: list[str], width: int) -> Row:
    padded = cells[:width] + [""] * (width - len(cells))
    return Row(number, tuple(padded), tuple(cell for cell in cells[width:] if cell))
