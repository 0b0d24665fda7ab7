"""Why a save was refused, said beside the fields that it is about."""

from collections.abc import Sequence

import streamlit as st

from esdash.inventory import editing
from esdash.model import plausible
from esdash.model.kinds import BY_TABLE
from esdash.ui.entry import field_widgets
from esdash.ui.entry.field_widgets import Fields
from esdash.wording.escaping import plain
from esdash.wording.values import values_of

_MISSING = {"edit_required", "edit_place_needs_address"}  # said after a refused save: it may still be typed


def show(fields: Fields, faults: Sequence[editing.Fault]) -> None:
    """Each fault below its field; those of fields that are not drawn below all."""
    for fault in faults:
        if fault.field in fields.slots:
            fields.fault(fault.field, fault.error)
        else:
            st.error(plain(field_widgets.fault(fields.text, fault.error)))


def while_typing(fields: Fields) -> tuple[editing.Fault, ...]:
    """Show below each field that somebody has changed what cannot be saved in it; after a refused save all faults."""
    form = fields.form
    values = fields.values()
    named = {**values, f"{form.table}_id": form.record_id} if form.record_id else values
    found = editing.validate(fields.inventory, form.table, named, form.place, form.carrier)
    if not form.checking:
        found = tuple(fault for fault in found if fault.error.key not in _MISSING and form.touched(fault.field))
    show(fields, found)
    return found


def doubts(fields: Fields) -> tuple[str, ...]:
    """Below its field what looks wrong and may be right; returns the rules, with what was typed."""
    form, table = fields.form, fields.form.table
    before = {name: form.before(name) for name in plausible.LOOKED_AT if name in BY_TABLE[table].by_name}
    found = editing.doubts(fields.inventory, table, {**before, **fields.values()}, form.place)
    phone = str(fields.values().get("phone") or "")
    if phone and not any(sign.isdigit() for sign in phone):  # may be "über das Büro"; a list may say so unasked
        found = (*found, plausible.Doubt(plausible.PHONE, "phone", ("phone",), {"phone": phone}))
    shown = [doubt for doubt in found if doubt.beside in fields.slots]
    for doubt in shown:
        with fields.slots[doubt.beside]:
            st.warning(plain(fields.text(f"plausible.{doubt.rule}", **doubt.values)))
    return tuple(f"{doubt.rule} {sorted(doubt.values.items())}" for doubt in shown)


def clashes(fields: Fields, conflict: editing.Conflict, sentence: str) -> bool:
    """Below each field that both changed what the other person wrote, in a `sentence` (a text with {theirs}).

    Returns whether there is such a field.
    """
    words = values_of(fields.inventory, fields.text, fields.form.table)
    both = [clash for clash in conflict.clashes if clash.both and clash.field in fields.slots]
    for clash in both:
        theirs = words.value(clash.field, clash.theirs, fields.form.draft.values)
        fields.slots[clash.field].warning(plain(fields.text(sentence, theirs=theirs)))
    return bool(both)
