"""The sentences of Lagebild whose figures are links: what changed since a day, what waits and for whom."""

from datetime import date

import streamlit as st

from esdash.analysis.overview import changed
from esdash.errors import UserError
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.ui.overview import since
from esdash.ui.overview.since import OVERVIEW, Overview
from esdash.ui.shell import printing, session, url
from esdash.ui.widgets import filters
from esdash.wording import changes
from esdash.wording import overview as words

# What waits → page and filters of its list.
WAITING = {
    "unanswered": ("priorities", {"priorities": "answers"}),
    "measures": ("measures", {"measures": "board", "asks": "overdue"}),
    "promises": ("workshops", {"workshops": "promises", "promise_state": "overdue"}),
    "confirm": ("care", {"care": "stale"}),
}


def changes_since(inventory: Inventory, text: Text) -> date | None:
    """What changed since the chosen day, each figure a link to its list; returns that day, None without one."""
    named = since.days(inventory)
    if not named:
        return None
    OVERVIEW.take({"since": next(iter(named))}, since=filters.past_days(inventory))
    with st.container(horizontal=True, vertical_alignment="center", gap="xxsmall"):
        if not printing.on():
            st.markdown(text("overview.since"), width="content")
        since.choose(Overview.since, inventory, text, named)
        OVERVIEW.give()
        day = since.chosen(OVERVIEW.since)
        if day and printing.on():
            st.markdown(text("overview.since_day", day=day), width="content")
        if day:
            try:
                _each(inventory, text, day)
            except UserError as error:
                session.show_error(error)
                return None
    return day


def links(inventory: Inventory, text: Text, day: date) -> None:
    """What changed since that day in one line, each figure a link to its list. Raises UserError without its data."""
    with st.container(horizontal=True, vertical_alignment="center", gap="xxsmall"):
        _each(inventory, text, day)


def _each(inventory: Inventory, text: Text, day: date) -> None:
    found = changes.named(changed.counts(inventory, day), text)
    for kind, way, said in found:
        url.link("changes", said, since=f"{day:%Y-%m-%d}", kind=kind, way=way)
    if not found:
        st.markdown(text("overview.nothing_since"), width="content")
    url.link("changes", text("overview.all_changes"), since=f"{day:%Y-%m-%d}")


def waiting(inventory: Inventory, text: Text) -> None:
    """What waits for an answer, a decision or a confirmation, each figure a link to its list."""
    found = words.waiting(inventory, text)
    if not found:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="xxsmall"):
        st.markdown(text("overview.waiting"), width="content")
        for name, said in found:
            page, query = WAITING[name]
            url.link(page, said, **query)
