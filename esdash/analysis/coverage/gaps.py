"""Gaps by size, white spots, and the figures of the first sentence of the page Weiße Flecken."""

from typing import NamedTuple

import pandas as pd

from esdash.analysis.coverage import coverage
from esdash.analysis.selection import EVERYTHING, Selection
from esdash.inventory import Inventory


class Summary(NamedTuple):
    """Figures over themes × districts."""

    white: int  # white spots: no offer reaches anybody, and enough places are needed (METHODS M3)
    small: int  # no offer reaches anybody, but few places are needed; counted nowhere as white spots
    fields: int  # fields that apply
    not_surveyed: int
    gap_places: float  # places per week missing in all assessed cells


def ranked(inventory: Inventory, selection: Selection = EVERYTHING) -> pd.DataFrame:
    """One row per theme × district with a gap, the one with most places missing first: places needed, met, missing.

    target_groups: one struct per target group whose places are missing, the largest gap first.
    """
    return inventory.frame("FROM gap_ranked($groups, $themes, $districts)", **selection.bound())


def white(inventory: Inventory, selection: Selection = EVERYTHING) -> pd.DataFrame:
    """The rows of `ranked` that are white spots."""
    frame = ranked(inventory, selection)
    return frame[frame["state"] == "white"].reset_index(drop=True)


def summary(inventory: Inventory, selection: Selection = EVERYTHING) -> Summary:
    """The figures of the whole city, over themes × districts."""
    matrix = coverage.matrix(inventory, "theme", "district", selection)
    counts = matrix["state"].value_counts()
    return Summary(
        white=int(counts.get("white", 0)),
        small=int(counts.get("small", 0)),
        fields=int((matrix["state"] != "not_applicable").sum()),
        not_surveyed=int(counts.get("not_surveyed", 0)),
        gap_places=float(matrix["gap_places"].sum()),
    )


def worst(inventory: Inventory, selection: Selection = EVERYTHING) -> pd.Series | None:
    """The largest gap: the theme × district with most places missing; None if no gap is known."""
    frame = ranked(inventory, selection)
    return None if frame.empty else frame.iloc[0]
