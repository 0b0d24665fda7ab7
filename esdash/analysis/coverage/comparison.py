"""Comparing a matrix in two states: before and after a supposition, or then and now.

before = inventory.as_of(day), after = inventory            # trend: which white spots closed since
before = inventory, after = inventory.under(conditions)     # what if
"""

from typing import Any, NamedTuple

import pandas as pd

from esdash.analysis.coverage import coverage
from esdash.analysis.judgements import LEAST_GAP_PLACES
from esdash.analysis.selection import EVERYTHING, Selection, View
from esdash.inventory import Inventory

CHANGES = ("closed", "opened", "better", "worse", "same", "found", "lost", "unknown")
SIDES = ("before", "after")
LEAST_DIFFERENCE = 1e-6  # tolerance of a coverage, because sums are added in different orders

_CELL = ["row_id", "column_id", "theme_id", "target_group_id", "district_id"]
_KEY = ["row_id", "column_id"]
_PLACES = ("places_needed", "places_met", "gap_places", "surplus_places", "places_reaching")


class Difference(NamedTuple):
    """What differs between two days or suppositions, over fields: themes × districts (METHODS M3)."""

    closed: int  # white spots that have closed, in fields assessed on both sides
    opened: int  # new white spots in fields assessed on both sides
    surveyed: int  # fields that nobody had looked at before, and somebody has since
    surveyed_white: int  # the white spots among them
    found: int  # other fields that could not be assessed before
    lost: int  # fields that cannot be assessed any more
    gap_before: float | None  # places missing in the cells assessed on both sides; None: there are none
    gap_after: float | None


def before(shown: Inventory, view: View) -> Inventory | None:
    """What the shown inventory is compared with: itself without suppositions, or on an earlier day; None: with nothing.

    Raises UserError for a day of which nothing is known.
    """
    if shown.conditions.supposing:
        return shown.under(shown.conditions.reach)
    return shown.as_of(view.since) if view.since else None


def compare(
    before: Inventory, after: Inventory, rows: str, columns: str, selection: Selection = EVERYTHING
) -> pd.DataFrame:
    """One row per row_id × column_id of either matrix: each figure as …_before and …_after, and `change`.

    The figures (places needed, met, missing, beyond the need, reaching; coverage, gap_per_100) are those of the cells
    assessed on both sides, so that a first survey opens no gap; else NULL. state_… is that of each side's
    own matrix. `change` is closed or opened (it was, or is, a white spot in these cells), better or worse
    (coverage), same, found or lost (assessed on one side only), unknown (on neither).
    """
    asked = (rows, columns, selection)
    then, now = (coverage.matrix(side, *asked)[[*_KEY, "state"]] for side in (before, after))
    frame = then.merge(now, on=_KEY, how="outer", suffixes=("_before", "_after"))
    frame = frame.merge(_shared(before, after, *asked), on=_KEY, how="left")
    frame["change"] = [_change(row) for row in frame.itertuples()]
    return frame


def seen(before: Inventory, after: Inventory, view: View) -> pd.DataFrame:
    """The rows of `compare` for a matrix, with offers_before and offers_after: how many are in it or reach it."""
    frame = compare(before, after, *view.axes, view.beyond)
    for side, inventory in zip(SIDES, (before, after), strict=True):
        counts = coverage.counts(inventory, view).rename(columns={"offers": f"offers_{side}"})
        frame = frame.merge(counts, on=_KEY, how="outer" if view.measure == "offers" else "left")
    return frame.fillna({"offers_before": 0, "offers_after": 0, "change": "unknown"})


def fields(before: Inventory, after: Inventory, selection: Selection = EVERYTHING) -> pd.DataFrame:
    """`compare` over themes × districts, with `surveyed`: nobody had looked there before, and somebody has since."""
    found = compare(before, after, "theme", "district", selection)
    still = found["state_after"].isin(["not_surveyed", "not_applicable"])  # only fields that apply
    return found.assign(surveyed=(found["state_before"] == "not_surveyed") & ~still)


def difference(before: Inventory, after: Inventory, selection: Selection = EVERYTHING) -> Difference:
    """What differs over the themes × districts of a selection."""
    found = fields(before, after, selection)
    counts, surveyed = found["change"].value_counts(), found["surveyed"]
    both = bool(found["gap_places_before"].notna().any())
    return Difference(
        closed=int(counts.get("closed", 0)),
        opened=int(counts.get("opened", 0)),
        surveyed=int(surveyed.sum()),
        surveyed_white=int((surveyed & (found["state_after"] == "white")).sum()),
        found=int(((found["change"] == "found") & ~surveyed).sum()),
        lost=int(counts.get("lost", 0)),
        gap_before=float(found["gap_places_before"].sum()) if both else None,
        gap_after=float(found["gap_places_after"].sum()) if both else None,
    )


def _shared(before: Inventory, after: Inventory, rows: str, columns: str, selection: Selection) -> pd.DataFrame:
    """One row per row_id × column_id: the figures of each side over the cells assessed on both."""
    then, now = (coverage.cells_of(side, rows, columns, selection) for side in (before, after))
    cells = then.merge(now, on=_CELL, how="outer", suffixes=("_before", "_after"))
    looked = {side: cells[f"assessed_{side}"].eq(True) for side in SIDES}
    cells["shared"] = looked["before"] & looked["after"]
    cells["found"], cells["lost"] = ~looked["before"] & looked["after"], looked["before"] & ~looked["after"]
    frame = cells.groupby(_KEY)[["shared", "found", "lost"]].sum()
    both = cells[cells["shared"]]
    for side in SIDES:
        # One row per row × column × target group × district: its people once, however many themes they need.
        people = both.groupby([*_KEY, "target_group_id", "district_id"])[f"persons_{side}"].max().groupby(_KEY).sum()
        sums = both.groupby(_KEY)[[f"{name}_{side}" for name in _PLACES]].sum(min_count=1)
        frame = frame.join(sums)
        frame[f"coverage_{side}"] = frame[f"places_met_{side}"] / frame[f"places_needed_{side}"]
        frame[f"gap_per_100_{side}"] = 100 * frame[f"gap_places_{side}"] / people.where(people > 0)
        reached = cells[f"reached_{side}"].eq(True).groupby([cells[key] for key in _KEY]).any()
        # As matrix_state in SQL, which knows only one side: no offer reaches anybody, and enough places are needed.
        frame[f"white_{side}"] = ~reached & (frame[f"places_needed_{side}"] >= LEAST_GAP_PLACES)
    return frame.reset_index()


def _change(row: Any) -> str:
    """The change of one cell of the matrix."""
    if not row.shared > 0:
        return "found" if row.found > 0 else "lost" if row.lost > 0 else "unknown"
    if row.white_before != row.white_after:
        return "closed" if row.white_before else "opened"
    more = row.coverage_after - row.coverage_before
    return "same" if abs(more) < LEAST_DIFFERENCE else "better" if more > 0 else "worse"
