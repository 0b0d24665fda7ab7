"""XLSX with real dates and numbers, ready to sort, filter and print."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from esdash.charts import look
from esdash.exports.tables.columns import WIDTHS, Look, Sheet
from esdash.exports.values import clean, day, plain, protected, shown
from esdash.texts import Text
from esdash.wording.columns import Column

CELL_LIMIT = 32_767  # characters; Excel reports a longer cell as a damaged file
NAME_LIMIT = 31  # most characters of the name of a sheet
PROPERTY_LIMIT = 255  # most characters of a document property and of a footer
FIRST_YEAR = 1900  # earliest date in Excel; earlier ones are written as text
PAPER_A4 = 9
LINE_POINTS, ROW_POINTS_LIMIT = 15, 409  # points: height of a line, and of the highest row that Excel accepts
NUMBERS = ("integer", "decimal", "percent", "change", "points", "euro")


def xlsx_file(sheets: list[Sheet], text: Text, created: datetime | None = None) -> bytes:
    """A workbook: per sheet its title, its notes, a header that stays in view, and one row per row of the frame.

    Equal input with an equal `created` (now, if left out) gives equal bytes.
    """
    created = created or datetime.now(UTC)
    output = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(output, options) as workbook:
        workbook.set_properties(
            {
                "title": clean(sheets[0].title)[:PROPERTY_LIMIT],
                "comments": clean(" ".join(sheets[0].notes))[:PROPERTY_LIMIT],
                "created": created.astimezone(UTC).replace(tzinfo=None),
            }
        )
        formats = _formats(workbook, text)
        for sheet, name in zip(sheets, _names(sheet.name for sheet in sheets), strict=True):
            _write(workbook.add_worksheet(name), sheet, formats, text, created)
    return output.getvalue()


def _formats(workbook: Workbook, text: Text) -> Formats:
    """The cell formats of the parts of a sheet and of each kind of column."""
    date_form = "dd.mm.yyyy" if text.language == "de" else "yyyy-mm-dd"
    header = {"bold": True, "text_wrap": True, "bottom": 1, "bg_color": "#E6EEF3"}
    right = {"align": "right", "indent": 1}  # the indent separates a number from the text in the next column
    looks: dict[str, dict[str, Any]] = {
        "title": {"bold": True, "font_size": 14},
        "note": {"italic": True, "font_color": "#4A5560"},
        "header": header,
        "header of numbers": {**header, **right},
        "text": {"text_wrap": True},
        "list": {"text_wrap": True},
        "word": {"text_wrap": True, **right},  # text in a column of numbers: why there is none
        "integer": {"num_format": "#,##0", **right},
        "decimal": {"num_format": "#,##0.0", **right},
        "percent": {"num_format": "0\N{NO-BREAK SPACE}%" if text.language == "de" else "0%", **right},
        "change": {"num_format": '+#,##0.0;"\N{MINUS SIGN}"#,##0.0;"±0"', **right},
        "points": {"num_format": '+#,##0;"\N{MINUS SIGN}"#,##0;"±0"', **right},
        "euro": {"num_format": '#,##0.00\N{NO-BREAK SPACE}"€"', **right},
        "date": {"num_format": date_form, "align": "left"},
        "moment": {"num_format": f"{date_form} hh:mm", "align": "left"},
    }
    return Formats(workbook, looks)


class Formats:
    """The cell formats of a workbook: by name, and for the cells of a matrix as they look on the screen."""

    def __init__(self, workbook: Workbook, looks: dict[str, dict[str, Any]]) -> None:
        self._workbook = workbook
        self._looks = looks
        self._made: dict[tuple[str, Look | None], Format] = {}

    def __getitem__(self, name: str) -> Format:
        return self.of(name, None)

    def of(self, name: str, seen: Look | None) -> Format:
        """The format of a kind of cell; of a cell of a matrix with its colour, its sign, and its frame."""
        if (name, seen) not in self._made:
            own = {"valign": "top", **self._looks[name]}
            self._made[name, seen] = self._workbook.add_format(own if seen is None else own | _matrix_look(own, seen))
        return self._made[name, seen]


def _matrix_look(usual: dict[str, Any], seen: Look) -> dict[str, Any]:
    look_of: dict[str, Any] = {"bg_color": look.COLOURS[seen.step], "border": 1, "border_color": look.LINE}
    look_of |= {"align": "right", "indent": 1}
    if seen.step in look.DARK:
        look_of["font_color"] = "#FFFFFF"
    if seen.strong:
        look_of |= {"border": 2, "border_color": look.ATTENTION}
    if (seen.sign or seen.after) and "num_format" in usual:  # the number stays a number: signs are part of its format
        sign, after = f'"{seen.sign} "' if seen.sign else "", f'" {seen.after}"' if seen.after else ""
        parts = usual["num_format"].split(";")
        written = [f'"{seen.sign}"' if seen.only_sign else f"{sign}{part}{after}" for part in parts]
        look_of["num_format"] = ";".join(written)
    return look_of


def _write(page: Worksheet, sheet: Sheet, formats: Formats, text: Text, created: datetime) -> None:
    page.write_string(0, 0, _fitting(sheet.title), formats["title"])
    for number, note in enumerate(sheet.notes, start=1):
        page.write_string(number, 0, _fitting(note), formats["note"])
    header = len(sheet.notes) + 2
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, _width(column))
        look = "header of numbers" if column.kind in NUMBERS else "header"
        page.write_string(header, place, _fitting(column.label), formats[look])
    page.set_row(header, _height([(column.label, _width(column)) for column in sheet.columns]))
    cells = zip(*(sheet.frame[column.name] for column in sheet.columns), strict=True)
    for number, row in enumerate(cells, start=header + 1):
        looks = [None] * len(sheet.columns) if sheet.looks is None else sheet.looks[number - header - 1]
        written = [
            (_write_cell(page, number, place, plain(value), column.kind, formats, text, seen), _width(column))
            for place, (value, column, seen) in enumerate(zip(row, sheet.columns, looks, strict=True))
        ]
        page.set_row(number, _height(written))
    last_column = max(len(sheet.columns) - 1, 0)
    page.autofilter(header, 0, header + len(sheet.frame), last_column)
    page.freeze_panes(header + 1, 0)
    page.repeat_rows(header)
    page.set_landscape()
    page.set_paper(PAPER_A4)
    page.fit_to_pages(1, 0)
    title = clean(sheet.title)[: PROPERTY_LIMIT // 3].replace("&", "&&")
    pages = text("export.page", page="&P", pages="&N")
    page.set_footer(f"&L{title}&C{pages}&R{text('export.as_of', day=created)}")


def _write_cell(
    page: Worksheet,
    row: int,
    place: int,
    value: Any,
    kind: str,
    formats: Formats,
    text: Text,
    seen: Look | None = None,
) -> str:
    """Write a cell; returns its text, which may need several lines."""
    if value is None:
        return ""
    when = day(value)
    if kind in NUMBERS and isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        page.write_number(row, place, value, formats.of(kind, seen))
        return ""
    if kind in ("date", "moment") and when is not None and when.year >= FIRST_YEAR:
        page.write_datetime(row, place, _moment(value) if kind == "moment" else when, formats[kind])
        return ""
    written = _fitting(protected(shown(value, text)))
    look_of_text = "list" if kind == "list" else "word" if kind in NUMBERS and seen is None else "text"
    page.write_string(row, place, written, formats.of(look_of_text, seen))
    return written


def _width(column: Column) -> float:
    return column.width or WIDTHS[column.kind]


def _height(cells: list[tuple[str, float]]) -> float:
    """The height of a row [points] so that its longest text fits; LibreOffice does not work it out itself."""
    lines = (sum(max(math.ceil(len(line) / (width - 1)), 1) for line in text.split("\n")) for text, width in cells)
    return min(max(lines, default=1) * LINE_POINTS, ROW_POINTS_LIMIT)


def _moment(value: date) -> datetime:
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    return datetime(value.year, value.month, value.day)


def _fitting(value: str) -> str:
    """The text in a form that a cell can hold: line feeds between lines, cut to the limit."""
    lines = clean(value).replace("\r\n", "\n").replace("\r", "\n")
    return lines if len(lines) <= CELL_LIMIT else lines[: CELL_LIMIT - 1] + "…"


def _names(wanted: Iterable[str]) -> list[str]:
    """Unique names for the sheets that Excel accepts."""
    names: list[str] = []
    for name in wanted:
        base = re.sub(r"[\[\]:*?/\\]", " ", clean(name)).strip(" '")[:NAME_LIMIT] or "Tabelle"
        accepted, number = base, 1
        while accepted.casefold() in {other.casefold() for other in names}:
            number += 1
            accepted = f"{base[: NAME_LIMIT - len(str(number)) - 1]} {number}"
        names.append(accepted)
    return names
