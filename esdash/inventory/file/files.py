"""The inventory file: its path, making it, opening it."""

import os
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb

from esdash.errors import UserError
from esdash.inventory import access
from esdash.inventory.access import Action, Actor
from esdash.inventory.file import changelog, copies, erasures, last_change, layout, leftovers, local_time
from esdash.inventory.file.attaching import attach, backup_folder, explained
from esdash.inventory.file.store import Inventory

ROOT = Path(__file__).resolve().parents[3]
DATA = ROOT / "data"

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The time in UTC; on the day ESDASH_TODAY if that is set (for tests and demonstrations)."""
    now = datetime.now(UTC)
    day = os.environ.get("ESDASH_TODAY")
    zone = ZoneInfo(local_time.DEFAULT)
    return datetime.combine(date.fromisoformat(day), now.astimezone(zone).time(), zone).astimezone(UTC) if day else now


def default_path() -> Path:
    """The path of the inventory: ESDASH_DATABASE, else data/inventory.duckdb."""
    return Path(os.environ.get("ESDASH_DATABASE") or DATA / "inventory.duckdb")


def default_city() -> Path:
    """The city's folder: ESDASH_CITY, else the first city."""
    return Path(os.environ.get("ESDASH_CITY") or DATA / "dessau-rosslau")


def create(
    path: Path,
    kind: str,
    fill: Callable[[Inventory], None],
    actor: Actor,
    clock: Clock = utc_now,
    definitions: Sequence[str] = (),
) -> None:
    """Make a new inventory file of `kind` (example, public, empty, generated) and let `fill` write into it.

    `definitions`: the views that `fill` asks, if it asks some.
    The file gets its name only when it is complete, so an interrupted start leaves no incomplete inventory.
    Raises UserError if the actor may not do this, and if there is a file already, or traces of a lost one.
    """
    access.demand(actor, Action.SET_UP)
    wal = path.with_name(path.name + ".wal")
    if path.exists() or wal.exists():
        raise UserError("inventory_exists", path=path if path.exists() else wal)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}.draft")
    copies.remove(draft)
    try:
        connection = attach(draft)
        layout.lay_out(connection)
        changelog.create_triggers(connection)
        connection.execute(
            "INSERT INTO inventory.meta VALUES ($version, $kind, $created)",
            {"version": layout.CURRENT_VERSION, "kind": kind, "created": clock().replace(tzinfo=None)},
        )
        inventory = Inventory(connection, definitions, path=draft, clock=clock)
        fill(inventory)
        with inventory.written_out(actor, Action.SET_UP):
            last = inventory.value(last_change.LAST)
        inventory.close()
        os.replace(draft, path)
        last_change.note(path, last)
    finally:
        copies.remove(draft)


def refuse_if_lost(path: Path) -> None:
    """Raises UserError if the inventory is missing but its log or note is there: a new one would hide the loss."""
    traces = [last_change.beside(path), path.with_name(path.name + ".wal"), *backup_folder(path).glob(f"{path.stem}-*")]
    if not path.exists() and any(trace.exists() for trace in traces):
        raise UserError("inventory_gone", path=path, backups=backup_folder(path))


def open_file(
    path: Path, definitions: Sequence[str] = (), clock: Clock = utc_now, keep_older: bool = True
) -> Inventory:
    """Open an existing inventory; `definitions` are the views and macros to load beside it.

    A file of an older version is migrated after `keep_older` has made a backup. Raises UserError for a file that is
    missing, in use, damaged, of a newer version, or not an inventory.
    """
    if not path.exists():
        raise UserError("inventory_missing", path=path)
    if path.stat().st_size == 0:  # DuckDB would make a new database of it
        raise UserError("inventory_damaged", path=path, backups=backup_folder(path))
    connection = attach(path)
    try:
        version = _version(connection, path)
        if version < layout.CURRENT_VERSION:
            connection.execute("CHECKPOINT inventory")
            if keep_older:
                copies.keep(path, "migration", clock().astimezone(ZoneInfo(local_time.DEFAULT)))
            layout.migrate(connection, version)
            changelog.create_triggers(connection)
        _read_everything(connection, path)
        if missing := last_change.missing(path, connection):
            raise UserError("changes_missing", path=path, n=missing)
        if keep_older:  # only a file that stays here, not a working copy
            leftovers.remove(path)
            erasures.note_all(path, connection)
        return Inventory(connection, definitions, path=path, clock=clock)
    except BaseException:
        connection.close()
        raise


def _version(connection: duckdb.DuckDBPyConnection, path: Path) -> int:
    try:
        row = connection.execute("SELECT schema_version FROM inventory.meta").fetchone()
    except duckdb.CatalogException as error:
        raise UserError("inventory_foreign", path=path) from error
    except (duckdb.Error, RuntimeError) as error:
        raise explained(error, path) from error
    if row is None:
        raise UserError("inventory_foreign", path=path)
    if row[0] > layout.CURRENT_VERSION:
        raise UserError("inventory_newer", path=path)
    return int(row[0])


def _read_everything(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Read every value once, so that a damaged file is found when it is opened and not later."""
    tables = connection.execute("SELECT table_name FROM duckdb_tables() WHERE database_name = 'inventory'").fetchall()
    each = (f"SELECT bit_xor(hash(t)) FROM inventory.{table} AS t" for (table,) in tables)
    try:
        connection.execute(" UNION ALL ".join(each)).fetchall()
    except (duckdb.Error, RuntimeError) as error:
        raise explained(error, path) from error
