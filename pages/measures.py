"""What became of it?"""

import streamlit as st

from esdash.ui.measures import choice, money
from esdash.ui.shell import lookback, messages, page, session
from esdash.wording.names import names_of

text = session.text()
inventory = lookback.shown(text)
names = names_of(inventory, text)
st.title(text("measures.title"), anchor=False)
messages.show()
choice.MEASURES.take(None, lead=names.ids("organization"))
part = choice.part(inventory, text, names)
if part == "money":
    money.show(inventory, text, names)
choice.MEASURES.give()
page.data_status(inventory, text)
