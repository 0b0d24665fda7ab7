"""Promises of organisations: who does what until when, and what became of it.

A promise is open until somebody says that it was kept, broken or released; it may become a measure and is followed
there. Broken ones stay inside: `commitment_public` has none (analysis/workshops). People appear as a function.
"""

import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Literal

from esdash.errors import UserError
from esdash.inventory.access import Action, Actor
from esdash.inventory.file.store import Change, Inventory
from esdash.inventory.privacy.naming import refuse_people
from esdash.inventory.steering import measures, rows
from esdash.inventory.steering.measures import Plan
from esdash.inventory.steering.rows import Row

Ended = Literal["kept", "broken", "released"]
ENDED: tuple[Ended, ...] = ("kept", "broken", "released")

LONGEST = 300  # characters of a promise: two or three lines
LONGEST_ROLE = 80
LONGEST_NOTE = 500
MOST_AT_ONCE = 50


@dataclass(frozen=True)
class Promise:
    """What people say about a promise; None is unknown. `contact_role` is a function, no name.

    `given_on` is of a promise that was given elsewhere; in a workshop or meeting it is the day of that.
    """

    text: str
    organization_id: str | None
    contact_role: str | None = None
    due_on: date | None = None
    workshop_id: str | None = None
    meeting_id: str | None = None
    given_on: date | None = None
    theme_id: str | None = None
    district_id: str | None = None


def add(inventory: Inventory, promises: Sequence[Promise], actor: Actor, key: str | None = None) -> list[str]:
    """Add promises, all or none; returns their ids. Lines without words are left out.

    A second call with the same `key` changes nothing. Raises UserError if no line has words, for a promise without an
    organisation, for one that stands there already or is too long, for a day of giving in the future, for a day until
    which it holds before that, and for a text that names a known person.
    """
    key = key or secrets.token_hex(6)
    with inventory.change(actor, Action.KEEP_PROMISES) as change:
        written = [_row(inventory, change, promise) for promise in promises if rows.line(promise.text)]
        if not written or len(written) > MOST_AT_ONCE:
            raise UserError("commitment_needs_words", most=MOST_AT_ONCE)
        ids = [f"z{key}-{place}" for place in range(1, len(written) + 1)]
        if change.rows("SELECT 1 FROM inventory.commitment WHERE commitment_id IN $ids", ids=ids):
            return ids
        seen: set[tuple[str | None, ...]] = set()
        for row in written:
            _refuse_known(change, row, "", seen)
        change.insert("commitment", [{"commitment_id": one, **row} for one, row in zip(ids, written, strict=True)])
        return ids


def edit(inventory: Inventory, commitment_id: str, promise: Promise, actor: Actor, version: int = 0) -> bool:
    """Replace what is said about a promise, except for its day, which `move` changes; returns whether anything did.

    Raises UserError as `add`, and if somebody else has changed it since `version` (0: whatever it is).
    """
    with inventory.change(actor, Action.KEEP_PROMISES) as change:
        before, after = rows.found(change, "commitment", commitment_id), _row(inventory, change, promise)
        if before["due_on"] is not None:
            del after["due_on"]
        _refuse_known(change, after, commitment_id, set())
        return rows.write(change, "commitment", before, after, version)


def take_back(inventory: Inventory, commitment_id: str, actor: Actor) -> None:
    """Remove a promise that was added by mistake; the change log keeps it. A second call changes nothing.

    Raises UserError for one that stood on an agenda, became a measure, or has ended.
    """
    with inventory.change(actor, Action.KEEP_PROMISES) as change:
        known = change.rows("FROM inventory.commitment WHERE commitment_id = $id", id=commitment_id)
        if not known:
            return
        on_agenda = change.rows(
            "SELECT 1 FROM inventory.agenda_item WHERE subject_table = 'commitment' AND subject = $id", id=commitment_id
        )
        if on_agenda or known[0]["measure_id"] or known[0]["state"] != "open":
            raise UserError("commitment_in_use")
        change.remove("commitment", [commitment_id])


# ---------------------------------------------------------------- what became of it


def end(
    inventory: Inventory,
    commitment_id: str,
    state: Ended,
    note: str | None,
    actor: Actor,
    on: date | None = None,
    version: int = 0,
) -> None:
    """Say that an open promise was kept, broken or released, on a day (today). A second call changes nothing.

    Raises UserError for a broken or released one without a note, for a day in the future, for one that has ended
    otherwise, and if somebody else has changed it since `version` (0: whatever it is).
    """
    said, day = rows.line(note), on or inventory.today()
    with inventory.change(actor, Action.KEEP_PROMISES, said) as change:
        before = rows.found(change, "commitment", commitment_id)
        if state not in ENDED:
            raise ValueError(f"{state} is no end of a promise")
        if (before["state"], before["note"]) == (state, said):
            return
        rows.refuse_changed("commitment", before, version)
        if before["state"] != "open":
            raise UserError("commitment_has_ended", text=before["text"])
        if state != "kept" and not said:
            raise UserError("commitment_needs_note")
        if day > inventory.today():
            raise UserError("commitment_in_future", day=day)
        refuse_people(change, said)
        rows.write(change, "commitment", before, {"state": state, "checked_on": day, "note": said}, version)


def reopen(inventory: Inventory, commitment_id: str, actor: Actor, version: int = 0) -> None:
    """Undo an end that was said by mistake: the promise is open again. A second call changes nothing."""
    with inventory.change(actor, Action.KEEP_PROMISES) as change:
        before = rows.found(change, "commitment", commitment_id)
        if before["state"] != "open":
            again = {"state": "open", "checked_on": inventory.today(), "note": None}
            rows.write(change, "commitment", before, again, version)


def move(
    inventory: Inventory, commitment_id: str, due_on: date | None, reason: str, actor: Actor, version: int = 0
) -> None:
    """Give an open promise a new day, or its first one. A second call changes nothing.

    Raises UserError without a day, for a later day without a reason, for one that has ended, and if somebody else has
    changed it since `version` (0: whatever it is).
    """
    said = rows.line(reason)
    with inventory.change(actor, Action.KEEP_PROMISES, said) as change:
        before = rows.found(change, "commitment", commitment_id)
        if due_on is None:
            raise UserError("commitment_needs_day")
        if before["due_on"] == due_on:
            return
        rows.refuse_changed("commitment", before, version)
        if before["state"] != "open":
            raise UserError("commitment_has_ended", text=before["text"])
        if before["due_on"] is not None and due_on > before["due_on"] and not said:
            raise UserError("commitment_delay_needs_reason", before=before["due_on"], after=due_on)
        refuse_people(change, said)
        moved = {"due_on": due_on, "checked_on": inventory.today(), "note": said or before["note"]}
        rows.write(change, "commitment", before, moved, version)


def to_measure(inventory: Inventory, commitment_id: str, plan: Plan, actor: Actor, key: str | None = None) -> str:
    """Start a measure from an open promise, which is followed there from now on; returns the id of the measure.

    A second call with the same `key` changes nothing. Raises UserError as `measures.start`, for a promise that has
    ended, and for one whose measure runs.
    """
    with inventory.change(actor, Action.START_MEASURE, rows.line(plan.title)) as change:
        before = rows.found(change, "commitment", commitment_id)
        if key and before["measure_id"] == key:
            return key
        if before["state"] != "open":
            raise UserError("commitment_has_ended", text=before["text"])
        if change.rows(
            "SELECT 1 FROM inventory.measure WHERE measure_id = $id AND state IN ('planned', 'running', 'waiting')",
            id=before["measure_id"],
        ):
            raise UserError("commitment_is_measure", text=before["text"])
        measure_id = measures.start_in(change, plan, key)
        rows.write(change, "commitment", before, {"measure_id": measure_id})
        return measure_id


# ---------------------------------------------------------------- inside


def _row(inventory: Inventory, change: Change, promise: Promise) -> Row:
    """The columns of a promise, texts on one line."""
    said = asdict(promise) | {"text": rows.line(promise.text), "contact_role": rows.line(promise.contact_role)}
    if not said["text"]:
        raise UserError("commitment_needs_words", most=MOST_AT_ONCE)
    if not said["organization_id"]:
        raise UserError("commitment_needs_organization", text=said["text"])
    if len(said["text"]) > LONGEST or len(said["contact_role"] or "") > LONGEST_ROLE:
        raise UserError("commitment_too_long", most=LONGEST, role=LONGEST_ROLE)
    said["given_on"] = given = _day_of(change, said) or said["given_on"]
    if given and given > inventory.today():
        raise UserError("commitment_in_future", day=given)
    if given and said["due_on"] and said["due_on"] < given:
        raise UserError("commitment_due_before_given", due=said["due_on"], given=given)
    refuse_people(change, said["text"], said["contact_role"])
    return said


def _day_of(change: Change, row: Row) -> date | None:
    """The day of the workshop or meeting in which a promise was given."""
    found = change.rows(
        "SELECT held_on FROM inventory.workshop WHERE workshop_id = $workshop "
        "UNION ALL SELECT held_on FROM inventory.meeting WHERE meeting_id = $meeting",
        workshop=row["workshop_id"],
        meeting=row["meeting_id"],
    )
    return found[0]["held_on"] if found else None


def _refuse_known(change: Change, row: Row, key: str, seen: set[tuple[str | None, ...]]) -> None:
    """Raises UserError if the organisation promised the same there already, or in another of these lines."""
    same = (row["text"].casefold(), row["organization_id"], row["workshop_id"])
    known = change.rows(
        "SELECT 1 FROM inventory.commitment WHERE lower(text) = lower($text) AND commitment_id <> $key "
        "AND organization_id = $organization AND workshop_id IS NOT DISTINCT FROM $workshop",
        text=row["text"],
        key=key,
        organization=row["organization_id"],
        workshop=row["workshop_id"],
    )
    if known or same in seen:
        raise UserError("commitment_known", text=row["text"])
    seen.add(same)
