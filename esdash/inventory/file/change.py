"""Writing inside one transaction: records and their log entries; broken references are found before the commit."""

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

import duckdb

from esdash.errors import UserError
from esdash.inventory.access import Action, Actor
from esdash.inventory.file import changelog, integrity, last_change
from esdash.model import phones
from esdash.model.references import REFERENCES


class Change:
    """The methods that write inside one transaction."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection, columns: Callable[[str], dict[str, str]]) -> None:
        self._cursor = cursor
        self._columns = columns
        self.touched: set[str] = set()
        self._written: set[tuple[str, str]] = set()  # table and column
        self._emptied: set[str] = set()  # tables from which records were removed
        self.last_before = last_change.of(cursor)  # the last entry of the change log that is not of this transaction

    def sign(self, actor: Actor, action: Action, reason: str | None, at: datetime, run_id: str | None = None) -> None:
        """Set who, why, by which means and when for the log entries of this transaction."""
        stamp = at.astimezone(UTC).replace(tzinfo=None).isoformat(sep=" ")
        signature = {"changed_at": stamp, "actor": actor.name, "reason": reason, "means": action.means}
        for name, value in {**signature, "import_run_id": run_id}.items():
            self._cursor.execute(f"SET VARIABLE {name} = CAST($value AS VARCHAR)", {"value": value})

    def insert(self, table: str, rows: Sequence[dict[str, Any]]) -> None:
        """Add records. All rows have the same columns; a column that they leave out gets its default."""
        if rows:
            rows = self._dialled(table, rows)
            record = self._record_type(table, rows)
            self._cursor.execute(
                f"INSERT INTO inventory.{table} BY NAME "
                f"SELECT r.* FROM (SELECT unnest(CAST(CAST($rows AS JSON) AS {record}[])) AS r)",
                {"rows": _as_json(rows)},
            )

    def insert_bytes(self, table: str, rows: Sequence[dict[str, Any]]) -> None:
        """Add records with bytes among their values; otherwise as `insert`."""
        for row in rows:
            self._record_type(table, [row])
            places = ", ".join(f"${name}" for name in row)
            self._cursor.execute(f"INSERT INTO inventory.{table} ({', '.join(row)}) VALUES ({places})", row)

    def update(self, table: str, rows: Sequence[dict[str, Any]]) -> None:
        """Change the given columns of existing records, each row with its key; `version` grows by one.

        A row with `version` is changed only if the record still has that version. Raises UserError otherwise,
        and for a record that does not exist.
        """
        if not rows:
            return
        key = changelog.key_column(table)
        rows = self._dialled(table, rows)
        record = self._record_type(table, rows)
        fields = [name for name in rows[0] if name not in (key, "version")]
        self._known(table)
        sets = [f"{name} = r.{name}" for name in fields]
        if "version" in self._columns(table):
            sets.append("version = t.version + 1")
        same_version = " AND t.version = r.version" if "version" in rows[0] else ""
        changed = self._cursor.execute(
            f"UPDATE inventory.{table} AS t SET {', '.join(sets)} FROM "
            f"(SELECT unnest(CAST(CAST($rows AS JSON) AS {record}[]), max_depth := 2)) AS r "
            f"WHERE t.{key} = r.{key}{same_version}",
            {"rows": _as_json(rows)},
        ).fetchone()
        if changed is None or changed[0] != len(rows):
            raise UserError("record_changed_meanwhile", table=table, record=rows[0][key])

    def remove(self, table: str, keys: Sequence[str]) -> None:
        """Delete records for good, to undo their adding. Records that people no longer need are archived instead.

        Counters that name them go with them.
        """
        key = changelog.key_column(table)
        self._emptied.add(table)
        self._cursor.execute(f"DELETE FROM inventory.{self._known(table)} WHERE {key} IN $keys", {"keys": list(keys)})
        for (counter, column), named in REFERENCES.items():
            if named == table and counter in changelog.COUNTERS:  # nobody can change a counter, so it holds nothing up
                counted = self._known(counter)
                self._cursor.execute(f"DELETE FROM inventory.{counted} WHERE {column} IN $keys", {"keys": list(keys)})

    def rows(self, sql: str, **values: Any) -> list[dict[str, Any]]:
        """Rows of a query, with the uncommitted changes of this transaction."""
        return as_dictionaries(self._cursor.execute(sql, values))

    def broken_references(self) -> list[dict[str, Any]]:
        """The references to missing records that this change made; one row each, as `integrity` gives them."""
        return integrity.broken_references(self, self._written, self._emptied)

    def check_references(self) -> None:
        """Raises UserError if by this change a record refers to a record that does not exist."""
        for broken in self.broken_references()[:1]:
            raise UserError("reference_broken", **broken)

    def _known(self, table: str) -> str:
        self.touched.add(table)
        if not self._columns(table):
            raise ValueError(f"no table {table}")
        return table

    def _dialled(self, table: str, rows: Sequence[dict[str, Any]]) -> Sequence[dict[str, Any]]:
        """The rows with the dialled form of their phones, whoever writes them."""
        return [phones.with_dialled(row) for row in rows] if phones.DIALLED in self._columns(table) else rows

    def _record_type(self, table: str, rows: Sequence[dict[str, Any]]) -> str:
        columns = self._columns(self._known(table))
        unknown = {name for row in rows for name in row} - columns.keys()
        if unknown:
            raise ValueError(f"{table} has no columns {sorted(unknown)}")
        names = list(rows[0])
        if any(list(row) != names for row in rows):
            raise ValueError("all rows need the same columns in the same order")
        self._written |= {(table, name) for name in names}
        return "STRUCT(" + ", ".join(f'"{name}" {columns[name]}' for name in names) + ")"


def as_dictionaries(result: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """The rows of a query result as dictionaries of Python values; unknown is None."""
    names = [column[0] for column in result.description or []]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def _as_json(rows: Sequence[dict[str, Any]]) -> str:
    return json.dumps(rows, default=str, ensure_ascii=False, allow_nan=False)
