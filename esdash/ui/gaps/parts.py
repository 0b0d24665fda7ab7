"""The matrix of the page Weiße Flecken, its key, and its table."""

from functools import partial

import streamlit as st

from esdash.analysis.coverage import gaps
from esdash.analysis.selection import View
from esdash.charts import look
from esdash.charts.matrix import least_width
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.ui.gaps import choice as choosing
from esdash.ui.gaps import figures
from esdash.ui.shell import page
from esdash.ui.widgets import key as key_widget
from esdash.ui.widgets import tables
from esdash.wording import faces


def key(inventory: Inventory, text: Text, view: View, small_maps: bool) -> None:
    """The one key of the tile map, the matrix and the map beside it, or of the small maps."""
    of = "gaps_maps_key" if small_maps else "gaps_key"
    key_widget.show(figures.keys(inventory, text, view, small_maps), text, of)


def matrix(inventory: Inventory, text: Text, view: View) -> None:
    """The matrix under its title, scrolling in itself in a narrow window, and folded away below it as a table."""
    drawn = faces.face(inventory, text, view)
    page.heading(drawn.title)
    with st.grid(1, min_column_width=least_width(drawn), wrap=False):
        st.plotly_chart(
            figures.matrix(inventory, text, view),
            key="gaps_matrix",
            config=look.CONFIG,
            on_select=partial(choosing.from_matrix, view),
            selection_mode="points",
            alt=text("gaps.matrix_alt", white=gaps.summary(inventory, view.selection.only_groups).white),
        )
    if view.measure == "offers":
        st.caption(text("gaps.legend_offers"))
    tables.beside(*figures.as_table(inventory, text, view), text, "gaps_matrix_table")
