"""Measures: what follows from a decision, an answer or an accepted merge of trainings, until a meeting notes its end.

People appear as a function or as the seat of an organisation. The functions that end in `_in` write inside somebody
else's transaction: a meeting starts a measure while it decides.
"""

import json
import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal

from esdash.errors import UserError
from esdash.inventory.access import Action, Actor
from esdash.inventory.file.store import Change, Inventory
from esdash.inventory.privacy.naming import refuse_people
from esdash.model.visible import one_line

State = Literal["planned", "running", "waiting", "done", "dropped"]
OPEN: tuple[State, ...] = ("planned", "running", "waiting")
CLOSED: tuple[State, ...] = ("done", "dropped")
MEASURES = ("gap_places", "places_met", "places_needed")  # places per week
ORIGINS = ("priority_item_id", "decision_id", "answer_id", "bundling_decision_id")

Row = dict[str, Any]

_BY_NOTE = ("due_on", "state", "waiting_for", *ORIGINS)  # what `change_plan` leaves as it is
_NUMBERS = (
    "SELECT max(try_cast(substr(number, 3) AS INTEGER)) AS last FROM inventory.measure WHERE starts_with(number, 'M-')"
)


@dataclass(frozen=True)
class Milestone:
    """A step on the way."""

    text: str
    due_on: date | None = None
    done_on: date | None = None


@dataclass(frozen=True)
class Effect:
    """What a measure should change: a figure (of MEASURES) over themes × districts × groups; empty means all of them.

    `then` is the figure at the end of the day `as_of`, `target` the one that is wanted; None is unknown or open.
    """

    measure: str
    theme_ids: tuple[str, ...]
    district_ids: tuple[str, ...]
    target_group_ids: tuple[str, ...]
    as_of: date
    then: float | None = None
    target: float | None = None


@dataclass(frozen=True)
class Plan:
    """What people say about a measure. `responsible_role` is a function, no name."""

    title: str
    lead_organization_id: str | None
    due_on: date | None
    responsible_role: str | None = None
    partner_ids: tuple[str, ...] = ()
    starts_on: date | None = None
    state: State = "planned"
    waiting_for: str | None = None
    milestones: tuple[Milestone, ...] = ()
    effect: Effect | None = None
    initiative_ids: tuple[str, ...] = ()  # offers that came from it
    priority_item_id: str | None = None
    decision_id: str | None = None
    answer_id: str | None = None
    bundling_decision_id: str | None = None


@dataclass(frozen=True)
class Progress:
    """A dated note. `state`, `waiting_for` and `due_on` hold from now on; None leaves them as they are."""

    text: str
    by_role: str
    noted_on: date
    state: State | None = None
    waiting_for: str | None = None
    due_on: date | None = None
    delay_reason: str | None = None


# ---------------------------------------------------------------- starting


def start(inventory: Inventory, plan: Plan, actor: Actor, key: str | None = None) -> str:
    """Start a measure; returns its id. A second call with the same `key` changes nothing.

    Raises UserError for a measure without title, lead or date, for one that waits for nothing, for an end before the
    beginning, and for an origin or organisation that does not exist.
    """
    with inventory.change(actor, Action.START_MEASURE, plan.title.strip()) as change:
        return start_in(change, plan, key)


def start_in(change: Change, plan: Plan, key: str | None = None) -> str:
    """As `start`, inside a transaction: numbers have no gap, because nothing else writes meanwhile."""
    measure_id = key or f"m{secrets.token_hex(6)}"
    if change.rows("SELECT 1 FROM inventory.measure WHERE measure_id = $id", id=measure_id):
        return measure_id
    row = _row(plan)
    _refuse_incomplete(row)
    _refuse_people(change, row)
    last = change.rows(_NUMBERS)[0]["last"] or 0
    change.insert("measure", [{"measure_id": measure_id, "number": f"M-{last + 1:02d}", **row}])
    return measure_id


# ---------------------------------------------------------------- while it runs


def change_plan(inventory: Inventory, measure_id: str, plan: Plan, actor: Actor, version: int) -> None:
    """Replace what is said about a measure; a second call changes nothing.

    Its origin stays, and its date and state, which change by a dated note. Raises UserError as `start`, for a closed
    measure, and if somebody else has changed it since `version`.
    """
    with inventory.change(actor, Action.KEEP_MEASURE, plan.title.strip()) as change:
        before = _of(change, measure_id)
        after = {name: value for name, value in _row(plan).items() if name not in _BY_NOTE}
        if all(_read(before[name]) == value for name, value in after.items()):
            return
        _refuse_closed(before)
        _refuse_incomplete({**before, **after})
        _refuse_people(change, after)
        change.update("measure", [{"measure_id": measure_id, "version": version, **after}])


def note(
    inventory: Inventory,
    measure_id: str,
    progress: Progress,
    actor: Actor,
    version: int | None = None,
    key: str | None = None,
) -> str:
    """Write a dated note about a measure; returns its id. A second call with the same `key` changes nothing.

    Raises UserError for a note without text or function, or of a day in the future, for a later date without a reason
    for the delay, for waiting for nothing, and if somebody else has changed the measure since `version`.
    """
    if progress.noted_on > inventory.today():
        raise UserError("measure_note_in_future", day=progress.noted_on)
    with inventory.change(actor, Action.KEEP_MEASURE, _clean(progress.text)) as change:
        return note_in(change, measure_id, progress, version, key)


def note_in(
    change: Change, measure_id: str, progress: Progress, version: int | None = None, key: str | None = None
) -> str:
    """As `note`, inside a transaction. A note with a state reopens a closed measure; then it is on the list again."""
    note_id = key or f"n{secrets.token_hex(6)}"
    if change.rows("SELECT 1 FROM inventory.progress_note WHERE progress_note_id = $id", id=note_id):
        return note_id
    before = _of(change, measure_id)
    if not progress.text.strip():
        raise UserError("measure_note_empty")
    if progress.state in CLOSED:
        raise ValueError("finish or drop closes a measure")
    if progress.state is None:
        _refuse_closed(before)
    after: Row = {"state": progress.state or before["state"], "due_on": progress.due_on or before["due_on"]}
    after["waiting_for"] = _clean(progress.waiting_for) or before["waiting_for"]
    if after["state"] != "waiting":
        after["waiting_for"] = None
    if before["state"] in CLOSED:
        after |= {"finished_on": None, "closing_note": None, "noted_in_meeting_id": None}
    _refuse_incomplete({**before, **after})
    refuse_people(change, progress.text, progress.by_role, progress.waiting_for, progress.delay_reason)
    if any(before[name] != value for name, value in after.items()) or version is not None:
        seen = before["version"] if version is None else version
        change.update("measure", [{"measure_id": measure_id, "version": seen, **after}])
    _write_note(change, before, progress, _clean(progress.delay_reason), note_id)
    return note_id


# ---------------------------------------------------------------- its end


def finish(
    inventory: Inventory, measure_id: str, closing_note: str, actor: Actor, on: date | None = None, version: int = 0
) -> None:
    """Close a measure as done, with a note on what came of it. A second call changes nothing.

    Raises UserError without a closing note, for a day in the future, for a measure that is closed otherwise, and if
    somebody else has changed it since `version` (0: whatever it is).
    """
    if on is not None and on > inventory.today():
        raise UserError("measure_note_in_future", day=on)
    with inventory.change(actor, Action.KEEP_MEASURE, _clean(closing_note)) as change:
        _close(change, measure_id, "done", closing_note, on or inventory.today(), version)


def drop(inventory: Inventory, measure_id: str, reason: str, actor: Actor, version: int = 0) -> None:
    """Give a measure up, with the reason. A second call changes nothing. Raises UserError as `finish`."""
    with inventory.change(actor, Action.KEEP_MEASURE, _clean(reason)) as change:
        _close(change, measure_id, "dropped", reason, inventory.today(), version)


def taken_note(inventory: Inventory, measure_ids: Sequence[str], meeting_id: str, actor: Actor) -> None:
    """Record that a meeting took note of the end of measures, which then leave the control list."""
    with inventory.change(actor, Action.KEEP_MEASURE) as change:
        taken_note_in(change, measure_ids, meeting_id)


def taken_note_in(change: Change, measure_ids: Sequence[str], meeting_id: str) -> None:
    """As `taken_note`, inside a transaction. Raises UserError for an open measure. The first meeting counts."""
    for row in map(lambda key: _of(change, key), dict.fromkeys(measure_ids)):
        if row["state"] not in CLOSED:
            raise UserError("measure_still_open", number=row["number"])
        if row["noted_in_meeting_id"] is None:
            seen = {name: row[name] for name in ("measure_id", "version")}
            change.update("measure", [{**seen, "noted_in_meeting_id": meeting_id}])


# ---------------------------------------------------------------- inside


def _row(plan: Plan) -> Row:
    """The columns of a measure, texts without spaces around them, unknown as None."""
    said = {name: value for name, value in asdict(plan).items()}
    said["title"] = one_line(said["title"]) or None
    for name in ("responsible_role", "waiting_for"):
        said[name] = _clean(said[name])
    for name in ("partner_ids", "initiative_ids"):
        said[name] = list(dict.fromkeys(said[name])) or None
    said["milestones"] = [_plain(step) for step in said["milestones"] if step["text"].strip()] or None
    said["effect"] = _plain(said["effect"]) if said["effect"] else None
    said["waiting_for"] = said["waiting_for"] if plan.state == "waiting" else None
    return said


def _plain(values: Row) -> Row:
    """Values as JSON holds them."""
    return {
        name: f"{value:%Y-%m-%d}" if isinstance(value, date) else list(value) if isinstance(value, tuple) else value
        for name, value in values.items()
    }


def _read(value: Any) -> Any:
    """A stored value as `_row` gives it: JSON comes as a text."""
    return json.loads(value) if isinstance(value, str) and value[:1] in "[{" else value


def _refuse_incomplete(row: Row) -> None:
    """Raises UserError for a measure that nobody could follow up."""
    if not row["title"]:
        raise UserError("measure_needs_title")
    if not row["lead_organization_id"] or not row["due_on"]:
        raise UserError("measure_needs_lead_and_date", title=row["title"])
    if row["starts_on"] and row["starts_on"] > row["due_on"]:
        raise UserError("measure_ends_before_it_begins", begins=row["starts_on"], due=row["due_on"])
    if row["state"] == "waiting" and not row["waiting_for"]:
        raise UserError("measure_waits_for_nothing")


def _refuse_people(change: Change, row: Row) -> None:
    """Raises UserError for a text that names a known person: measures are printed and handed out."""
    steps = [step["text"] for step in row["milestones"] or ()]
    refuse_people(change, row["title"], row["responsible_role"], row.get("waiting_for"), *steps)


def _write_note(change: Change, before: Row, progress: Progress, delay_reason: str | None, key: str | None) -> None:
    due = progress.due_on or before["due_on"]
    moved = due != before["due_on"]
    if moved and before["due_on"] and due > before["due_on"] and not delay_reason:
        raise UserError("measure_delay_needs_reason", before=before["due_on"], after=due)
    if not progress.by_role.strip():
        raise UserError("measure_note_needs_role")
    change.insert(
        "progress_note",
        [
            {
                "progress_note_id": key or f"n{secrets.token_hex(6)}",
                "measure_id": before["measure_id"],
                "noted_on": progress.noted_on,
                "by_role": progress.by_role.strip(),
                "text": progress.text.strip(),
                "state_after": progress.state if progress.state != before["state"] else None,
                "due_before": before["due_on"] if moved else None,
                "due_after": due if moved else None,
                "delay_reason": delay_reason if moved else None,
            }
        ],
    )


def _close(change: Change, measure_id: str, state: State, words: str, on: date, version: int) -> None:
    before, said = _of(change, measure_id), _clean(words)
    if not said:
        raise UserError("measure_needs_closing_note" if state == "done" else "measure_needs_drop_reason")
    if before["state"] == state and before["closing_note"] == said:
        return  # it was a second click
    _refuse_closed(before)
    refuse_people(change, said)
    end = {"state": state, "waiting_for": None, "finished_on": on, "closing_note": said}
    change.update("measure", [{"measure_id": measure_id, "version": version or before["version"], **end}])


def _of(change: Change, measure_id: str) -> Row:
    """The row of a measure. Raises UserError if there is none."""
    found = change.rows("FROM inventory.measure WHERE measure_id = $id", id=measure_id)
    if not found:
        raise UserError("measure_gone")
    return found[0]


def _refuse_closed(row: Row) -> None:
    if row["state"] in CLOSED:
        raise UserError("measure_closed", number=row["number"] or row["title"])


def _clean(words: str | None) -> str | None:
    return " ".join(words.split()) or None if words else None
