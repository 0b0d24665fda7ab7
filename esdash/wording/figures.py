"""Figures of need and coverage as they are shown: one rounding and one wording for every face (METHODS M2).

Screen, hover text, report, workbook and table take their numbers from `shown` and their words from `word`. Files for
programs hold the raw values.
"""

from typing import Any

import numpy as np
import pandas as pd

from esdash.model.rounding import NOISE, half_up
from esdash.texts import Text, is_missing

_DIGITS = {
    **{"places_needed": 1, "places_met": 1, "gap_places": 1, "surplus_places": 1, "places_reaching": 1, "places": 1},
    **{"gap_per_100": 1, "coverage": 2, "city_coverage": 2},
    **{f"gap_places_{end}": 1 for end in ("low", "central", "high")},
    **{f"coverage_{end}": 2 for end in ("low", "central", "high")},
}
_SHARES = ("coverage", "city_coverage", *(f"coverage_{end}" for end in ("low", "central", "high")))


def rounded(value: float | None, digits: int) -> float | None:
    """A number rounded half up, as people do; sums that differ in the last binary digit give the same."""
    if value is None or is_missing(value):
        return None
    return half_up(value, digits)


def shown(frame: pd.DataFrame, *sides: str) -> pd.DataFrame:
    """The frame with its figures as shown: places to one decimal, shares to whole percentages.

    Missing is the difference of the shown needed and met, so that needed = met + missing; what is beyond the need is
    that of reaching and met. `sides`: endings of the columns in a comparison, as "_before".
    """
    found = {}
    for side in sides or ("",):
        named = {name: f"{name}{side}" for name in _DIGITS if f"{name}{side}" in frame}
        for name, column in named.items():
            found[column] = each(frame[column], _DIGITS[name])
        for name, whole in (("gap_places", "places_needed"), ("surplus_places", "places_reaching")):
            if {name, whole, "places_met"} <= named.keys():
                rest = found[named[whole]] - found[named["places_met"]]
                found[named[name]] = each(rest.where(frame[named[name]].notna()), 1)
    return frame.assign(**found)


def word(name: str, value: Any, text: Text) -> str:
    """A figure of `shown` in words: 18,1 or 49 %; unknown as such. Its name is that of its column, or offers."""
    return text.percent(value) if name in _SHARES else text.number(value, _DIGITS.get(name, 0))


def signed(name: str, value: float, text: Text) -> str:
    """A `difference` with its sign: +3,0; −10 (percentage points); ±0."""
    return text.signed(value, 0 if name in _SHARES else _DIGITS.get(name, 0)) if value else "±0"


def difference(name: str, before: float, after: float) -> float:
    """The difference of two figures of `shown`, free of binary noise; of two shares in percentage points."""
    if name in _SHARES:
        return rounded(100 * (after - before), 0) or 0.0
    return rounded(after - before, _DIGITS.get(name, 0)) or 0.0


def each(values: pd.Series, digits: int) -> pd.Series:
    """All at once what `rounded` does with one; unknown stays unknown."""
    given = values.to_numpy(float, na_value=np.nan)
    scaled = np.floor(np.round(np.abs(given) * 10**digits, NOISE) + 0.5) / 10**digits
    return pd.Series(np.where(given < 0, 0.0 - scaled, scaled), index=values.index)
