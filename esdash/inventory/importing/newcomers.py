"""Organisations that a list names and nobody knows yet: each is asked about once, and made on the way when wanted.

Rows of an organisation that nobody has answered about wait, and are read in full, so that all their faults are said.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Any

from esdash.inventory.file.store import Inventory
from esdash.inventory.importing.asking import LEAVE_OUT, Asking, Question
from esdash.inventory.importing.columns import Columns, Mapping
from esdash.inventory.importing.keys import Keys
from esdash.inventory.importing.lookup import Lookup
from esdash.inventory.importing.preview import Beside, PlannedRow, State
from esdash.inventory.importing.read.spreadsheets import Table
from esdash.model.folding import fold, fold_core, is_unknown

FIELD, CREATE = "organization_id", "create"
LONGEST = 200  # characters; a longer text is no name
_ALIKE = 0.85  # similarity from which two new names may be one; a person says so
_SAME_BEGIN = 3  # letters in which two spellings of one name agree; whoever errs there is asked about both
_COMPARED = 100  # new names that are compared with others; comparing is slow, and nobody reads more
_TOLD = ("source", "assured_on", "assured_by")  # what a row says of itself and of its organisation as well


@dataclass(frozen=True)
class _Name:
    """One new name in all its spellings: the one that stands for it, the first row, and the number of rows."""

    name: str
    folded: tuple[str, ...]
    row: int
    rows: int


class Newcomers:
    """The new organisations of a table. `mapping`: their words → the keys that they have or would get."""

    def __init__(
        self, inventory: Inventory, table: Table, columns: Columns, mapping: Mapping, asking: Asking, lookup: Lookup
    ) -> None:
        self._file = table.name
        self._new: dict[str, str] = {}  # key → name, of those that are made
        self._waiting: dict[str, State] = {}  # key → why its rows stay out
        said: dict[str, str | None] = {}
        keys = Keys(inventory, "organization")
        before: list[tuple[_Name, str]] = []
        for one in _unknown(table, columns, mapping, lookup):
            key = keys.new(one.name)
            answer = asking.ask(_question(one, before, lookup))
            earlier = {_as_row(other): other_key for other, other_key in before}
            if answer == CREATE:
                self._new[key] = one.name
            elif answer in earlier:
                key = earlier[answer]
            elif answer in ("open", LEAVE_OUT):
                self._waiting[key] = "skipped" if answer == LEAVE_OUT else "open"
            else:
                key = answer
            before.append((one, key))
            said |= dict.fromkeys(one.folded, key)
        lookup.add("organization", {*self._new, *self._waiting})
        self.mapping = Mapping(values={FIELD: said}) if said else Mapping()

    def held_back(self, rows: tuple[PlannedRow, ...]) -> tuple[PlannedRow, ...]:
        """The rows; those of an organisation that is not made wait or stay out."""
        if not self._waiting:
            return rows
        return tuple(self._held(row) for row in rows)

    def _held(self, row: PlannedRow) -> PlannedRow:
        state = self._waiting.get(row.values.get(FIELD, ""))
        if state is None or row.state not in ("new", "changed"):
            return row
        return PlannedRow(row.number, state, row.label)

    def beside(self, rows: Sequence[PlannedRow], sender: str | None) -> tuple[Beside, ...]:
        """The organisations that rows to be written need, with what those rows say of their source."""
        found: list[Beside] = []
        written: dict[str, list[PlannedRow]] = {}
        for row in rows:
            if row.state in ("new", "changed"):
                written.setdefault(str(row.values.get(FIELD)), []).append(row)
        for key, name in self._new.items():
            if of_it := written.get(key):
                values: dict[str, Any] = {FIELD: key, "name": name, "source": sender or self._file}
                values |= {told: of_it[0].values[told] for told in _TOLD if of_it[0].values.get(told)}
                found.append(Beside("organization", key, values, tuple(row.number for row in of_it)))
        return tuple(found)


def _unknown(table: Table, columns: Columns, mapping: Mapping, lookup: Lookup) -> list[_Name]:
    """The names that no organisation has, by the rows in which they come first."""
    position = next((at for at, field in columns.fields.items() if field.name == FIELD), None)
    if position is None or columns.fields[position].type != "reference" or not columns.fields[position].stored:
        return []
    if any(row.source for row in table.rows):  # a document names them by its own ids, which are no names
        return []
    words = mapping.values.get(FIELD, {})
    spelt: dict[str, Counter[str]] = {}
    first: dict[str, int] = {}
    known: dict[str, bool] = {}
    for row in table.rows:
        text = row.cells[position]
        if text not in known:
            no_name = not text or is_unknown(text) or text.startswith("#") or len(text) > LONGEST
            known[text] = no_name or fold(text) in words or lookup.knows("organization", text)
        if not known[text]:
            spelt.setdefault(fold_core(text), Counter())[text] += 1
            first.setdefault(fold_core(text), row.number)
    return [
        _Name(
            max(spellings, key=lambda text: (spellings[text], len(text))),
            tuple({fold(text) for text in spellings}),
            first[core],
            spellings.total(),
        )
        for core, spellings in spelt.items()
    ]


def _question(one: _Name, before: list[tuple[_Name, str]], lookup: Lookup) -> Question:
    """Create it, or is it one of these: known organisations of a similar name, or a name further up?"""
    few = len(before) < _COMPARED
    similar = lookup.similar("organization", one.name) if few else {}
    near = {
        _as_row(other): other.name
        for other, _ in (before if few else ())
        if fold_core(one.name)[:_SAME_BEGIN] == fold_core(other.name)[:_SAME_BEGIN]
        and SequenceMatcher(None, fold_core(one.name), fold_core(other.name)).ratio() >= _ALIKE
    }
    called = {**similar, **near}
    answers = (CREATE, *called, LEAVE_OUT)
    values = {"named": one.name, "n": one.rows}
    question = Question("organization", one.row, answers, "open", FIELD, one.name, table="organization", values=values)
    return replace(question, called=called, about=one.name)


def _as_row(one: _Name) -> str:
    """The answer "the same as the name of this row"."""
    return f"row{one.row}"
