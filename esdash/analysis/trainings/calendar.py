"""Training sessions for a calendar (calendar.sql)."""

from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any

from esdash.inventory import Inventory

_CHANGED = """
SELECT max(changed_at) FROM inventory.change_log
WHERE table_name IN ('session', 'course', 'organization', 'location', 'city')
"""


def sessions(inventory: Inventory, ids: Collection[str] | None = None) -> list[dict[str, Any]]:
    """One row per session, cancelled ones included, by date: course, provider, days, times, place, seats, version.

    `ids`: only these sessions. Unknown is None.
    """
    rows = inventory.rows("FROM session_in_calendar")
    return rows if ids is None else [row for row in rows if row["session_id"] in ids]


def changed(inventory: Inventory) -> datetime:
    """When something was changed last that a calendar of sessions may say (UTC)."""
    at = inventory.value(_CHANGED)
    return inventory.now().astimezone(UTC) if at is None else at.replace(tzinfo=UTC)
