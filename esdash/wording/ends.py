"""What a cell of a matrix says of the unknown (METHODS M11): its figure between two ends, short, in words, on hover."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import pandas as pd

from esdash.analysis.bounds.bounds import NONE_KNOWN, OPEN
from esdash.texts import Text
from esdash.wording import bounds, classes, figures


class Ends(NamedTuple):
    """The ends of one cell in words; all empty where nothing is unknown."""

    short: str = ""  # "20–90 %": stands in a cell that has no figure
    figure: str = ""  # the same in words: "zwischen 20 % und 90 %"
    hover: tuple[str, ...] = ()  # lines: what holds although something is unknown
    open: bool = False  # the class of the figure hangs on something unknown
    none_known: bool = False  # nobody has looked, and no known offer reaches the cell
    may_reach: bool = False  # nobody has looked, and a known offer reaches the cell or may reach it


NOTHING = Ends()

# The columns of `beside`: a figure at least, with assumptions, and at most. Figure → its name in `bounds`, its digits.
ENDS = ("low", "central", "high")
_FIGURES = {"coverage": (("share", "coverage"), 2), "gap_places": (("missing",), 1)}
COLUMNS = tuple(f"{figure}_{end}" for figure in _FIGURES for end in ENDS)


def of(row: Any, measure: str, text: Text) -> Ends:
    """The ends of a row of `bounds.seen` (None: there is none) for a measure."""
    if row is None or row.state == "not_applicable":
        return NOTHING
    if not row.cells_surveyed:
        return _unsurveyed(row, measure, text)
    apart = bounds.apart(row.share_low, row.share_high, text)
    missing = bounds.places(row.missing_low, row.missing_high, text, 1)
    moved = missing != bounds.places(row.missing_low, row.missing_low, text, 1)
    lines = [text("bounds.hover_share", figure=bounds.share(row.share_low, row.share_high, text))] if apart else []
    lines += [text("bounds.hover_missing", figure=missing)] if moved else []
    if measure == "offers" or not lines:
        return Ends(hover=tuple(lines))
    short, figure = _words(row, measure, text)
    return Ends(short, figure, tuple(lines), _open(row, measure))


def _unsurveyed(row: Any, measure: str, text: Text) -> Ends:
    """Where nobody has looked only the known offers are spoken of."""
    if row.state == NONE_KNOWN:
        return Ends(none_known=True)
    short, figure = _words(row, measure, text) if measure == "coverage" else ("", "")
    words = text("bounds.not_looked", figure=figure) if short else ""
    line = bounds.known_offers(row, text)
    return Ends(short, words, (line,), short == classes.SIGNS[classes.OPEN], may_reach=True)


def _words(row: Any, measure: str, text: Text) -> tuple[str, str]:
    """The ends of the measure, short and in words; empty where they say nothing."""
    if measure == "gap":
        ends = row.missing_low, row.missing_high
        return bounds.short_places(*ends, text), bounds.places(*ends, text, 1)
    if measure == "coverage":
        ends = row.share_low, row.share_high
        return bounds.short_share(*ends, text), bounds.share(*ends, text)
    return "", ""


def _open(row: Any, measure: str) -> bool:
    """Whether the class of the figure is another one at the other end."""
    if measure != "gap":
        return bool(row.state == OPEN)
    low, high = (figures.rounded(end, 1) for end in (row.missing_low, row.missing_high))
    return low is not None and high is not None and classes.of_missing("gap", low) != classes.of_missing("gap", high)


def by_cell(frame: pd.DataFrame) -> dict[tuple[str, str], Any]:
    """Row × column → the row of `bounds.seen`."""
    return {(row.row_id, row.column_id): row for row in frame.itertuples()}


def beside(frame: pd.DataFrame, apart: pd.DataFrame, keys: Sequence[str]) -> pd.DataFrame:
    """The frame with COLUMNS: coverage (0 to 1) and missing places per week, unrounded.

    They are NULL where both ends are shown as the same figure, and where nobody has looked. `apart`: rows of `bounds`
    for the same `keys`, which are there called so, or row_id and column_id.
    """
    rows = apart[apart["cells_counted"] > 0] if "cells_counted" in apart else apart[apart["survey_state"].notna()]
    if "cells_surveyed" in rows:
        rows = rows[rows["cells_surveyed"] > 0]
    found = rows.rename(columns=dict(zip(("row_id", "column_id"), keys, strict=False)))[list(keys)].copy()
    for figure, (names, digits) in _FIGURES.items():
        name = next(name for name in names if f"{name}_low" in rows)
        ends = [rows[f"{name}_{end}"].clip(upper=1 if figure == "coverage" else None) for end in ENDS]
        low, high = ([figures.rounded(value, digits) for value in values] for values in (ends[0], ends[2]))
        differ = pd.Series([least != most for least, most in zip(low, high, strict=True)], index=rows.index, dtype=bool)
        for end, values in zip(ENDS, ends, strict=True):
            found[f"{figure}_{end}"] = values.where(differ)
    return frame.merge(found, on=list(keys), how="left")
