"""Where can a volunteer go, and whom to ask?"""

import streamlit as st

from esdash.ui.contact_points import choice, finder, listed, printing, texts, volunteers
from esdash.ui.shell import lookback, messages, page, session
from esdash.wording.names import names_of

text = session.text()
inventory = lookback.shown(text)
names = names_of(inventory, text)
head = st.container()
messages.show()
part = choice.part(text)
parts = {"list": listed, "finder": finder, "volunteers": volunteers, "print": printing, "texts": texts}
with head:
    page.question(text, "contact_points", parts[part].sentence(inventory, text))
parts[part].show(inventory, text, names)
choice.CONTACT_POINTS.give()
page.data_status(inventory, text)
