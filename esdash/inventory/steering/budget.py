"""The money of a programme: the lines of the approved plan, and what is booked on them, to the cent.

A line is one category in one year, for income or for expense; all of it is entered by the office. An entry is planned
for a measure, committed, or paid; it moves on from one to the next. Nothing is deleted: a cancelled entry stays with
its reason, and the change log keeps every state before. Spending more than a line holds is allowed.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from esdash.errors import UserError
from esdash.inventory.access import Action, Actor
from esdash.inventory.file.store import Change, Inventory
from esdash.inventory.privacy.naming import refuse_people
from esdash.inventory.steering.budget_records import STATES, Entry, Line, checked_entry, checked_line, said
from esdash.model.folding import fold

Row = Mapping[str, Any]


class Difference(NamedTuple):
    """What taking over a line would do: new, changed (from another amount), or nothing (same)."""

    line: Line
    kind: str
    before: Decimal | None


# ---------------------------------------------------------------- the plan


def compare(inventory: Inventory, lines: Sequence[Line]) -> list[Difference]:
    """What taking over these lines would do, in their order. Raises UserError for a line that no plan can have."""
    return _compared(_lines(inventory), [checked_line(line) for line in lines])


def take(inventory: Inventory, seen: Sequence[Difference], actor: Actor, reason: str | None = None) -> int:
    """Take over the lines as they were previewed, all or none; returns how many are new or changed.

    A second call changes nothing. Raises UserError if the plan has changed since `seen`.
    """
    lines = [checked_line(one.line) for one in seen]
    with inventory.change(actor, Action.PLAN_BUDGET, said(reason)) as change:
        refuse_people(change, reason, *(words for line in lines for words in _texts(line)))
        known = _lines(change)
        now = _compared(known, lines)
        if all(one.kind == "same" for one in now):
            return 0
        if [(one.kind, one.before) for one in now] != [(one.kind, one.before) for one in seen]:
            raise UserError("budget_plan_changed_meanwhile")
        change.insert("budget_line", _new(known, [one.line for one in now if one.kind == "new"]))
        for one in now:
            if one.kind == "changed":
                row = known[_key(one.line)]
                kept = {name: getattr(one.line, name) or row[name] for name in ("funder", "note")}  # where left out
                change.update("budget_line", [{**_versioned(row), "planned_eur": one.line.planned_eur, **kept}])
        return sum(one.kind != "same" for one in now)


def add_line(inventory: Inventory, line: Line, actor: Actor) -> str:
    """Enter a line; returns its id. A second call with the same amount changes nothing.

    Raises UserError if the plan has this category and year with another amount.
    """
    line = checked_line(line)
    with inventory.change(actor, Action.PLAN_BUDGET) as change:
        refuse_people(change, *_texts(line))
        known = _lines(change)
        there = known.get(_key(line))
        if there is not None:
            if there["planned_eur"] != line.planned_eur:
                raise UserError("budget_line_there", category=there["category"], year=str(there["year"]))
            return str(there["budget_line_id"])
        rows = _new(known, [_as_spelt(_spellings(known.values()), line)])
        change.insert("budget_line", rows)
        return str(rows[0]["budget_line_id"])


def change_line(inventory: Inventory, line_id: str, version: int, line: Line, actor: Actor, reason: str) -> None:
    """Change a line, with a reason. Raises UserError if another line has its category and year already."""
    line, why = checked_line(line), _reason(reason)
    with inventory.change(actor, Action.PLAN_BUDGET, why) as change:
        refuse_people(change, why, *_texts(line))
        row, known = _found(change, "budget_line", line_id), _lines(change)
        others = (other for other in known.values() if other["budget_line_id"] != line_id)
        line = _as_spelt(_spellings(others), replace(line, direction=row["direction"]))
        values = asdict(line)
        if all(row[name] == value for name, value in values.items()):
            return
        _refuse_other_version(row, version)
        other = known.get(_key(line))
        if other is not None and other["budget_line_id"] != line_id:
            raise UserError("budget_line_there", category=other["category"], year=str(other["year"]))
        change.update("budget_line", [{**_versioned(row), **values}])


def drop_line(inventory: Inventory, line_id: str, version: int, actor: Actor, reason: str) -> None:
    """Take a line out of the plan, with a reason; only while nothing was ever booked on it. Twice is as once."""
    why = _reason(reason)
    with inventory.change(actor, Action.PLAN_BUDGET, why) as change:
        refuse_people(change, why)
        rows = change.rows("FROM inventory.budget_line WHERE budget_line_id = $id", id=line_id)
        if not rows:
            return
        _refuse_other_version(rows[0], version)
        if change.rows("FROM inventory.budget_entry WHERE budget_line_id = $id", id=line_id):
            raise UserError("budget_line_used", category=rows[0]["category"], year=str(rows[0]["year"]))
        change.remove("budget_line", [line_id])


# ---------------------------------------------------------------- entries


def book(inventory: Inventory, entry: Entry, actor: Actor, key: str) -> str:
    """Book an amount on a line; returns its id, which is `key`: the form makes one, so that a second click is known.

    Raises UserError for an entry that cannot be meant, and for a key that is there with another amount.
    """
    entry = checked_entry(entry, inventory.today())
    with inventory.change(actor, Action.BOOK_MONEY) as change:
        refuse_people(change, entry.reason, entry.receipt_number)
        line = _found(change, "budget_line", entry.budget_line_id)
        values = {**asdict(entry), "direction": line["direction"]}
        before = change.rows("FROM inventory.budget_entry WHERE budget_entry_id = $key", key=key)
        if before:
            if any(before[0][name] != value for name, value in values.items()):
                raise UserError("budget_entry_there")
            return key
        change.insert("budget_entry", [{"budget_entry_id": key, **values}])
        return key


def advance(
    inventory: Inventory,
    entry_id: str,
    version: int,
    state: str,
    booked_on: date,
    actor: Actor,
    payee_organization_id: str | None = None,
    receipt_number: str | None = None,
) -> None:
    """Move an entry on: planned → committed → paid, on that day. A second call changes nothing.

    Payee and receipt replace the earlier ones where they are given. Raises UserError for a way back (`correct` does
    that, with a reason) and for a cancelled entry.
    """
    with inventory.change(actor, Action.BOOK_MONEY) as change:
        refuse_people(change, receipt_number)
        row = _found(change, "budget_entry", entry_id)
        _refuse_cancelled(row)
        moved = {
            "state": state,
            "booked_on": booked_on,
            "payee_organization_id": payee_organization_id or row["payee_organization_id"],
            "receipt_number": said(receipt_number) or row["receipt_number"],
        }
        if all(row[name] == value for name, value in moved.items()):
            return
        _refuse_other_version(row, version)
        if STATES.index(state) <= STATES.index(row["state"]):
            raise UserError("budget_way_back")
        entry = checked_entry(_entry({**row, **moved}), inventory.today())
        change.update("budget_entry", [{**_versioned(row), **asdict(entry)}])


def correct(inventory: Inventory, entry_id: str, version: int, entry: Entry, actor: Actor, reason: str) -> None:
    """Replace what an entry says, with a reason; the log keeps what it said before. A second call changes nothing."""
    why, entry = _reason(reason), checked_entry(entry, inventory.today())
    with inventory.change(actor, Action.BOOK_MONEY, why) as change:
        refuse_people(change, why, entry.reason, entry.receipt_number)
        row = _found(change, "budget_entry", entry_id)
        _refuse_cancelled(row)
        line = _found(change, "budget_line", entry.budget_line_id)
        values = {**asdict(entry), "direction": line["direction"]}
        if all(row[name] == value for name, value in values.items()):
            return
        _refuse_other_version(row, version)
        change.update("budget_entry", [{**_versioned(row), **values}])


def cancel(inventory: Inventory, entry_id: str, version: int, actor: Actor, reason: str) -> None:
    """Cancel an entry, with a reason: it stays on the list and counts in no sum. A second call changes nothing."""
    why = _reason(reason)
    with inventory.change(actor, Action.BOOK_MONEY, why) as change:
        refuse_people(change, why)
        row = _found(change, "budget_entry", entry_id)
        if row["cancelled_on"] is not None:
            return
        _refuse_other_version(row, version)
        gone = {"cancelled_on": inventory.today(), "cancelled_reason": why}
        change.update("budget_entry", [{**_versioned(row), **gone}])


# ---------------------------------------------------------------- inside


def _lines(reader: Inventory | Change) -> dict[tuple[str, ...], Row]:
    """Key → row of all lines."""
    return {_key(_line(row)): row for row in reader.rows("FROM inventory.budget_line ORDER BY sort, budget_line_id")}


def _key(line: Line) -> tuple[str, ...]:
    """What makes two lines the same: spelling aside."""
    return fold(line.programme), line.direction, fold(line.category), str(line.year)


def _line(row: Row) -> Line:
    return Line(**{name: row[name] for name in Line.__dataclass_fields__})


def _entry(row: Row) -> Entry:
    return Entry(**{name: row[name] for name in Entry.__dataclass_fields__})


def _texts(line: Line) -> tuple[str | None, ...]:
    return line.programme, line.category, line.funder, line.note


def _new(known: Mapping[tuple[str, ...], Row], lines: Sequence[Line]) -> list[dict[str, Any]]:
    """Rows for new lines, after those that are there."""
    last = max((row["sort"] for row in known.values()), default=0)
    taken = {row["budget_line_id"] for row in known.values()}
    rows = []
    for place, line in enumerate(lines, start=last + 1):
        key = _free_id(taken, line)
        taken.add(key)
        rows.append({"budget_line_id": key, **asdict(line), "sort": place})
    return rows


def _spellings(rows: Iterable[Row]) -> dict[tuple[str, ...], str]:
    """Folded programme → programme; folded programme, direction, folded category → category; as spelt first."""
    found: dict[tuple[str, ...], str] = {}
    for row in rows:
        programme = (fold(row["programme"]),)
        found.setdefault(programme, row["programme"])
        found.setdefault((*programme, row["direction"], fold(row["category"])), row["category"])
    return found


def _as_spelt(spellings: Mapping[tuple[str, ...], str], line: Line) -> Line:
    """The line with programme and category as other years spell them, so that they are one category in every sum."""
    programme = (fold(line.programme),)
    category = spellings.get((*programme, line.direction, fold(line.category)), line.category)
    return replace(line, programme=spellings.get(programme, line.programme), category=category)


def _compared(known: Mapping[tuple[str, ...], Row], lines: Sequence[Line]) -> list[Difference]:
    spellings = _spellings([*known.values(), *map(asdict, lines)])
    found: dict[tuple[str, ...], Difference] = {}
    for given in lines:
        line, row = _as_spelt(spellings, given), known.get(_key(given))
        if _key(line) in found:
            raise UserError("budget_line_twice", category=line.category, year=str(line.year))
        before = row["planned_eur"] if row else None
        kind = "new" if row is None else "same" if before == line.planned_eur else "changed"
        found[_key(line)] = Difference(line, kind, before)
    return list(found.values())


def _found(change: Change, table: str, key: str) -> dict[str, Any]:
    rows = change.rows(f"FROM inventory.{table} WHERE {table}_id = $key", key=key)
    if not rows:
        raise UserError("budget_line_gone" if table == "budget_line" else "budget_entry_gone")
    return rows[0]


def _versioned(row: Row) -> dict[str, Any]:
    """The key and the version of a row, for an update."""
    key = next(iter(row))
    return {key: row[key], "version": row["version"]}


def _refuse_other_version(row: Row, version: int) -> None:
    if row["version"] != version:
        raise UserError("budget_changed_meanwhile")


def _refuse_cancelled(row: Row) -> None:
    if row["cancelled_on"] is not None:
        raise UserError("budget_entry_cancelled", day=row["cancelled_on"])


def _reason(reason: str) -> str:
    if not (why := said(reason)):
        raise UserError("budget_needs_reason")
    return why


def _free_id(taken: Collection[str], line: Line) -> str:
    """A new id that tells what the line is: sachmittel-2026; with a number if it is taken."""
    wanted = f"{fold(line.category)[:40] or 'posten'}-{line.year}"
    return next(key for n in range(1, len(taken) + 2) if (key := wanted if n == 1 else f"{wanted}-{n}") not in taken)
