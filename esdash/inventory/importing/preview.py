"""The preview of an import: rows with their differences, faults with their place, notices."""

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
Decisions = Mapped[int, str | None]  # row number → the record that the row is; None: leave the row out


@dataclass(frozen=True)
class Difference:
    """One field of an existing record that the file would change."""

    field: str
    label: str  # the header of the field, German / English
    before: Any
    after: Any


@dataclass(frozen=True)
class Fault:
    """Why a row is not imported: row number, header and text of the cell; Text.error(fault.error) says what to do."""

    row: int
    column: str
    value: str
    error: UserError


@dataclass(frozen=True)
class Notice:
    """A remark that does not stop the import; its text is text(notice.key, **notice.values)."""

    key: str
    values: dict[str, object]


@dataclass(frozen=True)
class PlannedRow:
    """One row of the file. `values`: the columns that it changes; for a new record all columns that it fills."""

    number: int
    state: State
    label: str
    record_id: str | None = None
    values: dict[str, Any] = field(default_factory=dict)
    differences: tuple[Difference, ...] = ()
    version: int | None = None  # of the record at the time of planning

    @property
    def text_key(self) -> str:
        """Key of the name of the state in esdash/texts."""
        return f"import.state_{self.state}"


@dataclass(frozen=True)
class Plan:
    """What importing a file would do. Nothing is changed yet; `run` carries it out, once."""

    import_run_id: str
    table: Table
    kind: Kind
    mapping: Mapping
    columns: Columns
    rows: tuple[PlannedRow, ...]
    faults: tuple[Fault, ...]
    notices: tuple[Notice, ...]
    new_locations: tuple[dict[str, Any], ...]  # locations made from new addresses
    already_imported: datetime | None  # when the same file was last imported, in local time
    revision: int  # of the inventory at the time of planning
    decisions: Decisions = field(default_factory=dict)
    sender: str | None = None

    @property
    def file_name(self) -> str:
        """The name of the file."""
        return self.table.name

    @property
    def unmatched(self) -> tuple[str, ...]:
        """Unknown headers; their columns are not imported."""
        return self.columns.unmatched

    @property
    def matched(self) -> dict[str, str]:
        """Header → label of the field that it is matched to."""
        return {self.table.header[position]: field.label for position, field in self.columns.fields.items()}

    @property
    def counts(self) -> dict[str, int]:
        """State → number of rows, including states with 0 rows."""
        counted = Counter(row.state for row in self.rows)
        return {state: counted[state] for state in ("new", "changed", "unchanged", "faulty")}
