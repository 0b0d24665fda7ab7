"""CSV for spreadsheet programs: German Excel opens it correctly with a double click."""

import csv
import io
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pandas as pd

from esdash.exports.values import clean, day, decimal, guarded, plain, shown
from esdash.model.amounts import exact
from esdash.texts import Text
from esdash.wording.columns import Column


def csv_file(frame: pd.DataFrame, columns: list[Column], text: Text, notes: list[str] | None = None) -> bytes:
    """One row per row of the frame; unknown is empty. UTF-8 with byte order mark, lines end with CR LF.

    German: semicolon, decimal comma, 22.11.2026. English: comma, decimal point, 2026-11-22. Shares are written as
    percentages, as the heading says.

    `notes` (example data, data status, source) are written into a last column of every row. Lines above the header
    would break programs that expect the header first; lines below the table would be read as records. With a column,
    the file stays a plain table, and a row that is copied into another file still says that it is
    invented.
    """
    german = text.language == "de"
    output = io.StringIO(newline="")
    writer = csv.writer(output, delimiter=";" if german else ",", lineterminator="\r\n")
    about = clean(" · ".join(notes or []))
    heading = [guarded(column.label + (" (%)" if column.kind == "percent" else "")) for column in columns]
    writer.writerow([*heading, text("export.about")] if about else heading)
    for row in zip(*(frame[column.name] for column in columns), strict=True):
        cells = [_cell(plain(value), column, text) for value, column in zip(row, columns, strict=True)]
        writer.writerow([*cells, guarded(about)] if about else cells)
    return output.getvalue().encode("utf-8-sig")


def _cell(value: Any, column: Column, text: Text) -> str:
    german = text.language == "de"
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return exact(value).replace(".", "," if german else ".")
    if isinstance(value, int | float) and not isinstance(value, bool):
        if column.kind in ("integer", "decimal"):
            return decimal(value, "," if german else ".")
        if column.kind == "percent":
            return decimal(value * 100, "," if german else ".")
    when = day(value)
    if when is not None and column.kind in ("date", "moment"):
        return _date(when, german) + (_time(value) if column.kind == "moment" else "")
    return guarded(shown(value, text))


def _date(when: date, german: bool) -> str:
    return f"{when.day:02}.{when.month:02}.{when.year:04}" if german else when.isoformat()


def _time(value: Any) -> str:
    return f" {value:%H:%M}" if isinstance(value, datetime) else ""
