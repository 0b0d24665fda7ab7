"""The ties for printing: plain tables, whole, without controls."""

import pandas as pd
import streamlit as st

from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.ui.actors import figures, history
from esdash.ui.shell import page, printing
from esdash.wording import actors as words
from esdash.wording.escaping import plain
from esdash.wording.names import Names


def show(inventory: Inventory, text: Text, names: Names) -> None:
    """All pairs with what ties them, who stands alone, and the figures."""
    frame, columns = words.pairs(inventory, text), words.pair_columns(text)
    page.heading(text("actors.pairs"))
    rows = [
        {column.label: plain(text.value(row[column.name])) for column in columns} for row in frame.to_dict("records")
    ]
    if rows:
        printing.table(pd.DataFrame(rows), text("actors.pairs_alt", n=len(rows)))
    else:
        st.text(text("actors.no_ties"))
    lonely = history.lonely(inventory, text)
    if len(lonely):
        page.heading(text("actors.alone"))
        said = zip(lonely["name"], lonely["could"], strict=True)
        heads = text("facet.organization"), text("actors.column_could")
        rows = [dict(zip(heads, map(plain, row), strict=True)) for row in said]
        printing.table(pd.DataFrame(rows), text("actors.alone"))
    page.heading(text("actors.programme"))
    figures.table(inventory, None, text)
