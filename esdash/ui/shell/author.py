"""Who is at work: the name that the change log keeps with every change."""

from typing import Any

import streamlit as st

from esdash.inventory.access import Actor
from esdash.texts import Text

LONGEST_NAME = 60


def current() -> Actor | None:
    """Who is at work here; None where the name is still missing."""
    name = str(st.session_state.get("author") or "").strip()
    return Actor(name[:LONGEST_NAME]) if name else None


def ask(text: Text, place: str = "") -> Actor | None:
    """The field for one's own name, kept for this visit; returns who is at work, None where the name is missing.

    `place` tells the fields of one page apart: one name for all of them.
    """
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
