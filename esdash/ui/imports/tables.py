"""The part of Importieren for tables of records: upload, match, check, import."""

import streamlit as st

from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.ui.imports import meanings, prepared, preview, running, upload
from esdash.ui.imports import work as state
from esdash.ui.shell import page, printing


def show(inventory: Inventory, text: Text) -> None:
    """The step at which the import of this visitor stands."""
    work = state.current()
    if work is None and printing.on():
        return
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
