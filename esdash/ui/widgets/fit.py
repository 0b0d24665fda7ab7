"""The columns of a table as wide as their content needs and the page has room for, and texts that fit into them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from esdash.texts import Text, is_missing
from esdash.wording import letters
from esdash.wording.columns import NUMBERS, Column

ROOM = 1120  # pixels: the page on a projector of 1280 × 720, the narrowest screen with tables
PAPER = 700  # pixels: A4 upright
MOST_COLUMNS = 7  # more are not read across a room
BAR, TICKS = 14, 40  # pixels: what the bar to scroll with and the boxes to tick take of it
PADDING = 20  # pixels: left and right of the words in a cell, and the lines between cells
NARROWEST = 48  # pixels of a column
DAY, AMOUNT, NUMBER = "22.11.2026", "1.234.567,89 €", "1.234,5"  # as wide as these are
USUAL = 0.9  # share of the rows whose words a column should hold before others get more room
SHORT = 130  # pixels: a column whose words need no more keeps them whole before long texts get room
PART = 20  # letters: the part of a column without a declared width in what is left

DAYS = ("date", "moment")  # both stand as days in a table


@dataclass(frozen=True)
class Fitted:
    """A frame with its texts shortened, the width of each column [pixels], and whether any text was shortened."""

    frame: pd.DataFrame
    widths: dict[str, int]
    shortened: bool


def fitted(frame: pd.DataFrame, columns: Sequence[Column], text: Text, room: int, ticks: bool = False) -> Fitted:
    """The columns of a frame for a container of `room` pixels: texts end in an ellipsis where their column ends."""
    frame = frame[[column.name for column in columns]].copy(deep=False)
    said = {column.name: _said(frame[column.name], text) for column in columns if is_text(column)}
    widths = _widths(frame, columns, said, text, room - BAR - (TICKS if ticks else 0))
    shortened = False
    for name, texts in said.items():
        once = list(dict.fromkeys(texts))
        cut = letters.shortened(once, widths[name] - PADDING)
        shortened = shortened or cut != once
        by_text = dict(zip(once, cut, strict=True))
        cells = zip(texts, frame[name], strict=True)
        shown = [by_text[words] if words or isinstance(cell, str) else None for words, cell in cells]
        frame[name] = pd.Series(shown, frame.index, object)  # "" is nothing to say, None is unknown
    return Fitted(frame, widths, shortened)


def too_long(frame: pd.DataFrame, columns: Sequence[Column], widths: dict[str, int]) -> list[tuple[str, str]]:
    """The headings and texts of a drawn table that do not fit into their column, each as (column, text)."""
    found = []
    for column in columns:
        texts = [column.label]
        if is_text(column):
            texts += [words for words in frame[column.name] if isinstance(words, str)]
        wide = letters.widths(texts) > widths[column.name] - PADDING
        found += [(column.name, words) for words, is_wide in zip(texts, wide, strict=True) if is_wide]
    return found


def is_text(column: Column) -> bool:
    """Whether a column holds words, not numbers or days."""
    return column.kind not in NUMBERS and column.kind not in DAYS


def _said(values: pd.Series, text: Text) -> list[str]:
    """The cells of a column as words in one line; empty where nothing is known."""
    return [_line(value, text) for value in values.tolist()]


def _line(value: Any, text: Text) -> str:
    if isinstance(value, str):
        return re.sub(r"\s*[\r\n\t]\s*", " ", value)  # what must not be parted, as "45 %", stays together
    if isinstance(value, (list, tuple, np.ndarray)):
        return ", ".join(map(str, value))
    return "" if is_missing(value) else text.value(value)


def _widths(
    frame: pd.DataFrame, columns: Sequence[Column], said: dict[str, list[str]], text: Text, room: int
) -> dict[str, int]:
    """Numbers and days keep what they need; the columns of texts share what is left, by what most rows need."""
    headings = np.ceil(letters.widths([column.label for column in columns])) + PADDING
    unknown = float(letters.widths([text("word.unknown")])[0])
    usual, most = np.zeros(len(columns)), np.zeros(len(columns))
    for place, column in enumerate(columns):
        if column.name in said:
            lengths = letters.widths(said[column.name])
            lengths = np.where(lengths == 0, unknown, lengths) if len(lengths) else np.zeros(1)
            usual[place], most[place] = np.quantile(lengths, USUAL), lengths.max()
        else:
            usual[place] = most[place] = _plain_width(frame[column.name], column, unknown)
    usual, most = (np.ceil(np.maximum(widths + PADDING, headings).clip(NARROWEST)) for widths in (usual, most))
    texts = [place for place, column in enumerate(columns) if column.name in said]
    if texts:
        usual[texts[0]] = most[texts[0]]  # the name
        left = room - usual[[place for place in range(len(columns)) if place not in texts]].sum()
        shares = np.array([columns[place].width or PART for place in texts])
        least = np.maximum(headings[texts], np.where(usual[texts] <= SHORT, usual[texts], 0))
        given = _shared(usual[texts], left, shares, least if least.sum() <= left else headings[texts])
        more = _shared(most[texts] - given, left - given.sum(), shares, np.zeros(len(texts)))
        usual[texts] = given + more
    return {column.name: int(width) for column, width in zip(columns, usual, strict=True)}


def _plain_width(values: pd.Series, column: Column, unknown: float) -> float:
    """What a number or day needs; the browser writes "unbekannt" where it is missing."""
    example = DAY if column.kind in DAYS else AMOUNT if column.kind == "euro" else NUMBER
    return max(float(letters.widths([example])[0]), unknown if values.isna().any() else 0.0)


def _shared(wanted: np.ndarray, room: float, shares: np.ndarray, least: np.ndarray) -> np.ndarray:
    """What each column gets of the room: what it wants, or its share of what others leave; never below `least`."""
    given, unsettled = np.maximum(wanted, least), np.ones(len(wanted), dtype=bool)
    while unsettled.any():
        part = max(room - given[~unsettled].sum(), 0.0) / shares[unsettled].sum()
        offered = part * shares
        settled = unsettled & (offered < least)
        if not settled.any():
            settled = unsettled & (given <= offered)
        if not settled.any():
            given[unsettled] = offered[unsettled]
            break
        given[settled] = np.where(offered < least, least, given)[settled]
        unsettled &= ~settled
    return np.floor(given)
