"""The records of the inventory: finding the one that a row is about."""

from typing import Any

from esdash.inventory.file.store import Inventory
from esdash.inventory.merging import resolved
from esdash.model.fields import Kind
from esdash.model.folding import fold

Record = dict[str, Any]


class Records:
    """The records of one table, found by key or by the fields that identify them; merged ones lead to the kept one."""

    def __init__(self, inventory: Inventory, kind: Kind) -> None:
        self._kind = kind
        # dates of one training are told apart by day, time and place, as offers of one name are by theirs
        self._names = kind.same_by[:1] if kind.table == "session" else kind.same_by
        self._by_key: dict[str, Record] = {}
        self._same: dict[tuple[Any, ...], list[Record]] = {}
        self._former: dict[tuple[Any, ...], list[Record]] = {}  # by the identity of merged records
        self._dropped: dict[str, list[Record]] = {}  # key of a kept record → the records merged into it
        for record in inventory.rows(f"FROM inventory.{kind.table} ORDER BY {kind.key}"):
            self._by_key[record[kind.key]] = record
        led = resolved(inventory, kind.table)
        merged = {old: kept for old, kept in led.items() if old in self._by_key and kept in self._by_key}
        for key, record in self._by_key.items():
            if key not in merged:
                self._same.setdefault(self._identity(record), []).append(record)
        for old, kept in merged.items():
            dropped, self._by_key[old] = self._by_key[old], self._by_key[kept]
            self._former.setdefault(self._identity(dropped), []).append(self._by_key[kept])
            self._dropped.setdefault(kept, []).append(dropped)

    def all(self) -> list[Record]:
        """All records; of merged ones only the kept record."""
        return list({record[self._kind.key]: record for record in self._by_key.values()}.values())

    def by_key(self, key: str | None) -> Record:
        """The record with this key; empty for a new one."""
        return self._by_key.get(key or "", {})

    def name_of(self, given: Record) -> tuple[Any, ...] | None:
        """What rows and records of one name share; None if the row does not say all of it."""
        if any(given.get(name) is None for name in self._names):
            return None
        return self._identity(given)

    def of_name(self, given: Record) -> list[Record]:
        """The records of the row's name, without archived ones if there are others.

        Only if there are none, those into which records of this name were merged: an older list may still have it.
        """
        name = self.name_of(given)
        if name is None:
            return []
        same = self._same.get(name, [])
        same = [record for record in same if record.get("status") != "archived"] or same
        return same or list({one[self._kind.key]: one for one in self._former.get(name, [])}.values())

    def _identity(self, record: Record) -> tuple[Any, ...]:
        return tuple(_comparable(record.get(name)) for name in self._names)

    def news(self, given: Record, record: Record) -> Record:
        """The values of a row, without key and name of a merged record, which only tell which record is meant."""
        key = self._kind.key
        for dropped in self._dropped.get(record[key], []):
            named = [name for name in self._kind.same_by if name in given]
            if given.get(key) == dropped[key] or (
                named and all(_comparable(given[name]) == _comparable(dropped[name]) for name in self._kind.same_by)
            ):
                old = {name for name in named if _comparable(given[name]) == _comparable(dropped[name])}
                return {name: value for name, value in given.items() if name not in {key, *old}}
        return given


def same_value(one: Any, other: Any) -> bool:
    """Whether two values are equal; the order of a list does not matter."""
    if isinstance(one, list) and isinstance(other, list):
        return sorted(map(str, one)) == sorted(map(str, other))
    return bool(one == other)


def _comparable(value: Any) -> Any:
    return fold(value) if isinstance(value, str) else value
