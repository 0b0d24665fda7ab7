"""Comparing a matrix in two states: before and after a supposition, or then and now.

before = inventory.as_of(day), after = inventory            # trend: which white spots closed since
before = inventory, after = inventory.under(conditions)     # what if
"""

from typing import Any, NamedTuple

import pandas as pd

from esdash.analysis.coverage import coverage
from esdash.analysis.selection import EVERYTHING, Selection
from esdash.inventory import Inventory

CHANGES = ("closed", "opened", "better", "worse", "same", "found", "lost", "unknown")
LEAST_DIFFERENCE = 1e-6  # tolerance of a coverage, because sums are added in different orders

_BOTH = ("places_needed", "places_reaching", "coverage", "gap_places", "gap_per_100", "severity", "persons", "state")
_CELL = ["row_id", "column_id", "theme_id", "target_group_id", "district_id"]
_FIGURES = ["places_needed", "places_reaching", "gap_places"]


class Difference(NamedTuple):
    """What differs over a comparison: cells are theme × target group × district."""

    closed: int  # white spots that have closed
    opened: int  # new white spots in cells that were assessed before
    found: int  # cells that could not be assessed before
    lost: int  # cells that cannot be assessed any more
    gap_before: float  # change of the places missing in cells assessed on both sides
    gap_after: float


def compare(
    before: Inventory, after: Inventory, rows: str, columns: str, selection: Selection = EVERYTHING
) -> pd.DataFrame:
    """One row per row_id × column_id of either matrix: each figure as …_before and …_after, and `change`.

    Only cells assessed on both sides are compared, so that a first survey does not open a gap. `change` is closed or
    opened (all of it was, or is, a white spot), better or worse (coverage), same, found or lost (assessed on one side
    only), unknown (on neither). coverage_change, gap_change and reaching_change are after minus before, NULL where
    nothing is assessed on both sides; gap_shared_before is the gap before in the compared cells. cells_closed,
    cells_opened, cells_found and cells_lost count themes × target groups × districts.
    """
    asked = (rows, columns, selection)
    then, now = (coverage.matrix(side, *asked)[["row_id", "column_id", *_BOTH]] for side in (before, after))
    frame = then.merge(now, on=["row_id", "column_id"], how="outer", suffixes=("_before", "_after"))
    frame = frame.merge(_changes(before, after, *asked), on=["row_id", "column_id"], how="left")
    frame["change"] = [_change(row) for row in frame.itertuples()]
    return frame


def difference(compared: pd.DataFrame) -> Difference:
    """The figures of a comparison in one row."""
    cells = {name: int(compared[f"cells_{name}"].sum()) for name in ("closed", "opened", "found", "lost")}
    start = float(compared["gap_shared_before"].sum())
    return Difference(**cells, gap_before=start, gap_after=start + float(compared["gap_change"].sum()))


def _changes(before: Inventory, after: Inventory, rows: str, columns: str, selection: Selection) -> pd.DataFrame:
    """One row per row_id × column_id: the changes in the cells assessed on both sides, and their number."""
    then, now = (coverage.cells_of(side, rows, columns, selection) for side in (before, after))
    cells = then.merge(now, on=_CELL, how="outer", suffixes=("_before", "_after"))
    looked = {side: cells[f"assessed_{side}"].eq(True) for side in ("before", "after")}
    white = {side: cells[f"state_{side}"].eq("white") for side in ("before", "after")}
    shared = looked["before"] & looked["after"]
    counts = pd.DataFrame(
        {
            "row_id": cells["row_id"],
            "column_id": cells["column_id"],
            "cells_shared": shared,
            "cells_closed": shared & white["before"] & ~white["after"],
            "cells_opened": shared & ~white["before"] & white["after"],
            "cells_found": ~looked["before"] & looked["after"],
            "cells_lost": looked["before"] & ~looked["after"],
        }
    )
    names = [f"{figure}_{side}" for figure in _FIGURES for side in ("before", "after")]
    keyed = pd.concat([counts, cells[names].where(shared)], axis=1).groupby(["row_id", "column_id"])
    summed = keyed.sum(min_count=1)
    frame = summed[[name for name in summed if name.startswith("cells_")]].astype(int)
    for side in ("before", "after"):
        frame[f"_{side}"] = summed[f"places_reaching_{side}"] / summed[f"places_needed_{side}"]
    frame["gap_shared_before"] = summed["gap_places_before"]
    frame["gap_change"] = summed["gap_places_after"] - summed["gap_places_before"]
    frame["reaching_change"] = summed["places_reaching_after"] - summed["places_reaching_before"]
    frame["coverage_change"] = frame["_after"] - frame["_before"]
    frame["was_white"], frame["is_white"] = frame["_before"].eq(0), frame["_after"].eq(0)
    return frame.drop(columns=["_before", "_after"]).reset_index()


def _change(row: Any) -> str:
    """The change of one cell of the matrix."""
    if not row.cells_shared:
        return "found" if row.cells_found else "lost" if row.cells_lost else "unknown"
    if row.was_white != row.is_white:
        return "closed" if row.was_white else "opened"
    if abs(row.coverage_change) < LEAST_DIFFERENCE:
        return "same"
    return "better" if row.coverage_change > 0 else "worse"
