"""What a page shows, made once: every click runs the whole page again, but most of it has not changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any, TypeVar

import pandas as pd
import streamlit as st

from esdash.inventory import Inventory
from esdash.texts import Text

ENTRIES = 150  # frames and figures of all pages; a page asks for about ten with each choice of its filters

Answer = TypeVar("Answer")


def kept(make: Callable[..., Answer]) -> Callable[..., Answer]:
    """Keep what `make(inventory, text, *choice)` returns until the inventory or the day changes, in each language.

    The choice is made of words, numbers, days and lists of them. What `make` raises is not kept. Nobody may change
    what is kept, except that a frame may get new columns: everybody gets a light copy of it.
    """
    name = f"{make.__module__}.{make.__qualname__}"

    @wraps(make)
    def ask(inventory: Inventory, text: Text, *choice: Any) -> Any:
        frozen = tuple(tuple(value) if isinstance(value, list) else value for value in choice)
        state = (inventory.state, inventory.today(), text.language)
        answer = _once(name, *state, frozen, make, inventory, text)
        return answer.copy(deep=False) if isinstance(answer, pd.DataFrame) else answer

    return ask


@st.cache_resource(max_entries=ENTRIES, show_spinner=False)
def _once(
    name: str,
    state: tuple[str, int],
    today: date,
    language: str,
    choice: tuple[Any, ...],
    _make: Callable[..., Any],
    _inventory: Inventory,
    _text: Text,
) -> Any:
    return _make(_inventory, _text, *choice)
