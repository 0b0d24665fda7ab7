"""The form for one record."""

from __future__ import annotations

import streamlit as st

from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.ui.names import Names


def show(inventory: Inventory, text: Text, known: Names, table: str, record_id: str | None) -> None:
    """The form for a record, empty without `record_id`."""
    st.title(text("entry.title"), anchor=False)
