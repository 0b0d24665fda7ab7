"""The page state of Werkstatt, the switch between its parts, and tables whose rows open above them."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from esdash.analysis.workshops import listed
from esdash.inventory import Inventory
from esdash.inventory.access import Action
from esdash.texts import Text
from esdash.ui.shell import printing
from esdash.ui.shell.state import Field, Maybe, OneOf, PageState
from esdash.ui.widgets import filters, tables
from esdash.ui.widgets.lines import Lines
from esdash.wording.columns import Column
from esdash.wording.names import Names

PARTS = ("workshops", "ideas", "promises")
WRITING = (Action.RECORD_WORKSHOP, Action.KEEP_IDEAS, Action.KEEP_PROMISES)

Row = dict[str, Any]


class Workshops(PageState):
    """The open part; the chosen workshop, idea and promise; which ideas and promises are shown; paper or screen."""

    page = "workshops"
    part = OneOf(PARTS, link="workshops")
    workshop = Maybe()
    idea = Maybe()
    promise = Maybe()
    ideas = OneOf(("all", "new", "listed", "merged", "parked"), link="idea_state")
    promises = OneOf(("all", "open", "overdue", "kept", "broken", "released"), link="promise_state")
    whose = Maybe()


WORKSHOPS = Workshops()
IDEAS = Lines("idea", WORKSHOPS, Workshops.idea)
PROMISES = Lines("promise", WORKSHOPS, Workshops.promise)


def part(inventory: Inventory, text: Text, names: Names) -> str:
    """The switch between the parts."""
    WORKSHOPS.take(
        None,
        workshop=[row["workshop_id"] for row in listed.workshops(inventory)],
        idea=[row["idea_id"] for row in listed.ideas(inventory)],
        promise=[row["commitment_id"] for row in listed.promises(inventory)],
        whose=names.ids("organization"),
    )
    return filters.switch(Workshops.part, text("workshops.part"), lambda name: text(f"workshops.part_{name}"))


def table(frame: pd.DataFrame, columns: Sequence[Column], text: Text, field: Field[Any], alt: str, how: str) -> None:
    """A table whose rows open above it, by the value of its first column, which goes into the link."""
    turn = st.session_state.setdefault(f"{field.key} turn", 0)  # a closed row is not chosen any more
    picked = tables.show(frame, columns, text, f"{field.key} table {turn}", alt, choose=True)
    printing.hint(how)
    if picked and picked != getattr(WORKSHOPS, field.name):
        setattr(WORKSHOPS, field.name, picked)
        WORKSHOPS.give()
        st.rerun()  # it opens above the table, which makes room for it


def close(field: Field[Any]) -> None:
    """Close the open row of a table."""
    setattr(WORKSHOPS, field.name, None)
    st.session_state[f"{field.key} turn"] = st.session_state.get(f"{field.key} turn", 0) + 1


def open_one(name: str, lines: Lines, key: str) -> None:
    """Open an idea or a promise in its part."""
    WORKSHOPS.part = name
    lines.choose(key)


def chosen(rows: Sequence[Row], key: str, wanted: str | None) -> Row | None:
    """The row that is open, if there is one."""
    return next((row for row in rows if row[key] == wanted), None) if wanted else None
