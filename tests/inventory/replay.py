"""The change log played from its beginning, to compare with the tables."""

import json
from typing import Any

from esdash.inventory import Inventory
from esdash.inventory.file.changelog import NOT_LOGGED, key_column

State = dict[str, dict[str, dict[str, Any]]]  # table → key → record


def tables(inventory: Inventory) -> State:
    """Every logged table as it is."""
    names = inventory.rows("SELECT table_name FROM duckdb_tables() WHERE database_name = 'inventory'")
    state: State = {}
    for name in sorted(row["table_name"] for row in names if row["table_name"] not in NOT_LOGGED):
        rows = inventory.rows(f"SELECT {key_column(name)} AS key, to_json(t) AS record FROM inventory.{name} AS t")
        if rows:
            state[name] = {row["key"]: json.loads(row["record"]) for row in rows}
    return state


def replayed(inventory: Inventory) -> State:
    """Every table as its log says; each entry must find what the one before it left."""
    state: State = {}
    for entry in inventory.rows("FROM inventory.change_log ORDER BY change_id"):
        table = state.setdefault(entry["table_name"], {})
        found = table.pop(entry["record_id"], None)
        assert found == (entry["before"] and json.loads(entry["before"])), entry["change_id"]
        if entry["after"] is not None:
            table[entry["record_id"]] = json.loads(entry["after"])
    return {name: table for name, table in state.items() if table}
