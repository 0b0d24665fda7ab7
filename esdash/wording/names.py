"""The names of records and reference entries, in the language of the visitor."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import pandas as pd

from esdash.analysis.records import records
from esdash.analysis.selection import Selection
from esdash.inventory import Inventory
from esdash.inventory.cached import cached
from esdash.model.folding import name_order
from esdash.texts import Text


class Axis(NamedTuple):
    """The rows or the columns of a matrix: the ids in order, with a short and a full label for each."""

    ids: list[str]
    short: list[str]
    full: list[str]

    def sorted(self, by: Callable[[str], float]) -> Axis:
        """The same axis, sorted by a figure per id, the smallest first; equal ones keep their order."""
        order = sorted(range(len(self.ids)), key=lambda place: by(self.ids[place]))
        return Axis(*([part[place] for place in order] for part in self))


class Names:
    """Id → name for themes, target groups, districts, languages, modules and organisations."""

    def __init__(self, inventory: Inventory, text: Text) -> None:
        language = text.language
        self.text = text
        self.city = records.status(inventory)
        self.theme_frame = records.reference(inventory, "theme")
        self.field_ids = self.theme_frame.loc[self.theme_frame["parent_id"].isna(), "theme_id"].tolist()
        above = [parent if isinstance(parent, str) else None for parent in self.theme_frame["parent_id"]]
        self.parent = dict(zip(self.theme_frame["theme_id"], above, strict=True))
        self._full: dict[str, dict[str, str]] = {}
        self._short: dict[str, dict[str, str]] = {}
        for table in ("theme", "target_group", "language", "module"):
            frame = records.reference(inventory, table)
            self._full[table] = _pairs(frame, f"{table}_id", f"name_{language}")
            short = f"short_{language}"
            self._short[table] = _pairs(frame, f"{table}_id", short) if short in frame else self._full[table]
        districts = records.reference(inventory, "district")
        self._full["district"] = _pairs(districts, "district_id", "name")
        self._short["district"] = _pairs(districts, "district_id", "short_name")
        self._full["organization"] = _pairs(records.organization_names(inventory), "organization_id", "name")
        self._full["weekday"] = {str(day): text(f"weekday.{day}") for day in range(1, 8)}

    def of(self, kind: str, key: Any) -> str:
        """The name for one id; "unbekannt" for None."""
        if key is None or pd.isna(key):
            return self.text("word.unknown")
        return self._full[kind].get(str(key), str(key))

    def short(self, kind: str, key: str) -> str:
        """The short name for one id."""
        return self._short[kind].get(key, key)

    def all(self, kind: str, keys: Iterable[str] | None) -> str:
        """Several names in one line; "unbekannt" for None, "keine" for an empty list."""
        if keys is None or (isinstance(keys, float) and pd.isna(keys)) or keys is pd.NA:
            return self.text("word.unknown")
        return ", ".join(self._full[kind].get(str(key), str(key)) for key in keys) or self.text("word.none")

    def ids(self, kind: str) -> list[str]:
        """All ids of a kind in their order."""
        return list(self._full[kind])

    def by_name(self, kind: str, ids: Iterable[str]) -> list[str]:
        """These ids of a kind in the order of their names."""
        return sorted(ids, key=lambda key: name_order(self.of(kind, key)))

    def themes_below(self, field: str) -> list[str]:
        """The ids of the themes of a field of action."""
        return [theme for theme, parent in self.parent.items() if parent == field]

    @property
    def leaves(self) -> list[str]:
        """The ids of all themes, and of fields of action without themes, in the order of the city."""
        return [theme for field in self.field_ids for theme in self.themes_below(field) or [field]]

    def chosen(self, selection: Selection) -> str:
        """The chosen themes, target groups and districts in one line."""
        kinds = {"theme": selection.themes, "target_group": selection.groups, "district": selection.districts}
        return " · ".join(self.of(table, key) for table, ids in kinds.items() for key in ids)

    def axis(self, kind: str, field: str | None = None, unknown: bool = False) -> Axis:
        """The axis of a matrix; `field`: only the themes of that field of action; `unknown` adds a last row."""
        if kind == "city":
            name = self.text("handout.city")
            return Axis(["city"], [name], [name])
        if kind == "field":
            ids = self.field_ids
        elif kind == "theme":
            ids = self.themes_below(field) or [field] if field else self.leaves
        else:
            ids = self.ids(kind)
        table = "theme" if kind == "field" else kind
        short, full = [self.short(table, key) for key in ids], [self.of(table, key) for key in ids]
        last = [self.text("word.unknown")] if unknown else []
        return Axis([*ids, *(["unknown"] if unknown else [])], short + last, full + last)


@cached
def names_of(inventory: Inventory, text: Text) -> Names:
    """The names, cached."""
    return Names(inventory, text)


def _pairs(frame: pd.DataFrame, key: str, value: str) -> dict[str, str]:
    return dict(zip(frame[key].astype(str), frame[value].astype(str), strict=True))
