"""The city's answers to the entries of a version: all of one letter together; nothing is ever overwritten."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, Literal
from uuid import uuid4

from esdash.errors import UserError
from esdash.inventory.access import Action, Actor
from esdash.inventory.file.integrity import Reader
from esdash.inventory.file.store import Inventory
from esdash.inventory.privacy.naming import refuse_people

Verdict = Literal["accepted", "accepted_in_part", "deferred", "rejected", "not_responsible", "noted"]
Way = Literal["sheet", "letter", "meeting"]

VERDICTS: tuple[Verdict, ...] = ("accepted", "accepted_in_part", "deferred", "rejected", "not_responsible", "noted")
WAYS: tuple[Way, ...] = ("letter", "meeting", "sheet")
# A no without a reason helps nobody; a yes needs none: fields that must be filled are filled with anything.
NEED_REASON = ("deferred", "rejected", "not_responsible")

Row = dict[str, Any]


@dataclass(frozen=True)
class Answer:
    """What the city says to one entry; unknown is None. `answered_on`: None: the day of the letter."""

    list_entry_id: str
    verdict: Verdict
    reason: str | None = None
    responsible_office: str | None = None
    office_reference: str | None = None
    next_on: date | None = None
    cost_committed_eur: Decimal | None = None
    answered_on: date | None = None


WORDS = ("reason", "responsible_office", "office_reference")
SAID = ("verdict", *WORDS, "next_on", "cost_committed_eur", "answered_on")


def answer(
    inventory: Inventory,
    actor: Actor,
    version_id: str,
    answers: Sequence[Answer],
    received_via: Way,
    answered_on: date,
    letter: str | None = None,
) -> str | None:
    """Store the answers of one letter to a version, all or none; returns the key of the letter, None if all are known.

    Only the verdict is required, and a reason where the city says no. A later answer to an entry supersedes the one
    before, which stays. An answer that the entry has already changes nothing. Raises UserError for an entry of another
    version, an entry named twice, a missing reason, days that cannot be, and a text that names a known person.
    """
    if received_via not in WAYS:
        raise ValueError(f"{received_via} is no way")
    dated = [replace(one, answered_on=one.answered_on or answered_on) for one in answers]
    with inventory.change(actor, Action.RECORD_ANSWERS) as change:
        rows = news(change, version_id, dated, received_via, answered_on, inventory.today(), letter)
        change.insert("answer", rows)
    return str(rows[0]["letter"]) if rows else None


def news(
    reader: Reader,
    version_id: str,
    answers: Sequence[Answer],
    received_via: Way,
    answered_on: date,
    today: date,
    letter: str | None = None,
) -> list[Row]:
    """The rows of `answer` that these answers add; raises UserError as `answer` does.

    An answer without a day of its own is known if the last one to its entry says the same, whatever its day: an answer
    sheet that comes twice changes nothing.
    """
    version = _version(reader, version_id)
    entries = {
        row["list_entry_id"]: row
        for row in reader.rows(
            "SELECT list_entry_id, list_version_id, e.title, number FROM inventory.list_entry AS e "
            "JOIN inventory.list_version USING (list_version_id) WHERE list_entry_id IN $ids",
            ids=[one.list_entry_id for one in answers],
        )
    }
    known = _known(reader, list(entries))
    refuse_people(reader, *(getattr(one, name) for one in answers for name in WORDS))
    key = letter or f"{received_via}-{uuid4().hex[:12]}"
    rows: dict[str, Row] = {}
    for one in answers:
        entry = entries.get(one.list_entry_id)
        if entry is None:
            raise UserError("answer_no_entry", entry=one.list_entry_id, number=version["number"])
        if entry["list_version_id"] != version_id:
            raise UserError(
                "answer_other_version", title=entry["title"], other=entry["number"], number=version["number"]
            )
        if one.list_entry_id in rows:
            raise UserError("answer_twice", title=entry["title"])
        if wrong := fault(one, entry["title"], version["number"], version["frozen_on"], answered_on, today):
            raise wrong
        said, before = _said(one, answered_on), known.get(one.list_entry_id, [])
        earlier = [row for row in before if row["answered_on"] <= said["answered_on"]]
        new = {"answer_id": uuid4().hex, "list_entry_id": one.list_entry_id, **said, "received_via": received_via}
        rows[one.list_entry_id] = (
            {}
            if _says(before, one, said)
            else new
            | {
                "letter": key,
                "supersedes_id": earlier[-1]["answer_id"] if earlier else None,
            }
        )
    return [row for row in rows.values() if row]


def fault(one: Answer, title: str, number: int, frozen_on: date, answered_on: date, today: date) -> UserError | None:
    """Why an answer to the entry with this title of this version cannot be; None if it can."""
    said = _said(one, answered_on)
    if said["verdict"] not in VERDICTS:
        raise ValueError(f"{said['verdict']} is no verdict")
    day, next_on, cost = said["answered_on"], said["next_on"], said["cost_committed_eur"]
    if said["verdict"] in NEED_REASON and not said["reason"]:
        return UserError("answer_needs_reason", title=title)
    if day > today:
        return UserError("answer_future", title=title, day=day)
    if day < frozen_on:
        return UserError("answer_before", title=title, day=day, number=number, frozen=frozen_on)
    if next_on is not None and next_on < day:
        return UserError("answer_next_before", title=title, day=next_on, answered=day)
    if cost is not None and cost < 0:
        return UserError("answer_cost_negative", title=title)
    return None


def last(reader: Reader, entries: list[str]) -> list[Row]:
    """The last answer to each of these entries that has one."""
    return [rows[-1] for rows in _known(reader, entries).values()]


def take_back(inventory: Inventory, actor: Actor, letter: str, reason: str | None = None) -> int:
    """Take back all answers of one letter that was recorded by mistake; returns how many. The log keeps them.

    Raises UserError if a measure rests on one of them.
    """
    with inventory.change(actor, Action.RECORD_ANSWERS, reason) as change:
        gone = change.rows("FROM inventory.answer WHERE letter = $letter", letter=letter)
        ids = {row["answer_id"]: row["supersedes_id"] for row in gone}
        if measures := change.rows(
            "SELECT title FROM inventory.measure WHERE answer_id IN $ids ORDER BY title COLLATE de", ids=list(ids)
        ):
            raise UserError("answer_has_measure", measure=measures[0]["title"])
        after = change.rows(
            "SELECT answer_id, version, supersedes_id FROM inventory.answer "
            "WHERE supersedes_id IN $ids AND answer_id NOT IN $ids",
            ids=list(ids),
        )
        change.update("answer", [{**row, "supersedes_id": _before(row["supersedes_id"], ids)} for row in after])
        change.remove("answer", list(ids))
    return len(ids)


# ---------------------------------------------------------------- inside


def _version(reader: Reader, version_id: str) -> Row:
    rows = reader.rows(
        "SELECT number, frozen_on FROM inventory.list_version WHERE list_version_id = $id", id=version_id
    )
    if not rows:
        raise UserError("list_version_missing", version=version_id)
    return rows[0]


def _known(reader: Reader, entries: list[str]) -> dict[str, list[Row]]:
    """Entry → its answers, the last at the end."""
    found: dict[str, list[Row]] = {}
    for row in reader.rows(
        "FROM inventory.answer AS a WHERE list_entry_id IN $ids ORDER BY answered_on, "
        "EXISTS (FROM inventory.answer AS later WHERE later.supersedes_id = a.answer_id) DESC, answer_id",
        ids=entries,
    ):
        found.setdefault(row["list_entry_id"], []).append(row)
    return found


def _said(one: Answer, answered_on: date) -> Row:
    """The columns of an answer; words without blanks around them, an empty one is unknown, amounts to the cent."""
    words = {name: (getattr(one, name) or "").strip() or None for name in WORDS}
    cost = one.cost_committed_eur
    return {
        **{"verdict": one.verdict, **words, "next_on": one.next_on},
        "cost_committed_eur": None if cost is None else Decimal(cost).quantize(Decimal("0.01")),
        "answered_on": one.answered_on or answered_on,
    }


def _says(before: list[Row], one: Answer, said: Row) -> bool:
    """Whether an answer is stored already: a second click, or the same sheet again."""
    if one.answered_on is None:
        return bool(before) and all(before[-1][name] == said[name] for name in SAID if name != "answered_on")
    return any(all(row[name] == said[name] for name in SAID) for row in before)


def _before(answer_id: str | None, gone: dict[str, str | None]) -> str | None:
    """The answer that stays before one that goes."""
    while answer_id in gone:
        answer_id = gone[answer_id]
    return answer_id
