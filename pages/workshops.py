"""Who had which idea, and who promised what?"""

import streamlit as st

from esdash.analysis.workshops import listed
from esdash.ui.shell import lookback, messages, page, session
from esdash.ui.workshops import choice, held, ideas, printed, promises
from esdash.wording import workshops as words
from esdash.wording.names import names_of

text = session.text()
inventory = lookback.shown(text)
names = names_of(inventory, text)
head = st.container()
messages.show()
part = choice.part(inventory, text, names)
with head:
    paper = printed.sentence(inventory, text)  # goes out, so it has no figures of broken promises
    page.question(text, "workshops", paper or words.sentence(listed.counts(inventory), text))
{"workshops": held.show, "ideas": ideas.show, "promises": promises.show}[part](inventory, text, names)
choice.WORKSHOPS.give()
page.data_status(inventory, text)
