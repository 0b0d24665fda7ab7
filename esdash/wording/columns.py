"""A column of a table or file: what it is called and what it holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from esdash.texts import Text
from esdash.wording.labels import heading

# percent: a share (0.42 is 42 %); moment: date and time; list: several texts in one cell.
Kind = Literal["text", "integer", "decimal", "percent", "date", "moment", "list"]


@dataclass(frozen=True)
class Column:
    """A column of a file: its name in the frame, its heading, what it holds, its width (None: the usual one)."""

    name: str
    label: str
    kind: Kind = "text"
    width: float | None = None


def headed(text: Text, table: str = "", /, **columns: Kind | tuple[Kind, float]) -> list[Column]:
    """Columns under their usual headings: what each holds, and its width if it is not the usual one.

    Those that are fields of records of `table` are called by the name of the field.
    """
    return [
        Column(name, heading(text, table, name), *((of,) if isinstance(of, str) else of))
        for name, of in columns.items()
    ]
