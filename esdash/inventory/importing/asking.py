"""Questions of an import that only a person can answer, and the answers: given now, or remembered of the sender.

A question without an answer has a safe one: what it is about stays out of the inventory, and the preview says so.
"""

import hashlib
from collections.abc import Mapping as Mapped
from dataclasses import dataclass, replace
from dataclasses import field as of_dataclass
from typing import Any

from esdash.model.folding import fold

LEAVE_OUT = "skip"  # the answer of every topic that leaves the row, or what the question is about, as it is


@dataclass(frozen=True)
class Difference:
    """One field of an existing record that the file would change."""

    field: str
    label: str  # the header of the field, German / English
    before: Any
    after: Any


@dataclass(frozen=True)
class Question:
    """One question. Its sentence is text(f"import_ask.{topic}", **values), an answer's import_ask.{topic}_{answer}."""

    topic: str
    row: int  # number of the row; 0: about the list as a whole, or a record that it no longer names
    answers: tuple[str, ...]
    safe: str  # what holds while nobody has answered
    field: str = ""
    label: str = ""  # of the row, as the preview shows it
    record_id: str | None = None  # the record that is meant, of the table of the file or of `table`
    table: str = ""  # "": that of the file
    values: Mapped[str, object] = of_dataclass(default_factory=dict)
    differences: tuple[Difference, ...] = ()  # between row and record
    called: Mapped[str, str] = of_dataclass(default_factory=dict)  # answer → name, for answers that are records
    about: str = ""  # the words by which the same question is known again in the sender's next file; "": never

    @property
    def key(self) -> str:
        """The same question has the same key when the file is planned again."""
        return "|".join((self.topic, str(self.row), self.field, self.record_id or ""))

    @property
    def mark(self) -> str:
        """The same question has the same mark in the sender's next file; no word can be read from it."""
        words = "|".join((self.topic, self.field, self.record_id or "", fold(self.about)))
        return hashlib.sha256(words.encode()).hexdigest()[:32]


@dataclass(frozen=True)
class Answers:
    """What people said about a file: key of a question → answer; changes that they decline, as (row, field)."""

    given: Mapped[str, str] = of_dataclass(default_factory=dict)
    declined: frozenset[tuple[int, str]] = frozenset()
    owner: str | None = None  # the organisation that all rows without one belong to

    def declines(self, row: int, name: str) -> bool:
        """Whether this field of this row stays as it is."""
        return (row, name) in self.declined


@dataclass
class Asking:
    """The questions of one plan, in the order in which they came up, and the answers that hold."""

    answers: Answers = of_dataclass(default_factory=Answers)
    remembered: Mapped[str, str] = of_dataclass(default_factory=dict)  # mark → answer to an earlier file of the sender
    former: Mapped[str, tuple[str, ...]] = of_dataclass(default_factory=dict)  # record → those merged into it
    questions: list[Question] = of_dataclass(default_factory=list)
    said: dict[str, str] = of_dataclass(default_factory=dict)  # key → answer, for the answered ones
    from_memory: set[str] = of_dataclass(default_factory=set)  # keys of those that nobody answered now

    def ask(self, question: Question) -> str:
        """The answer that holds: the one given now, the remembered one, or the safe one."""
        self.questions.append(question)
        given = self.answers.given.get(question.key)
        if given in question.answers:
            self.said[question.key] = given
            return given
        recalled = self._recalled(question) if question.about else None
        if recalled in question.answers:
            self.said[question.key] = recalled
            self.from_memory.add(question.key)
            return recalled
        return question.safe

    def knows(self, question: Question) -> bool:
        """Whether somebody has answered it, now or for an earlier file."""
        return question.key in self.answers.given or self._recalled(question) in question.answers

    def _recalled(self, question: Question) -> str | None:
        """The remembered answer, also one about a record that has been merged into this one since."""
        about = (question.record_id, *(() if question.table else self.former.get(question.record_id or "", ())))
        marks = (replace(question, record_id=record).mark for record in about)
        return next((self.remembered[mark] for mark in marks if mark in self.remembered), None)


Resembling = Mapped[
    int, Mapped[str, Any]
]  # row → the record it resembles: record_id, name, score, …_share (METHODS M5)
