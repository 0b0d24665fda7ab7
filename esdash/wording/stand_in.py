"""Figures in which hidden people have a part, in words: the two ends between which they lie (METHODS M4)."""

import math
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from esdash.analysis.coverage import stand_in
from esdash.texts import Text, is_missing
from esdash.wording import bounds, figures

Row = Mapping[str, Any]
WHOLE_FROM = 10  # places from which on a narrow cell gives whole ones


def _share(low: Any, high: Any, text: Text) -> str:
    return bounds.share(low, high, text)


def _places(low: Any, high: Any, text: Text) -> str:
    return bounds.places(low, high, text, 1)


def _ends(row: Row, name: str) -> tuple[Any, Any]:
    return row[f"{name}{stand_in.LEAST}"], row[f"{name}{stand_in.MOST}"]


def word(row: Row, name: str, text: Text) -> str:
    """A figure of a row of `in_words`: 7,8, or "zwischen 0,1 und 5,2" where hidden people have a part in it."""
    if not row["with_stand_in"] or is_missing(row[name]):
        return figures.word(name, row[name], text)
    low, high = _ends(row, name)
    write = _share if name == "coverage" else _places
    one, both = write(low, low, text), write(low, high, text)
    return figures.word(name, row[name], text) if one == both else both


def figure(row: Row, name: str, text: Text) -> float | str | None:
    """The figure of a row as a number, or its two ends in words where these read differently; None: unknown."""
    value, words = row[name], word(row, name, text)
    if is_missing(value):
        return None
    return float(value) if words == figures.word(name, value, text) else words


def short(row: Row, name: str, text: Text) -> str:
    """The two ends for a narrow cell ("17–77 %"); empty where they read the same, or hidden people have no part."""
    if not isinstance(figure(row, name, text), str):
        return ""
    low, high = _ends(row, name)
    if name == "coverage":
        return bounds.short_share(low, high, text) or "?"
    if WHOLE_FROM <= high < math.inf:  # the cell is narrow; the hover text has the decimals
        ends = [text.number(figures.rounded(end, 0), 0) for end in (low, high)]
        return ends[0] if ends[0] == ends[1] else text("bounds.short_between", low=ends[0], high=ends[1])
    return bounds.short_places(low, high, text) or "?"


def apart(frame: pd.DataFrame, names: Iterable[str], text: Text) -> pd.DataFrame:
    """The rows with each figure of `names` left out where its two ends read differently; these stand in …_between."""
    found = {name: [figure(row, name, text) for row in frame.to_dict("records")] for name in names}
    numbers = {name: [None if isinstance(one, str) else one for one in each] for name, each in found.items()}
    words = {f"{name}_between": [one if isinstance(one, str) else None for one in each] for name, each in found.items()}
    return frame.assign(**numbers, **words)
