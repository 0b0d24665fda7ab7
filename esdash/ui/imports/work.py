"""The unfinished import of a visitor: the file as read, and the choices so far."""

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import streamlit as st

from esdash.errors import UserError
from esdash.inventory import Inventory, importing
from esdash.inventory.importing import Answers, Mapping, Table

STATE = "import_work"
LONGEST_NAME = 120  # most characters of a file name
LONGEST_SENDER = 80
LEAVE_OUT = "-"  # the choice for a column or word that is not imported


@dataclass
class Work:
    """A file between upload and import. The tables of a document are imported one after the other."""

    name: str
    tables: list[tuple[str | None, Table]]  # each with its kind, if the document states it
    sender: str = ""
    position: int = 0
    kind: str | None = None  # None: not known yet
    columns: dict[str, str | None] = field(default_factory=dict)  # folded header → field
    values: dict[str, dict[str, str | None]] = field(default_factory=dict)  # field → folded word → our id
    answers: dict[str, str] = field(default_factory=dict)  # key of a question → answer
    declined: set[tuple[int, str]] = field(default_factory=set)  # changes that are not wanted: row, field
    owner: str | None = None  # the organisation that all rows without one belong to
    number: int = 0  # number of this file in this visit, for keys of widgets
    wanted: importing.Plan | None = None  # the plan that the person confirmed
    done: list[importing.Plan] = field(default_factory=list)
    content: bytes | None = field(default=None, repr=False)  # of a workbook, while another sheet may be chosen

    @property
    def sheets(self) -> tuple[str, ...]:
        """The sheets of which one is chosen; empty if there is nothing to choose."""
        return self.table.sheets if self.content else ()

    @property
    def table(self) -> Table:
        """The current table."""
        return self.tables[self.position][1]

    @property
    def mapping(self) -> Mapping:
        """The choices so far as a mapping."""
        return Mapping(self.columns, self.values)

    @property
    def said(self) -> Answers:
        """The answers so far."""
        return Answers(dict(self.answers), frozenset(self.declined), self.owner)

    @property
    def finished(self) -> bool:
        """Whether the current table has been imported."""
        return len(self.done) > self.position

    def key(self, name: str) -> str:
        """The key of a widget, unique for this table."""
        return f"import_{name}_{self.number}_{self.position}"

    def next_table(self, inventory: Inventory) -> None:
        """Go to the next table of the document."""
        self.position += 1
        self.begin(inventory)

    def begin(self, inventory: Inventory) -> None:
        """Start with a table, without any choices."""
        said = self.tables[self.position][0]
        self.kind = said or importing.likely_kind(self.table, importing.learned(inventory, self.sender))
        self.forget_choices()

    def forget_choices(self) -> None:
        """Drop the choices about columns and words, because they only apply to one kind of table."""
        self.columns, self.values, self.owner, self.wanted = {}, {}, None, None
        self.forget_answers()

    def forget_answers(self) -> None:
        """Drop the answers about rows, because they are about the columns and words as matched before."""
        self.answers, self.declined = {}, set()


def current() -> Work | None:
    """The unfinished import of this visitor; None without a file."""
    found = st.session_state.get(STATE)
    return found if isinstance(found, Work) else None


def drop() -> None:
    """Discard the import and start again."""
    st.session_state.pop(STATE, None)


def files_seen() -> int:
    """How many files this visitor has uploaded; part of the key of the uploader, so that a new one is empty."""
    return int(st.session_state.get("import_files_seen", 0))


@contextmanager
def as_file(name: str, content: bytes) -> Iterator[Path]:
    """An uploaded file as a private temporary file, only while it is read."""
    with tempfile.TemporaryDirectory(prefix="esdash-") as folder:
        path = Path(folder) / _safe(name)
        path.write_bytes(content)
        yield path


def start(inventory: Inventory, name: str, content: bytes, sender: str) -> Work:
    """Read an uploaded file, which is in a private temporary file only while it is read. Raises UserError."""
    number = files_seen() + 1
    st.session_state["import_files_seen"] = number
    learned = importing.learned(inventory, sender)
    with as_file(name, content) as path:
        if importing.is_document(path):
            tables: list[tuple[str | None, Table]] = list(importing.hsds.tables(path, inventory.today()).items())
        else:
            tables = [(None, importing.read_table(path, *learned.values()))]
    if not tables:
        raise UserError("import_hsds", file=_safe(name))
    several = len(tables[0][1].sheets) > 1
    about = tables[0][1].about  # our own file of faulty rows knows whose list it was
    work = Work(
        _safe(name),
        tables,
        sender or (about and about.sender) or "",
        number=number,
        content=content if several else None,
    )
    work.begin(inventory)
    st.session_state[STATE] = work
    return work


def choose_sheet(inventory: Inventory, work: Work, sheet: str) -> None:
    """Read another sheet of the file, and start anew with it. Raises UserError for a sheet that is no table."""
    learned = importing.learned(inventory, work.sender)
    with as_file(work.name, work.content or b"") as path:
        work.tables = [(None, importing.read_table(path, *learned.values(), sheet=sheet))]
    work.number = st.session_state["import_files_seen"] = files_seen() + 1
    work.begin(inventory)


def _safe(name: str) -> str:
    """The name of a file without folders and characters that file systems refuse; its ending stays."""
    plain = re.sub(r'[\x00-\x1f\x7f/\\:*?"<>|\ud800-\udfff]', "_", name.replace("\\", "/").rpartition("/")[2]).strip(
        ". "
    )
    stem, dot, ending = plain.rpartition(".")
    if not dot:
        stem, ending = plain, ""
    while len(stem.encode()) > LONGEST_NAME:
        stem = stem[:-1]
    return f"{stem or 'tabelle'}{dot}{ending[:10]}"
