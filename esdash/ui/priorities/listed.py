"""What people took onto the list: the part "Auf der Liste"."""

import streamlit as st

from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.wording.names import Names


def show(inventory: Inventory, text: Text, names: Names) -> None:
    """The list."""
    st.info(text("items.nothing_listed"))
