"""The lines of a plan from a table, uploaded or pasted: a row per line, or a row per category with years across.

The readers of the import take the file apart; here the headers get their meaning and the amounts become Decimals.
"""

import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from esdash.errors import UserError
from esdash.inventory.importing.read import spreadsheets
from esdash.inventory.importing.read.spreadsheets import Row, Table
from esdash.inventory.steering.budget_records import FIRST_YEAR, LAST_YEAR, Line
from esdash.model import amounts
from esdash.model.folding import fold
from esdash.model.values import Wrong

HEADERS = {
    "category": (
        "Kategorie",
        "Kostenart",
        "Ausgabeart",
        "Ausgabenart",
        "Position",
        "Posten",
        "Bezeichnung",
        "category",
    ),
    "year": ("Jahr", "Haushaltsjahr", "Kalenderjahr", "year"),
    "planned_eur": ("Betrag", "Plan", "Ansatz", "bewilligt", "Betrag in Euro", "amount", "planned", "planned_eur"),
    "programme": ("Programm", "Projekt", "programme", "program"),
    "funder": ("Geldgeber", "Zuwendungsgeber", "Fördermittelgeber", "funder"),
    "direction": ("Art", "Einnahme oder Ausgabe", "direction"),
    "note": ("Vermerk", "Bemerkung", "Notiz", "note"),
}
DIRECTION_WORDS = {
    **dict.fromkeys(("ausgabe", "ausgaben", "expense", "expenses"), "expense"),
    **dict.fromkeys(("einnahme", "einnahmen", "income"), "income"),
}
EMPTY = ("", "-", "–", "—")
_UNSAFE = re.compile(r"[^\w .()+-]|^\.+")  # in the name of a file
LONGEST_NAME = 80  # characters of the name of a file; its end holds the ending
_YEAR = re.compile(r"(?:^|[^0-9])(20[0-9]{2})(?:$|[^0-9])")
_MEANING = {fold(word): name for name, words in HEADERS.items() for word in words}
_KNOWN = frozenset(_MEANING) | {str(year) for year in range(FIRST_YEAR, LAST_YEAR + 1)}


@dataclass(frozen=True)
class Fault:
    """A cell that cannot be read: row, heading, what stands there, and why, as the key of an error."""

    row: int
    column: str
    value: str
    key: str


@dataclass(frozen=True)
class Read:
    """The lines of a table; cells that cannot be read; headings and numbers of rows (totals, notes) left out."""

    lines: tuple[Line, ...]
    faults: tuple[Fault, ...]
    unread_columns: tuple[str, ...] = ()
    left_out: tuple[int, ...] = ()


def read(name: str, content: bytes, programme: str, direction: str, funder: str | None) -> Read:
    """The lines of an uploaded file. What the table does not say itself is taken from the last three.

    Raises UserError for a file that is no table, and for a table without a category or without amounts.
    """
    with tempfile.TemporaryDirectory(prefix="esdash-") as folder:
        path = Path(folder) / _UNSAFE.sub("_", name.replace("\\", "/").rpartition("/")[2])[-LONGEST_NAME:]
        path.write_bytes(content)
        table = spreadsheets.table(path, _KNOWN)
    return _lines(table, Line(programme, "", FIRST_YEAR, Decimal(0), direction, funder))


def pasted(words: str, name: str, programme: str, direction: str, funder: str | None) -> Read:
    """The lines of a table that was pasted from a spreadsheet or typed with semicolons; messages call it `name`."""
    if not words.strip():
        raise UserError("budget_table_empty")
    return read(f"{name}.tsv", words.encode("utf-8", "replace"), programme, direction, funder)


def _lines(table: Table, usual: Line) -> Read:
    meant = {place: _MEANING[fold(heading)] for place, heading in enumerate(table.header) if fold(heading) in _MEANING}
    years = {place: int(year) for place, heading in enumerate(table.header) if (year := _year(heading, place in meant))}
    if "category" not in meant.values():
        raise UserError("budget_table_no_category", words=", ".join(HEADERS["category"][:4]))
    if not years and not {"year", "planned_eur"} <= set(meant.values()):
        raise UserError("budget_table_no_amounts")
    if years:  # a total beside the years is no amount of its own
        meant = {place: name for place, name in meant.items() if name not in ("year", "planned_eur")}
    lines: list[Line] = []
    faults: list[Fault] = []
    for row in table.rows:
        _of_row(row, table.header, meant, years, usual, lines, faults)
    if not lines and not faults:
        raise UserError("budget_table_no_amounts")
    taken = {*meant, *years}
    unread = [heading for place, heading in enumerate(table.header) if heading and place not in taken]
    return Read(tuple(lines), tuple(faults), tuple(unread), tuple(number for number, _ in table.omitted))


def _of_row(
    row: Row,
    header: Sequence[str],
    meant: dict[int, str],
    years: dict[int, int],
    usual: Line,
    lines: list[Line],
    faults: list[Fault],
) -> None:
    """Add the lines of one row, and its faults."""
    said = {name: (place, row.cells[place].strip()) for place, name in meant.items()}

    def fault(place: int, key: str) -> None:
        faults.append(Fault(row.number, header[place], row.cells[place][:40], key))

    place, category = said["category"]
    if not category:
        fault(place, "budget_line_needs_name")
        return
    texts: Any = {name: said[name][1] for name in ("programme", "funder", "note") if name in said and said[name][1]}
    direction = usual.direction
    if "direction" in said and said["direction"][1]:
        direction = DIRECTION_WORDS.get(fold(said["direction"][1]), "")
        if not direction:
            fault(said["direction"][0], "budget_direction_unknown")
            return
    line = replace(usual, category=category, direction=direction, **texts)
    if years:
        cells = [(place, year) for place, year in years.items() if row.cells[place].strip() not in EMPTY]
    else:
        place, written = said["year"]
        if not re.fullmatch("[0-9]{4}", written) or not FIRST_YEAR <= int(written) <= LAST_YEAR:
            fault(place, "budget_table_year")
            return
        cells = [(said["planned_eur"][0], int(written))]
    for place, year in cells:
        try:
            lines.append(replace(line, year=year, planned_eur=amounts.read(row.cells[place])))
        except Wrong as wrong:
            fault(place, wrong.key)


def _year(heading: str, known: bool) -> int | None:
    """The year that a heading names: 2026, Jahr 2026, 2026 (in Euro); None for every other heading."""
    found = None if known else _YEAR.search(heading)
    return int(found.group(1)) if found else None
