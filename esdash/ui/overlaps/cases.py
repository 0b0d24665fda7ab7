"""Cases without a decision, the heaviest first, and beside them the chosen one."""

from typing import Any

import pandas as pd
import streamlit as st

from esdash import exports
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.ui.overlaps import case
from esdash.ui.overlaps.choice import OVERLAPS
from esdash.ui.shell import page, printing, screen
from esdash.ui.widgets import empty, tables
from esdash.ui.widgets.files import File
from esdash.wording import overlaps as words
from esdash.wording.escaping import plain
from esdash.wording.names import Names

AT_ONCE = 15  # cases in the list; the heaviest come first, and whoever wants more asks for them
_LISTED = "overlaps_list"
_MORE = "overlaps_shown"


def show(inventory: Inventory, text: Text, names: Names) -> None:
    """The list, the chosen case beside it at once, and the downloads."""
    frame = words.listed(inventory, text)
    if frame.empty:
        empty.explain(inventory, text, words.nothing(inventory, text))
        return
    wanted = OVERLAPS.case
    rows = frame[frame["case_id"] == wanted]
    if wanted and rows.empty:
        st.info(text("overlaps.gone"))
        OVERLAPS.case = None
    chosen: dict[Any, Any] = (rows if len(rows) else frame).iloc[0].to_dict()
    if printing.on():
        alt = text("overlaps.list", n=len(frame))
        page.heading(alt)
        tables.show(frame, words.columns(text), text, "overlaps_table", alt)
        case.show(inventory, text, names, chosen)
        return
    left, right = st.columns([2, 5], gap="medium")
    with left:
        _list(frame, text, str(chosen["case_id"]))
    with right:
        case.show(inventory, text, names, chosen)
    paper = File("overlaps.download_pdf", "overlaps", "pdf", exports.overlap_cases)
    tables.downloads(inventory, frame, words.columns(text), text("overlaps.download_title"), "overlaps", text, paper)


def _list(frame: pd.DataFrame, text: Text, chosen: str) -> None:
    """All cases, each with what is proposed; on a telephone folded into one field."""
    most = st.session_state.setdefault(_MORE, AT_ONCE)
    shown = frame[(frame["case_id"] == chosen) | (pd.RangeIndex(len(frame)) < most)]
    ids = shown["case_id"].tolist()
    named = dict(zip(ids, (plain(name) for name in shown["case_words"]), strict=True))
    below = [plain(line) for line in shown["proposal_words"]]
    st.session_state[_LISTED] = chosen
    label = text("overlaps.list", n=len(frame))
    if screen.narrow():
        st.selectbox(label, ids, format_func=named.__getitem__, key=_LISTED, on_change=_choose)
        return
    page.heading(label)
    st.radio(
        label,
        ids,
        format_func=named.__getitem__,
        captions=below,
        key=_LISTED,
        on_change=_choose,
        label_visibility="collapsed",
    )
    if len(frame) > most:
        st.button(text("overlaps.more", n=len(frame) - most), on_click=_more, key="overlaps_more")


def _choose() -> None:
    OVERLAPS.case = st.session_state[_LISTED]


def _more() -> None:
    st.session_state[_MORE] += AT_ONCE
