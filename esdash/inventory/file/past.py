"""The inventory as it stood at the end of a day, rebuilt from the change log (METHODS M10)."""

import json
from collections.abc import Mapping
from datetime import datetime

import duckdb

from esdash.inventory.file import changelog, consent
from esdash.inventory.file.attaching import MEMORY_LIMIT
from esdash.inventory.file.layout import lay_out

# What of today the state of an earlier day holds: the kind of inventory, consents, and of the city the time zone that
# ends a day and the threshold for small numbers.
RESTS_ON = frozenset({"meta", "contact", "city"})

# One row per record of the table as it was at $cut: today's row if it has not changed since,
# otherwise the state before the first later change.
_STATE = """
WITH later AS (
    SELECT record_id, before
    FROM inventory.change_log
    WHERE table_name = $table AND changed_at > $cut
    QUALIFY row_number() OVER (PARTITION BY record_id ORDER BY change_id) = 1
)
SELECT * FROM inventory.{table} WHERE {key} NOT IN (SELECT record_id FROM later)
UNION ALL BY NAME
SELECT unnest(json_transform(before, $structure)) FROM later WHERE before IS NOT NULL
"""

# One row per import until $cut; an import that was undone later counts as not undone.
_IMPORTS = """
SELECT * REPLACE (CASE WHEN undone_at <= $cut THEN undone_at END AS undone_at)
FROM inventory.import_run
WHERE imported_at <= $cut
"""

# The tables that had rows then: those with rows today, and those that have changed since.
_HELD = """
SELECT table_name FROM duckdb_tables() WHERE database_name = 'inventory' AND estimated_size > 0
UNION
SELECT DISTINCT table_name FROM inventory.change_log WHERE changed_at > $cut
"""

# A number of people that is too small to be shown today is not shown for an earlier day either (METHODS M4).
_THRESHOLD = "UPDATE inventory.city SET small_number_threshold = greatest(small_number_threshold, ?)"


def rebuild(cursor: duckdb.DuckDBPyConnection, cut: datetime) -> duckdb.DuckDBPyConnection:
    """A new in-memory database whose catalogue `inventory` holds the tables as of the moment `cut` (UTC)."""
    state = duckdb.connect(":memory:")
    state.execute("SET TimeZone = 'UTC'")
    state.execute(f"SET memory_limit = '{MEMORY_LIMIT}'")
    state.execute("ATTACH ':memory:' AS inventory")
    lay_out(state)
    columns, held = _columns(cursor), {name for (name,) in cursor.execute(_HELD, {"cut": cut}).fetchall()}
    for table in held.intersection(changelog.logged_tables(cursor)):  # an empty one costs as much as one with rows
        query = _STATE.format(table=table, key=changelog.key_column(table))
        values = {"table": table, "cut": cut, "structure": structure(columns[table])}
        hand_over(table, cursor.sql(query, params=values), state)
    for threshold in cursor.execute("SELECT small_number_threshold FROM inventory.city").fetchall():
        state.execute(_THRESHOLD, threshold)
    hand_over("meta", cursor.sql("FROM inventory.meta"), state)
    hand_over("import_run", cursor.sql(_IMPORTS, params={"cut": cut}), state)
    hand_over(
        "change_log", cursor.sql("FROM inventory.change_log WHERE changed_at <= $cut", params={"cut": cut}), state
    )
    consent.hand_over(cursor, state)
    return state


def hand_over(table: str, rows: duckdb.DuckDBPyRelation, state: duckdb.DuckDBPyConnection) -> None:
    """Copy rows of one database into the same table of another."""
    state.register("rows_then", rows.to_arrow_table())
    state.execute(f"INSERT INTO inventory.{table} BY NAME FROM rows_then")
    state.unregister("rows_then")


def structure(columns: Mapping[str, str]) -> str:
    """The columns of a table, as column → DuckDB type, as JSON for json_transform."""
    return json.dumps({name: _json_type(kind) for name, kind in columns.items()})


def _columns(cursor: duckdb.DuckDBPyConnection) -> dict[str, dict[str, str]]:
    """Table → column → DuckDB type."""
    found = cursor.execute(
        "SELECT table_name, column_name, data_type FROM duckdb_columns() "
        "WHERE database_name = 'inventory' ORDER BY table_name, column_index"
    ).fetchall()
    columns: dict[str, dict[str, str]] = {}
    for table, name, kind in found:
        columns.setdefault(table, {})[name] = kind
    return columns


def _json_type(kind: str) -> object:
    """A DuckDB type as JSON for json_transform: VARCHAR[] → ["VARCHAR"], STRUCT(a DATE) → {"a": "DATE"}."""
    if kind.endswith("[]"):
        return [_json_type(kind[:-2])]
    if kind.startswith("STRUCT("):
        return {part.split(" ", 1)[0]: part.split(" ", 1)[1] for part in kind[7:-1].split(", ")}
    return kind
