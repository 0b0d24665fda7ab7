"""Headings between the rows of a list, such as "Mitte" alone above its places: no records, and named as left out."""

from dataclasses import replace

from esdash.inventory.importing.columns import Columns
from esdash.inventory.importing.read import skipped
from esdash.inventory.importing.read.spreadsheets import Row, Table

FEWEST_COLUMNS = 3  # in a narrower table a row with one cell is more likely a record of which little is known
FEWEST = 2  # a single row with one cell is more likely a record with a fault
MOST = 0.45  # share of the rows; with more, they are records of which little is known


def apart(table: Table, columns: Columns, given: frozenset[str] = frozenset()) -> Table:
    """The table without rows whose only cell cannot make a record of this kind, which go to `omitted`.

    There must be several of them, few among the rows, each above a row of another kind.
    `given`: the fields that every row has without a column, such as the organisation that all of them belong to.
    """
    if sum(map(bool, table.header)) < FEWEST_COLUMNS:
        return table
    needed = {field.name for field in columns.kind.fields if field.required} - given
    found = {row.number for row in table.rows if _is_heading(row, columns, needed)}
    above = zip(table.rows, table.rows[1:], strict=False)
    found = {row.number for row, below in above if row.number in found and below.number not in found}
    if not FEWEST <= len(found) <= MOST * len(table.rows):
        return table
    rows = tuple(row for row in table.rows if row.number not in found)
    omitted = (*table.omitted, *((number, skipped.HEADING) for number in found))
    return replace(table, rows=rows, omitted=tuple(sorted(omitted)))


def _is_heading(row: Row, columns: Columns, needed: set[str]) -> bool:
    filled = [position for position, cell in enumerate(row.cells) if cell]
    if len(filled) != 1 or row.beyond:
        return False
    field = columns.fields.get(filled[0])
    if field is None:
        return bool(needed)
    return field.name != columns.kind.key and bool(needed - {field.name})
