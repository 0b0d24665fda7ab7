"""A row while it is read: its values, its faults, and what is to be said of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from esdash.errors import UserError
from esdash.inventory.importing.preview import Fault

SHOWN = 80  # characters of a cell that a message quotes


@dataclass
class Draft:
    """A row as read: only the fields that the row fills; None for a cell that says "unknown"."""

    number: int
    given: dict[str, Any] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    cells: dict[str, tuple[str, str]] = field(default_factory=dict)  # field → header and text of the cell
    names: dict[str, str] = field(default_factory=dict)  # field → name of the record whose key the cell has
    asides: dict[str, str] = field(default_factory=dict)  # field → words that are no value of it and become a note
    remarks: list[tuple[str, str]] = field(default_factory=list)  # text key and field of what the preview says
    beside: list[tuple[str, str, Any]] = field(default_factory=list)  # field, another one that its cell fills, value
    next_day: bool = False  # whether the end is of the day after the first
    unread: set[str] = field(default_factory=set)  # fields with a fault
    headers: Mapping[str, str] = field(default_factory=dict)  # field → header, also where the row's cell is empty

    def fault(self, name: str, key: str, label: str = "", whole_row: bool = True, **more: object) -> None:
        """Add a fault of the row, or of the cell; if the field has no column in the file, `label` names it."""
        column, text = self.cells.get(name, (self.headers.get(name) or label or name, ""))
        error = UserError(key, row=str(self.number), column=column, value=shown(text), **more)
        self.faults.append(Fault(self.number, column, text, error, whole_row))
        self.unread.add(name)

    def shown(self, name: str) -> str:
        """What people read in place of a cell: its text, or the name of the record whose key it has."""
        return self.names.get(name) or self.cells[name][1]

    @property
    def refused(self) -> bool:
        """Whether a fault keeps out the whole row."""
        return any(fault.whole_row for fault in self.faults)

    def told(self) -> list[Fault]:
        """The faults as the preview names them: of a row that stays out, each is one of the whole row."""
        return [replace(fault, whole_row=self.refused) for fault in self.faults]


def shown(text: str) -> str:
    """A text as messages quote it."""
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
