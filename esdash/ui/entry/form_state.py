"""A form that somebody is in the middle of: it outlives reruns, the language and a look at another page."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from esdash.inventory import Inventory, editing
from esdash.inventory.editing import Conflict, Draft

_SLOT = "open forms"


@dataclass
class Form:
    """One opened form. `initial` is what its widgets began with, `entered` what they hold now."""

    slot: str
    draft: Draft
    prefilled: dict[str, str]
    language: str
    key: str = field(default_factory=editing.new_key)  # of this opening: a second click saves nothing twice
    initial: dict[str, Any] = field(default_factory=dict)
    entered: dict[str, Any] = field(default_factory=dict)
    place: dict[str, Any] | None = None  # a new place, given together with the record
    checking: bool = False  # a save was refused: from now on faults show while they are being mended
    faulty: frozenset[str] = frozenset()  # fields with a fault in the last run
    conflict: Conflict | None = None
    conflicts: int = 0
    relabelled: bool = False  # the language changed: the browser knows a choice by its label

    @property
    def table(self) -> str:
        """The table of the record."""
        return self.draft.table

    @property
    def record_id(self) -> str | None:
        """The record being edited; None for a new one."""
        return self.draft.record_id

    def before(self, name: str) -> Any:
        """The value of a column as the form was opened, for a new record as the link gave it."""
        return self.prefilled.get(name, self.draft.values.get(name))

    def widget(self, name: str) -> str:
        """The key of a widget: of this opening, so that the next form starts empty."""
        return f"form {self.key[:8]} {name}"

    def hold(self, name: str, initial: Any) -> str:
        """The key of a widget, whose state is what was entered before, or `initial`."""
        key = self.widget(name)
        if key not in st.session_state:
            st.session_state[key] = self.entered.get(name, initial)
        elif self.relabelled:
            st.session_state[key] = st.session_state[key]  # sends the new label to the browser
        return key

    def put(self, name: str, value: Any) -> None:
        """Fill a widget, before it is drawn."""
        st.session_state[self.widget(name)] = value
        self.entered[name] = value

    def note(self, name: str, initial: Any, entered: Any) -> None:
        """Remember what a field began with and what it holds."""
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
    inventory: Inventory, table: str, record_id: str | None, prefilled: Mapping[str, str], language: str
) -> tuple[Form, bool]:
    """The form of a record as this visitor left it, or a fresh one; and whether it is an old one that comes back.

    Raises UserError for a record that does not exist.
    """
    forms: dict[str, Form] = st.session_state.setdefault(_SLOT, {})
    slot = " ".join([table, record_id or "", *(f"{name}={value}" for name, value in sorted(prefilled.items()))])
    form = forms.get(slot)
    on_screen = form is not None and any(form.widget(name) in st.session_state for name in form.entered)
    if form is None or not (on_screen or form.changed):  # what nobody has touched starts from today's state
        form = forms[slot] = Form(slot, editing.draft(inventory, table, record_id), dict(prefilled), language)
        on_screen = True
    form.relabelled, form.language = form.language != language, language
    return form, not on_screen and form.conflict is None


def close(form: Form) -> None:
    """Forget a form that was saved or given up."""
    st.session_state.get(_SLOT, {}).pop(form.slot, None)
