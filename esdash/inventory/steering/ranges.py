"""Agreeing on what an offer of unknown size may hold, for each field of action (METHODS M11).

Estimating a range anew is a decision of its own, with a day and a reason: worked out silently from the offers known so
far, one more answer could widen a bound.
"""

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from esdash.errors import UserError
from esdash.inventory.access import Action, Actor
from esdash.inventory.file.store import Inventory

MOST = 10_000  # places per week of one offer; a larger number is a typing error


@dataclass(frozen=True)
class Range:
    """Places per week of an offer of unknown size in one field of action: at least, meanwhile, at most."""

    theme_id: str  # the field of action
    low: float
    central: float
    high: float


def agree(
    inventory: Inventory, ranges: Sequence[Range], actor: Actor, reason: str, agreed_on: date | None = None
) -> None:
    """Store the ranges that people agreed on (today, unless `agreed_on` says when), all or none; others stay.

    Raises UserError without a reason, for a day in the future, for numbers that are not in order or too large, and for
    what is no field of action.
    """
    reason, day = reason.strip(), agreed_on or inventory.today()
    if not reason:
        raise UserError("range_needs_reason")
    if day > inventory.today():
        raise UserError("range_in_the_future", day=day)
    for one in ranges:
        ends = (one.low, one.central, one.high)
        if not all(map(math.isfinite, ends)) or not 0 <= one.low <= one.central <= one.high <= MOST or one.high == 0:
            raise UserError("range_wrong", low=one.low, central=one.central, high=one.high, most=MOST)
    said = {"agreed_on": day, "agreed_by": actor.name, "reason": reason}
    with inventory.change(actor, Action.AGREE_RANGES, reason) as change:
        fields = {row["theme_id"] for row in change.rows("FROM inventory.theme WHERE parent_id IS NULL")}
        known = {row["capacity_range_id"]: row for row in change.rows("FROM inventory.capacity_range")}
        for one in ranges:
            if one.theme_id not in fields:
                raise UserError("range_unknown", field=one.theme_id)
            values: dict[str, Any] = {**asdict(one), **said}
            before = known.get(one.theme_id)
            if before is None:
                change.insert("capacity_range", [{"capacity_range_id": one.theme_id, **values}])
            elif any(before[name] != value for name, value in values.items()):  # otherwise it was a second click
                row = {"capacity_range_id": one.theme_id, "version": before["version"], **values}
                change.update("capacity_range", [row])
