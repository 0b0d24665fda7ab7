"""Opening the DuckDB file itself, and what DuckDB says when something fails, in words for people."""

import os
import shutil
from pathlib import Path

import duckdb

from esdash.errors import UserError

# A part of what DuckDB says → the message for people, the first that fits. Only what says that the content of the file
# is wrong is called damage: who reads that replaces good data by the last backup.
MEANINGS = (
    ("lock on file", "inventory_in_use"),
    ("being used by another process", "inventory_in_use"),
    ("file handle conflict", "inventory_in_use"),
    ("No space left", "disk_full"),
    ("not enough space", "disk_full"),
    ("Disk quota exceeded", "disk_full"),
    ("File too large", "disk_full"),
    ("Read-only file system", "disk_read_only"),
    ("write protected", "disk_read_only"),
    ("Input/output error", "disk_fault"),
    ("I/O device error", "disk_fault"),
    ("Too many open files", "too_many_files"),
    ("ermission denied", "inventory_no_access"),
    ("Access is denied", "inventory_no_access"),
    ("ot permitted", "inventory_no_access"),
    ("WAL", "log_damaged"),  # torn, or of another file or another state of it
    ("newer version", "inventory_newer"),
    ("version number", "inventory_newer"),
    ("Corrupt database file", "inventory_damaged"),
    ("checksum", "inventory_damaged"),
    ("not a valid DuckDB database", "inventory_damaged"),
    ("enough bytes", "inventory_damaged"),
    ("Failed to deserialize", "inventory_damaged"),
)
MEMORY_LIMIT = "1GB"  # of one open database; the whole example takes 24 MB, a city of 5,000 offers some hundred
SPACE_NEEDED = 2  # times the size of the file: a checkpoint writes changed parts beside the old ones before it lets go


def attach(path: Path) -> duckdb.DuckDBPyConnection:
    """A connection with the file as the database `inventory`. Raises UserError where it does not open."""
    connection = duckdb.connect(":memory:")
    try:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute(f"SET memory_limit = '{MEMORY_LIMIT}'")
        # Who holds the file writes it out when it closes it: not into a file that has taken its place meanwhile.
        connection.execute("PRAGMA disable_checkpoint_on_shutdown")
        connection.execute("ATTACH $path AS inventory", {"path": str(path)})
    except (duckdb.Error, ValueError, RuntimeError) as error:
        connection.close()
        raise explained(error, path) from error
    return connection


def explained(error: Exception, path: Path) -> UserError:
    """What DuckDB or the file system says about the file, in the words of the person before the screen."""
    key = meaning(error) or "inventory_not_opened"
    return UserError(key, path=path, backups=backup_folder(path), details=str(error).partition("\n")[0])


def meaning(error: Exception) -> str | None:
    """The key of the message for people; None for what has nothing to do with the file and its disk."""
    if isinstance(error, duckdb.PermissionException):
        return "inventory_no_access"
    return next((key for words, key in MEANINGS if words in str(error)), None)


def of_the_disk(error: Exception, path: Path) -> UserError | None:
    """What an error of DuckDB or the system that nobody caught says about a disk or a file; None if it says nothing."""
    of_the_system = OSError | duckdb.IOException | duckdb.TransactionException | duckdb.FatalException
    if isinstance(error, of_the_system) and meaning(error):
        return explained(error, Path(getattr(error, "filename", None) or path))
    return None


def gave_up(error: Exception) -> bool:
    """Whether DuckDB has given up the open file, which happens where a checkpoint fails; it must be attached anew."""
    return isinstance(error, duckdb.Error) and "has been invalidated" in str(error)


def need_space(path: Path) -> None:
    """Raises UserError where the disk has no room for large work on the file."""
    if path.exists() and shutil.disk_usage(path.parent).free < SPACE_NEEDED * path.stat().st_size:
        raise UserError("disk_nearly_full", path=path)


def identity(path: Path) -> tuple[int, ...] | None:
    """Tells a file from another that has taken its name or its content; None where there is none."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


def backup_folder(path: Path) -> Path:
    """Where automatic backups of an inventory file lie."""
    return path.parent / "backups"
