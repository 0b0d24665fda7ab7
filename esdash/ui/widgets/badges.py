"""Status and traffic light of a record, as words with a colour."""

from typing import Literal

import streamlit as st

from esdash.texts import Text
from esdash.wording import labels

Colour = Literal["green", "orange", "red", "gray", "blue"]
LIGHT_COLOURS: dict[str, Colour] = {"fresh": "green", "check": "orange", "stale": "red", "never": "red"}
RUNNING = {"active", "confirmed"}


def state(text: Text, status: str, light: str) -> None:
    """The badges for the status of today and the freshness of a record."""
    st.badge(labels.choice(text, "status", status), color="blue" if status in RUNNING else "gray")
    st.badge(labels.light(text, light), color=LIGHT_COLOURS[light])
