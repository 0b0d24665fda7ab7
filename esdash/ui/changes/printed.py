"""All changes on paper, as the report for the next meeting: everything is named, one list below the other."""

from datetime import date

import pandas as pd
import streamlit as st

from esdash.analysis.overview import changed
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.ui.changes.listed import Counts
from esdash.ui.shell import page
from esdash.ui.widgets import tables
from esdash.wording import changes as words

IN_SHORT = ("confirmed", "surveyed")  # ways of which a meeting reads what, and no more


def show(inventory: Inventory, text: Text, day: date, counts: Counts) -> None:
    """Every list that holds anything, what concerns the meeting most first."""
    order = [*words.NAMED, *(of for of in counts if of not in words.NAMED)]
    for kind, way in order:
        if not counts[kind, way]:
            continue
        heading = words.heading(kind, way, counts[kind, way], text)
        page.heading(heading)
        st.caption(text(f"changes.explained_{way}"))
        frame, columns = words.listed(inventory, text, day, kind, way), words.columns(kind, way, text)
        if way in IN_SHORT:
            _in_short(frame, "name" if kind in changed.RECORDS else "theme")
            continue
        tables.show(frame, columns, text, f"changes_{kind}_{way}_paper", text("changes.list_alt", heading=heading))
    same = [kind for kind in changed.KINDS if not any(counts[kind, way] for way in changed.WAYS[kind])]
    if same:
        st.caption(text("changes.unchanged", kinds=", ".join(words.kind(kind, text) for kind in same)))


def _in_short(frame: pd.DataFrame, by: str) -> None:
    """What nobody has to talk about, without a table: the names; of fields the districts of each theme."""
    if by == "name":
        st.text(" \N{MIDDLE DOT} ".join(frame["name"]))
        return
    for theme, rows in frame.groupby(by, sort=False):
        st.text(f"{theme}: {', '.join(rows['district'])}")
