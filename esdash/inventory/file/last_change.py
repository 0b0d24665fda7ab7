"""How far an inventory had got: the number of its last change in a small file beside it.

The last changes lie in DuckDB's log beside the file (.wal) until it is written out. Where that log is missing, cut or
of another file, DuckDB opens an older state without a word; this number tells. It is written after each commit, so it
may lag behind (killed in between) and may be missing (a copy elsewhere), but it is never ahead of what was saved.
"""

import os
from contextlib import suppress
from pathlib import Path

import duckdb

LAST = "SELECT coalesce(max(change_id), 0) FROM inventory.change_log"


def beside(path: Path) -> Path:
    """Where the number stands."""
    return path.with_name(path.name + ".last")


def of(connection: duckdb.DuckDBPyConnection) -> int:
    """The number of the last change in the inventory itself; 0 where there is none."""
    row = connection.execute(LAST).fetchone()
    return int(row[0]) if row else 0


def note(path: Path, number: int) -> None:
    """Write the number down; a full disk, on which a change has just been saved, is no reason to fail."""
    part = beside(path).with_name(beside(path).name + ".part")
    with suppress(OSError):
        part.write_text(f"{number}\n", encoding="ascii")
        os.replace(part, beside(path))


def missing(path: Path, connection: duckdb.DuckDBPyConnection) -> int:
    """How many of the changes that were made are not in the inventory at `path`; 0 where no number tells."""
    try:
        noted = int(beside(path).read_text(encoding="ascii"))
    except (OSError, ValueError):
        return 0
    return max(0, noted - of(connection))


def forget(path: Path) -> None:
    """Nothing is missing any more: another inventory takes this place, or somebody goes on without the changes."""
    beside(path).unlink(missing_ok=True)
