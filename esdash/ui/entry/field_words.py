"""A field and its value in words."""

from __future__ import annotations

from typing import Any

from esdash.errors import UserError
from esdash.inventory import Inventory
from esdash.inventory.importing import Field
from esdash.model.times import opening, with_days
from esdash.texts import Text
from esdash.ui.entry import field_options
from esdash.ui.entry.form_layout import POINT
from esdash.wording import listing
from esdash.wording.names import Names

_NAMED = ("choice", "choices", "reference", "references", "place")


def label(text: Text, table: str, name: str, field: Field | None = None) -> str:
    """What a field is called: as the form has it, else as the first heading that the import knows."""
    for key in (f"form_field.{table}_{name}", f"form_field.{name}"):
        if text.has(key):
            return text(key)
    if field is None:
        return name
    header = field.headings.usual(text.language)
    return header[0].upper() + header[1:]


def help_text(text: Text, table: str, name: str) -> str | None:
    """What to enter, where that is not clear from the label."""
    keys = (f"form_help.{table}_{name}", f"form_help.{name}")
    return next((text(key) for key in keys if text.has(key)), None)


def labels(text: Text, table: str, fields: dict[str, Field], names: list[str]) -> str:
    """Several fields in one line, each once."""
    said = []
    for name in names:
        part = name.removeprefix("location_")
        if name in ("lat", "lon", "location_lat", "location_lon"):
            said.append(text(f"form_field.{POINT}"))
        elif name not in fields and part in ("name", "street", "postcode", "district_id"):
            said.append(text(f"form_place.{part.removesuffix('_id')}"))
        else:
            said.append(label(text, table, name, fields.get(name)))
    return ", ".join(dict.fromkeys(said))


def value(inventory: Inventory, field: Field, value: Any, text: Text, names: Names) -> str:
    """A value as a person reads it: names for keys, "unbekannt" for unknown, "keine" for an empty list."""
    if value is None:
        return text("form_entry.everywhere") if field.name == "district_ids" else text("word.unknown")
    if field.type == "times":
        return listing.weekly(value, text) if value else text("form_times.none")
    if field.type in _NAMED:
        options = field_options.of_field(inventory, field, text, names)
        if isinstance(value, list):
            return ", ".join(options.label(item) for item in value) or text("form_entry.none")
        return options.label(str(value))
    if field.type == "coordinate":
        return f"{value:.5f}"
    if field.type == "opening":
        return readable_hours(str(value), text)
    return text.value(value)


def fault(text: Text, error: UserError) -> str:
    """What is wrong with an entry and what to do, as it stands below its field."""
    if error.key == "edit_required":  # names the field, which stands just above
        return text("form_entry.required_fault")
    if error.key == "edit_same_record":  # names a key, which says nothing to people; the form links to it
        return text("form_entry.same_record")
    return " ".join(text.error(error))


def readable_hours(hours: str, text: Text) -> str:
    """Opening hours with the German names of the days: "Mo,We 14:00-17:00" → "Mo,Mi 14:00-17:00"."""
    translated = with_days(hours, [text(f"weekday_short.{day}") for day in range(1, 8)])
    try:
        return translated if text.language == "de" and opening(translated) == hours else hours
    except ValueError:  # more than days and hours, such as holidays: stays as it is written
        return hours
