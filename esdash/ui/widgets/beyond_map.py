"""What lies beyond a map of the city is named below it."""

import pandas as pd
import streamlit as st

from esdash import charts
from esdash.analysis.records import records
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.wording.escaping import plain

NAMED = 8  # a longer list says less than its number


def show(inventory: Inventory, text: Text, points: pd.DataFrame) -> None:
    """A caption with the names of the points (lat, lon, name) that the map does not show, if there are some."""
    names = sorted(set(charts.beyond(records.reference(inventory, "district"), points).values()))
    if names:
        more = f", … ({len(names)})" if len(names) > NAMED else ""
        st.caption(plain(text("app.beyond_map", names=", ".join(names[:NAMED]) + more)))
