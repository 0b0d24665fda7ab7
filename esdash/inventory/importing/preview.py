"""What an import would do, before it does it: rows with their differences, faults with their place, notices."""

from collections import Counter
from collections.abc import Mapping as Mapped
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from esdash.errors import UserError
from esdash.inventory.importing.columns import Columns, Mapping
from esdash.inventory.importing.read.spreadsheets import Table
from esdash.model.fields import Kind

State = Literal["new", "changed", "unchanged", "faulty"]
Decisions = Mapped[int, str | None]  # row number → the record that the row is, None: leave the row out


@dataclass(frozen=True)
class Difference:
    """One field of an existing record that the file would change."""

    field: str
    label: str  # the header of the field, German / English
    before: Any
    after: Any


@dataclass(frozen=True)
class Fault:
    """Why a row is not imported: row number, header and text of the cell, and what to do (Text.error(fault.error))."""

    row: int
    column: str
    value: str
    error: UserError


@dataclass(frozen=True)
class Notice:
    """Something to know that stops nothing; `key` is a text: text(notice.key, **notice.values)."""

    key: str
    values: dict[str, object]


@dataclass(frozen=True)
class PlannedRow:
    """One row of the file. `values` are columns of the table; for a new record all that are given."""

    number: int
    state: State
    label: str
    record_id: str | None = None
    values: dict[str, Any] = field(default_factory=dict)
    differences: tuple[Difference, ...] = ()
    version: int | None = None  # of the record when it was compared

    @property
    def text_key(self) -> str:
        """Key of the name of the state in esdash/texts."""
        return f"import.state_{self.state}"


@dataclass(frozen=True)
class Plan:
    """What importing a file would do. Nothing is changed yet; `run` does it, once."""

    import_run_id: str
    table: Table
    kind: Kind
    mapping: Mapping
    columns: Columns
    rows: tuple[PlannedRow, ...]
    faults: tuple[Fault, ...]
    notices: tuple[Notice, ...]
    new_locations: tuple[dict[str, Any], ...]  # addresses that become locations
    already_imported: datetime | None  # when the same file was last imported, by the city's clocks
    revision: int  # of the inventory when the plan was made
    decisions: Decisions = field(default_factory=dict)
    sender: str | None = None

    @property
    def file_name(self) -> str:
        """Name of the file."""
        return self.table.name

    @property
    def unmatched(self) -> tuple[str, ...]:
        """Headers that nobody knows; their cells are not imported."""
        return self.columns.unmatched

    @property
    def matched(self) -> dict[str, str]:
        """Header → label of the field it is taken for."""
        return {self.table.header[position]: field.label for position, field in self.columns.fields.items()}

    @property
    def counts(self) -> dict[str, int]:
        """Number of rows per state, also where it is 0."""
        counted = Counter(row.state for row in self.rows)
        return {state: counted[state] for state in ("new", "changed", "unchanged", "faulty")}
