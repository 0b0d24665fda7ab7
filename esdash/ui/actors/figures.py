"""What the programme's study counts, then and now."""

from datetime import date

import streamlit as st

from esdash.analysis.actors import programme
from esdash.analysis.records import records
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.ui.actors.choice import ACTORS, Actors
from esdash.ui.shell import page
from esdash.ui.widgets import filters
from esdash.wording import actors as words


def show(inventory: Inventory, text: Text) -> None:
    """The figures of today, and once somebody unfolds it of an earlier day beside them."""
    page.heading(text("actors.programme"))
    st.caption(text("actors.programme_hint"))
    named = {f"{day:%Y-%m-%d}": name for day, name in records.comparison_days(inventory)}
    if inventory.read_only or records.first_day(inventory) >= inventory.today():
        table(inventory, None, text)
        return
    with st.container(width=420):
        filters.day(Actors.since, inventory, text, text("actors.then"), named, text("actors.then_none"))
    chosen = ACTORS.since
    table(inventory, date.fromisoformat(chosen) if chosen and chosen != filters.OTHER_DAY else None, text)


def table(inventory: Inventory, then: date | None, text: Text) -> None:
    """The figures as a plain table."""
    before = programme.network(inventory.as_of(then)) if then else None
    rows = words.network_rows(programme.network(inventory), before, text)
    heads = [text("actors.column_figure")]
    heads += (
        [text("actors.column_then", day=then), text("actors.column_now"), text("actors.column_change")]
        if then
        else [text("actors.column_now")]
    )
    kept = [(row[0], *(row[1:] if then else row[2:3])) for row in rows]
    st.table(
        [dict(zip(heads, row, strict=True)) for row in kept],
        border="horizontal",
        hide_index=True,
        alt=text("actors.programme"),
    )
