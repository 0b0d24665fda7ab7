"""Undoing a whole import, or a change of the city, all or nothing.

Added records are deleted, changed ones get their former values, and removed ones come back.
"""

import json
from collections import defaultdict
from datetime import UTC
from typing import Any

from esdash.errors import UserError
from esdash.inventory import backups
from esdash.inventory.access import Action, Actor
from esdash.inventory.cached import cached
from esdash.inventory.file.changelog import key_column
from esdash.inventory.file.store import Change, Inventory

Row = dict[str, Any]

# One row per record that an import added, changed or removed: its state before and after the import.
_TOUCHED = """
WITH entry AS (
    FROM inventory.change_log WHERE import_run_id = $run AND means IN ('import', 'city')
)
SELECT table_name, record_id, arg_min(before, change_id) AS before, arg_max(after, change_id) AS after,
    bool_or(before IS NULL) AS added, bool_or(after IS NULL) AS removed
FROM entry
GROUP BY ALL
ORDER BY min(change_id), record_id
"""

# One row per import; only a change of the city removes rows.
_RUNS = """
SELECT r.*, (
    SELECT count(*) FROM inventory.change_log AS l
    WHERE l.import_run_id = r.import_run_id AND l.means = 'city' AND l.after IS NULL
) AS rows_gone
FROM import_run AS r
ORDER BY imported_at DESC, import_run_id DESC
"""


class UndoConflicts(UserError):
    """An import that cannot be undone; `rows` says why.

    One row per conflict: table_name, record_id, cause (edited: changed since; removed: gone since; referenced: other
    records name it; missing: what it named before is gone), by_table and by_record (who names it, or what is gone).
    """

    def __init__(self, run: str, rows: list[Row]) -> None:
        super().__init__("import_undo_conflicts", run=run, n=len(rows))
        self.rows = rows


@cached
def runs(inventory: Inventory) -> list[Row]:
    """One row per import or change of the city (kind 'city'), the newest first: when, who, which file, how many rows
    were new, changed and gone, and when it was undone.
    """
    return inventory.rows(_RUNS)


def undo(inventory: Inventory, import_run_id: str, actor: Actor, reason: str | None = None) -> None:
    """Undo an import, or a change of the city, in one transaction, after a backup.

    Raises UndoConflicts if its records were edited since or are referred to by others, UserError for an import that
    is unknown or has been undone already.
    """
    _check(inventory, import_run_id)
    action = undoing(inventory, import_run_id)
    backups.automatic(inventory, "undo", actor, action)
    with inventory.change(actor, action, reason, import_run_id=import_run_id) as change:
        _check(inventory, import_run_id)  # two clicks at once
        touched = change.rows(_TOUCHED, run=import_run_id)
        states = _states(change, touched)
        if conflicts := [row for entry in touched for row in _edited(entry, states)]:
            raise UndoConflicts(import_run_id, conflicts)
        _put_back(inventory, change, touched, states)
        if conflicts := _dangling(change, touched):
            raise UndoConflicts(import_run_id, conflicts)
        undone = inventory.now().astimezone(UTC).replace(tzinfo=None).isoformat(sep=" ")
        change.update("import_run", [{"import_run_id": import_run_id, "undone_at": undone}])


def undoing(inventory: Inventory, import_run_id: str) -> Action:
    """The action that undoing this import is."""
    kind = inventory.value("SELECT kind FROM import_run WHERE import_run_id = $id", id=import_run_id)
    return Action.UNDO_CITY if kind == "city" else Action.UNDO_IMPORT


def _check(inventory: Inventory, import_run_id: str) -> None:
    found = inventory.rows("FROM import_run WHERE import_run_id = $id", id=import_run_id)
    if not found:
        raise UserError("import_undo_unknown", run=import_run_id)
    if found[0]["undone_at"] is not None:
        raise UserError("import_undo_twice", run=import_run_id, day=found[0]["undone_at"])


def _states(change: Change, touched: list[Row]) -> dict[tuple[str, str], Row]:
    """(table, key) → the record of today in the JSON form of the log."""
    keys: dict[str, list[str]] = defaultdict(list)
    for entry in touched:
        keys[entry["table_name"]].append(entry["record_id"])
    return {
        (table, row["id"]): json.loads(row["state"])
        for table, ids in keys.items()
        for row in change.rows(
            f"SELECT {key_column(table)} AS id, to_json(t) AS state FROM inventory.{table} AS t "
            f"WHERE {key_column(table)} IN $ids",
            ids=ids,
        )
    }


def _edited(entry: Row, states: dict[tuple[str, str], Row]) -> list[Row]:
    """The conflict of a record that was changed after the import; a different version alone is none."""
    now = states.get((entry["table_name"], entry["record_id"]))
    if entry["removed"]:
        return [] if now is None else [_conflict(entry["table_name"], entry["record_id"], "edited")]
    if now is None:
        return [_conflict(entry["table_name"], entry["record_id"], "removed")]
    then = json.loads(entry["after"])
    # columns from a later migration are not compared
    same = all(now[name] == value for name, value in then.items() if name != "version" and name in now)
    return [] if same else [_conflict(entry["table_name"], entry["record_id"], "edited")]


def _put_back(inventory: Inventory, change: Change, touched: list[Row], states: dict[tuple[str, str], Row]) -> None:
    added: dict[str, list[str]] = defaultdict(list)
    changed: dict[tuple[str, tuple[str, ...]], list[Row]] = defaultdict(list)
    removed: dict[tuple[str, tuple[str, ...]], list[Row]] = defaultdict(list)
    for entry in touched:
        table, record_id = entry["table_name"], entry["record_id"]
        if entry["added"]:
            added[table].append(record_id)
            continue
        columns = inventory.columns(table)
        before = {name: value for name, value in json.loads(entry["before"]).items() if name in columns}
        if entry["removed"]:
            removed[table, tuple(before)].append(before)
            continue
        if "version" in columns:  # the version keeps growing, so that a form open now notices the change
            before["version"] = states[table, record_id]["version"]
        changed[table, tuple(before)].append(before)
    for (table, _), rows in changed.items():
        change.update(table, rows)
    for (table, _), rows in removed.items():
        change.insert(table, rows)
    for table, keys in added.items():
        change.remove(table, keys)


def _dangling(change: Change, touched: list[Row]) -> list[Row]:
    """One conflict per record that would refer to a missing record after the undoing."""
    gone = {(entry["table_name"], entry["record_id"]) for entry in touched if entry["added"]}
    found = []
    for broken in change.broken_references():
        by, named = (broken["table_name"], broken["record_id"]), (broken["target"], broken["named"])
        found.append(_conflict(*named, "referenced", *by) if named in gone else _conflict(*by, "missing", *named))
    return found


def _conflict(table: str, record_id: str, cause: str, by_table: str | None = None, by: str | None = None) -> Row:
    return {"table_name": table, "record_id": record_id, "cause": cause, "by_table": by_table, "by_record": by}


# One row per record: its name, and its last change that is not from this import.
_SINCE = """
SELECT arg_max(changed_at, change_id) AS changed_at, arg_max(actor, change_id) AS actor
FROM change_log
WHERE table_name = $table AND record_id = $record AND import_run_id IS DISTINCT FROM $run
    AND change_id > (SELECT max(change_id) FROM inventory.change_log WHERE import_run_id = $run)
"""


def explained(inventory: Inventory, conflicts: UndoConflicts) -> list[Row]:
    """The rows of `conflicts`, each also with name and by_name of the records, changed_at and actor of the last
    change since the import (None where nobody changed the record itself).
    """
    rows = []
    for row in conflicts.rows:
        since = inventory.rows(_SINCE, table=row["table_name"], record=row["record_id"], run=conflicts.values["run"])
        names = {
            "name": _name(inventory, row["table_name"], row["record_id"]),
            "by_name": _name(inventory, row["by_table"], row["by_record"]) if row["by_record"] else None,
        }
        rows.append({**row, **names, **since[0]})
    return rows


def _name(inventory: Inventory, table: str, record_id: str) -> str:
    """The name of a record; of a contact the function, of an answer the title of its entry; the key if the record has
    no name or is gone.
    """
    if table == "answer":
        found = inventory.value(
            "SELECT title FROM inventory.list_entry JOIN inventory.answer USING (list_entry_id) WHERE answer_id = $id",
            id=record_id,
        )
        return str(found or record_id)
    columns = ("role",) if table == "contact" else ("name", "name_de", "title")
    column = next((name for name in columns if name in inventory.columns(table)), None)
    if column is None:
        return record_id
    key = key_column(table)
    found = inventory.value(f"SELECT {column} FROM inventory.{table} WHERE {key} = $id", id=record_id)
    return str(found or record_id)
