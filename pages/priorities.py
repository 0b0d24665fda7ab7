"""What comes first, and why?"""

import streamlit as st

from esdash.ui.priorities import answers, choice, listed, proposals, versions, voices
from esdash.ui.shell import lookback, messages, page, session
from esdash.ui.widgets import to_meeting
from esdash.wording.names import names_of

text = session.text()
inventory = lookback.shown(text)
names = names_of(inventory, text)
head = st.container()
messages.show()
with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
    part = choice.part(inventory, text, names)
    if part == "list":
        listed.paper(inventory, text)
with head:
    page.title(text("priorities.title"))
    if part != "proposals":  # which have a sentence of their own
        st.markdown(listed.sentence(inventory, text))
{
    "list": listed.show,
    "proposals": proposals.show,
    "voices": voices.show,
    "versions": versions.show,
    "answers": answers.show,
}[part](inventory, text, names)
choice.give()
to_meeting.button(inventory, text, text("priorities.nav"), choice.PRIORITIES)
page.data_status(inventory, text, text.name(names.city, "population_note"))
