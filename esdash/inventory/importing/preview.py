"""The preview of an import: rows with their differences, faults with their place, questions, notices."""

from collections import Counter
from collections.abc import Mapping as Mapped
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, get_args

from esdash.errors import UserError
from esdash.inventory.importing.asking import Answers, Difference, Question, Resembling
from esdash.inventory.importing.columns import Columns, Mapping
from esdash.inventory.importing.read.notices import Notice
from esdash.inventory.importing.read.spreadsheets import Table
from esdash.model.fields import Kind

State = Literal["new", "changed", "unchanged", "faulty", "open", "skipped"]  # open: waits for an answer
STATES: tuple[State, ...] = get_args(State)


@dataclass(frozen=True)
class Fault:
    """Why a row is not imported: row number, header and text of the cell; Text.error(fault.error) says what to do.

    Without `whole_row` only this cell is left out, and the rest of the row comes in.
    """

    row: int
    column: str
    value: str
    error: UserError
    whole_row: bool = True


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
    declined: tuple[Difference, ...] = ()  # changes that a person does not want

    @property
    def text_key(self) -> str:
        """Key of the name of the state in esdash/texts."""
        return f"import.state_{self.state}"


@dataclass(frozen=True)
class Beside:
    """A record of another table, or one that no row is about, which the import adds or changes on the way."""

    table: str
    record_id: str
    values: dict[str, Any]  # of a new record all columns that it fills, with its key
    rows: tuple[int, ...] = ()  # the rows that it is for
    version: int | None = None  # of the record at the time of planning; None: it is new
    differences: tuple[Difference, ...] = ()
    declined: tuple[Difference, ...] = ()  # changes that a person does not want; of rows, as fields location_…


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
    beside: tuple[Beside, ...]  # places made from new addresses or completed, organisations made on the way
    already_imported: datetime | None  # when the same file was last imported, in local time
    revision: int  # of the inventory at the time of planning
    questions: tuple[Question, ...]
    said: Mapped[str, str]  # key of a question → the answer that holds; the others have their safe one
    from_memory: frozenset[str]  # keys of questions answered as in the sender's earlier file
    answers: Answers
    resembling: Resembling
    names: Mapped[str, str]  # key → name of the records that it adds, or would after an answer
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
        return {state: counted[state] for state in STATES}

    @property
    def new_locations(self) -> tuple[dict[str, Any], ...]:
        """The locations made from new addresses."""
        return tuple(one.values for one in self.beside if one.table == "location" and one.version is None)

    @property
    def alone(self) -> tuple[Beside, ...]:
        """What an answer alone changes, such as a date that the list no longer names."""
        return tuple(one for one in self.beside if not one.rows)

    @property
    def declined(self) -> frozenset[tuple[int, str]]:
        """The changes that people declined, as (row, field); those of a place as location_…."""
        of_rows = {(row.number, one.field) for row in self.rows for one in row.declined}
        beside = {(row, f"location_{part.field}") for one in self.beside for part in one.declined for row in one.rows}
        return frozenset(of_rows | beside)

    @property
    def writes(self) -> int:
        """Number of rows that would be written, and of records that only an answer changes; 0: nothing to run."""
        return self.counts["new"] + self.counts["changed"] + len(self.alone)

    @property
    def unanswered(self) -> tuple[Question, ...]:
        """The questions that nobody has answered."""
        return tuple(question for question in self.questions if question.key not in self.said)

    @property
    def incomplete(self) -> int:
        """The number of rows that come in without a cell that cannot be read."""
        kept_out = {row.number for row in self.rows if row.state in ("faulty", "open", "skipped")}
        return len({fault.row for fault in self.faults} - kept_out)
