"""Reading XLS and XLSB: the values by python-calamine, and what it leaves out by looking at the records itself."""

import io
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from . import records
from .archive import MOST_SHEETS
from .records import Details
from .sheet import Refused, Sheet, concealed
from .texts import figure, is_number, moment

_DAY = 86_400  # seconds


def sheets(path: str, limits: tuple[int, int, int], most_cells: int) -> list[dict[str, Any]]:
    """One dictionary per sheet (Sheet.answer), without those that nobody can display."""
    details = records.details(path, most_cells)  # before anything else reads the file, because it bounds the work
    book = CalamineWorkbook.from_filelike(io.BytesIO(Path(path).read_bytes()))  # a path is judged by its ending
    if len(book.sheets_metadata) > MOST_SHEETS:
        raise Refused("full")
    found: list[dict[str, Any]] = []
    for about in book.sheets_metadata:
        if about.typ != SheetTypeEnum.WorkSheet or about.visible == SheetVisibleEnum.VeryHidden:
            continue
        if about.visible == SheetVisibleEnum.Hidden:
            found.append(concealed(about.name))
            continue
        of_sheet = details.get(about.name) or Details()
        sheet = Sheet(limits)
        try:
            most_cells -= _fill(sheet, book.get_sheet_by_name(about.name), of_sheet, limits)
        except Refused as reason:
            if str(reason) != "beyond":
                raise
            sheet.beyond = True
        if most_cells < 0:
            raise Refused("full")
        sheet.merged += of_sheet.merged
        sheet.hidden += [row for row in sorted(of_sheet.hidden) if row in sheet.rows]
        found.append({**sheet.answer(about.name), "unseen": about.name not in details})
    return found


def _fill(sheet: Sheet, source: Any, details: Details, limits: tuple[int, int, int]) -> int:
    """Put the values of a sheet in their places; how many there are."""
    cells = 0
    if source.start is None:
        rows: Any = ()
    else:
        rows = source.iter_rows()
        if (source.end[0] + 1) * (source.end[1] + 1 - source.start[1]) > limits[0] * limits[1]:
            rows, sheet.beyond = (row for row, _ in zip(rows, range(limits[1]), strict=False)), True
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row, source.start[1] + 1):
            if value == "":
                continue
            code = details.codes.get((number, column), "")
            text = _written(value, code)
            if text.strip():
                sheet.put(number, column, text, type(value) in (int, float) and is_number("n", code))
                cells += 1
    for (number, column), error in details.errors.items():
        sheet.put(number, column, error)
    return cells


def _written(value: Any, code: str) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, datetime):
        clock = f" {value:%H:%M}" + (f"{value::%S}" if value.second else "")
        return f"{value:%Y-%m-%d}" + (clock if value.time() != time() else "")
    if isinstance(value, date):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, time):
        return f"{value:%H:%M}" + (f"{value::%S}" if value.second else "")
    if isinstance(value, timedelta):
        return moment(value.total_seconds() / _DAY, True, False)
    return figure(float(value), code)
