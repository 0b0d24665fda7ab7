"""Accepting a merge of two training sessions, stored with who, when, why, and the figures that it rests on."""

from collections.abc import Mapping, Sequence
from typing import Any

from esdash.errors import UserError
from esdash.inventory.access import Action, Actor
from esdash.inventory.file.store import Change, Inventory

Record = dict[str, Any]


def accept(
    inventory: Inventory,
    session: str,
    kept: str,
    actor: Actor,
    reason: str,
    losses: Sequence[str] = (),
    seen: Mapping[str, int] | None = None,
) -> str:
    """Store that the people of `session` go to `kept`; returns the id of the decision. A second call changes nothing.

    `losses` names the losses of access that were accepted, `seen` holds session → version that was shown.
    Raises UserError without a reason, for a session that is not coming or has changed since, if figures are unknown
    or seats do not suffice, and if another accepted merge contradicts.
    """
    reason = reason.strip()
    if not reason:
        raise UserError("bundling_needs_reason")
    if session == kept:
        raise ValueError("a session is not merged into itself")
    key = f"{session}|{kept}"
    with inventory.change(actor, Action.ACCEPT_BUNDLING, reason) as change:
        accepted = change.rows("FROM inventory.bundling_decision ORDER BY bundling_decision_id")
        if any(row["bundling_decision_id"] == key for row in accepted):
            return key
        source, target = _coming(change, inventory, session, seen), _coming(change, inventory, kept, seen)
        _refuse_contradiction(session, kept, accepted)
        _refuse_too_few(change, source, target, [row["session_id"] for row in accepted if _into(row) == kept])
        change.insert(
            "bundling_decision",
            [
                {
                    "bundling_decision_id": key,
                    "session_id": session,
                    "kept_session_id": kept,
                    "booked": source["booked"],
                    "kept_booked": target["booked"],
                    "kept_seats": target["seats"],
                    "starts_on": source["starts_on"],
                    "kept_starts_on": target["starts_on"],
                    "losses": sorted(losses),
                    "decided_by": actor.name,
                    "decided_on": inventory.today(),
                    "reason": reason,
                }
            ],
        )
    return key


def withdraw(inventory: Inventory, decision_id: str, actor: Actor, reason: str | None = None) -> None:
    """Take an accepted merge back, so that the plan decides again. A second call changes nothing."""
    with inventory.change(actor, Action.ACCEPT_BUNDLING, reason) as change:
        change.remove("bundling_decision", [decision_id])


def _coming(change: Change, inventory: Inventory, session: str, seen: Mapping[str, int] | None) -> Record:
    """The session. Raises UserError if it is not coming, has changed, or has unknown figures."""
    found = change.rows("FROM inventory.session WHERE session_id = $id", id=session)
    if not found:
        raise UserError("bundling_gone", session=session)
    (row,) = found
    if seen is not None and seen.get(session) != row["version"]:
        raise UserError("bundling_changed", day=row["starts_on"])
    if row["status"] not in ("planned", "confirmed") or row["starts_on"] < inventory.today():
        raise UserError("bundling_not_coming", day=row["starts_on"])
    if row["seats"] is None or row["booked"] is None:
        raise UserError("bundling_unknown", day=row["starts_on"])
    return row


def _refuse_contradiction(session: str, kept: str, accepted: Sequence[Record]) -> None:
    """Raises UserError if a session would go to two others, or if a session that is given up would take people."""
    for row in accepted:
        if row["session_id"] in (session, kept) or _into(row) == session:
            raise UserError("bundling_contradiction", day=row["starts_on"], kept_day=row["kept_starts_on"])


def _refuse_too_few(change: Change, source: Record, target: Record, others: Sequence[str]) -> None:
    """Raises UserError if the seats do not suffice for all people, including those of accepted merges."""
    rows = change.rows("SELECT booked FROM inventory.session WHERE session_id IN $ids", ids=list(others))
    people = sum(row["booked"] or 0 for row in (source, target, *rows))
    if people > target["seats"]:
        raise UserError("bundling_seats", day=target["starts_on"], seats=target["seats"], people=people)


def _into(row: Record) -> str:
    return str(row["kept_session_id"])
