"""Opening an inventory whose last changes are lost because the log beside it is damaged or missing."""

import os
import re
from pathlib import Path
from typing import NamedTuple

from esdash.errors import UserError
from esdash.inventory import access
from esdash.inventory.access import Action, Actor
from esdash.inventory.file import copies, last_change
from esdash.inventory.file.attaching import attach, backup_folder
from esdash.inventory.file.files import Clock, open_file, utc_now

REASONS = ("log_damaged", "changes_missing")  # errors after which `recover` helps
_PLACE = re.compile(r"entry at byte position (\d+)")  # DuckDB's message about the first damaged entry


class Recovered(NamedTuple):
    """Where the old log is kept (None: there was none), and how many changes are lost (0 also if that is unknown)."""

    log: Path | None
    lost: int


def recover(path: Path, actor: Actor, clock: Clock = utc_now) -> Recovered:
    """Make the inventory open again with all undamaged changes; later ones no longer count as missing.

    The log moves to the backups and is read up to its first damaged entry; a log of another file is not read.
    Raises UserError if the actor may not do this, and if the file itself does not open.
    """
    access.demand(actor, Action.RESTORE_BACKUP)
    log = _set_aside(path, clock) if _log(path).exists() else None
    try:
        connection = attach(path)
    except UserError as error:
        if error.key != "log_damaged":
            raise
        _cut(path, _PLACE.search(str(error.__cause__)))
        connection = attach(path)
    try:
        lost, reached = last_change.missing(path, connection), last_change.of(connection)
    finally:
        connection.close()
    last_change.note(path, reached)
    open_file(path, clock=clock).close()
    return Recovered(log, lost)


def _set_aside(path: Path, clock: Clock) -> Path:
    kept = backup_folder(path) / f"{path.stem}-log-{clock():%Y-%m-%d-%H%M%S}.wal"
    copies.copy(_log(path), kept)
    return kept


def _cut(path: Path, place: re.Match[str] | None) -> None:
    """Cut the log before its first damaged entry: entries have checksums, and an incomplete change does not count."""
    if place:
        os.truncate(_log(path), int(place[1]))
        try:
            attach(path).close()
            return
        except UserError as error:
            if error.key != "log_damaged":
                raise
    _log(path).unlink()


def _log(path: Path) -> Path:
    return path.with_name(path.name + ".wal")
