"""The process that opens an XLSX file: run as a script, prints the texts of its visible sheets as JSON.

It imports nothing of esdash and not numpy, so that its memory limit is spent on the file alone.
"""

from __future__ import annotations

import json
import sys
import warnings
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any


def limit(memory_bytes: int, seconds: int) -> None:
    """Bound memory and computing time of this process, where the system can."""
    try:
        import resource
    except ImportError:  # Windows: the parent's time limit and the limits on content remain
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))


def sheets(path: str, max_row: int, max_column: int, max_characters: int) -> list[dict[str, Any]]:
    """One dictionary per visible sheet: title, rows as (number, texts), and whether there is more than allowed."""
    import openpyxl
    from openpyxl.cell.read_only import ReadOnlyCell
    from openpyxl.worksheet._reader import FORMULA_TAG, WorkSheetParser

    class Parser(WorkSheetParser):  # type: ignore[misc]
        """As openpyxl's, but a formula nobody has calculated is not mistaken for an empty cell."""

        def parse_cell(self, element: Any) -> dict[str, Any]:
            cell: dict[str, Any] = super().parse_cell(element)
            if cell["value"] is None and element.find(FORMULA_TAG) is not None:
                cell["value"] = "#FORMULA!"
            return cell

    book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
    found: list[dict[str, Any]] = []
    characters = 0
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            continue
        rows: list[tuple[int, list[str]]] = []
        beyond = False
        with sheet._get_source() as source:  # iter_rows would fill up a million missing rows and columns
            parser = Parser(
                source,
                sheet._shared_strings,
                data_only=True,
                epoch=book.epoch,
                date_formats=book._date_formats,
                timedelta_formats=book._timedelta_formats,
            )
            for number, cells in parser.parse():
                texts: list[str] = []
                for cell in cells:
                    if cell["value"] is None:
                        continue
                    if number > max_row or cell["column"] > max_column or characters > max_characters:
                        beyond = True
                        break
                    text = written(cell["value"], partial(_shown_as, ReadOnlyCell(sheet, **cell)))
                    characters += len(text)
                    texts += [""] * (cell["column"] - len(texts))
                    texts[cell["column"] - 1] = text
                if beyond:
                    break
                if any(texts):
                    rows.append((number, texts))
        found.append({"title": sheet.title, "rows": rows, "beyond_limits": beyond})
    return found


def written(value: Any, number_format: Any) -> str:
    """A value as a German office would type it: 2026-02-01, 14:00, 12, 0,5; a number shown as 06844 keeps its zero."""
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}" if value.time() == time(0) else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60:02}:{minutes % 60:02}"
    if isinstance(value, float) and not (value.is_integer() and abs(value) < 1e15):
        return f"{value:.15g}".replace(".", ",")
    if isinstance(value, int | float):
        shown = str(number_format()).split(";")[0]
        digits = f"{int(value)}"
        return digits.zfill(len(shown)) if shown.strip("0") == "" else digits
    return str(value)


def _shown_as(cell: Any) -> str:
    return str(cell.number_format)


def main(arguments: list[str]) -> None:
    """Path, then the limits: rows, columns, characters, bytes of memory, seconds."""
    path, *numbers = arguments
    max_row, max_column, max_characters, memory_bytes, seconds = map(int, numbers)
    limit(memory_bytes, seconds)
    sys.modules["numpy"] = None  # type: ignore[assignment]  # openpyxl does without; numpy reserves much memory
    warnings.simplefilter("ignore")
    print(json.dumps(sheets(path, max_row, max_column, max_characters)))


if __name__ == "__main__":
    main(sys.argv[1:])
