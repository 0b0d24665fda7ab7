"""Opening the DuckDB file itself, and messages for people in place of DuckDB's errors."""

import os
import shutil
from pathlib import Path

import duckdb

from esdash.errors import UserError

# Part of a message of DuckDB → our message; the first that fits counts. Only errors about the content of the file are
# called damage: on reading that word, people replace the file by an older backup.
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
    ("replaying WAL file", "log_damaged"),  # incomplete, or of another file or another state of this file
    ("replaying checkpoint WAL file", "log_damaged"),
    ("Corrupt WAL", "log_damaged"),
    ("Failed to read WAL", "log_damaged"),
    ("WAL does not match", "log_damaged"),
    ("This WAL was created for", "log_damaged"),
    ("newer version of DuckDB", "inventory_newer"),
    ("database file with version number", "inventory_newer"),
    ("database file with storage version number", "inventory_newer"),
    ("Corrupt database file", "inventory_damaged"),
    ("not match stored checksum", "inventory_damaged"),
    ("not a valid DuckDB database", "inventory_damaged"),
    ("Could not read enough bytes", "inventory_damaged"),
    ("Failed to deserialize", "inventory_damaged"),
)
# What is raised about a disk or a file; other classes repeat what somebody has typed, which may be any of the above.
_OF_THE_DISK = (
    OSError,
    duckdb.IOException,
    duckdb.FatalException,
    duckdb.InternalException,
    duckdb.PermissionException,
    duckdb.SerializationException,
    duckdb.TransactionException,
)
_OF_A_VALUE = "constraint violation"  # in a commit that fails, followed by the value
MEMORY_LIMIT = "1GB"  # per open database; the example takes 24 MB, a city of 5,000 offers some hundred MB
SPACE_NEEDED = 2  # times the size of the file: a checkpoint writes changed parts before it frees the old ones


def attach(path: Path) -> duckdb.DuckDBPyConnection:
    """A connection with the file as the database `inventory`. Raises UserError where it does not open."""
    connection = duckdb.connect(":memory:")
    try:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute(f"SET memory_limit = '{MEMORY_LIMIT}'")
        # `Handle.close` writes the file out itself: DuckDB would write even into a file put in its place meanwhile.
        connection.execute("PRAGMA disable_checkpoint_on_shutdown")
        connection.execute("ATTACH $path AS inventory", {"path": str(path)})
    except (duckdb.Error, ValueError, RuntimeError) as error:
        connection.close()
        raise explained(error, path) from error
    return connection


def explained(error: Exception, path: Path) -> UserError:
    """The message for people for an error of DuckDB or the file system about the file at `path`."""
    key = meaning(error) or "inventory_not_opened"
    return UserError(key, path=path, backups=backup_folder(path), details=str(error).partition("\n")[0])


def meaning(error: Exception) -> str | None:
    """The key of the message for an error; None if the error is not about the file or its disk."""
    if isinstance(error, duckdb.PermissionException):
        return "inventory_no_access"
    return next((key for words, key in MEANINGS if words in str(error)), None)


def of_the_disk(error: Exception, path: Path) -> UserError | None:
    """The message for an uncaught error of DuckDB or the system about a file or a disk; None for other errors."""
    if isinstance(error, _OF_THE_DISK) and _OF_A_VALUE not in str(error) and meaning(error):
        return explained(error, Path(getattr(error, "filename", None) or path))
    return None


def gave_up(error: Exception) -> bool:
    """Whether DuckDB refuses further work on the open file, as after a failed checkpoint; it must be attached anew."""
    return isinstance(error, duckdb.Error) and "has been invalidated" in str(error)


def need_space(path: Path) -> None:
    """Raises UserError if the disk has less than SPACE_NEEDED times the size of the file free."""
    if path.exists() and shutil.disk_usage(path.parent).free < SPACE_NEEDED * path.stat().st_size:
        raise UserError("disk_nearly_full", path=path)


def identity(path: Path) -> tuple[int, ...] | None:
    """Device, inode, size and time of a file: they change if another file takes its place; None without a file."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


def backup_folder(path: Path) -> Path:
    """The folder of the automatic backups of an inventory file."""
    return path.parent / "backups"
