"""A workshop on paper, for everybody who took part: plain tables, whole; of the promises open and kept ones only."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from esdash.analysis.workshops import listed
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.ui.shell import page, printing
from esdash.ui.workshops import choice
from esdash.ui.workshops.choice import WORKSHOPS, Row
from esdash.wording import workshops as words
from esdash.wording.columns import Column
from esdash.wording.escaping import bold, plain
from esdash.wording.names import Names

IDEAS = ("text", "who", "theme", "district")
PROMISES = ("who", "text", "due", "state")


def sentence(inventory: Inventory, text: Text) -> str:
    """Which workshop it is, when and where; empty if none is printed."""
    row = choice.chosen(listed.workshops(inventory), "workshop_id", WORKSHOPS.workshop)
    if not printing.on() or WORKSHOPS.part != "workshops" or row is None:
        return ""
    place = row["place"] or text("word.unknown")
    return f"{bold(row['name'])} · {text.date(row['held_on'])} · {plain(place)}"


def show(inventory: Inventory, text: Text, names: Names, row: Row) -> None:
    """Who took part, what was said, its ideas and promises."""
    key = str(row["workshop_id"])
    for line in (words.participants(row, names, text), row["minutes"]):
        if line:
            st.text(line)
    ideas = words.idea_rows(inventory, text)
    _table(ideas[ideas["workshop_id"] == key], words.idea_columns(text), IDEAS, text("workshops.part_ideas"), text)
    promises = words.promise_rows(inventory, text, public=True)
    mine = promises[promises["workshop_id"] == key]
    _table(mine, words.promise_columns(text), PROMISES, text("workshops.part_promises"), text)
    st.caption(text("workshops.print_what"))


def _table(frame: pd.DataFrame, columns: Sequence[Column], shown: Sequence[str], title: str, text: Text) -> None:
    if frame.empty:
        return
    page.heading(title)
    labels = {column.name: column.label for column in columns}
    made = pd.DataFrame({labels[name]: [plain(text.value(value)) for value in frame[name]] for name in shown})
    printing.table(made, title)
