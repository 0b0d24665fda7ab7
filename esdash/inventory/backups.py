"""Backups of the inventory: automatic before large changes, by hand, and restoring one."""

import os
import re
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from esdash.errors import UserError
from esdash.inventory import access
from esdash.inventory.access import Action, Actor
from esdash.inventory.file import copies, erasures, frozen, last_change
from esdash.inventory.file.attaching import attach, backup_folder
from esdash.inventory.file.files import Clock, open_file, utc_now
from esdash.inventory.file.store import Inventory
from esdash.inventory.privacy import rewriting

_STAMP, _STAMP_FORM = r"\d{4}-\d\d-\d\d-\d{6}", "%Y-%m-%d-%H%M%S"

# What is wrong with a file that was named as a backup; the messages of the inventory itself would be about another one.
_NO_BACKUP = ("inventory_damaged", "inventory_foreign", "inventory_missing")


class Backup(NamedTuple):
    """A copy in the folder of backups: where, when (by the city's clocks), why, and how large [bytes].

    `reason` is migration, import, city, undo or merge (made before these), manual, or restore (what a restore
    replaced).
    """

    path: Path
    made_at: datetime
    reason: str
    size: int


def write(inventory: Inventory, target: Path, actor: Actor, action: Action = Action.BACK_UP) -> Path:
    """Copy the whole inventory to `target` while no change can run; `action` is what the copy is made for.

    Raises UserError where the actor may not do this, and if `target` exists.
    """
    inventory.demand(actor, action)
    if target.exists():
        raise UserError("target_exists", path=target)
    with inventory.written_out(actor, action) as path:
        copies.copy(path, target)
    return target


def automatic(inventory: Inventory, reason: str, actor: Actor, action: Action) -> Path:
    """Back the inventory up before the large change `action`; `reason` is import, city, undo or merge.

    The last copies.KEPT automatic backups stay, and of older ones the last of each month. Raises UserError if the
    actor may not do the action, and if the copy cannot be written; then the change should not be made either.
    """
    with inventory.written_out(actor, action) as path:
        return copies.keep(path, reason, inventory.now())


def manual(inventory: Inventory, actor: Actor) -> Path:
    """Back the inventory up into its folder because somebody asked for it; a second click in the same second makes
    no second copy. Raises UserError where the actor may not do this, and where the copy cannot be written.
    """
    inventory.demand(actor, Action.BACK_UP)
    if inventory.path is None:
        raise UserError("inventory_read_only")
    target = backup_folder(inventory.path) / f"{inventory.path.stem}-{inventory.now().strftime(_STAMP_FORM)}.duckdb"
    return target if target.exists() else write(inventory, target, actor)


def found(inventory: Inventory) -> list[Backup]:
    """The backups in the folder of the inventory, the newest first."""
    path = inventory.path
    if path is None:
        return []
    own = re.escape(path.stem)
    pattern = re.compile(rf"(?:{own}(-auto)?|(before-restore))-({_STAMP})(?:-\d+-([a-z]+))?\.duckdb")
    backups = []
    for file in backup_folder(path).glob("*.duckdb"):
        if match := pattern.fullmatch(file.name):
            reason = match[4] if match[1] and match[4] else "restore" if match[2] else "manual"
            with suppress(OSError, ValueError):  # deleted meanwhile by the thinning out, or its name holds no time
                made = datetime.strptime(match[3], _STAMP_FORM).replace(tzinfo=inventory.zone)
                backups.append(Backup(file, made, reason, file.stat().st_size))
    return sorted(backups, key=lambda backup: (backup.made_at, backup.path.name), reverse=True)


def last(inventory: Inventory) -> datetime | None:
    """When the inventory was last backed up into its folder, automatically or by hand; None for never."""
    return next((backup.made_at for backup in found(inventory) if backup.reason != "restore"), None)


class Restored(NamedTuple):
    """Where the replaced file is kept now (None: there was none), and whether all erasures were repeated.

    They cannot be repeated if the replaced inventory is unreadable and no erasures are noted beside it.
    `versions_gone`: the frozen versions of the list that only the replaced file holds; their numbers come again.
    """

    kept: Path | None
    erasures_known: bool
    versions_gone: tuple[int, ...] = ()


def restore(source: Path, path: Path, actor: Actor, clock: Clock = utc_now) -> Restored:
    """Put the backup `source` in the place of the inventory at `path`.

    The backup is opened and read first, and the file that was at `path` moves to the backups folder. People who were
    erased from the inventory at `path` are erased from the backup before it takes its place. Raises UserError if the
    actor may not do this, for a backup that cannot be read, and while another process uses the inventory.
    """
    access.demand(actor, Action.RESTORE_BACKUP)
    candidate = path.with_name(f"{path.name}.{os.getpid()}.draft")
    if not source.exists():
        raise UserError("inventory_missing", path=source)
    copies.copy(source, candidate)
    try:
        try:
            opened = open_file(candidate, clock=clock, keep_older=False)
            now = opened.now()
            opened.close()
        except UserError as error:  # the message names the backup and not the working copy of it
            key = "restore_unreadable" if error.key in _NO_BACKUP else error.key
            raise UserError(key, **error.values | {"path": source}) from error
        kept = None
        if path.exists():
            _refuse_if_in_use(path)
        gone = frozen.only_in(path, candidate) if path.exists() else ()
        noted, told = erasures.known(path), rewriting.erasures(path) if path.exists() else None
        rewriting.replay(candidate, _together(noted or [], told or []))
        place = backup_folder(path) / f"before-restore-{now:%Y-%m-%d-%H%M%S}.duckdb"
        if path.exists():
            kept = place
            copies.copy(path, kept)
        wal = path.with_name(path.name + ".wal")
        if wal.exists():  # even if its file is gone: DuckDB would read this log as a part of the backup
            copies.copy(wal, place.with_name(place.name + ".wal"))
            wal.unlink()
        os.replace(candidate, path)
        last_change.forget(path)
        return Restored(kept, noted is not None or told is not None, gone)
    finally:
        copies.remove(candidate)


def _together(noted: list[erasures.Erasure], told: list[erasures.Erasure]) -> list[erasures.Erasure]:
    """Each erasure once, from the inventory where it has the row: the note beside the file lacks who did it and why."""
    again = {"actor": "esdash", "reason": "Löschung nach dem Zurückspielen wiederholt"}
    return list({row["erasure_id"]: again | row for row in [*noted, *told]}.values())


def _refuse_if_in_use(path: Path) -> None:
    try:
        attach(path).close()
    except UserError as error:
        if error.key == "inventory_in_use":
            raise
