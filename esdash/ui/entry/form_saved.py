"""What follows a saved form: the record, a message, and the way to the next one."""

from __future__ import annotations

from typing import NoReturn

import streamlit as st

from esdash.model.kinds import BY_TABLE
from esdash.texts import Text
from esdash.ui.entry import form_state, state
from esdash.ui.entry.form_state import Form
from esdash.ui.entry.state import ENTRY
from esdash.ui.shell import url
from esdash.wording.escaping import plain

_SAVED = "form saved"


def leave(form: Form, record_id: str | None) -> NoReturn:
    """Close the form and show the record, or the list where there is none."""
    form_state.close(form)
    state.leave(form.table, record_id)
    st.rerun()


def done(form: Form, record_id: str, name: str) -> NoReturn:
    """Close the form, show the record with the message that it is saved."""
    what = "new" if form.record_id is None else "edit" if form.changed else "same"
    linked = BY_TABLE[form.table].linked()
    again = {target: form.prefilled[field.name] for target, field in linked.items() if field.name in form.prefilled}
    st.session_state[_SAVED] = {"table": form.table, "id": record_id, "what": what, "name": name, "again": again}
    leave(form, record_id)


def message(text: Text) -> None:
    """Above the record that was just saved: that it is, and the way to the next one. Nothing on other pages."""
    saved = st.session_state.get(_SAVED)
    if not saved or [saved["table"], saved["id"]] != [ENTRY.table, ENTRY.record]:
        st.session_state.pop(_SAVED, None)
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.success(text(f"form_entry.saved_{saved['what']}", name=plain(saved["name"])), width=520)
        if saved["what"] == "new":
            url.link("entry", text("form_entry.another"), table=saved["table"], new="1", **saved["again"])
