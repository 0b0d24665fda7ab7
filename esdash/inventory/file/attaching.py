"""Opening the DuckDB file itself, and what DuckDB says when it does not open, in words for people."""

from __future__ import annotations

from pathlib import Path

import duckdb

from esdash.errors import UserError


def attach(path: Path) -> duckdb.DuckDBPyConnection:
    """A connection with the file as the database `inventory`. Raises UserError where it does not open."""
    connection = duckdb.connect(":memory:")
    try:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute("ATTACH $path AS inventory", {"path": str(path)})
    except (duckdb.Error, ValueError, RuntimeError) as error:
        connection.close()
        raise explained(error, path) from error
    return connection


def explained(error: Exception, path: Path) -> UserError:
    """What DuckDB says when a file does not open, in the words of the person before the screen."""
    message = str(error)
    if any(words in message for words in ("lock on file", "being used by another process", "file handle conflict")):
        return UserError("inventory_in_use", path=path)
    if "newer version" in message or "version number" in message:
        return UserError("inventory_newer", path=path)
    if isinstance(error, duckdb.PermissionException) or "ermission denied" in message:
        return UserError("inventory_no_access", path=path)
    return UserError("inventory_damaged", path=path, backups=backup_folder(path))


def backup_folder(path: Path) -> Path:
    """Where automatic backups of an inventory file lie."""
    return path.parent / "backups"
