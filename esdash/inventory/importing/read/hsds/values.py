"""Values of a JSON document, which may be of any type: texts, parts, dates. Nothing here raises for what is odd."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from esdash.inventory.importing.read.cells import clean

Record = dict[str, Any]
MOST_PARTS = 2_000  # objects of one kind in one record


def text(record: Record, *names: str) -> str:
    """The first of these fields that is filled, as a text; "" for none, and for lists and objects."""
    for name in names:
        value = record.get(name)
        if isinstance(value, bool):
            return "ja" if value else "nein"
        if isinstance(value, str | int | float) and (said := clean(str(value))):
            return said
    return ""


def parts(record: Record, *names: str, most: int = MOST_PARTS) -> list[Record]:
    """The objects in the first of these fields that has any; also a single object without a list.

    Raises ValueError for more than `most`: no office has two thousand phones.
    """
    for name in names:
        value = record.get(name)
        found = value if isinstance(value, list) else [value]
        if len(found) > most:
            raise ValueError(name)
        if objects := [part for part in found if isinstance(part, dict)]:
            return objects
    return []


def part(record: Record, name: str) -> Record:
    """The object in a field; empty without one."""
    return next(iter(parts(record, name)), {})


def words(value: Any) -> Iterator[str]:
    """The items of a list of texts, or of a text with commas."""
    for item in value if isinstance(value, list) else str(value or "").split(","):
        if said := clean(str(item)).strip():
            yield said


def day(record: Record, name: str) -> date | None:
    """A date, also with a time behind it."""
    try:
        return date.fromisoformat(text(record, name)[:10])
    except ValueError:
        return None


def filled(value: Any) -> bool:
    """Whether a value says anything."""
    if isinstance(value, list | dict):
        inside = value.values() if isinstance(value, dict) else value
        return any(filled(item) for item in inside)
    return value is not None and str(value).strip() != ""


def written(value: Any) -> str:
    """A value for a notice: texts of lists and objects joined, without ids."""
    if isinstance(value, dict):
        named = (written(item) for name, item in value.items() if name != "id" and not name.endswith("_id"))
        return ", ".join(filter(None, named))
    if isinstance(value, list):
        return "; ".join(filter(None, map(written, value)))
    return "" if value is None else clean(str(value))
