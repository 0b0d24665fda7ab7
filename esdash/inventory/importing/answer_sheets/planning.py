"""What an answer sheet would store: answer by answer, with faults, and what stays unanswered; nothing is changed."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from esdash.errors import UserError
from esdash.inventory.file.integrity import Reader
from esdash.inventory.file.store import Inventory
from esdash.inventory.importing.answer_sheets import columns
from esdash.inventory.importing.preview import Fault, Notice
from esdash.inventory.importing.read import spreadsheets
from esdash.inventory.importing.read.spreadsheets import Table
from esdash.inventory.privacy.naming import refuse_people
from esdash.inventory.steering import answers
from esdash.inventory.steering.answers import WORDS, Answer
from esdash.model import amounts, values
from esdash.model.folding import fold
from esdash.model.values import Wrong
from esdash.texts import Text

KIND = "answers"  # in import_run.kind
LARGEST = 2_000_000  # bytes; a sheet of 300 entries has 60,000
TITLES_NAMED = 12  # titles listed in one notice
State = Literal["new", "changed", "unchanged", "open"]

Row = dict[str, Any]


@dataclass(frozen=True)
class SheetRow:
    """One row of a sheet that names an entry. `state`: new: the first answer; changed: another than the last one
    (`before`); unchanged: known already; open: not answered.
    """

    number: int
    state: State
    title: str
    answer: Answer | None = None
    before: Row | None = None


@dataclass(frozen=True)
class SheetPlan:
    """What importing a sheet would do. With faults nothing of it can be imported."""

    import_run_id: str
    table: Table
    list_version_id: str
    number: int
    answered_on: date  # for rows without a day
    rows: tuple[SheetRow, ...]
    faults: tuple[Fault, ...]
    notices: tuple[Notice, ...]
    undated: int  # answers without a day of their own
    already_imported: datetime | None  # in local time

    def of(self, *states: State) -> list[SheetRow]:
        """The rows in these states."""
        return [row for row in self.rows if row.state in states]

    @property
    def news(self) -> list[Answer]:
        """The answers that would be stored."""
        return [row.answer for row in self.of("new", "changed") if row.answer]


def read(path: Path) -> Table:
    """An answer sheet as texts. Raises UserError for a file that cannot be read or is none."""
    table = spreadsheets.table(path, columns.known())
    if not columns.is_sheet(table):
        raise UserError("answer_sheet_not_one", file=table.name)
    there = {columns.known().get(fold(header)) for header in table.header}
    for missing in (name for name in ("verdict", "reason") if name not in there):
        raise UserError("answer_sheet_column_missing", file=table.name, column=columns.headings(Text())[missing])
    return table


def recognised(path: Path) -> Table | None:
    """The file if it is an answer sheet; None for any other, which is left to the import of tables."""
    try:
        if path.stat().st_size > LARGEST:
            return None
        table = spreadsheets.table(path, columns.known())
    except (OSError, UserError):
        return None
    return table if columns.is_sheet(table) else None


def plan(inventory: Inventory, table: Table, answered_on: date | None = None) -> SheetPlan:
    """What importing this sheet would do; `answered_on` (today) is the day of answers without one.

    Raises UserError for a sheet that belongs to no version of this inventory, to several, or to another than it says.
    """
    run_id = f"{inventory.now():%Y%m%d-%H%M%S}-{secrets.token_hex(4)}"
    already: datetime | None = inventory.value(
        "SELECT max(imported_at) FROM import_run WHERE file_hash = $hash AND kind = $kind AND undone_at IS NULL",
        hash=table.sha256,
        kind=KIND,
    )
    made = planned(inventory, table, answered_on or inventory.today(), inventory.today(), run_id)
    newer = inventory.value("SELECT max(number) FROM list_version WHERE handed_over_on IS NOT NULL")
    notices = [*made.notices]
    if newer is not None and newer > made.number:
        notices.insert(0, Notice("answer_sheet.notice_older", {"number": made.number, "newer": newer}))
    return replace(made, already_imported=already, notices=tuple(notices))


def planned(reader: Reader, table: Table, answered_on: date, today: date, import_run_id: str) -> SheetPlan:
    """The plan of a sheet, against the inventory as `reader` sees it."""
    sheet = _Sheet(reader, table)
    version_id, number, frozen_on = sheet.version()
    found: dict[str, tuple[int, str, Answer | None]] = {}
    for row in table.rows:
        entry = sheet.entry(row)
        if entry is None:
            continue
        if entry["list_entry_id"] in found:
            sheet.fault(row, "entry", "answer_sheet_row_twice", other=found[entry["list_entry_id"]][0])
            continue
        answer = sheet.answer(row, entry["list_entry_id"])
        wrong = answer and answers.fault(answer, entry["title"], number, frozen_on, answered_on, today)
        if wrong:
            sheet.faults.append(Fault(row.number, "", "", wrong))
        found[entry["list_entry_id"]] = (row.number, entry["title"], answer)
    sheet.refuse_people()
    rows = [] if sheet.faults else _compared(reader, version_id, found, answered_on, today)
    missing = [entry["title"] for entry in sheet.entries_of(number) if entry["list_entry_id"] not in found]
    return SheetPlan(
        import_run_id=import_run_id,
        table=table,
        list_version_id=version_id,
        number=number,
        answered_on=answered_on,
        rows=tuple(rows),
        faults=tuple(sheet.faults),
        notices=tuple(_notices(sheet, missing, [title for _, title, answer in found.values() if answer is None])),
        undated=sum(answer is not None and answer.answered_on is None for _, _, answer in found.values()),
        already_imported=None,
    )


class _Sheet:
    """Reads the rows of a table as entries and answers; collects faults, and rows that belong to no entry."""

    def __init__(self, reader: Reader, table: Table) -> None:
        self._reader, self._table = reader, table
        self._places = {name: place for place, header in enumerate(table.header) if (name := _column(header))}
        self.faults: list[Fault] = []
        self.apart: list[int] = []
        rows = reader.rows(
            "SELECT list_entry_id, list_version_id, priority_item_id, e.title, number, content_sha256, frozen_on "
            "FROM inventory.list_entry AS e JOIN inventory.list_version USING (list_version_id) ORDER BY number, e.sort"
        )
        self._by_checksum = {columns.row_checksum(row["content_sha256"], row["priority_item_id"]): row for row in rows}

    def entries_of(self, number: int) -> list[Row]:
        """The entries of a version in their order."""
        return [row for row in self._by_checksum.values() if row["number"] == number]

    def version(self) -> tuple[str, int, date]:
        """Id, number and day of the version that the rows belong to. Raises UserError if that is none or several."""
        keyed = [row for row in self._table.rows if self._key(row)]
        if not keyed:
            raise UserError("answer_sheet_no_keys", file=self._table.name)
        known = [found for row in keyed if (found := self._by_checksum.get(self._cell(row, "checksum")))]
        if not known:
            raise UserError("answer_sheet_foreign", file=self._table.name)
        numbers = sorted({found["number"] for found in known})
        if len(numbers) > 1:
            raise UserError("answer_sheet_mixed", file=self._table.name, one=numbers[0], other=numbers[1])
        said = {self._cell(row, "version") for row in keyed}
        if str(numbers[0]) not in said:
            named = ", ".join(sorted(said))
            raise UserError("answer_sheet_other_version", file=self._table.name, said=named, number=numbers[0])
        return known[0]["list_version_id"], numbers[0], known[0]["frozen_on"]

    def entry(self, row: spreadsheets.Row) -> Row | None:
        """The entry that a row is about; None, with a fault or a remark, if it is about none."""
        if not self._key(row):
            if self._cell(row, "verdict"):
                self.fault(row, "entry", "answer_sheet_row_added")
            else:
                self.apart.append(row.number)
            return None
        found = self._by_checksum.get(self._cell(row, "checksum"))
        if found is None or self._cell(row, "entry") != found["priority_item_id"]:
            self.fault(row, "checksum" if found is None else "entry", "answer_sheet_key_edited")
            return None
        if self._cell(row, "version") != str(found["number"]):
            self.fault(row, "version", "answer_sheet_version_edited", number=found["number"])
            return None
        return found

    def answer(self, row: spreadsheets.Row, entry_id: str) -> Answer | None:
        """The answer in a row; None if there is none, or with a fault."""
        said = {name: self._cell(row, name) for name in answers.SAID}
        if not any(said.values()):
            return None
        verdict = columns.verdicts().get(fold(said["verdict"])) if said["verdict"] else None
        if verdict is None:
            self.fault(row, "verdict", "answer_sheet_word" if said["verdict"] else "answer_sheet_no_verdict")
            return None
        return Answer(
            list_entry_id=entry_id,
            verdict=verdict,
            reason=said["reason"] or None,
            responsible_office=said["responsible_office"] or None,
            office_reference=said["office_reference"] or None,
            next_on=self._day(row, "next_on"),
            cost_committed_eur=self._cost(row),
            answered_on=self._day(row, "answered_on"),
        )

    def refuse_people(self) -> None:
        """Note a fault for each text that names a known person: answers are kept for good and handed on."""
        said = [(row, name) for row in self._table.rows for name in WORDS if self._cell(row, name)]
        try:
            refuse_people(self._reader, *(self._cell(row, name) for row, name in said))
        except UserError:
            for row, name in said:
                try:
                    refuse_people(self._reader, self._cell(row, name))
                except UserError as named:
                    self.fault(row, name, named.key, **named.values)

    def fault(self, row: spreadsheets.Row, column: str, key: str, **more: object) -> None:
        """Note why a row cannot be imported."""
        place = self._places.get(column)
        heading = self._table.header[place] if place is not None else ""
        cell = self._cell(row, column)
        error = UserError(key, row=str(row.number), column=heading, value=cell, **more)
        self.faults.append(Fault(row.number, heading, cell, error))

    def _day(self, row: spreadsheets.Row, name: str) -> date | None:
        if not self._cell(row, name):
            return None
        try:
            return values.day(self._cell(row, name))
        except Wrong as wrong:
            self.fault(row, name, wrong.key, **wrong.values)
            return None

    def _cost(self, row: spreadsheets.Row) -> Decimal | None:
        if not (written := self._cell(row, "cost_committed_eur")):
            return None
        try:
            return amounts.read(written)
        except Wrong as wrong:
            self.fault(row, "cost_committed_eur", wrong.key)
            return None

    def _key(self, row: spreadsheets.Row) -> bool:
        return any(self._cell(row, name) for name in columns.KEYS)

    def _cell(self, row: spreadsheets.Row, name: str) -> str:
        place = self._places.get(name)
        return "" if place is None else row.cells[place]


def _column(header: str) -> str | None:
    return columns.known().get(fold(header))


def _compared(
    reader: Reader, version_id: str, found: Mapping[str, tuple[int, str, Answer | None]], answered_on: date, today: date
) -> list[SheetRow]:
    """The rows with their states: what is stored already, and what the last answer was."""
    given = [answer for _, _, answer in found.values() if answer]
    new = {row["list_entry_id"] for row in answers.news(reader, version_id, given, "sheet", answered_on, today)}
    last = {row["list_entry_id"]: row for row in answers.last(reader, list(found))}
    rows = []
    for entry_id, (number, title, answer) in found.items():
        before = last.get(entry_id)
        state: State = "open" if answer is None else "unchanged" if entry_id not in new else "changed"
        rows.append(SheetRow(number, "new" if state == "changed" and before is None else state, title, answer, before))
    return rows


def _notices(sheet: _Sheet, missing: Iterable[str], unanswered: Iterable[str]) -> list[Notice]:
    found = []
    for key, titles in (("missing", list(missing)), ("open", list(unanswered))):
        if titles:
            named = "; ".join(titles[:TITLES_NAMED]) + ("; …" if len(titles) > TITLES_NAMED else "")
            found.append(Notice(f"answer_sheet.notice_{key}", {"n": len(titles), "titles": named}))
    if sheet.apart:
        found.append(Notice("answer_sheet.notice_apart", {"rows": ", ".join(map(str, sheet.apart))}))
    return found
