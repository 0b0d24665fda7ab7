"""What would have to change for an item to stand above the next one: one criterion, or one weight (METHODS M8)."""

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from esdash.analysis.priorities.items import MEASURED
from esdash.analysis.priorities.priorities import CRITERIA, agreed_weights, checked_weights
from esdash.inventory import Inventory
from esdash.inventory.cached import cached

EQUAL = 1e-9  # points; scores that differ by less share a rank


class Change(NamedTuple):
    """The smallest change of one thing: beyond `limit`, the item stands above the next one."""

    name: str  # the criterion, or whose weight
    now: float  # NaN: unknown, which counts as the lower anchor
    limit: float  # at this value both are equal
    size: float  # how much that is: share of the criterion's range, or of all weights


class Step(NamedTuple):
    """An item, the next one above it, and what would have to change; None where no change of one thing suffices."""

    above_id: str
    points: float  # that are missing
    criterion: Change | None  # in the unit of the criterion; in points (0 to 100) where people judged it
    weight: Change | None  # as a share of all weights; the others keep their ratio


@cached
def anchors(inventory: Inventory) -> dict[str, tuple[float, float]]:
    """Criterion → the values that count as 0 and as 100 points, in its unit."""
    rows = inventory.rows("SELECT criterion_id, anchor_low, anchor_high FROM criterion ORDER BY sort")
    return {row["criterion_id"]: (float(row["anchor_low"]), float(row["anchor_high"])) for row in rows}


def steps(inventory: Inventory, items: pd.DataFrame) -> dict[str, Step]:
    """Item → its step. `items`: `items.on_list` with the agreed weights; those with the highest score have no step."""
    share, ends = checked_weights(agreed_weights(inventory)), anchors(inventory)
    rows = items[items["standing"] == "ranked"].to_dict("records")
    found = {}
    for row in rows:
        above = [other for other in rows if other["priority"] > row["priority"] + EQUAL]
        if not above:
            continue
        other = min(above, key=lambda item: (item["priority"], item["priority_item_id"]))
        own, their = ([float(item[name]) / 100 for name in CRITERIA] for item in (row, other))
        judged = row["origin"] not in MEASURED
        units = dict.fromkeys(CRITERIA, (0.0, 100.0)) if judged else ends
        values = {name: float(row[name if judged else f"{name}_measured"]) for name in CRITERIA}
        found[str(row["priority_item_id"])] = Step(
            str(other["priority_item_id"]),
            float(other["priority"] - row["priority"]),
            smallest_criterion(own, their, share, units, values),
            smallest_weight(own, their, share),
        )
    return found


def smallest_criterion(
    own: Sequence[float],
    above: Sequence[float],
    share: Mapping[str, float],
    ends: Mapping[str, tuple[float, float]],
    values: Mapping[str, float],
) -> Change | None:
    """The criterion that has to rise least for `own` to reach `above` (both 0 to 1 between the anchors), alone.

    `values`: the item's own values in their units; one beyond its anchors counts as the anchor, an unknown one (NaN)
    as the lower one.
    """
    missing = sum(share[name] * (there - here) for name, here, there in zip(CRITERIA, own, above, strict=True))
    possible = []
    for name, here in zip(CRITERIA, own, strict=True):
        if share[name] == 0 or here + missing / share[name] >= 1:  # at most as good as the other, never better
            continue
        low, high = ends[name]
        limit = low + (here + missing / share[name]) * (high - low)
        known = low if math.isnan(values[name]) else values[name]
        possible.append(Change(name, values[name], limit, abs(limit - known) / abs(high - low)))
    return min(possible, key=lambda change: (change.size, CRITERIA.index(change.name)), default=None)


def smallest_weight(own: Sequence[float], above: Sequence[float], share: Mapping[str, float]) -> Change | None:
    """The weight that has to change least, alone, for `own` to reach `above`; the other weights keep their ratio.

    With D = Σ w·(above − own) and d the difference in one criterion, both are equal where this weight is w − D/d and
    the others are as they were. The result is given as a share of all weights after the change.
    """
    differences = {name: there - here for name, here, there in zip(CRITERIA, own, above, strict=True)}
    behind = sum(share[name] * difference for name, difference in differences.items())
    possible = []
    for name, difference in differences.items():
        if abs(difference) < EQUAL:
            continue
        weight = share[name] - behind / difference
        if weight <= 0:  # even without this criterion the other one stays ahead
            continue
        limit = weight / (1 - share[name] + weight)
        possible.append(Change(name, share[name], limit, abs(limit - share[name])))
    return min(possible, key=lambda change: (change.size, CRITERIA.index(change.name)), default=None)
