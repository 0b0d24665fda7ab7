"""Where there is nothing to show yet: without offers a page leads by the hand, else it says what is unknown."""

import streamlit as st

from esdash.analysis.records import records
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.ui.shell import url
from esdash.ui.widgets import ask_next

STEPS = ("imports", "entry", "gaps")  # pages: bring in a list, enter by hand, say what was surveyed


def lead(text: Text, here: str = "") -> None:
    """What there is to do first, and a link to each of the pages for it but the one that is open."""
    st.info(text("app.empty_inventory"))
    with st.container(horizontal=True, gap="medium"):
        for page in (step for step in STEPS if step != here):
            url.link(page, text(f"app.empty_{page}"))


def without_offers(inventory: Inventory) -> bool:
    """Whether no offer runs."""
    return not records.initiatives(inventory)["running"].any()


def explain(inventory: Inventory, text: Text, why: str) -> None:
    """Lead by the hand where no offer runs; else say why there is nothing, with the call that would help most."""
    if without_offers(inventory):
        lead(text)
        return
    st.info(why)
    ask_next.show(inventory, text)
