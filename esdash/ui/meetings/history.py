"""All meetings and all decisions, with their files."""

import pandas as pd
import streamlit as st

from esdash.analysis.meetings import points
from esdash.inventory import Inventory
from esdash.inventory.access import Action, Actor
from esdash.inventory.steering.meetings import decisions
from esdash.texts import Text
from esdash.ui.meetings import minutes_files
from esdash.ui.shell import page, url
from esdash.ui.widgets import tables
from esdash.wording import decisions as words
from esdash.wording import meetings
from esdash.wording.columns import headed
from esdash.wording.names import Names


def show(inventory: Inventory, text: Text, names: Names) -> None:
    """The meetings, then the decisions, the newest first."""
    known = points.meetings(inventory)
    page.heading(text("meetings.all"))
    if not known:
        st.info(text("meetings.none"))
        return
    frame = pd.DataFrame(
        {
            "meeting_id": [row["meeting_id"] for row in known],
            "day": [row["held_on"] for row in known],
            "name": [row["name"] for row in known],
            "number": [row["number"] or "–" for row in known],
            "state_word": [meetings.state(row, text) for row in known],
        }
    )
    columns = headed(
        text,
        "",
        *(
            ("day", "meetings.day"),
            ("name", "meetings.name"),
            ("number", "meetings.number"),
            ("state_word", "meetings.state"),
        ),
    )
    alt = text("meetings.alt", n=len(frame))
    if picked := tables.show(frame, columns, text, "meetings_table", alt, 250, choose=True):
        chosen = next(row for row in known if row["meeting_id"] == picked)
        url.link("meetings", text("meetings.open", name=chosen["name"]), meeting=picked, meetings="minutes")
    page.heading(text("meetings.decisions"))
    made = words.listed(inventory, text)
    if made.empty:
        st.info(text("meetings.no_decisions"))
        return
    alt = text("meetings.decisions_alt", n=len(made))
    if page.may(inventory, Action.DECIDE_POINT):
        ticked = tables.ticking(made, words.columns(text), text, "decisions_table", alt, 420).ticked
        told = (inventory, text, ticked)
        st.button(
            text.count("meetings.tell", len(ticked)),
            on_click=_told,
            args=told,
            disabled=not ticked,
            key="decisions_told",
        )
    else:
        tables.show(made, words.columns(text), text, "decisions_table", alt, 420)
    minutes_files.decisions(inventory, text)


def _told(inventory: Inventory, text: Text, numbers: list[str]) -> None:
    """Note that those who brought the points were told of these decisions today."""
    rows = points.decisions(inventory)
    ids = rows.loc[rows["number"].isin(numbers), "decision_id"].tolist()

    def act(actor: Actor) -> None:
        decisions.communicated(inventory, actor, ids, inventory.today())

    page.act(inventory, text, Action.DECIDE_POINT, act, text("meetings.told"))
