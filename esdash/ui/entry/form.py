"""The form for one record: required fields first, others in groups, similar records, and one button."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from esdash.analysis.records import links
from esdash.errors import UserError
from esdash.inventory import Inventory, editing, merging
from esdash.inventory.access import Action, Actor
from esdash.inventory.editing import Fault
from esdash.model.kinds import BY_TABLE
from esdash.texts import Text
from esdash.ui.entry import (
    conflict,
    field_options,
    form_fields,
    form_layout,
    form_saved,
    form_state,
    refused,
    resembling,
)
from esdash.ui.entry.field_widgets import Fields
from esdash.ui.entry.form_layout import parts
from esdash.ui.entry.form_state import Form
from esdash.ui.entry.state import ENTRY
from esdash.ui.shell import author, messages, page, session, url
from esdash.ui.shell.state import LONGEST_ECHO
from esdash.wording import labels
from esdash.wording.escaping import plain
from esdash.wording.names import Names

_SELDOM = {"origin"}  # groups that stay folded even if filled
_USUAL = {"when", "where"}  # groups that a new record opens with: whoever enters one knows them


def show(inventory: Inventory, text: Text, names: Names, table: str, record_id: str | None) -> None:
    """The form for a record, empty without `record_id`; a link to a new one may fill fields (?organization=…)."""
    if not page.may(inventory, _action(record_id)):
        page.title(text("entry.title"))
        page.allowed(inventory, text, _action(record_id))
        url.link("entry", text("form_entry.back_to_list"), table=table)
        return
    try:
        prefilled = {} if record_id else _prefilled(inventory, text, table)
        current = merging.resolve(inventory, table, record_id) if record_id else None
        form, restored = form_state.opened(inventory, table, current, prefilled, text.language)
    except UserError as error:  # the record is gone
        page.title(text("entry.title"))
        session.show_error(error)
        url.link("entry", text("form_entry.back_to_list"), table=table)
        return
    if form.conflict:
        _solve(inventory, text, names, form)
        return
    new = form.record_id is None
    named = plain(_name(inventory, text, form, {}))
    page.title(text(f"form_entry.new_{table}") if new else text("form_entry.edit", name=named))
    st.markdown(text("form_entry.sentence_new" if new else "form_entry.sentence_edit"))
    if restored:
        st.info(text("form_entry.restored"))
    fields = Fields(form, inventory, text, names)
    for group, members in form_layout.groups(table).items():
        _group(fields, group, members)
    values = fields.values()
    refused.doubts(fields)
    with fields.slots.get("name") or st.container():  # below the name, where it is typed
        alike = resembling.show(inventory, text, form, values)
    faults = _faults(fields)
    _buttons(fields, values, alike, faults)


# ---------------------------------------------------------------- fields


def _group(fields: Fields, group: str, names: tuple[str, ...]) -> None:
    text, form = fields.text, fields.form
    first = group == next(iter(form_layout.groups(form.table)))
    if first:
        form_fields.rows(fields, names)
        return
    filled = any(form.before(part) is not None for name in names for part in parts(name))
    faulty = any(name in form.faulty or (name == "location_id" and _of_place(form.faulty)) for name in names)
    inside = labels.labels(text, form.table, names)
    with st.expander(
        f"**{text(f'form_section.{group}')}** · {inside}",
        expanded=faulty or (filled and group not in _SELDOM) or (form.record_id is None and group in _USUAL),
        key=form.widget(f"group {group}"),
    ):
        if group == "person":
            st.caption(text("form_section.person_note"))
        form_fields.rows(fields, names)


def _of_place(names: frozenset[str]) -> bool:
    return any(name.startswith("location_") for name in names)


# ---------------------------------------------------------------- faults


def _faults(fields: Fields) -> tuple[Fault, ...]:
    """Faults below their fields while somebody types; returns those that have kept the record from being saved."""
    form, text = fields.form, fields.text
    faults = refused.while_typing(fields)
    for fault in faults:
        if fault.error.key == "edit_same_record":
            with fields.slots[fault.field]:
                other = str(fault.error.values["other"]).split(", ")[0]
                url.link("entry", text("form_entry.open_same"), table=form.table, id=other)
    if not form.checking:
        return ()
    form.faulty = frozenset(fault.field for fault in faults)
    return faults


def _named(form: Form, values: dict[str, Any]) -> dict[str, Any]:
    """The entries with the key of their record."""
    return {**values, f"{form.table}_id": form.record_id} if form.record_id else values


# ---------------------------------------------------------------- saving


def _buttons(fields: Fields, values: dict[str, Any], alike: tuple[str, ...], faults: tuple[Fault, ...]) -> None:
    form, text = fields.form, fields.text
    reason = None
    if form.record_id:
        reason = st.text_input(
            text("form_entry.reason"),
            key=form.hold("reason", ""),
            placeholder=text("form_entry.reason_placeholder"),
            max_chars=200,
        )
        form.entered["reason"] = reason
        if form.table == "initiative" and page.may(fields.inventory, Action.CORRECT_RECORDS):
            form.entered["correction"] = st.checkbox(
                text("form_entry.correction"),
                key=form.hold("correction", False),
                help=text("form_entry.correction_help"),
            )
    if faults:
        names = list(dict.fromkeys(fault.field for fault in faults))
        said = labels.labels(text, form.table, names)
        st.error(plain(text.count("form_entry.faults", len(names), fields=said)))
    # Another key makes another button, so that a click made before the warning appeared does not count as agreement.
    anyway = bool(alike) and form.record_id is None
    words, key = ("save_anyway", f"save anyway {' '.join(alike)}") if anyway else ("save", "save")
    with st.container(horizontal=True):
        pressed = author.button(text(f"form_entry.{words}"), form.widget(key), primary=not anyway)
        cancelled = st.button(text("form_entry.cancel"), key=form.widget("cancel"))
    if cancelled:
        _cancel(form, text)
    if pressed:
        _save(fields.inventory, text, form, values, form.draft.version, form.place, reason)


def _action(record_id: str | None, corrects: bool = False) -> Action:
    if record_id is None:
        return Action.ENTER_RECORDS
    return Action.CORRECT_RECORDS if corrects else Action.EDIT_RECORDS


def _save(
    inventory: Inventory,
    text: Text,
    form: Form,
    values: dict[str, Any],
    version: int | None,
    place: Mapping[str, Any] | None,
    reason: str | None,
) -> editing.Faulty | None:
    """Save and go to the record, or show why not; returns the fault of a choice between two versions."""
    name, named, why, saved = (
        _name(inventory, text, form, values),
        _named(form, values),
        (reason or "").strip() or None,
        [],
    )
    corrects = bool(form.entered.get("correction"))
    action = _action(form.record_id, corrects)

    def save(actor: Actor) -> None:
        saved.append(
            editing.save(inventory, form.table, named, version, actor, why, form.key, place, form.carrier, corrects)
        )

    try:
        if page.act(inventory, text, action, save, through=(editing.Faulty, editing.Conflict)):
            form_saved.done(form, saved[0], name, text)
    except editing.Faulty as faulty:
        if form.conflict:
            return faulty
        form.checking, form.faulty = True, frozenset(fault.field for fault in faulty.faults)
        st.rerun()  # opens groups with a fault
    except editing.Conflict as found:
        form.conflict, form.conflicts = found, form.conflicts + 1
        st.rerun()
    messages.show()
    return None


def _solve(inventory: Inventory, text: Text, names: Names, form: Form) -> None:
    """Show both versions after a conflict and save the choice; shown again if there is another conflict."""
    assert form.conflict is not None
    faulty = st.session_state.get(form.widget("conflict faults"))
    name = _name(inventory, text, form, {})
    solved = conflict.show(inventory, text, names, form, form.conflict, name, faulty)
    if solved is None:
        return
    values, placed = solved
    place = form.place if placed else None
    reason = form.entered.get("reason")
    found = _save(inventory, text, form, values, form.conflict.version, place, reason)
    st.session_state[form.widget("conflict faults")] = found
    if found:
        st.rerun()


def _cancel(form: Form, text: Text) -> None:
    if not form.changed:
        form_saved.leave(form, form.record_id)

    @st.dialog(text("form_entry.discard_title"))
    def ask() -> None:
        st.text(text("form_entry.discard"))
        with st.container(horizontal=True):
            if st.button(text("form_entry.discard_yes"), key=form.widget("discard")):
                form_saved.leave(form, form.record_id)
            if st.button(text("form_entry.discard_no"), key=form.widget("go on")):
                st.rerun()

    ask()


# ---------------------------------------------------------------- names and links


def _name(inventory: Inventory, text: Text, form: Form, values: dict[str, Any]) -> str:
    """The title of the record: its name, function, or course and day."""
    said = {**{field.name: form.before(field.name) for field in form.draft.fields}, **values}
    if form.table == "session":
        course = field_options.linked(inventory, text, "course").label(str(said["course_id"]))
        return f"{course}, {text.value(said['starts_on'])}"
    return str(said["role" if form.table == "contact" else "name"] or "").strip()


def _prefilled(inventory: Inventory, text: Text, table: str) -> dict[str, str]:
    """The fields that the link fills; a message names records of the link that do not exist."""
    found, ignored = {}, []
    fields = {field.name for field in editing.fields(inventory, table)}
    for target, field in BY_TABLE[table].linked().items():
        given = getattr(ENTRY, target, None)
        if given and target in links.TABLES and field.name in fields:
            if given in field_options.linked(inventory, text, target).offered:
                found[field.name] = given
            else:
                ignored.append(given)
    if ignored:
        st.warning(text("form_entry.link_ignored", values=plain(", ".join(ignored)[:LONGEST_ECHO])))
    return found
