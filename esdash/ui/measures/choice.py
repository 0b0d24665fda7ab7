"""The page state of Maßnahmen, the switch between its parts, and whose measures are shown."""

from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from esdash.analysis.measures import listed
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.ui.shell.state import Maybe, OneOf, PageState
from esdash.ui.widgets import filters
from esdash.wording.names import Names


class Measures(PageState):
    """The open part, the chosen measure, and the organisation in the lead whose measures are shown."""

    page = "measures"
    part = OneOf(("board", "timeline", "control", "money"), link="measures")
    measure = Maybe(link="id")
    lead = Maybe()
    asks = Maybe(("overdue",))  # only those that are overdue, as Lagebild counts them


MEASURES = Measures()
WIDTH = 250  # of the choice whose measures are shown [pixels]
OF_A_LEAD = ("board", "timeline")  # parts that show the measures of one organisation


def part(inventory: Inventory, text: Text, names: Names) -> str:
    """The switch between the parts, and whose measures; both stand in the line that the page has opened for them."""
    frame = listed.measures(inventory)
    leads = names.by_name("organization", frame["lead_organization_id"].dropna().unique())
    MEASURES.take(None, lead=leads, measure=frame["measure_id"].tolist())
    chosen = filters.switch(Measures.part, text("measures.part"), lambda name: text(f"measures.part_{name}"))
    if chosen in OF_A_LEAD and leads:
        name, label = partial(names.of, "organization"), text("measures.lead")
        filters.choice(Measures.lead, label, leads, name, text("measures.lead_nobody"), WIDTH, labelled=False)
    return chosen


def of_lead(frame: pd.DataFrame) -> pd.DataFrame:
    """The measures of the chosen organisation, or all."""
    return frame[frame["lead_organization_id"] == MEASURES.lead] if MEASURES.lead else frame


def of_asked(frame: pd.DataFrame, text: Text) -> pd.DataFrame:
    """Only the measures that are overdue, where a link asked for these, with the way back to all."""
    if not MEASURES.asks:
        return frame
    found = frame[frame["asks"] == MEASURES.asks]
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(text.count("measures.only_overdue", len(found)), width="content")
        st.button(text("measures.every"), key="measures_every", type="tertiary", on_click=_every)
    return found


def _every() -> None:
    MEASURES.asks = None


def chosen(frame: pd.DataFrame) -> dict[str, Any] | None:
    """The open measure, if there is one."""
    rows = frame[frame["measure_id"] == MEASURES.measure].to_dict("records")
    return {str(name): value for name, value in rows[0].items()} if rows else None
