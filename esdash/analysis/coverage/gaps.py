"""Gaps by size, and the figures of the first sentence of the page Weiße Flecken."""

from typing import NamedTuple

import pandas as pd

from esdash.analysis.coverage import coverage
from esdash.analysis.selection import EVERYTHING, Selection
from esdash.inventory import Inventory


class Summary(NamedTuple):
    """Figures over fields of action × districts."""

    white: int  # fields without any offer that reaches the district
    fields: int  # fields that apply
    not_surveyed: int
    gap_places: float  # places per week missing in all assessed cells


def ranked(inventory: Inventory, selection: Selection = EVERYTHING) -> pd.DataFrame:
    """One row per theme × target group × district with a gap, the largest first: persons, places, coverage."""
    return inventory.frame("FROM gap_ranked($groups, $themes, $districts)", **selection.bound())


def summary(inventory: Inventory, selection: Selection = EVERYTHING) -> Summary:
    """The figures of the whole city, over fields of action × districts."""
    matrix = coverage.matrix(inventory, "theme", "district", selection)
    states = matrix["state"]
    return Summary(
        white=int((states == "white").sum()),
        fields=int((states != "not_applicable").sum()),
        not_surveyed=int((states == "not_surveyed").sum()),
        gap_places=float(matrix["gap_places"].sum()),
    )


def worst(inventory: Inventory, selection: Selection = EVERYTHING) -> pd.Series | None:
    """The theme × district with the most places missing; None if no gap is known."""
    matrix = coverage.matrix(inventory, "theme", "district", selection)
    matrix = matrix[matrix["gap_places"] > 0]
    return None if matrix.empty else matrix.sort_values("gap_places", ascending=False, kind="stable").iloc[0]
