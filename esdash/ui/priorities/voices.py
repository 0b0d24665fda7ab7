"""The part "Stimmen" of the priority list."""

import streamlit as st

from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.wording.names import Names


def show(inventory: Inventory, text: Text, names: Names) -> None:
    """What this part says."""
    st.info(text("items.no_voices"))
