"""Ideas, of a workshop or sent in otherwise: added several at once, put together where they mean the same, parked.

An idea gets onto the priority list as a finding ("idea|id", `items.take`). One that was merged into another or parked
is no longer proposed. Every step can be undone: `separate`, `take_up`, `take_back`.
"""

import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from itertools import combinations

from esdash.errors import UserError
from esdash.inventory.access import Action, Actor
from esdash.inventory.file.store import Change, Inventory
from esdash.inventory.privacy.naming import refuse_people
from esdash.inventory.steering import rows
from esdash.inventory.steering.rows import Row

LONGEST = 400  # characters of an idea: some lines
MOST_AT_ONCE = 50


@dataclass(frozen=True)
class Idea:
    """What people say about an idea; None is unknown. The organisation is who had it; None: a guest, or not noted.

    `collected_on` is only for an idea without a workshop, which has a day of its own.
    """

    text: str
    workshop_id: str | None = None
    collected_on: date | None = None
    organization_id: str | None = None
    theme_id: str | None = None
    district_id: str | None = None


def add(inventory: Inventory, ideas: Sequence[Idea], actor: Actor, key: str | None = None) -> list[str]:
    """Add ideas, all or none; returns their ids. Lines without words are left out.

    A second call with the same `key` changes nothing. Raises UserError if no line has words, for an idea that stands
    there already or is too long, for a day in the future, and for a text that names a known person.
    """
    key = key or secrets.token_hex(6)
    with inventory.change(actor, Action.KEEP_IDEAS) as change:
        written = [_row(inventory, change, idea) for idea in ideas if rows.line(idea.text)]
        if not written or len(written) > MOST_AT_ONCE:
            raise UserError("idea_needs_words", most=MOST_AT_ONCE)
        ids = [f"d{key}-{place}" for place in range(1, len(written) + 1)]
        if change.rows("SELECT 1 FROM inventory.idea WHERE idea_id IN $ids", ids=ids):
            return ids
        seen: set[tuple[str, str | None]] = set()
        for row in written:
            _refuse_known(change, row, "", seen)
        change.insert("idea", [{"idea_id": idea_id, **row} for idea_id, row in zip(ids, written, strict=True)])
        return ids


def edit(inventory: Inventory, idea_id: str, idea: Idea, actor: Actor, version: int = 0) -> bool:
    """Replace what is said about an idea; returns whether anything changed.

    Raises UserError as `add`, and if somebody else has changed it since `version` (0: whatever it is).
    """
    with inventory.change(actor, Action.KEEP_IDEAS) as change:
        before, after = rows.found(change, "idea", idea_id), _row(inventory, change, idea)
        _refuse_known(change, after, idea_id, set())
        return rows.write(change, "idea", before, after, version)


def take_back(inventory: Inventory, idea_id: str, actor: Actor) -> None:
    """Remove an idea that was added by mistake; the change log keeps it. A second call changes nothing.

    Raises UserError for one that stands for others, or that ever came onto the list.
    """
    with inventory.change(actor, Action.KEEP_IDEAS) as change:
        if change.rows("SELECT 1 FROM inventory.idea WHERE similar_to_id = $id", id=idea_id):
            raise UserError("idea_stands_for_others")
        if change.rows("SELECT 1 FROM inventory.priority_item WHERE finding_id = $id", id=f"idea|{idea_id}"):
            raise UserError("idea_was_listed")
        pairs = change.rows(
            "SELECT duplicate_decision_id FROM inventory.duplicate_decision "
            "WHERE table_name = 'idea' AND $id IN (a_id, b_id)",
            id=idea_id,
        )
        change.remove("duplicate_decision", [row["duplicate_decision_id"] for row in pairs])
        change.remove("idea", [idea_id])


# ---------------------------------------------------------------- the same idea twice


def merge(inventory: Inventory, keep: str, others: Sequence[str], actor: Actor) -> None:
    """Put ideas together: `keep` stands for the others from now on. A second call changes nothing.

    Raises UserError unless all of them are new, if one of the others is on the priority list, and if `keep` is not
    there (any more).
    """
    with inventory.change(actor, Action.KEEP_IDEAS) as change:
        kept = rows.found(change, "idea", keep)
        if kept["state"] != "new":
            raise UserError("idea_not_new", text=kept["text"])
        for idea_id in dict.fromkeys(other for other in others if other != keep):
            row = rows.found(change, "idea", idea_id)
            if row["similar_to_id"] == keep:
                continue
            if row["state"] != "new":
                raise UserError("idea_not_new", text=row["text"])
            _refuse_listed(change, row)
            rows.write(change, "idea", row, {"state": "merged", "similar_to_id": keep})


def separate(inventory: Inventory, idea_id: str, actor: Actor) -> None:
    """Undo a merge: the idea stands for itself again. A second call changes nothing."""
    with inventory.change(actor, Action.KEEP_IDEAS) as change:
        row = rows.found(change, "idea", idea_id)
        if row["state"] == "merged":
            rows.write(change, "idea", row, {"state": "new", "similar_to_id": None})


def tell_apart(inventory: Inventory, ideas: Sequence[str], actor: Actor) -> None:
    """Record that these are different ideas, each from each: they are no longer proposed as similar.

    A second call changes nothing. Raises UserError for an idea that does not exist.
    """
    with inventory.change(actor, Action.KEEP_IDEAS) as change:
        known = {row["duplicate_decision_id"] for row in change.rows(_APART)}
        for first, second in combinations(sorted(set(ideas)), 2):
            key = f"idea|{first}|{second}"
            if key not in known:
                pair = {"table_name": "idea", "a_id": first, "b_id": second, "verdict": "not_duplicate"}
                signed = {"decided_by": actor.name, "decided_on": inventory.today()}
                change.insert("duplicate_decision", [{"duplicate_decision_id": key, **pair, **signed}])


def compare_again(inventory: Inventory, idea_id: str, actor: Actor) -> None:
    """Undo what `tell_apart` recorded of this idea. A second call changes nothing."""
    with inventory.change(actor, Action.KEEP_IDEAS) as change:
        pairs = [row for row in change.rows(_APART) if idea_id in (row["a_id"], row["b_id"])]
        change.remove("duplicate_decision", [row["duplicate_decision_id"] for row in pairs])


# ---------------------------------------------------------------- parked


def park(inventory: Inventory, idea_id: str, reason: str, actor: Actor, version: int = 0) -> None:
    """Put an idea aside, with the reason: it is no longer proposed for the list. A second call changes nothing.

    Raises UserError without a reason, for one that is on the list or merged, and if somebody else has changed it since
    `version` (0: whatever it is).
    """
    said = rows.line(reason)
    if not said:
        raise UserError("idea_needs_reason")
    with inventory.change(actor, Action.KEEP_IDEAS, said) as change:
        row = rows.found(change, "idea", idea_id)
        if (row["state"], row["parked_reason"]) == ("parked", said):
            return
        rows.refuse_changed("idea", row, version)
        if row["state"] == "merged":
            raise UserError("idea_not_new", text=row["text"])
        _refuse_listed(change, row)
        refuse_people(change, said)
        rows.write(change, "idea", row, {"state": "parked", "parked_reason": said}, version)


def take_up(inventory: Inventory, idea_id: str, actor: Actor) -> None:
    """Take a parked idea up again. A second call changes nothing."""
    with inventory.change(actor, Action.KEEP_IDEAS) as change:
        row = rows.found(change, "idea", idea_id)
        if row["state"] == "parked":
            rows.write(change, "idea", row, {"state": "new", "parked_reason": None})


# ---------------------------------------------------------------- inside

_APART = (
    "SELECT duplicate_decision_id, a_id, b_id FROM inventory.duplicate_decision WHERE table_name = 'idea' "
    "ORDER BY duplicate_decision_id"
)


def _row(inventory: Inventory, change: Change, idea: Idea) -> Row:
    """The columns of an idea, its text on one line."""
    said = asdict(idea) | {"text": rows.line(idea.text)}
    if not said["text"]:
        raise UserError("idea_needs_words", most=MOST_AT_ONCE)
    if len(said["text"]) > LONGEST:
        raise UserError("idea_too_long", most=LONGEST, n=len(said["text"]))
    if said["workshop_id"]:
        said["collected_on"] = None
    elif said["collected_on"] and said["collected_on"] > inventory.today():
        raise UserError("idea_in_future", day=said["collected_on"])
    refuse_people(change, said["text"])
    return said


def _refuse_known(change: Change, row: Row, key: str, seen: set[tuple[str, str | None]]) -> None:
    """Raises UserError if the same words stand there for the same workshop, or in another of these lines."""
    same = (row["text"].casefold(), row["workshop_id"])
    known = change.rows(
        "SELECT 1 FROM inventory.idea WHERE lower(text) = lower($text) AND idea_id <> $key "
        "AND workshop_id IS NOT DISTINCT FROM $workshop",
        text=row["text"],
        key=key,
        workshop=row["workshop_id"],
    )
    if known or same in seen:
        raise UserError("idea_known", text=row["text"])
    seen.add(same)


def _refuse_listed(change: Change, row: Row) -> None:
    if change.rows(
        "SELECT 1 FROM inventory.priority_item WHERE finding_id = $id AND listed_on IS NOT NULL AND ended_on IS NULL",
        id=f"idea|{row['idea_id']}",
    ):
        raise UserError("idea_is_listed", text=row["text"])
