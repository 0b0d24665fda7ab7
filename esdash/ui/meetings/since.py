"""What changed since the last meeting: figures, white spots, and the list."""

from datetime import date

import streamlit as st

from esdash.analysis.meetings import points
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.ui.meetings.choice import Row
from esdash.ui.overview import lines, tiles
from esdash.ui.shell import page, url
from esdash.wording import since as words
from esdash.wording.escaping import plain
from esdash.wording.names import Names


def show(inventory: Inventory, text: Text, names: Names, meeting: Row, rows: list[Row]) -> None:
    """The figures of both days, what differs in the white spots, and what happened to the list."""
    day = before(inventory, meeting)
    if day is None:
        last = points.before(inventory, meeting["meeting_id"])
        st.info(text("since.today" if last and last["before_on"] == inventory.today() else "since.none"))
        return
    page.heading(text("since.title", day=day))
    tiles.show(inventory, text, day)
    lines.links(inventory, text, day)
    url.link("gaps", text("since.gaps"), versus=f"{day:%Y-%m-%d}")
    page.heading(text("since.list"))
    found = words.changes(inventory, text, day)
    for line in found or [text("since.list_same")]:
        st.markdown(f"- {plain(line)}")
    url.link("priorities", text("since.whole_list"))


def before(inventory: Inventory, meeting: Row) -> date | None:
    """The day of the last meeting before this one; None if it is the first, or if there are no data of that day."""
    return words.day_before(inventory, points.before(inventory, meeting["meeting_id"]))
