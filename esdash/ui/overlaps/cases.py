"""Cases without a decision, the heaviest first, and the chosen one side by side."""

from typing import Any

import streamlit as st

from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.ui.overlaps import case
from esdash.ui.overlaps.choice import OVERLAPS
from esdash.ui.widgets import empty, tables
from esdash.wording import overlaps as words
from esdash.wording.names import Names

HEIGHT = 300


def show(inventory: Inventory, text: Text, names: Names) -> None:
    """The list, its downloads, and the chosen case."""
    frame = words.listed(inventory, text)
    if frame.empty:
        empty.explain(inventory, text, words.nothing(inventory, text))
        return
    columns = words.columns(text)
    alt = text("overlaps.table_alt", n=len(frame))
    picked = tables.show(frame, columns, text, "overlaps_table", alt, HEIGHT, choose=True)
    if picked:
        OVERLAPS.case = picked
    wanted = OVERLAPS.case
    rows = frame[frame["case_id"] == wanted]
    if wanted and rows.empty:
        st.info(text("overlaps.gone"))
        OVERLAPS.case = None
    chosen: dict[Any, Any] = (rows if len(rows) else frame).iloc[0].to_dict()
    with st.container(border=True):
        case.show(inventory, text, names, chosen)
    tables.downloads(inventory, frame, columns, text("overlaps.download_title"), "overlaps", text)
