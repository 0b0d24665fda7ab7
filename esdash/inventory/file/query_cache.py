"""A cache of results from an inventory: valid until a table they rest on changes; the least recently used go first."""

import threading
from collections.abc import Callable, Collection, Hashable
from contextvars import ContextVar
from typing import Any
from weakref import WeakValueDictionary

import numpy as np
import pandas as pd
from cachetools import LRUCache

MOST_BYTES = 100_000_000  # per inventory; visiting every page of the example takes about 5 MB, with 5,000 offers 40 MB
PATIENCE = 60  # seconds to wait for another thread's work, which may itself wait for ours
CELL_BYTES = (
    16  # bytes of a number or a text in a cell of a frame; to measure a small frame takes longer than to make it
)
OBJECT_BYTES = 200  # bytes of a list or another object in a cell of a frame
FIGURE_BYTES = 50_000  # bytes of a figure, a plan, or another object whose size is unknown
EVERY_CHANGE = frozenset({"change_log"})  # each change writes to this table

# The tables that the work of this thread has read so far; None outside of work for a cache.
_read: ContextVar[set[str] | None] = ContextVar("read", default=None)


def note(tables: Collection[str]) -> None:
    """Count these tables among those that the cached result rests on which this thread is working out."""
    if (read := _read.get()) is not None:
        read.update(tables)


class Work:
    """A result that one thread is working out while others wait for its lock."""

    def __init__(self) -> None:
        self.lock = threading.Lock()


class Cache:
    """Results by question, safe for several threads. Callers cannot change the cached result through what they get."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        self._kept: LRUCache[Hashable, tuple[Any, frozenset[str]]] = LRUCache(most, getsizeof=lambda e: _size(e[0]))
        self._works: WeakValueDictionary[Hashable, Work] = WeakValueDictionary()
        self._changes = 0
        self._changed: dict[str, int] = {}  # table → the number of its last change
        self._all_changed = 0
        self._lock = threading.Lock()

    def ask(self, question: Hashable, make: Callable[[], Any], tables: frozenset[str] | None = None) -> Any:
        """The cached result, else what `make` returns. `tables`: those that it rests on; None: those that `make` reads.

        Errors of `make` are not cached; a thread that waited for it calls its own `make`.
        """
        with self._lock:
            found = self._kept.get(question)
            work = self._works.setdefault(question, Work()) if found is None else None
        if work is not None:
            waited = work.lock.acquire(timeout=PATIENCE)
            try:
                found = self._made(question, make, tables)
            finally:
                if waited:
                    work.lock.release()
        assert found is not None
        answer, tables = found
        note(tables)
        return _light_copy(answer)

    def _made(
        self, question: Hashable, make: Callable[[], Any], tables: frozenset[str] | None
    ) -> tuple[Any, frozenset[str]]:
        """The result and the tables it rests on. It is not cached if one of them was changed meanwhile."""
        with self._lock:
            if question in self._kept:
                return self._kept[question]
            began = self._changes
        outer = _read.set(set())
        try:
            answer = _sealed(make())
            read = frozenset(_read.get() or EVERY_CHANGE) if tables is None else tables
        finally:
            _read.reset(outer)
        with self._lock:
            unchanged = all(self._changed.get(table, 0) <= began for table in read)
            if unchanged and self._all_changed <= began and _size(answer) <= self._kept.maxsize:
                self._kept[question] = (answer, read)
        return answer, read

    def forget(self, changed: Collection[str] | None, logged: bool = True) -> None:
        """Drop the results that rest on these tables, and on the log if the change is in it; None: all results."""
        with self._lock:
            self._changes += 1
            if changed is None:
                self._all_changed = self._changes
                self._kept.clear()
                return
            changed = EVERY_CHANGE.union(changed) if logged else frozenset(changed)
            self._changed.update(dict.fromkeys(changed, self._changes))
            for question, (_, tables) in list(self._kept.items()):
                if not tables.isdisjoint(changed):
                    del self._kept[question]


def _light_copy(answer: Any) -> Any:
    return answer.copy(deep=False) if isinstance(answer, pd.DataFrame) else answer  # copy-on-write


def _sealed(answer: Any) -> Any:
    """Make arrays in the cells of a frame read-only, because copy-on-write does not protect them."""
    if isinstance(answer, pd.DataFrame):
        for place in _of_objects(answer):
            for value in answer.iloc[:, place]:
                if isinstance(value, np.ndarray):
                    value.setflags(write=False)
    return answer


def _of_objects(frame: pd.DataFrame) -> list[int]:
    """The places of the columns that hold objects."""
    return [place for place, kind in enumerate(frame.dtypes) if pd.api.types.is_object_dtype(kind)]


def _size(answer: Any) -> int:
    """The estimated size of a result [bytes]."""
    if isinstance(answer, pd.DataFrame):
        return CELL_BYTES * answer.size + OBJECT_BYTES * len(_of_objects(answer)) * len(answer)
    if isinstance(answer, tuple | list):
        return sum(map(_size, answer), FIGURE_BYTES)
    return FIGURE_BYTES
