"""Planning an import: which rows are new, which change a record, which are faulty and why."""

import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from esdash.inventory.file.store import Inventory
from esdash.inventory.importing import (
    about_table,
    decisive,
    documents,
    guessing,
    headings,
    memory,
    named,
    remarks,
    senders,
)
from esdash.inventory.importing import columns as matching
from esdash.inventory.importing.asking import Answers, Asking, Difference, Resembling
from esdash.inventory.importing.columns import Columns, Learned, Mapping
from esdash.inventory.importing.doubts import RowDoubts
from esdash.inventory.importing.draft import Draft
from esdash.inventory.importing.identity import Identity
from esdash.inventory.importing.keys import Keys
from esdash.inventory.importing.lookup import Lookup
from esdash.inventory.importing.missing import Missing
from esdash.inventory.importing.newcomers import Newcomers
from esdash.inventory.importing.origin import Origin
from esdash.inventory.importing.owner import looked_up, owner_named
from esdash.inventory.importing.places import districts_by_point
from esdash.inventory.importing.preview import Fault, Notice, Plan, PlannedRow, State
from esdash.inventory.importing.read import spreadsheets
from esdash.inventory.importing.reading import read_table
from esdash.inventory.importing.records import Record, Records, same_value
from esdash.inventory.importing.row_places import RowPlaces
from esdash.inventory.importing.rows import RowReader
from esdash.inventory.importing.schedule import Schedule
from esdash.model import rules

_LEARNED, _TOLD = "import.notice_learned", "import.notice_told"
Progress = Callable[[float], None]
STEP = 500  # rows between two reports of progress; a row takes about 0.15 ms


def plan(
    inventory: Inventory,
    path: Path,
    kind: str | None = None,
    mapping: Path | dict[str, Any] | Mapping | None = None,
    sender: str | None = None,
    answers: Answers | None = None,
    sheet: str | None = None,
) -> Plan:
    """What importing the file at `path` would do; nothing is changed.

    `kind` is a name of KINDS; without it, it is guessed from the headers. The mapping learned from earlier files of
    `sender` applies, but `mapping` counts more. `sheet` names the sheet of a workbook; `answers`: to the questions of
    an earlier plan of this file. Raises UserError if the whole file cannot be imported; single rows that cannot are in
    `faults`.
    """
    wishes = matching.read_mapping(mapping)
    learned = senders.learned(inventory, sender)
    table = read_table(path, wishes, *learned.values(), sheet=sheet)
    return plan_table(inventory, table, kind, wishes, sender, answers, learned=learned)


def plan_table(
    inventory: Inventory,
    table: spreadsheets.Table,
    kind: str | None,
    wishes: Mapping,
    sender: str | None = None,
    answers: Answers | None = None,
    resembling: Resembling | None = None,
    learned: Learned | None = None,
    progress: Progress | None = None,
) -> Plan:
    """What importing a table that has been read would do. Raises UserError as `plan` does.

    `answers`: to the questions of an earlier plan of this table. `resembling`: the records that new rows resemble; each
    is asked about. `progress` is called now and then with the share that is done (0 to 1).
    """
    sender = senders.as_known(inventory, sender or (table.about.sender if table.about else None))
    wishes = wishes | Mapping(owner=answers.owner if answers else None)
    learned = senders.learned(inventory, sender) if learned is None else learned
    columns = guessing.match(table, kind, wishes, learned)
    known = learned.get(columns.kind.name, Mapping()) | matching.told_by(table, columns.kind.name)
    wishes = looked_up(inventory, columns.kind, wishes)
    table, meant = documents.fitted(inventory, table, columns.kind, known | wishes, sender)
    run_id = f"{inventory.now():%Y%m%d-%H%M%S}-{secrets.token_hex(4)}"
    said, alike = answers or Answers(), resembling or {}
    table = headings.apart(table, columns, frozenset({matching.OWNER} if (known | wishes).owned else ()))
    done = planned(inventory, table, columns, known | wishes | meant, run_id, said, alike, sender, progress)
    applied = senders.occurring(table, columns, known)
    known_by = Notice(_LEARNED if sender else _TOLD, {"sender": sender, "n": len(applied)})
    told = [known_by] if applied else []
    return replace(done, notices=(*told, *owner_named(inventory, done.mapping), *done.notices))


def again(
    inventory: Inventory, plan: Plan, answers: Answers, resembling: Resembling, progress: Progress | None = None
) -> Plan:
    """The plan of the same table with these answers, against the inventory as it is now."""
    said = plan.import_run_id, answers, resembling, plan.sender, progress
    done = planned(inventory, plan.table, plan.columns, plan.mapping, *said)
    told = (notice for notice in plan.notices if notice.key in (_LEARNED, _TOLD))
    return replace(done, notices=(*told, *owner_named(inventory, done.mapping), *done.notices))


def planned(
    inventory: Inventory,
    table: spreadsheets.Table,
    columns: Columns,
    mapping: Mapping,
    import_run_id: str,
    answers: Answers,
    resembling: Resembling,
    sender: str | None,
    progress: Progress | None = None,
) -> Plan:
    """The plan for a table that has been read and matched, against the inventory as it is now."""
    revision = inventory.revision
    former = memory.merged(inventory, columns.kind.table)
    asking = Asking(answers, memory.answers(inventory, sender, columns.kind.name), former)
    lookup = Lookup(inventory)
    newcomers = Newcomers(inventory, table, columns, mapping, asking, lookup)
    planner = _Planner(inventory, table, columns, mapping | newcomers.mapping, asking, resembling, sender, lookup)
    rows = planner.rows(_told(table.rows, progress))
    if table.about is None:  # a file of faulty rows is a part of a list
        planner.ask_missing()
    rows, by_point = planner.with_districts(rows)
    rows = newcomers.held_back(guessing.held_back(rows, columns, asking))
    beside, placed = planner.places.beside(rows)
    by_point = sorted({*by_point, *placed})
    imported: datetime | None = inventory.value(
        "SELECT max(imported_at) FROM import_run WHERE file_hash = $hash AND kind = $kind AND undone_at IS NULL",
        hash=table.sha256,
        kind=columns.kind.name,
    )
    added = sum(one.version is None for one in beside)
    made = newcomers.beside(rows, sender)
    return Plan(
        import_run_id=import_run_id,
        table=table,
        kind=columns.kind,
        mapping=mapping,
        columns=columns,
        rows=rows,
        faults=named.by_name(inventory, columns.kind, planner.faults),
        notices=(
            *about_table.notices(table, columns, imported, added, by_point),
            *about_table.archived_named(rows, columns.kind, lookup),
            *planner.doubts.notices(),
            *planner.remarks.notices(),
            *planner.missing.notices,
            *table.notices,
        ),
        beside=(*made, *beside, *planner.missing.beside),
        already_imported=imported,
        revision=revision,
        questions=tuple(sorted(asking.questions, key=lambda question: (question.row == 0, question.row))),
        said=asking.said,
        from_memory=frozenset(asking.from_memory),
        answers=answers,
        resembling=resembling,
        names=planner.places.names | {one.record_id: str(one.values["name"]) for one in made},
        sender=sender,
    )


def _told(rows: Sequence[spreadsheets.Row], progress: Progress | None) -> Iterator[spreadsheets.Row]:
    for position, row in enumerate(rows):
        if progress and position % STEP == 0:
            progress(position / len(rows))
        yield row


class _Planner:
    """Compares each row with the inventory and with the rows before it."""

    def __init__(
        self,
        inventory: Inventory,
        table: spreadsheets.Table,
        columns: Columns,
        mapping: Mapping,
        asking: Asking,
        resembling: Resembling,
        sender: str | None,
        lookup: Lookup,
    ) -> None:
        self._inventory = inventory
        self._today = inventory.today()
        self._asking = asking
        self.kind = columns.kind
        self.faults: list[Fault] = []
        self.remarks = remarks.Remarks()
        self.places = RowPlaces(inventory, self.kind, asking)
        self.doubts = RowDoubts(inventory, self.kind, asking)
        self._keys = Keys(inventory, self.kind.table)
        self._reader = RowReader(table, columns, mapping, lookup, self._today)
        self._records = Records(inventory, self.kind)
        self._labels = {field.name: field.label for field in self.kind.fields}
        self._required = [name for name in self._labels if self.kind.field(name).required]
        origin = Origin(inventory, sender)
        schedule = Schedule(origin, self._today)
        self._courses: set[str] = set()
        self.missing = Missing(inventory, self.kind, origin, self._today)
        self.identity = Identity(self.kind, self._records, asking, resembling, schedule)

    def rows(self, rows: Iterable[spreadsheets.Row]) -> tuple[PlannedRow, ...]:
        """The planned rows with their states; their faults are added to `faults`."""
        drafts = [self._draft(row) for row in rows]
        self.identity.settle(drafts)
        self._courses = {draft.given["course_id"] for draft in drafts if draft.given.get("course_id")}
        return tuple(self._planned(draft) for draft in drafts)

    def ask_missing(self) -> None:
        """Ask what became of the sender's records that the table no longer names."""
        self.missing.ask(self._records.all(), self.identity.named, self._courses, self._asking)

    def _draft(self, row: spreadsheets.Row) -> Draft:
        """The row as read, with its place, which tells apart offers of one name."""
        draft = self._reader.read(row)
        if self.kind.table == "session":  # the organisation only tells which course is meant
            draft.given.pop("organization_id", None)
        likely = [self._records.by_key(draft.given.get(self.kind.key)), *self._records.of_name(draft.given)]
        self.doubts.about_place(draft)
        self.places.find(draft, next(filter(None, likely), None))
        return draft

    def _planned(self, draft: Draft) -> PlannedRow:
        label, meant = self.identity.labels[draft.number], self.identity.meant[draft.number]
        state: State | None = "open" if draft.number in self.places.waiting else meant.state
        if state and not draft.refused:
            self.faults += draft.told()
            return PlannedRow(draft.number, state, label)
        record = meant.record
        label = label or self._called(record)
        remarks.keep_words(draft, self.kind, record)
        self._end(draft, record)
        remarks.keep_status(draft, self.kind, record, self._today)
        self.doubts.about_record(draft, record, label)
        declined = self._decline(draft, record)
        self._check(draft, record)
        self.faults += draft.told()
        if draft.refused:
            return PlannedRow(draft.number, "faulty", label)
        self.remarks.of(draft)
        if record is None:
            return PlannedRow(draft.number, "new", label, *self._new(draft))
        key, version = record[self.kind.key], record["version"]
        differences = tuple(self._differences(draft, record))
        state = "changed" if differences else "unchanged"
        changes = {difference.field: difference.after for difference in differences}
        return PlannedRow(draft.number, state, label, key, changes, differences, version, declined)

    def _called(self, record: Record | None) -> str:
        """The name of the record of a row that has only its key."""
        return str((record or {}).get("role" if self.kind.table == "contact" else "name") or "")

    def _decline(self, draft: Draft, record: Record | None) -> tuple[Difference, ...]:
        """Take the changes out of the row that people declined, and return them."""
        if record is None:
            return ()
        found = list(self._differences(draft, record))
        refused = {one.field for one in found if self._asking.answers.declines(draft.number, one.field)}
        if refused & set(self.kind.personal("person")):  # consent is of the person who stays
            refused |= {*self.kind.personal("consent"), "consent_source"}
        declined = tuple(one for one in found if one.field in refused)
        for difference in declined:
            del draft.given[difference.field]
        return declined

    def _differences(self, draft: Draft, record: Record) -> Iterator[Difference]:
        for name, value in self._records.news(draft.given, record).items():
            if not same_value(record[name], value):
                yield Difference(name, self._labels[name], record[name], value)

    def with_districts(self, rows: tuple[PlannedRow, ...]) -> tuple[tuple[PlannedRow, ...], list[int]]:
        """The rows; those that give a place coordinates but no district get the one they lie in. And their numbers."""
        moved = [row for row in rows if self.kind.table == "location" and {"lat", "lon"} & row.values.keys()]
        before = [self._records.by_key(row.record_id) for row in moved]
        places = [{**record, **row.values} for row, record in zip(moved, before, strict=True)]
        found: dict[int, PlannedRow] = {}
        for row, district in zip(moved, districts_by_point(self._inventory, places), strict=True):
            if district:
                named = Difference("district_id", self._labels["district_id"], None, district)
                differences = (*row.differences, named) if row.state == "changed" else ()
                values = {**row.values, "district_id": district}
                found[row.number] = replace(row, values=values, differences=differences)
        return tuple(found.get(row.number, row) for row in rows), sorted(found)

    def _check(self, draft: Draft, record: Record | None) -> None:
        """Add a fault for each rule of the schema that the row would break."""
        given = draft.given
        for name in self._required:
            if name in draft.unread:
                continue
            if (record is None and given.get(name) is None) or (name in given and given[name] is None):
                draft.fault(name, "import_required", self._labels[name])
        if "status" in given and given["status"] is None:
            draft.fault("status", "import_needs_value")
        for name, key, costs_row in decisive.broken(draft, self.kind, record, self._today):
            more = rules.measured(self.kind.field(name), given)
            draft.fault(name, key, self._labels[name], whole_row=costs_row, **more)
            if not costs_row:
                decisive.leave_out(draft, self.kind, name)

    def _end(self, draft: Draft, record: Record | None) -> None:
        """An offer whose end is past has ended: lists name offers of before as well, and the preview shows it."""
        said = draft.given.get("status", "active" if record is None else "kept")
        ended_on = {**(record or {}), **draft.given}.get("ended_on")
        as_here = record is not None and (record.get("status"), record.get("ended_on")) == ("active", ended_on)
        if said == "active" and ended_on is not None and ended_on < self._today and not as_here:
            draft.given["status"] = "ended"
            draft.remarks.append(("import.notice_ended", "ended_on"))

    def _new(self, draft: Draft) -> tuple[str, dict[str, Any]]:
        """Key and values of a new record."""
        key = self._keys.for_record(self.kind, draft.given)
        return key, {**draft.given, self.kind.key: key}
