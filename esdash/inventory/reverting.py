"""Taking a whole transaction back from the change log: everything it changed gets its former value."""

import json
from typing import Any

from esdash.inventory.file.changelog import key_column
from esdash.inventory.file.store import Change, Inventory

# One row per record that these changes touched: its state before the first and after the last of them.
_TOUCHED = (
    "SELECT table_name, record_id, arg_min(before, change_id) AS before, arg_max(after, change_id) AS after "
    "FROM (SELECT * REPLACE (coalesce(before, 'null') AS before, coalesce(after, 'null') AS after) "
    "FROM inventory.change_log) WHERE change_id BETWEEN $first AND $last "
    "GROUP BY ALL ORDER BY min(change_id)"
)


def last_change(change: Change) -> int:
    """The number of the last entry of the change log, also of this transaction."""
    return int(change.rows("SELECT coalesce(max(change_id), 0) AS last FROM inventory.change_log")[0]["last"])


def revert(inventory: Inventory, change: Change, first: int, last: int) -> list[tuple[str, str]]:
    """Put the records back that the changes `first` to `last` touched; only `version` keeps growing.

    Returns the records (table, key) that were edited since; if there are any, nothing is put back.
    """
    entries = change.rows(_TOUCHED, first=first, last=last)
    edited = [entry for entry in entries if not _is_as_left(change, inventory, entry)]
    if not edited:
        for entry in entries:
            _put_back(change, inventory, entry)
    return [(entry["table_name"], entry["record_id"]) for entry in edited]


def _is_as_left(change: Change, inventory: Inventory, entry: dict[str, Any]) -> bool:
    """Whether a record is as these changes left it: still missing, or with the same content apart from `version`.

    Undoing a later one raises the version but leaves all other content as it was.
    """
    table, after = entry["table_name"], json.loads(entry["after"])
    now = change.rows(
        f"SELECT to_json(t) AS state FROM inventory.{table} AS t WHERE {key_column(table)} = $id", id=entry["record_id"]
    )
    if after is None or not now:
        return after is None and not now
    state = json.loads(now[0]["state"])
    names = [name for name in inventory.columns(table) if name != "version" and name in after]
    return all(state[name] == after[name] for name in names)


def _put_back(change: Change, inventory: Inventory, entry: dict[str, Any]) -> None:
    table, record = entry["table_name"], entry["record_id"]
    before, after = json.loads(entry["before"]), json.loads(entry["after"])
    if before is None:
        change.remove(table, [record])
    elif after is None:
        change.insert(table, [{name: before.get(name) for name in inventory.columns(table)}])
    else:
        different = {name: value for name, value in before.items() if value != after.get(name) and name != "version"}
        change.update(table, [{key_column(table): record, **different}])
