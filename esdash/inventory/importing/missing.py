"""What a renewed list no longer names: a person says what became of each record that came with an earlier one."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from esdash.inventory.file.store import Inventory
from esdash.inventory.importing.asking import Asking, Difference, Question
from esdash.inventory.importing.origin import Origin
from esdash.inventory.importing.preview import Beside, Notice
from esdash.inventory.importing.records import Record
from esdash.inventory.importing.schedule import to_come
from esdash.model.fields import Kind

KEEP = "keep"
ENDING = {"session": "cancelled", "initiative": "ended"}  # table → what a record is that is no longer on
# A list that names less than this part of what came from its sender is not that list renewed, but another one.
LEAST_NAMED = 0.5


class Missing:
    """Asks about the records that a list no longer names."""

    def __init__(self, inventory: Inventory, kind: Kind, origin: Origin, today: date) -> None:
        self._inventory = inventory
        self._kind = kind
        self._origin = origin
        self._today = today
        self.beside: list[Beside] = []
        self.notices: list[Notice] = []

    def ask(self, records: Iterable[Record], named: Collection[str], courses: Collection[str], asking: Asking) -> None:
        """Ask about each record that could be named and is not; `courses`: those whose dates the list has."""
        table, key = self._kind.table, self._kind.key
        if table not in ENDING:
            return
        known = self._expected(records, courses)
        gone = [record for record in known if record[key] not in named]
        if len(known) - len(gone) < LEAST_NAMED * len(known):
            if len(gone) == len(known):  # a list of other things
                return
            counted: dict[str, object] = {"named": len(known) - len(gone), "known": len(known)}
            self.notices.append(Notice("import_ask.notice_other_list", counted))
            return
        labels = self._labels(gone)
        for record in gone:
            label = labels[record[key]]
            ending = ENDING[table]
            question = Question(
                *("missing", 0, (ending, KEEP), KEEP), label=label, record_id=str(record[key]), about=label
            )
            if asking.ask(question) == ending:
                change = Difference("status", self._kind.field("status").label, record["status"], ending)
                self.beside.append(Beside(table, record[key], {"status": ending}, (), record["version"], (change,)))

    def _expected(self, records: Iterable[Record], courses: Collection[str]) -> list[Record]:
        """The records that the list renewed would name: of this sender and not over."""
        own = self._origin.records(self._kind.table)
        if self._kind.table == "session":
            return [
                record
                for record in to_come(records, self._today)
                if record["course_id"] in courses
                and (record["session_id"] in own or self._origin.is_carrier_of_course(record["course_id"]))
            ]
        going_on = ("active", "planned", "paused")
        return [record for record in records if record[self._kind.key] in own and record["status"] in going_on]

    def _labels(self, records: list[Record]) -> Mapping[str, str]:
        if self._kind.table != "session":
            return {record[self._kind.key]: record["name"] for record in records}
        names: dict[str, Any] = {
            row["course_id"]: row["name"]
            for row in self._inventory.rows("SELECT course_id, name FROM inventory.course")
        }
        return {
            record["session_id"]: f"{names.get(record['course_id'])} · {record['starts_on']:%d.%m.%Y}"
            for record in records
        }
