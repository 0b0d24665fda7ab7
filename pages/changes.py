"""What has changed?"""

import streamlit as st

from esdash.analysis.overview import changed
from esdash.errors import UserError
from esdash.ui.changes import choice, listed, printed
from esdash.ui.changes.choice import CHANGES
from esdash.ui.overview import since
from esdash.ui.shell import lookback, page, printing, session
from esdash.ui.widgets import to_meeting
from esdash.wording import changes as words
from esdash.wording.escaping import plain

text = session.text()
inventory = lookback.shown(text)
page.title(text("changes.title"))
sentence = st.empty()
day = choice.day(inventory, text)
if not since.days(inventory):
    st.info(text("changes.young"))
elif day is not None:
    try:
        counts = changed.counts(inventory, day)
        sentence.markdown(plain(words.sentence(counts, text, day)))
        (printed if printing.on() else listed).show(inventory, text, day, counts)
    except UserError as error:
        session.show_error(error)
    if not printing.on():
        listed.growth(inventory, text)
CHANGES.give()
to_meeting.button(inventory, text, text("changes.nav"), CHANGES)
page.data_status(inventory, text)
