"""The columns of a table file: heading, kind of values, width."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

import pandas as pd

from esdash.exports.values import plain
from esdash.wording.columns import Column, Kind

# Usual width of a column by the kind of its values [characters].
WIDTHS: dict[Kind, float] = {
    "text": 28,
    "integer": 11,
    "decimal": 11,
    "percent": 11,
    "change": 11,
    "points": 11,
    "date": 14,
    "moment": 17,
    "list": 28,
    "euro": 15,
}


class Look(NamedTuple):
    """How a cell of a matrix looks: its class in the key (wording/classes.py), its signs, and whether it is framed."""

    step: str
    sign: str = ""
    after: str = ""  # a sign behind the number
    only_sign: bool = False  # the sign stands for the number, which stays in the cell
    strong: bool = False


@dataclass(frozen=True)
class Sheet:
    """A sheet of a workbook: its tab, its title, its rows, and notes such as data status and source.

    `looks` (as large as the frame; None for a cell without one) says how the cells of a matrix look.
    """

    name: str
    title: str
    frame: pd.DataFrame
    columns: list[Column]
    notes: list[str] = field(default_factory=list)
    looks: list[list[Look | None]] | None = None


def columns_of(frame: pd.DataFrame) -> list[Column]:
    """All columns of a frame with their names in the code as headings, and the kind that fits their values."""
    return [Column(str(name), str(name), _kind(frame[name])) for name in frame.columns]


def _kind(series: pd.Series) -> Kind:
    values = [value for value in map(plain, series) if value is not None]
    if not values:
        return "text"
    if all(isinstance(value, list) for value in values):
        return "list"
    if all(isinstance(value, datetime) for value in values):
        at_midnight = all(value.time() == datetime.min.time() for value in values)
        return "date" if at_midnight else "moment"
    if all(isinstance(value, date) for value in values):
        return "date"
    if all(isinstance(value, int | float) and not isinstance(value, bool) for value in values):
        return "integer" if all(float(value).is_integer() for value in values) else "decimal"
    return "text"
