"""Values of records in words: names for ids, dates and times as people write them."""

from __future__ import annotations

from datetime import time
from typing import Any

from esdash.inventory import Inventory, importing
from esdash.inventory.importing import Field, Kind
from esdash.texts import Text
from esdash.wording import listing


class Cells:
    """How the values of one kind of table read."""

    def __init__(self, inventory: Inventory, kind: Kind, text: Text, new_locations: tuple[dict[str, Any], ...]) -> None:
        self._text = text
        self._fields = {field.name: field for field in kind.fields}
        self._names: dict[str, dict[str, str]] = {}
        self._inventory = inventory
        self._new = {place["location_id"]: str(place["name"]) for place in new_locations}

    def label(self, name: str) -> str:
        """The name of a field."""
        field = self._fields.get(name)
        if field is None:
            return name
        label = field.headings.usual(self._text.language)
        return label[:1].upper() + label[1:]

    def known(self, name: str) -> bool:
        """Whether this is a field that people fill in."""
        return name in self._fields and self._fields[name].type != "key"

    def shown(self, name: str, value: Any) -> str:
        """A value of a field."""
        field = self._fields.get(name)
        if value is None or field is None:
            return self._text.value(value)
        if field.type in ("times", "opening") and isinstance(value, list):
            return listing.weekly(value, self._text)
        if isinstance(value, list):
            return ", ".join(self._name(field, part) for part in value) or "\N{EN DASH}"
        if isinstance(value, time) or field.type in ("boolean", "date", "integer", "decimal", "coordinate"):
            return self._text.value(value)
        return self._name(field, value) if field.target or field.choices or field.type == "place" else str(value)

    def _name(self, field: Field, key: Any) -> str:
        if field.name not in self._names:
            options = importing.options(self._inventory, field)
            self._names[field.name] = {option.id: option.name(self._text.language) for option in options}
        return self._names[field.name].get(str(key)) or self._new.get(str(key)) or str(key)
