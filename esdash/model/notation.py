"""Lists in one table cell: "a;b", weekly times as "1 10:00-12:00;3 14:00-16:00", and other items of entries.py."""

from collections.abc import Iterable
from typing import Any

from esdash.model import entries

KNOWN_TO_BE_EMPTY = "-"  # asked, and there is none; an empty cell is unknown


def parse(text: str | None, kind: str) -> Any:
    """A cell as a value for a column of the DuckDB type `kind`; an empty cell is None (unknown).

    Raises ValueError for what is not an item of such a list.
    """
    if text is None or text.strip() == "":
        return None
    if not kind.endswith("[]"):
        return text
    if text.strip() == KNOWN_TO_BE_EMPTY:
        return []
    parts = [part.strip() for part in text.split(";") if part.strip()]
    return [entries.read(part, entries.of_column(kind)) for part in parts] if kind.startswith("STRUCT") else parts


def write(value: Any) -> Any:
    """A value as a cell; the opposite of `parse`."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, Iterable):
        parts = [entries.written(part) if isinstance(part, dict) else str(part) for part in value]
        return ";".join(parts) or KNOWN_TO_BE_EMPTY
    return value
