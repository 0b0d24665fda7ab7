"""What kinds, fields and choices are called: one word for one thing, on every screen and in every file."""

from collections.abc import Iterable, Mapping
from typing import Any

from esdash.model.fields import Field
from esdash.model.kinds import BY_TABLE, CHOICES, NAMES
from esdash.texts import Text, is_missing

LIGHT_SIGNS = {"fresh": "✓", "check": "!", "stale": "✕", "never": "?"}  # colour never stands alone
POINT = "point"  # latitude and longitude in one field, as maps copy them
# Column of a list that holds a field in words → that field.
_IN_WORDS = {
    **{"organization": "organization_id", "course": "course_id", "contact": "contact_id", "partners": "partner_ids"},
    **{"themes": "theme_ids", "target_groups": "target_group_ids", "languages": "language_ids"},
    **{"modules": "module_ids", "districts_served": "district_ids", "when": "times", "where": "location_id"},
    **{"place": "location_id", "status_word": "status", "level_word": "level"},
}


def label(text: Text, field: Field) -> str:
    """The name of a field."""
    return _capital(field.headings.of(text.language)[0])


def label_of(text: Text, table: str, name: str) -> str:
    """The name of a field of a table; the parts of a new place (location_…) are named as the fields of a location."""
    part = name.removeprefix("location_")
    if part == POINT:
        return text("form_place.point")
    known = name in BY_TABLE[table].by_name or part == name
    return label(text, BY_TABLE[table].field(name) if known else BY_TABLE["location"].field(part))


def labels(text: Text, table: str, names: Iterable[str]) -> str:
    """The names of several fields in one line, each once; latitude and longitude count as one."""
    shown = (name[:-3] + POINT if name.endswith(("lat", "lon")) else name for name in names)
    return ", ".join(dict.fromkeys(label_of(text, table, name) for name in shown))


def heading(text: Text, table: str, column: str) -> str:
    """The heading of a column of a list: the name of its field, else the text column.<name>.

    A list may also hold fields of linked records: a session shows the modules of its course.
    """
    name = _IN_WORDS.get(column, column)
    if (not table or name not in BY_TABLE[table].by_name) and text.has(f"column.{column}"):
        return text(f"column.{column}")
    kinds = (*filter(None, (BY_TABLE.get(table),)), *BY_TABLE.values())
    return next(label(text, kind.field(name)) for kind in kinds if name in kind.by_name)


def address(row: Mapping[Any, Any]) -> str:
    """Place, street, and postcode with district in one line; a place that is called like its street stands once."""
    place, street, postcode, district = (
        "" if is_missing(row[name]) else str(row[name]) for name in ("place", "street", "postcode", "district")
    )
    parts = (place, "" if street == place else street, " ".join(part for part in (postcode, district) if part))
    return ", ".join(part for part in parts if part)


def help_text(text: Text, table: str, name: str) -> str | None:
    """The help text of a field; empty where its name says enough."""
    keys = (f"form_help.{table}_{name}", f"form_help.{name}")
    return next((text(key) for key in keys if text.has(key)), None)


def kind(text: Text, table: str, several: bool = False) -> str:
    """The name of a kind of record, singular or plural."""
    return _capital(NAMES[table].of(text.language)[several])


def counted(text: Text, table: str, number: int) -> str:
    """How many records of a table: "3 Angebote"."""
    return f"{text.number(number)} {NAMES[table].of(text.language)[number != 1]}"


def choice(text: Text, name: str, value: str) -> str:
    """The word for a choice of a field, such as a status."""
    return CHOICES[name][value].of(text.language)[0]


def light(text: Text, value: str) -> str:
    """The traffic light of a record: sign and word."""
    return f"{LIGHT_SIGNS[value]} {text(f'freshness.{value}')}"


def title(text: Text, listed: Mapping[str, Any]) -> str:
    """The title of a record: its name; for a session its course and day."""
    if listed["table_name"] == "session":
        return f"{listed['name']}, {text.date(listed['starts_on'])}"
    return str(listed["name"])


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]
