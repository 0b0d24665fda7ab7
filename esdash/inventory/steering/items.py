"""The items of the priority list: taking a finding onto it, writing one by hand, changing, judging and ending it."""

import json
import secrets
from collections.abc import Mapping
from typing import Any

from esdash.errors import UserError
from esdash.inventory.access import Action, Actor
from esdash.inventory.file.store import Change, Inventory
from esdash.inventory.steering.tasks import (
    Evidence,
    Task,
    about_finding,
    checked_points,
    checked_task,
    existing_finding,
)

PEARL = ("proper", "economic", "acceptable", "resourced", "legal")
ENDED_AS = ("done", "dropped")

Row = dict[str, Any]


def take(
    inventory: Inventory,
    finding_id: str,
    actor: Actor,
    reason: str,
    task: Task | None = None,
    evidence: Evidence | None = None,
) -> str:
    """Take a finding onto the list; returns the id of the item. The same person's second click changes nothing.

    The finding is "gap|theme|district", "overlap|offer", "bundling|session|kept" or "idea|idea". A finding whose item
    has ended gets a new item. Raises UserError without a reason, for a finding that does not exist or is on the list
    already, and for a task with a fault (`tasks`).
    """
    reason = _said(reason, "item_needs_reason")
    with inventory.change(actor, Action.TAKE_ITEM, reason) as change:
        existing_finding(change, finding_id)
        written = checked_task(change, task or Task())
        known = change.rows(
            "FROM inventory.priority_item WHERE finding_id = $id AND ended_on IS NULL ORDER BY listed_on NULLS LAST",
            id=finding_id,
        )
        if known and known[0]["listed_on"] is not None:
            said = json.loads(known[0]["evidence"] or "{}")
            if (said.get("by"), said.get("reason")) == (actor.name, reason):
                return str(known[0]["priority_item_id"])
            raise UserError("item_listed_already", by=known[0]["listed_by"] or "?", day=known[0]["listed_on"])
        for name, keys in about_finding(change, finding_id).items():
            written[name] = written[name] or keys
        listed = {**written, **_listing(inventory, actor, reason, evidence or Evidence())}
        if known:  # the finding has a row with other entries, such as what was judged of it
            kept = {name: value for name, value in listed.items() if value not in (None, [])}
            seen = {"priority_item_id": known[0]["priority_item_id"], "version": known[0]["version"]}
            change.update("priority_item", [{**seen, **kept}])
            return str(known[0]["priority_item_id"])
        key, origin = _new_key(), finding_id.split("|")[0]
        change.insert(
            "priority_item", [{"priority_item_id": key, "finding_id": finding_id, "origin": origin, **listed}]
        )
        return key


def write(
    inventory: Inventory,
    task: Task,
    actor: Actor,
    reason: str,
    points: Mapping[str, float] | None = None,
    points_reason: str | None = None,
) -> str:
    """Write an item of one's own onto the list; returns its id. The same person's second click changes nothing.

    `points`: criterion → 0 to 100, as people judge it; without them the item is listed last, unrated. Raises UserError
    without a title or reason, and for a task or points with a fault (`tasks`).
    """
    reason = _said(reason, "item_needs_reason")
    with inventory.change(actor, Action.WRITE_ITEM, reason) as change:
        written = checked_task(change, task)
        if not written["title"]:
            raise UserError("item_needs_title")
        judged = checked_points(change, points, points_reason)
        same = change.rows(
            "FROM inventory.priority_item WHERE origin = 'hand' AND title = $title AND ended_on IS NULL "
            "AND listed_on IS NOT NULL",
            title=written["title"],
        )
        if same and same[0]["listed_by"] == actor.name:
            return str(same[0]["priority_item_id"])
        if same:
            raise UserError("item_listed_already", by=same[0]["listed_by"] or "?", day=same[0]["listed_on"])
        key, listing = _new_key(), _listing(inventory, actor, reason, Evidence())
        change.insert("priority_item", [{"priority_item_id": key, "origin": "hand", **written, **judged, **listing}])
        return key


def edit(
    inventory: Inventory, item_id: str, task: Task, actor: Actor, version: int | None = None, reason: str | None = None
) -> bool:
    """Write the task of an item anew; returns whether anything changed. A second click changes nothing.

    Raises UserError for an item that is not on the list, for a task with a fault, and if somebody changed the item
    since `version` was seen.
    """
    with inventory.change(actor, Action.EDIT_ITEM, (reason or "").strip() or None) as change:
        row = _on_list(change, item_id)
        written = checked_task(change, task)
        if row["origin"] == "hand" and not written["title"]:
            raise UserError("item_needs_title")
        return _update(change, row, written, version)


def rate(
    inventory: Inventory,
    item_id: str,
    points: Mapping[str, float] | None,
    reason: str | None,
    actor: Actor,
    version: int | None = None,
) -> None:
    """Store how people judge the criteria of an item that no finding measures; None takes the judgement back.

    Raises UserError as `edit`, and for an item whose finding is measured.
    """
    with inventory.change(actor, Action.EDIT_ITEM, (reason or "").strip() or None) as change:
        row = _on_list(change, item_id)
        if row["origin"] in ("gap", "overlap"):
            raise UserError("item_is_measured")
        _update(change, row, checked_points(change, points, reason), version)


def judge(
    inventory: Inventory,
    item_id: str,
    answers: Mapping[str, bool | None],
    reason: str | None,
    actor: Actor,
    version: int | None = None,
) -> None:
    """Store the answers to PEARL; one "no" puts the item aside with the reason. A second click changes nothing.

    Raises UserError for a "no" without a reason, for an item that is not on the list, and if somebody changed the item
    since `version` was seen.
    """
    reason = (reason or "").strip() or None
    said = {name: answers.get(name) for name in PEARL}
    if False in said.values() and not reason:
        raise UserError("item_aside_needs_reason")
    with inventory.change(actor, Action.JUDGE_ITEM, reason) as change:
        _update(change, _on_list(change, item_id), {**said, "pearl_reason": reason}, version)


def take_back(inventory: Inventory, item_id: str, actor: Actor, reason: str | None = None) -> None:
    """Take an item off the list again, as if it had never been there; the change log keeps it.

    Possible until a version of the list holds it, and unless it was put aside. What a meeting or a measure refers to
    stays as a record. A second click changes nothing. Raises UserError where only `end` is possible.
    """
    with inventory.change(actor, Action.TAKE_BACK_ITEM, (reason or "").strip() or None) as change:
        known = change.rows("FROM inventory.priority_item WHERE priority_item_id = $id", id=item_id)
        if not known or known[0]["listed_on"] is None:
            return
        row = known[0]
        if row["ended_on"] is not None:
            raise UserError("item_ended_already", by=_last_actor(change, item_id), day=row["ended_on"])
        for frozen in change.rows(
            "SELECT max(v.number) AS number FROM inventory.list_entry JOIN inventory.list_version AS v "
            "USING (list_version_id) WHERE priority_item_id = $id HAVING count(*) > 0",
            id=item_id,
        ):
            raise UserError("item_in_version", number=frozen["number"])
        if False in (row[name] for name in PEARL):
            raise UserError("item_aside_stays")
        if _referred_to(change, item_id):
            _update(change, row, dict.fromkeys(("evidence", "listed_on", "listed_by")), None)
        else:
            change.remove("priority_item", [item_id])


def end(
    inventory: Inventory, item_id: str, ended_as: str, reason: str, actor: Actor, version: int | None = None
) -> None:
    """End an item as done or dropped; it stays listed with the reason. A second click changes nothing.

    Raises UserError without a reason, for an item that is not on the list or has ended otherwise, and if somebody
    changed the item since `version` was seen.
    """
    if ended_as not in ENDED_AS:
        raise ValueError(f"{ended_as} is no way to end")
    reason = _said(reason, "item_end_needs_reason")
    with inventory.change(actor, Action.END_ITEM, reason) as change:
        rows = change.rows("FROM inventory.priority_item WHERE priority_item_id = $id", id=item_id)
        if rows and rows[0]["ended_on"] is not None:
            if (rows[0]["ended_as"], rows[0]["ended_reason"]) == (ended_as, reason):
                return
            raise UserError("item_ended_already", by=_last_actor(change, item_id), day=rows[0]["ended_on"])
        ended = {"ended_on": inventory.today(), "ended_as": ended_as, "ended_reason": reason}
        _update(change, _on_list(change, item_id), ended, version)


# ---------------------------------------------------------------- inside


def _said(reason: str, missing: str) -> str:
    reason = reason.strip()
    if not reason:
        raise UserError(missing)
    return reason


def _new_key() -> str:
    return f"p{secrets.token_hex(6)}"


def _listing(inventory: Inventory, actor: Actor, reason: str, evidence: Evidence) -> Row:
    """The columns that say who took the item onto the list, when, why, and what they saw."""
    today = inventory.today()
    said = {
        **{"by": actor.name, "on": f"{today:%Y-%m-%d}", "reason": reason, "url": evidence.url},
        **{"as_of": f"{evidence.as_of or today:%Y-%m-%d}", "figures": dict(evidence.figures)},
        "organization_ids": sorted(set(evidence.organization_ids)),
    }
    return {"evidence": said, "listed_on": today, "listed_by": actor.name}


def _on_list(change: Change, item_id: str) -> Row:
    """The item. Raises UserError if it is not on the list (any more)."""
    rows = change.rows(
        "FROM inventory.priority_item WHERE priority_item_id = $id AND listed_on IS NOT NULL AND ended_on IS NULL",
        id=item_id,
    )
    if not rows:
        raise UserError("item_not_listed")
    return rows[0]


def _update(change: Change, row: Row, values: Row, version: int | None) -> bool:
    """Write the values that differ; returns whether there are any.

    Raises UserError if somebody changed the item since `version`.
    """
    differing = {name: value for name, value in values.items() if _plain(row[name]) != _plain(value)}
    if not differing:
        return False
    key = str(row["priority_item_id"])
    if version is not None and version != row["version"]:
        raise UserError("item_changed_meanwhile", by=_last_actor(change, key))
    change.update("priority_item", [{"priority_item_id": key, "version": row["version"], **differing}])
    return True


def _plain(value: Any) -> Any:
    """A value for comparing: an empty list is none, JSON is read."""
    if isinstance(value, str) and value.startswith("{"):
        return json.loads(value)
    return value if value != [] else None


def _last_actor(change: Change, item_id: str) -> str:
    rows = change.rows(
        "SELECT actor FROM inventory.change_log WHERE table_name = 'priority_item' AND record_id = $id "
        "ORDER BY change_id DESC LIMIT 1",
        id=item_id,
    )
    return str(rows[0]["actor"]) if rows else "?"


def _referred_to(change: Change, item_id: str) -> bool:
    """Whether an agenda, a decision, a round of voices or a measure names the item."""
    return bool(
        change.rows(
            "SELECT 1 FROM inventory.agenda_item WHERE subject_table = 'priority_item' AND subject = $id "
            "UNION ALL SELECT 1 FROM inventory.decision WHERE subject_table = 'priority_item' AND subject = $id "
            "UNION ALL SELECT 1 FROM inventory.voice_round WHERE list_contains(priority_item_ids, $id) "
            "UNION ALL SELECT 1 FROM inventory.measure WHERE priority_item_id = $id",
            id=item_id,
        )
    )
