"""Lists of records as they leave (handed_out.sql): with everything that may leave, archived records too."""

import pandas as pd

from esdash.inventory import Inventory

TABLES = ("initiative", "course", "session", "organization", "contact_point", "contact", "location", "survey")
_AS_LISTED = {"organization": "organization_listed", "contact_point": "contact_point_listed"}  # they have it all


def listed(inventory: Inventory, table: str) -> pd.DataFrame:
    """One row per record of one of TABLES; persons only with public consent of today."""
    if table not in TABLES:
        raise ValueError(table)
    return inventory.frame(f"FROM {_AS_LISTED.get(table, f'{table}_handed_out')}")
