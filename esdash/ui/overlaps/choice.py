"""Which part of the page Doppelstrukturen is open and what is chosen in it; the URL carries it."""

import streamlit as st

from esdash.inventory import Inventory
from esdash.inventory.access import Action
from esdash.texts import Text
from esdash.ui.shell import author, page
from esdash.ui.shell.state import Maybe, OneOf, PageState
from esdash.ui.widgets import filters
from esdash.wording.names import Names


class Overlaps(PageState):
    """The open part, the case at hand, and the organisation that the network is drawn around."""

    page = "overlaps"
    part = OneOf(("open", "decided", "providers", "network"), link="overlaps")
    case = Maybe()
    around = Maybe()


OVERLAPS = Overlaps()


def part(inventory: Inventory, text: Text, names: Names) -> str:
    """The switch between the parts, and beside it the name of who is at work, where something can be saved."""
    OVERLAPS.take(around=names.ids("organization"))
    left, right = st.columns([5, 2], gap="medium", vertical_alignment="bottom")
    with left:
        chosen = filters.switch(Overlaps.part, text("overlaps.part"), lambda name: text(f"overlaps.part_{name}"))
    if chosen in ("open", "decided") and page.may(inventory, Action.DECIDE_OVERLAP):
        with right:
            author.ask(text)
    return chosen
