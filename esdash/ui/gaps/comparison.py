"""What the page Weiße Flecken compares: an earlier day with the day that is shown, or what is with what if."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

import streamlit as st

from esdash.analysis.coverage.conditions import NOTHING, Conditions
from esdash.analysis.records import records
from esdash.errors import UserError
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.ui.shell import session

OTHER_DAY = "other"


class States(NamedTuple):
    """The inventory that the page is about, and the one to compare it with; None: nothing is compared."""

    shown: Inventory
    before: Inventory | None
    versus: date | None
    supposed: Conditions


def valid(inventory: Inventory) -> dict[str, Collection[str]]:
    """Parameter of the URL → its values."""
    first, today = records.first_day(inventory), inventory.today()
    days = {f"{first + timedelta(days=n):%Y-%m-%d}" for n in range(max(0, (today - first).days))}
    return {"versus": days | {OTHER_DAY}}


def choose(inventory: Inventory, text: Text) -> None:
    """The panel to choose the day to compare with."""
    first, today = records.first_day(inventory), inventory.today()
    if first >= today:
        return
    named = {f"{day:%Y-%m-%d}": name for day, name in records.comparison_days(inventory) if first <= day < today}
    chosen = st.session_state["versus"]
    options = [*named, *([chosen] if chosen and chosen not in (*named, OTHER_DAY) else []), OTHER_DAY]

    def label(option: str) -> str:
        if option == OTHER_DAY:
            return text("overview.other_day")
        name = named.get(option)
        return text.date(date.fromisoformat(option)) + (f" · {name}" if name else "")

    words = text("versus.label_none")
    if chosen and chosen != OTHER_DAY:
        words = f":orange[**{text('versus.label', day=date.fromisoformat(chosen))}**]"
    with st.popover(words, type="tertiary"):
        st.caption(text("versus.explained"))
        st.selectbox(
            text("versus.day"), options, index=None, key="versus", format_func=label, placeholder=text("versus.none")
        )
        if st.session_state["versus"] == OTHER_DAY:
            st.date_input(
                text("overview.other_day"),
                value=None,
                min_value=first,
                max_value=today - timedelta(days=1),
                format=text("form.date_input"),
                key="versus_day",
                on_change=_take_day,
            )


def ask(inventory: Inventory, conditions: Conditions, text: Text) -> States:
    """The states to ask, under the conditions of reach; a supposition goes before an earlier day."""
    supposed = read(inventory)
    shown = inventory.under(conditions)
    if supposed:
        whole = replace(supposed, times=conditions.times, languages=conditions.languages)
        whole = replace(whole, barrier_free=conditions.barrier_free)
        return States(inventory.under(whole), shown, None, supposed)
    versus = st.session_state["versus"]
    if versus and versus != OTHER_DAY:
        day = date.fromisoformat(versus)
        with st.spinner(text("lookback.making", day=day), show_time=False):
            return States(shown, inventory.as_of(day).under(conditions), day, NOTHING)
    return States(shown, None, None, NOTHING)


def read(inventory: Inventory) -> Conditions:
    """What is supposed, as the URL carries it; a message where that cannot be meant."""
    words = st.session_state.get("suppose")
    if not words:
        return NOTHING
    try:
        supposed = Conditions.from_json(words)
        supposed.check(inventory)
    except UserError as error:
        session.show_error(error)
        st.session_state["suppose"] = None
        return NOTHING
    return supposed


def _take_day() -> None:
    day = st.session_state["versus_day"]
    if day:
        st.session_state["versus"] = f"{day:%Y-%m-%d}"
