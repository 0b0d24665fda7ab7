"""What Weiße Flecken says although something is unknown: the met need between two ends, and what is assumed."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from esdash.analysis.selection import Selection
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.wording import bounds
from esdash.wording.escaping import plain


def show(
    answer: DeltaGenerator, filters: DeltaGenerator, inventory: Inventory, text: Text, selection: Selection
) -> None:
    """One line in the answer of the page, and the assumptions beside its filters; nothing where nothing is unknown."""
    sentences = bounds.answer(inventory, text, selection)
    if not sentences:
        return
    answer.markdown(plain(" ".join(sentences)))
    assumed = bounds.assumed(inventory, text, selection)
    if assumed:
        with filters.popover(text("bounds.assumptions"), type="tertiary", width="content"):
            st.caption(text("bounds.assumptions_note"))
            for sentence in assumed:
                st.text(sentence)
