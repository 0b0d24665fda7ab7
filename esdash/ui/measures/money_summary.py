"""The summary of the money: one picture by category, the sums by category and year, by year, and by measure."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from esdash import charts, exports
from esdash.analysis.budget import budget
from esdash.charts import look
from esdash.charts.money import COLOURS as PARTS
from esdash.inventory import Inventory
from esdash.inventory.cached import cached
from esdash.texts import Text
from esdash.ui.measures.money_state import MONEY, NO_MEASURE, year
from esdash.ui.shell import page, printing, url
from esdash.ui.widgets import files, tables
from esdash.ui.widgets.files import File
from esdash.wording import money as words
from esdash.wording.columns import Column
from esdash.wording.escaping import drawn, plain

Row = dict[Any, Any]
Query = dict[str, str | None]

HEIGHT = 1200  # pixels: the sums in the last row are in sight
LONGEST = 40  # letters of a category above its bar, so that it fits on a telephone


def show(inventory: Inventory, text: Text) -> None:
    """The picture, the tables below it, and the files."""
    programme, when = MONEY.programme, year()
    categories = budget.by(inventory, "category", programme, when)
    if len(categories[categories["direction"] == "expense"]):
        page.heading(text("money.chart"))
        figure, alt = _figure(inventory, text, programme, when)
        st.plotly_chart(figure, key="money_chart", config=look.CONFIG, alt=alt)
    for direction in words.DIRECTIONS:
        frame = words.lines(inventory, text, direction, programme, when)
        if frame.empty:
            continue
        page.heading(text(f"money.table_{direction}"))
        columns = words.columns(text, direction, "category", "year")
        alt = text("money.table_alt", n=len(frame) - 1)
        _leading(frame, columns, text, f"money_{direction}", alt, _of_line)
        if frame["year"].nunique() > 2:  # more than one year, and the sum
            sums = words.groups(inventory, text, direction, "year", programme, when)
            with printing.unfolded(text("money.by_year", what=text(f"money.direction_{direction}_many"))):
                tables.show(sums, words.columns(text, direction, "key"), text, f"money_years_{direction}", alt, HEIGHT)
    _measures(inventory, text, programme, when)
    files.buttons(
        inventory,
        text,
        File("word.download_xlsx", "geld", "xlsx", exports.budget_workbook, (programme, when)),
        File("word.download_csv", "geld", "csv", exports.budget_csv, (programme, when)),
    )


def _measures(inventory: Inventory, text: Text, programme: str | None, when: int | None) -> None:
    frame = words.measures(inventory, text, programme, when)
    page.heading(text("money.table_measures"))
    if frame.empty:
        st.caption(text("money.no_entries"))
        return
    alt = text("money.measures_alt", n=len(frame) - 1)
    _leading(frame, words.measure_columns(text), text, "money_measures", alt, _of_measure)


def _of_line(row: Row) -> Query:
    everything = row["year"] == ""  # the row of the sums
    return {"year": MONEY.year} if everything else {"category": row["category"], "year": row["year"]}


def _of_measure(row: Row) -> Query:
    everything = row["measure_id"] == ""  # the row of the sums
    return {"of": None if everything else row["measure_id"] or NO_MEASURE, "year": MONEY.year}


def _leading(
    frame: pd.DataFrame, columns: list[Column], text: Text, key: str, alt: str, query: Callable[[Row], Query]
) -> None:
    """A table of sums; a click on a row shows above it the way to the entries behind it."""
    above = st.empty()
    places = frame.assign(place=[str(place) for place in range(len(frame))])
    shown = places[["place", *(column.name for column in columns)]]
    clicked = tables.show(shown, columns, text, key, alt, HEIGHT, choose=True)
    if clicked is None:
        if printing.on():
            return
        above.caption(text("money.click_sum"))
        return
    row: Row = frame.iloc[int(clicked)].to_dict()
    label = text("money.to_entries", what=plain(f"{row[columns[0].name]} {row.get('year') or ''}".strip()))
    with above:
        url.link("measures", label, measures="money", money="entries", programme=MONEY.programme, **query(row))


@cached
def _figure(inventory: Inventory, text: Text, programme: str | None, when: int | None) -> tuple[Any, str]:
    """The picture, and what it shows in words."""
    frame = budget.by(inventory, "category", programme, when)
    frame = frame[frame["direction"] == "expense"].reset_index(drop=True)
    said = [_title(row, text) for row in frame.to_dict("records")]
    titles = [f"<b>{drawn(look.short(name, LONGEST))}</b><br>{amounts}" for name, amounts in said]
    in_words = {name: [words.euro(amount, text) for amount in frame[name]] for name in PARTS}
    alt = text("money.chart_alt", bars="; ".join(f"{name}: {amounts}" for name, amounts in said))
    return charts.money(frame, titles, in_words, text), alt


def _title(row: dict[Any, Any], text: Text) -> tuple[str, str]:
    """The category, and what is left of what."""
    left = row["left_eur"]
    key = "money.bar" if left >= 0 else "money.bar_over"
    return row["key"], text(key, left=words.euro(abs(left), text), planned=words.euro(row["planned_eur"], text))
