"""The open inventory: reading with bound values, changing in one transaction, looking back to a date."""

from __future__ import annotations

import copy
import json
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from esdash.errors import UserError
from esdash.inventory import access
from esdash.inventory.access import Action, Actor
from esdash.inventory.file import changelog, integrity, local_time, opening, past
from esdash.inventory.file.conditions import NOTHING, Conditions
from esdash.inventory.file.lock import Gate, exchange
from esdash.inventory.file.query_cache import Answers

FRAMES_KEPT = 150  # answers kept in memory until the next change; the pages of one city ask about 60
LOOKBACKS_KEPT = 3  # states of earlier dates kept open; a meeting compares with one or two

Write = Callable[[duckdb.DuckDBPyConnection], Path]
Attach = Callable[[Path], duckdb.DuckDBPyConnection]


class Inventory:
    """One inventory file, or the state of one at an earlier date, or one asked under conditions (both read-only).

    Use one object per file and process. Reading is safe from several threads; writers wait for each other.
    """

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        definitions: Sequence[str] = (),
        path: Path | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        read_only: bool = False,
        made_from: tuple[str, int] | None = None,
    ) -> None:
        self.path = path
        self.conditions = NOTHING
        self._origin = self  # differs where this one was made by `under`
        self._revision = 0
        self._connection = connection
        self._definitions = list(definitions)
        self._clock = clock
        self.read_only = read_only  # a look-back, or under conditions
        self._made_from = made_from
        self._columns: dict[str, dict[str, str]] = {}
        self._write_lock = threading.RLock()
        self._gate = Gate()
        self._answers = Answers(FRAMES_KEPT)
        self._lookbacks: OrderedDict[tuple[date, int], Inventory] = OrderedDict()
        self._prepare()

    @property
    def state(self) -> tuple[str, int]:
        """Names the content, for those who keep answers: file and revision, also of a look-back; and the conditions."""
        content, revision = self._made_from or (str(self.path), self.revision)
        return (f"{content} {self.conditions.to_json()}" if self.conditions else content), revision

    @property
    def revision(self) -> int:
        """Grows with every change made through this object."""
        return self._origin._revision

    # ------------------------------------------------------------ reading

    def frame(self, sql: str, **values: Any) -> pd.DataFrame:
        """Rows of a query as a DataFrame. `values` are bound to $name; equal questions are answered once."""
        today = self.today()
        bound = ((name, tuple(value) if isinstance(value, list) else value) for name, value in sorted(values.items()))
        question = (sql, today, self.revision, self.conditions, *bound)
        kept = self._answers.get(question)
        if kept is not None:
            return kept
        with self._cursor(today) as cursor:
            frame = cursor.execute(sql, values).df()
        return self._answers.keep(question, frame)

    def rows(self, sql: str, **values: Any) -> list[dict[str, Any]]:
        """Rows of a query as dictionaries with Python values; unknown is None. Not kept."""
        with self._cursor(self.today()) as cursor:
            result = cursor.execute(sql, values)
            names = [column[0] for column in result.description or []]
            return [dict(zip(names, row, strict=True)) for row in result.fetchall()]

    def value(self, sql: str, **values: Any) -> Any:
        """The first column of the first row of a query; None where there is no row."""
        with self._cursor(self.today()) as cursor:
            row = cursor.execute(sql, values).fetchone()
        return None if row is None else row[0]

    def now(self) -> datetime:
        """The time by the clock of this inventory, in the city's time zone."""
        return local_time.by_the_clocks(self._clock(), self.zone)

    def today(self) -> date:
        """The date by the clock of this inventory, in the city's time zone."""
        return self.now().date()

    def columns(self, table: str) -> dict[str, str]:
        """Column name → DuckDB type of one table; empty for a table that does not exist."""
        if table in self._columns:
            return self._columns[table]
        found = self.rows(
            "SELECT column_name, data_type FROM duckdb_columns() "
            "WHERE database_name = 'inventory' AND table_name = $table ORDER BY column_index",
            table=table,
        )
        self._columns[table] = {row["column_name"]: row["data_type"] for row in found}
        return self._columns[table]

    # ------------------------------------------------------------ changing

    def may(self, actor: Actor, action: Action) -> bool:
        """Whether the actor may do this to this inventory."""
        return self.why_not(actor, action) is None

    def why_not(self, actor: Actor, action: Action) -> UserError | None:
        """Why the actor may not do this; None where they may. Nobody changes the past, nor what is only supposed."""
        if self.read_only:
            return UserError("inventory_supposed" if self.conditions else "inventory_read_only")
        return access.why_not(actor, action)

    def demand(self, actor: Actor, action: Action) -> None:
        """Go on only where the actor may do this. Raises UserError otherwise."""
        if refusal := self.why_not(actor, action):
            raise refusal

    @contextmanager
    def change(
        self,
        actor: Actor,
        action: Action,
        reason: str | None = None,
        at: datetime | None = None,
        import_run_id: str | None = None,
    ) -> Iterator[Change]:
        """One transaction: everything inside is kept, or nothing. Who, why and by which means go to the log.

        `at` is only for the past of an example. Raises UserError where the actor may not, or where a rule is broken.
        """
        self.demand(actor, action)
        with self._write_lock, self._cursor(self.today()) as cursor:
            cursor.execute("BEGIN")
            try:
                change = Change(cursor, self)
                change.sign(actor, action, reason, at or self.now(), import_run_id)
                yield change
                change.check_references()
                cursor.execute("COMMIT")
                if "city" in change.touched:
                    self.zone = local_time.zone(cursor)
            except BaseException as error:  # also when Streamlit ends a run, which is not an Exception
                with suppress(duckdb.Error):  # a failed COMMIT has already rolled back
                    cursor.execute("ROLLBACK")
                if isinstance(error, duckdb.ConstraintException | duckdb.ConversionException):
                    raise UserError("rule_broken", details=_first_line(error)) from error
                raise
            finally:
                self.forget()

    @contextmanager
    def exclusive(self, actor: Actor, action: Action) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor while no change can run, for backups. Raises UserError where the actor may not do this."""
        self.demand(actor, action)
        with self._write_lock, self._cursor(self.today()) as cursor:
            yield cursor

    def replace_file(self, actor: Actor, action: Action, write: Write, attach: Attach) -> None:
        """Put the file that `write` makes in the place of this inventory's; the object stays usable (gate.py)."""
        self.demand(actor, action)
        if self.path is None:
            raise UserError("inventory_read_only")
        with self._write_lock:
            with self.exclusive(actor, action) as cursor:
                draft = write(cursor)
            with self._gate.closed():
                self._connection = exchange(self._connection, draft, self.path, attach)
                self._prepare()
            self._lookbacks.clear()  # not closed: somebody may be reading one
            self.forget()

    def forget(self) -> None:
        """Something has changed: what was answered before does not hold any more."""
        self._origin._revision += 1
        self._answers.forget()

    # ------------------------------------------------------------ looking back

    def as_of(self, day: date) -> Inventory:
        """The inventory as it stood at the end of `day`, rebuilt from the change log (METHODS M10), read-only.

        Raises UserError for a day before the first entry or in the future.
        """
        if self._origin is not self:
            return self._origin.as_of(day).under(self.conditions)
        key = (day, self.revision)
        with self._write_lock:
            if key not in self._lookbacks:
                first = self.value("SELECT CAST(min(changed_at) AS DATE) FROM change_log")
                if first is None or day < first or day > self.today():
                    raise UserError("no_state_at_date", day=day, first=first)
                moment = local_time.end_of(day, self.zone)
                with self._cursor(self.today()) as cursor:
                    connection = past.rebuild(cursor, moment.replace(tzinfo=None))
                self._lookbacks[key] = Inventory(
                    connection, self._definitions, clock=lambda: moment, read_only=True, made_from=self.state
                )
                while len(self._lookbacks) > LOOKBACKS_KEPT:
                    self._lookbacks.popitem(last=False)
            self._lookbacks.move_to_end(key)
            return self._lookbacks[key]

    def under(self, conditions: Conditions) -> Inventory:
        """This inventory as it answers under conditions: read-only, made in no time, nothing of it is saved.

        It takes the place of earlier conditions. Raises UserError where they name what the city does not have.
        """
        if conditions == self.conditions:
            return self
        conditions.check(self._origin)
        supposed = copy.copy(self._origin)
        supposed.conditions, supposed.read_only = conditions, True
        return supposed if conditions else self._origin

    def close(self) -> None:
        """Release the file; nothing for an inventory under conditions, which has none of its own."""
        if self._origin is not self:
            return
        for lookback in self._lookbacks.values():
            lookback.close()
        self._connection.close()

    # ------------------------------------------------------------ inside

    @contextmanager
    def _cursor(self, today: date) -> Iterator[duckdb.DuckDBPyConnection]:
        with self._gate.passing(), self._origin._connection.cursor() as cursor:
            cursor.execute("USE analysis")
            cursor.execute("SET VARIABLE today = CAST($today AS DATE)", {"today": today})
            for name, (kind, value) in self.conditions.variables().items():
                cursor.execute(f"SET VARIABLE {name} = CAST(CAST($value AS JSON) AS {kind})", {"value": value})
            yield cursor

    def _prepare(self) -> None:
        opening.define(self._connection, self._definitions, past=self.read_only)
        opening.lock_down(self._connection)
        self.zone = local_time.zone(self._connection)


class Change:
    """The writing side of one transaction."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection, inventory: Inventory) -> None:
        self._cursor = cursor
        self._inventory = inventory
        self.touched: set[str] = set()

    def sign(self, actor: Actor, action: Action, reason: str | None, at: datetime, run_id: str | None = None) -> None:
        """Who, why, by which means and when, for all that follows in this transaction."""
        stamp = at.astimezone(UTC).replace(tzinfo=None).isoformat(sep=" ")
        signature = {"changed_at": stamp, "actor": actor.name, "reason": reason, "means": action.means}
        for name, value in {**signature, "import_run_id": run_id}.items():
            self._cursor.execute(f"SET VARIABLE {name} = CAST($value AS VARCHAR)", {"value": value})

    def insert(self, table: str, rows: Sequence[dict[str, Any]]) -> None:
        """Add records. Rows may leave out columns, all rows the same ones; left out means the default."""
        if rows:
            record = self._record_type(table, rows)
            self._cursor.execute(
                f"INSERT INTO inventory.{table} BY NAME "
                f"SELECT r.* FROM (SELECT unnest(CAST(CAST($rows AS JSON) AS {record}[])) AS r)",
                {"rows": _as_json(rows)},
            )

    def update(self, table: str, rows: Sequence[dict[str, Any]]) -> None:
        """Change the given columns of existing records, each row with its key; `version` grows by one.

        A row that carries `version` is changed only if nobody was faster. Raises UserError otherwise,
        and for a record that does not exist.
        """
        if not rows:
            return
        key = changelog.key_column(table)
        record = self._record_type(table, rows)
        fields = [name for name in rows[0] if name not in (key, "version")]
        self._known(table)
        sets = [f"{name} = r.{name}" for name in fields]
        if "version" in self._inventory.columns(table):
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
        """Remove records for good. Inventory records are archived instead; this is for undoing what was added."""
        key = changelog.key_column(table)
        self._cursor.execute(f"DELETE FROM inventory.{self._known(table)} WHERE {key} IN $keys", {"keys": list(keys)})

    def rows(self, sql: str, **values: Any) -> list[dict[str, Any]]:
        """Rows of a query that sees this transaction."""
        result = self._cursor.execute(sql, values)
        names = [column[0] for column in result.description or []]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]

    def check_references(self) -> None:
        """Raises UserError if a record of a touched table names something that does not exist."""
        for broken in integrity.broken_references(self, self.touched)[:1]:
            raise UserError("reference_broken", **broken)

    def _known(self, table: str) -> str:
        self.touched.add(table)
        if not self._inventory.columns(table):
            raise ValueError(f"no table {table}")
        return table

    def _record_type(self, table: str, rows: Sequence[dict[str, Any]]) -> str:
        columns = self._inventory.columns(self._known(table))
        unknown = {name for row in rows for name in row} - columns.keys()
        if unknown:
            raise ValueError(f"{table} has no columns {sorted(unknown)}")
        names = list(rows[0])
        if any(list(row) != names for row in rows):
            raise ValueError("all rows need the same columns in the same order")
        return "STRUCT(" + ", ".join(f'"{name}" {columns[name]}' for name in names) + ")"


def _as_json(rows: Sequence[dict[str, Any]]) -> str:
    return json.dumps(rows, default=str, ensure_ascii=False, allow_nan=False)


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0]
