"""XLSX with real dates and numbers, ready to sort, filter and print."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from esdash.exports.columns import WIDTHS, Sheet
from esdash.exports.values import clean, day, known, shown
from esdash.texts import Text

CELL_LIMIT = 32_767  # characters; Excel calls a longer cell damage
NAME_LIMIT = 31  # characters of the name of a sheet
PROPERTY_LIMIT = 255  # characters of a document property and of a footer
FIRST_YEAR = 1900  # Excel knows no earlier date; those are written as text
PAPER_A4 = 9


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
                "created": created.replace(tzinfo=None),
            }
        )
        formats = _formats(workbook, text)
        for sheet, name in zip(sheets, _names(sheet.name for sheet in sheets), strict=True):
            _write(workbook.add_worksheet(name), sheet, formats, text, created)
    return output.getvalue()


def _formats(workbook: Workbook, text: Text) -> dict[str, Format]:
    """How each part of a sheet and each kind of column looks."""
    date_form = "dd.mm.yyyy" if text.language == "de" else "yyyy-mm-dd"
    looks: dict[str, dict[str, Any]] = {
        "title": {"bold": True, "font_size": 14},
        "note": {"italic": True, "font_color": "#4A5560"},
        "header": {"bold": True, "text_wrap": True, "bottom": 1, "bg_color": "#E6EEF3"},
        "text": {"text_wrap": True},
        "list": {"text_wrap": True},
        "integer": {"num_format": "#,##0"},
        "decimal": {"num_format": "#,##0.0"},
        "percent": {"num_format": "0\N{NO-BREAK SPACE}%" if text.language == "de" else "0%"},
        "date": {"num_format": date_form, "align": "left"},
        "moment": {"num_format": f"{date_form} hh:mm", "align": "left"},
    }
    return {name: workbook.add_format({"valign": "top", **look}) for name, look in looks.items()}


def _write(page: Worksheet, sheet: Sheet, formats: dict[str, Format], text: Text, created: datetime) -> None:
    page.write_string(0, 0, _fitting(sheet.title), formats["title"])
    for number, note in enumerate(sheet.notes, start=1):
        page.write_string(number, 0, _fitting(note), formats["note"])
    header = len(sheet.notes) + 2
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, column.width or WIDTHS[column.kind])
        page.write_string(header, place, _fitting(column.label), formats["header"])
        for number, value in enumerate(sheet.frame[column.name], start=header + 1):
            _write_cell(page, number, place, known(value), column.kind, formats, text)
    last_column = max(len(sheet.columns) - 1, 0)
    page.autofilter(header, 0, header + len(sheet.frame), last_column)
    page.freeze_panes(header + 1, 0)
    page.repeat_rows(header)
    page.set_landscape()
    page.set_paper(PAPER_A4)
    page.fit_to_pages(1, 0)
    title = clean(sheet.title)[: PROPERTY_LIMIT // 3].replace("&", "&&")
    pages = text("export.page", page="&P", pages="&N")
    page.set_footer(f"&L{title}&C{pages}&R{text('export.as_of', day=created.date())}")


def _write_cell(
    page: Worksheet, row: int, place: int, value: Any, kind: str, formats: dict[str, Format], text: Text
) -> None:
    if value is None:
        return
    when = day(value)
    if kind in ("integer", "decimal", "percent") and isinstance(value, int | float) and not isinstance(value, bool):
        page.write_number(row, place, value, formats[kind])
    elif kind in ("date", "moment") and when is not None and when.year >= FIRST_YEAR:
        page.write_datetime(row, place, _moment(value) if kind == "moment" else when, formats[kind])
    else:
        page.write_string(row, place, _fitting(shown(value, text)), formats["list" if kind == "list" else "text"])


def _moment(value: date) -> datetime:
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    return datetime(value.year, value.month, value.day)


def _fitting(value: str) -> str:
    """The text as a cell can hold it: only line feeds between lines, not longer than the limit."""
    lines = clean(value).replace("\r\n", "\n").replace("\r", "\n")
    return lines if len(lines) <= CELL_LIMIT else lines[: CELL_LIMIT - 1] + "…"


def _names(wanted: Iterable[str]) -> list[str]:
    """Names of sheets that Excel accepts, no two alike."""
    names: list[str] = []
    for name in wanted:
        base = re.sub(r"[\[\]:*?/\\]", " ", clean(name)).strip(" '")[:NAME_LIMIT] or "Tabelle"
        accepted, number = base, 1
        while accepted.casefold() in {other.casefold() for other in names}:
            number += 1
            accepted = f"{base[: NAME_LIMIT - len(str(number)) - 1]} {number}"
        names.append(accepted)
    return names
