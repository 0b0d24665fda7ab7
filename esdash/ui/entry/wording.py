"""Fields and values of records in words: names for ids, words for states, weekly times as people say them."""

from __future__ import annotations

import json
from datetime import date, time
from typing import Any, Literal

from esdash.analysis.maintenance import keeping
from esdash.inventory import Inventory, editing
from esdash.model import times
from esdash.model.fields import Field
from esdash.model.kinds import TABLES
from esdash.texts import Text
from esdash.ui.shell.cached import kept
from esdash.ui.widgets.names import names_of
from esdash.wording import listing
from esdash.wording.names import Names

Colour = Literal["green", "orange", "red", "gray", "blue"]
LIGHT_COLOURS: dict[str, Colour] = {"fresh": "green", "check": "orange", "stale": "red", "never": "red"}
LIGHT_SIGNS = {"fresh": "✓", "check": "!", "stale": "✕", "never": "?"}  # never colour alone
_NAMED = {"contact", "course", "location"}  # beside what Names knows


class Wording:
    """The words for records of one table."""

    def __init__(self, inventory: Inventory, text: Text, table: str) -> None:
        self.text = text
        self.table = table
        self.fields: dict[str, Field] = {field.name: field for field in editing.fields(inventory, table)}
        self._columns = inventory.columns(table)
        self._references: Names = names_of(inventory, text)
        targets = {field.target for field in self.fields.values()}
        self._names = {target: keeping.names(inventory, target) for target in targets & _NAMED}

    def field(self, name: str) -> str:
        """The name of a field."""
        key = f"field.{name}"
        return self.text(key if self.text.has(key) else f"record.field_{name}")

    def target(self, name: str) -> str:
        """The table whose records a field names; empty where it names none that has a page of its own."""
        target = self.fields[name].target
        return target if target in TABLES else ""

    def name(self, target: str, record_id: str) -> str:
        """The name of a record of another table; its id where it is gone."""
        if target in _NAMED:
            return self._names[target].get(record_id, record_id)
        return self._references.of(target, record_id)

    def value(self, name: str, value: Any) -> str:
        """A value of a field in words; unknown as such."""
        field = self.fields.get(name)
        if value is None or field is None:
            return self.text.value(value)
        if isinstance(value, list):
            if field.type == "times":
                return listing.weekly(value, self.text)
            return ", ".join(self._item(field, item) for item in value) or "\N{EN DASH}"
        return self._item(field, value)

    def logged(self, name: str, value: str | None) -> str:
        """A value as the change log has it, in words."""
        return self.value(name, None if value is None else _typed(value, self._columns.get(name, "VARCHAR")))

    def _item(self, field: Field, value: Any) -> str:
        if field.type in ("reference", "references", "place"):
            return self.name(field.target, str(value))
        if field.type in ("choice", "choices"):
            return choice(self.text, self.table, field.name, str(value))
        if field.type == "opening":
            return times.with_days(str(value), [self.text(f"weekday_short.{day}") for day in range(1, 8)])
        if field.type == "coordinate":
            return self.text.number(value, 5)
        return self.text.value(value)


@kept
def wording(inventory: Inventory, text: Text, table: str) -> Wording:
    """The words for records of one table, made once."""
    return Wording(inventory, text, table)


def choice(text: Text, table: str, field: str, value: str) -> str:
    """The word for one of the values that a field can have."""
    if field == "status":
        return state(text, table, value)
    if field == "level":
        return text(f"level.{value}")
    return text(f"record.{field}_{value}")


def state(text: Text, table: str, status: str) -> str:
    """The word for a status."""
    key = f"session_status.{status}"
    return text(key if table == "session" and text.has(key) else f"status.{status}")


def light(text: Text, value: str) -> str:
    """The traffic light of a record: sign and word."""
    return f"{LIGHT_SIGNS[value]} {text(f'freshness.{value}')}"


def title(text: Text, listed: dict[str, Any]) -> str:
    """What a record is called: a session by its course and day."""
    return (
        f"{listed['name']}, {text.date(listed['starts_on'])}" if listed["table_name"] == "session" else listed["name"]
    )


def _typed(value: str, kind: str) -> Any:
    """A text of the log as a value of its column."""
    if kind.endswith("[]"):
        items = json.loads(value)
        return [_slot(item) if isinstance(item, dict) else item for item in items]
    if kind == "DATE":
        return date.fromisoformat(value)
    if kind == "TIME":
        return time.fromisoformat(value)
    if kind == "BOOLEAN":
        return value == "true"
    if kind in ("INTEGER", "DOUBLE", "BIGINT"):
        return float(value)
    return value


def _slot(slot: dict[str, Any]) -> dict[str, Any]:
    return {**slot, **{name: time.fromisoformat(slot[name]) for name in ("begins", "ends") if slot.get(name)}}
