"""Who does what, for whom, where and when?"""

import streamlit as st

from esdash.ui.initiatives import detail, offers
from esdash.ui.initiatives.offers import INITIATIVES, OFFERS
from esdash.ui.shell import lookback, page, session
from esdash.ui.widgets import to_meeting
from esdash.wording import listing
from esdash.wording.names import names_of

text = session.text()
inventory = lookback.shown(text)
names = names_of(inventory, text)

OFFERS.take(inventory)
if INITIATIVES.opened:
    INITIATIVES.give()
    detail.initiative(inventory, INITIATIVES.opened, names, lambda: offers.back(text))
    page.data_status(inventory, text)
    st.stop()

page.title(text("initiatives.title"))
sentence = st.empty()
OFFERS.choose(inventory, names)
frame, columns = listing.initiatives(inventory, text, OFFERS.query, OFFERS.chosen), listing.initiatives_on_screen(text)
sentence.markdown(offers.sentence(inventory, frame, text))
view = OFFERS.view(text)
INITIATIVES.give()
if view == "organizations":
    offers.organizations(inventory, frame, text)
else:
    OFFERS.show(view, inventory, names, frame, columns)
    if len(frame):
        offers.downloads(inventory, len(frame), text)
to_meeting.button(inventory, text, text("initiatives.nav"), INITIATIVES)
page.data_status(inventory, text)
