"""Who is at work: the name that the change log keeps with every change."""

from __future__ import annotations

import streamlit as st

from esdash.texts import Text

LONGEST_NAME = 60


def ask(text: Text) -> str:
    """The field for one's own name, kept for this visit; returns it, empty where it is still missing."""
    name = st.text_input(
        text("author.name"),
        key="author",
        persist_state="session",
        max_chars=LONGEST_NAME,
        autocomplete="name",
        placeholder=text("author.placeholder"),
        help=text("author.help"),
        width=260,
    )
    return (name or "").strip()


def missing(name: str, text: Text) -> bool:
    """Whether the name is missing; then a message says so, and nothing may be saved."""
    if not name:
        st.warning(text("author.missing"))
    return not name


def ask_again(text: Text, place: str) -> str:
    """The same field in another place of a page: one name for all of them."""
    key = f"author_{place}"
    st.session_state[key] = st.session_state.get("author") or ""
    name = st.text_input(
        text("author.name"),
        key=key,
        max_chars=LONGEST_NAME,
        autocomplete="name",
        placeholder=text("author.placeholder"),
        help=text("author.help"),
        on_change=_take,
        args=(key,),
    )
    return (name or "").strip()


def _take(key: str) -> None:
    st.session_state["author"] = st.session_state[key]
