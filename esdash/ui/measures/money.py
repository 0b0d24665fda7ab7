"""The part of Maßnahmen about money."""

import streamlit as st

from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.wording.names import Names


def show(inventory: Inventory, text: Text, names: Names) -> None:
    """The money of the programme, by category and measure."""
    st.info(text("measures.money_soon"))
