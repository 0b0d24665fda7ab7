"""The open inventory: reading with bound values, changing through the write door, looking back to a day."""

from __future__ import annotations

import copy
import threading
from collections.abc import Callable, Collection, Hashable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from esdash.errors import UserError
from esdash.inventory import access
from esdash.inventory.access import Action, Actor
from esdash.inventory.file import attaching, last_change, local_time, materialized, opening, past
from esdash.inventory.file.change import Change as Change  # a writer needs both
from esdash.inventory.file.change import as_dictionaries
from esdash.inventory.file.changelog import COUNTERS
from esdash.inventory.file.conditions import NOTHING, Conditions
from esdash.inventory.file.handle import Handle
from esdash.inventory.file.query_cache import EVERY_CHANGE, Cache, note

LOOKBACKS_KEPT = 3  # states of earlier days open at once, 28 MB each; a meeting compares with one or two

Write = Callable[[duckdb.DuckDBPyConnection], Path]
Attach = Callable[[Path], duckdb.DuckDBPyConnection]


class Inventory:
    """An inventory file, or its state on an earlier day, or the inventory under conditions (both read-only).

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
        lock: threading.RLock | None = None,
        again: Callable[[], duckdb.DuckDBPyConnection] | None = None,
    ) -> None:
        self.path = path
        self.conditions = NOTHING
        self._origin = self  # another object if this one was made by `under`
        self._revision = 0
        self._definitions = list(definitions)
        self._clock = clock
        self.read_only = read_only  # true for a look-back and under conditions
        self._made_from = made_from
        self._columns: dict[str, dict[str, str]] = {}
        self._changes: dict[str, int] = {}  # table → the revision that changed it last
        self._all_changed = 0
        self._cache = Cache()
        self._lookbacks: list[tuple[tuple[date, date], Inventory]] = []  # open look-backs, the last used at the end

        def reopened() -> duckdb.DuckDBPyConnection:
            return self._prepared(again() if again else attaching.attach(path or Path()))

        self._file = Handle(self._prepared(connection), reopened, path, lock or threading.RLock())

    @property
    def state(self) -> tuple[str, int]:
        """A key of the content for caches: file, revision, day of a look-back, and conditions."""
        content, revision = self._made_from or (str(self.path), self.revision)
        return (f"{content} {self.conditions.to_json()}" if self.conditions else content), revision

    @property
    def revision(self) -> int:
        """Grows with every change made through this object."""
        return self._origin._revision

    # ------------------------------------------------------------ reading

    def frame(self, sql: str, **values: Any) -> pd.DataFrame:
        """Rows of a query as a DataFrame. `values` are bound to $name. Results are cached."""
        bound = ((name, tuple(value) if isinstance(value, list) else value) for name, value in sorted(values.items()))
        question = (sql, self.today(), self.conditions, *bound)
        frame: pd.DataFrame = self._cache.ask(question, lambda: self._ask(sql, values, lambda result: result.df()))
        return frame

    def rows(self, sql: str, **values: Any) -> list[dict[str, Any]]:
        """Rows of a query as dictionaries with Python values; unknown is None. Not cached."""
        return self._ask(sql, values, as_dictionaries)

    def value(self, sql: str, **values: Any) -> Any:
        """The first column of the first row of a query; None if there is no row."""
        row = self._ask(sql, values, lambda result: result.fetchone())
        return None if row is None else row[0]

    def once(self, question: Hashable, make: Callable[[], Any], mark: Hashable = None) -> Any:
        """The result of `make`, cached until the day or a table changes that `make` reads through this inventory.

        If it reads none, until the inventory changes; with a `mark`, until that changes.
        """
        if mark is not None:
            return self._cache.ask((question, mark, self.conditions), make, frozenset())
        return self._cache.ask((question, self.today(), self.conditions), make)

    def now(self) -> datetime:
        """The current time of this inventory, in the city's time zone."""
        return local_time.by_the_clocks(self._clock(), self.zone)

    def today(self) -> date:
        """Today's date in the city's time zone; for a look-back, the day that it shows."""
        return self.now().date()

    def columns(self, table: str) -> dict[str, str]:
        """Column name → DuckDB type of one table; empty for a table that does not exist."""
        if not self._columns:  # of all tables at once: asking for those of one takes as long
            found: dict[str, dict[str, str]] = {}
            for row in self.rows(
                "SELECT table_name, column_name, data_type FROM duckdb_columns() "
                "WHERE database_name = 'inventory' ORDER BY table_name, column_index"
            ):
                found.setdefault(row["table_name"], {})[row["column_name"]] = row["data_type"]
            self._columns = found
        return self._columns.get(table, {})

    # ------------------------------------------------------------ changing

    def may(self, actor: Actor, action: Action) -> bool:
        """Whether the actor may do this action to this inventory."""
        return self.why_not(actor, action) is None

    def why_not(self, actor: Actor, action: Action) -> UserError | None:
        """The message why the actor may not do this; None if they may. Look-backs and suppositions are read-only."""
        if self.read_only:
            return UserError("inventory_supposed" if self.conditions else "inventory_read_only")
        return access.why_not(actor, action)

    def demand(self, actor: Actor, action: Action) -> None:
        """Raises UserError if the actor may not do this action."""
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
        """The write door: one transaction, saved as a whole or not at all, with who, why and by which means in the log.

        `at` is only for the history of an example. Raises UserError if the actor may not do this or a rule is broken.
        """
        self.demand(actor, action)
        with self._file.writing() as saved, self._cursor(self.today()) as cursor:
            cursor.execute("BEGIN")
            change, moment = Change(cursor, self.columns), at or self.now()
            try:
                change.sign(actor, action, reason, moment, import_run_id)
                yield change
                change.check_references()
                saved.append(last_change.of(cursor))
                cursor.execute("COMMIT")
                if "city" in change.touched:
                    self.zone = local_time.zone(cursor)
            except BaseException as error:  # BaseException: Streamlit ends a run by one that is not an Exception
                with suppress(duckdb.Error):  # a failed COMMIT has already rolled back
                    cursor.execute("ROLLBACK")
                if isinstance(error, duckdb.ConstraintException | duckdb.ConversionException):
                    raise UserError("rule_broken", details=_first_line(error)) from error
                raise
            finally:
                self.forget(change.touched, moment)

    @contextmanager
    def exclusive(self, actor: Actor, action: Action) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor; no change can run while it is in use. Raises UserError if the actor may not do this."""
        self.demand(actor, action)
        with self._file.writing(), self._cursor(self.today()) as cursor:
            yield cursor

    @contextmanager
    def written_out(self, actor: Actor, action: Action) -> Iterator[Path]:
        """The path of the file, written out completely, while no change can run: for copying it.

        Raises UserError if the actor may not do this, for an inventory without a file, and on a full disk.
        """
        with self.exclusive(actor, action) as cursor:
            if self.path is None:
                raise UserError("inventory_read_only")
            attaching.need_space(self.path)
            cursor.execute("CHECKPOINT inventory")
            yield self.path

    def replace_file(self, actor: Actor, action: Action, write: Write, attach: Attach) -> None:
        """Replace the file of this inventory by the one that `write` makes; this object stays usable."""
        self.demand(actor, action)
        if self.path is None:
            raise UserError("inventory_read_only")
        with self._file.writing() as saved:
            attaching.need_space(self.path)
            with self.exclusive(actor, action) as cursor:
                draft = write(cursor)
            self._file.replace(draft, attach)
            self.forget()
            saved.append(self.value(last_change.LAST))

    def forget(self, tables: Collection[str] | None = None, moment: datetime | None = None) -> None:
        """Count a change of these tables (None: all) at that moment, and drop what rests on them.

        A look-back stays if the change came after the day that it shows and the past does not rest on these tables.
        Counters are no change: only what reads them is dropped.
        """
        if tables and COUNTERS.issuperset(tables):
            self._cache.forget(tables, logged=False)
            return
        origin, revision = self._origin, self.revision + 1
        with self._file.lock:
            for entry in list(self._lookbacks):
                if tables is None or moment is None or moment <= entry[1].now() or not past.RESTS_ON.isdisjoint(tables):
                    self._lookbacks.remove(entry)
                    entry[1]._rest()
        if tables is None:
            origin._all_changed, origin._changes = revision, {}
        else:
            tables = {*tables, "change_log"}
            origin._changes = origin._changes | dict.fromkeys(tables, revision)
        origin._revision = revision
        self._cache.forget(tables)

    # ------------------------------------------------------------ looking back

    def as_of(self, day: date) -> Inventory:
        """The inventory as it was at the end of `day`, rebuilt from the change log (METHODS M10), read-only.

        Raises UserError for a day before the first entry or in the future.
        """
        if self._origin is not self:
            return self._origin.as_of(day).under(self.conditions)
        note(EVERY_CHANGE if day == self.today() else past.RESTS_ON)
        key = (day, self.today())  # a consent holds until a day
        with self._file.lock:
            found = next((lookback for known, lookback in self._lookbacks if known == key), None)
            if found is None:
                first = self.value("SELECT CAST(min(changed_at) AS DATE) FROM change_log")
                if first is None or day < first or day > self.today():
                    raise UserError("no_state_at_date", day=day, first=first)
                found = self._state_of(day, key)
            self._keep_open(key, found)
            return found

    def _state_of(self, day: date, key: tuple[date, date]) -> Inventory:
        moment = local_time.end_of(day, self.zone)

        def rebuilt() -> duckdb.DuckDBPyConnection:
            with self._cursor(self.today()) as cursor:
                return past.rebuild(cursor, moment.replace(tzinfo=None))

        def again() -> duckdb.DuckDBPyConnection:
            self._keep_open(key, state)
            return rebuilt()

        state = Inventory(
            rebuilt(),
            self._definitions,
            clock=lambda: moment,
            read_only=True,
            made_from=self.state,
            lock=self._file.lock,
            again=again,
        )
        return state

    def _keep_open(self, key: tuple[date, date], lookback: Inventory) -> None:
        """Keep only the most recently used look-backs open; a closed one opens again when it is queried."""
        self._lookbacks = [(known, other) for known, other in self._lookbacks if other is not lookback]
        self._lookbacks.append((key, lookback))
        while len(self._lookbacks) > LOOKBACKS_KEPT:
            self._lookbacks.pop(0)[1]._rest()

    def _rest(self) -> None:
        self._file.rest()
        self._cache.forget(None)

    def under(self, conditions: Conditions) -> Inventory:
        """This inventory under conditions: read-only, cheap to make, and nothing of it is saved.

        They replace earlier conditions. Raises UserError if `conditions.check` finds a fault.
        """
        if conditions == self.conditions:
            return self
        conditions.check(self._origin)
        supposed = copy.copy(self._origin)
        supposed.conditions, supposed.read_only = conditions, True
        return supposed if conditions else self._origin

    def close(self) -> None:
        """Close the file; does nothing for an inventory under conditions, which has no file of its own."""
        if self._origin is not self:
            return
        for _, lookback in self._lookbacks:
            lookback.close()
        self._file.close()

    # ------------------------------------------------------------ inside

    @contextmanager
    def _cursor(self, today: date, sql: str = "") -> Iterator[duckdb.DuckDBPyConnection]:
        with self._file.cursor() as cursor:
            cursor.execute("USE analysis")
            cursor.execute("SET VARIABLE today = CAST($today AS DATE)", {"today": today})
            for name, (kind, value) in self.conditions.variables().items():
                cursor.execute(f"SET VARIABLE {name} = CAST(CAST($value AS JSON) AS {kind})", {"value": value})
            keys = self._origin._catalogue.keys(sql, self._changed, today, self.conditions)
            with self._origin._rows.ready(cursor, keys):
                yield cursor

    def _changed(self, tables: Collection[str]) -> int:
        """The last revision that changed one of these tables; without tables, the last revision of all."""
        origin = self._origin
        return max((origin._changes.get(table, origin._all_changed) for table in tables), default=origin._revision)

    def _ask(self, sql: str, values: dict[str, Any], taken: Callable[[duckdb.DuckDBPyConnection], Any]) -> Any:
        note(self._origin._catalogue.reads(sql, self.conditions).tables or EVERY_CHANGE)

        def question() -> Any:
            with self._cursor(self.today(), sql) as cursor:
                return taken(cursor.execute(sql, values))

        return self._file.ask(question)

    def _prepared(self, connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
        self._catalogue = opening.define(connection, self._definitions, past=self.read_only)
        self._rows = materialized.Rows()
        opening.fit_threads(connection)
        opening.lock_down(connection)
        self.zone = local_time.zone(connection)
        return connection


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0]
