"""The chosen training dates as a calendar file, and the address of all of them to subscribe to."""

from urllib.parse import urlsplit

import pandas as pd
import streamlit as st

from esdash import exports
from esdash.exports.exchange.calendar import REFRESH
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.ui.shell import url
from esdash.ui.widgets.files import File

_HERE = ("127.0.0.1", "localhost", "::1")  # addresses that no other machine reaches


def of(session_ids: set[str]) -> File:
    """The calendar file of these dates, which are all that the filters leave: past and cancelled ones too."""
    return File("calendar.download", "sessions", "ics", _content, (session_ids,))


def about(held: pd.DataFrame, everything: pd.DataFrame, text: Text) -> None:
    """What the file holds, and below it the address to subscribe to; of both the sessions (listing.sessions)."""
    st.caption(text("calendar.hint", **_counts(held)))
    with st.expander(text("calendar.subscribe")):
        address = url.calendar(st.context.url or "", text)
        every = int(REFRESH.total_seconds()) // 3600
        st.markdown(text("calendar.subscribe_hint", hours=every, **_counts(everything)))
        st.code(address, language=None)
        if urlsplit(address).hostname in _HERE:
            st.caption(text("calendar.only_here"))


def _counts(sessions: pd.DataFrame) -> dict[str, int]:
    return {"n": len(sessions), "cancelled": int(sessions["status"].eq("cancelled").sum())}


def _content(inventory: Inventory, text: Text, session_ids: set[str]) -> bytes:
    return exports.trainings_calendar(inventory, text, session_ids)
