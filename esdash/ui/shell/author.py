"""The visitor's own name, which the change log records with every change."""

from typing import Any

import streamlit as st

from esdash.inventory.access import Actor
from esdash.texts import Text
from esdash.ui.shell import printing

LONGEST_NAME = 60


def current() -> Actor | None:
    """The actor of this visitor; None as long as the name is missing."""
    name = str(st.session_state.get("author") or "").strip()
    return Actor(name[:LONGEST_NAME]) if name else None


def ask(text: Text, place: str = "") -> Actor | None:
    """The field for one's own name, stored for this visit; returns the actor, None if the name is missing.

    `place` distinguishes several such fields on a page; all show the same name. Paper has no such field.
    """
    if printing.on():
        return current()
    key = f"author_{place}" if place else "author"
    settings: dict[str, Any] = {"persist_state": "session", "width": 260}
    if place:
        st.session_state[key] = st.session_state.get("author") or ""
        settings = {"on_change": _take, "args": (key,)}
    st.text_input(
        text("author.name"),
        key=key,
        max_chars=LONGEST_NAME,
        autocomplete="name",
        placeholder=text("author.placeholder"),
        help=text("author.help"),
        **settings,
    )
    return current()


def _take(key: str) -> None:
    st.session_state["author"] = st.session_state[key]
