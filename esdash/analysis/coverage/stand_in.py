"""Figures in which people whose number is hidden have a part, as their two ends (METHODS M4).

Such a figure rests on a stand-in for these people (`with_stand_in`). It is shown as what it is at least and at most,
and as one figure only where both are the same.
"""

import pandas as pd

FIGURES = ("places_needed", "places_met", "gap_places", "surplus_places", "places_reaching", "coverage", "gap_per_100")
LEAST, MOST = "_least", "_most"  # endings of the columns that hold the ends
OPEN = "open"  # the state of a cell whose ends have different ones
_EQUAL_WITHIN = 1e-9


def without_single(frame: pd.DataFrame) -> pd.DataFrame:
    """Cells of coverage or of a matrix as a program gets them: NULL for each figure whose ends differ."""
    given = {}
    for name in (name for name in FIGURES if name in frame):
        apart = frame["with_stand_in"]
        if f"{name}{LEAST}" in frame:
            apart = apart & (frame[f"{name}{MOST}"] - frame[f"{name}{LEAST}"] > _EQUAL_WITHIN)
        given[name] = frame[name].mask(apart)
    if "saturation" in frame:
        given["saturation"] = frame["saturation"].mask(frame["with_stand_in"])
    return frame.assign(**given, state=frame["state"].where(frame["state_settled"], OPEN))
