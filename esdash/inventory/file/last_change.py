"""The number of the last change of an inventory, in a small file beside it, so that lost changes are noticed.

DuckDB keeps the last changes in a log beside the file (.wal) until it is written out. If that log is missing, cut or
of another file, DuckDB opens an older state without a message; this number shows it. It is written after each commit,
so it may be behind (killed in between) or missing (a copy elsewhere), but never ahead of what was saved.
"""

import os
from contextlib import suppress
from pathlib import Path

import duckdb

LAST = "SELECT coalesce(max(change_id), 0) FROM inventory.change_log"


def beside(path: Path) -> Path:
    """The path of the file with the number."""
    return path.with_name(path.name + ".last")


def of(connection: duckdb.DuckDBPyConnection) -> int:
    """The number of the last change in the inventory itself; 0 if there is none."""
    row = connection.execute(LAST).fetchone()
    return int(row[0]) if row else 0


def note(path: Path, number: int) -> None:
    """Write the number. A full disk raises nothing, because the change itself has been saved."""
    part = beside(path).with_name(beside(path).name + ".part")
    with suppress(OSError):
        part.write_text(f"{number}\n", encoding="ascii")
        os.replace(part, beside(path))


def missing(path: Path, connection: duckdb.DuckDBPyConnection) -> int:
    """How many saved changes are missing from the inventory at `path`; 0 if there is no number."""
    try:
        noted = int(beside(path).read_text(encoding="ascii"))
    except (OSError, ValueError):
        return 0
    return max(0, noted - of(connection))


def forget(path: Path) -> None:
    """Delete the number: another inventory takes this place, or somebody goes on without the lost changes."""
    beside(path).unlink(missing_ok=True)
