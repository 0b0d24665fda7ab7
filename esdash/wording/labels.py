"""What kinds, fields and choices are called: one word for one thing, on every screen and in every file."""

from collections.abc import Iterable, Mapping
from typing import Any

from esdash.model.fields import Field
from esdash.model.kinds import BY_TABLE, CHOICES, NAMES
from esdash.texts import Text

LIGHT_SIGNS = {"fresh": "✓", "check": "!", "stale": "✕", "never": "?"}  # never colour alone
POINT = "point"  # latitude and longitude in one field, as maps give them
# Columns of lists that hold a field in words → the field.
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
    """The name of a field of a table; a new place (location_…) has the fields of a place."""
    part = name.removeprefix("location_")
    if part == POINT:
        return text("form_place.point")
    known = name in BY_TABLE[table].by_name or part == name
    return label(text, BY_TABLE[table].field(name) if known else BY_TABLE["location"].field(part))


def labels(text: Text, table: str, names: Iterable[str]) -> str:
    """Several fields in one line, each once; latitude and longitude are one."""
    shown = (name[:-3] + POINT if name.endswith(("lat", "lon")) else name for name in names)
    return ", ".join(dict.fromkeys(label_of(text, table, name) for name in shown))


def heading(text: Text, table: str, column: str) -> str:
    """The heading of a column of a list: the name of its field, of a figure what the texts call it.

    A list may also have fields of what its records name: sessions the modules of their course.
    """
    name = _IN_WORDS.get(column, column)
    if (not table or name not in BY_TABLE[table].by_name) and text.has(f"column.{column}"):
        return text(f"column.{column}")
    kinds = (*filter(None, (BY_TABLE.get(table),)), *BY_TABLE.values())
    return next(label(text, kind.field(name)) for kind in kinds if name in kind.by_name)


def help_text(text: Text, table: str, name: str) -> str | None:
    """What to enter in a field, where that is not clear from its name."""
    keys = (f"form_help.{table}_{name}", f"form_help.{name}")
    return next((text(key) for key in keys if text.has(key)), None)


def kind(text: Text, table: str, several: bool = False) -> str:
    """What one record of a table is called, or several."""
    return _capital(NAMES[table].of(text.language)[several])


def counted(text: Text, table: str, number: int) -> str:
    """How many records of a table: "3 Angebote"."""
    return f"{text.number(number)} {NAMES[table].of(text.language)[number != 1]}"


def choice(text: Text, name: str, value: str) -> str:
    """The word for one of the values of a field, such as a status."""
    return CHOICES[name][value].of(text.language)[0]


def light(text: Text, value: str) -> str:
    """The traffic light of a record: sign and word."""
    return f"{LIGHT_SIGNS[value]} {text(f'freshness.{value}')}"


def title(text: Text, listed: Mapping[str, Any]) -> str:
    """What a record is called: a session by its course and day."""
    if listed["table_name"] == "session":
        return f"{listed['name']}, {text.date(listed['starts_on'])}"
    return str(listed["name"])


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]
