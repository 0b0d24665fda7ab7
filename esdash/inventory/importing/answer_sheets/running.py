"""Storing the answers of a sheet in one transaction, as an import that can be undone."""

from datetime import UTC

from esdash.errors import UserError
from esdash.inventory import backups
from esdash.inventory.access import Action, Actor
from esdash.inventory.file.store import Inventory
from esdash.inventory.importing.answer_sheets.planning import KIND, SheetPlan, planned
from esdash.inventory.importing.running import is_done
from esdash.inventory.steering import answers


def run(inventory: Inventory, plan: SheetPlan, actor: Actor, reason: str | None = None) -> str:
    """Store the answers of a sheet, all or none, after a backup; returns the import_run_id, to undo it.

    A plan that has been run is not run again (a double click). Raises UserError for a sheet with faults or without a
    new answer, and if answers came meanwhile that change the plan.
    """
    if is_done(inventory, plan.import_run_id):
        return plan.import_run_id
    inventory.demand(actor, Action.IMPORT_ANSWERS)
    if plan.faults:
        raise UserError("answer_sheet_faulty", file=plan.table.name, n=len(plan.faults))
    if not plan.news:
        raise UserError("answer_sheet_nothing", file=plan.table.name)
    backups.automatic(inventory, "import", actor, Action.IMPORT_ANSWERS)
    today = inventory.today()
    with inventory.change(actor, Action.IMPORT_ANSWERS, reason, import_run_id=plan.import_run_id) as change:
        if is_done(change, plan.import_run_id):  # two clicks at once
            return plan.import_run_id
        if planned(change, plan.table, plan.answered_on, today, plan.import_run_id).rows != plan.rows:
            raise UserError("import_outdated", file=plan.table.name)
        rows = answers.news(
            change, plan.list_version_id, plan.news, "sheet", plan.answered_on, today, plan.import_run_id
        )
        change.insert("answer", rows)
        change.insert(
            "import_run",
            [
                {
                    "import_run_id": plan.import_run_id,
                    "imported_at": inventory.now().astimezone(UTC).replace(tzinfo=None).isoformat(sep=" "),
                    "actor": actor.name,
                    "file_name": plan.table.name,
                    "file_hash": plan.table.sha256,
                    "kind": KIND,
                    "rows_new": len(plan.of("new")),
                    "rows_changed": len(plan.of("changed")),
                    "rows_unchanged": len(plan.of("unchanged")),
                    "rows_faulty": 0,  # a sheet with a fault is refused as a whole
                }
            ],
        )
    return plan.import_run_id
