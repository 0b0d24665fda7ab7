"""What stands beside the matrix of the page Weiße Flecken: the tile map, the geographic map, or the evidence."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from esdash.analysis.selection import View
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.ui.gaps import drawer, map_view, tile_view
from esdash.ui.gaps.state import GAPS, Gaps
from esdash.ui.shell import printing, screen
from esdash.ui.widgets import filters
from esdash.wording.names import Names

SHARES = (39, 61)  # of matrix and what stands beside it: on a projector the names on the tiles just fit

PAPER = 690  # of a picture on A4 [pixels]


def choose(text: Text, view: View) -> str:
    """The choice of what is shown; the evidence only of what is chosen."""
    if not view.selection and GAPS.beside == "evidence":
        GAPS.beside = "tiles"
    options = [name for name in Gaps.beside.options if view.selection or name != "evidence"]
    with st.container(width="content"):
        return filters.switch(Gaps.beside, text("gaps.beside"), lambda name: text(f"gaps.beside_{name}"), options)


def places() -> tuple[DeltaGenerator, DeltaGenerator]:
    """The place of the matrix, and that of what is beside it, which on a telephone comes first, below its choice.

    On paper too: the sheet that begins with the tiles has room for them.
    """
    if printing.on():
        above, below = st.container(width=PAPER), st.container(width=PAPER)
        return below, above
    if screen.narrow():
        above, below = st.container(), st.container()
        return below, above
    left, right = st.columns(SHARES, gap="small")
    return left, right


def show(chosen: str, inventory: Inventory, text: Text, names: Names, view: View, now: Inventory | None) -> None:
    """What is chosen. `now` as in drawer.show."""
    if chosen == "evidence":
        drawer.show(inventory, text, names, view.selection, now)
    elif chosen == "map":
        map_view.show(inventory, text, names, view)
    else:
        tile_view.show(inventory, text, names, view)
