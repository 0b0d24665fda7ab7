"""A column of a table or file: its heading, and the kind of its values."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from esdash.texts import Text
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
