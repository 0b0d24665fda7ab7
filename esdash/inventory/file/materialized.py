"""Views that are computed once: their rows are reused until a table that they read changes.

DuckDB plans and computes nested views anew for every query, which takes longer than the rest of the query. A view
that many queries share is written `CREATE MATERIALIZED VIEW name` in its .sql. DuckDB has no such views: here it
becomes the view `made_name`, and the first query that needs it writes its rows into the table `name` of a schema in
memory, which stands behind the views on the search path of the query.

Such a view may have a second form for conditions that assume what is unknown: a view `name_assumed` beside `name`.
Under them queries find its rows in the table `name`; without them nothing is computed that only this form reads.
"""

from __future__ import annotations

import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import lru_cache
from itertools import count

import duckdb

from esdash.inventory.file.conditions import Conditions

STATES_KEPT = 4  # states of one view since the last change; each position of a slider that a visitor tries adds one

Key = tuple[int, str, tuple[Hashable, ...]]  # revision of the tables it reads, form of the view, variables it reads
ASSUMED = "assumed"  # the variable that conditions set which assume what is unknown

_HEAD = re.compile(r"CREATE\s+MATERIALIZED\s+VIEW\s+(\w+)")
_DEFINED = re.compile(r"CREATE\s+(?:VIEW|MACRO)\s+(?:made_)?(\w+)")
_COMMENT = re.compile(r"--.*")
_VARIABLE = re.compile(r"getvariable\('(\w+)'\)")


@dataclass(frozen=True)
class Reads:
    """What a statement reads, directly or through views and macros: tables, materialised views, cursor variables.

    Materialised views are ordered so that each comes after those that it reads.
    """

    tables: frozenset[str] = frozenset()
    views: tuple[str, ...] = ()
    variables: frozenset[str] = frozenset()

    def __or__(self, other: Reads) -> Reads:
        views = tuple(dict.fromkeys((*self.views, *other.views)))
        return Reads(self.tables | other.tables, views, self.variables | other.variables)


class Catalogue:
    """All views and macros, and what each reads, found by the words in its SQL: a word too many does no harm."""

    def __init__(self, tables: Iterable[str]) -> None:
        self._known = {table: Reads(frozenset({table})) for table in tables}
        # statement, whether what is unknown is assumed → what it reads
        self._reading: Callable[[str, bool], Reads] = lru_cache(maxsize=1000)(self._read)

    def define(self, connection: duckdb.DuckDBPyConnection, definition: str) -> None:
        """Execute statements in the current database. Empty tables stand in for the materialised views."""
        for statement in connection.extract_statements(_HEAD.sub(r"CREATE VIEW made_\1", definition)):
            connection.execute(statement)
            body = _COMMENT.sub("", statement.query)
            if (found := _DEFINED.search(body)) is None:
                continue
            name, reads = found[1], self._reads(body)
            if f"made_{name}" in body:
                connection.execute(f"CREATE TEMP TABLE {name} AS FROM made_{name} LIMIT 0")
                reads |= Reads(views=(name,))
            self._known[name] = reads

    def reads(self, sql: str, conditions: Conditions) -> Reads:
        """What a statement reads under these conditions."""
        return self._reading(sql, conditions.assumed)

    def keys(
        self, sql: str, changed: Callable[[Collection[str]], int], today: Hashable, conditions: Conditions
    ) -> dict[str, Key]:
        """The materialised views that a statement reads, each with everything that its rows depend on."""
        keys: dict[str, Key] = {}
        values = conditions.variables()
        for view in self.reads(sql, conditions).views:
            reads = self.reads(view, conditions)
            read = tuple((name, values[name]) for name in sorted(reads.variables) if name in values)
            day = (today,) if "today" in reads.variables else ()
            keys[view] = changed(reads.tables), self._form(view, conditions.assumed), (*read, *day)
        return keys

    def _form(self, view: str, assumed: bool) -> str:
        """The view that has the rows of a materialised one."""
        return f"{view}_{ASSUMED}" if assumed and f"{view}_{ASSUMED}" in self._known else f"made_{view}"

    def _read(self, sql: str, assumed: bool) -> Reads:
        """What a statement reads; where what is unknown is assumed, also what the other forms of its views read."""
        found = Reads()
        for view in (reads := self._reads(sql)).views:
            form = self._form(view, assumed)
            if form.endswith(f"_{ASSUMED}"):
                found |= self._known[form] | Reads(variables=frozenset({ASSUMED}))
            found |= Reads(views=(view,))
        return found | reads

    def _reads(self, sql: str) -> Reads:
        reads = Reads(variables=frozenset(_VARIABLE.findall(sql)))
        for word in dict.fromkeys(re.findall(r"\w+", sql)):
            reads |= self._known.get(word, Reads())
        return reads


class State:
    """The schema with the rows of one view in one state, and how many queries are reading them. `form` has the rows."""

    def __init__(self, view: str, form: Hashable, number: int) -> None:
        self.view, self.form, self.schema = view, form, f"memory.{view}_{number}"
        self.readers = 0
        self._made = False
        self._lock = threading.Lock()

    def make(self, cursor: duckdb.DuckDBPyConnection) -> None:
        """Write the rows, unless it has been done; other threads wait meanwhile."""
        with self._lock:
            if not self._made:
                cursor.execute(f"CREATE TABLE {self.schema}.{self.view} AS FROM {self.form}")
                self._made = True


class Rows:
    """The rows of the materialised views of one connection; safe for several threads."""

    def __init__(self) -> None:
        self._states: OrderedDict[tuple[str, Key], State] = OrderedDict()
        self._lock = threading.Lock()
        self._numbers = count()

    @contextmanager
    def ready(self, cursor: duckdb.DuckDBPyConnection, keys: Mapping[str, Key]) -> Iterator[None]:
        """Inside this context, the cursor finds the rows of these views, made in this order. Equal keys: equal rows."""
        if not keys:
            yield
            return
        with ExitStack() as stack:
            states = [stack.enter_context(self._reading(cursor, view, key)) for view, key in keys.items()]
            cursor.execute(f"SET search_path = '{','.join(['analysis', *(state.schema for state in states)])}'")
            for state in states:
                state.make(cursor)
            yield

    @contextmanager
    def _reading(self, cursor: duckdb.DuckDBPyConnection, view: str, key: Key) -> Iterator[State]:
        with self._lock:
            if (view, key) not in self._states:
                self._states[view, key] = State(view, key[1], next(self._numbers))
                cursor.execute(f"CREATE SCHEMA {self._states[view, key].schema}")
            state = self._states[view, key]
            self._states.move_to_end((view, key))
            state.readers += 1
            self._drop_others(cursor, view, key)
        try:
            yield state
        finally:
            with self._lock:
                state.readers -= 1

    def _drop_others(self, cursor: duckdb.DuckDBPyConnection, view: str, asked: Key) -> None:
        """Drop states of the same form that are outdated or unused for long, unless a query is reading them."""
        of_view = [key for key in self._states if key[0] == view and key[1][1] == asked[1]]
        for place, key in enumerate(reversed(of_view)):
            if (key[1][0] != asked[0] or place >= STATES_KEPT) and not self._states[key].readers:
                cursor.execute(f"DROP SCHEMA {self._states.pop(key).schema} CASCADE")
