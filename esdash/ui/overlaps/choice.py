"""The page state of Doppelstrukturen, and the switch between its parts."""

import streamlit as st

from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.ui.shell.state import Maybe, OneOf, PageState
from esdash.ui.widgets import filters
from esdash.wording import overlaps as words
from esdash.wording.names import Names


class Overlaps(PageState):
    """The open part, the chosen case, and the organisation in the middle of the network."""

    page = "overlaps"
    part = OneOf(("open", "decided", "providers", "network"), link="overlaps")
    case = Maybe()
    around = Maybe()


OVERLAPS = Overlaps()


def part(inventory: Inventory, text: Text, names: Names) -> str:
    """The switch between the parts."""
    nothing = bool(st.query_params.get("case")) and words.listed(inventory, text).empty
    OVERLAPS.take(None, around=names.ids("organization"), **({"case": ()} if nothing else {}))  # else the list says it
    return filters.switch(Overlaps.part, text("overlaps.part"), lambda name: text(f"overlaps.part_{name}"))
