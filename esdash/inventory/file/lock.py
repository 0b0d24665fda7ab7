"""A gate that many pass at once, and that closes for the moment in which the file behind it is replaced.

It is a readers-writer lock in which a reader may read again while somebody waits to be alone: inside a change, which
holds the write lock, the inventory is asked too. The fair and the write-preferring locks of libraries
(readerwriterlock) stand still there, those that prefer readers let nobody be alone while pages are asked for.
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
    """Who closes it waits until nobody is inside; who comes then waits until it is open again.

    The thread that closes it may still pass. Nobody else may pass twice without leaving in between, unless it holds
    what whoever closes the gate must hold first (in an inventory: the write lock).
    """

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._inside = 0
        self._closed_by: int | None = None

    @contextmanager
    def passing(self) -> Iterator[None]:
        """Be inside."""
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
        """Be alone; not from inside."""
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
    """Put the file `draft` in the place of the one at `path` that `connection` has open; a connection to the new one.

    The old file is locked until the new one has its name: whoever comes in between finds the new file.
    Nobody else may use `connection`.
    """
    need_space(path)
    connection.execute("CHECKPOINT inventory")
    wal = path.with_name(path.name + ".wal")
    if wal.exists():  # it would be read as a part of the new file
        raise UserError("copy_failed", path=path, details=wal.name)
    if os.name == "nt":  # Windows does not replace an open file
        connection.close()
    try:
        os.replace(draft, path)
    except OSError as error:
        raise UserError("copy_failed", path=path, details=error.strerror) from error
    connection.close()
    return attach(path)
