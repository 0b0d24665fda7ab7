"""What all pages share: the frame around them, the title with its sentence, the data status."""

from __future__ import annotations

import streamlit as st

from esdash.inventory import Inventory
from esdash.texts import LANGUAGES, Text
from esdash.ui.shell import lookback, session
from esdash.ui.shell.state import Visit
from esdash.ui.widgets.names import names_of


def frame(inventory: Inventory, text: Text, look_back: bool) -> None:
    """Above every page: whether the data are invented, the day that is shown, and the language."""
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        if session.is_example(inventory):
            st.badge(text("app.example_banner"), color="orange")
        else:
            st.caption(text("app.city", city=names_of(inventory, text).city["name"]))
        with st.container(horizontal=True, width="content", vertical_alignment="center"):
            if look_back:
                lookback.choose(inventory, text)
            st.segmented_control(
                text("app.language"),
                LANGUAGES,
                format_func=lambda language: text(f"language.{language}"),
                key=Visit.language.key,
                required=True,
                label_visibility="collapsed",
            )


def title(text: Text, key: str, sentence: str) -> None:
    """The question, and the answer in one sentence with the figures that matter."""
    st.title(text(f"{key}.title"), anchor=False)
    st.markdown(sentence)


def heading(words: str) -> None:
    """The title of a chart or table."""
    st.subheader(words, anchor=False)


def data_status(inventory: Inventory, text: Text, *more: str) -> None:
    """Below every page: from when the data are, and what must be known about them."""
    status = names_of(inventory, text).city
    parts = [text("app.data_status", city=status["name"], day=status["today"]), *more]
    st.caption(" · ".join(part for part in parts if part))
