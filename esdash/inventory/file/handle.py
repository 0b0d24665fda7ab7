"""The hold on an open database: many read, one writes, and what is lost is opened again without anybody's doing.

DuckDB gives up a file where a checkpoint fails (a full disk); every question after that fails until the file is
attached anew. States of earlier days are laid to rest when others take their place, and come back when somebody asks.
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
    """One database and who is inside. `again` makes the connection anew, complete; `lock` is held by who writes."""

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
        """A cursor; the database stays open and in its place as long as it is used."""
        with self._gate.passing(), self._connection.cursor() as cursor:
            yield cursor

    def ask(self, question: Callable[[], Answer]) -> Answer:
        """The answer to a question, which is asked again where the database had to be opened anew."""
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
        """Be the only one who writes into the file, which is still the one that was opened.

        Who changes something leaves the number of the last change in the list before the commit. Raises UserError
        where the file has been swapped, the disk is full or does not take what is written.
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
                    if not saved or saved[-1] != last_change.of(self._connection):  # else the commit came before it
                        raise UserError("file_reopened", path=self.path) from error
                elif key := attaching.meaning(error):
                    raise UserError(key, path=self.path, backups=attaching.backup_folder(self.path)) from error
                else:
                    raise
            finally:
                self._look_again()
            if saved:
                last_change.note(self.path, saved[-1])

    def replace(self, draft: Path, attach: Callable[[Path], Connection]) -> None:
        """Put the file `draft` in the place of this one; by who is writing, and not from inside."""
        assert self.path is not None
        with self._gate.closed():
            exchange(self._connection, draft, self.path, attach).close()
            self._at_hand = False
            self._seen = attaching.identity(self.path)
        self._reopen(self._connection)

    def rest(self) -> None:
        """Let go of the database until somebody asks again; by who holds the lock."""
        with self._gate.closed():
            self._at_hand = False
            self._connection.close()

    def close(self) -> None:
        """Write the file out, if it is still the one that was opened, and let go of it for good."""
        if self.path is not None and self._seen == attaching.identity(self.path):  # else the log is of another file
            with suppress(duckdb.Error):  # what is not written out stays in the log, which the next start reads
                self._connection.execute("CHECKPOINT inventory")
        self._connection.close()

    def _reopen(self, lost: Connection) -> None:
        with self.lock:
            if self._at_hand and self._connection is not lost:
                return  # somebody else was faster
            with self._gate.closed():
                self._at_hand = False
                self._connection.close()
                self._connection = self._again()
                self._at_hand = True
            self._look_again()

    def _look_again(self) -> None:
        """Take note of what was written here, and not of a file that has taken the place of this one."""
        found = attaching.identity(self.path) if self.path else None
        if found and self._seen and found[:2] == self._seen[:2]:
            self._seen = found
