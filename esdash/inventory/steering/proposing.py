"""Putting a finding on the priority list by hand, with the figures that it rests on."""

import secrets
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
        known = change.rows("FROM inventory.priority_item WHERE finding_id = $id", id=item_id)
        listed = {"evidence": said, "listed_on": inventory.today(), "listed_by": actor.name}
        if not known:
            key, origin = f"p{secrets.token_hex(6)}", item_id.split("|")[0]
            change.insert(
                "priority_item", [{"priority_item_id": key, "finding_id": item_id, "origin": origin, **listed}]
            )
        elif known[0]["evidence"] is None:  # the item has a row already, with other entries
            row = {"priority_item_id": known[0]["priority_item_id"], "version": known[0]["version"], **listed}
            change.update("priority_item", [row])


def withdraw(inventory: Inventory, item_id: str, actor: Actor, reason: str | None = None) -> None:
    """Take a proposal back; other entries about the item stay."""
    with inventory.change(actor, Action.WITHDRAW_PROPOSAL, reason) as change:
        known = change.rows("FROM inventory.priority_item WHERE finding_id = $id", id=item_id)
        if not known or known[0]["evidence"] is None:
            return
        key, taken = known[0]["priority_item_id"], {"evidence", "listed_on", "listed_by"}
        beside = {"priority_item_id", "finding_id", "origin", "version"} | taken
        if all(value is None for name, value in known[0].items() if name not in beside):
            change.remove("priority_item", [key])
        else:
            row = {"priority_item_id": key, "version": known[0]["version"], **dict.fromkeys(sorted(taken))}
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
