"""The form for the answers of one call: only the unknown fields of its offers, saved together with their source."""

from dataclasses import replace
from typing import Any

import streamlit as st

from esdash.analysis.questions import questions
from esdash.analysis.questions.questions import Question
from esdash.errors import UserError
from esdash.inventory import Inventory, editing
from esdash.inventory.access import Action, Actor
from esdash.inventory.editing.answering import TABLE
from esdash.texts import Text
from esdash.ui.entry import form_fields, form_state, refused
from esdash.ui.entry.field_widgets import Fields
from esdash.ui.maintenance.choice import CARE
from esdash.ui.shell import author, messages, page
from esdash.wording import labels
from esdash.wording import questions as wording
from esdash.wording.escaping import bold, plain
from esdash.wording.names import names_of
from esdash.wording.questions import Call

PLACE = "call"  # tells these forms from those of Erfassen
_ASKED = "questions of open calls"  # organisation → what was unknown when its form was opened
SOURCE_LIMIT = 80  # characters


def open_form(inventory: Inventory, organization_id: str) -> None:
    """Callback: open the form of a call with what is unknown now, unless it holds entries from before."""
    CARE.call = organization_id
    if not any(form_state.left(TABLE, one.initiative_id, PLACE) for one in _asked(inventory, organization_id)):
        st.session_state[_ASKED].pop(organization_id)


def show(inventory: Inventory, text: Text, call: Call) -> None:
    """The fields of each offer, the source, and one button. The questions stay as they were when it was opened."""
    drawn: list[Fields] = []
    for question in _asked(inventory, call.organization_id):
        try:
            form, _ = form_state.opened(inventory, TABLE, question.initiative_id, {}, text.language, PLACE)
        except UserError:  # the offer is gone
            continue
        drawn.append(_offer(Fields(form, inventory, text, names_of(inventory, text)), question, first=not drawn))
    for fields in drawn:
        if fields.form.checking:
            _faults(fields)
    source = st.text_input(
        text("answers.source"),
        text("answers.source_usual"),
        key=f"source_{call.organization_id}",
        max_chars=SOURCE_LIMIT,
        help=text("answers.source_help"),
    )
    with st.container(horizontal=True):
        pressed = author.button(text("answers.save"), "answers_save")
        nobody = author.button(
            text("answers.nobody"), "answers_nobody", primary=False, help=text("answers.nobody_help")
        )
        st.button(text("answers.close"), key="answers_close", on_click=_close)
    st.caption(text("answers.hint"))
    if nobody:
        _nobody(inventory, text, call.organization_id, drawn, source.strip())
    if pressed:
        _save(inventory, text, call.organization_id, drawn, source.strip())


def _asked(inventory: Inventory, organization_id: str) -> list[Question]:
    asked: dict[str, list[Question]] = st.session_state.setdefault(_ASKED, {})
    if organization_id not in asked:
        asked[organization_id] = questions.of(inventory, organization_id)
    return asked[organization_id]


def _offer(fields: Fields, question: Question, first: bool) -> Fields:
    """The questions about one offer, and its fields."""
    form, text = fields.form, fields.text
    names = tuple(name for name in question.fields if name in fields.by_name)
    words = f"{bold(question.name)} · {plain(labels.labels(text, TABLE, names))}"
    with st.expander(words, expanded=first or form.checking or form.changed, key=form.widget("offer")):
        for sentence in wording.asked(question, text):
            st.text(sentence)
        form_fields.rows(fields, names)
    return fields


# ---------------------------------------------------------------- saving


def _save(inventory: Inventory, text: Text, organization_id: str, drawn: list[Fields], source: str) -> None:
    """Save all answers, or show beside each field why it was not saved; what is typed stays until it is saved."""
    answered = [fields for fields in drawn if fields.values() or _place(fields)]
    if not answered:
        st.warning(text("answers.nothing"))
        return
    for fields in answered:
        if not fields.form.checking:  # from now on its faults are shown until they are mended
            fields.form.checking = True
            _faults(fields)
    if any(fields.form.faulty for fields in answered):
        st.error(text("answers.faulty"))
        return
    asked = st.session_state[_ASKED][organization_id]
    for fields in answered:
        if not _saved(inventory, text, fields, source):
            return
        asked[:] = [one for one in asked if one.initiative_id != fields.form.record_id]
        form_state.close(fields.form)
    for fields in drawn:
        form_state.close(fields.form)
    st.session_state[_ASKED].pop(organization_id)
    CARE.call = ""
    messages.tell("done", text.count("answers.saved", len(answered)))
    st.rerun()


def _nobody(inventory: Inventory, text: Text, organization_id: str, drawn: list[Fields], source: str) -> None:
    """Note that nobody knows what is still unknown, so that the call moves down."""
    if any(fields.values() or _place(fields) for fields in drawn):
        st.warning(text("answers.nobody_first"))
        return
    keys = [str(fields.form.record_id) for fields in drawn]

    def note(actor: Actor) -> None:
        editing.nobody_knows(inventory, keys, actor, source)

    if not page.act(inventory, text, Action.EDIT_RECORDS, note):
        messages.show()
        return
    for fields in drawn:
        form_state.close(fields.form)
    st.session_state[_ASKED].pop(organization_id)
    CARE.call = ""
    messages.tell("done", text("answers.nobody_saved"))
    st.rerun()


def _saved(inventory: Inventory, text: Text, fields: Fields, source: str) -> bool:
    """Save the answers about one offer; shows why not."""
    form = fields.form

    def save(actor: Actor) -> None:
        assert form.record_id is not None and form.draft.version is not None
        place, values = _place(fields), fields.values()
        editing.answer(inventory, form.record_id, values, form.draft.version, actor, source, form.key, place)

    try:
        if page.act(inventory, text, Action.EDIT_RECORDS, save, through=(editing.Faulty, editing.Conflict)):
            return True
        messages.show()
    except editing.Faulty as faulty:
        refused.show(fields, faulty.faults)
    except editing.Conflict as conflict:
        _answered_otherwise(fields, conflict)
    return False


def _place(fields: Fields) -> dict[str, Any] | None:
    """The new place, if one is typed in."""
    place = fields.form.place
    return place if place and any(place.values()) else None


def _faults(fields: Fields) -> tuple[editing.Fault, ...]:
    """Show what cannot be saved yet, each fault below its field."""
    form = fields.form
    entries = {**fields.values(), f"{TABLE}_id": form.record_id}
    faults = editing.validate(fields.inventory, TABLE, entries, _place(fields))
    form.faulty = frozenset(fault.field for fault in faults)
    refused.show(fields, faults)
    return faults


def _answered_otherwise(fields: Fields, conflict: editing.Conflict) -> None:
    """Somebody else answered the same question meanwhile: say how. The next save is over their answer."""
    form, text = fields.form, fields.text
    form.draft = replace(form.draft, version=conflict.version)
    refused.clashes(fields, conflict, "answers.otherwise")
    st.error(text("answers.conflict"))


def _close() -> None:
    CARE.call = ""
