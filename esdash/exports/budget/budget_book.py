"""The budget as a workbook, as CSV and as JSON: amounts are numbers with two decimals, sums are values that equal."""

import json
import re
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pandas as pd

from esdash.analysis.budget import budget
from esdash.exports.exchange.plain import portable
from esdash.exports.tables.columns import Sheet
from esdash.exports.tables.spreadsheet_csv import csv_file
from esdash.exports.tables.workbook import xlsx_file
from esdash.exports.values import plain
from esdash.inventory import Inventory
from esdash.model.amounts import exact
from esdash.texts import Text
from esdash.wording import money as words
from esdash.wording.columns import Column
from esdash.wording.names import names_of

_AMOUNT = re.compile(r'"\\u0000(-?[0-9]+\.[0-9]{2})"')  # no other text holds this sign: `portable` takes it out
# Column of the entries → its width [characters]: all of them stay readable on one page.
ENTRY = {
    **{"booked_on": 12, "amount_eur": 14, "state_word": 12, "reason": 34, "category": 26, "year": 7},
    **{"receipt_number": 12, "payee": 26, "measure_words": 28, "cancelled_on": 12, "cancelled_reason": 22},
}
LINE = ("direction_word", "programme", "category", "year")


def notes(inventory: Inventory, text: Text, year: int | None) -> list[str]:
    """The notes on every file: whether the data are invented, their date, the year, and what the figures mean."""
    status = names_of(inventory, text).city
    invented = [text(f"export.{status['kind']}_note")] if status["kind"] in ("example", "generated") else []
    when = [text("money.note_year", year=str(year))] if year else []
    as_of = text("app.data_status", city=status["name"], day=status["today"])
    return [*invented, as_of, *when, text("money.note_sums")]


def budget_workbook(inventory: Inventory, text: Text, programme: str | None = None, year: int | None = None) -> bytes:
    """Sheets: expense and income by category and year, by category, by year, by measure; and the entries."""
    about, sheets = notes(inventory, text, year), []
    for direction in words.DIRECTIONS:
        frame = words.lines(inventory, text, direction, programme, year)
        if frame.empty and direction == "income":
            continue
        name = text(f"money.direction_{direction}_many")
        sheets.append(
            Sheet(
                name,
                _title(text(f"money.table_{direction}"), programme),
                frame,
                words.columns(text, direction, "category", "year"),
                about,
            )
        )
        for what in ("category", "year"):
            sums = words.groups(inventory, text, direction, what, programme, year)
            heading = text(f"money.by_{what}", what=name)
            columns = words.columns(text, direction, "key")
            columns[0] = Column("key", text(f"money.column_{what}"), "text", 40)
            sheets.append(Sheet(heading, _title(heading, programme), sums, columns, about))
    measures = words.measures(inventory, text, programme, year)
    heading = text("money.table_measures")
    sheets.append(Sheet(heading, _title(heading, programme), measures, words.measure_columns(text), about))
    entries = words.entries(inventory, text, programme, year)
    heading = text("money.view_entries")
    sheets.append(Sheet(heading, _title(heading, programme), entries, _entry_columns(text), about))
    return xlsx_file(sheets, text, inventory.now())


def budget_csv(inventory: Inventory, text: Text, programme: str | None = None, year: int | None = None) -> bytes:
    """One row per category and year, expense and income; without rows of sums, so that a column adds up by itself."""
    frame = budget.lines(inventory, programme, year)
    frame["direction_word"] = [text(f"money.direction_{name}") for name in frame["direction"]]
    frame["year"] = frame["year"].astype(str)
    columns = words.named(text, *LINE)
    columns += words.columns(text, "expense")
    return csv_file(frame, columns, text, notes(inventory, text, year))


def budget_json(inventory: Inventory, text: Text, programme: str | None = None, year: int | None = None) -> bytes:
    """An object: lines, by_category, by_year, by_programme, by_measure, total, entries; amounts with two decimals."""
    document: dict[str, Any] = {"notes": notes(inventory, text, year), "year": year, "programme": programme}
    document["lines"] = _records(budget.lines(inventory, programme, year))
    for what in ("category", "year", "programme", "total"):
        named = what if what == "total" else f"by_{what}"
        document[named] = _records(budget.by(inventory, what, programme, year))
    document["by_measure"] = _records(budget.by_measure(inventory, programme, year))
    document["entries"] = _records(budget.entries(inventory, programme, year).drop(columns=["sort", "version"]))
    written = json.dumps(document, ensure_ascii=False, allow_nan=False, indent=1)
    return (_AMOUNT.sub(r"\1", written) + "\n").encode("utf-8")


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows; an amount as a mark that becomes a number, because a float has no fixed number of decimals."""
    return [
        {
            name: f"\0{exact(value)}" if isinstance(value, Decimal) else portable(plain(value))
            for name, value in row.items()
            if name != "sort"
        }
        for row in frame.to_dict("records")
    ]


def _entry_columns(text: Text) -> list[Column]:
    return [replace(column, width=ENTRY[column.name]) for column in words.named(text, *ENTRY)]


def _title(heading: str, programme: str | None) -> str:
    return f"{heading} · {programme}" if programme else heading
