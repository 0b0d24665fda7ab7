"""The page state of Sitzung: the chosen meeting, the open part, the chosen point, the screen of the presentation."""

from typing import Any

import streamlit as st

from esdash.analysis.meetings import points
from esdash.inventory import Inventory
from esdash.inventory.access import Action
from esdash.texts import Text
from esdash.ui.shell import printing
from esdash.ui.shell.state import Field, Maybe, OneOf, PageState
from esdash.ui.widgets import filters
from esdash.wording import meetings as words

PARTS = ("agenda", "decide", "since", "minutes", "all")
WRITING = (Action.PLAN_MEETING, Action.EDIT_AGENDA, Action.DECIDE_POINT, Action.CLOSE_MEETING, Action.WRITE_MINUTES)

Row = dict[str, Any]


class Screen(Field[int | None]):
    """The number of a screen of the presentation, from 1; none is the page itself."""

    def __init__(self) -> None:
        super().__init__(None, None)

    def parsed(self, word: str) -> int:
        """A whole number from 1."""
        number = int(word)
        if number < 1:
            raise ValueError(word)
        return number


class Meetings(PageState):
    """The chosen meeting (none: the one that matters now), part and point, and the screen that is presented."""

    page = "meetings"
    meeting = Maybe()
    part = OneOf(PARTS, link="meetings")
    point = Maybe()
    present = Screen()


MEETINGS = Meetings()


def meeting(inventory: Inventory) -> Row | None:
    """The chosen meeting, or the one that matters now; None without any."""
    known = points.meetings(inventory)
    MEETINGS.take(meeting={row["meeting_id"] for row in known})
    return points.meeting(inventory, MEETINGS.meeting) or points.now(inventory)


def part(text: Text) -> str:
    """The switch between the parts."""
    return filters.switch(Meetings.part, text("meetings.part"), lambda name: text(f"meetings.part_{name}"))


def choose(inventory: Inventory, text: Text, shown: Row) -> None:
    """The choice among all meetings, the latest first, as wide as it needs; on paper the shown one."""
    if printing.on():
        st.text(words.named(shown, text))
        return
    known = {row["meeting_id"]: row for row in points.meetings(inventory)}
    key = f"meeting_choice_{shown['meeting_id']}_{shown['version']}"  # the browser keeps the words of the chosen one
    st.selectbox(
        text("meetings.which"),
        list(known),
        list(known).index(shown["meeting_id"]),
        lambda one: words.named(known[one], text),
        key=key,
        on_change=_take,
        args=(key,),
        label_visibility="collapsed",
        width=470,
    )


def _take(key: str) -> None:
    MEETINGS.meeting, MEETINGS.point = st.session_state[key], None
