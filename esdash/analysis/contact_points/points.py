"""Contact points as people look for them: where, for whom, about what, and who answers there today (points.sql)."""

from typing import Any

import pandas as pd

from esdash.inventory import Inventory, merging
from esdash.inventory.cached import cached


def points(inventory: Inventory) -> pd.DataFrame:
    """One row per contact point of every status, with its place, district and whom one reaches there today (M18).

    `via` (contact, deputy, place), `contact_id`, `role`, `person`, `phone`, `email`, `reached_on`, `reach` and
    `unprintable` (why it may not be printed; empty: it may) are those of contact_point_today.
    """
    return inventory.frame("FROM contact_point_shown")


def point(inventory: Inventory, contact_point_id: str) -> dict[str, Any] | None:
    """One row of `points`, of the kept contact point if it was merged; None if there is none with this id."""
    current = merging.resolve(inventory, "contact_point", contact_point_id)
    return _row(inventory, "contact_point_shown", "contact_point_id", current)


def contact_today(inventory: Inventory, contact_id: str) -> dict[str, Any] | None:
    """What holds of a contact today: function, whether somebody is there, reach; None if there is none with this id."""
    return _row(inventory, "contact_today", "contact_id", contact_id)


@cached
def _row(inventory: Inventory, view: str, key: str, record_id: str) -> dict[str, Any] | None:
    rows = inventory.rows(f"FROM {view} WHERE {key} = $id", id=record_id)
    return rows[0] if rows else None
