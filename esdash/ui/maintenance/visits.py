"""Where nobody has looked: theme × district to visit, the most needed places first."""

import pandas as pd
import streamlit as st

from esdash.analysis.questions import questions
from esdash.inventory import Inventory
from esdash.inventory.cached import cached
from esdash.texts import Text
from esdash.ui.shell import page, url
from esdash.ui.widgets import tables
from esdash.wording import questions as wording
from esdash.wording.columns import Column, headed
from esdash.wording.escaping import bold
from esdash.wording.names import names_of


def show(inventory: Inventory, text: Text) -> None:
    """The table; a clicked row leads to Weiße Flecken, where one says that somebody has looked."""
    frame = _worded(inventory, text)
    if frame.empty:
        return
    page.heading(text.count("ask.visits", len(frame)))
    st.markdown(text("ask.visits_sentence"))

    def opened(cell: str) -> None:
        row = frame[frame["cell"] == cell].iloc[0]
        st.markdown(text("ask.visit", theme=bold(row["theme"]), district=bold(row["district"])))
        st.text(wording.visit(row, text))
        where = {"theme_in": row["theme_id"], "district_in": row["district_id"]}
        url.link("gaps", text("ask.visit_record"), **where, beside="evidence")

    alt = text("ask.visits_alt", n=len(frame))
    tables.opening(frame, _columns(text), text, "visits", alt, opened, height=300)
    tables.downloads(inventory, frame, _columns(text), text("ask.visits_title"), "besuche", text)


@cached
def _worded(inventory: Inventory, text: Text) -> pd.DataFrame:
    found = wording.visits_in_words(questions.visits(inventory), names_of(inventory, text), text)
    return found[["cell", *(name for name in found if name != "cell")]]


def _columns(text: Text) -> list[Column]:
    return headed(
        text,
        "",
        ("theme", "handout.theme"),
        ("district", "handout.district"),
        ("needed", "ask.column_needed"),
        ("known", "ask.column_known"),
    )
