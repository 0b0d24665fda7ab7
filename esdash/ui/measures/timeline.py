"""Measures in time."""

from datetime import timedelta

import pandas as pd
import streamlit as st

from esdash import charts
from esdash.analysis.measures import listed
from esdash.charts import TimelineBar, look
from esdash.charts.figure import Figure
from esdash.inventory import Inventory
from esdash.inventory.cached import cached
from esdash.texts import Text
from esdash.ui.measures.choice import MEASURES, of_lead
from esdash.ui.shell import page
from esdash.ui.widgets import tables
from esdash.wording import measures as words
from esdash.wording.columns import headed
from esdash.wording.names import Names, names_of

SHORTEST = timedelta(days=14)  # of a bar whose begin is unknown


def show(inventory: Inventory, text: Text, names: Names) -> None:
    """The time line of all measures, or of those of the chosen organisation, and its table."""
    frame = of_lead(listed.measures(inventory))
    frame = frame[frame["due_on"].notna()]
    if frame.empty:
        st.info(text("measures.nothing"))
        return
    page.heading(text("timeline.heading"))
    st.caption(text("timeline.key"))
    alt = text("timeline.alt", n=len(frame))
    st.plotly_chart(_figure(inventory, text, MEASURES.lead or ""), key="timeline", config=look.CONFIG, alt=alt)
    tables.beside(_rows(frame, text, names), _columns(text), text, "timeline_table")


@cached
def _figure(inventory: Inventory, text: Text, lead: str) -> Figure:
    frame, today, names = listed.measures(inventory), inventory.today(), names_of(inventory, text)
    frame = frame[frame["due_on"].notna() & ((frame["lead_organization_id"] == lead) | (lead == ""))]
    bars = []
    for row in frame.sort_values(["due_on", "number"]).to_dict("records"):
        due, begins = pd.Timestamp(row["due_on"]).date(), words.day_of(row["starts_on"])
        steps = [
            (step["due_on"] or step["done_on"], bool(step["done_on"]), step["text"]) for step in listed.milestones(row)
        ]
        card = words.card(row, names, text, today)
        bars.append(
            TimelineBar(
                card.title,
                " · ".join(part for part in (card.lead, card.due, card.asks) if part),
                row["state"],
                begins or due - SHORTEST,
                due if row["open"] else words.day_of(row["finished_on"]) or due,
                bool(row["open"] and due < today),
                [step for step in steps if step[0]],
            )
        )
    return charts.timeline(bars, today, text)


def _rows(frame: pd.DataFrame, text: Text, names: Names) -> pd.DataFrame:
    rows = [
        {
            "title": words.title(row, text),
            "lead": names.of("organization", row["lead_organization_id"]),
            "state": text(f"measures.state_{row['state']}"),
            "starts_on": words.day_of(row["starts_on"]),
            "due_on": words.day_of(row["due_on"]),
        }
        for row in frame.sort_values(["due_on", "number"]).to_dict("records")
    ]
    return pd.DataFrame(rows)


def _columns(text: Text) -> list[tables.Column]:
    return headed(
        text,
        "",
        *(("title", "measures.column_measure"), ("lead", "measures.fact_lead"), ("state", "measures.column_state")),
        *(("starts_on", "measures.fact_begins"), ("due_on", "measures.column_due")),
    )
