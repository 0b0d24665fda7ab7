"""Delimited text (CSV) as records of cells, in the usual delimiters, however the quotes stand."""

import csv
import re
from collections.abc import Callable, Iterator
from itertools import islice

from esdash.errors import UserError
from esdash.inventory.importing.read import limits
from esdash.inventory.importing.read.cells import clean, known_cells
from esdash.inventory.importing.read.limits import MAX_COLUMNS, MAX_ROWS

DELIMITERS = (";", ",", "\t")
HEADER_WITHIN = 30  # rows searched for the header; there may be a title, a date and a blank line above it
LONGEST_QUOTED = 10_000  # characters between two quotes that are looked at
QUOTES_LOOKED_AT = 500
_SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)

Record = tuple[int, list[str]]


def records(text: str, known: frozenset[str], name: str) -> list[Record]:
    """Row number → cells of a text, numbered as a spreadsheet program does, which does not count `sep=;` either."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    said = _SEPARATOR_LINE.match(text)
    if said:
        blank = _blank_before_quotes(text, said.group(1))
        return _split(_lines(text, said.end()), said.group(1), name, blank=blank)
    top = list(islice(_lines(text), 3 * HEADER_WITHIN))

    def fit(delimiter: str) -> tuple[int, int]:
        blank = _blank_before_quotes("".join(top), delimiter)
        found = _split(iter(top), delimiter, name, whole=False, blank=blank)[:HEADER_WITHIN]
        best = max((known_cells(cells, known) for _, cells in found), default=0)
        return best, max((len(cells) for _, cells in found), default=0)

    delimiter = max(DELIMITERS, key=fit)
    return _split(_lines(text), delimiter, name, blank=_blank_before_quotes(text, delimiter))


def _lines(text: str, begin: int = 0) -> Iterator[str]:
    """The lines of a text one at a time, because a list of millions of lines takes more memory than the file."""
    while begin < len(text):
        end = text.find("\n", begin) + 1 or len(text)
        yield text[begin:end] if end - begin <= limits.MAX_LINE else text[begin : begin + limits.MAX_LINE + 1]
        begin = end


def _blank_before_quotes(text: str, delimiter: str) -> bool:
    """Whether a blank between delimiter and quote is no part of the text: every such quote is closed before the next
    delimiter, as in `a, "b, c", "d"`, unlike in `a, "b" and c`."""
    parted = re.escape(delimiter)
    quoted = re.compile(rf'"(?:[^"]|""){{0,{LONGEST_QUOTED}}}" *(?:{parted}|\n|\Z)')
    found = list(islice(re.finditer(rf'(?:^|{parted}) +(?=")', text, re.MULTILINE), QUOTES_LOOKED_AT))
    return bool(found) and all(quoted.match(text, quote.end()) for quote in found)


def _split(lines: Iterator[str], delimiter: str, name: str, whole: bool = True, blank: bool = False) -> list[Record]:
    """The records of CSV lines. Raises UserError for a quote that is never closed.

    `blank`: a blank between a delimiter and a quote is no part of the text. Without `whole` it stops at the fault
    instead. Lines, rows and numbers of columns beyond the limits are not read to their end.
    """
    end = "end of the table"  # this added last line is not a record of its own, so a quote is still open
    records: list[Record] = []
    measured = _measured(lines, delimiter, end, lambda: reader.line_num - started)
    reader = csv.reader(measured, delimiter=delimiter, skipinitialspace=blank)
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
