"""Checking references: every id that a record refers to must exist."""

from collections.abc import Collection
from typing import Any, Protocol

from esdash.model.references import PAIRED_TABLES, PAIRS, REFERENCES


class Reader(Protocol):
    """An inventory, or the inside of a change."""

    def rows(self, sql: str, **values: Any) -> list[dict[str, Any]]:
        """Rows of a query as dictionaries."""
        ...


def broken_references(
    reader: Reader,
    written: Collection[tuple[str, str]] | None = None,
    emptied: Collection[str] = (),
) -> list[dict[str, Any]]:
    """One row per reference to a missing record: table_name, record_id, column_name, named (the id), target (table).

    Without `written` all references are looked at. Otherwise only those that can have become broken: the columns
    `written` (table, column), and those that name records of the tables `emptied`, from which records were removed.
    """
    found: list[dict[str, Any]] = []
    for table, column, target, where in _named():
        if written is None or (table, column) in written or target in emptied:
            ids = f"unnest({column})" if column.endswith("_ids") else column
            key = "target_group_id" if table == "city_total" else f"{table}_id"
            found += reader.rows(
                f"SELECT '{table}' AS table_name, record_id, '{column}' AS column_name, named, '{target}' AS target "
                f"FROM (SELECT {key} AS record_id, {ids} AS named FROM inventory.{table} WHERE {where}) "
                f"WHERE named IS NOT NULL AND named NOT IN (SELECT {target}_id FROM inventory.{target}) "
                "ORDER BY record_id, named"
            )
    return found


def _named() -> list[tuple[str, str, str, str]]:
    """Table, column, table whose key it names, and in which rows it does."""
    fixed = [(table, column, target, "true") for (table, column), target in REFERENCES.items()]
    pairs = [(table, column, target, f"table_name = '{target}'") for table, column in PAIRS for target in PAIRED_TABLES]
    return fixed + pairs
