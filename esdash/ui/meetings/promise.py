"""Promises in a meeting: what became of the one on the agenda, and those that come onto none by themselves."""

import streamlit as st

from esdash.analysis.workshops import listed
from esdash.inventory import Inventory
from esdash.inventory.steering.meetings import meetings
from esdash.texts import Text
from esdash.ui.meetings.choice import Row
from esdash.ui.shell import url
from esdash.ui.workshops import promise_forms
from esdash.wording import workshops as words
from esdash.wording.escaping import plain


def show(inventory: Inventory, text: Text, point: Row) -> None:
    """The buttons that say what became of the promise of a point: kept, not kept, released, a new day."""
    for row in listed.promises(inventory):
        if row["commitment_id"] == point["subject"]:
            promise_forms.show(inventory, text, row)


def undated(inventory: Inventory, text: Text, meeting: Row) -> None:
    """Below the agenda of a coming meeting: the open promises without a day, in one calm line."""
    coming = meeting["meeting_state"] in meetings.COMING and not meeting["cancelled"]
    said = words.undated(inventory, text) if coming else ""
    if said:
        st.caption(plain(said))
        url.link("workshops", text("promises.undated_link"), workshops="promises", promise_state="open")
