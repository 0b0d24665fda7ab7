"""Views that are computed once: until something changes that they read, whoever asks reads their rows.

Views over views are read, planned and computed anew by every question, which takes longer than the answer. One that
many questions share is written `CREATE MATERIALIZED VIEW name` in its .sql. DuckDB has no such views: here it becomes
the view `made_name`, and the first question that needs it writes its rows into the table `name` of a schema in memory,
which stands on the search path of the question behind the views.
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

STATES_KEPT = 4  # of one view since the last change; a visitor who moves a slider leaves one behind with every step

Key = tuple[int, *tuple[Hashable, ...]]  # when something changed that the view reads, then the variables it reads

_HEAD = re.compile(r"CREATE\s+MATERIALIZED\s+VIEW\s+(\w+)")
_DEFINED = re.compile(r"CREATE\s+(?:VIEW|MACRO)\s+(?:made_)?(\w+)")
_COMMENT = re.compile(r"--.*")
_VARIABLE = re.compile(r"getvariable\('(\w+)'\)")


@dataclass(frozen=True)
class Reads:
    """What a statement reads, also through views and macros: tables, materialised views, and variables of the cursor.

    Of the materialised views those come first that others read.
    """

    tables: frozenset[str] = frozenset()
    views: tuple[str, ...] = ()
    variables: frozenset[str] = frozenset()

    def __or__(self, other: Reads) -> Reads:
        views = tuple(dict.fromkeys((*self.views, *other.views)))
        return Reads(self.tables | other.tables, views, self.variables | other.variables)


class Catalogue:
    """All views and macros, and what each of them reads. Words are enough to tell: naming too much does no harm."""

    def __init__(self, tables: Iterable[str]) -> None:
        self._known = {table: Reads(frozenset({table})) for table in tables}
        self.reads: Callable[[str], Reads] = lru_cache(maxsize=1000)(self._reads)  # of a statement

    def define(self, connection: duckdb.DuckDBPyConnection, definition: str) -> None:
        """Execute statements in the database in use. Tables without rows stand for what is materialised later."""
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

    def keys(
        self, sql: str, changed: Callable[[Collection[str]], int], today: Hashable, conditions: Hashable
    ) -> dict[str, Key]:
        """Materialised views that a statement reads, each with all that its rows depend on."""
        keys: dict[str, Key] = {}
        for view in self.reads(sql).views:
            reads = self.reads(view)
            others = reads.variables - {"today"}  # only conditions set them
            keys[view] = (changed(reads.tables), "today" in reads.variables and today, bool(others) and conditions)
        return keys

    def _reads(self, sql: str) -> Reads:
        reads = Reads(variables=frozenset(_VARIABLE.findall(sql)))
        for word in dict.fromkeys(re.findall(r"\w+", sql)):
            reads |= self._known.get(word, Reads())
        return reads


class State:
    """The schema with the rows of one view as they are for a while, and how many questions are reading them."""

    def __init__(self, view: str, number: int) -> None:
        self.view, self.schema = view, f"memory.{view}_{number}"
        self.readers = 0
        self._made = False
        self._lock = threading.Lock()

    def make(self, cursor: duckdb.DuckDBPyConnection) -> None:
        """Write the rows, if nobody has; who comes meanwhile waits for them."""
        with self._lock:
            if not self._made:
                cursor.execute(f"CREATE TABLE {self.schema}.{self.view} AS FROM made_{self.view}")
                self._made = True


class Rows:
    """The rows of the materialised views of one connection, for several threads at once."""

    def __init__(self) -> None:
        self._states: OrderedDict[tuple[str, Key], State] = OrderedDict()
        self._lock = threading.Lock()
        self._numbers = count()

    @contextmanager
    def ready(self, cursor: duckdb.DuckDBPyConnection, keys: Mapping[str, Key]) -> Iterator[None]:
        """Inside, the cursor finds the rows of these views; equal keys mean equal rows. In the order of making."""
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
                self._states[view, key] = State(view, next(self._numbers))
                cursor.execute(f"CREATE SCHEMA {self._states[view, key].schema}")
            state = self._states[view, key]
            self._states.move_to_end((view, key))
            state.readers += 1
            self._drop_others(cursor, view, key[0])
        try:
            yield state
        finally:
            with self._lock:
                state.readers -= 1

    def _drop_others(self, cursor: duckdb.DuckDBPyConnection, view: str, changed: int) -> None:
        """Leave out what is outdated or was not asked for long, unless somebody is reading it."""
        of_view = [key for key in self._states if key[0] == view]
        for place, key in enumerate(reversed(of_view)):
            if (key[1][0] != changed or place >= STATES_KEPT) and not self._states[key].readers:
                cursor.execute(f"DROP SCHEMA {self._states.pop(key).schema} CASCADE")
