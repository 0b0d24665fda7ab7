"""Values of records in words: names for ids, words for choices, weekly times."""

import json
from collections.abc import Mapping
from datetime import date, time
from typing import Any

from esdash.analysis.maintenance import keeping
from esdash.inventory import Inventory
from esdash.inventory.cached import cached
from esdash.model.entries import TYPES
from esdash.model.fields import Field
from esdash.model.kinds import BY_TABLE, TABLES
from esdash.model.opening import Hours
from esdash.texts import Text, is_missing
from esdash.wording import entries, labels, openings
from esdash.wording.names import Names, names_of

_BY_RECORD = tuple(table for table in TABLES if table != "organization")  # whose names are not in Names


class Values:
    """Puts values of one table into words; `new`: names of records that are not in the inventory yet."""

    def __init__(self, inventory: Inventory, names: Names, table: str, new: Mapping[str, str] | None = None) -> None:
        self.text = names.text
        self.kind = BY_TABLE[table]
        self._inventory = inventory
        self._names = names
        self._records: dict[str, dict[str, str]] = {}
        self._new = new or {}

    def target(self, name: str) -> str:
        """The table that a field refers to; empty if it refers to none, or to one without record pages."""
        target = self.kind.field(name).target
        return target if target in TABLES else ""

    def name(self, target: str, record_id: str) -> str:
        """The name of a record of another table; its id if the record is gone."""
        if record_id in self._new:
            return self._new[record_id]
        if target not in _BY_RECORD:
            return self._names.of(target, record_id)
        if target not in self._records:
            self._records[target] = keeping.names(self._inventory, target)
        return self._records[target].get(record_id, record_id)

    def value(self, name: str, value: Any, record: Mapping[str, Any] | None = None) -> str:
        """A value of a field in words; other fields of the `record` decide whether an empty value means "not limited".

        Unknown is "unbekannt", an empty list "keine".
        """
        field = self.kind.by_name.get(name)
        if is_missing(value):
            return self.text((field and field.meaning_of_missing(record or {})) or "word.unknown")
        if field is None:
            return self.text.value(value)
        if field.type in TYPES:
            return entries.several(value, self.text)
        if field.is_list:
            return ", ".join(self._item(field, item) for item in value) or self.text("word.none")
        return self._item(field, value)

    def logged(self, name: str, value: str | None, record: Mapping[str, Any] | None = None) -> str:
        """A value from the change log, in words."""
        kind = self._inventory.columns(self.kind.table).get(name, "VARCHAR")
        return self.value(name, None if value is None else _typed(value, kind), record)

    def _item(self, field: Field, value: Any) -> str:
        if field.target:
            return self.name(field.target, str(value))
        if field.choices:
            return labels.choice(self.text, field.name, str(value))
        if field.type == "opening":
            return openings.week(Hours(str(value)), self.text)
        return self.text.number(value, 5) if field.type == "coordinate" else self.text.value(value)


def _typed(value: str, kind: str) -> Any:
    """A text from the change log, converted to the type of its column."""
    if kind.endswith("[]"):
        return json.loads(value)
    if kind == "DATE":
        return date.fromisoformat(value)
    if kind == "TIME":
        return time.fromisoformat(value)
    if kind == "BOOLEAN":
        return value == "true"
    return float(value) if kind in ("INTEGER", "DOUBLE", "BIGINT") else value


@cached
def values_of(inventory: Inventory, text: Text, table: str) -> Values:
    """The Values of a table, cached."""
    return Values(inventory, names_of(inventory, text), table)
