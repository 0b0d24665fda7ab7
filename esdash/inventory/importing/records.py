"""The records of the inventory: finding the one that a row is about."""

from collections.abc import Iterator
from typing import Any

from esdash.inventory.file.store import Inventory
from esdash.inventory.merging import resolved
from esdash.model.fields import Kind
from esdash.model.folding import fold
from esdash.model.values import Wrong

Record = dict[str, Any]


class Records:
    """The records of one table, found by key or by the fields that identify them; merged ones lead to the kept one."""

    def __init__(self, inventory: Inventory, kind: Kind) -> None:
        self._kind = kind
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
                self._same.setdefault(identity(kind, record), []).append(record)
        for old, kept in merged.items():
            dropped, self._by_key[old] = self._by_key[old], self._by_key[kept]
            self._former.setdefault(identity(kind, dropped), []).append(self._by_key[kept])
            self._dropped.setdefault(kept, []).append(dropped)

    def by_key(self, key: str | None) -> Record:
        """The record with this key; empty for a new one."""
        return self._by_key.get(key or "", {})

    def find(self, given: Record) -> Record | None:
        """The record that a row is about; None for a new one.

        Raises Wrong for an unknown key with the name of a known record, and if several records fit.
        """
        key = given.get(self._kind.key)
        if key in self._by_key:
            return self._by_key[key]
        same = list(self._alike(given, self._same))
        same = [record for record in same if record.get("status") != "archived"] or same
        if not same:  # an older list may still have the name of a merged record
            same = list({record[self._kind.key]: record for record in self._alike(given, self._former)}.values())
        if key and same:
            raise Wrong("import_other_key", other=same[0][self._kind.key])
        if len(same) > 1:
            raise Wrong("import_several_records", records=", ".join(record[self._kind.key] for record in same))
        return same[0] if same else None

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

    def _alike(self, given: Record, known: dict[tuple[Any, ...], list[Record]]) -> Iterator[Record]:
        if any(given.get(name) is None for name in self._kind.same_by):
            return
        same = known.get(identity(self._kind, given), [])
        for name in self._kind.same_if_given:
            wanted = given.get(name)
            if wanted is not None:
                equal = [record for record in same if _comparable(record[name]) == _comparable(wanted)]
                same = equal or [record for record in same if record[name] is None]
        yield from same


def identity(kind: Kind, record: Record, fully: bool = False) -> tuple[Any, ...]:
    """The values that identify a record (Kind.same_by); `fully`: with those of same_if_given."""
    names = kind.same_by + (kind.same_if_given if fully else ())
    return tuple(_comparable(record.get(name)) for name in names)


def same_value(one: Any, other: Any) -> bool:
    """Whether two values are equal; the order of a list does not matter."""
    if isinstance(one, list) and isinstance(other, list):
        return sorted(map(str, one)) == sorted(map(str, other))
    return bool(one == other)


def _comparable(value: Any) -> Any:
    return fold(value) if isinstance(value, str) else value
