"""Deciding point by point while the meeting runs, in the words of the council's information system (SessionNet).

A decision gets its number (2026/17) from the table inside the transaction, under the lock that lets one writer in at a
time: numbers of a year have no gap and none is used twice. A different decision about the same point is a new row that
replaces the earlier one and names it; the earlier one stays.
"""

import json
import secrets
from collections.abc import Mapping
from datetime import date
from typing import Any

from esdash.errors import UserError
from esdash.inventory.access import Action, Actor
from esdash.inventory.file.store import Change, Inventory
from esdash.inventory.privacy.naming import refuse_people
from esdash.inventory.steering.meetings import following, majority, meetings
from esdash.inventory.steering.meetings.said import LAST_TIME, LONGEST_TEXT, RESULTS, Result, Said

_CURRENT = """
    FROM inventory.decision WHERE agenda_item_id = $item
    AND decision_id NOT IN (SELECT supersedes_id FROM inventory.decision WHERE supersedes_id IS NOT NULL)"""
_LAST = """
    SELECT coalesce(max(TRY_CAST(split_part(number, '/', 2) AS INTEGER)), 0) AS last FROM inventory.decision
    WHERE starts_with(number, $year)"""


def decide(inventory: Inventory, actor: Actor, agenda_item_id: str, said: Said, replaces: str | None = None) -> str:
    """Store a decision about a point of a running meeting; returns its id. A second click changes nothing.

    `replaces` is the decision that the person saw and wants to change. Raises UserError if somebody else decided about
    the point meanwhile or took it off the agenda, if the meeting is not running, for votes that contradict the result,
    for a lead without a date or a date without a lead, and for a text that names a known person.
    """
    with inventory.change(actor, Action.DECIDE_POINT, said.reason) as change:
        item = point(change, agenda_item_id)
        meeting = meetings.running(change, item["meeting_id"])
        if item["state"] == "withdrawn":
            raise UserError("point_withdrawn", name=item["name"])
        return store(change, item, meeting, said, replaces)


def decide_block(inventory: Inventory, actor: Actor, block_id: str, said: Said) -> list[str]:
    """Decide all points of a block that are still open as proposed, each with its own number; returns their ids.

    One transaction: all or none. `said.resolution_text` is used where a point proposes nothing. Raises as `decide`.
    """
    with inventory.change(actor, Action.DECIDE_POINT, said.reason) as change:
        block = point(change, block_id)
        meeting = meetings.running(change, block["meeting_id"])
        points = change.rows(
            "FROM inventory.agenda_item WHERE block_id = $id AND state = 'pending' ORDER BY sort", id=block_id
        )
        made = [store(change, item, meeting, following.proposed(change, item, said), None) for item in points]
        if made:
            change.update("agenda_item", [{"agenda_item_id": block_id, "state": "decided"}])
    return made


def communicated(inventory: Inventory, actor: Actor, decision_ids: list[str], on: date) -> None:
    """Note that those who brought the points were told. A second call changes nothing; a day to come is refused."""
    if on > inventory.today():
        raise UserError("decision_told_to_come", day=on)
    with inventory.change(actor, Action.DECIDE_POINT) as change:
        rows = change.rows(
            "FROM inventory.decision WHERE decision_id IN $ids AND communicated_on IS NULL", ids=list(decision_ids)
        )
        change.update("decision", [{**_key(row), "communicated_on": on} for row in rows])


# ---------------------------------------------------------------- for the other files of this folder


def point(change: Change, agenda_item_id: str) -> dict[str, Any]:
    """The point of an agenda, inside a change. Raises UserError if it does not exist."""
    rows = change.rows("FROM inventory.agenda_item WHERE agenda_item_id = $id", id=agenda_item_id)
    if not rows:
        raise UserError("point_gone")
    return rows[0]


def current(change: Change, agenda_item_id: str) -> dict[str, Any] | None:
    """The decision about a point that no later one replaced; None if there is none."""
    rows = change.rows(_CURRENT, item=agenda_item_id)
    return rows[0] if rows else None


def store(change: Change, item: Mapping[str, Any], meeting: Mapping[str, Any], said: Said, replaces: str | None) -> str:
    """Store a decision inside a change; returns its id."""
    row = _row(change, item, meeting, said)
    known = current(change, str(item["agenda_item_id"]))
    if known and all(known[name] == value for name, value in row.items() if name in _COMPARED):
        following.carry_out(change, known, item, said)  # the lead may have been named since
        return str(known["decision_id"])
    if known and known["decision_id"] != replaces:
        raise UserError("decision_meanwhile", number=known["number"], result=Result(known["result"]))
    number = next_number(change, meeting["held_on"])
    key = f"d{secrets.token_hex(6)}"
    decision = {"decision_id": key, "number": number, **row, "supersedes_id": known and known["decision_id"]}
    change.insert("decision", [decision])
    change.update("agenda_item", [{"agenda_item_id": item["agenda_item_id"], "state": "decided"}])
    following.carry_out(change, decision, item, said)
    return key


def next_number(change: Change, day: date) -> str:
    """The number of the next decision in the year of that day."""
    return f"{day.year}/{int(change.rows(_LAST, year=f'{day.year}/')[0]['last']) + 1}"


# ---------------------------------------------------------------- inside

# What makes a decision another one; evidence and view come along without being decided.
_COMPARED = frozenset(
    (
        "result",
        "resolution_text",
        "recorded",
        "yes",
        "no",
        "abstain",
        "recused",
        "majority",
        "deferred_until",
        "referred_to",
    )
)


def _row(change: Change, item: Mapping[str, Any], meeting: Mapping[str, Any], said: Said) -> dict[str, Any]:
    body = meetings.body_of(change, dict(meeting))
    rule, votes = said.rule or body["majority"], said.votes
    if said.result not in RESULTS or said.recorded not in majority.RECORDED:
        raise ValueError(f"{said.result} or {said.recorded} is not known")
    if said.recorded == "by_seat":
        _refuse_strange_seats(said.seats, meeting, body)
        votes = majority.of_seats(said.seats)
    words = said.resolution_text.strip() or str(item["name"])
    _refuse_incomplete(said, words, meeting)
    if said.result == "deferred" and said.deferred_until is None and item["times_carried"] >= LAST_TIME:
        raise UserError("point_third_time", name=item["name"])
    present = meeting["present_organization_ids"]
    majority.check(said.recorded, votes, None if present is None else len(present))
    majority.refuse_contradiction(said.result, said.recorded, votes, rule)
    refuse_people(change, words, said.reason, said.referred_to)
    return {
        **{"meeting_id": meeting["meeting_id"], "agenda_item_id": item["agenda_item_id"]},
        **{"subject_table": item["subject_table"], "subject": item["subject"]},
        **{"result": said.result, "resolution_text": words, "reason": (said.reason or "").strip() or None},
        **{"recorded": said.recorded, **votes._asdict(), "seats": dict(said.seats) or None},
        **{"majority": rule, "carried": majority.met(said.recorded, votes, rule)},
        "deferred_until": said.deferred_until if said.result == "deferred" else None,
        "referred_to": (said.referred_to or "").strip() or None if said.result == "referred" else None,
        **{"evidence": _plain(said.evidence), "view_url": said.view_url or item["view_url"]},
        **{"as_of": said.as_of or item["as_of"], "decided_on": meeting["held_on"]},
    }


def _refuse_incomplete(said: Said, words: str, meeting: Mapping[str, Any]) -> None:
    if len(words) > LONGEST_TEXT:
        raise UserError("decision_long", most=LONGEST_TEXT, length=len(words))
    if said.result == "referred" and not (said.referred_to or "").strip():
        raise UserError("decision_referred_to")
    if said.result == "deferred" and said.deferred_until and said.deferred_until <= meeting["held_on"]:
        raise UserError("decision_deferred_until", day=said.deferred_until)
    if (said.lead_organization_id is None) != (said.due_on is None):
        raise UserError("decision_lead_and_date")
    if said.due_on and said.due_on < meeting["held_on"]:
        raise UserError("decision_due_before", day=said.due_on)


def _refuse_strange_seats(seats: Mapping[str, str], meeting: Mapping[str, Any], body: Mapping[str, Any]) -> None:
    present = meeting["present_organization_ids"]
    allowed = set(body["seat_organization_ids"] if present is None else present)
    for strange in sorted(set(seats) - allowed):
        raise UserError("meeting_no_seat", organization=strange, body=body["name"])


def _key(row: Mapping[str, Any]) -> dict[str, Any]:
    return {"decision_id": row["decision_id"], "version": row["version"]}


def _plain(evidence: Any) -> Any:
    """Evidence as data; a row of the file holds it as JSON text."""
    return json.loads(evidence) if isinstance(evidence, str) else evidence
