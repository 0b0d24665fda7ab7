"""An inventory without records leads by the hand: bring in a list, enter by hand, say what was surveyed."""

import streamlit as st

from esdash.texts import Text
from esdash.ui.shell import url

STEPS = ("imports", "entry", "gaps")  # pages


def lead(text: Text) -> None:
    """What there is to do first, and a link to each of the pages for it."""
    st.info(text("app.empty_inventory"))
    with st.container(horizontal=True, gap="medium"):
        for page in STEPS:
            url.link(page, text(f"app.empty_{page}"))
