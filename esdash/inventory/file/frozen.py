"""Which frozen versions of the list a file holds that another one lacks."""

from pathlib import Path

import duckdb

from esdash.errors import UserError
from esdash.inventory.file.attaching import attach


def only_in(path: Path, other: Path) -> tuple[int, ...]:
    """The numbers of the versions in the file at `path` that the other one does not hold with the same content.

    Nothing is known of a file that cannot be read, or is older than versions. Neither file may be open.
    """
    return tuple(sorted(number for number, _ in _versions(path) - _versions(other)))


def _versions(path: Path) -> set[tuple[int, str]]:
    try:
        connection = attach(path)
    except UserError:
        return set()
    try:
        found = connection.execute("SELECT number, content_sha256 FROM inventory.list_version").fetchall()
        return {(int(number), str(checksum)) for number, checksum in found}
    except (duckdb.Error, RuntimeError):
        return set()
    finally:
        connection.close()
