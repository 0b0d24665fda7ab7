"""The layout of the file: its schema, and the numbered migrations that bring an older file up to date."""

from pathlib import Path

import duckdb

from esdash.inventory.file import dialled

_HERE = Path(__file__).parent

SCHEMA = (_HERE / "schema.sql").read_text(encoding="utf-8")
MIGRATIONS = {
    int(path.name[:4]): path.read_text(encoding="utf-8") for path in sorted((_HERE / "migrations").glob("*.sql"))
}
CURRENT_VERSION = max(MIGRATIONS, default=1)


def _nothing(connection: duckdb.DuckDBPyConnection) -> None:
    """A migration that is complete by its SQL."""


# What a migration does beyond SQL, in the same transaction.
STEPS = {14: dialled.fill}


def lay_out(connection: duckdb.DuckDBPyConnection) -> None:
    """Create all tables of the current version in the empty, attached database `inventory`."""
    connection.execute("USE inventory")
    for statements in (SCHEMA, *MIGRATIONS.values()):
        connection.execute(statements)
    connection.execute("USE memory")


def migrate(connection: duckdb.DuckDBPyConnection, version: int, migrations: dict[int, str] = MIGRATIONS) -> None:
    """Bring the attached database `inventory` from `version` up to date, in one transaction."""
    connection.execute("USE inventory")
    connection.execute("BEGIN")
    try:
        for number, statements in sorted(migrations.items()):
            if number > version:
                connection.execute(statements)
                STEPS.get(number, _nothing)(connection)
                connection.execute("UPDATE inventory.meta SET schema_version = $number", {"number": number})
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    finally:
        connection.execute("USE memory")
