"""The state of an open form: it is kept during reruns, a change of language and a visit to another page."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from esdash.inventory import Inventory, editing
from esdash.inventory.editing import Conflict, Draft

_SLOT = "open forms"


@dataclass
class Form:
    """One opened form. `initial`: first values of its widgets, `entered`: their values now."""

    slot: str
    draft: Draft
    prefilled: dict[str, str]
    language: str
    key: str = field(default_factory=editing.new_key)  # key of this opening, so that a double click saves once
    initial: dict[str, Any] = field(default_factory=dict)
    entered: dict[str, Any] = field(default_factory=dict)
    place: dict[str, Any] | None = None  # a new place, entered together with the record
    carrier: str | None = None  # the name of an organisation that is added together with the record
    checking: bool = False  # after a refused save, faults are shown until they are mended
    faulty: frozenset[str] = frozenset()  # fields that had a fault in the last run
    conflict: Conflict | None = None
    conflicts: int = 0
    relabelled: bool = False  # after a change of language, because the browser identifies a choice by its label

    @property
    def table(self) -> str:
        """The table of the record."""
        return self.draft.table

    @property
    def record_id(self) -> str | None:
        """The record being edited; None for a new one."""
        return self.draft.record_id

    def before(self, name: str) -> Any:
        """The value of a column when the form was opened; for a new record, the one from the link."""
        return self.prefilled.get(name, self.draft.values.get(name))

    def widget(self, name: str) -> str:
        """The key of a widget; unique for this opening, so that the next form starts empty."""
        return f"form {self.key[:8]} {name}"

    def hold(self, name: str, initial: Any) -> str:
        """The key of a widget, after setting its state to the earlier entry, or to `initial`."""
        key = self.widget(name)
        if key not in st.session_state:
            st.session_state[key] = self.entered.get(name, initial)
        elif self.relabelled:
            st.session_state[key] = st.session_state[key]  # so that the browser gets the new label
        return key

    def put(self, name: str, value: Any) -> None:
        """Set the value of a widget before it is drawn."""
        st.session_state[self.widget(name)] = value
        self.entered[name] = value

    def note(self, name: str, initial: Any, entered: Any) -> None:
        """Store the first and the present value of a field."""
        self.initial.setdefault(name, initial)
        self.entered[name] = entered

    def touched(self, name: str) -> bool:
        """Whether somebody changed a field."""
        return bool(self.entered.get(name) != self.initial.get(name))

    @property
    def changed(self) -> bool:
        """Whether somebody changed anything."""
        return bool(self.place and any(self.place.values())) or any(map(self.touched, self.initial))


def opened(
    inventory: Inventory,
    table: str,
    record_id: str | None,
    prefilled: Mapping[str, str],
    language: str,
    place: str = "",
) -> tuple[Form, bool]:
    """The form of a record as this visitor left it, or a new one; and whether it is one left earlier.

    `place` tells apart forms of one record at several places of the dashboard. Raises UserError for a record that does
    not exist.
    """
    forms: dict[str, Form] = st.session_state.setdefault(_SLOT, {})
    slot = _slot(table, record_id, prefilled, place)
    form = forms.get(slot)
    on_screen = form is not None and any(form.widget(name) in st.session_state for name in form.entered)
    if form is None or not (on_screen or form.changed):  # a form without changes starts from the present state
        form = forms[slot] = Form(slot, editing.draft(inventory, table, record_id), dict(prefilled), language)
        on_screen = True
    form.relabelled, form.language = form.language != language, language
    return form, not on_screen and form.conflict is None


def left(table: str, record_id: str, place: str) -> bool:
    """Whether this visitor has changed the form of a record and not saved it."""
    form: Form | None = st.session_state.get(_SLOT, {}).get(_slot(table, record_id, {}, place))
    return form is not None and form.changed


def _slot(table: str, record_id: str | None, prefilled: Mapping[str, str], place: str) -> str:
    given = (f"{name}={value}" for name, value in sorted(prefilled.items()))
    return " ".join([place, table, record_id or "", *given])


def close(form: Form) -> None:
    """Discard a form that was saved or given up."""
    st.session_state.get(_SLOT, {}).pop(form.slot, None)
