"""A lock that many can hold at once, and that one can hold alone while the file is replaced.

A readers-writer lock in which a reader that holds the write lock may enter again while somebody waits to be alone,
because the inventory is also queried inside a change. The fair and the write-preferring locks of libraries
(readerwriterlock) would deadlock there; with those that prefer readers, busy pages would keep the writer waiting.
"""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from esdash.errors import UserError
from esdash.inventory.file.attaching import need_space


class Gate:
    """`closed` waits until nobody is inside; later `passing` calls wait until it is open again.

    The thread that has closed it may still pass. Any other thread may pass twice without leaving in between only if
    it holds the lock that must be held before closing (in an inventory: the write lock).
    """

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._inside = 0
        self._closed_by: int | None = None

    @contextmanager
    def passing(self) -> Iterator[None]:
        """Hold the gate open, together with any number of other threads."""
        with self._condition:
            self._condition.wait_for(lambda: self._closed_by in (None, threading.get_ident()))
            self._inside += 1
        try:
            yield
        finally:
            with self._condition:
                self._inside -= 1
                self._condition.notify_all()

    @contextmanager
    def closed(self) -> Iterator[None]:
        """Hold the gate alone. Must not be called while passing."""
        with self._condition:
            self._condition.wait_for(lambda: self._closed_by is None)
            self._closed_by = threading.get_ident()
            self._condition.wait_for(lambda: self._inside == 0)
        try:
            yield
        finally:
            with self._condition:
                self._closed_by = None
                self._condition.notify_all()


def exchange(
    connection: duckdb.DuckDBPyConnection,
    draft: Path,
    path: Path,
    attach: Callable[[Path], duckdb.DuckDBPyConnection],
) -> duckdb.DuckDBPyConnection:
    """Replace the file at `path`, which `connection` has open, by the file `draft`; returns the new connection.

    The old file stays locked until the new one has its name, so no other process can open the old one in between.
    Nobody else may use `connection`. Raises UserError if the disk has no room or the file cannot be replaced.
    """
    need_space(path)
    connection.execute("CHECKPOINT inventory")
    wal = path.with_name(path.name + ".wal")
    if wal.exists():  # DuckDB would read it as a part of the new file
        raise UserError("copy_failed", path=path, details=wal.name)
    if os.name == "nt":  # Windows cannot replace an open file
        connection.close()
    try:
        os.replace(draft, path)
    except OSError as error:
        raise UserError("copy_failed", path=path, details=error) from error
    connection.close()
    return attach(path)
