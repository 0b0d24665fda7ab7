"""Putting an open inventory back to its first state, which takes a fifth of the time of opening another copy."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

import duckdb

from esdash.analysis import open_inventory
from esdash.errors import UserError
from esdash.inventory import Inventory
from esdash.inventory.access import Action
from esdash.inventory.file import last_change, local_time
from esdash.inventory.file.changelog import NOT_LOGGED, logged_tables
from tests.people import TEST

Clock = Callable[[], datetime]
MOST_OPEN = 6  # files of one process at once

_LATER = "FROM inventory.change_log WHERE change_id > (SELECT max(change_id) FROM memory.first.change_log)"
_UNLOGGED = sorted(NOT_LOGGED - {"change_log"})


def remember(inventory: Inventory) -> None:
    """Keep the rows of all tables as they are now, in the memory of the connection."""
    with inventory.exclusive(TEST, Action.SET_UP) as cursor:
        cursor.execute("CREATE SCHEMA memory.first")
        for table in (*logged_tables(cursor), *_UNLOGGED, "change_log"):
            cursor.execute(f"CREATE TABLE memory.first.{table} AS FROM inventory.{table}")


def put_back(inventory: Inventory) -> bool:
    """Undo every change since `remember`, also in the log; False if the file was opened anew meanwhile."""
    with inventory.exclusive(TEST, Action.SET_UP) as cursor:
        if not cursor.execute("FROM duckdb_tables() WHERE schema_name = 'first'").fetchall():
            return False
        touched = {name for (name,) in cursor.execute(f"SELECT DISTINCT table_name {_LATER}").fetchall()}
        touched |= _differing(cursor)
        for table in touched:  # not in one transaction: DuckDB would miss that a key is free again
            cursor.execute(f"DELETE FROM inventory.{table}")
            cursor.execute(f"INSERT INTO inventory.{table} FROM memory.first.{table}")
        cursor.execute(f"DELETE {_LATER}")
        inventory.zone = local_time.zone(cursor)
    if touched:
        inventory.forget({*touched, "change_log"})
    return True


def _differing(cursor: duckdb.DuckDBPyConnection) -> set[str]:
    """The tables without a log whose rows are no longer the first ones."""
    content = "(SELECT (count(*), bit_xor(hash(t))) FROM {place}.{table} AS t)"
    pairs = (
        f"SELECT '{table}' WHERE {content.format(place='inventory', table=table)} IS DISTINCT FROM "
        f"{content.format(place='memory.first', table=table)}"
        for table in _UNLOGGED
    )
    return {name for (name,) in cursor.execute(" UNION ALL ".join(pairs)).fetchall()}


class Lender:
    """Inventories of this process that tests may change, each lent to one test at a time and put back afterwards."""

    def __init__(self, new_folder: Callable[[], Path]) -> None:
        self._new_folder = new_folder
        self._kept: list[Lent] = []  # at hand, the last used at the end

    @contextmanager
    def lend(self, content: bytes, clock: Clock) -> Iterator[Inventory]:
        """An open inventory with the content of that file and nothing else, as if it had just been opened."""
        lent = next((kept for kept in self._kept if kept.content == content), None)
        if lent:
            self._kept.remove(lent)
            lent.clock = clock
        else:
            lent = Lent(content, clock, self._new_folder())
        yield lent.inventory
        if lent.put_back():
            self._kept.append(lent)
        while len(self._kept) > MOST_OPEN:
            self._kept.pop(0).inventory.close()

    def close(self) -> None:
        while self._kept:
            self._kept.pop().inventory.close()


class Lent:
    """One inventory of a Lender."""

    def __init__(self, content: bytes, clock: Clock, folder: Path) -> None:
        self.content, self.clock, self._folder = content, clock, folder
        self._path = folder / "inventory.duckdb"
        self._path.write_bytes(content)
        self.inventory = open_inventory(self._path, clock=lambda: self.clock())
        self._ticking = self.inventory._clock
        self._own = set(vars(self.inventory))
        remember(self.inventory)
        self._beside = {*folder.iterdir(), last_change.beside(self._path)}

    def put_back(self) -> bool:
        """Put rows, cache and folder back; False, and closed, if that does not work, as for a test that closed it."""
        try:
            if set(vars(self.inventory)) != self._own or not put_back(self.inventory):
                raise UserError("inventory_swapped")
        except (duckdb.Error, UserError):
            with suppress(duckdb.Error):
                self.inventory.close()
            return False
        self.inventory._clock = self._ticking
        self.inventory._cache.forget(None)  # its answers may rest on something that a test had put in the place of ours
        for path in set(self._folder.iterdir()) - self._beside:
            if path.is_dir():
                shutil.rmtree(path)
            elif path.suffix != ".wal":
                path.unlink()
        last_change.note(self._path, int(self.inventory.value(last_change.LAST)))
        return True
