"""Mending what goes out of date first, where one reads it: a dialog with those few fields of a record alone."""

from dataclasses import replace

import streamlit as st

from esdash.errors import UserError
from esdash.inventory import Inventory, editing
from esdash.inventory.access import Action, Actor
from esdash.texts import Text
from esdash.ui.entry import form_fields, form_state, refused
from esdash.ui.entry.field_widgets import Fields
from esdash.ui.shell import author, messages, page, session
from esdash.ui.widgets import dialog
from esdash.wording import labels
from esdash.wording.names import names_of

# Table → what changes most (METHODS M9); all other fields are in the whole form.
FIELDS = {
    "initiative": ("times", "status"),
    "contact": ("phone", "email"),
    "contact_point": ("opening_hours", "fortnightly", "phone", "email", "status"),
    "organization": ("phone", "email", "website"),
    "session": ("starts_on", "begins", "ends", "status"),
}
_PLACE = "mend"


def button(
    inventory: Inventory, text: Text, table: str, record_id: str | None, key: str = "", short: bool = False
) -> None:
    """The button that opens the dialog for a record; nothing without one, or for who may not edit."""
    if not record_id or table not in FIELDS or not page.may(inventory, Action.EDIT_RECORDS):
        return
    title = text("mend.title", kind=labels.kind(text, table))
    label = text("mend.short" if short else f"mend.{table}")
    dialog.button(label, f"mend_{table}_{record_id}{key}", title, lambda: _form(inventory, text, table, record_id))


def _form(inventory: Inventory, text: Text, table: str, record_id: str) -> None:
    """The fields with their faults beside them, and the button; it closes the dialog, or says why nothing was saved."""
    try:
        form, _ = form_state.opened(inventory, table, record_id, {}, text.language, _PLACE)
    except UserError as error:  # the record is gone
        session.show_error(error)
        return
    fields = Fields(form, inventory, text, names_of(inventory, text))
    name = str(form.before("role" if table == "contact" else "name") or "")
    if name:
        st.text(name)
    form_fields.rows(fields, FIELDS[table])
    said = {fault.field for fault in refused.while_typing(fields)}
    doubts = refused.doubts(fields)
    author.ask(text, _PLACE)
    # Another key makes another button, so that a click made before the doubt appeared does not count as agreement.
    words, key = ("mend.save_anyway", f"save {' '.join(doubts)}") if doubts else ("mend.save", "save")
    if st.button(text(words), key=form.widget(key), type="primary"):
        _save(inventory, text, fields, name, said)
    messages.show()


def _save(inventory: Inventory, text: Text, fields: Fields, name: str, said: set[str]) -> None:
    """Save what was changed; `said`: the fields whose faults stand below them already."""
    form = fields.form
    values = {**fields.values(), f"{form.table}_id": form.record_id}

    def save(actor: Actor) -> None:
        editing.save(inventory, form.table, values, form.draft.version, actor, None, form.key)

    try:
        if page.act(inventory, text, Action.EDIT_RECORDS, save, through=(editing.Faulty, editing.Conflict)):
            form_state.close(form)
            dialog.close()
            messages.tell("done", text("mend.saved", name=name))
            st.rerun()
    except editing.Faulty as faulty:
        form.checking = True
        refused.show(fields, [fault for fault in faulty.faults if fault.field not in said])
    except editing.Conflict as conflict:
        form.draft = replace(form.draft, version=conflict.version)
        if refused.clashes(fields, conflict, "mend.otherwise"):
            st.error(text("mend.conflict"))
        else:  # what somebody else changed meanwhile are other fields
            _save(inventory, text, fields, name, said)
