"""The connection to an open database: many read, one writes, and a lost connection is made again automatically.

After a failed checkpoint (a full disk), DuckDB fails every further query until the file is attached anew. States of
earlier days are closed when newer ones need their place, and are made again when they are queried.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

import duckdb

from esdash.errors import UserError
from esdash.inventory.file import attaching, last_change
from esdash.inventory.file.lock import Gate, exchange

Answer = TypeVar("Answer")
Connection = duckdb.DuckDBPyConnection


class Handle:
    """One database, its connection and its users. `again` makes a new connection; a writer holds `lock`."""

    def __init__(
        self, connection: Connection, again: Callable[[], Connection], path: Path | None, lock: threading.RLock
    ) -> None:
        self.path, self.lock = path, lock
        self._connection, self._again = connection, again
        self._gate = Gate()
        self._at_hand = True
        self._seen = attaching.identity(path) if path else None

    @contextmanager
    def cursor(self) -> Iterator[Connection]:
        """A cursor; while it is in use, the database is neither closed nor replaced."""
        with self._gate.passing(), self._connection.cursor() as cursor:
            yield cursor

    def ask(self, question: Callable[[], Answer]) -> Answer:
        """What `question` returns; it is run a second time if the database had to be opened anew."""
        connection = self._connection
        try:
            if self._at_hand:
                return question()
        except duckdb.Error as error:
            if self._at_hand and not attaching.gave_up(error):
                raise
        self._reopen(connection)
        return question()

    @contextmanager
    def writing(self) -> Iterator[list[int]]:
        """Hold the right to write, after checking that the file is still the one that was opened.

        A writer appends the number of its last change to the list before the commit. Raises UserError if the file was
        swapped, or if the disk is full or cannot be written to.
        """
        with self.lock:
            if not self._at_hand:
                self._reopen(self._connection)
            if self.path is None:
                yield []
                return
            if self._seen != attaching.identity(self.path):
                raise UserError("inventory_swapped", path=self.path)
            connection, saved = self._connection, list[int]()
            try:
                yield saved
            except duckdb.Error as error:
                if attaching.gave_up(error):
                    self._reopen(connection)
                    if not saved or saved[-1] != last_change.of(self._connection):  # otherwise the commit came first
                        raise UserError("file_reopened", path=self.path) from error
                elif about := attaching.of_the_disk(error, self.path):
                    raise about from error
                else:
                    raise
            finally:
                self._look_again()
            if saved:
                last_change.note(self.path, saved[-1])

    def replace(self, draft: Path, attach: Callable[[Path], Connection]) -> None:
        """Put the file `draft` in the place of this one. Only for the writer, and not while it has a cursor open."""
        assert self.path is not None
        with self._gate.closed():
            exchange(self._connection, draft, self.path, attach).close()
            self._at_hand = False
            self._seen = attaching.identity(self.path)
        self._reopen(self._connection)

    def rest(self) -> None:
        """Close the database until the next query. Only for whoever holds the lock."""
        with self._gate.closed():
            self._at_hand = False
            self._connection.close()

    def close(self) -> None:
        """Write the file out, if it is still the one that was opened, and close it for good."""
        if self.path is not None and self._seen == attaching.identity(self.path):  # or the log is another file's
            with suppress(duckdb.Error):  # changes not written out stay in the log, which is read at the next start
                self._connection.execute("CHECKPOINT inventory")
        self._connection.close()

    def _reopen(self, lost: Connection) -> None:
        with self.lock:
            if self._at_hand and self._connection is not lost:
                return  # another thread has done it already
            with self._gate.closed():
                self._at_hand = False
                self._connection.close()
                self._connection = self._again()
                self._at_hand = True
            self._look_again()

    def _look_again(self) -> None:
        """Remember the identity of the file after writing, unless another file has taken its place."""
        found = attaching.identity(self.path) if self.path else None
        if found and self._seen and found[:2] == self._seen[:2]:
            self._seen = found
