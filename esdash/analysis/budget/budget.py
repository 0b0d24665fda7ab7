"""The money of the programme: what each line, category, year and measure has planned, committed, paid, and left.

Amounts are Decimals, exact to the cent: a frame of the database would hold floats, so the rows are asked for instead.
"""

from decimal import Decimal
from typing import Literal

import pandas as pd

from esdash.inventory import Inventory
from esdash.inventory.cached import cached

What = Literal["category", "year", "programme", "total"]

SUMS = ("planned_eur", "earmarked_eur", "committed_eur", "paid_eur", "left_eur")
LINE = ("programme", "direction", "category", "year", "sort", *SUMS, "entries")
GROUP = ("direction", "key", *SUMS, "entries")
OF_MEASURE = ("earmarked_eur", "committed_eur", "paid_eur", "together_eur")
MEASURE = ("direction", "measure_id", "number", "title", *OF_MEASURE, "entries")
STATES = ("planned", "committed", "paid")
NOTHING = Decimal("0.00")


@cached
def plan(inventory: Inventory) -> pd.DataFrame:
    """One row per line of the approved plan, as it was entered, in its order."""
    columns = (
        "budget_line_id",
        "programme",
        "funder",
        "direction",
        "category",
        "year",
        "planned_eur",
        "note",
        "version",
    )
    return _exact(inventory, f"SELECT {', '.join(columns)} FROM budget_line ORDER BY sort, budget_line_id", columns)


@cached
def lines(inventory: Inventory, programme: str | None = None, year: int | None = None) -> pd.DataFrame:
    """One row per category and year of a programme, income and expense apart: planned, committed, paid, left [€]."""
    sql = (
        "FROM money_line WHERE ($programme IS NULL OR programme = $programme) AND ($year IS NULL OR year = $year) "
        "ORDER BY programme, direction, sort, category, year"
    )
    return _exact(inventory, sql, LINE, programme=programme, year=year)


@cached
def by(inventory: Inventory, what: What, programme: str | None = None, year: int | None = None) -> pd.DataFrame:
    """One row per category, year or programme (`key`), or one for all, income and expense apart, as `lines`."""
    return _exact(
        inventory, "FROM money_by($what, $programme, $year)", GROUP, what=what, programme=programme, year=year
    )


@cached
def by_measure(inventory: Inventory, programme: str | None = None, year: int | None = None) -> pd.DataFrame:
    """One row per measure on which something is booked, income and expense apart: earmarked, committed, paid [€].

    `together_eur` is the sum of the three. The row with measure_id None holds what belongs to no measure. What a
    measure without a row costs is unknown.
    """
    return _exact(inventory, "FROM money_by_measure($programme, $year)", MEASURE, programme=programme, year=year)


@cached
def entries(inventory: Inventory, programme: str | None = None, year: int | None = None) -> pd.DataFrame:
    """One row per entry, cancelled ones too, in the order of time: with its line, its measure and its payee by name."""
    columns = (
        *("budget_entry_id", "booked_on", "direction", "state", "amount_eur", "reason", "receipt_number"),
        *("payee_organization_id", "payee", "budget_line_id", "programme", "category", "year", "sort"),
        *("measure_id", "measure_number", "measure_title", "cancelled_on", "cancelled_reason", "version"),
    )
    sql = (
        f"SELECT {', '.join(columns)} FROM money_entry "
        "WHERE ($programme IS NULL OR programme = $programme) AND ($year IS NULL OR year = $year) "
        "ORDER BY booked_on, receipt_number NULLS LAST, budget_entry_id"
    )
    return _exact(inventory, sql, columns, programme=programme, year=year)


@cached
def measures(inventory: Inventory) -> dict[str, dict[str, str | None]]:
    """Measure → its number and title, in the order of their numbers."""
    rows = inventory.rows("SELECT measure_id, number, title FROM measure ORDER BY number NULLS LAST, title COLLATE de")
    return {row.pop("measure_id"): row for row in rows}


def total(
    inventory: Inventory, direction: str = "expense", programme: str | None = None, year: int | None = None
) -> dict[str, Decimal] | None:
    """The sums of all lines; None where neither plan nor entry is there: then they are unknown, not zero."""
    frame = by(inventory, "total", programme, year)
    found = frame[frame["direction"] == direction].to_dict("records")
    return {name: found[0][name] for name in SUMS} if found else None


def overspent(inventory: Inventory, programme: str | None = None, year: int | None = None) -> pd.DataFrame:
    """The lines for expense on which more is paid and committed than they hold, as `lines`."""
    frame = lines(inventory, programme, year)
    return frame[(frame["direction"] == "expense") & (frame["left_eur"] < NOTHING)].reset_index(drop=True)


def _exact(inventory: Inventory, sql: str, columns: tuple[str, ...], **values: object) -> pd.DataFrame:
    """Rows as a frame of Python values: amounts stay Decimals, unknown stays None."""
    rows = inventory.rows(sql, **values)
    return pd.DataFrame({name: pd.Series([row[name] for row in rows], dtype=object) for name in columns})
