"""The tile map of the page Weiße Flecken: the picture of what is missing where."""

from functools import partial

import streamlit as st

from esdash.analysis.selection import View
from esdash.charts import look
from esdash.charts.tile_map import least_width
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.ui.gaps import choice as choosing
from esdash.ui.gaps import figures
from esdash.wording import tiles
from esdash.wording.names import Names


def show(inventory: Inventory, text: Text, names: Names, view: View) -> None:
    """The tile map, which scrolls in itself where the window is too narrow."""
    drawn = tiles.tile_map(inventory, text, view)
    with st.grid(1, min_column_width=least_width(drawn), wrap=False):
        st.plotly_chart(
            figures.tile_map(inventory, text, view),
            key="gaps_tiles",
            config=look.CONFIG,
            on_select=partial(choosing.from_map, "gaps_tiles", names.ids("district")),
            selection_mode="points",
            alt=drawn.alt,
        )
