"""Who is at work: the name that the change log keeps with every change."""

from __future__ import annotations

import streamlit as st

from esdash.inventory.access import Actor
from esdash.texts import Text

LONGEST_NAME = 60


def current() -> Actor | None:
    """Who is at work here; None where the name is still missing."""
    name = str(st.session_state.get("author") or "").strip()
    return Actor(name[:LONGEST_NAME]) if name else None


def ask(text: Text) -> Actor | None:
    """The field for one's own name, kept for this visit; returns who is at work, None where the name is missing."""
    st.text_input(
        text("author.name"),
        key="author",
        persist_state="session",
        max_chars=LONGEST_NAME,
        autocomplete="name",
        placeholder=text("author.placeholder"),
        help=text("author.help"),
        width=260,
    )
    return current()


def ask_again(text: Text, place: str) -> Actor | None:
    """The same field in another place of a page: one name for all of them."""
    key = f"author_{place}"
    st.session_state[key] = st.session_state.get("author") or ""
    st.text_input(
        text("author.name"),
        key=key,
        max_chars=LONGEST_NAME,
        autocomplete="name",
        placeholder=text("author.placeholder"),
        help=text("author.help"),
        on_change=_take,
        args=(key,),
    )
    return current()


def _take(key: str) -> None:
    st.session_state["author"] = st.session_state[key]
