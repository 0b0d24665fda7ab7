"""The page state of Maßnahmen, and the switch between its parts."""

import streamlit as st

from esdash.inventory import Inventory
from esdash.inventory.access import Action
from esdash.texts import Text
from esdash.ui.shell import author, page
from esdash.ui.shell.state import Maybe, OneOf, PageState
from esdash.ui.widgets import filters
from esdash.wording.names import Names


class Measures(PageState):
    """The open part, the chosen measure, and the organisation in the lead whose measures are shown."""

    page = "measures"
    part = OneOf(("board", "timeline", "control", "money"), link="part")
    measure = Maybe(link="id")
    lead = Maybe()


MEASURES = Measures()


def part(inventory: Inventory, text: Text, names: Names) -> str:
    """The switch between the parts, and the field for one's own name if something can be saved."""
    left, right = st.columns([5, 2], gap="medium", vertical_alignment="bottom")
    with left:
        chosen = filters.switch(Measures.part, text("measures.part"), lambda name: text(f"measures.part_{name}"))
    if page.may(inventory, Action.KEEP_MEASURE) or page.may(inventory, Action.START_MEASURE):
        with right:
            author.ask(text)
    return chosen
