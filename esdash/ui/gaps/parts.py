"""The main picture of the page Weiße Flecken: its title, the matrix, its key, and what is said below it."""

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
from esdash.ui.shell import how, page, printing, screen
from esdash.ui.widgets import key as key_widget
from esdash.ui.widgets import tables
from esdash.wording import faces, tiles
from esdash.wording import gaps as wording
from esdash.wording.names import Names


def title(inventory: Inventory, text: Text, names: Names, view: View) -> None:
    """The title of the picture, which says under what conditions it holds."""
    page.heading(wording.picture(faces.face(inventory, text, view).title, inventory, names))


def key(inventory: Inventory, text: Text, view: View, small_maps: bool) -> None:
    """The one key of matrix, tile map and map, or of the small maps."""
    of = "gaps_maps_key" if small_maps else "gaps_key"
    key_widget.show(figures.keys(inventory, text, view, small_maps, key_widget.width()), text, of)


def matrix(inventory: Inventory, text: Text, view: View) -> None:
    """The matrix, as high as the tile map; in a narrow window it scrolls in itself."""
    drawn = faces.face(inventory, text, view)
    with st.grid(1, min_column_width=least_width(drawn, small=True), wrap=False):
        st.plotly_chart(
            figures.matrix(inventory, text, view, alone=screen.narrow(), paper=printing.on()),
            key="gaps_matrix",
            config=look.CONFIG,
            on_select=partial(choosing.from_matrix, view),
            selection_mode="points",
            alt=text("gaps.matrix_alt", white=gaps.summary(inventory, view.selection.only_groups).white),
        )


def notes(inventory: Inventory, text: Text, view: View) -> None:
    """What the picture means, and folded away its two tables."""
    drawn = tiles.tile_map(inventory, text, view)
    more = [text("gaps.legend_offers")] if view.measure == "offers" else []
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(" ".join([drawn.note, *more]))
        with st.container(width="content"):
            how.link(text, "coverage")
    # a browser breaks no grid between sheets
    with st.container() if printing.on() else st.grid(2, min_column_width=300, gap="small"):
        tables.beside(*figures.as_table(inventory, text, view), text, "gaps_matrix_table", text("gaps.matrix_table"))
        tables.unfolding(lambda: tiles.as_table(drawn, text), text, "gaps_tiles_table", text("gaps.tiles_table"))
