"""The import a person is in the middle of: the file as read, and what they said about it so far."""

import re
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import streamlit as st

from esdash.errors import UserError
from esdash.inventory import Inventory, importing
from esdash.inventory.importing import Mapping, Table

STATE = "import_work"
LONGEST_NAME = 120  # characters of a file name; what is longer is no name
LONGEST_SENDER = 80
LEAVE_OUT = "-"  # choice of a column or word that is not imported

NEW, SKIP, SAME = "new", "skip", "same"  # what becomes of a row that resembles a record


@dataclass
class Work:
    """A file between upload and import. A document with several tables goes through them one after the other."""

    name: str
    tables: list[tuple[str | None, Table]]  # with the kind, where the document says it
    sender: str = ""
    position: int = 0
    kind: str | None = None  # None: nobody knows yet
    columns: dict[str, str | None] = field(default_factory=dict)  # folded header → field
    values: dict[str, dict[str, str | None]] = field(default_factory=dict)  # field → folded word → our id
    decisions: dict[int, str] = field(default_factory=dict)  # row → NEW, SKIP or SAME
    number: int = 0  # of this file in this visit: keys of widgets
    wanted: importing.Plan | None = None  # what the person told us to import
    done: list[importing.Plan] = field(default_factory=list)

    @property
    def table(self) -> Table:
        """The table that is worked on."""
        return self.tables[self.position][1]

    @property
    def mapping(self) -> Mapping:
        """What the person said."""
        return Mapping(self.columns, self.values)

    @property
    def finished(self) -> bool:
        """Whether the table that is worked on has been imported."""
        return len(self.done) > self.position

    def key(self, name: str) -> str:
        """The key of a widget that belongs to this table and no other."""
        return f"import_{name}_{self.number}_{self.position}"

    def next_table(self, inventory: Inventory) -> None:
        """Go on to the next table of the document."""
        self.position += 1
        self.begin(inventory)

    def begin(self, inventory: Inventory) -> None:
        """Start with a table: nothing has been said about it."""
        said = self.tables[self.position][0]
        self.kind = said or importing.likely_kind(self.table, importing.learned(inventory, self.sender))
        self.forget_choices()

    def forget_choices(self) -> None:
        """What was said about columns and words belongs to one kind of table."""
        self.columns, self.values, self.decisions, self.wanted = {}, {}, {}, None


def current() -> Work | None:
    """What this visitor is in the middle of; None where no file is there."""
    found = st.session_state.get(STATE)
    return found if isinstance(found, Work) else None


def drop() -> None:
    """Back to the beginning."""
    st.session_state.pop(STATE, None)


def files_seen() -> int:
    """How many files this visitor has brought; a new uploader has no file in it."""
    return int(st.session_state.get("import_files_seen", 0))


def start(inventory: Inventory, name: str, content: bytes, sender: str) -> Work:
    """Read what somebody uploaded; it lies in a private file only while it is read. Raises UserError."""
    number = files_seen() + 1
    st.session_state["import_files_seen"] = number
    learned = importing.learned(inventory, sender)
    with tempfile.TemporaryDirectory(prefix="esdash-") as folder:
        path = Path(folder) / _safe(name)
        path.write_bytes(content)
        if path.suffix.lower() == importing.hsds.ENDING:
            tables: list[tuple[str | None, Table]] = list(importing.hsds.tables(path).items())
        else:
            tables = [(None, importing.read_table(path, *learned.values()))]
    if not tables:
        raise UserError("import_hsds", file=_safe(name))
    work = Work(_safe(name), tables, sender, number=number)
    work.begin(inventory)
    st.session_state[STATE] = work
    return work


def _safe(name: str) -> str:
    """The name of a file without folders and signs that no file system takes; its ending stays."""
    plain = re.sub(r'[\x00-\x1f\x7f/\\:*?"<>|\ud800-\udfff]', "_", name.replace("\\", "/").rpartition("/")[2]).strip(
        ". "
    )
    stem, dot, ending = plain.rpartition(".")
    if not dot:
        stem, ending = plain, ""
    while len(stem.encode()) > LONGEST_NAME:
        stem = stem[:-1]
    return f"{stem or 'tabelle'}{dot}{ending[:10]}"
