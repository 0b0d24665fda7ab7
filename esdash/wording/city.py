"""What a city's folder would change, in words: the same for the page and the command."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pandas as pd

from esdash.analysis.records import records
from esdash.errors import UserError
from esdash.inventory import Inventory
from esdash.inventory.city import Comparison, Difference, Folder
from esdash.inventory.city.declared import BY_NAME, BY_TABLE, FILES, Column, Kind, Row
from esdash.inventory.city.folder import CityFaults
from esdash.model.kinds import BY_TABLE as KINDS
from esdash.texts import Text
from esdash.wording import labels
from esdash.wording.names import Names, names_of

STATES = ("added", "changed", "gone")
_DIGITS = 6  # of a number at most; more of them come from arithmetic, not from a source
_NAMED = ("district", "theme", "target_group", "language", "module")


class Titles:
    """What the entries of a city are called, those of the folder included."""

    def __init__(self, names: Names, folder: Folder | None, text: Text) -> None:
        self._names, self._folder, self._text = names, folder, text
        self.threshold = names.city["small_number_threshold"]  # of people, METHODS M4

    def of(self, table: str, key: str) -> str:
        """The name of an entry; of a pair both names."""
        file = BY_TABLE[table]
        if len(file.key) > 1:
            parts = zip(file.key, key.split("|"), strict=True)
            return " · ".join(self._named(file.refers(column) or "", part) for column, part in parts)
        return self._named(file.refers(file.key[0]) or table, key)

    def _named(self, table: str, key: str) -> str:
        if table == "criterion":
            return self._text(f"criterion.{key}")
        row = self._folder.tables.get(table, {}).get(key, {}) if self._folder else {}
        own = row.get(f"name_{self._text.language}") or row.get("name")
        return str(own) if own else self._names.of(table, key) if table in _NAMED else key


def sentence(found: Comparison, text: Text) -> str:
    """What the folder changes, in one sentence."""
    counts = {state: found.count(state) for state in STATES}
    key = "city.changes" if any(counts.values()) else "city.no_changes"
    return text(key, folder=found.folder.name, unchanged=sum(found.unchanged.values()), **counts)


def summary(found: Comparison, text: Text) -> pd.DataFrame:
    """One row per file that was given: its name, what it holds, and how many rows are new, changed, gone, unchanged."""
    rows: list[Row] = [
        {
            "file": name,
            "content": text(f"city.file_{name.replace('.', '_')}"),
            **{state: found.count(state, name) for state in STATES},
            "unchanged": found.unchanged[name],
            "held": sum(one.held for one in found.differences if one.file == name) if not found.overwrite else 0,
        }
        for name in found.unchanged
    ]
    return pd.DataFrame(rows, columns=["file", "content", *STATES, "unchanged", "held"])


def rows(inventory: Inventory, found: Comparison, text: Text, file: str | None = None) -> pd.DataFrame:
    """One row per difference: file, state, entry (its name), change (from and to), note (who agreed on it).

    A number of people that is too small to be shown elsewhere is not shown here either (METHODS M4).
    """
    titles = Titles(names_of(inventory, text), found.folder, text)
    hidden = set(records.hidden_people(inventory))
    return pd.DataFrame(
        [
            {
                "file": one.file,
                "state": text(f"city.state_{'held' if one.held and not found.overwrite else one.state}"),
                "entry": titles.of(one.table, one.key),
                "change": "; ".join(_changes(one, (one.table, one.key) in hidden, titles, text)),
                "note": note(one, found.overwrite, text),
            }
            for one in found.differences
            if file in (None, one.file)
        ],
        columns=["file", "state", "entry", "change", "note"],
    )


def _changes(one: Difference, hidden: bool, titles: Titles, text: Text) -> Iterator[str]:
    """Each column that differs, with its value before and after; of a new or removed row what it holds."""
    for column in BY_NAME[one.file].columns:
        if column.name in BY_NAME[one.file].key or column.name not in (one.after or one.before):
            continue
        label = text(f"city.column.{column.name}")
        if column.kind is Kind.SHAPE:
            yield text("city.shape", label=label)
            continue
        before, after = (_value(one, column, row.get(column.name), titles, text) for row in (one.before, one.after))
        if column.name == "persons":
            small = [0 < (row.get("persons") or 0) < titles.threshold for row in (one.before, one.after)]
            before = text("quality.suppressed") if hidden or small[0] else before
            after = text("quality.suppressed") if small[1] else after
        if one.state == "changed":
            yield text("city.from_to", label=label, before=before, after=after)
        elif (one.after or one.before)[column.name] is not None and column.name != "sort":
            yield text("city.value", label=label, value=after if one.after else before)


def _value(one: Difference, column: Column, value: Any, titles: Titles, text: Text) -> str:
    if value is not None and (target := BY_NAME[one.file].refers(column.name)):
        return titles.of(target, value)
    if value is not None and column.choices:
        return text(f"city.choice.{value}")
    if isinstance(value, int | float):
        return _number(value, text)
    return text.date(value) if isinstance(value, date) else text.value(value)


def _number(value: float, text: Text) -> str:
    digits = f"{value:.{_DIGITS}f}".rstrip("0").partition(".")[2]
    return text.number(value, len(digits))


def note(one: Difference, overwrite: bool, text: Text) -> str:
    """Who wrote the row in the inventory by hand, which is newer, and what happens; else whether the file is older."""
    if one.hand is None:
        return text("city.older") if one.older else ""
    newer = text(f"city.newer_{one.hand.newer}")
    happens = text("city.stays" if one.held and not overwrite else "city.replaced")
    return text("city.by_hand", actor=one.hand.actor, day=one.hand.at, newer=newer, happens=happens)


def uses(found: Comparison, titles: Titles, text: Text) -> list[str]:
    """One sentence per entry that would go although it is used: kind and number of the records, and some names."""
    by_entry: dict[tuple[str, str], list[str]] = {}
    for one in found.uses:
        of_kind = one.by_table in KINDS
        by = labels.counted(text, one.by_table, one.n) if of_kind else text.count(f"city.by.{one.by_table}", one.n)
        names = ", ".join(one.names) + (" …" if one.names and one.n > len(one.names) else "")
        part = text("city.used_named", by=by, names=names) if names else by
        by_entry.setdefault((one.table, one.key), []).append(part)
    return [
        text("city.uses", kind=text(f"city.one.{table}"), name=titles.of(table, key), by="; ".join(parts))
        for (table, key), parts in by_entry.items()
    ]


def excess(inventory: Inventory, found: Comparison, text: Text) -> str:
    """The sentence that the districts have more people together than the city, with the groups; empty if not.

    The numbers of a group are left out where its total is too small to be shown, or hidden.
    """
    titles, hidden = Titles(names_of(inventory, text), found.folder, text), records.hidden_people(inventory)
    groups = []
    for group, (people, total) in found.excess.items():
        name = titles.of("target_group", group)
        shown = ("city_total", group) not in hidden and total >= titles.threshold
        numbers = {"districts": _number(people, text), "city": total}
        groups.append(text("city.excess_group", group=name, **numbers) if shown else name)
    return text("city.excess", groups="; ".join(groups)) if groups else ""


def absent(found: Comparison) -> str:
    """The files that the folder does not hold, and whose rows stay."""
    there = {*found.folder.files, *(BY_TABLE[table].name for table in found.folder.estimated)}
    return ", ".join(file.name for file in FILES if file.name not in there)


def faults(error: UserError, text: Text) -> list[str]:
    """The other faults of a folder beside the one that the message names."""
    return [text.error(other)[0] for other in error.others] if isinstance(error, CityFaults) else []
