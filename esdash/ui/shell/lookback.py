"""The day that the answering pages show: today or an earlier one (METHODS M10); ?on=2026-05-01 in the URL."""

from __future__ import annotations

from datetime import date

import streamlit as st

from esdash.analysis.records import records
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.ui.shell import session

PARAMETER = "on"


def shown(text: Text) -> Inventory:
    """The inventory as of the chosen day, which is read-only, or today's."""
    inventory = session.inventory()
    day = _day(inventory)
    if day is None:
        return inventory
    with st.spinner(text("lookback.making", day=day), show_time=False):
        return inventory.as_of(day)


def choose(inventory: Inventory, text: Text) -> None:
    """The day, and the way back to today; nothing in an inventory that is younger than a day.

    A message where the link names a day of which nothing is known.
    """
    first, today = records.first_day(inventory), inventory.today()
    if st.query_params.get(PARAMETER) is None and first >= today:
        return
    day = _taken(inventory, text)
    if day:
        st.button(text("lookback.back"), on_click=_keep, args=(None,), type="tertiary", key="lookback_back")
    label = text("lookback.label", day=day or today)
    with st.popover(f":orange[**{label}**]" if day else label, type="tertiary"):
        st.caption(text("lookback.explained", first=first))
        st.session_state["look_back_day"] = day or today
        st.date_input(
            text("lookback.day"),
            min_value=first,
            max_value=today,
            format=text("form.date_input"),
            key="look_back_day",
            on_change=_picked,
            args=(today,),
        )


def _taken(inventory: Inventory, text: Text) -> date | None:
    """The day of the link, or of the session where the link names none: the navigation drops the URL's parameters."""
    given = st.query_params.get(PARAMETER)
    if given is not None and given != st.session_state.get("url of lookback"):
        day = _parsed(given, inventory)
        if day is None:
            st.warning(text("lookback.unknown_day", first=records.first_day(inventory)))
        _keep(day if day != inventory.today() else None)
    day = _day(inventory)
    _keep(day)
    return day


def _picked(today: date) -> None:
    day = st.session_state["look_back_day"]
    _keep(day if day != today else None)


def _day(inventory: Inventory) -> date | None:
    kept = st.session_state.get("looked_at")
    return _parsed(kept, inventory) if kept else None


def _keep(day: date | None) -> None:
    word = f"{day:%Y-%m-%d}" if day else None
    st.session_state["looked_at"] = st.session_state["url of lookback"] = word
    if word is None:
        st.query_params.pop(PARAMETER, None)
    elif st.query_params.get(PARAMETER) != word:
        st.query_params[PARAMETER] = word


def _parsed(word: str, inventory: Inventory) -> date | None:
    try:
        day = date.fromisoformat(word)
    except ValueError:
        return None
    return day if records.first_day(inventory) <= day <= inventory.today() else None
