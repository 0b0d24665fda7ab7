"""The priority list (METHODS M8): priorities.sql measures items by criteria; here they are weighted."""

import math
from collections.abc import Mapping

import numpy as np
import pandas as pd

from esdash.analysis.judgements import LEAST_GAP_PLACES
from esdash.errors import UserError
from esdash.inventory import Inventory
from esdash.inventory.cached import cached

CRITERIA = ("size", "seriousness", "inequity", "effectiveness")

STABILITY_SAMPLES = 10_000  # acceptability then has a standard error of at most half a percentage point
STABILITY_SPREAD = 0.5  # "near the agreed weights": each between half and one and a half of the agreed one
STABILITY_SEED = 20180228  # any fixed number; this is the day of the city council's decision on the integration concept
FIRST_RANKS = 5  # what a steering group discusses in one meeting


@cached
def agreed_weights(inventory: Inventory) -> dict[str, float]:
    """Criterion → weight as agreed and stored with the city."""
    rows = inventory.rows("SELECT criterion_id, weight FROM criterion ORDER BY sort")
    return {row["criterion_id"]: float(row["weight"]) for row in rows}


def checked_weights(weights: Mapping[str, float]) -> dict[str, float]:
    """The weights scaled to sum 1. Raises UserError for one that is negative or not a number, or if all are 0."""
    values = {name: float(weights.get(name, 0.0)) for name in CRITERIA}
    for name, value in values.items():
        if not math.isfinite(value) or value < 0:
            raise UserError("weight_wrong", criterion=name, weight=str(weights[name]))
    total = sum(values.values())
    if total == 0:
        raise UserError("weights_all_zero")
    return {name: value / total for name, value in values.items()}


def ranked(inventory: Inventory, weights: Mapping[str, float] | None = None) -> pd.DataFrame:
    """One row per item, the highest priority first: rank, priority [0 to 100], share of each criterion, evidence.

    Items that PEARL put aside or that are decided stand at the end without a rank (`closed`). Equal priorities share a
    rank (one more than there are items with a higher one) and are ordered by their id. Adding or dropping an item
    changes no other item's priority, because the anchors are stored (METHODS M8).
    """
    share = checked_weights(weights if weights is not None else agreed_weights(inventory))
    items = _measured(inventory)
    for name in CRITERIA:
        items[f"{name}_points"] = 100 * share[name] * items[f"{name}_value"].astype(float)
    points = [f"{name}_points" for name in CRITERIA]
    # Rounded, so that the last binary digit does not order items with equal priority.
    items["priority"] = items[points].sum(axis=1).round(9)
    items["closed"] = items["put_aside"].astype(bool) | (items["decision_status"] != "open")
    items = items.sort_values(["closed", "priority", "item_id"], ascending=[True, False, True], ignore_index=True)
    rank = items["priority"].where(~items["closed"]).rank(method="min", ascending=False)
    items.insert(0, "rank", rank.astype("Int64"))
    return items


def _measured(inventory: Inventory) -> pd.DataFrame:
    """One row per item, by its id: the criteria in their units and between their anchors."""
    gaps, overlaps = (
        inventory.frame(f"FROM priority_measured('{name}')") for name in ("priority_gap", "priority_overlap")
    )
    parts = [frame for frame in (gaps, overlaps) if len(frame)] or [gaps]
    return pd.concat(parts).sort_values("item_id", ignore_index=True)


def between(inventory: Inventory, weights: Mapping[str, float] | None = None) -> pd.DataFrame:
    """One row per ranked item whose place hangs on something unknown: its item_id, first and last possible rank.

    places_low and places_high: missing places per week at least and at most (METHODS M11). The others stand as they are
    ranked. Below the least gap an item would not be on the list (`may_leave`). The order of `ranked` does not change.
    """
    share = checked_weights(weights if weights is not None else agreed_weights(inventory))
    items = ranked(inventory, weights)
    items = items.loc[items["rank"].notna(), ["item_id", "rank", "priority"]]
    found = items.merge(inventory.frame("FROM priority_gap_ends"), on="item_id")
    for end in ("low", "high"):
        found[end] = sum(100 * share[name] * found[f"{name}_{end}"].astype(float) for name in CRITERIA).round(9)
    for place, end in (("first", "high"), ("last", "low")):
        above = len(items) - np.searchsorted(np.sort(items["priority"]), found[end], side="right")
        found[place] = 1 + above - (found["priority"] > found[end])  # without the item itself
    found["may_leave"] = found["places_low"] < LEAST_GAP_PLACES
    apart = found["places_low"].round(1) < found["places_high"].round(1)  # a tenth of a place is what lists show
    hanging = apart & ((found["first"] < found["last"]) | found["may_leave"])
    return found.loc[hanging, ["item_id", "places_low", "places_high", "first", "last", "may_leave"]].reset_index(
        drop=True
    )


@cached
def open_items(inventory: Inventory) -> pd.DataFrame:
    """One row per item that is neither put aside nor decided, with the agreed weights."""
    items = ranked(inventory)
    return items[~items["closed"]]


def stability(inventory: Inventory, weights: Mapping[str, float] | None = None) -> pd.DataFrame:
    """One row per ranked item: in which share of weightings it is among the first five (SMAA, METHODS M8).

    `near`: weights around the given ones (each half to one and a half times as large); `any`: all weights (Dirichlet).
    """
    items = ranked(inventory, weights)
    items = items[items["rank"].notna()]
    values = items[[f"{name}_value" for name in CRITERIA]].to_numpy(dtype=float)
    share = checked_weights(weights if weights is not None else agreed_weights(inventory))
    near, anywhere = weightings(share)
    return pd.DataFrame(
        {"item_id": items["item_id"], "near": first_rank_share(values, near), "any": first_rank_share(values, anywhere)}
    ).reset_index(drop=True)


def weightings(share: Mapping[str, float]) -> tuple[np.ndarray, np.ndarray]:
    """10,000 weightings around these weights, and 10,000 among all (Dirichlet); one row each, fixed seed."""
    centre = np.array([share[name] for name in CRITERIA])
    random = np.random.default_rng(STABILITY_SEED)
    low, high = 1 - STABILITY_SPREAD, 1 + STABILITY_SPREAD
    near = centre * random.uniform(low, high, size=(STABILITY_SAMPLES, len(CRITERIA)))
    return near, random.dirichlet(np.ones(len(CRITERIA)), size=STABILITY_SAMPLES)


def first_rank_share(values: np.ndarray, weightings: np.ndarray, first: int = FIRST_RANKS) -> np.ndarray:
    """For each item (row of values) the share of weightings that put it among the first `first`."""
    return share_among_first(weightings @ values.T, first)


def share_among_first(scores: np.ndarray, first: int) -> np.ndarray:
    """For each item (column of scores) the share of the rows in which it is among the first `first`.

    A rank counts the items with a strictly higher score, so equal items always have the same share.
    """
    count = scores.shape[1]
    if count == 0:
        return np.zeros(0)
    scores = scores.round(9)  # the last binary digit makes no item better than its equal
    place = count - min(first, count)
    least = np.partition(scores, place, axis=1)[:, [place]]
    return np.asarray((scores >= least).mean(axis=0))
