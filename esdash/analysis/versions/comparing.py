"""Where two contents, or two tables, say different things: field by field, cell by cell."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from esdash.model.canonical import canonical

_KEYS = ("entry_key", "criterion", "district_id", "figure")  # what tells the parts of a list apart

Cells = Mapping[tuple[str, str], str]  # sheet or row, cell or column → its text


class Field(NamedTuple):
    """One difference: where it is, what it is called, what stood there when it was frozen, what stands there now."""

    where: str
    name: str
    frozen: str
    now: str


def of_contents(frozen: Mapping[str, Any], now: Mapping[str, Any]) -> list[Field]:
    """The fields of two contents that differ; the parts of a list are compared by their key, not by their place."""
    return list(_differing("", "", frozen, now, _titles(now) | _titles(frozen)))


def of_cells(frozen: Cells, now: Cells) -> list[Field]:
    """The cells of two tables that differ, in their order; one that is missing is empty."""
    places = [*frozen, *(place for place in now if place not in frozen)]
    found = [(place, frozen.get(place, ""), now.get(place, "")) for place in places]
    return [Field(*place, before, after) for place, before, after in found if before != after]


def alike(frozen: Cells, now: Cells) -> float:
    """The share of the frozen cells that stand in the other table in the same place."""
    return sum(now.get(place) == text for place, text in frozen.items()) / max(len(frozen), 1)


def _differing(where: str, name: str, frozen: Any, now: Any, titles: Mapping[str, str]) -> Iterator[Field]:
    before, after = _parts(frozen), _parts(now)
    if before is None or after is None:
        if canonical(frozen) != canonical(now):
            yield Field(where, name, _shown(frozen), _shown(now))
        return
    for key in dict.fromkeys([*before, *after]):
        part = (titles[key], "") if key in titles else (where, f"{name}.{key}" if name else key)
        if key in before and key in after:
            yield from _differing(*part, before[key], after[key], titles)
        else:
            yield Field(*part, _shown(before.get(key)), _shown(after.get(key)))


def _parts(value: Any) -> dict[str, Any] | None:
    """The named parts of a mapping, or of a list whose parts have keys; None for a single value."""
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, list) and value and all(isinstance(part, Mapping) for part in value):
        key = next((name for name in _KEYS if all(isinstance(part.get(name), str) for part in value)), None)
        return None if key is None else {part[key]: part for part in value}
    return None


def _titles(content: Mapping[str, Any]) -> dict[str, str]:
    """entry_key → title, to say where a difference is."""
    found = (one for name in ("entries", "aside", "gone") for one in content.get(name) or [])
    return {one["entry_key"]: str(one.get("title")) for one in found if isinstance(one, Mapping) and "entry_key" in one}


def _shown(value: Any) -> str:
    if isinstance(value, Mapping):
        return str(value["title"]) if "title" in value else canonical(value)
    return value if isinstance(value, str) else "" if value is None else canonical(value)
