"""Pausing, ending, archiving and bringing back records, and confirming that they are still true."""

from collections.abc import Sequence
from typing import Any

from esdash.errors import UserError
from esdash.inventory.access import Action, Actor
from esdash.inventory.editing import succession
from esdash.inventory.editing.ending import ended
from esdash.inventory.file import versions
from esdash.inventory.file.store import Inventory

# Table → action → the status it leads to; None: the one before.
_CONTINUING: dict[str, str | None] = {"pause": "paused", "end": "ended", "archive": "archived", "restore": None}
_KEPT: dict[str, str | None] = {"archive": "archived", "restore": None}
_DATED: dict[str, str | None] = {"end": "held", "cancel": "cancelled", "archive": "archived", "restore": None}
ACTIONS = {
    "initiative": _CONTINUING,
    "course": _CONTINUING,
    "contact_point": _CONTINUING,
    "session": _DATED,
    "organization": _KEPT,
    "contact": _KEPT,
    "location": _KEPT,
}
# The status that a record gets back if the log has no earlier one; and the statuses that can be left this way.
_USUAL = {"session": "planned"}
_ASIDE = {"paused", "ended", "archived", "cancelled", "held"}


def possible_actions(table: str, status: str) -> tuple[str, ...]:
    """The actions possible for a record of this status: pause, end, cancel, archive, restore."""
    actions = ACTIONS.get(table, {})
    return tuple(
        action for action, leads_to in actions.items() if (status in _ASIDE if leads_to is None else leads_to != status)
    )


def set_status(
    inventory: Inventory, table: str, ids: Sequence[str], action: str, actor: Actor, reason: str | None
) -> None:
    """Pause, end, cancel, archive or restore one or several records, all or none.

    An ended initiative gets today as its end; a restored record gets the status that it had before. Records that have
    the status already are not changed. Raises UserError for an action that is not possible for this kind of record,
    and for archiving a contact or place that others need (see succession.archive).
    """
    if action not in ACTIONS.get(table, {}):
        raise ValueError(f"{table} cannot {action}")
    with inventory.change(actor, Action.ARCHIVE, reason) as change:
        for record_id in dict.fromkeys(ids):
            record = versions.current(change, table, record_id)
            if record is None:
                raise UserError("edit_no_record", record=record_id)
            if ACTIONS[table][action] == record["status"]:
                continue
            if action not in possible_actions(table, record["status"]):
                raise UserError("edit_no_action", record=record_id)
            if action == "archive":
                succession.refuse_in_use(inventory, change, table, record_id)
            if action == "restore" and table in succession.SUCCEEDED:
                succession.forget(change, table, record_id)
            row = {f"{table}_id": record_id, "version": record["version"]}
            change.update(table, [row | _new_state(inventory, table, record, action)])


def assure(inventory: Inventory, table: str, ids: Sequence[str], actor: Actor, reason: str | None = None) -> None:
    """Confirm records: note who checked one or several records today; all or none.

    Raises UserError for a record that does not exist.
    """
    if "assured_on" not in inventory.columns(table):
        raise ValueError(f"{table} is not confirmed")
    today = inventory.today()
    with inventory.change(actor, Action.CONFIRM, reason) as change:
        rows, with_hours = [], []
        for record_id in dict.fromkeys(ids):
            record = versions.current(change, table, record_id)
            if record is None:
                raise UserError("edit_no_record", record=record_id)
            if (record["assured_on"], record["assured_by"]) != (today, actor.name):  # otherwise it was a second click
                row = {f"{table}_id": record_id, "assured_on": today, "assured_by": actor.name}
                if record.get("hours_assured_on"):  # confirmed before the rest; now with it
                    with_hours.append(row | {"hours_assured_on": today})
                else:
                    rows.append(row)
        change.update(table, rows)
        change.update(table, with_hours)


def assure_hours(inventory: Inventory, ids: Sequence[str], actor: Actor, reason: str | None = None) -> None:
    """Confirm the opening hours of contact points, and nothing else of them: somebody checked them today; all or none.

    Raises UserError for a contact point that does not exist.
    """
    today = inventory.today()
    with inventory.change(actor, Action.CONFIRM, reason) as change:
        rows = []
        for record_id in dict.fromkeys(ids):
            record = versions.current(change, "contact_point", record_id)
            if record is None:
                raise UserError("edit_no_record", record=record_id)
            if record["hours_assured_on"] != today:  # otherwise it was a second click
                rows.append({"contact_point_id": record_id, "hours_assured_on": today})
        change.update("contact_point", rows)


def _new_state(inventory: Inventory, table: str, record: dict[str, Any], action: str) -> dict[str, Any]:
    """The columns that an action changes, with their new values."""
    today = inventory.today()
    status = ACTIONS[table][action]
    if status is None:
        before = _before(inventory, table, record)
        state = {"status": before.get("status") or _USUAL.get(table, "active")}
        if table == "initiative" and record["ended_on"] is not None and record["ended_on"] <= today:
            planned = before.get("ended_on")  # an initiative that runs again must not have an end in the past
            state["ended_on"] = planned if planned and planned > today else None
        if table in succession.SUCCEEDED:
            state[succession.column_of(table)] = None
        return state
    if table == "initiative" and status == "ended":
        return ended(record, table, today)
    return {"status": status}


def _before(inventory: Inventory, table: str, record: dict[str, Any]) -> dict[str, Any]:
    """The last state of the record before it was ended, paused or archived; empty if the log has none."""
    aside = {"archived"} if record["status"] == "archived" else _ASIDE
    found = inventory.rows(
        "SELECT after FROM inventory.change_log WHERE table_name = $table AND record_id = $record_id "
        "AND NOT list_contains($aside, after ->> '$.status') ORDER BY change_id DESC LIMIT 1",
        table=table,
        record_id=record[f"{table}_id"],
        aside=sorted(aside),
    )
    return versions.typed(inventory, table, found[0]["after"]) if found else {}
