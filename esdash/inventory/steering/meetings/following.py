"""What follows from a decision: a measure with lead and date, started, moved or dropped with it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from esdash.inventory.file.store import Change
from esdash.inventory.steering import measures
from esdash.inventory.steering.meetings.majority import ADOPTING
from esdash.inventory.steering.meetings.said import Said

LONGEST_TITLE = 120  # signs of the title of a measure, which stands in lists and letters


def proposed(change: Change, item: Mapping[str, Any], said: Said) -> Said:
    """What is decided about a point of a block: what its item proposes, with lead and date where both are known."""
    row = _item(change, item) or {}
    lead, due = row.get("lead_organization_id"), row.get("due_on")
    both = {"lead_organization_id": lead, "due_on": due} if lead and due else {}
    words = row.get("measure") or said.resolution_text
    return replace(said, resolution_text=words, evidence=row.get("evidence"), **both)


def carry_out(change: Change, decision: Mapping[str, Any], item: Mapping[str, Any], said: Said) -> None:
    """Start the measure of an adopted decision with lead and date, or move or drop that of the decision it replaces."""
    earlier = [key for key in (decision["decision_id"], decision["supersedes_id"]) if key]
    rows = change.rows("FROM inventory.measure WHERE decision_id IN $ids ORDER BY measure_id", ids=earlier)
    wanted = said.result in ADOPTING and said.lead_organization_id is not None
    if wanted and not rows:
        row = _item(change, item) or {}
        plan = measures.Plan(
            _title(item),
            said.lead_organization_id,
            said.due_on,
            partner_ids=tuple(row.get("partner_ids") or ()),
            starts_on=decision["decided_on"],
            priority_item_id=row.get("priority_item_id"),
            decision_id=str(decision["decision_id"]),
        )
        measures.start_in(change, plan)
    new: dict[str, Any] = {"decision_id": decision["decision_id"]}
    if wanted:
        new |= {"lead_organization_id": said.lead_organization_id, "due_on": said.due_on}
    if said.result not in ADOPTING:
        why = {"closing_note": decision["resolution_text"], "finished_on": decision["decided_on"]}
        new |= {"state": "dropped", "waiting_for": None, **why}
    for row in rows:
        if any(row[name] != value for name, value in new.items()):
            change.update("measure", [{"measure_id": row["measure_id"], "version": row["version"], **new}])


def _item(change: Change, item: Mapping[str, Any]) -> dict[str, Any] | None:
    """The item of the list that a point is about."""
    if item["subject_table"] != "priority_item":
        return None
    rows = change.rows("FROM inventory.priority_item WHERE priority_item_id = $id", id=item["subject"])
    return rows[0] if rows else None


def _title(item: Mapping[str, Any]) -> str:
    name = str(item["name"])
    return name if len(name) <= LONGEST_TITLE else f"{name[: LONGEST_TITLE - 1]}…"
