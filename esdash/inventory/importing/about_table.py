"""What the preview says of a table as a whole: its kind and columns, its sheet, and rows that are no records."""

from collections.abc import Iterable
from datetime import datetime

from esdash.inventory.importing.columns import Columns
from esdash.inventory.importing.lookup import Lookup
from esdash.inventory.importing.preview import Notice, PlannedRow
from esdash.inventory.importing.read import skipped
from esdash.inventory.importing.read.spreadsheets import Table
from esdash.model.fields import Kind

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


def archived_named(rows: Iterable[PlannedRow], kind: Kind, lookup: Lookup) -> list[Notice]:
    """A notice about the archived records that rows to be written name, with the numbers of the rows."""
    named: dict[str, list[int]] = {}
    gone = {field.name: (field.target, lookup.archived(field.target)) for field in kind.fields if field.refers}
    for row in rows:
        for name, (target, keys) in gone.items():
            value = row.values.get(name) if row.state in ("new", "changed") else None
            for key in value if isinstance(value, list) else [value]:
                if key in keys:
                    named.setdefault(lookup.name(target, key) or key, []).append(row.number)
    said = [f"„{name}“ ({_listed(numbers)})" for name, numbers in list(named.items())[:ROWS_NAMED]]
    return [Notice("import.notice_archived", {"names": ", ".join(said)})] if said else []


def _about_rows(table: Table) -> list[Notice]:
    """Notices about rows and columns that were left out, and about hidden ones that were read."""
    rows = {key: [number for number, why in table.omitted if why == reason] for reason, key in _OMITTED.items()}
    rows["import_file.notice_hidden"] = list(table.hidden)
    rows["import_file.notice_filled_down"] = list(table.filled_down)
    return [Notice(key, {"rows": _listed(numbers)}) for key, numbers in rows.items() if numbers]


def _listed(numbers: list[int]) -> str:
    shown = ", ".join(map(str, numbers[:ROWS_NAMED]))
    return shown if len(numbers) <= ROWS_NAMED else f"{shown}, … ({len(numbers)})"
