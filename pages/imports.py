"""How do spreadsheets get into the inventory?"""

import streamlit as st

from esdash.ui.imports import earlier, meanings, prepared, preview, running, upload
from esdash.ui.imports import work as state
from esdash.ui.shell import page, session

text, inventory = session.text(), session.inventory()
page.title(text, "imports", text("imports.sentence"))
earlier.outcome(inventory, text)
work = state.current()
if work is None:
    with st.container(border=True):
        upload.ask(inventory, text)
elif work.wanted:
    running.run(inventory, work, text)
elif work.finished:
    with st.container(border=True):
        running.summary(inventory, work, text)
else:
    with st.container(border=True):
        upload.chosen(inventory, work, text)
    with running.progress(work, text) as progress:
        found = prepared.prepare(inventory, work, progress)
    with st.container(border=True):
        meanings.show(inventory, work, found, text)
    if found.plan:
        with st.container(border=True):
            page.heading(text("imports.step_check"))
            preview.show(inventory, work, found, text)
            running.button(inventory, work, found, text)
earlier.show(inventory, text)
page.data_status(inventory, text)
