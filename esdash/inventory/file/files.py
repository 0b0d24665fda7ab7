"""The inventory file itself: where it lies, making it, opening it, backing it up and restoring it."""

from __future__ import annotations

import itertools
import os
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

import duckdb

from esdash.errors import UserError
from esdash.inventory.file import changelog, layout
from esdash.inventory.file.attaching import attach as _attach
from esdash.inventory.file.attaching import backup_folder as backup_folder  # part of this module too
from esdash.inventory.file.attaching import explained as _explained
from esdash.inventory.file.store import Inventory
from esdash.inventory.privacy import rewriting

ROOT = Path(__file__).resolve().parents[3]
DATA = ROOT / "data"

BACKUPS_KEPT = 10  # automatic ones; a mistake is usually noticed within the next ten imports, else within the month

_STAMP, _STAMP_FORM = r"\d{4}-\d\d-\d\d-\d{6}", "%Y-%m-%d-%H%M%S"

Clock = Callable[[], datetime]


class Backup(NamedTuple):
    """A copy in the folder of backups: where, when (UTC), why, and how large [bytes].

    `reason` is migration, import, undo or merge (made before one), manual, or restore (what a restored one replaced).
    """

    path: Path
    made_at: datetime
    reason: str
    size: int


def utc_now() -> datetime:
    """The real time, in UTC; on another day where ESDASH_TODAY says so (for tests and demonstrations)."""
    now = datetime.now(UTC)
    day = os.environ.get("ESDASH_TODAY")
    return datetime.combine(date.fromisoformat(day), now.timetz()) if day else now


def default_path() -> Path:
    """Where the inventory lies: ESDASH_DATABASE, else data/inventory.duckdb."""
    return Path(os.environ.get("ESDASH_DATABASE") or DATA / "inventory.duckdb")


def default_city() -> Path:
    """The city's folder: ESDASH_CITY, else the first city."""
    return Path(os.environ.get("ESDASH_CITY") or DATA / "dessau-rosslau")


def create(path: Path, kind: str, fill: Callable[[Inventory], None], clock: Clock = utc_now) -> None:
    """Make a new inventory file of `kind` (example, public, empty, generated) and let `fill` write into it.

    The file appears under its name only when it is complete; an interrupted start leaves nothing half done.
    Raises UserError where there is a file already, or leftovers of one.
    """
    wal = path.with_name(path.name + ".wal")
    if path.exists() or wal.exists():
        raise UserError("inventory_exists", path=path if path.exists() else wal)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}.draft")
    _remove(draft)
    try:
        connection = _attach(draft)
        layout.lay_out(connection)
        changelog.create_triggers(connection)
        connection.execute(
            "INSERT INTO inventory.meta VALUES ($version, $kind, $created)",
            {"version": layout.CURRENT_VERSION, "kind": kind, "created": clock().replace(tzinfo=None)},
        )
        inventory = Inventory(connection, path=draft, clock=clock)
        fill(inventory)
        with inventory.exclusive() as cursor:
            cursor.execute("CHECKPOINT inventory")
        inventory.close()
        os.replace(draft, path)
    finally:
        _remove(draft)


def open_file(
    path: Path, definitions: Sequence[str] = (), clock: Clock = utc_now, keep_older: bool = True
) -> Inventory:
    """Open an existing inventory; `definitions` are the views and macros to load beside it.

    An older file is brought up to date after a backup beside it (`keep_older`). Raises UserError for a file that is
    missing, in use, damaged, of a newer version, or no inventory.
    """
    if not path.exists():
        raise UserError("inventory_missing", path=path)
    if path.stat().st_size == 0:  # DuckDB would take it for a new database
        raise UserError("inventory_damaged", path=path, backups=backup_folder(path))
    connection = _attach(path)
    try:
        version = _version(connection, path)
        if version < layout.CURRENT_VERSION:
            connection.execute("CHECKPOINT inventory")
            if keep_older:
                _keep_copy(path, "migration", clock())
            layout.migrate(connection, version)
            changelog.create_triggers(connection)
        _read_everything(connection, path)
        return Inventory(connection, definitions, path=path, clock=clock)
    except BaseException:
        connection.close()
        raise


def backup(inventory: Inventory, target: Path) -> Path:
    """Copy the whole inventory to `target` while no change can run. Raises UserError if `target` exists."""
    if target.exists():
        raise UserError("target_exists", path=target)
    if inventory.path is None:
        raise UserError("inventory_read_only")
    with inventory.exclusive() as cursor:
        cursor.execute("CHECKPOINT inventory")
        _copy(inventory.path, target)
    return target


def automatic_backup(inventory: Inventory, reason: str) -> Path:
    """Back the inventory up before something large: `reason` is import, undo, merge or migration.

    The last BACKUPS_KEPT automatic backups stay, and of older ones the last of each month. Raises UserError where the
    copy cannot be written; then the large thing should not be done.
    """
    if inventory.path is None:
        raise UserError("inventory_read_only")
    with inventory.exclusive() as cursor:
        cursor.execute("CHECKPOINT inventory")
        return _keep_copy(inventory.path, reason, inventory.now())


def manual_backup(inventory: Inventory) -> Path:
    """Back the inventory up into its folder because somebody asked for it; a second click in the same second makes
    no second copy. Raises UserError where the copy cannot be written.
    """
    if inventory.path is None:
        raise UserError("inventory_read_only")
    target = backup_folder(inventory.path) / f"{inventory.path.stem}-{inventory.now().strftime(_STAMP_FORM)}.duckdb"
    return target if target.exists() else backup(inventory, target)


def backups(inventory: Inventory) -> list[Backup]:
    """The backups in the folder of the inventory, the newest first."""
    path = inventory.path
    if path is None:
        return []
    own = re.escape(path.stem)
    pattern = re.compile(rf"(?:{own}(-auto)?|(before-restore))-({_STAMP})(?:-\d+-([a-z]+))?\.duckdb")
    found = []
    for file in backup_folder(path).glob("*.duckdb"):
        if match := pattern.fullmatch(file.name):
            reason = match[4] if match[1] and match[4] else "restore" if match[2] else "manual"
            with suppress(OSError, ValueError):  # it has just been thinned out, or its name holds no time
                made = datetime.strptime(match[3], _STAMP_FORM).replace(tzinfo=UTC)
                found.append(Backup(file, made, reason, file.stat().st_size))
    return sorted(found, key=lambda backup: (backup.made_at, backup.path.name), reverse=True)


def last_backup(inventory: Inventory) -> datetime | None:
    """When the inventory was last backed up into its folder, by itself or by hand (UTC); None for never."""
    return next((backup.made_at for backup in backups(inventory) if backup.reason != "restore"), None)


def restore(source: Path, path: Path, clock: Clock = utc_now) -> Path | None:
    """Put the backup `source` in the place of the inventory at `path`.

    The backup is opened and read first, and whatever lay at `path` is kept in the backups folder (its place is
    returned). Whoever has been erased from the inventory at `path` is erased from the backup before it takes its
    place. Raises UserError for a backup that cannot be read and while another process uses the inventory.
    """
    candidate = path.with_name(f"{path.name}.{os.getpid()}.draft")
    if not source.exists():
        raise UserError("inventory_missing", path=source)
    _copy(source, candidate)
    try:
        try:
            open_file(candidate, clock=clock, keep_older=False).close()
        except UserError as error:  # about the backup, not about the working copy of it
            raise UserError(error.key, **error.values | {"path": source}) from error
        kept = None
        if path.exists():
            _refuse_if_in_use(path)
            rewriting.replay(candidate, rewriting.erasures(path))
            kept = backup_folder(path) / f"before-restore-{clock():%Y-%m-%d-%H%M%S}.duckdb"
            _copy(path, kept)
            wal = path.with_name(path.name + ".wal")
            if wal.exists():
                _copy(wal, kept.with_name(kept.name + ".wal"))
                wal.unlink()
        os.replace(candidate, path)
        return kept
    finally:
        _remove(candidate)


def _version(connection: duckdb.DuckDBPyConnection, path: Path) -> int:
    try:
        row = connection.execute("SELECT schema_version FROM inventory.meta").fetchone()
    except duckdb.CatalogException as error:
        raise UserError("inventory_foreign", path=path) from error
    except (duckdb.Error, RuntimeError) as error:
        raise _explained(error, path) from error
    if row is None:
        raise UserError("inventory_foreign", path=path)
    if row[0] > layout.CURRENT_VERSION:
        raise UserError("inventory_newer", path=path)
    return int(row[0])


def _read_everything(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Touch every value once, so that a torn file is found now and not in the middle of a meeting."""
    tables = connection.execute("SELECT table_name FROM duckdb_tables() WHERE database_name = 'inventory'").fetchall()
    try:
        for (table,) in tables:
            connection.execute(f"SELECT bit_xor(hash(t)) FROM inventory.{table} AS t").fetchone()
    except (duckdb.Error, RuntimeError) as error:
        raise _explained(error, path) from error


def _refuse_if_in_use(path: Path) -> None:
    try:
        _attach(path).close()
    except UserError as error:
        if error.key == "inventory_in_use":
            raise


def _copy(source: Path, target: Path) -> None:
    """Copy a file that may be open here, by a child process.

    Closing any handle of a file makes POSIX drop all locks this process holds on it: a copy made here would
    silently let a second process into the open inventory.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(target.name + ".part")
    command = [sys.executable, "-c", "import shutil, sys; shutil.copyfile(*sys.argv[1:])", str(source), str(part)]
    finished = subprocess.run(command, capture_output=True, text=True, check=False)
    if finished.returncode != 0:
        part.unlink(missing_ok=True)
        raise UserError("copy_failed", path=target, details=finished.stderr.strip().splitlines()[-1])
    os.replace(part, target)


def _keep_copy(path: Path, reason: str, moment: datetime) -> Path:
    """An automatic backup of the file at `path`, which has been written out; older ones are thinned out."""
    folder = backup_folder(path)
    name = f"{path.stem}-auto-{moment:%Y-%m-%d-%H%M%S}"
    taken = {file.name.removesuffix(".part") for file in folder.glob(f"{name}-*")}
    number = next(n for n in itertools.count(1) if not any(file.startswith(f"{name}-{n:02}-") for file in taken))
    target = folder / f"{name}-{number:02}-{reason}.duckdb"
    _copy(path, target)
    kept = sorted(folder.glob(f"{path.stem}-auto-*.duckdb"))
    begin = len(f"{path.stem}-auto-")
    last_of_month = {file.name[begin : begin + len("2026-11")]: file for file in kept}
    for file in kept[:-BACKUPS_KEPT]:
        if file not in last_of_month.values():
            file.unlink(missing_ok=True)
    for leftover in folder.glob(f"{path.stem}-auto-*.part"):  # of a copy that was interrupted
        leftover.unlink(missing_ok=True)
    return target


def _remove(path: Path) -> None:
    for leftover in (path, path.with_name(path.name + ".wal")):
        leftover.unlink(missing_ok=True)
