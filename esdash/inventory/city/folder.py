"""What was read of a city's folder, or why it cannot be read."""

from dataclasses import dataclass, field
from typing import Any

from esdash.errors import UserError
from esdash.inventory.city.declared import Row

FAULTS_SHOWN = 20  # faults that one reading collects; more of them have the same cause


class CityFaults(UserError):
    """Several faults of a city's folder: the first is the message, `others` are the next."""

    def __init__(self, faults: list[UserError]) -> None:
        super().__init__(faults[0].key, **faults[0].values)
        self.others = faults[1:FAULTS_SHOWN]


@dataclass
class Folder:
    """What was read: table → key → the columns that the files name, with typed values; unknown is None.

    `lines`: (file, key) → the line of the row; `estimated`: tables that no file gave, worked out from the others.
    """

    name: str
    files: tuple[str, ...]
    sha256: str
    tables: dict[str, Any] = field(default_factory=dict)  # of key → row; of ways as Ways
    lines: dict[tuple[str, str], int] = field(default_factory=dict)
    estimated: frozenset[str] = frozenset()

    def rows(self, table: str) -> list[Row]:
        """The rows of a table in the order of the file, without the keys of the table that no column holds."""
        return list(self.tables.get(table, {}).values())
