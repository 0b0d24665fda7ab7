"""The key of a matrix or map under its colours and signs."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from esdash.charts import look
from esdash.charts.key import ROOM, WIDTH
from esdash.texts import Text
from esdash.ui.shell import printing, screen
from esdash.wording import classes
from esdash.wording.classes import Entry


def width() -> int:
    """The width of a line of the key [pixels]: all of a projector's, so that nearly every key is one line."""
    return WIDTH if screen.narrow() or printing.on() else ROOM


def show(parts: Sequence[tuple[Any, Sequence[Entry]]], text: Text, key: str) -> None:
    """The parts of a key (charts.keys) below each other; a line that has no room scrolls in itself."""
    room = width()
    with (
        st.container(width=room),
        st.grid(1, min_column_width=room, gap=("xxsmall", "xsmall"), wrap=room == WIDTH),
    ):
        for number, (figure, entries) in enumerate(parts):
            alt = text("gaps.key_alt", entries=classes.in_words(entries))
            st.plotly_chart(figure, key=f"{key}_{number}", config=look.CONFIG, alt=alt)
