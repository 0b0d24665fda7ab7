"""Triggers that write every change of every table into change_log, and the list of those tables.

A trigger rolls back with its statement. It also fires for writes that bypass the write door (then with the actor
'direct'). It names inventory.change_log in full because a trigger body does not use the search path of the
connection that writes.
"""

import duckdb

# Not logged: the log itself, the description of the file, imports, the keys against double clicks, voices of an open
# round (nobody may look back at them), the files of a version (their checksums are logged with it), and the counters of
# wishes (a search is no change, and empties no cache).
NOT_LOGGED = {"meta", "change_log", "import_run", "write_key", "open_voice", "list_file", "wish"}

# Counters: writing them is no change of the inventory. Only what reads them is worked out anew.
COUNTERS = frozenset({"wish"})

_WHO = """
    coalesce(TRY_CAST(getvariable('changed_at') AS TIMESTAMP), CAST(now() AS TIMESTAMP)),
    coalesce(CAST(getvariable('actor') AS VARCHAR), 'direct'),
    CAST(getvariable('reason') AS VARCHAR),
    coalesce(CAST(getvariable('means') AS VARCHAR), 'direct'),
    CAST(getvariable('import_run_id') AS VARCHAR)"""


def logged_tables(cursor: duckdb.DuckDBPyConnection) -> list[str]:
    """The names of all tables whose changes are logged, in alphabetical order."""
    rows = cursor.execute(
        "SELECT table_name FROM duckdb_tables() WHERE database_name = 'inventory' ORDER BY table_name"
    ).fetchall()
    return [name for (name,) in rows if name not in NOT_LOGGED]


def create_triggers(cursor: duckdb.DuckDBPyConnection) -> None:
    """Create the three triggers of every logged table that lacks them."""
    present = {name for (name,) in cursor.execute("SELECT trigger_name FROM duckdb_triggers()").fetchall()}
    for table in logged_tables(cursor):
        key = f"{key_column(table)}"
        for event, references, source in (
            ("INSERT", "NEW TABLE AS n", f"n.{key}, NULL, to_json(n) FROM n"),
            ("UPDATE", "OLD TABLE AS o NEW TABLE AS n", f"n.{key}, to_json(o), to_json(n) FROM o JOIN n USING ({key})"),
            ("DELETE", "OLD TABLE AS o", f"o.{key}, to_json(o), NULL FROM o"),
        ):
            name = f"log_{table}_{event.lower()}"
            if name not in present:
                cursor.execute(
                    f"CREATE TRIGGER {name} AFTER {event} ON inventory.{table} REFERENCING {references} "
                    "FOR EACH STATEMENT INSERT INTO inventory.change_log "
                    "(changed_at, actor, reason, means, import_run_id, table_name, record_id, before, after) "
                    f"SELECT {_WHO}, '{table}', {source}"
                )


def key_column(table: str) -> str:
    """Name of the key column of a table."""
    return "target_group_id" if table == "city_total" else f"{table}_id"
