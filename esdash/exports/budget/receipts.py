"""The Belegliste: what was paid and what came in, for the proof of how the money was used; internal.

Income and expense are apart, by the categories of the approved plan, in the order of time. Whom it went to is an
organisation or the number of a receipt, never a person.
"""

from decimal import Decimal
from typing import Any

import pandas as pd

from esdash.analysis.budget import budget
from esdash.exports.budget.budget_book import notes
from esdash.exports.tables.columns import Sheet
from esdash.exports.tables.spreadsheet_csv import csv_file
from esdash.exports.tables.workbook import xlsx_file
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.wording import money as words
from esdash.wording.columns import Column

COLUMNS = ("number", "category", "booked_on", "receipt_number", "payee", "reason", "measure_words", "amount_eur")
WIDTHS = {"number": 6, "category": 26, "receipt_number": 14, "payee": 30, "reason": 40, "measure_words": 30}


def receipts_workbook(inventory: Inventory, text: Text, programme: str | None = None, year: int | None = None) -> bytes:
    """A sheet for expense and one for income, A4 landscape, with a sum after each category and at the end."""
    about = [text("money.receipts_internal"), *notes(inventory, text, year)[:-1]]
    sheets: list[Sheet] = []
    for direction in words.DIRECTIONS:
        name = text(f"money.direction_{direction}_many")
        title = text("money.receipts_title", what=name)
        frame = with_sums(paid(inventory, text, direction, programme, year), text)
        if frame.empty and sheets:
            continue
        sheets.append(
            Sheet(name, f"{title} · {programme}" if programme else title, frame, columns(text, direction), about)
        )
    return xlsx_file(sheets, text, inventory.now())


def receipts_csv(inventory: Inventory, text: Text, programme: str | None = None, year: int | None = None) -> bytes:
    """One row per payment, expense first; without rows of sums, so that a column adds up by itself."""
    frames = [
        paid(inventory, text, direction, programme, year).assign(direction_word=text(f"money.direction_{direction}"))
        for direction in words.DIRECTIONS
    ]
    art = Column("direction_word", text("money.column_direction_word"))
    about = [text("money.receipts_internal"), *notes(inventory, text, year)[:-1]]
    return csv_file(pd.concat(frames, ignore_index=True), [art, *columns(text, "both")], text, about)


def paid(
    inventory: Inventory, text: Text, direction: str, programme: str | None = None, year: int | None = None
) -> pd.DataFrame:
    """One row per payment: by category in the order of the plan, in each in the order of time, numbered."""
    frame = budget.entries(inventory, programme, year)
    frame = frame[(frame["direction"] == direction) & (frame["state"] == "paid") & frame["cancelled_on"].isna()].copy()
    first = budget.by(inventory, "category", programme, year)
    order = {key: place for place, key in enumerate(first.loc[first["direction"] == direction, "key"])}
    frame["place"] = [order[category] for category in frame["category"]]
    frame = frame.sort_values(["place", "booked_on", "receipt_number", "budget_entry_id"], ignore_index=True)
    rows = frame.to_dict("records")
    frame["measure_words"] = [words.measure(row, text) if row["measure_id"] else None for row in rows]
    frame["number"] = [str(number) for number in range(1, len(frame) + 1)]  # of the list, not of the measure
    return frame[list(COLUMNS)]


def with_sums(frame: pd.DataFrame, text: Text) -> pd.DataFrame:
    """The payments with a row of their sum after each category, and one at the end."""
    rows: list[dict[str, Any]] = []
    blank: dict[str, Any] = dict.fromkeys(COLUMNS, None)
    for category, part in frame.groupby("category", sort=False):
        rows += part.to_dict("records")
        sum_of = text("money.receipts_sum", category=category)
        rows.append({**blank, "reason": sum_of, "amount_eur": sum(part["amount_eur"], Decimal("0.00"))})
    if rows:
        rows.append(
            {**blank, "reason": text("money.together"), "amount_eur": sum(frame["amount_eur"], Decimal("0.00"))}
        )
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)


def columns(text: Text, direction: str) -> list[Column]:
    """The columns a proof of use asks for: day, payee or payer, reason, amount; and number, receipt, measure."""
    found = []
    for name in COLUMNS:
        key = f"money.column_payee_{direction}" if name == "payee" else f"money.column_{name}"
        kind = {"booked_on": "date", "amount_eur": "euro"}.get(name, "text")
        found.append(Column(name, text(key), kind, WIDTHS.get(name)))  # type: ignore[arg-type]
    return found
