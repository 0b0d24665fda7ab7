"""Which record each row of a table is about, decided for all rows together; what is not clear is asked.

A key decides. Then rows and records of one name are put together, those that agree most first, so that the order of the
rows does not matter. What then is left of both sides has moved, or is another: a person says which.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from esdash.inventory.importing import apart
from esdash.inventory.importing.asking import LEAVE_OUT, Asking, Difference, Question, Resembling
from esdash.inventory.importing.draft import Draft
from esdash.inventory.importing.records import Record, Records, same_value
from esdash.inventory.importing.schedule import Schedule
from esdash.model.fields import Kind

ANSWERS = ("same", "another", LEAVE_OUT)
OPEN = "open"  # holds while nobody has answered
Score = tuple[int, int, int]


@dataclass
class Meant:
    """What a row is about: a record, or a new one (None); or it stays out until a person has answered."""

    record: Record | None = None
    state: Literal["open", "skipped"] | None = None


class Identity:
    """Puts the rows of one table and the records of the inventory together."""

    def __init__(
        self, kind: Kind, records: Records, asking: Asking, resembling: Resembling, schedule: Schedule
    ) -> None:
        self._kind = kind
        self._records = records
        self._asking = asking
        self._resembling = resembling
        self._schedule = schedule
        self._name = kind.same_by[-1]
        self._fields = {field.name: field.label for field in kind.fields}
        self._of_key: dict[str, Draft] = {}  # key → the row that is about it
        self.meant: dict[int, Meant] = {}
        self.labels: dict[int, str] = {}
        self.named: set[str] = set()  # keys of records that the table names, also in rows that stay out

    def settle(self, drafts: Iterable[Draft]) -> None:
        """Decide for all rows what they are about; adds faults to drafts, and asks."""
        groups: dict[tuple[Any, ...], list[Draft]] = defaultdict(list)
        for draft in drafts:
            draft_label = [draft.shown(name) for name in self._kind.same_by[::-1] if name in draft.cells]
            self.labels[draft.number] = " · ".join(draft_label)
            self.meant[draft.number] = Meant()
            if not self._by_key(draft):
                groups[self._records.name_of(draft.given) or (draft.number,)].append(draft)
        for group in groups.values():
            self._settle(group)

    def _by_key(self, draft: Draft) -> bool:
        """Whether the row's key says what it is about, or is at fault."""
        key = draft.given.get(self._kind.key)
        if not key:
            return False
        record = self._records.by_key(key)
        meant = str(record.get(self._kind.key, key))
        if meant in self._of_key:
            self._repeated(draft, self._of_key[meant])
            self.meant[draft.number].record = record or None
            return True
        self._of_key[meant] = draft
        if record:
            self._take(draft, record)
            return True
        same = [one for one in self._records.of_name(draft.given) if not self._compared(draft.given, one).two]
        if same:
            draft.fault(self._kind.key, "import_other_key", other=same[0][self._kind.key])
        return True

    def _settle(self, group: list[Draft]) -> None:
        """Decide for rows of one name."""
        rows = self._once(group)
        if not rows:
            return
        records = self._records.of_name(rows[0].given)
        left = self._together(rows, records)
        if self._kind.table == "session":
            self._moved_dates(left, records)
        else:
            for draft in left:
                self._moved(draft, records)

    def _once(self, group: list[Draft]) -> list[Draft]:
        """The rows without those that say an earlier one again; one that says more in a field is asked about."""
        kept: dict[Any, list[Draft]] = defaultdict(list)
        for draft in group:
            nearby = kept[draft.given.get("starts_on")] if self._kind.table == "session" else kept[None]
            other = next((one for one in nearby if not self._two_rows(draft.given, one.given)), None)
            if other is None or draft.unread.intersection(self._kind.same_by):  # nobody knows which one it is
                nearby.append(draft)
                continue
            differences = self._between(draft.given, other.given)
            unsaid = self._compared(draft.given, other.given).unsaid
            if not (differences or unsaid) or self._kind.table == "survey":
                self._repeated(draft, other)
            else:
                said = " ".join(f"{difference.field}={difference.after}" for difference in differences)
                about = f"{self._known_by(draft)} {said}"
                answers, values = ("another", LEAVE_OUT), {"other": other.number}
                if self._ask("twice", draft, None, answers, differences, about, values) == "another":
                    nearby.append(draft)
        return [draft for nearby in kept.values() for draft in nearby]

    def _two_rows(self, one: Record, two: Record) -> bool:
        found = self._compared(one, two)
        return found.two and self._kind.table not in apart.ONE_BY_NAME

    def _together(self, rows: list[Draft], records: list[Record]) -> list[Draft]:
        """Give each row the record that it agrees with most; returns the rows without one."""
        known = defaultdict(list)
        for record in records:
            known[record.get("starts_on") if self._kind.table == "session" else None].append(record)
        pairs: list[tuple[Score, int, Draft, Record]] = []
        for position, draft in enumerate(rows):
            for record in known[draft.given.get("starts_on") if self._kind.table == "session" else None]:
                found = self._compared(draft.given, record)
                if not (found.other or found.asks):
                    score = (len(found.changes), -found.agrees, -self._equal(draft.given, record))
                    pairs.append((score, position, draft, record))
        pairs.sort(key=lambda pair: pair[:2])
        done: set[int] = set()
        of_row: dict[int, list[tuple[Score, Record]]] = defaultdict(list)
        for score, _, draft, record in pairs:
            of_row[draft.number].append((score, record))
        for score, _, draft, record in pairs:
            if draft.number in done or record[self._kind.key] in self._of_key:
                continue
            done.add(draft.number)
            as_well = [other for its, other in of_row[draft.number] if its == score]
            free = [other for other in as_well if other[self._kind.key] not in self._of_key]
            if len(free) > 1:
                keys = ", ".join(str(one[self._kind.key]) for one in free)
                draft.fault(self._name, "import_several_records", records=keys)
                self.named |= {str(one[self._kind.key]) for one in free}
            else:
                self._take(draft, record)
        return self._without_taken([draft for draft in rows if draft.number not in done], of_row)

    def _without_taken(self, left: list[Draft], of_row: Mapping[int, list[tuple[Score, Record]]]) -> list[Draft]:
        """The rows without those whose record an earlier row is about, under another name or by its key."""
        kept = []
        for draft in left:
            others = (self._of_key.get(str(record[self._kind.key])) for _, record in of_row.get(draft.number, []))
            other = next((one for one in others if one and not self._compared(draft.given, one.given).two), None)
            same_name = other and self._records.name_of(other.given) == self._records.name_of(draft.given)
            if other and (not same_name or other.given.get(self._kind.key)):
                self._repeated(draft, other)
            else:
                kept.append(draft)
        return kept

    def _moved(self, draft: Draft, records: list[Record]) -> None:
        """Ask about a row whose name is known, but at another place or time; else about one that resembles."""
        free = [record for record in records if record[self._kind.key] not in self._of_key]
        free = [record for record in free if not self._compared(draft.given, record).other]
        if not free:
            if not self._as_before(draft, records):
                self._near(draft)
            return
        compared = [(self._compared(draft.given, record), record) for record in free]
        _, record = min(
            compared, key=lambda pair: (len(pair[0].asks), len(pair[0].changes), -self._equal(draft.given, pair[1]))
        )
        answer = self._ask("moved", draft, record, ANSWERS, self._changes(draft, record), self._known_by(draft))
        if answer == "same":
            self._take(draft, record)
        elif answer == "another":
            self._near(draft)

    def _as_before(self, draft: Draft, taken: list[Record]) -> bool:
        """Whether somebody said what the row is beside a record that another row has given its name since."""
        for record in taken:
            for topic in ("near", "moved"):
                changes = self._changes(draft, record)
                question = self._question(topic, draft, record, ANSWERS, changes, self._known_by(draft))
                if self._asking.knows(question):
                    if self._answer(question, draft) == "same":
                        self._repeated(draft, self._of_key[str(record[self._kind.key])])
                    return True
        return False

    def _near(self, draft: Draft) -> None:
        """Ask about a new row that resembles a record of another name."""
        if draft.number not in self._resembling:
            return
        record = self._records.by_key(str(self._resembling[draft.number]["record_id"]))
        if not record or any(record is one for one in self._records.of_name(draft.given)):
            return
        if self._ask("near", draft, record, ANSWERS, self._changes(draft, record), self._known_by(draft)) == "same":
            if other := self._of_key.get(str(record[self._kind.key])):
                self._repeated(draft, other)
            else:
                self._take(draft, record)

    def _moved_dates(self, left: list[Draft], records: list[Record]) -> None:
        """Ask whether dates of a renewed list are those that the inventory has, moved."""
        free = [record for record in records if record[self._kind.key] not in self._of_key]
        for draft, record in self._schedule.nearest(left, free):
            if self._ask("moved", draft, record, ANSWERS, self._changes(draft, record)) == "same":
                self._schedule.keep_length(draft, record)
                self._take(draft, record)

    def _ask(self, topic: str, draft: Draft, *what: Any) -> str:
        """The answer to a question about a row (`_question`), which stays out if nobody has answered."""
        return self._answer(self._question(topic, draft, *what), draft)

    def _question(
        self,
        topic: str,
        draft: Draft,
        record: Record | None,
        answers: tuple[str, ...],
        differences: tuple[Difference, ...],
        about: str = "",
        values: Mapping[str, object] | None = None,
    ) -> Question:
        return Question(
            *(topic, draft.number, answers, OPEN),
            label=self.labels[draft.number],
            record_id=str(record[self._kind.key]) if record else None,
            values=values or {},
            differences=differences,
            about=about,
        )

    def _answer(self, question: Question, draft: Draft) -> str:
        named = {question.record_id} if question.record_id else set()
        if draft.refused:  # the row stays out whatever is said
            self.named |= named
            return OPEN
        answer = self._asking.ask(question)
        if answer in (OPEN, LEAVE_OUT):
            self.meant[draft.number].state = "open" if answer == OPEN else "skipped"
            self.named |= named
        return answer

    def _known_by(self, draft: Draft) -> str:
        """The words by which the row is known again in the sender's next file."""
        return f"{self.labels[draft.number]} {apart.in_words(self._kind.table, draft.given)}"

    def _take(self, draft: Draft, record: Record) -> None:
        key = str(record[self._kind.key])
        self.meant[draft.number].record = record
        self._of_key[key] = draft
        self.named.add(key)

    def _repeated(self, draft: Draft, other: Draft) -> None:
        draft.fault(self._name, "import_repeated", self._fields[self._name], other=str(other.number))

    def _compared(self, one: Record, two: Record) -> apart.Compared:
        return apart.compared(self._kind.table, one, two)

    def _equal(self, given: Record, record: Record) -> int:
        return sum(name in record and same_value(record[name], value) for name, value in given.items())

    def _changes(self, draft: Draft, record: Record) -> tuple[Difference, ...]:
        return self._between(self._records.news(draft.given, record), record, also_new=True)

    def _between(self, given: Record, other: Record, also_new: bool = False) -> tuple[Difference, ...]:
        """The fields in which a row differs from another row, or from a record (also where that has no value)."""
        return tuple(
            Difference(name, self._fields[name], other.get(name), value)
            for name, value in given.items()
            if name in self._fields
            and name != self._kind.key
            and (name in other and (also_new or None not in (value, other[name])))
            and not same_value(other[name], value)
        )
