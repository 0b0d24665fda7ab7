"""Setting up an opened inventory: views of its tables, the rules of consent, the analysis; then locking it down."""

import atexit
import os
import shutil
import tempfile
import threading
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import duckdb

from esdash.inventory.file import consent, local_time
from esdash.inventory.file.layout import lay_out
from esdash.inventory.file.materialized import Catalogue

_CLOCK = "CREATE VIEW clock AS SELECT CAST(getvariable('today') AS DATE) AS today"
# What the inventory's own rooms ask as well as the analysis: where something is (importing, editing), and the facts
# behind a verdict about overlapping offers (steering/deciding.py).
_SHARED = [(Path(__file__).parent / f"{name}.sql").read_text(encoding="utf-8") for name in ("places", "overlap_facts")]

# After opening, the connection can neither reach files nor load code (shared experience with DuckDB 2.0).
_LOCKDOWN = (
    "SET enable_external_access = false",
    "SET autoload_known_extensions = false",
    "SET autoinstall_known_extensions = false",
    "SET allow_community_extensions = false",
    "SET python_enable_replacements = false",
    "SET lock_configuration = true",
)


ONE_THREAD_BELOW = 1000  # initiatives


# Binding all views takes half a second, attaching a database file that holds them a millisecond. So each process writes
# that file once, and attaches it to every inventory and every earlier day that it opens.
_written: dict[tuple[bool, Sequence[str]], tuple[Path, Catalogue]] = {}
_writing = threading.Lock()


def define(connection: duckdb.DuckDBPyConnection, definitions: Sequence[str], past: bool) -> Catalogue:
    """Attach the database `analysis` with all views and macros; a cursor that asks says `USE analysis` first.

    Raises duckdb.Error for a definition with an unknown table or column.
    """
    with _writing:
        key = (past, tuple(definitions))
        if key not in _written:
            _written[key] = _write(_folder(os.getpid()) / f"{len(_written)}.duckdb", definitions, past)
    connection.execute("ATTACH $path AS analysis (READ_ONLY)", {"path": str(_written[key][0])})
    return _written[key][1]


def _write(path: Path, definitions: Sequence[str], past: bool) -> tuple[Path, Catalogue]:
    """Write the file with the views and macros, bound to the tables of an empty inventory."""
    with duckdb.connect(":memory:") as connection:
        connection.execute("ATTACH ':memory:' AS inventory")
        lay_out(connection)
        if past:
            consent.make_room(connection)
        connection.execute("ATTACH $path AS analysis", {"path": str(path)})
        connection.execute("USE analysis")
        connection.execute("BEGIN")  # otherwise every definition waits for the disk
        tables = connection.execute(
            "SELECT table_name, list(column_name) FILTER (data_type = 'TIMESTAMP') FROM duckdb_columns() "
            "WHERE database_name = 'inventory' GROUP BY table_name"
        ).fetchall()
        catalogue = Catalogue(table for table, _ in tables)
        for table, moments in tables:
            shown = ", ".join(local_time.VIEW_COLUMN.format(column) for column in moments or [])
            replaced = f" REPLACE ({shown})" if shown else ""
            catalogue.define(connection, f"CREATE VIEW {table} AS SELECT *{replaced} FROM inventory.{table}")
        for definition in (_CLOCK, *consent.definitions(past), *_SHARED, *definitions):
            catalogue.define(connection, definition)
        connection.execute("COMMIT")
    return path, catalogue


@cache
def _folder(process: int) -> Path:
    """A temporary folder of this process, removed when the process ends."""
    folder = Path(tempfile.mkdtemp(prefix="esdash-"))

    def remove() -> None:
        if os.getpid() == process:  # a fork inherits this function and would remove the folder of its parent
            shutil.rmtree(folder, ignore_errors=True)

    atexit.register(remove)
    return folder


def fit_threads(connection: duckdb.DuckDBPyConnection) -> None:
    """Let each query of a small inventory run in one thread: handing out its parts takes longer than the parts.

    Measured on two cores: bounds of the example 82 ms instead of 97, but overlaps of 5,000 offers 438 instead of 326.
    """
    offers = connection.execute("SELECT count(*) FROM inventory.initiative").fetchone()
    if offers and offers[0] < ONE_THREAD_BELOW:
        connection.execute("SET threads = 1")


def lock_down(connection: duckdb.DuckDBPyConnection) -> None:
    """From now on the connection reads and writes its own file and nothing else."""
    for statement in _LOCKDOWN:
        connection.execute(statement)
