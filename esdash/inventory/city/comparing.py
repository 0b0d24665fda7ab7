"""What a city's folder would change in an inventory: row by row, and what stands against it."""

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from esdash.errors import UserError
from esdash.inventory.city import declared
from esdash.inventory.city.declared import BY_TABLE, CityFile, Kind, Row
from esdash.inventory.city.loading import whole
from esdash.inventory.city.reading import Folder
from esdash.inventory.city.uses import Use, uses
from esdash.inventory.file import changelog, local_time
from esdash.inventory.file.integrity import Reader

Tables = dict[str, dict[str, Row]]  # table → key → row
ROUNDING = 1e-6  # people; sums of fractions differ in the last digits
_FROM_FOLDERS = ("init", "city")  # the means by which a folder writes; everything else was done by people

# One row per row of a reference table whose last change was made by people; changes that were undone do not count.
_BY_HAND = """
SELECT table_name, record_id, arg_max(actor, change_id) AS actor, arg_max(changed_at, change_id) AS at
FROM change_log  -- in local time
WHERE table_name IN $tables AND (import_run_id IS NULL OR import_run_id NOT IN (
    SELECT import_run_id FROM inventory.import_run WHERE undone_at IS NOT NULL))
GROUP BY ALL
HAVING arg_max(means, change_id) NOT IN $folders
"""


@dataclass(frozen=True)
class Hand:
    """A row that people wrote in the inventory: who, when (local time), and which is newer, it or the folder."""

    actor: str
    at: datetime
    newer: Literal["inventory", "folder", "unknown"]


@dataclass(frozen=True)
class Difference:
    """A row of a file that is new, changed or gone. `before` and `after` hold the columns that differ."""

    file: str
    table: str
    key: str
    state: Literal["added", "changed", "gone"]
    before: Row
    after: Row
    hand: Hand | None = None
    older: bool = False  # the folder's row is of an earlier day than that of the inventory

    @property
    def held(self) -> bool:
        """Whether the row of the inventory stays, unless somebody says otherwise."""
        return self.hand is not None and self.hand.newer != "folder"


@dataclass
class Comparison:
    """A folder beside an inventory: differences in the order of the files, and what is in use and cannot go."""

    folder: Folder
    overwrite: bool = False  # whether the folder also replaces what people agreed on
    differences: list[Difference] = field(default_factory=list)
    unchanged: dict[str, int] = field(default_factory=dict)  # file → rows
    uses: list[Use] = field(default_factory=list)
    excess: dict[str, tuple[float, float]] = field(default_factory=dict)  # target group → people of its districts, city

    @property
    def writes(self) -> list[Difference]:
        """The differences that would be written."""
        return [one for one in self.differences if self.overwrite or not one.held]

    def count(self, state: str, file: str | None = None) -> int:
        """How many rows would be written as this."""
        return sum(one.state == state and file in (None, one.file) for one in self.writes)


def stored(reader: Reader) -> Tables:
    """The reference tables of an inventory: table → key → row; shapes as objects."""
    tables: Tables = {}
    for table in declared.TABLES:
        key = changelog.key_column(table)
        shapes = [c.name for f in declared.FILES if f.table == table for c in f.columns if c.kind is Kind.SHAPE]
        rows = {row[key]: row for row in reader.rows(f"FROM inventory.{table} ORDER BY {key}")}
        for row in rows.values():
            row.update({name: row[name] and json.loads(row[name]) for name in shapes})
        tables[table] = rows
    return tables


def compare(reader: Reader, folder: Folder, overwrite: bool = False) -> Comparison:
    """What the folder would change. Raises UserError for another city and for another time zone."""
    now = stored(reader)
    _check_city(now["city"], folder)
    found = Comparison(folder, overwrite)
    hands = _hands(reader, folder)
    for file in declared.FILES:
        if file.name in folder.files or (file.table in folder.estimated and BY_TABLE[file.table] is file):
            _compare_file(file, now[file.table], found, hands)
    gone: dict[str, set[str]] = defaultdict(set)
    staying: dict[str, set[str]] = defaultdict(set)
    for one in found.differences:
        if one.held and not overwrite:
            staying[one.table].add(one.key)
        elif one.state == "gone":
            gone[one.table].add(one.key)
    replaced = {table: staying[table] for table in folder.tables if _gives_rows(BY_TABLE[table], folder)}
    found.uses = uses(reader, gone, replaced)
    if any(table in folder.tables for table in ("population", "city_total")):
        found.excess = _excess(now, found)
    return found


def _excess(now: Tables, found: Comparison) -> dict[str, tuple[float, float]]:
    """Target groups whose districts would have more people together than the city."""
    then = {table: {key: dict(row) for key, row in now[table].items()} for table in ("population", "city_total")}
    for one in found.writes:
        if one.table in then and one.state == "gone":
            del then[one.table][one.key]
        elif one.table in then:
            then[one.table].setdefault(one.key, {}).update(one.after)
    people: dict[str, float] = defaultdict(float)
    for row in then["population"].values():
        people[row["target_group_id"]] += row["persons"] or 0
    totals = {key: row["persons"] for key, row in then["city_total"].items() if row["persons"] is not None}
    return {key: (people[key], total) for key, total in totals.items() if people[key] > total + ROUNDING}


def _gives_rows(file: CityFile, folder: Folder) -> bool:
    return file.unit == "row" and (file.name in folder.files or file.table in folder.estimated)


def _check_city(now: Mapping[str, Row], folder: Folder) -> None:
    for key, row in folder.tables.get("city", {}).items():
        if key not in now:
            raise UserError("city_other", folder=folder.name, city=key, here=next(iter(now), None))
        here = now[key]["timezone"] or local_time.DEFAULT
        if row.get("timezone") not in (None, here):
            raise UserError("city_timezone", zone=row["timezone"], here=here)


def _compare_file(
    file: CityFile, now: Mapping[str, Row], found: Comparison, hands: Mapping[tuple[str, str], Row]
) -> None:
    names = [column.name for column in file.columns if column.name != "timezone"]
    then = found.folder.tables.get(file.table, {})
    estimated = file.table in found.folder.estimated
    same = 0
    for key, row in then.items():
        if estimated and key in now:  # ways that no file gives are worked out only where there are none
            same += 1
        elif key not in now:
            if _gives_rows(file, found.folder):
                (full,) = whole(file.table, {key: row})
                found.differences.append(Difference(file.name, file.table, key, "added", {}, full))
        elif differing := [name for name in names if name in row and row[name] != now[key][name]]:
            before, after = ({name: one[name] for name in differing} for one in (now[key], row))
            older = _of_day(file, row, now[key]) == "inventory"
            hand = _hand(file, key, row, now[key], hands)
            found.differences.append(Difference(file.name, file.table, key, "changed", before, after, hand, older))
        else:
            same += any(name in row for name in names)
    if _gives_rows(file, found.folder):
        for key in now.keys() - then.keys():
            hand = _hand(file, key, {}, now[key], hands)
            found.differences.append(Difference(file.name, file.table, key, "gone", now[key], {}, hand))
    found.unchanged[file.name] = same


def _hands(reader: Reader, folder: Folder) -> dict[tuple[str, str], Row]:
    if not folder.tables:
        return {}
    rows = reader.rows(_BY_HAND, tables=list(folder.tables), folders=list(_FROM_FOLDERS))
    return {(row["table_name"], row["record_id"]): row for row in rows}


def _hand(file: CityFile, key: str, row: Row, now: Row, hands: Mapping[tuple[str, str], Row]) -> Hand | None:
    """Who wrote the row of the inventory by hand, and which is newer; None where it came from a folder."""
    last = hands.get((file.table, key))
    return None if last is None else Hand(last["actor"], last["at"], _of_day(file, row, now) or "unknown")


def _of_day(file: CityFile, row: Row, now: Row) -> Literal["inventory", "folder"] | None:
    """Which of the two rows is of a later day; None where that is not known or the same day."""
    own: Any = file.dated and row.get(file.dated)
    here: Any = file.dated and now.get(file.dated)
    if not own or not here or own == here:
        return None
    return "folder" if own > here else "inventory"
