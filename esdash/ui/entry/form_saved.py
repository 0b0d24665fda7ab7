"""After a form is saved: the record, a message, and a link to enter the next one."""

from typing import NoReturn

import streamlit as st

from esdash.model.kinds import BY_TABLE
from esdash.texts import Text
from esdash.ui.entry import form_state, state
from esdash.ui.entry.form_state import Form
from esdash.ui.shell import messages


def leave(form: Form, record_id: str | None) -> NoReturn:
    """Close the form and show the record, or the list if there is none."""
    form_state.close(form)
    state.leave(form.table, record_id)
    st.rerun()


def done(form: Form, record_id: str, name: str, text: Text) -> NoReturn:
    """Close the form, show the record with the message that it is saved."""
    what = "new" if form.record_id is None else "edit" if form.changed else "same"
    linked = BY_TABLE[form.table].linked()
    again = {target: form.prefilled[field.name] for target, field in linked.items() if field.name in form.prefilled}
    link = (text("form_entry.another"), {"table": form.table, "new": "1", **again}) if what == "new" else None
    messages.tell("done", text(f"form_entry.saved_{what}", name=name), link=link)
    leave(form, record_id)
