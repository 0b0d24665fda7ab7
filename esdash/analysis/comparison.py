"""The same matrix twice, and what differs: before and after a supposition, or then and now.

before = inventory.as_of(day), after = inventory            # trend: which white spots closed since
before = inventory, after = inventory.under(conditions)     # what if
"""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from esdash.analysis import coverage
from esdash.analysis.coverage import Ids
from esdash.inventory import Inventory

ASSESSED = ("white", "thin", "partial", "covered")
CHANGES = ("closed", "opened", "better", "worse", "same", "found", "lost", "unknown")
LEAST_DIFFERENCE = 1e-6  # places per week, coverage: two computations add in different orders

_BOTH = ("places_needed", "places_reaching", "coverage", "gap_places", "gap_per_100", "severity", "persons", "state")


class Difference(NamedTuple):
    """What differs over all cells of a comparison; the places are those of cells assessed on both sides."""

    closed: int  # white spots that are none any more
    opened: int  # new ones, where somebody had looked before
    found: int  # cells that could not be assessed before
    lost: int  # cells that cannot be assessed any more
    gap_before: float
    gap_after: float


def compare(
    before: Inventory,
    after: Inventory,
    rows: str,
    columns: str,
    groups: Ids = None,
    themes: Ids = None,
    districts: Ids = None,
) -> pd.DataFrame:
    """One row per row_id × column_id of the matrix on either side: each figure as …_before and …_after, and `change`.

    change is closed or opened (a white spot), better or worse (coverage), same, found or lost (it could be assessed on
    one side only: no white spot opens because somebody looked for the first time), unknown (on neither).
    coverage_change, gap_change and reaching_change are after minus before, NULL where one side is unknown.
    """
    asked = (rows, columns, groups, themes, districts)
    then, now = (coverage.matrix(side, *asked)[["row_id", "column_id", *_BOTH]] for side in (before, after))
    frame = then.merge(now, on=["row_id", "column_id"], how="outer", suffixes=("_before", "_after"))
    frame["coverage_change"] = frame["coverage_after"] - frame["coverage_before"]
    frame["gap_change"] = frame["gap_places_after"] - frame["gap_places_before"]
    frame["reaching_change"] = frame["places_reaching_after"] - frame["places_reaching_before"]
    frame["change"] = [
        _change(state, later, difference)
        for state, later, difference in zip(
            frame["state_before"], frame["state_after"], frame["coverage_change"], strict=True
        )
    ]
    return frame


def difference(compared: pd.DataFrame) -> Difference:
    """The figures of a comparison in one row."""
    counted = compared["change"].value_counts()
    both = compared[compared["gap_change"].notna()]
    return Difference(
        closed=int(counted.get("closed", 0)),
        opened=int(counted.get("opened", 0)),
        found=int(counted.get("found", 0)),
        lost=int(counted.get("lost", 0)),
        gap_before=float(both["gap_places_before"].sum()),
        gap_after=float(both["gap_places_after"].sum()),
    )


def _change(before: str, after: str, difference: float) -> str:
    """What has become of one cell."""
    known = (before in ASSESSED, after in ASSESSED)
    if known != (True, True):
        return {(False, True): "found", (True, False): "lost"}.get(known, "unknown")
    if "white" in (before, after) and before != after:
        return "closed" if before == "white" else "opened"
    if abs(difference) < LEAST_DIFFERENCE:
        return "same"
    return "better" if difference > 0 else "worse"
