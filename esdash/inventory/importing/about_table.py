"""What the preview says of a table as a whole: its kind and columns, its sheet, and rows that are no records."""

from datetime import datetime

from esdash.inventory.importing.columns import Columns
from esdash.inventory.importing.preview import Notice
from esdash.inventory.importing.read import skipped
from esdash.inventory.importing.read.spreadsheets import Table

ROWS_NAMED = 20  # rows listed in one notice; nobody reads more
_OMITTED = {
    skipped.TOTALS: "import_file.notice_totals",
    skipped.UNITS: "import_file.notice_units",
    skipped.HEADER: "import_file.notice_header",
    skipped.HEADING: "import_file.notice_heading",
    skipped.NOTE: "import_file.notice_note",
}


def notices(
    table: Table, columns: Columns, already: datetime | None, locations: int, by_point: list[int]
) -> list[Notice]:
    """Notices about a table, from the day when it came before (`already`) to rows that are no records.

    `locations`: number of new places; `by_point`: numbers of the rows whose district follows from coordinates.
    """
    found: list[Notice] = []
    if already:
        found.append(Notice("import.notice_already", {"file": table.name, "day": already}))
    if columns.guessed:
        found.append(Notice("import_kind.notice_guessed", {"kind": columns.kind.label}))
    if columns.unmatched:
        found.append(Notice("import.notice_unmatched", {"columns": ", ".join(columns.unmatched)}))
    if columns.left_out:
        found.append(Notice("import.notice_left_out", {"columns": ", ".join(columns.left_out)}))
    if table.other_sheets:
        sheets = ", ".join(table.other_sheets)
        found.append(Notice("import.notice_sheets", {"sheet": table.sheet, "others": sheets}))
    if locations:
        found.append(Notice("import.notice_locations", {"n": locations}))
    if by_point:
        found.append(Notice("import.notice_district_by_point", {"rows": _listed(by_point)}))
    return found + _about_rows(table)


def _about_rows(table: Table) -> list[Notice]:
    """Notices about rows and columns that were left out, and about hidden ones that were read."""
    rows = {key: [number for number, why in table.omitted if why == reason] for reason, key in _OMITTED.items()}
    rows["import_file.notice_hidden"] = list(table.hidden)
    rows["import_file.notice_filled_down"] = list(table.filled_down)
    return [Notice(key, {"rows": _listed(numbers)}) for key, numbers in rows.items() if numbers]


def _listed(numbers: list[int]) -> str:
    shown = ", ".join(map(str, numbers[:ROWS_NAMED]))
    return shown if len(numbers) <= ROWS_NAMED else f"{shown}, … ({len(numbers)})"
