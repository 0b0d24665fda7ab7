"""A column of a table or file: its heading, and the kind of its values."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from esdash.texts import Text, is_missing
from esdash.wording.labels import heading

# percent: a share (0.42 is 42 %); change: a difference with its sign, points: a whole one; moment: date and time;
# list: several texts in one cell; euro: an amount to the cent, a Decimal.
Kind = Literal["text", "integer", "decimal", "percent", "change", "points", "date", "moment", "list", "euro"]


@dataclass(frozen=True)
class Column:
    """A column of a file: its name in the frame, its heading, what it holds, its width (None: the usual one)."""

    name: str
    label: str
    kind: Kind = "text"
    width: float | None = None


NUMBERS = frozenset({"integer", "decimal", "percent", "euro"})  # kinds that stand on the right

_DECLARED = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
_HELD: dict[str, Kind] = {name: kind for kind, names in _DECLARED["kind"].items() for name in names}


def headed(text: Text, table: str, /, *columns: str | tuple[str, str]) -> list[Column]:
    """Columns with their usual headings; columns.toml says the kind of their values and their width.

    A column that is a field of `table` (or "") has the label of the field as its heading. A column with another
    heading is given with the key of its text.
    """
    found = []
    for column in columns:
        name, key = column if isinstance(column, tuple) else (column, "")
        words = text(key) if key else heading(text, table, name)
        known = key if key in _HELD or key in _DECLARED["width"] else name
        found.append(Column(name, words, _HELD.get(known, "text"), _DECLARED["width"].get(known)))
    return found


def in_words(value: Any, column: Column, text: Text) -> str:
    """The value of a cell as people write it, not escaped."""
    if isinstance(value, list | tuple):
        return ", ".join(map(text.value, value))
    if is_missing(value):
        return text("word.unknown")
    if column.kind == "percent":
        return text.percent(value)
    if column.kind == "euro":
        return f"{text.number(value, 2)}\N{NO-BREAK SPACE}€"
    return text.value(value)
