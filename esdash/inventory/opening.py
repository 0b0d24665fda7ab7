"""What every opened inventory gets: views of its tables, the rules of consent, the analysis; then it is locked down."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb

from esdash.inventory import consent

# What a verdict about overlapping offers rests on; deciding.py and the analysis read it.
_FACTS = (Path(__file__).parent / "deciding.sql").read_text(encoding="utf-8")

# After opening, the connection can neither reach files nor load code (shared experience with DuckDB 2.0).
_LOCKDOWN = (
    "SET enable_external_access = false",
    "SET autoload_known_extensions = false",
    "SET autoinstall_known_extensions = false",
    "SET allow_community_extensions = false",
    "SET python_enable_replacements = false",
    "SET lock_configuration = true",
)


def define(cursor: duckdb.DuckDBPyConnection, definitions: Sequence[str], past: bool) -> None:
    """Load all views and macros into the in-memory catalogue."""
    cursor.execute("CREATE VIEW clock AS SELECT CAST(getvariable('today') AS DATE) AS today")
    tables = cursor.execute("SELECT table_name FROM duckdb_tables() WHERE database_name = 'inventory'")
    for (table,) in tables.fetchall():
        cursor.execute(f"CREATE VIEW {table} AS FROM inventory.{table}")
    consent.define(cursor, past)
    cursor.execute(_FACTS)
    for definition in definitions:
        cursor.execute(definition)


def lock_down(connection: duckdb.DuckDBPyConnection) -> None:
    """From now on the connection reads and writes its own file and nothing else."""
    for statement in _LOCKDOWN:
        connection.execute(statement)
