"""Putting a finding on the priority list by hand, with the figures that it rests on."""

from collections.abc import Mapping
from typing import Any

from esdash.errors import UserError
from esdash.inventory.access import Action, Actor
from esdash.inventory.file.store import Inventory


def propose(inventory: Inventory, item_id: str, evidence: Mapping[str, Any], actor: Actor, reason: str) -> None:
    """Store the proposal of an item: who, when, why, and the figures of that day.

    The item is "gap|theme|district" or "overlap|offer". A second proposal of the same item adds nothing. Raises
    UserError without a reason, and for a theme, district or offer that does not exist.
    """
    reason = reason.strip()
    if not reason:
        raise UserError("proposal_needs_reason")
    said = {"by": actor.name, "on": f"{inventory.today():%Y-%m-%d}", "reason": reason, "figures": dict(evidence)}
    with inventory.change(actor, Action.PROPOSE_PRIORITY, reason) as change:
        _exists(inventory, item_id)
        known = change.rows("FROM inventory.priority_item WHERE priority_item_id = $id", id=item_id)
        if not known:
            change.insert("priority_item", [{"priority_item_id": item_id, "evidence": said}])
        elif known[0]["evidence"] is None:  # the item has a row already, with other entries
            row = {"priority_item_id": item_id, "version": known[0]["version"], "evidence": said}
            change.update("priority_item", [row])


def withdraw(inventory: Inventory, item_id: str, actor: Actor, reason: str | None = None) -> None:
    """Take a proposal back; other entries about the item stay."""
    with inventory.change(actor, Action.WITHDRAW_PROPOSAL, reason) as change:
        known = change.rows("FROM inventory.priority_item WHERE priority_item_id = $id", id=item_id)
        if not known or known[0]["evidence"] is None:
            return
        empty = {"priority_item_id", "evidence", "version"}
        if all(value in (None, "open") for name, value in known[0].items() if name not in empty):
            change.remove("priority_item", [item_id])
        else:
            row = {"priority_item_id": item_id, "version": known[0]["version"], "evidence": None}
            change.update("priority_item", [row])


def _exists(inventory: Inventory, item_id: str) -> None:
    """Raises UserError if the theme, district or offer in the id does not exist."""
    kind, *parts = item_id.split("|")
    tables = {"gap": ("theme", "district"), "overlap": ("initiative",)}.get(kind, ())
    if not tables or len(parts) != len(tables):
        raise UserError("proposal_unknown", item=item_id)
    for table, part in zip(tables, parts, strict=True):
        if not inventory.rows(f"SELECT 1 FROM inventory.{table} WHERE {table}_id = $id", id=part):
            raise UserError("proposal_unknown", item=item_id)
