"""Reading a file as a table of texts: CSV in all usual encodings and delimiters, workbooks in a guarded child process.

Values are not interpreted here: 01067 and 01.02.2026 stay texts. A spreadsheet is checked before it is opened.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from esdash.errors import UserError
from esdash.inventory.importing.read import code_pages, delimited, hxl, skipped, told, workbook
from esdash.inventory.importing.read.cells import Unreadable, clean, known_cells
from esdash.inventory.importing.read.delimited import HEADER_WITHIN, Record
from esdash.inventory.importing.read.limits import MAX_BYTES, MAX_COLUMNS, MAX_ROWS
from esdash.inventory.importing.read.notices import Notice
from esdash.model.folding import fold

TEXT_ENDINGS = (".csv", ".txt", ".tsv")
ENDINGS = (*TEXT_ENDINGS, *workbook.ENDINGS)
LOST_LETTER = "\N{REPLACEMENT CHARACTER}"
CELL_SHOWN = 40  # characters of a cell in a notice
CELLS_NAMED = 20  # cells listed in one notice; nobody reads more


@dataclass(frozen=True)
class Row:
    """One row below the header; `number` counts as the spreadsheet does, `cells` has one text per header."""

    number: int
    cells: tuple[str, ...]
    beyond: tuple[str, ...] = ()  # cells to the right of the last header
    source: Any = None  # of a document: the record as its sender has it, until the row is planned (documents.py)
    record: tuple[str, str] = ("", "")  # of a document: its id there, and its name
    faults: tuple[tuple[str, str, dict[str, Any]], ...] = ()  # of the row as a whole: field, error.<key>, its values


@dataclass(frozen=True)
class Table:
    """A file as texts: the header, and the rows that are not empty."""

    name: str
    sha256: str
    header: tuple[str, ...]
    header_row: int
    rows: tuple[Row, ...]
    sheet: str | None = None
    sheets: tuple[str, ...] = ()  # names of all sheets with content, of which only one is read
    omitted: tuple[tuple[int, str], ...] = ()  # numbers of rows that are not records, and why (skipped.py)
    hidden: tuple[int, ...] = ()  # numbers of hidden rows; they are read
    filled_down: tuple[int, ...] = ()  # numbers of rows that take a text from a merged cell
    typed: bool = False  # its numbers were numbers, and are written here as in German: 1,234 is less than two
    notices: tuple[Notice, ...] = ()  # what its reader has to say of it
    about: told.Told | None = None  # what our own file of faulty rows says of itself
    asked: tuple[tuple[str, str, int], ...] = ()  # of a document: field, word on no list, rows that lose it

    @property
    def other_sheets(self) -> tuple[str, ...]:
        """The sheets with content that are not read."""
        return tuple(name for name in self.sheets if name != self.sheet)

    @property
    def nameless(self) -> tuple[str, ...]:
        """The letters of columns with content but without a header."""
        empty = [position for position, text in enumerate(self.header) if not text]
        return tuple(column_letter(position) for position in empty if any(row.cells[position] for row in self.rows))


def table(path: Path, known: Iterable[str], sheet: str | None = None) -> Table:
    """Read a text file or a workbook. The header is the first row in which most cells are `known` (folded) names.

    Of a workbook the sheet with that name is read; without `sheet`, the one that knows most columns. Raises UserError,
    saying why, for a file that is missing, too large, empty, encrypted, damaged or of another kind.
    """
    if not path.is_file():
        raise UserError("import_missing", file=path.name)
    ending = path.suffix.lower()
    if ending in workbook.REFUSED:
        raise UserError(workbook.REFUSED[ending], file=path.name)
    if ending not in ENDINGS:  # before opening the file: an inventory in use must not be touched
        raise UserError("import_kind_of_file", file=path.name)
    if path.stat().st_size > MAX_BYTES:
        raise UserError("import_too_large", file=path.name, limit=MAX_BYTES // 1_000_000)
    content = path.read_bytes()
    if not content.strip():
        raise UserError("import_empty", file=path.name)
    names = frozenset(known)
    chosen = workbook.Sheet("", [], False)
    titles: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()
    about: told.Told | None = None
    try:
        if content.startswith((workbook.ZIP, workbook.OLE)) or ending in workbook.ENDINGS:
            all_sheets = workbook.sheets(path, content)
            filled = _told_apart([one for one in all_sheets if one.rows or one.beyond_limits])
            about = told.found(content) if content.startswith(workbook.ZIP) else None
            names |= frozenset(about.columns if about else ())
            chosen, records = _chosen(filled, names, path.name, sheet)
            titles = tuple(one.title for one in filled)
            notices = _about_concealed(one.title for one in all_sheets if one.concealed)
        elif sheet is not None:
            raise UserError("import_has_no_sheets", file=path.name, sheet=sheet)
        else:
            text = code_pages.read(content)
            if text is None:  # a program, a picture, a PDF
                raise UserError("import_kind_of_file", file=path.name)
            records, notices = delimited.records(text.text, names, path.name), _about(text)
    except (Unreadable, code_pages.Unknown) as error:
        raise UserError("import_encoding", file=path.name) from error
    position, header = _header(records, names, path.name)
    header_row = records[position][0]
    places = [place for _, cells in records[position:] for place, cell in enumerate(cells[: len(header)]) if cell]
    header = header[: max(places) + 1]  # spreadsheet programs write delimiters for empty columns
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
        sheets=titles,
        typed=bool(titles),
        omitted=tuple(left_out),
        hidden=_below(chosen.hidden, rows),
        filled_down=_below(chosen.filled_down, rows),
        notices=notices + _about_sheet(chosen, header, rows) + _about_lost(rows),
        about=about,
    )


def _about(text: code_pages.Text) -> tuple[Notice, ...]:
    """The code page that had to be guessed, and words by which a person can tell whether it is right."""
    if not text.page:
        return ()
    values: dict[str, object] = {"page": code_pages.NAMES[text.page], "words": ", ".join(text.doubtful)}
    return (Notice("import_file.notice_code_page", values),)


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
        return tagged, list(records[tagged][1])
    start = _header_position(records, names)
    if start is None:
        raise UserError("import_empty", file=name)

    def known(cell: str) -> bool:
        return bool(known_cells([cell], names))

    number, header = records[start]
    if start + 1 < len(records) and records[start + 1][0] == number + 1:
        below = records[start + 1][1]
        if skipped.is_second(header, below, known):
            return start + 1, skipped.joined(header, below, known)
    if start and records[start - 1][0] == number - 1:
        both = skipped.joined(records[start - 1][1], header, known)
        if known_cells(both, names) > known_cells(header, names):
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


def _chosen(
    filled: Sequence[workbook.Sheet], known: frozenset[str], name: str, wanted: str | None
) -> tuple[workbook.Sheet, list[Record]]:
    """The sheet with that name; without one, the sheet whose header has most known names. Raises UserError."""
    if not filled:
        raise UserError("import_empty", file=name)
    if wanted is not None:
        named = [one for one in filled if one.title == wanted]
        named = named or [one for one in filled if fold(one.title) == fold(wanted)]
        if not named:
            titles = ", ".join(f"„{one.title}“" for one in filled)
            raise UserError("import_no_sheet", file=name, sheet=wanted, sheets=titles)
        filled = named[:1]
    cleaned = [[(number, [clean(cell) for cell in cells]) for number, cells in sheet.rows] for sheet in filled]

    def fit(position: int) -> int:
        return max((known_cells(cells, known) for _, cells in cleaned[position][:HEADER_WITHIN]), default=0)

    best = max(range(len(filled)), key=fit)
    if filled[best].beyond_limits:
        raise UserError("import_too_many_cells", file=name, rows=MAX_ROWS, columns=MAX_COLUMNS)
    return filled[best], cleaned[best]


def _told_apart(sheets: Iterable[workbook.Sheet]) -> list[workbook.Sheet]:
    """The sheets, each with a title of its own; a program may write two of one title, and one of them is read."""
    titles: dict[str, workbook.Sheet] = {}
    for sheet in sheets:
        title, n = sheet.title, 1
        while title in titles:
            n += 1
            title = f"{sheet.title} ({n})"
        titles[title] = replace(sheet, title=title)
    return list(titles.values())


def _about_sheet(sheet: workbook.Sheet, header: Sequence[str], rows: Sequence[Row]) -> tuple[Notice, ...]:
    """Numbers of merged cells that stay in their first row, and what could not be told of the sheet."""
    present = {row.number for row in rows}
    cells = [(row, header[column - 1]) for row, column in sheet.unfilled if row in present and column <= len(header)]
    by_column: dict[str, list[str]] = {}
    for row, name in cells[:CELLS_NAMED]:
        by_column.setdefault(name, []).append(str(row))
    notices: list[Notice] = []
    if cells:
        listed = "; ".join(f"{', '.join(numbers)} („{name}“)" for name, numbers in by_column.items())
        more = f"; … ({len(cells)})" if len(cells) > CELLS_NAMED else ""
        notices.append(Notice("import_file.notice_unfilled", {"rows": listed + more}))
    if sheet.unseen:
        notices.append(Notice("import_file.notice_unseen", {}))
    return tuple(notices)


def _about_concealed(titles: Iterable[str]) -> tuple[Notice, ...]:
    listed = ", ".join(f"„{title}“" for title in titles)
    return (Notice("import_file.notice_concealed", {"sheets": listed}),) if listed else ()


def _about_lost(rows: Sequence[Row]) -> tuple[Notice, ...]:
    """Cells whose letters were lost before the file was sent: another program has put a mark in their place."""
    lost = [f"{row.number} („{cell[:CELL_SHOWN]}“)" for row in rows for cell in row.cells if LOST_LETTER in cell]
    more = f"; … ({len(lost)})" if len(lost) > CELLS_NAMED else ""
    said = "; ".join(lost[:CELLS_NAMED]) + more
    return (Notice("import_file.notice_lost_letters", {"rows": said}),) if lost else ()


def _header_position(records: Sequence[Record], known: frozenset[str]) -> int | None:
    """The first row in which most cells, and at least two, are known names; else the row with most; else the first."""
    filled = [position for position, (_, cells) in enumerate(records) if any(cells)][:HEADER_WITHIN]
    for position in filled:
        cells = [cell for cell in records[position][1] if cell]
        if 2 * known_cells(cells, known) > len(cells) > 1:
            return position
    return max(filled, key=lambda position: known_cells(records[position][1], known), default=None)


def _row(number: int, cells: list[str], width: int) -> Row:
    padded = cells[:width] + [""] * (width - len(cells))
    return Row(number, tuple(padded), tuple(cell for cell in cells[width:] if cell))
