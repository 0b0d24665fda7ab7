"""Training sessions for a calendar (calendar.sql)."""

from collections.abc import Collection
from typing import Any

from esdash.inventory import Inventory


def sessions(inventory: Inventory, ids: Collection[str] | None = None) -> list[dict[str, Any]]:
    """One row per session, cancelled ones included, by date: course, provider, days, times, place, seats, version.

    `ids`: only these sessions. Unknown is None.
    """
    rows = inventory.rows("FROM session_in_calendar")
    return rows if ids is None else [row for row in rows if row["session_id"] in ids]
