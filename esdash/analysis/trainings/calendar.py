"""Dates of trainings as a calendar needs them; the list is calendar.sql."""

from collections.abc import Collection
from typing import Any

from esdash.inventory import Inventory


def sessions(inventory: Inventory, ids: Collection[str] | None = None) -> list[dict[str, Any]]:
    """One row per session, also those called off: course, provider, days, times, place, seats, version; by date.

    `ids` keeps only these. Unknown is None.
    """
    rows = inventory.rows("FROM session_in_calendar")
    return rows if ids is None else [row for row in rows if row["session_id"] in ids]
