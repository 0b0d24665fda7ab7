"""Reading ODS, as LibreOffice writes it: what each cell holds, and what it shows where a number is a code (06844).

Not by python-calamine, which leaves out errors, merged areas, hidden rows and the zeros of codes.
"""

import re
from typing import Any

from .archive import MOST_SHEETS, Archive, Attributes
from .sheet import Refused, Sheet, concealed
from .texts import figure

_NUMBERS = ("float", "currency", "percentage")
_SPAN = re.compile(r"PT(\d+)H(\d+)M(\d+)(?:[.,]\d+)?S")
_CELLS = ("table-cell", "covered-table-cell")
_ASIDE = ("note", "ruby-text", "annotation", "frame")  # in a paragraph, but not of its text
_BLANKS_MOST = 100  # blanks that one element may stand for


class _Document:
    """The sheets of an ODS."""

    def __init__(self, path: str, limits: tuple[int, int, int], most_cells: int) -> None:
        self.sheets: list[tuple[str, Sheet | None]] = []  # None: it is not displayed
        self._limits = limits
        self._cells_left = most_cells  # a cell that is repeated counts as often as it is
        self._unseen: set[str] = set()  # styles of sheets that are not displayed
        self._style = ""
        self._sheet: Sheet | None = None
        self._depth = self._in_cell = self._in_text = self._aside = 0  # depth of the element that we are in; 0: in none
        self._row = self._column = 0
        self._about_row: Attributes = {}
        self._texts: list[tuple[int, str, bool]] = []  # of the row: column, text, whether it is a number
        self._cell: Attributes = {}
        self._lines: list[str] = []
        Archive(path, most_cells).walk("content.xml", self._start, self._end, self._text)

    def _start(self, tag: str, about: Attributes) -> None:
        self._depth += 1
        if self._aside:
            return
        if self._in_text:
            self._inside_text(tag, about)
        elif self._in_cell:
            if tag == "p":
                self._in_text = self._depth
                self._lines.append("")
            else:  # a comment, a drawing, a table in the cell
                self._aside = self._depth
        elif self._sheet is None:
            self._outside(tag, about)
        elif tag in _CELLS:
            self._in_cell, self._cell, self._lines = self._depth, about, []
        elif tag == "table-row":
            self._about_row, self._column, self._texts = about, 0, []

    def _outside(self, tag: str, about: Attributes) -> None:
        if tag == "style":
            self._style = about.get("style:name", "")
        elif tag == "table-properties" and about.get("table:display") == "false":
            self._unseen.add(self._style)
        elif tag == "table":
            if len(self.sheets) >= MOST_SHEETS:
                raise Refused("full")
            self._sheet, self._row = Sheet(self._limits), 0
            seen = about.get("table:style-name") not in self._unseen
            self.sheets.append((about.get("table:name", ""), self._sheet if seen else None))

    def _inside_text(self, tag: str, about: Attributes) -> None:
        if tag in _ASIDE:
            self._aside = self._depth
        elif tag == "s":
            self._lines[-1] += " " * min(int(about.get("text:c", 1)), _BLANKS_MOST)
        elif tag in ("line-break", "tab"):
            self._lines[-1] += "\n" if tag == "line-break" else " "

    def _text(self, piece: str) -> None:
        if self._in_text and not self._aside:
            self._lines[-1] += piece

    def _end(self, tag: str) -> None:
        depth, self._depth = self._depth, self._depth - 1
        if self._aside:
            self._aside = 0 if depth == self._aside else self._aside
        elif depth == self._in_text:
            self._in_text = 0
        elif depth == self._in_cell:
            self._in_cell = 0
            self._take()
        elif tag == "table-row" and self._sheet is not None:
            self._close_row(self._sheet)
        elif tag == "table":
            self._sheet = None

    def _take(self) -> None:
        """Keep the cell that ends here for its row, as often as it is repeated."""
        times = _times(self._cell, "table:number-columns-repeated")
        text, number = _content(self._cell, "\n".join(self._lines))
        down, wide = (_times(self._cell, f"table:number-{way}-spanned") for way in ("rows", "columns"))
        if self._sheet is not None and (down > 1 or wide > 1):
            area = (self._row + 1, self._column + 1), (self._row + down, self._column + wide)
            self._sheet.merged.append(area)
        if text.strip() and not (self._sheet is None or self._sheet.beyond):
            self._cells_left -= times
            if self._cells_left < 0:
                raise Refused("full")
            self._texts += [(self._column + n, text, number) for n in range(1, times + 1)]
        self._column += times

    def _close_row(self, sheet: Sheet) -> None:
        times = _times(self._about_row, "table:number-rows-repeated")
        self._cells_left -= len(self._texts) * (times - 1)
        if self._cells_left < 0:
            raise Refused("full")
        try:
            for row in range(self._row + 1, self._row + times + 1 if self._texts else 0):
                for column, text, number in self._texts:
                    sheet.put(row, column, text, number)
                if self._about_row.get("table:visibility", "visible") != "visible":
                    sheet.hidden.append(row)
        except Refused:
            sheet.beyond = True
        self._row += times


def _times(about: Attributes, name: str) -> int:
    """How often something is repeated, or how far it reaches. Raises ValueError for what cannot be."""
    found = int(about.get(name, 1))
    if found < 1:
        raise ValueError(name)
    return found


def _content(cell: Attributes, shown: str) -> tuple[str, bool]:
    """The text of a cell as a German office would type it, and whether it is a number that may be a sum."""
    kind = cell.get("office:value-type", "")
    if cell.get("calcext:value-type") == "error" or ("table:formula" in cell and shown.startswith(("#", "Err:"))):
        return "#" + shown.strip().lstrip("#").replace("Err:", "ERR") if shown.strip() else "#FORMULA!", False
    if kind in _NUMBERS:
        return _number(float(cell["office:value"]), shown.strip())
    if kind == "date":
        return _day(cell["office:date-value"]), False
    if kind == "time":
        return _time(cell["office:time-value"], shown), False
    if kind == "boolean":
        return "ja" if cell.get("office:boolean-value") == "true" else "nein", False
    if not kind and "table:formula" in cell and not shown:
        return "#FORMULA!", False
    return shown or cell.get("office:string-value", ""), False


def _number(number: float, shown: str) -> tuple[str, bool]:
    if number.is_integer() and number >= 0:
        digits = str(int(number))
        if re.search(rf"(?<!\d)0+{digits}(?!\d)", shown) and not re.search(r"[.,%]", shown):
            return shown, False
    return figure(number), True


def _day(value: str) -> str:
    """2026-02-01T09:00:00 → 2026-02-01 09:00, as a cell of XLSX."""
    day, _, clock = value.partition("T")
    clock = re.sub(r"(?<=\d\d:\d\d):00(?:\.0+)?$", "", clock)
    return day if clock in ("", "00:00") else f"{day} {clock}"


def _time(value: str, shown: str) -> str:
    """PT14H30M00S → 14:30; a duration may be longer than a day."""
    found = _SPAN.fullmatch(value)
    if not found:
        return shown
    hours, minutes, seconds = map(int, found.groups())
    return f"{hours:02}:{minutes:02}" + (f":{seconds:02}" if seconds else "")


def sheets(path: str, limits: tuple[int, int, int], most_cells: int) -> list[dict[str, Any]]:
    """One dictionary per sheet (Sheet.answer)."""
    found = _Document(path, limits, most_cells).sheets
    return [concealed(title) if sheet is None else sheet.answer(title) for title, sheet in found]
