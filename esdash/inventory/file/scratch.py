"""A scratch copy of some tables in memory, to ask what would be if only part of what changed had changed."""

from collections.abc import Sequence
from typing import Any

import duckdb

from esdash.inventory.file import consent
from esdash.inventory.file.change import Change
from esdash.inventory.file.layout import lay_out
from esdash.inventory.file.store import Inventory


class Scratch(Inventory):
    """Answers the same questions as the inventory it was made from, over the rows that it was filled with.

    Nobody else sees it, and it ends with `close`. Tables that were not filled are empty.
    """

    def __init__(self, source: Inventory) -> None:
        connection = duckdb.connect(":memory:")
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute("ATTACH ':memory:' AS inventory")
        lay_out(connection)
        consent.make_room(connection)
        moment = source.now()
        super().__init__(connection, source._definitions, clock=lambda: moment, read_only=True)

    def tables(self, sql: str) -> frozenset[str]:
        """The tables that a query rests on."""
        return self._catalogue.reads(sql, self.conditions).tables

    def fill(self, table: str, rows: Sequence[dict[str, Any]]) -> None:
        """Replace the content of a table by these rows, of which all have the same columns."""
        with self._cursor(self.today()) as cursor:
            cursor.execute(f"DELETE FROM inventory.{table}")
            Change(cursor, self.columns).insert(table, rows)
        self.forget({table})
