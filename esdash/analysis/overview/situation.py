"""The figures of the page Lagebild, and their changes since a day."""

from datetime import date

import pandas as pd

from esdash.analysis.coverage import comparison, coverage, gaps
from esdash.analysis.priorities import priorities
from esdash.inventory import Inventory


def tiles(inventory: Inventory) -> dict[str, float | None]:
    """The figures of the tiles; None is unknown. places are per week; *_unknown says how many could not be counted."""
    row = inventory.frame("FROM situation").iloc[0]
    figures: dict[str, float | None] = {
        str(name): None if pd.isna(value) else float(value) for name, value in row.items()
    }
    # If no cell can be assessed, missing and surplus places are unknown, not zero.
    known = coverage.assessed(inventory)
    figures["white"] = gaps.summary(inventory).white if known else None
    open_items = priorities.open_items(inventory)
    # Without cases that people decided otherwise, so that the tile counts what its list shows.
    figures["double_structures"] = int((open_items["kind"] == "overlap").sum()) if known else None
    figures["priorities"] = len(open_items) if known else None
    return figures


def changes_since(inventory: Inventory, day: date) -> dict[str, float]:
    """Tile → change since the end of `day`; a tile that was or is unknown is left out (METHODS M10).

    White spots and priorities are compared over the fields assessed on both days: looking is no rise (METHODS M3).
    """
    earlier = inventory.as_of(day)
    now, then = tiles(inventory), tiles(earlier)
    changes = {
        name: value - before for name, value in now.items() if value is not None and (before := then[name]) is not None
    }
    if "white" in changes:
        fields = comparison.compare(earlier, inventory, "theme", "district")
        counts = fields["change"].value_counts()
        changes["white"] = int(counts.get("opened", 0) - counts.get("closed", 0))
        alone = fields[~(fields["shared"] > 0)]
        left_out = set("gap|" + alone["row_id"] + "|" + alone["column_id"])
        changes["priorities"] = _open(inventory, left_out) - _open(earlier, left_out)
    return changes


def _open(inventory: Inventory, left_out: set[str]) -> int:
    return int((~priorities.open_items(inventory)["item_id"].isin(left_out)).sum())


def offers_by_field(inventory: Inventory) -> pd.DataFrame:
    """One row per field of action: running offers, known places per week. An offer in two fields counts in both."""
    return inventory.frame("FROM offers_by_field")


def growth(inventory: Inventory) -> pd.DataFrame:
    """One row per month end of the last 18 months and today: running offers, known places."""
    return inventory.frame("FROM growth")
