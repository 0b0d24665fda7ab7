"""The money of one measure, with the way to its entries."""

import streamlit as st

from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.ui.shell import url
from esdash.ui.widgets.facts import fact
from esdash.wording import money as words


def show(inventory: Inventory, text: Text, measure_id: str) -> None:
    """What is paid, committed and earmarked for the measure; unknown where nothing is booked."""
    with fact(text("money.of_measure")), st.container(gap=None):
        st.text(words.of_measure(inventory, text, measure_id))
        url.link("measures", text("money.to_all"), measures="money", money="entries", of=measure_id)
