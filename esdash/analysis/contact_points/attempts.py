"""Attempts to reach somebody, as a list (written by inventory/editing/attempts.py)."""

import pandas as pd

from esdash.inventory import Inventory


def attempts(inventory: Inventory, contact_ids: list[str], contact_point_id: str | None = None) -> pd.DataFrame:
    """One row per attempt to reach one of these contacts, or the contact point by its own phone, the latest first.

    Columns: contact_attempt_id, contact_id, contact_point_id, attempted_on, channel, outcome, by_role, role (of the
    contact; unknown for the contact point itself).
    """
    return inventory.frame(
        "SELECT a.* EXCLUDE (version), c.role FROM contact_attempt AS a LEFT JOIN contact AS c USING (contact_id) "
        "WHERE list_contains($contacts, a.contact_id) OR a.contact_point_id = $point "
        "ORDER BY a.attempted_on DESC, a.contact_attempt_id",
        contacts=contact_ids,
        point=contact_point_id,
    )
