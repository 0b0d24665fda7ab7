"""Carrying out a plan in one transaction: the records, their log entries and the import run."""

from collections import defaultdict
from datetime import UTC
from typing import Any

from esdash.errors import UserError
from esdash.inventory import backups
from esdash.inventory.access import Action, Actor
from esdash.inventory.file.integrity import Reader
from esdash.inventory.file.store import Change, Inventory
from esdash.inventory.importing.planning import planned
from esdash.inventory.importing.preview import Plan


def run(inventory: Inventory, plan: Plan, actor: Actor, reason: str | None = None, backup: bool = True) -> str:
    """Import the rows of a plan that have no fault, all or none; returns the import_run_id.

    A plan that has been run is not run again (a double click). The inventory is backed up first, unless `backup` is
    False, as for a new inventory. Raises UserError if the inventory has changed since in a way that changes the
    plan, and if the backup cannot be written.
    """
    if is_done(inventory, plan.import_run_id):
        return plan.import_run_id
    if backup:
        backups.automatic(inventory, "import", actor, Action.IMPORT_TABLE)
    with inventory.change(actor, Action.IMPORT_TABLE, reason, import_run_id=plan.import_run_id) as change:
        if is_done(change, plan.import_run_id):  # two clicks at once
            return plan.import_run_id
        if inventory.revision != plan.revision:  # no other change can happen now: plan once more and compare
            said = plan.answers, plan.resembling, plan.sender
            again = planned(inventory, plan.table, plan.columns, plan.mapping, plan.import_run_id, *said)
            if (again.rows, again.beside) != (plan.rows, plan.beside):
                raise UserError("import_outdated", file=plan.file_name)
        _write(change, plan)
        counts = plan.counts
        change.insert(
            "import_run",
            [
                {
                    "import_run_id": plan.import_run_id,
                    "imported_at": inventory.now().astimezone(UTC).replace(tzinfo=None).isoformat(sep=" "),
                    "actor": actor.name,
                    "file_name": plan.file_name,
                    "file_hash": plan.table.sha256,
                    "kind": plan.kind.name,
                    "rows_new": counts["new"],
                    "rows_changed": counts["changed"],
                    "rows_unchanged": counts["unchanged"],
                    "rows_faulty": counts["faulty"],
                    "sender": plan.sender,
                }
            ],
        )
    return plan.import_run_id


def is_done(reader: Reader, import_run_id: str) -> bool:
    """Whether an import with this id has been run."""
    return bool(reader.rows("FROM inventory.import_run WHERE import_run_id = $id", id=import_run_id))


def _write(change: Change, plan: Plan) -> None:
    """Write what stands beside the table, then new records, then changes; rows with the same columns together."""
    for one in plan.beside:
        if one.version is None:
            change.insert(one.table, [one.values])
        elif one.values:
            change.update(one.table, [{f"{one.table}_id": one.record_id, "version": one.version, **one.values}])
    added: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    edited: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    for row in plan.rows:
        names = sorted(row.values)
        if row.state == "new":
            added[tuple(names)].append({name: row.values[name] for name in names})
        elif row.state == "changed":
            key = {plan.kind.key: row.record_id, "version": row.version}
            edited[tuple(names)].append({**key, **{name: row.values[name] for name in names}})
    for rows in added.values():
        change.insert(plan.kind.table, rows)
    for rows in edited.values():
        change.update(plan.kind.table, rows)
