"""The tables and the picture of a plan, made once."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

import pandas as pd
import streamlit as st

from esdash import charts
from esdash.analysis.bundling.bundling import Plan, Wish
from esdash.inventory import Inventory
from esdash.texts import Text
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


def tables(inventory: Inventory, plan: Plan, names: Names, text: Text) -> Tables:
    """All tables of a plan, made once. Nobody changes them."""
    return _tables(inventory.state, inventory.today(), text.language, plan.problem.wish, plan, names, text)


@st.cache_resource(max_entries=PLANS_KEPT, show_spinner=False)
def _tables(
    state: tuple[str, int], today: date, language: str, wish: Wish, _plan: Plan, _names: Names, _text: Text
) -> Tables:
    lines = wording.timeline(_plan, _names, _text)
    drawn = lines[lines["place"] < TOPICS_SHOWN]
    return Tables(
        wording.merges(_plan, _names, _text),
        wording.held(_plan, _text),
        wording.free(_plan, _text),
        wording.topics(_plan, _names, _text),
        wording.kept_apart(_plan, _names, _text),
        wording.uncounted(_plan, _text),
        charts.bundling(drawn, today, _text),
        len(drawn),
        lines["topic"].nunique() - drawn["topic"].nunique(),
    )
