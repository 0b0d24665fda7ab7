"""A button that opens a dialog, which stays open until it is closed or what it asks for is done."""

from collections.abc import Callable
from typing import Literal

import streamlit as st

from esdash.inventory import Inventory
from esdash.inventory.access import Action, Actor
from esdash.texts import Text
from esdash.ui.shell import messages, page

_OPEN = "open dialog"


def button(
    label: str, key: str, title: str, content: Callable[[], None], kind: Literal["primary", "secondary"] = "secondary"
) -> None:
    """The button and, once it was pressed, its dialog."""
    st.button(label, key=key, type=kind, on_click=_open, args=(key,))
    if st.session_state.get(_OPEN) == key:
        st.dialog(title, width="medium", on_dismiss=close)(content)()


def save(
    inventory: Inventory, text: Text, action: Action, act: Callable[[Actor], object], label: str, done: str, key: str
) -> None:
    """The button inside a dialog that does what it is for; the dialog closes, or says why nothing was done."""
    if st.button(label, key=key, type="primary") and page.act(inventory, text, action, act, done):
        close()
        st.rerun()
    messages.show()


def close() -> None:
    """Close the dialog."""
    st.session_state.pop(_OPEN, None)


def _open(key: str) -> None:
    messages.clear()
    st.session_state[_OPEN] = key
