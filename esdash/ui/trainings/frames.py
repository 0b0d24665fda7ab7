"""The tables and the picture of a plan, made once."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

import pandas as pd
import streamlit as st

from esdash import charts
from esdash.analysis.bundling.bundling import Plan, Wish
from esdash.inventory import Inventory
from esdash.wording import training_plan as wording
from esdash.wording.names import Names

TOPICS_SHOWN = 30  # in the picture; those with merges come first
PLANS_KEPT = 60  # as many as planning.py keeps, in one language


class Tables(NamedTuple):
    """All tables of a plan by the name of their part, the picture, how many sessions and topics stand in it or not."""

    merges: pd.DataFrame
    held: pd.DataFrame
    free: pd.DataFrame
    topics: pd.DataFrame
    access: pd.DataFrame
    uncounted: pd.DataFrame
    picture: Any
    drawn: int
    topics_left_out: int


def tables(inventory: Inventory, names: Names, plan: Plan) -> Tables:
    """All tables of a plan, made once. Nobody changes them."""
    return _tables(inventory.state, inventory.today(), names.text.language, plan.problem.wish, plan, names)


@st.cache_resource(max_entries=PLANS_KEPT, show_spinner=False)
def _tables(state: tuple[str, int], today: date, language: str, wish: Wish, _plan: Plan, _names: Names) -> Tables:
    lines = wording.timeline(_plan, _names)
    drawn = lines[lines["place"] < TOPICS_SHOWN]
    return Tables(
        wording.merges(_plan, _names),
        wording.held(_plan, _names.text),
        wording.free(_plan, _names.text),
        wording.topics(_plan, _names),
        wording.kept_apart(_plan, _names),
        wording.uncounted(_plan, _names.text),
        charts.bundling(drawn, today, _names.text),
        len(drawn),
        lines["topic"].nunique() - drawn["topic"].nunique(),
    )
