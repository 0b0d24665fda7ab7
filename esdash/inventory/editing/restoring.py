"""Writing an earlier version of a record back, as a new change."""

from esdash.errors import UserError
from esdash.inventory.access import Action, Actor
from esdash.inventory.file import versions
from esdash.inventory.file.store import Inventory
from esdash.model import rules


def restore_version(
    inventory: Inventory, table: str, record_id: str, change_id: int, actor: Actor, reason: str | None
) -> None:
    """Set a record back to what it was after a change of the log; a removed record is added again.

    Confirmation and status are restored too. Raises UserError if the change belongs to another record or removed this
    one, if the old state breaks a rule of today, or if it refers to a record that is gone.
    """
    with inventory.change(actor, Action.RESTORE_VERSION, reason) as change:
        version = versions.at_change(inventory, change_id)
        if (version.table, version.record_id) != (table, record_id):
            raise UserError("history_no_change", change=change_id)
        if version.values is None:
            raise UserError("history_nothing_there", record=record_id)
        for _ in rules.broken(table, version.values):
            raise UserError("history_against_rules", record=record_id)
        now = versions.current(change, table, record_id)
        state = {name: value for name, value in version.values.items() if name not in (f"{table}_id", "version")}
        if now is None:
            number = versions.last_number(change, table, record_id) + 1
            change.insert(table, [{f"{table}_id": record_id, **state, "version": number}])
            return
        differing = {name: value for name, value in state.items() if now[name] != value}
        if differing:
            change.update(table, [{f"{table}_id": record_id, "version": now["version"], **differing}])
