"""Records as the office maintains them: lists of every kind, single records, and links between them (keeping.sql)."""

from typing import Any, NamedTuple

import pandas as pd

from esdash.analysis.records import search
from esdash.inventory import Inventory, merging
from esdash.inventory.cached import cached
from esdash.inventory.file import consent, versions
from esdash.model.kinds import TABLES as TABLES  # the kinds that the office maintains

LIGHTS = ("fresh", "check", "stale", "never")


class Kept(NamedTuple):
    """One record: its id (that of the kept one, if it was merged), all its fields, and its row of `listed`."""

    record_id: str
    values: dict[str, Any]
    listed: dict[str, Any]


def listed(
    inventory: Inventory, table: str, query: str = "", state: str = "current", light: str = "any"
) -> pd.DataFrame:
    """One row per record of a table that the query finds, with its traffic light and the reasons to check it.

    state: a status, "current" (not archived) or "any"; light: one of LIGHTS, "due" (a reason to check) or "any".
    """
    asked = "FROM record_found($table, CAST($found AS VARCHAR[]), CAST($fits AS BIGINT[]), $state, $light)"
    return inventory.frame(asked, table=table, state=state, light=light, **search.bound(inventory, table, query))


@cached
def figures(inventory: Inventory, table: str) -> tuple[int, int]:
    """How many records of a table are not archived, and how many of those have a reason to check."""
    found = inventory.rows(
        "SELECT count(*) AS records, count(*) FILTER (len(reasons) > 0) AS due FROM record_listed "
        "WHERE table_name = $table AND status <> 'archived'",
        table=table,
    )[0]
    return found["records"], found["due"]


def states(inventory: Inventory, table: str | None = None) -> list[str]:
    """The statuses that occur in a table today, or in any table."""
    found = inventory.frame(
        "SELECT DISTINCT status_today FROM record_listed WHERE $table IS NULL OR table_name = $table ORDER BY 1",
        table=table,
    )
    return [str(state) for state in found["status_today"]]


def record(inventory: Inventory, table: str, record_id: str) -> Kept | None:
    """One record by its id, or by the id of a record that was merged into it; None if there is none."""
    kept_id = merging.resolve(inventory, table, record_id)
    values = versions.current(inventory, table, kept_id)
    if values is None:
        return None
    rows = inventory.rows(
        "FROM record_listed WHERE table_name = $table AND record_id = $record_id", table=table, record_id=kept_id
    )
    return Kept(kept_id, values, rows[0])


def naming(inventory: Inventory, table: str, record_id: str) -> pd.DataFrame:
    """One row per record that refers to this one and is not archived: record_id, table_name, name, light, …"""
    return inventory.frame("FROM record_naming($table, $record_id)", table=table, record_id=record_id)


def names(inventory: Inventory, table: str) -> dict[str, str]:
    """Id → name of all records of a table; a contact is called by its function, a session by its course."""
    found = inventory.frame("SELECT record_id, name FROM any_record WHERE table_name = $table", table=table)
    return dict(zip(found["record_id"].astype(str), found["name"].astype(str), strict=True))


def consent_state(inventory: Inventory, contact: dict[str, Any]) -> str:
    """The consent of a contact today: nobody (no person is known), public, internal, missing or expired."""
    return consent.state(contact, inventory.today())
