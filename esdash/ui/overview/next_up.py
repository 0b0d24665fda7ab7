"""What is next: the first items of the priority list with their state, and the coming meeting."""

import streamlit as st

from esdash.charts import look
from esdash.inventory import Inventory
from esdash.texts import Text, is_missing
from esdash.ui.shell import screen, url
from esdash.wording import overview as words
from esdash.wording.escaping import bold, plain

LETTERS = 48  # of a title in one line beside its state
LETTERS_NARROW = 44  # above its state
STATE_WIDTH = 222  # pixels


def show(inventory: Inventory, text: Text) -> None:
    """The first items of the list, or of the findings while nobody has taken any; then the coming meeting."""
    narrow = screen.narrow()
    rows = words.first_items(inventory, text).to_dict("records")
    with st.container(gap="xsmall"):
        for row in rows:
            with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
                number = "\N{EN DASH}" if is_missing(row["rank"]) else text.number(row["rank"], 0)
                st.markdown(f"**{number}**", width=18)
                with st.container(width="stretch", gap=None):
                    title = look.short(row["title"], LETTERS_NARROW if narrow else LETTERS)
                    whole = row["title"] if title != row["title"] else ""
                    url.link("priorities", plain(title), whole, item=str(row["priority_item_id"]))
                    if narrow:
                        st.caption(plain(row["state_word"]))
                if not narrow:
                    st.caption(plain(row["state_word"]), width=STATE_WIDTH, text_alignment="right")
    if not rows:
        _findings(inventory, text)
    meeting = words.next_meeting(inventory, text)
    if meeting is None:
        url.link("meetings", text("overview.plan_meeting"))
    else:
        url.link("meetings", meeting[0], meeting=meeting[1], meetings="agenda")


def _findings(inventory: Inventory, text: Text) -> None:
    found = words.first_findings(inventory, text)
    if found.empty:
        st.info(text("priorities.empty"))
    for row in found.to_dict("records"):
        st.markdown(bold(f"{row['rank']}. {row['title']}") + "  \n" + plain(row["short"]))
