"""What became of it?"""

import streamlit as st

from esdash.analysis.measures import listed
from esdash.ui.measures import board, choice, control, money, timeline
from esdash.ui.shell import lookback, messages, page, session
from esdash.wording import measures as words
from esdash.wording.names import names_of

text = session.text()
inventory = lookback.shown(text)
names = names_of(inventory, text)
head = st.container()
messages.show()
with st.container(horizontal=True, vertical_alignment="center", gap="small"):
    part = choice.part(inventory, text, names)
    if part == "board":
        board.beside_the_parts(inventory, text)
with head:
    measures = words.sentence(listed.measures(inventory), text)
    page.question(text, "measures", money.sentence(inventory, text) if part == "money" else measures)
parts = {"board": board.show, "timeline": timeline.show, "control": control.show, "money": money.show}
parts[part](inventory, text, names)
choice.MEASURES.give()
page.data_status(inventory, text)
