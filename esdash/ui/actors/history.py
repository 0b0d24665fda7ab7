"""When ties began, with marks of what a rise may come from; and who stands alone, with whom they could do something."""

from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from esdash import charts
from esdash.analysis.actors import ties
from esdash.charts import look
from esdash.inventory import Inventory
from esdash.inventory.cached import cached
from esdash.texts import Text
from esdash.ui.actors import leading
from esdash.ui.shell import page
from esdash.ui.widgets import tables
from esdash.wording.columns import Column
from esdash.wording.listing import items
from esdash.wording.names import Names, names_of

QUARTERS = 12  # three years; what is older is one sentence
MARKS_SAID = 3  # of the latest, in the caption


def growth(inventory: Inventory, text: Text) -> None:
    """Bars per quarter and kind, and the table beside them."""
    page.heading(text("actors.growth"))
    shown, counts, before, unknown = _series(inventory)
    said = [text("actors.growth_hint")]
    if before:
        said.append(text.count("actors.growth_before", before, year=str(shown[0].year), quarter=_quarter(shown[0])))
    if unknown:
        said.append(text.count("actors.growth_unknown", unknown))
    st.plotly_chart(_growth(inventory, text), key="actors_growth", config=look.CONFIG, alt=_alt(counts, text))
    st.caption(" ".join(said))
    tables.unfolding(lambda: _table(inventory, text), text, "actors_growth_table")


def _alt(counts: dict[str, list[int]], text: Text) -> str:
    return text("actors.growth_alt", n=sum(map(sum, counts.values())), quarters=QUARTERS)


@cached
def _growth(inventory: Inventory, text: Text) -> Any:
    shown, counts, _, _ = _series(inventory)
    marks = [(row["day"], row["kind"], row["name"]) for row in ties.marks(inventory) if row["day"] >= shown[0]]
    return charts.tie_growth(shown, counts, marks, text)


@cached
def _series(inventory: Inventory) -> tuple[list[date], dict[str, list[int]], int, int]:
    """The last quarters, kind → new ties in each, and how many are older or of an unknown day."""
    today = inventory.today()
    last = (today.year * 4) + (today.month - 1) // 3
    shown = [date(number // 4, number % 4 * 3 + 1, 1) for number in range(last - QUARTERS + 1, last + 1)]
    counts = {kind: [0] * QUARTERS for kind in ties.KINDS}
    before = unknown = 0
    for row in ties.quarters(inventory).itertuples(index=False):
        if pd.isna(row.quarter):
            unknown += int(row.ties)
        elif row.quarter.date() < shown[0]:
            before += int(row.ties)
        else:
            counts[row.kind][shown.index(row.quarter.date())] += int(row.ties)
    return shown, counts, before, unknown


def _quarter(day: date) -> int:
    return (day.month + 2) // 3


def _table(inventory: Inventory, text: Text) -> tuple[pd.DataFrame, list[Column]]:
    shown, counts, _, _ = _series(inventory)
    marks: dict[date, list[str]] = {}
    for row in ties.marks(inventory):
        first = date(row["day"].year, (row["day"].month - 1) // 3 * 3 + 1, 1)
        marks.setdefault(first, []).append(f"{text.date(row['day'])} {row['name']}")
    quarters = [text("actors.quarter_line", number=_quarter(day), year=str(day.year)) for day in shown]
    frame = pd.DataFrame({"quarter": quarters, **counts, "marks": ["; ".join(marks.get(day, [])) for day in shown]})
    columns = [Column("quarter", text("actors.column_quarter"))]
    columns += [Column(kind, text(f"actors.kind_{kind}"), "integer") for kind in ties.KINDS]
    return frame, [*columns, Column("marks", text("actors.column_marks"), width=60)]


def alone(inventory: Inventory, text: Text, names: Names) -> None:
    """Organisations without a tie, and with whom they could do something; a click leads to them."""
    frame = lonely(inventory, text)
    page.heading(text("actors.alone"))
    if frame.empty:
        st.caption(text("actors.nobody_alone"))
        return
    st.caption(text("actors.alone_hint"))

    def opened(key: str) -> None:
        row = frame[frame["organization_id"] == key].iloc[0]
        st.text(f"{row['name']}: {row['could']}")
        leading.organization(text, key, "actors_alone_open")

    columns = [
        Column("name", text("facet.organization"), width=44),
        Column("could", text("actors.column_could"), width=90),
    ]
    tables.opening(frame, columns, text, "actors_alone", text("actors.alone_alt", n=len(frame)), opened)


@cached
def lonely(inventory: Inventory, text: Text) -> pd.DataFrame:
    """One row per organisation without a tie: its id, name, and who would complement it, in words."""
    names, frame = names_of(inventory, text), ties.untied(inventory)
    said: dict[str, list[str]] = {}
    for row in frame.itertuples(index=False):
        found = said.setdefault(row.organization_id, [])
        if isinstance(row.other_id, str):
            groups = names.all("target_group", items(row.target_group_ids))
            where = ", ".join(names.short("district", key) for key in items(row.district_ids))
            found.append(
                text("actors.could", other=names.of("organization", row.other_id), groups=groups, districts=where)
            )
    ids = names.by_name("organization", said)
    return pd.DataFrame(
        {
            "organization_id": ids,
            "name": [names.of("organization", key) for key in ids],
            "could": ["; ".join(said[key]) or text("actors.could_nobody") for key in ids],
        }
    )
