"""Lists in words, made once."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from esdash.analysis.records.search import Chosen
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.ui.shell.cached import kept
from esdash.ui.widgets.names import names_of
from esdash.wording import listing


def initiatives(inventory: Inventory, text: Text, query: str, chosen: Chosen) -> pd.DataFrame:
    """One row per chosen initiative with names and words."""
    wanted = tuple((facet, tuple(options)) for facet, options in sorted(chosen.items()) if options)
    return _initiatives(inventory.state, inventory.today(), text.language, query, wanted, inventory)


@st.cache_resource(max_entries=32, show_spinner=False)  # not @kept: people search for anything, and frames are large
def _initiatives(
    state: tuple[str, int], today: Any, language: str, query: str, wanted: tuple[Any, ...], _inventory: Inventory
) -> pd.DataFrame:
    return listing.initiatives(_inventory, names_of(_inventory, Text(language)), query, dict(wanted))


@kept
def sessions(inventory: Inventory, text: Text) -> pd.DataFrame:
    """Sessions with words for place and state."""
    return listing.sessions(inventory, names_of(inventory, text))


@kept
def courses(inventory: Inventory, text: Text) -> pd.DataFrame:
    """Courses with the names of their modules and languages."""
    return listing.courses(inventory, names_of(inventory, text))
