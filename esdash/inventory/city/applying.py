"""Making a city's folder the state of an inventory: one transaction, with an entry that `importing.undo` takes back."""

import secrets
from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC

from esdash.errors import UserError
from esdash.inventory import backups
from esdash.inventory.access import Action, Actor
from esdash.inventory.city.comparing import Comparison, compare, stored
from esdash.inventory.city.declared import TABLES, Row
from esdash.inventory.city.reading import Folder, read
from esdash.inventory.city.uses import Use
from esdash.inventory.file import changelog
from esdash.inventory.file.store import Change, Inventory

KIND = "city"  # in import_run.kind
_CLOCK = "%Y%m%d-%H%M%S"


class CityInUse(UserError):
    """A folder that takes away what records use; `uses` says what uses it."""

    def __init__(self, uses: list[Use]) -> None:
        super().__init__("city_in_use", n=len({(use.table, use.key) for use in uses}))
        self.uses = uses


def read_for(inventory: Inventory, name: str, files: Mapping[str, bytes]) -> Folder:
    """Read some files of a city for this inventory, which has the rest. Raises UserError as `read` does."""
    return read(name, files, stored(inventory))


def apply(inventory: Inventory, shown: Comparison, actor: Actor, reason: str | None = None) -> str | None:
    """Write what a comparison shows, all or nothing, after a backup; returns the id to undo it, None for nothing.

    Raises CityInUse where records use what would go, UserError where the inventory has changed since in a way that
    changes the comparison, and if the backup cannot be written.
    """
    inventory.demand(actor, Action.CHANGE_CITY)
    _check(inventory, shown)
    if not shown.writes:
        return None
    run_id = f"city-{inventory.now().strftime(_CLOCK)}-{secrets.token_hex(2)}"
    backups.automatic(inventory, KIND, actor, Action.CHANGE_CITY)
    with inventory.change(actor, Action.CHANGE_CITY, reason, import_run_id=run_id) as change:
        _check(change, shown)  # two people at once
        _write(change, shown)
        change.insert("import_run", [_run(inventory, shown, actor, run_id)])
    return run_id


def _check(reader: Inventory | Change, shown: Comparison) -> None:
    now = compare(reader, shown.folder, shown.overwrite)
    if now.differences != shown.differences:
        raise UserError("city_outdated", folder=shown.folder.name)
    if now.uses:
        raise CityInUse(now.uses)


def _write(change: Change, shown: Comparison) -> None:
    """Rows with the same columns go in one statement."""
    for table in TABLES:
        key = changelog.key_column(table)
        added: list[Row] = []
        changed: dict[tuple[str, ...], list[Row]] = defaultdict(list)
        gone: list[str] = []
        for one in (one for one in shown.writes if one.table == table):
            if one.state == "added":
                added.append(one.after)
            elif one.state == "changed":
                changed[tuple(one.after)].append({key: one.key, **one.after})
            else:
                gone.append(one.key)
        change.insert(table, added)
        for rows in changed.values():
            change.update(table, rows)
        if gone:
            change.remove(table, gone)


def _run(inventory: Inventory, shown: Comparison, actor: Actor, run_id: str) -> Row:
    return {
        "import_run_id": run_id,
        "imported_at": inventory.now().astimezone(UTC).replace(tzinfo=None).isoformat(sep=" "),
        "actor": actor.name,
        "file_name": shown.folder.name,
        "file_hash": shown.folder.sha256,
        "kind": KIND,
        "rows_new": shown.count("added"),
        "rows_changed": shown.count("changed"),
        "rows_faulty": 0,  # a folder with a fault is refused as a whole
        "rows_unchanged": sum(shown.unchanged.values()),
    }
