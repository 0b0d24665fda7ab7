"""One widget per type of field: its first value, how it is drawn, and how its entry is read.

They are not in a st.form, so that leaving a field runs the page again and similar records appear while somebody types.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from esdash.errors import UserError
from esdash.inventory import Inventory, editing
from esdash.model.fields import Field
from esdash.texts import Text
from esdash.ui.entry import field_options
from esdash.ui.entry.form_state import Form
from esdash.wording import labels
from esdash.wording.escaping import plain
from esdash.wording.names import Names

NONE = "none"  # the option for an empty list: asked, and there is none
ANSWERS = ("yes", "no", "unknown")
EARLIEST, LATEST = date(1900, 1, 1), date(2100, 12, 31)  # as in the import
PAUSE = "0.5s"  # of typing, after which the page looks for records of a like name
TEXT_HEIGHT = 110  # pixels, four lines
_KEYBOARDS = {"email": "email", "phone": "phone"}
_BOOLEANS = {True: "yes", False: "no", None: "unknown"}


@dataclass
class Fields:
    """The fields of one form in one run of the page."""

    form: Form
    inventory: Inventory
    text: Text
    names: Names
    slots: dict[str, DeltaGenerator] = field(default_factory=dict)  # field → place for its fault
    said: dict[str, dict[str, Any]] = field(default_factory=dict)  # entries of fields with several widgets

    def __post_init__(self) -> None:
        self.by_name = {one.name: one for one in self.form.draft.fields}

    # ------------------------------------------------------------ drawing

    def show(self, name: str) -> None:
        """Draw a field, with a place for its fault below."""
        one = self.by_name[name]
        _WIDGETS.get(one.type, line)(self, one)
        self.slots[name] = st.container()

    def label(self, one: Field) -> str:
        """The name of a field, with a star if it is required."""
        words = labels.label(self.text, one)
        return f"{words} \\*" if one.required else words

    def help(self, name: str) -> str | None:
        """The help text of a field."""
        return labels.help_text(self.text, self.form.table, name)

    def options(self, one: Field) -> field_options.Options:
        """The options of a field; contacts of the chosen organisation come first."""
        options = field_options.of_field(self.inventory, one, self.text, self.names)
        if one.target == "contact":
            options = field_options.first_of(options, self.organization())
        return options

    def organization(self) -> str | None:
        """The organisation chosen for the record; for a session that of its course."""
        chosen = self.form.entered.get("organization_id", self.form.before("organization_id"))
        if self.form.table == "session":
            course = self.form.entered.get("course_id", self.form.before("course_id"))
            chosen = field_options.linked(self.inventory, self.text, "course").owners.get(course)
        return chosen

    def fault(self, name: str, error: UserError) -> None:
        """Show a fault below its field."""
        with self.slots[name]:
            st.error(plain(fault(self.text, error)))

    # ------------------------------------------------------------ reading

    def values(self) -> dict[str, Any]:
        """Column → entry for editing.save: of a new record all filled fields, else only changed ones."""
        found: dict[str, Any] = {}
        for name in self.form.initial:
            if name == "organization_id" and self.form.carrier:
                continue  # it has no key yet
            if self.form.record_id is None or self.form.touched(name):
                if name in self.said:
                    found |= self.said[name]
                elif name in self.by_name:
                    found |= entries(self.by_name[name], self.form.entered.get(name))
        return {name: value for name, value in found.items() if self.form.record_id or value is not None}


def entries(one: Field, entered: Any) -> dict[str, Any]:
    """The entries of a field: column → value; None is unknown."""
    if one.type == "boolean":
        return {one.name: {"yes": True, "no": False}.get(entered)}
    if one.type in ("references", "choices"):
        listed = [value for value in entered if value != NONE]
        return {one.name: listed or ([] if entered else None)}
    return {one.name: None if entered == "" else entered}


def fault(text: Text, error: UserError) -> str:
    """The text of a fault, as it is shown below its field."""
    if error.key == "edit_required":  # a message without the name of the field, which stands just above
        return text("form_entry.required_fault")
    if error.key == "edit_same_record":  # its message names a key; the form shows a link instead
        return text("form_entry.same_record")
    return " ".join(text.error(error))


# ---------------------------------------------------------------- widgets


def line(fields: Fields, one: Field) -> None:
    """A text field, also for numbers, which people write in many ways and editing reads."""
    before = fields.form.before(one.name)
    if isinstance(before, time):
        before = f"{before:%H:%M}"
    initial = str(before or "")
    key = fields.form.hold(one.name, initial)
    label, help_text = fields.label(one), fields.help(one.name)
    if one.type == "text" and one.wide:
        entered = st.text_area(label, key=key, help=help_text, height=TEXT_HEIGHT)
    else:
        keyboard: Any = _KEYBOARDS.get(one.name, "default")  # of a telephone
        plain: dict[str, Any] = {}
        if keyboard != "default":
            plain = {"icon": "", "placeholder": "", "validate": "", "autocomplete": "off"}
        elif one.name == "name" and fields.form.record_id is None:
            plain = {"live": PAUSE}  # what resembles it is said while it is typed
        entered = st.text_input(label, key=key, help=help_text, type=keyboard, **plain)
    fields.form.note(one.name, initial, entered)


def _number(fields: Fields, one: Field) -> None:
    initial = fields.form.before(one.name)
    whole = one.type == "integer"
    entered = st.number_input(
        fields.label(one),
        value=None,  # a cleared field is unknown, not the lowest value
        key=fields.form.hold(one.name, initial),
        min_value=0 if whole else 0.0,
        step=1 if whole else 0.5,
        format="%d" if whole else "%g",
        placeholder=fields.text("word.unknown"),
        help=fields.help(one.name),
    )
    fields.form.note(one.name, initial, entered)


def _date(fields: Fields, one: Field) -> None:
    initial = fields.form.before(one.name)
    entered = st.date_input(
        fields.label(one),
        value=None,  # a cleared field is unknown, not today
        key=fields.form.hold(one.name, initial),
        min_value=min(EARLIEST, initial or EARLIEST),
        max_value=max(LATEST, initial or LATEST),
        format=fields.text("form.date_input"),
        help=fields.help(one.name),
    )
    fields.form.note(one.name, initial, entered)


def _boolean(fields: Fields, one: Field) -> None:
    initial = _BOOLEANS[fields.form.before(one.name)]
    entered = st.segmented_control(
        fields.label(one),
        ANSWERS,
        key=fields.form.hold(one.name, initial),
        format_func=lambda answer: fields.text(f"word.{answer}"),
        required=True,
        help=fields.help(one.name),
    )
    fields.form.note(one.name, initial, entered)


def choice(fields: Fields, one: Field) -> None:
    """A choice from a list, or unknown."""
    fixed = one.name == "status"  # required, so there is no "unknown"
    initial = fields.form.before(one.name) or one.first or None
    options = fields.options(one)
    key = fields.form.hold(one.name, initial)
    newcomers = one.name == "organization_id" and fields.form.record_id is None  # added together with the record
    entered = st.selectbox(
        fields.label(one),
        options.with_set(list(dict.fromkeys((initial, st.session_state[key])))),
        key=key,
        format_func=options.label,
        index=0 if fixed else None,
        placeholder=fields.text(_asking(one, newcomers)),
        accept_new_options=newcomers,
        help=fields.help(one.name),
    )
    if newcomers:
        fields.form.carrier = entered if entered and entered not in options.labels else None
        _say_carrier(fields, fields.form.carrier)
    fields.form.note(one.name, initial, entered)


def _say_carrier(fields: Fields, carrier: str | None) -> None:
    """To whom a record goes whose organisation was written and not chosen; nothing for what is no name."""
    if not carrier or not editing.readable(fields.inventory, "organization", {"name": carrier}).get("name"):
        return
    if known := editing.known_carrier(fields.inventory, carrier):
        st.caption(fields.text("form_entry.carrier_known", name=plain(known[1])))
    else:
        st.caption(fields.text("form_entry.carrier_added", name=plain(carrier)))


def _asking(one: Field, newcomers: bool) -> str:
    if newcomers:
        return "form_entry.choose_or_name"
    return "form_entry.choose" if one.required else "word.unknown"


def _several(fields: Fields, one: Field) -> None:
    before = fields.form.before(one.name)
    initial = [NONE] if before == [] else list(before or [])
    options = fields.options(one)
    now = fields.form.entered.get(one.name, initial)
    offered = options.with_set(list(dict.fromkeys((*initial, *now))))
    if one.empty_said and NONE not in offered:
        offered.append(NONE)
    entered = st.multiselect(
        fields.label(one),
        offered,
        key=fields.form.hold(one.name, initial),
        format_func=lambda key: fields.text("word.none") if key == NONE else options.label(key),
        placeholder=fields.text(one.missing or "word.unknown"),
        select_all=False,
        wrap=True,
        help=fields.help(one.name),
    )
    fields.form.note(one.name, initial, entered)


_WIDGETS: dict[str, Callable[[Fields, Field], None]] = {
    "integer": _number,
    "decimal": _number,
    "date": _date,
    "boolean": _boolean,
    "choice": choice,
    "choices": _several,
    "reference": choice,
    "references": _several,
}
