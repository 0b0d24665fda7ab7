"""New keys for records: readable, and never one that was used before."""

from typing import Any

from esdash.inventory.file.store import Inventory
from esdash.model.fields import Kind
from esdash.model.folding import SLUG_LENGTH, slug


class Keys:
    """The used keys of one table, including those of records that no longer exist."""

    def __init__(self, inventory: Inventory, table: str) -> None:
        self._fallback = table.replace("_", "-")
        used = inventory.rows(
            "SELECT DISTINCT record_id FROM inventory.change_log WHERE table_name = $table", table=table
        )
        self._taken = {row["record_id"] for row in used}

    def new(self, name: str) -> str:
        """A key made from a name: "Café Nord" → cafe-nord, the next one cafe-nord-2."""
        base = slug(name) or self._fallback
        key, number = base, 1
        while key in self._taken:
            number += 1
            ending = f"-{number}"
            key = base[: SLUG_LENGTH - len(ending)].rstrip("-") + ending
        self._taken.add(key)
        return key

    def for_record(self, kind: Kind, given: dict[str, Any]) -> str:
        """The key of a new record: composed as its table demands, else given by the file, else made from its name."""
        key: str | None = given.get(kind.key)
        if kind.table == "survey":
            key = f"{given['theme_id']}|{given['district_id']}"
        elif key is None:
            key = self.new(" ".join(str(given[name]) for name in kind.named_by))
        self.take(key)
        return key

    def take(self, key: str) -> None:
        """Mark a key from the file as used."""
        self._taken.add(key)
