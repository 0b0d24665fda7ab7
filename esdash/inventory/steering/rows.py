"""What the functions about workshops, ideas and promises share: finding a row, and writing what differs."""

from collections.abc import Mapping
from typing import Any

from esdash.errors import UserError
from esdash.inventory.file.changelog import key_column
from esdash.inventory.file.store import Change
from esdash.model.visible import one_line

Row = dict[str, Any]

_GONE = {"workshop": "workshop_gone", "idea": "idea_gone", "commitment": "commitment_gone"}


def found(change: Change, table: str, key: str) -> Row:
    """The row of this key. Raises UserError if there is none."""
    rows = change.rows(f"FROM inventory.{table} WHERE {key_column(table)} = $key", key=key)
    if not rows:
        raise UserError(_GONE[table])
    return rows[0]


def refuse_changed(table: str, before: Row, version: int) -> None:
    """Raises UserError if somebody else has changed the row since `version` (0: whatever it is)."""
    if version not in (0, before["version"]):
        raise UserError("record_changed_meanwhile", table=table, record=before[key_column(table)])


def write(change: Change, table: str, before: Row, after: Mapping[str, Any], version: int = 0) -> bool:
    """Write the values that differ; returns whether there are any.

    Raises UserError if somebody else has changed the row since `version` (0: whatever it is).
    """
    differing = {name: value for name, value in after.items() if not _same(before[name], value)}
    if not differing:
        return False
    key = key_column(table)
    change.update(table, [{key: before[key], "version": version or before["version"], **differing}])
    return True


def line(words: str | None) -> str | None:
    """Words on one line; None if nothing of them can be seen."""
    return one_line(words) or None


def _same(before: Any, value: Any) -> bool:
    """Whether two values say the same: nothing and an empty list do."""
    return bool(before == value or (before in (None, []) and value in (None, [])))
