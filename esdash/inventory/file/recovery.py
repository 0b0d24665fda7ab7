"""Going on where the last changes are lost: the log beside the file is damaged, or it is not there."""

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

REASONS = ("log_damaged", "changes_missing")  # the messages that this is the way out of
_PLACE = re.compile(r"entry at byte position (\d+)")  # what DuckDB says about the first entry that is not whole


class Recovered(NamedTuple):
    """The log as it was found, if there was one; how many changes are gone for good, 0 also where nobody knows."""

    log: Path | None
    lost: int


def recover(path: Path, actor: Actor, clock: Clock = utc_now) -> Recovered:
    """Make the inventory open again with all that is whole, and take its last change for the last one.

    The log is kept among the backups and read up to its first damaged entry; a log of another file is not read.
    Raises UserError where the actor may not do this, and where the file itself does not open.
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
    """Leave of the log what is whole: each entry has a checksum, and a change that is not complete does not count."""
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
