"""The agenda of a coming meeting that fills itself, and why each point is on it.

In this order: opening, minutes of the last meeting, measures and promises that are due, answers and silence of the
city, what was carried over, what people agree on as one block, what is contested, new and changed items, the list.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

import pandas as pd

from esdash.analysis.priorities import items
from esdash.analysis.voices import voices
from esdash.inventory import Inventory
from esdash.inventory.cached import cached

# Minutes that a point is planned with, before they are fitted into the length of the meeting: reporting takes less than
# deciding, and what is contested takes longest.
MINUTES = {
    **{"opening": 5, "minutes_approval": 5, "measure": 5, "commitment": 3, "unanswered": 5, "answer": 10},
    **{"block": 10, "item": 10, "list": 10, "finding": 10, "topic": 10},
}
CONTESTED_MINUTES = 15
LEAST_BLOCK = 2  # one agreed item is a point of its own

Row = dict[str, Any]


class Voices(NamedTuple):
    """What the last closed round says of an item: whether it is contested, and the distance of the quartiles."""

    contested: bool
    spread: float


@dataclass(frozen=True)
class Proposed:
    """A point that should be on the agenda, why, and what its name says (`facts`)."""

    kind: str
    why: tuple[str, ...] = ()
    subject_table: str | None = None
    subject: str | None = None
    facts: Row = field(default_factory=dict)
    minutes: int = 0
    carried_from: Row = field(default_factory=dict)  # the earlier point
    inside: tuple["Proposed", ...] = ()


class Resting(NamedTuple):
    """What rests until a later day, and so is on no agenda before: an item of the list or a point."""

    subject_table: str
    subject: str
    name: str | None
    until: date


@cached
def build(inventory: Inventory, meeting_id: str) -> list[Proposed]:
    """The points that should be on the agenda of this meeting and are not, in order; nothing for an unknown meeting."""
    meeting = _meeting(inventory, meeting_id)
    if meeting is None:
        return []
    on = on_agenda(inventory, meeting_id)
    points = [*_opening(on), *_reports(inventory, meeting), *_left(inventory, meeting)]
    points += _items(inventory, meeting, _said(voices.latest(inventory)))
    points += _list(inventory)
    return [kept for point in points if (kept := _without(point, on)) is not None]


def on_agenda(inventory: Inventory, meeting_id: str) -> set[tuple[str, str]]:
    """What is on the agenda already: kind and subject, or kind alone for points without one."""
    rows = inventory.rows("FROM agenda_item WHERE meeting_id = $id", id=meeting_id)
    return {(row["kind"], row["subject"] or "") for row in rows}


@cached
def resting(inventory: Inventory, meeting_id: str) -> list[Resting]:
    """What rests beyond the day of this meeting, the earliest first."""
    meeting = _meeting(inventory, meeting_id)
    if meeting is None:
        return []
    day = meeting["held_on"]
    deferred = inventory.rows(
        "FROM item_to_decide WHERE result = 'deferred' AND deferred_until > $day ORDER BY priority_item_id", day=day
    )
    points = inventory.rows(
        "FROM agenda_item WHERE meeting_id = $id AND resume_on > $day AND state <> 'withdrawn' ORDER BY sort",
        id=meeting_id,
        day=day,
    )
    found = [Resting("priority_item", row["priority_item_id"], None, row["deferred_until"]) for row in deferred]
    found += [Resting("agenda_item", row["agenda_item_id"], row["name"], row["resume_on"]) for row in points]
    return sorted(found, key=lambda one: (one.until, one.subject))


def shared(weights: Sequence[int], length: int) -> list[int]:
    """Whole minutes that sum to `length`, in the proportion of the weights; each point with a weight gets at least one.

    If there is not even a minute for each, the weights stay as they are.
    """
    some = [place for place, weight in enumerate(weights) if weight > 0]
    if length < len(some) or not some:
        return list(weights)
    total, spare = sum(weights), length - len(some)
    exact = [spare * weight / total for weight in weights]
    found = [int(part) + (weight > 0) for part, weight in zip(exact, weights, strict=True)]
    rest = length - sum(found)
    order = sorted(some, key=lambda place: (int(exact[place]) - exact[place], place))
    for place in order[:rest]:
        found[place] += 1
    return found


def length_of(meeting: Row) -> int | None:
    """The length of a meeting in minutes; None if its beginning or its end is unknown."""
    begins, ends = meeting["begins"], meeting["ends"]
    if begins is None or ends is None:
        return None
    return int((ends.hour - begins.hour) * 60 + ends.minute - begins.minute)


# ---------------------------------------------------------------- the parts of an agenda


def _opening(on: set[tuple[str, str]]) -> Iterator[Proposed]:
    if not any(kind == "minutes_approval" for kind, _ in on):  # else the meeting opens with them
        yield Proposed("opening", minutes=MINUTES["opening"])


def _reports(inventory: Inventory, meeting: Row) -> Iterator[Proposed]:
    """What was decided, promised, handed over and answered, before anything new."""
    day, since = meeting["held_on"], meeting["before_on"]
    if meeting["before_id"] and meeting["before_approved_in"] is None:
        facts = {"name": meeting["before_name"], "number": meeting["before_number"]}
        yield _point("minutes_approval", ("due",), "meeting", meeting["before_id"], facts)
    for row in inventory.rows("FROM measure_to_report"):
        if row["ended"] or (row["due_on"] is not None and row["due_on"] <= day):
            yield _point("measure", ("ended" if row["ended"] else "due",), "measure", row["measure_id"], row)
    for row in inventory.rows("FROM commitment_to_report WHERE due_on <= $day", day=day):
        yield _point("commitment", ("due",), "commitment", row["commitment_id"], row)
    answers = inventory.rows(
        "FROM answer_come WHERE NOT told AND answered_on >= coalesce($since, DATE '1900-01-01')", since=since
    )
    for version in dict.fromkeys(row["list_version_id"] for row in answers):
        own = [row for row in answers if row["list_version_id"] == version]
        facts = {"number": own[0]["number"], "n": len(own), "verdicts": [row["verdict"] for row in own]}
        yield _point("answer", ("answered",), "list_version", version, facts)
    for row in inventory.rows("FROM version_silence"):
        yield _point("unanswered", ("unanswered",), "list_version", row["list_version_id"], row)


def _left(inventory: Inventory, meeting: Row) -> Iterator[Proposed]:
    """Points that were left over and stand nowhere."""
    for row in inventory.rows("FROM point_left"):
        if row["resume_on"] is None or row["resume_on"] <= meeting["held_on"]:
            why = (*(word for word in row["why"] or () if word != "carried"), "carried")
            weight = row["planned_minutes"] or MINUTES[row["kind"]]
            yield Proposed(row["kind"], why, row["subject_table"], row["subject"], row, weight, row)


def _items(inventory: Inventory, meeting: Row, said: dict[str, Voices]) -> Iterator[Proposed]:
    """The items of the list to decide about: agreed ones as one block, contested ones, then the others by rank."""
    left = {row["subject"] for row in inventory.rows("FROM point_left WHERE subject_table = 'priority_item'")}
    why = {row["priority_item_id"]: _why(row, meeting) for row in inventory.rows("FROM item_to_decide")}
    listed = items.on_list(inventory)
    order = [str(key) for key in listed["priority_item_id"] if why.get(str(key)) and str(key) not in left]
    ranked = dict(zip(listed["priority_item_id"], listed["rank"], strict=True))
    contested = sorted((key for key in order if key in said and said[key].contested), key=lambda key: -said[key].spread)
    agreed = [key for key in order if key in said and not said[key].contested]
    if len(agreed) < LEAST_BLOCK:
        agreed = []
    if agreed:
        inside = tuple(_item(key, ("agreed", *why[key]), 0, ranked) for key in agreed)
        yield Proposed("block", ("agreed",), facts={"n": len(inside)}, minutes=MINUTES["block"], inside=inside)
    for key in contested:
        yield _item(key, ("contested", *why[key]), CONTESTED_MINUTES, ranked)
    for key in (key for key in order if key not in agreed and key not in contested):
        yield _item(key, why[key], MINUTES["item"], ranked)


def _why(row: Row, meeting: Row) -> tuple[str, ...]:
    """Why an item is to be decided about in this meeting; nothing if it is not."""
    since, decided = meeting["before_on"], row["decided_on"]
    changed = row["changed_on"] is not None and row["changed_on"] > (decided or row["listed_on"])
    if row["result"] == "deferred":
        until = row["deferred_until"]
        return ("resumed",) if until is not None and decided < until <= meeting["held_on"] else ()
    if decided is not None:
        return ("changed",) if changed else ()
    if since is None or row["listed_on"] > since:
        return ("new",)
    return ("changed",) if changed and row["changed_on"] > since else ("undecided",)


def _list(inventory: Inventory) -> Iterator[Proposed]:
    """The list itself, if something changed since it was frozen last."""
    row = inventory.rows("FROM list_to_adopt")[0]
    if row["changed"] and len(items.on_list(inventory)):
        yield _point("list", ("changed" if row["last"] else "new",), "list_version", None, {"number": row["last"] + 1})


# ---------------------------------------------------------------- inside


def _meeting(inventory: Inventory, meeting_id: str) -> Row | None:
    rows = inventory.rows("FROM meeting_before WHERE meeting_id = $id", id=meeting_id)
    return rows[0] if rows else None


def _said(results: pd.DataFrame) -> dict[str, Voices]:
    return {
        str(row["priority_item_id"]): Voices(bool(row["contested"]), float(row["q3"] - row["q1"]))
        for row in results.to_dict("records")
        if not pd.isna(row["q1"])
    }


def _point(kind: str, why: tuple[str, ...], table: str, subject: str | None, facts: Row) -> Proposed:
    return Proposed(kind, why, table, subject, facts, MINUTES[kind])


def _item(key: str, why: tuple[str, ...], minutes: int, ranked: dict[Any, Any]) -> Proposed:
    rank = ranked.get(key)
    return Proposed(
        "item", why, "priority_item", key, {"rank": None if rank is None or pd.isna(rank) else int(rank)}, minutes
    )


def _without(point: Proposed, on: set[tuple[str, str]]) -> Proposed | None:
    """The point without what is on the agenda already; None if nothing of it is left."""
    if point.kind != "block":
        known = (point.kind, point.subject or "") in on
        return None if known and (point.subject or point.kind in ("opening", "list")) else point
    inside = tuple(one for one in point.inside if (one.kind, one.subject or "") not in on)
    kept = Proposed("block", point.why, facts={"n": len(inside)}, minutes=point.minutes, inside=inside)
    return kept if inside else None
