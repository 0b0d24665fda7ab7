"""Who works with whom, and who could help?"""

import streamlit as st

from esdash.ui.actors import choice, helpers, listed, net
from esdash.ui.shell import lookback, page, session
from esdash.ui.widgets import to_meeting
from esdash.wording.names import names_of

text = session.text()
inventory = lookback.shown(text)
names = names_of(inventory, text)
head = st.container()
choice.take(inventory, names)
with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", gap="small"):
    part = choice.part(text)
    if part == "net":
        net.beside_the_parts(inventory, text, names)
parts = {"organizations": listed, "net": net, "help": helpers}
with head:
    page.question(text, "actors", parts[part].sentence(inventory, text, names))
parts[part].show(inventory, text, names)
choice.ACTORS.give()
to_meeting.button(inventory, text, text("actors.nav"), choice.ACTORS)
page.data_status(inventory, text)
