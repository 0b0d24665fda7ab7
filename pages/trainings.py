"""Which trainings are there, and where is a place free?"""

import streamlit as st

from esdash.analysis.trainings import training
from esdash.ui.shell import lookback, page, session, url
from esdash.ui.trainings import choice, dates, modules, plan
from esdash.ui.widgets import to_meeting
from esdash.wording import listing
from esdash.wording import trainings as words
from esdash.wording.names import names_of

text = session.text()
inventory = lookback.shown(text)
names = names_of(inventory, text)
coming, courses = listing.coming(inventory, text), listing.courses(inventory, text)
sentence = st.empty()
if courses.empty:
    page.title(text("trainings.title"))
    sentence.markdown(text("trainings.sentence_empty"))
    st.info(text("trainings.empty"))
    with st.container(horizontal=True, gap="medium"):
        for step in ("imports", "entry"):
            url.link(step, text(f"app.empty_{step}"))
    page.data_status(inventory, text)
    st.stop()

providers = listing.providers(inventory, text)
choice.take(names, providers, coming["session_id"])
view, beside = choice.view(text)
page.title(words.title(view, text))
if view == "plan":
    plan.show(inventory, text, names, sentence, beside)
elif view == "modules":
    modules.show(inventory, text, names, sentence)
else:
    untaught = training.modules(inventory)["providers"].eq(0).sum()
    sentence.markdown(words.sentence(coming, len(courses), int(untaught), text))
    dates.show(inventory, text, names, providers, beside)
choice.TRAININGS.give()
to_meeting.button(inventory, text, words.title(view, text), choice.TRAININGS)
page.data_status(inventory, text)
