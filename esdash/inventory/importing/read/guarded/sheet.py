"""The cells of one sheet as texts, whatever the format of the file, within the limits of reading."""

import re
from typing import Any

TOP = 30  # rows searched for the header
# A text that is a number of up to four digits: it may be a sum as well. Longer ones are postcodes and phone numbers.
_FIGURE = re.compile(r"(?!0\d)\d{1,4}(?:[.,]\d+)?|\d{1,3}(?:\.\d{3})+(?:,\d+)?")
MERGED_MOST = 400_000  # merged cells that are looked at, at most

Place = tuple[int, int]  # row and column, counted from 1


class Refused(Exception):
    """The file is not read; the argument is the reason: full (a part), beyond (the limits) or locked (a password)."""


def concealed(title: str) -> dict[str, Any]:
    """What the parent process gets to know of a hidden sheet, which is not read."""
    return {"title": title, "rows": [], "beyond_limits": False, "concealed": True}


class Sheet:
    """Rows with texts, and what is about them: merged areas, hidden rows."""

    def __init__(self, limits: tuple[int, int, int]) -> None:
        self.rows: dict[int, list[str]] = {}
        self.hidden: list[int] = []
        self.merged: list[tuple[Place, Place]] = []
        self.beyond = False
        self._max_row, self._max_column, self._characters_left = limits
        self._numbers: set[Place] = set()

    def put(self, row: int, column: int, text: str, number: bool = False) -> None:
        """Store a text that is not blank; `number`: it may be a sum. Raises Refused beyond the limits."""
        self._characters_left -= len(text)
        if row > self._max_row or column > self._max_column or self._characters_left < 0:
            raise Refused("beyond")
        self._set(row, column, text)
        if number:
            self._numbers.add((row, column))

    def answer(self, title: str) -> dict[str, Any]:
        """What the parent process gets to know of this sheet."""
        headings = self._headings()
        filled, unfilled = self._fill_down()
        rows = sorted(self.rows.items())
        rows = rows[:TOP] if self.beyond else rows  # enough to find out which sheet has the table
        about = {"headings": headings, "filled_down": filled, "unfilled": unfilled, "hidden": self.hidden}
        return {"title": title, "rows": rows, "beyond_limits": self.beyond, **about}

    def _fill_down(self) -> tuple[list[int], list[Place]]:
        """Copy what stands in a cell merged across rows into all its rows: the rows that got it, and the cells that
        did not, because numbers stay in the first row: 20 places for two offers are not 20 each."""
        filled: set[int] = set()
        unfilled: list[Place] = []
        looked_at = 0
        for (top, left), (bottom, _) in self.merged:
            text = self._at(top, left)
            if bottom == top or not text:
                continue
            number = (top, left) in self._numbers or _FIGURE.fullmatch(text.strip())
            for row in range(top + 1, min(bottom, self._max_row) + 1):
                looked_at += 1
                if looked_at > MERGED_MOST:
                    raise Refused("full")
                if row not in self.rows or self._at(row, left):
                    continue
                if number:
                    unfilled.append((row, left))
                else:
                    self._set(row, left, text)
                    filled.add(row)
        return sorted(filled), sorted(unfilled)

    def _headings(self) -> list[int]:
        """The numbers of rows with nothing but one cell merged across several columns."""
        wide = {(top, left) for (top, left), (bottom, right) in self.merged if bottom == top and right > left}
        alone = [(row, [n for n, text in enumerate(texts, 1) if text]) for row, texts in self.rows.items()]
        return [row for row, filled in alone if len(filled) == 1 and (row, filled[0]) in wide]

    def _at(self, row: int, column: int) -> str:
        texts = self.rows.get(row, [])
        return texts[column - 1] if 0 < column <= len(texts) else ""

    def _set(self, row: int, column: int, text: str) -> None:
        texts = self.rows.setdefault(row, [])
        texts.extend([""] * (column - len(texts)))
        texts[column - 1] = text
