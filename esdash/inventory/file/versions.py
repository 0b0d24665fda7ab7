"""Earlier versions of one record, read from the change log."""

import json
from typing import Any, NamedTuple

from esdash.errors import UserError
from esdash.inventory.file import past
from esdash.inventory.file.integrity import Reader
from esdash.inventory.file.store import Inventory

Record = dict[str, Any]


class Version(NamedTuple):
    """A record as it was after a change; `values` is None if the change removed the record."""

    table: str
    record_id: str
    values: Record | None


def at_change(inventory: Inventory, change_id: int) -> Version:
    """The record of one entry of the change log, as it was after that change.

    Columns that did not exist then, or no longer exist, are left out. Raises UserError for an unknown change.
    """
    found = inventory.rows(
        "SELECT table_name, record_id, after FROM inventory.change_log WHERE change_id = $id", id=change_id
    )
    if not found:
        raise UserError("history_no_change", change=change_id)
    table, record_id, after = found[0].values()
    return Version(table, record_id, None if after is None else typed(inventory, table, after))


def at_version(inventory: Inventory, table: str, record_id: str, version: int) -> Record | None:
    """A record as it was in this version; None if the log does not hold it."""
    found = inventory.rows(
        "SELECT after FROM inventory.change_log WHERE table_name = $table AND record_id = $record_id "
        "AND CAST(after ->> '$.version' AS INTEGER) = $version ORDER BY change_id DESC LIMIT 1",
        table=table,
        record_id=record_id,
        version=version,
    )
    return typed(inventory, table, found[0]["after"]) if found else None


def current(reader: Reader, table: str, record_id: str) -> Record | None:
    """A record as it is now; None if there is none."""
    found = reader.rows(f"FROM inventory.{table} WHERE {table}_id = $id", id=record_id)
    return found[0] if found else None


def last_number(reader: Reader, table: str, record_id: str) -> int:
    """The highest version of a record in the log; 0 for a record that never existed."""
    found = reader.rows(
        "SELECT max(CAST(coalesce(after, before) ->> '$.version' AS INTEGER)) AS number FROM inventory.change_log "
        "WHERE table_name = $table AND record_id = $record_id",
        table=table,
        record_id=record_id,
    )
    return int(found[0]["number"] or 0)


def typed(inventory: Inventory, table: str, state: str) -> Record:
    """A state from the log (JSON) as a record, with those of its columns that the table still has."""
    structure = past.structure(inventory.columns(table))
    rows = inventory.rows(
        "SELECT json_transform(CAST($state AS JSON), $structure) AS record", state=state, structure=structure
    )
    (record,) = rows[0].values()
    logged = json.loads(state)
    return {name: value for name, value in record.items() if name in logged}
