"""What was worked out from an inventory, until something changes that it rests on; what nobody asks for goes first."""

import threading
from collections.abc import Callable, Collection, Hashable
from typing import Any
from weakref import WeakValueDictionary

import numpy as np
import pandas as pd
from cachetools import LRUCache

MOST_BYTES = 100_000_000  # of one inventory; a visit to every page of the example takes about 5 MB, of 5,000 offers 40
PATIENCE = 60  # seconds to wait for the work of another; that one may be waiting for what we hold
OBJECT_BYTES = 200  # a list or word in the cell of a frame
FIGURE_BYTES = 50_000  # a figure, a plan, and whatever else cannot be asked for its size


class Work:
    """One piece of work that is being done: others wait for its lock."""

    def __init__(self) -> None:
        self.lock = threading.Lock()


class Cache:
    """Answers by question, for several threads at once. Nobody can change what is kept through what they get."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        self._kept: LRUCache[Hashable, tuple[Any, frozenset[str] | None]] = LRUCache(
            most, getsizeof=lambda e: _size(e[0])
        )
        self._works: WeakValueDictionary[Hashable, Work] = WeakValueDictionary()
        self._lock = threading.Lock()

    def ask(self, question: Hashable, make: Callable[[], Any], tables: frozenset[str] | None = None) -> Any:
        """The kept answer, else what `make` returns. `tables`: what it rests on; None: everything.

        What `make` raises is not kept; who waited for it tries again.
        """
        with self._lock:
            if question in self._kept:
                return _light_copy(self._kept[question][0])
            work = self._works.setdefault(question, Work())
        waited = work.lock.acquire(timeout=PATIENCE)
        try:
            with self._lock:
                if question in self._kept:
                    return _light_copy(self._kept[question][0])
            answer = _sealed(make())
            with self._lock:
                if _size(answer) <= self._kept.maxsize:
                    self._kept[question] = (answer, tables)
            return _light_copy(answer)
        finally:
            if waited:
                work.lock.release()

    def forget(self, changed: Collection[str] | None) -> None:
        """These tables have changed; None: everything."""
        with self._lock:
            for question, (_, tables) in list(self._kept.items()):
                if changed is None or tables is None or not tables.isdisjoint(changed):
                    del self._kept[question]


def _light_copy(answer: Any) -> Any:
    return answer.copy(deep=False) if isinstance(answer, pd.DataFrame) else answer  # copy-on-write


def _sealed(answer: Any) -> Any:
    """Lists in cells are arrays, which copy-on-write does not reach: nobody may write into the kept ones."""
    if isinstance(answer, pd.DataFrame):
        for column in (answer[name] for name in answer.columns if pd.api.types.is_object_dtype(answer[name])):
            for value in column:
                if isinstance(value, np.ndarray):
                    value.setflags(write=False)
    return answer


def _size(answer: Any) -> int:
    """About how many bytes an answer takes."""
    if isinstance(answer, pd.DataFrame):
        objects = sum(pd.api.types.is_object_dtype(kind) for kind in answer.dtypes)
        return int(answer.memory_usage().sum()) + OBJECT_BYTES * objects * len(answer)
    if isinstance(answer, tuple | list):
        return sum(map(_size, answer), FIGURE_BYTES)
    return FIGURE_BYTES
