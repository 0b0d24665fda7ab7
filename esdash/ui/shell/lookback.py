"""The day that pages with figures show: today or an earlier one (METHODS M10); ?on=2026-05-01 in the URL."""

from datetime import date

import streamlit as st

from esdash.analysis.records import records
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.ui.shell import printing, screen, session
from esdash.ui.shell.state import LOOK_BACK, Days


def shown(text: Text) -> Inventory:
    """The inventory of today, or the read-only look-back of the chosen day."""
    inventory = session.inventory()
    day = LOOK_BACK.day
    if day is None or day not in Days(records.first_day(inventory), inventory.today()):
        return inventory
    with st.spinner(text("lookback.making", day=day), show_time=False):
        return inventory.as_of(day)


def choose(inventory: Inventory, text: Text) -> None:
    """The choice of the day, and the button back to today; nothing if the inventory has no earlier day.

    Shows a message if the link names a day without data.
    """
    first, today = records.first_day(inventory), inventory.today()
    if LOOK_BACK.read(day=Days(first, today)):
        st.warning(text("lookback.unknown_day", first=first))
    day = LOOK_BACK.day = LOOK_BACK.day if LOOK_BACK.day in Days(first, today) and LOOK_BACK.day != today else None
    LOOK_BACK.give()
    if printing.on():
        st.caption(text("lookback.label", day=day or today))
        return
    if first >= today:
        return
    if day:
        st.button(text("lookback.back"), on_click=_keep, args=(None, today), type="tertiary", key="lookback_back")
    shown = day or today
    label = text.date(shown) if screen.narrow() else text("lookback.label", day=shown)
    with st.popover(f":orange[**{label}**]" if day else label, type="tertiary"):
        st.caption(text("lookback.explained", first=first))
        st.session_state["look_back_day"] = day or today
        st.date_input(
            text("lookback.day"),
            min_value=first,
            max_value=today,
            format=text("form.date_input"),
            key="look_back_day",
            on_change=lambda: _keep(st.session_state["look_back_day"], today),
        )


def _keep(day: date | None, today: date) -> None:
    LOOK_BACK.day = day if day != today else None
