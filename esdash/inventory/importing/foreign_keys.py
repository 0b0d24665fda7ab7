"""Which of our records a record of a foreign document is: its ids are the sender's and mean nothing here by themselves.

What was remembered for the sender comes first, then the same key with the same name, then the same name under another
key. A short id ("o-1", "17") that another record here has is no proof; a UUID, or a key from this sender's imports, is.
"""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from esdash.inventory.file.store import Inventory
from esdash.inventory.importing.keys import Keys
from esdash.inventory.importing.lookup import Lookup
from esdash.inventory.importing.origin import Origin
from esdash.inventory.merging import resolved
from esdash.model.folding import fold, fold_core
from esdash.model.kinds import BY_TABLE
from esdash.model.values import Wrong

Record = dict[str, Any]
_KEY = re.compile(r"[\w.|:-]{1,80}")
_UNIQUE = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|.{24,}", re.IGNORECASE)
_ALIKE = 0.6  # similarity from which two names under one key are one record that was renamed


@dataclass(frozen=True)
class Meant:
    """What an id of a document means here: our key, and why it is not the id itself ("": it is, or it is remembered).

    how: known (a record here under another key) or taken (the id belongs to `other`: the record gets a new key).
    """

    key: str
    how: str = ""
    other: str = ""  # name of the record here


class ForeignKeys:
    """Finds our records for the ids of one document."""

    def __init__(self, inventory: Inventory, lookup: Lookup, sender: str | None) -> None:
        self._inventory = inventory
        self._lookup = lookup
        self._origin = Origin(inventory, sender)
        self._records: dict[str, dict[str, Record]] = {}
        self._by_name: dict[str, dict[str, list[Record]]] = {}
        self._merged: dict[str, dict[str, str]] = {}
        self._keys: dict[str, Keys] = {}
        self._new: dict[tuple[str, str], str] = {}

    def record(self, table: str, key: str) -> Record:
        """Our record with a key, the kept one if it was merged; empty for none."""
        found = self._of(table)
        return found.get(self._merged[table].get(key, key), {})

    def named(self, table: str, name: str) -> bool:
        """Whether a record here has this name."""
        self._of(table)
        return fold(name) in self._by_name[table]

    def meant(self, table: str, foreign: str, cells: Record, said: str | None = None) -> Meant:
        """Our key for a record of a document. `cells`: our fields as texts; `said`: what was remembered or decided."""
        if said and self.record(table, said):
            return Meant(said)
        held = self.record(table, foreign) if foreign else {}
        if held and self._same(table, held, cells):
            return Meant(foreign)
        alike = self._alike(table, cells)
        if alike:
            return Meant(alike[_key(table)], "known", str(_name(table, alike)))
        if held and self._trusted(table, foreign, held, cells):
            return Meant(foreign)
        if held:
            return Meant(self._new_key(table, foreign, cells), "taken", str(_name(table, held)))
        if foreign and not _KEY.fullmatch(foreign):
            return Meant(self._new_key(table, foreign, cells))
        return Meant(foreign)

    def _of(self, table: str) -> dict[str, Record]:
        if table not in self._records:
            rows = self._inventory.rows(f"FROM inventory.{table} ORDER BY {_key(table)}")
            self._records[table] = {row[_key(table)]: row for row in rows}
            self._merged[table] = resolved(self._inventory, table) if BY_TABLE[table].mergeable else {}
            by_name = self._by_name.setdefault(table, {})
            for row in rows:
                by_name.setdefault(fold(str(_name(table, row))), []).append(row)
        return self._records[table]

    def _alike(self, table: str, cells: Record) -> Record:
        """The one record here that the fields describe, whatever its key; empty for none, and for several."""
        self._of(table)
        name = str(cells.get("role" if table == "contact" else "name") or "")
        if table == "organization":
            for word in filter(None, (name, cells.get("short_name"))):
                try:
                    return self.record(table, self._lookup.find(table, str(word)))
                except Wrong:
                    continue
            return {}
        found = [row for row in self._by_name[table].get(fold(name), []) if self._same(table, row, cells)]
        current = [row for row in found if row.get("status") != "archived"] or found
        kept = {self._merged[table].get(row[_key(table)], row[_key(table)]) for row in current}
        return self.record(table, str(kept.pop())) if len(kept) == 1 else {}

    def _same(self, table: str, row: Record, cells: Record) -> bool:
        """Whether a record here is the one described."""
        named = fold(str(_name(table, row))) == fold(str(cells.get("role" if table == "contact" else "name") or ""))
        if table in ("organization", "location"):
            named = named or fold_core(str(row["name"])) == fold_core(str(cells.get("name") or "\n"))
        if table == "organization":
            return named
        if table == "location":
            street = bool(row["street"]) and fold(str(row["street"])) == fold(str(cells.get("street") or ""))
            return _fits(row, cells) and (named or street)
        if table == "contact" and row["name"] and cells.get("name") and fold(row["name"]) != fold(cells["name"]):
            return False
        return named and row["organization_id"] == cells.get("organization_id")

    def _trusted(self, table: str, key: str, held: Record, cells: Record) -> bool:
        """Whether the record here under a foreign id came from there, although its name differs."""
        if _UNIQUE.fullmatch(key) or self._origin.has(table, key):
            return True
        if table in ("initiative", "contact_point", "contact"):
            return bool(held["organization_id"] == cells.get("organization_id")) and table != "contact"
        names = fold(str(held["name"])), fold(str(cells.get("name") or ""))
        return SequenceMatcher(None, *names).ratio() >= _ALIKE

    def _new_key(self, table: str, foreign: str, cells: Record) -> str:
        """A key of our own for a record whose id is taken or cannot be a key, the same one each time."""
        if (table, foreign) not in self._new:
            keys = self._keys.setdefault(table, Keys(self._inventory, table))
            named = (str(cells.get(name) or "") for name in BY_TABLE[table].named_by)
            self._new[table, foreign] = keys.new(" ".join(named))
        return self._new[table, foreign]


def _fits(place: Record, cells: Record) -> bool:
    """Whether no given part of the address contradicts a place here."""
    given = ((place[part], str(cells.get(part) or "")) for part in ("street", "postcode"))
    return all(not held or not said or fold(str(held)) == fold(said) for held, said in given)


def _key(table: str) -> str:
    return f"{table}_id"


def _name(table: str, row: Record) -> Any:
    return row["role" if table == "contact" else "name"]
