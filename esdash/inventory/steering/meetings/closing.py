"""Closing a meeting in one transaction: its minutes, the points that stay open, and the version of the list.

What a person saw before closing rests on the last change of the inventory: if that is another one by now, nothing is
closed. Afterwards the meeting only takes dated corrections (minutes.correct).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from esdash.errors import UserError
from esdash.inventory.access import Action, Actor
from esdash.inventory.file.store import Change, Inventory
from esdash.inventory.privacy.naming import refuse_people
from esdash.inventory.steering import measures, versions
from esdash.inventory.steering.meetings import agenda, decisions, meetings, minutes
from esdash.inventory.steering.meetings.agenda import Point
from esdash.inventory.steering.meetings.majority import ADOPTING
from esdash.inventory.steering.meetings.said import LAST_TIME
from esdash.inventory.steering.versions import Draft
from esdash.model.canonical import sha256

LEFT_OPEN = ("pending", "discussed")
_NOT_CARRIED = ("opening", "block")


@dataclass(frozen=True)
class Seen:
    """What a person saw before closing: the minutes, the last change, and the version that would be frozen."""

    minutes: str
    last_change: int
    draft: Draft | None = None  # given if the list was adopted in this meeting
    follows: meetings.Plan | None = None  # the next meeting, where none is planned


def close(inventory: Inventory, actor: Actor, meeting_id: str, seen: Seen) -> None:
    """Close a running meeting: all of it or nothing. A second click changes nothing.

    Points without a decision go into the next meeting, which is planned if `seen.follows` says so. Raises UserError if
    the inventory changed since it was seen, if a point would be carried for the third time or there is no meeting to
    carry it to, if the list was adopted and no version is given, and for minutes that name a known person.
    """
    text = minutes.tidied(seen.minutes)
    if not text:
        raise UserError("minutes_empty")
    with inventory.change(actor, Action.CLOSE_MEETING) as change:
        row = meetings.found(change, meeting_id)
        if row["meeting_state"] == "closed" and row["minutes_sha256"] == sha256(text):
            return
        meetings.running(change, meeting_id)
        if seen.last_change != change.last_before:
            raise UserError("meeting_changed_meanwhile")
        refuse_people(change, text)
        items = change.rows(
            "FROM inventory.agenda_item WHERE meeting_id = $id ORDER BY sort, agenda_item_id", id=meeting_id
        )
        decided = {item["agenda_item_id"]: decisions.current(change, item["agenda_item_id"]) for item in items}
        _carry(change, row, items, decided, seen.follows)
        _take_note(change, row, items, decided)
        _freeze(change, inventory, actor, items, decided, seen.draft)
        closed = inventory.now().astimezone(UTC).replace(tzinfo=None)
        state = {"meeting_state": "closed", "last_change": seen.last_change, "closed_at": closed}
        said = {"minutes": text, "minutes_sha256": sha256(text), "closed_by": actor.name}
        change.update("meeting", [{"meeting_id": meeting_id, "version": row["version"], **state, **said}])


def goes_on(item: Mapping[str, Any], decision: Mapping[str, Any] | None) -> bool:
    """Whether a point comes up in the next meeting: not decided, or deferred without a day."""
    if item["kind"] in _NOT_CARRIED or item["state"] == "withdrawn":
        return False
    if decision is None:
        return item["state"] in LEFT_OPEN
    return bool(decision["result"] == "deferred" and decision["deferred_until"] is None)


# ---------------------------------------------------------------- inside

_Decided = Mapping[str, Mapping[str, Any] | None]


def _carry(
    change: Change,
    meeting: Mapping[str, Any],
    items: list[dict[str, Any]],
    decided: _Decided,
    follows: meetings.Plan | None,
) -> None:
    """Put the points that go on on the agenda of the next meeting."""
    going = [item for item in items if goes_on(item, decided[item["agenda_item_id"]])]
    for item in going:
        if item["times_carried"] >= LAST_TIME and not _rests(item, meeting):
            raise UserError("point_third_time", name=item["name"])
    if going or follows:
        target = _next(change, meeting, follows, len(going))
        agenda.put(change, target, [_again(item, meeting) for item in going])
    state = {item["agenda_item_id"]: "carried" for item in going if decided[item["agenda_item_id"]] is None}
    state |= {i["agenda_item_id"]: "discussed" for i in items if i["kind"] in _NOT_CARRIED and i["state"] == "pending"}
    change.update("agenda_item", [{"agenda_item_id": key, "state": word} for key, word in state.items()])


def _next(change: Change, meeting: Mapping[str, Any], follows: meetings.Plan | None, points: int) -> str:
    """The next meeting of the group, planned now if there is none."""
    coming = meetings.next_of(change, meeting["body_id"])
    if coming is not None:
        return str(coming["meeting_id"])
    if follows is None:
        raise UserError("meeting_needs_next", points=points)
    if follows.held_on <= meeting["held_on"]:
        raise UserError("meeting_next_before", day=follows.held_on)
    return meetings.insert(change, meeting["body_id"], follows)


def _again(item: Mapping[str, Any], meeting: Mapping[str, Any]) -> Point:
    """The point for the next meeting, counted unless it rests until a later day anyway."""
    same = {name: item[name] for name in ("name", "kind", "subject_table", "subject", "planned_minutes", "view_url")}
    why = [*(word for word in item["why"] or () if word != "carried"), "carried"]
    times = item["times_carried"] + (0 if _rests(item, meeting) else 1)
    more = {"as_of": item["as_of"], "note": item["note"], "resume_on": item["resume_on"]}
    return Point(**same, **more, why=why, carried_from_id=item["agenda_item_id"], times_carried=times)


def _rests(item: Mapping[str, Any], meeting: Mapping[str, Any]) -> bool:
    return item["resume_on"] is not None and item["resume_on"] > meeting["held_on"]


def _take_note(change: Change, meeting: Mapping[str, Any], items: list[dict[str, Any]], decided: _Decided) -> None:
    """Record which earlier minutes were approved, and of which closed measures the meeting took note."""
    said = [(item, decided[item["agenda_item_id"]]) for item in items]
    for item, decision in said:
        if item["kind"] == "minutes_approval" and decision and decision["result"] in ADOPTING and item["subject"]:
            approved = {"meeting_id": item["subject"], "minutes_approved_in_id": meeting["meeting_id"]}
            change.update("meeting", [approved])
    noted = [str(item["subject"]) for item, decision in said if item["kind"] == "measure" and decision]
    ended = change.rows(
        "SELECT measure_id FROM inventory.measure WHERE measure_id IN $ids AND state IN ('done', 'dropped')", ids=noted
    )
    measures.taken_note_in(change, [row["measure_id"] for row in ended], str(meeting["meeting_id"]))


def _freeze(
    change: Change,
    inventory: Inventory,
    actor: Actor,
    items: list[dict[str, Any]],
    decided: _Decided,
    draft: Draft | None,
) -> None:
    """Freeze the version of the list that this meeting adopted."""
    adopted = [
        decision
        for item in items
        if item["kind"] == "list" and (decision := decided[item["agenda_item_id"]]) and decision["result"] in ADOPTING
    ]
    if not adopted:
        if draft is not None:
            raise UserError("meeting_list_not_adopted")
        return
    if draft is None or draft.decision_id != adopted[0]["decision_id"]:
        raise UserError("meeting_needs_version", number=adopted[0]["number"])
    versions.write(change, draft, actor.name, inventory.today())
