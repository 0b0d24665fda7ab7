"""The key of a matrix or map under its colours and signs."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from esdash.charts import look
from esdash.charts.key import WIDTH
from esdash.texts import Text
from esdash.ui.shell import printing
from esdash.wording import classes
from esdash.wording.classes import Entry

IN_A_ROW = 3  # parts beside each other where there is room


def show(parts: Sequence[tuple[Any, Sequence[Entry]]], text: Text, key: str) -> None:
    """The parts of a key (charts.keys), as many beside each other as the window has room for."""
    row = 1 if printing.on() else IN_A_ROW
    with st.grid(row, min_column_width=WIDTH, gap=("xxsmall", "xsmall")):
        for number, (figure, entries) in enumerate(parts):
            alt = text("gaps.key_alt", entries=classes.in_words(entries))
            st.plotly_chart(figure, key=f"{key}_{number}", config=look.CONFIG, alt=alt)
