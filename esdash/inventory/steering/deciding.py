"""Deciding about overlapping offers; a decision is stored with the facts that it rests on (METHODS M6)."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from esdash.errors import UserError
from esdash.inventory.access import Action, Actor
from esdash.inventory.file.integrity import Reader
from esdash.inventory.file.store import Change, Inventory

VERDICTS = ("double_structure", "wanted", "repeat", "duplicate")

Facts = list[dict[str, Any]]


class Seen(NamedTuple):
    """What a person saw before deciding: facts of the offers, version of the earlier decision (None: none)."""

    facts: Facts
    version: int | None


def look(reader: Reader, initiative_ids: Sequence[str]) -> Seen:
    """The case of these offers as it is now; `decide` gets it back to notice changes."""
    known = _decision(reader, initiative_ids)
    return Seen(facts(reader, initiative_ids), int(known["version"]) if known else None)


def facts(reader: Reader, initiative_ids: Sequence[str]) -> Facts:
    """One dict per offer, in the order of their ids: what a verdict about it rests on (overlap_facts.sql)."""
    rows = reader.rows("FROM offer_fact WHERE initiative_id IN $ids", ids=list(initiative_ids))
    plain: Facts = json.loads(json.dumps(rows, default=str))  # times in their JSON form
    return sorted(plain, key=lambda row: str(row["initiative_id"]))


def decide(
    inventory: Inventory,
    initiative_ids: Sequence[str],
    verdict: str,
    actor: Actor,
    reason: str,
    figures: Mapping[str, Any] | None = None,
    seen: Seen | None = None,
) -> str:
    """Store a decision about these offers: who, when (today), why, the facts, and the figures of the day.

    Returns the id of the decision: a new one, or that of an earlier decision about the same offers, which is replaced.
    A second call changes nothing. Raises UserError without a reason, for fewer than two offers, for an offer that does
    not exist, and if somebody decided about the offers or changed such a fact since `seen`.
    """
    reason, ids = reason.strip(), sorted(set(initiative_ids))
    if verdict not in VERDICTS:
        raise ValueError(f"{verdict} is no verdict")
    if not reason:
        raise UserError("overlap_needs_reason")
    if len(ids) < 2:
        raise UserError("overlap_needs_two")
    with inventory.change(actor, Action.DECIDE_OVERLAP, reason) as change:
        now, known = facts(change, ids), _decision(change, ids)
        _refuse_unknown(ids, now)
        kept = json.loads(known["facts"]) if known and known["facts"] else {}
        said = (known["verdict"], known["reason"], known["decided_by"]) if known else None
        if known and said == (verdict, reason, actor.name) and kept.get("offers") == now:  # a second click
            return str(known["overlap_case_id"])
        if seen is not None:
            _refuse_outdated(seen, now, known)
        decision = {
            **{"verdict": verdict, "reason": reason, "decided_on": inventory.today(), "decided_by": actor.name},
            "facts": {"offers": now, "figures": dict(figures or {})},
        }
        if known:
            key = {"overlap_case_id": known["overlap_case_id"], "version": known["version"]}
            change.update("overlap_case", [{**key, **decision}])
            return str(known["overlap_case_id"])
        case_id = _free_id(change, "+".join(ids))
        change.insert("overlap_case", [{"overlap_case_id": case_id, "initiative_ids": ids, **decision}])
        return case_id


def withdraw(
    inventory: Inventory, case_id: str, actor: Actor, reason: str | None = None, version: int | None = None
) -> None:
    """Take a decision back: the case is open again; the log keeps the decision. A second call changes nothing.

    Raises UserError if somebody decided again since `version` was seen.
    """
    with inventory.change(actor, Action.DECIDE_OVERLAP, reason) as change:
        known = change.rows("FROM inventory.overlap_case WHERE overlap_case_id = $id", id=case_id)
        if known and version is not None and known[0]["version"] != version:
            raise UserError("overlap_decided_meanwhile", by=known[0]["decided_by"] or "?")
        change.remove("overlap_case", [case_id])


def with_facts(reader: Reader, row: Mapping[str, Any]) -> dict[str, Any]:
    """A row of overlap_case; without facts, it gets those of its offers as they are now."""
    offers = facts(reader, row["initiative_ids"])
    return {**row, "facts": row.get("facts") or {"offers": offers, "figures": {}}}


# ---------------------------------------------------------------- inside


def _decision(reader: Reader, initiative_ids: Sequence[str]) -> dict[str, Any] | None:
    """The decision about exactly these offers; the newest if there are several (after a merge)."""
    rows = reader.rows(
        "FROM inventory.overlap_case WHERE list_sort(list_distinct(initiative_ids)) = $ids "
        "ORDER BY decided_on DESC NULLS LAST, overlap_case_id",
        ids=sorted(set(initiative_ids)),
    )
    return rows[0] if rows else None


def _refuse_unknown(ids: Sequence[str], now: Facts) -> None:
    there = {row["initiative_id"] for row in now if row["status"] != "archived"}
    for missing in (key for key in ids if key not in there):
        raise UserError("overlap_offer_gone", record=missing)


def _refuse_outdated(seen: Seen, now: Facts, known: Mapping[str, Any] | None) -> None:
    """Raises UserError if the case has changed since it was seen."""
    if known and known["version"] != seen.version:
        raise UserError("overlap_decided_meanwhile", by=known["decided_by"] or "?")
    for before, after in zip(seen.facts, now, strict=False):
        if before != after:
            raise UserError("overlap_changed_meanwhile", offer=after["name"])


def _free_id(change: Change, wanted: str) -> str:
    """A new id made of the ids of the offers; after a merge, a decision about other offers may have that id already."""
    taken = {
        str(row["overlap_case_id"])
        for row in change.rows(
            "SELECT overlap_case_id FROM inventory.overlap_case WHERE starts_with(overlap_case_id, $id)", id=wanted
        )
    }
    number, free = 1, wanted
    while free in taken:
        number += 1
        free = f"{wanted}|{number}"
    return free
