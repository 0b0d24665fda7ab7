"""Filling the reference tables of a new inventory from a city's folder."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path

from esdash.inventory.city import declared, reading
from esdash.inventory.city.declared import Row
from esdash.inventory.file import changelog, local_time
from esdash.inventory.file.store import Change

AT_ONCE = 20_000  # rows of one statement: more take more memory and are no quicker


def load(change: Change, folder: Path) -> None:
    """Fill the reference tables from the city's folder. Raises UserError for a file that is missing or wrong."""
    read = reading.read(folder.name, reading.files_of(folder))
    for table in declared.TABLES:
        rows = whole(table, read.tables.get(table, {}))
        while part := list(islice(rows, AT_ONCE)):
            change.insert(table, part)


def whole(table: str, rows: Mapping[str, Row]) -> Iterator[Row]:
    """The rows as the table has them: with their key, and with every declared column; unknown is None."""
    names = _columns(table)
    key = changelog.key_column(table)
    for key_value, row in rows.items():
        filled = {key: key_value, **{name: row.get(name) for name in names}}
        if table == "city":
            filled["timezone"] = filled["timezone"] or local_time.DEFAULT
        yield filled


def _columns(table: str) -> list[str]:
    return list(_unique(column.name for file in declared.FILES if file.table == table for column in file.columns))


def _unique(names: Iterable[str]) -> dict[str, None]:
    return dict.fromkeys(names)
