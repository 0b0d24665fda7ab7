"""What stands beside the matrix of the page Weiße Flecken: the geographic map, or the evidence of what is chosen."""

from esdash.analysis.selection import View
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.ui.gaps import drawer, map_view
from esdash.ui.gaps.state import Gaps
from esdash.ui.widgets import filters
from esdash.wording.names import Names


def show(inventory: Inventory, text: Text, names: Names, view: View, now: Inventory | None) -> None:
    """The choice, and what is chosen; the map if nothing is selected. `now` as in drawer.show."""
    chosen = "map"
    if view.selection:
        chosen = filters.switch(Gaps.beside, text("gaps.beside"), lambda name: text(f"gaps.beside_{name}"))
    if chosen == "evidence":
        drawer.show(inventory, text, names, view.selection, now)
    else:
        map_view.show(inventory, text, names, view)
