"""Money in words: amounts, the sentence of the part Geld, and tables whose sums equal what stands above them."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pandas as pd

from esdash.analysis.budget import budget
from esdash.inventory import Inventory
from esdash.inventory.cached import cached
from esdash.texts import Text, is_missing
from esdash.wording import measures as measure_words
from esdash.wording.columns import Column, headed
from esdash.wording.escaping import bold, plain

FIGURES = ("planned_eur", "paid_eur", "committed_eur", "left_eur", "earmarked_eur")  # plan = paid + committed + left
DIRECTIONS = ("expense", "income")
OVER_NAMED = 3  # most overspent lines that the sentence names


def euro(amount: Decimal | None, text: Text) -> str:
    """1.200,50 € in German, €1,200.50 in English; unknown as "unbekannt"."""
    if amount is None or is_missing(amount):
        return text("word.unknown")
    if text.language == "de":
        return f"{text.number(amount, 2)}\N{NO-BREAK SPACE}€"  # type: ignore[arg-type]  # a Decimal is written exactly
    sign = "\N{MINUS SIGN}" if amount < 0 else ""
    return f"{sign}€{text.number(abs(amount), 2)}"  # type: ignore[arg-type]


def sentence(inventory: Inventory, text: Text, programme: str | None = None, year: int | None = None) -> str:
    """Of what was planned, how much is paid, committed and left; lines that are overspent; and what has come in."""
    spent, income = (budget.total(inventory, direction, programme, year) for direction in DIRECTIONS)
    if spent is None and income is None:
        return text("money.sentence_empty")
    when = text("money.of_year", year=str(year)) if year else ""
    parts = []
    if spent is not None:
        amounts = {name.removesuffix("_eur"): bold(euro(abs(amount), text)) for name, amount in spent.items()}
        parts.append(text("money.sentence" if spent["left_eur"] >= 0 else "money.sentence_over", when=when, **amounts))
        if spent["earmarked_eur"]:
            parts.append(text("money.sentence_earmarked", **amounts))
        parts += _overspent(inventory, text, programme, year)
    if income is not None:
        amounts = {name.removesuffix("_eur"): bold(euro(abs(amount), text)) for name, amount in income.items()}
        parts.append(text("money.sentence_income", when=when, **amounts))
    return " ".join(parts)


def _overspent(inventory: Inventory, text: Text, programme: str | None, year: int | None) -> list[str]:
    """The lines on which more is paid and committed than they hold; nobody is stopped, but it is said."""
    rows = budget.overspent(inventory, programme, year).to_dict("records")
    named = ", ".join(
        text(
            "money.over_line", category=plain(row["category"]), year=str(row["year"]), over=euro(-row["left_eur"], text)
        )
        for row in rows[:OVER_NAMED]
    )
    if len(rows) > OVER_NAMED:
        named += text("money.over_more", n=len(rows) - OVER_NAMED)
    return [text("money.over", lines=named)] if rows else []


def columns(text: Text, direction: str, *first: str) -> list[Column]:
    """The columns of a table of sums: what the rows are (`first`), then the figures; income has words of its own."""
    words = [(name, f"money.column_{name.removesuffix('_eur')}_{direction}") for name in FIGURES]
    return [*named(text, *first), *headed(text, "", *words)]


def named(text: Text, *names: str) -> list[Column]:
    """Columns with the headings of this area."""
    pairs = [(name, f"money.column_{name}") for name in names]
    return headed(text, "", *pairs)


@cached
def lines(
    inventory: Inventory, text: Text, direction: str, programme: str | None = None, year: int | None = None
) -> pd.DataFrame:
    """One row per category and year, and a last one with the sums of those above."""
    frame = budget.lines(inventory, programme, year)
    return summed(
        frame[frame["direction"] == direction].assign(year=lambda rows: rows["year"].astype(str)), "category", text
    )


@cached
def groups(
    inventory: Inventory,
    text: Text,
    direction: str,
    what: budget.What,
    programme: str | None = None,
    year: int | None = None,
) -> pd.DataFrame:
    """One row per category, year or programme (`key`), and a last one with the sums of those above."""
    frame = budget.by(inventory, what, programme, year)
    return summed(frame[frame["direction"] == direction], "key", text)


@cached
def measures(inventory: Inventory, text: Text, programme: str | None = None, year: int | None = None) -> pd.DataFrame:
    """One row per measure on which expenses are booked, one for those of no measure, and a last one with the sums."""
    frame = budget.by_measure(inventory, programme, year)
    frame = frame[frame["direction"] == "expense"].copy()
    frame["measure_words"] = [measure(row, text) for row in frame.to_dict("records")]
    return summed(frame, "measure_words", text, budget.OF_MEASURE)


def of_measure(inventory: Inventory, text: Text, measure_id: str) -> str:
    """What is paid, committed and earmarked for a measure, and the sum of the three; or that it is unknown."""
    frame = budget.by_measure(inventory)
    rows = frame[(frame["measure_id"] == measure_id) & (frame["direction"] == "expense")].to_dict("records")
    if not rows:
        return text("money.of_measure_unknown")
    amounts = {name.removesuffix("_eur"): euro(rows[0][name], text) for name in budget.OF_MEASURE}
    return text("money.of_measure_sums", **amounts)


def measure_columns(text: Text) -> list[Column]:
    """The columns of `measures`: the three amounts add up to the fourth."""
    words = [(name, f"money.column_{name.removesuffix('_eur')}_measure") for name in budget.OF_MEASURE]
    return headed(text, "", ("measure_words", "money.column_measure"), *words)


def measure(row: Mapping[str, Any], text: Text) -> str:
    """What the measure of a row is called, or that there is none."""
    if row["measure_id"] is None:
        return text("money.no_measure")
    title = row.get("title") or row.get("measure_title") or row["measure_id"]
    return measure_words.title({"number": row.get("number") or row.get("measure_number"), "title": title}, text)


@cached
def entries(inventory: Inventory, text: Text, programme: str | None = None, year: int | None = None) -> pd.DataFrame:
    """One row per entry, the newest first, with its words; cancelled ones say so."""
    frame = budget.entries(inventory, programme, year).iloc[::-1].reset_index(drop=True)
    rows = frame.to_dict("records")
    frame["state_word"] = [state(row, text) for row in rows]
    frame["line_words"] = [line(row, text) for row in rows]
    frame["measure_words"] = [measure(row, text) if row["measure_id"] else None for row in rows]
    frame["measure_short"] = [row["measure_number"] or row["measure_title"] or "" for row in rows]
    frame["receipt_words"] = [" · ".join(filter(None, (row["receipt_number"], row["payee"]))) for row in rows]
    return frame


def entry_columns(text: Text) -> list[Column]:
    """The columns of `entries`."""
    names = ("booked_on", "amount_eur", "state_word", "reason", "line_words", "receipt_words")
    return [*named(text, *names), *headed(text, "", ("measure_short", "money.column_measure"))]


def state(row: Mapping[str, Any], text: Text) -> str:
    """The state of an entry in one word: paid, come in, committed, planned, cancelled."""
    if row["cancelled_on"] is not None:
        return text("money.state_cancelled")
    return text(f"money.state_{row['state']}_{row['direction']}")


def line(row: Mapping[str, Any], text: Text) -> str:
    """What a line is called: category and year."""
    return text("money.line", category=row["category"], year=str(row["year"]))


def summed(frame: pd.DataFrame, first: str, text: Text, sums: tuple[str, ...] = FIGURES) -> pd.DataFrame:
    """The rows and a last one with their sums, named in the column `first`; nothing where there are no rows."""
    if frame.empty:
        return frame.reset_index(drop=True)
    last: dict[str, Any] = dict.fromkeys(frame.columns, "")
    last |= {name: sum(frame[name], Decimal("0.00")) for name in sums}
    last[first] = text("money.together")
    return pd.concat([frame, pd.DataFrame([last], dtype=object)], ignore_index=True)
