"""The tiles of the page Lagebild: figure, change since a day, link to exactly what it counts."""

from datetime import date

import streamlit as st

from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.ui.shell import printing, screen, url
from esdash.wording import overview as words
from esdash.wording.overview import Tile

# Tile → link to what it counts: page and filters.
TARGETS: dict[str, tuple[str, dict[str, str]]] = {
    "coverage": ("gaps", {}),
    "initiatives": ("initiatives", {"status": "active"}),
    "white": ("gaps", {"show": "white"}),
    "double_structures": ("priorities", {"priorities": "proposals", "kind": "overlap"}),
    "organizations": ("initiatives", {"view": "organizations"}),
    "incomplete": ("gaps", {"show": "unknown"}),
    "listed": ("priorities", {"priorities": "list"}),
}
LESS_IS_BETTER = ("white",)
AT_MOST = 5  # in one row
SIGNS = ("+", "\N{MINUS SIGN}")
LEAST_WIDTH = 150  # pixels: two beside each other on a telephone
LEAST_ON_PAPER = 110  # all beside each other


def show(inventory: Inventory, text: Text, day: date | None) -> None:
    """The tiles whose figure is known, in one row; on a telephone two by two."""
    found = words.tiles(inventory, text, day)
    with st.grid(AT_MOST, min_column_width=LEAST_ON_PAPER if printing.on() else LEAST_WIDTH, gap="small"):
        for name, tile in found.items():
            with st.container(border=True, height="stretch", gap=None):
                _tile(name, tile, text)


def _tile(name: str, tile: Tile, text: Text) -> None:
    """The change stands beside the link: below the figure it would take a line of each screen."""
    target, query = TARGETS[name]
    explained = None if screen.narrow() or printing.on() else tile.explained  # its sign takes room from the label
    st.metric(text(f"tile.{name}"), tile.value, help=explained)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", gap=None):
        if not printing.on():
            url.link(target, text(f"tile.{name}_open", n=tile.value), **query)
        if tile.change:
            st.markdown(_coloured(tile, name in LESS_IS_BETTER), width="content")


def _coloured(tile: Tile, less_is_better: bool) -> str:
    """The change with its sign, green where things got better; a word without a sign is grey."""
    if tile.change[0] not in SIGNS:
        return f":small[:gray[{tile.change}]]"
    better = (tile.change[0] == "+") is not less_is_better
    return f":small[:{'green' if better else 'orange'}[{tile.change}]]"
