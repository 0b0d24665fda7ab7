"""The page state of Was hat sich geändert?: the day, and the count whose list is shown."""

from collections.abc import Mapping
from datetime import date

import streamlit as st

from esdash.analysis.overview import changed
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.ui.overview import since
from esdash.ui.shell import printing
from esdash.ui.shell.state import Field, Maybe, PageState
from esdash.ui.widgets import filters
from esdash.wording import changes as words

ALL_WAYS = tuple(dict.fromkeys(way for ways in changed.WAYS.values() for way in ways))


class Changes(PageState):
    """The day that today is compared with, kind and way of the list that is shown."""

    page = "changes"
    since = Field("")
    kind = Maybe(changed.KINDS)
    way = Maybe(ALL_WAYS)


CHANGES = Changes()


def day(inventory: Inventory, text: Text) -> date | None:
    """The choice of the day; None if there is no earlier one, or while somebody picks another one."""
    named = since.days(inventory)
    CHANGES.take({"since": next(iter(named), "")}, since=filters.past_days(inventory))
    if not named:
        return None
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if not printing.on():
            st.markdown(text("changes.since"), width="content")
        since.choose(Changes.since, inventory, text, named)
    return since.chosen(CHANGES.since)


def shown(counts: Mapping[tuple[str, str], int]) -> tuple[str, str] | None:
    """Kind and way of the list that is shown: the chosen one, else the first that holds anything."""
    wanted = (CHANGES.kind or "", CHANGES.way or "")
    if wanted in counts:
        return wanted
    order = (*words.NAMED, *counts)
    return next((of for of in order if counts[of] and CHANGES.kind in (None, of[0])), None)


def choose(kind: str, way: str) -> None:
    """Show the list behind one count."""
    CHANGES.kind, CHANGES.way = kind, way
