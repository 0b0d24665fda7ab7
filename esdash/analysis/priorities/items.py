"""What stands on the priority list, in its order (METHODS M8), and what has ended."""

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from esdash.analysis.priorities.priorities import (
    CRITERIA,
    agreed_weights,
    checked_weights,
    first_rank_share,
    ranked,
    weightings,
)
from esdash.inventory import Inventory
from esdash.inventory.cached import cached

# Where an item stands: ranked by its criteria, not judged, deferred or rejected by a meeting, put aside by PEARL.
STANDINGS = ("ranked", "unrated", "deferred", "put_aside", "rejected")
LISTS = ("theme_ids", "target_group_ids", "district_ids", "partner_ids", "organization_ids")
MEASURED = ("gap", "overlap")  # origins whose criteria are worked out from the data

Weights = tuple[tuple[str, float], ...]  # criterion, weight


def on_list(inventory: Inventory, weights: Mapping[str, float] | None = None) -> pd.DataFrame:
    """One row per item on the list, in its order: ranked ones first, then those of the other `STANDINGS`.

    `rank` and `priority` (0 to 100) as METHODS M8, with the agreed weights unless others are given; equal priorities
    share a rank. `size`, `seriousness`, `inequity`, `effectiveness`: points from 0 to 100, unknown where nobody
    judged them; `…_share`: their part of the priority. `near` and `any`: the share of weightings in which the item is
    among the first five of the list. `unrated`: why it has no points: its finding is `gone`, or it is
    `not_judged`; else empty. `cost_eur` is exact to the cent. Beside them what people wrote, the organisations
    that it names, the figures of its finding today (`places`, `coverage`), and the last decision.
    """
    return _on_list(inventory, tuple(weights.items()) if weights is not None else None)


def ended(inventory: Inventory) -> pd.DataFrame:
    """One row per item that has ended, the newest first, with its reason."""
    return _exact(
        inventory.frame("FROM listed_item WHERE ended_on IS NOT NULL ORDER BY ended_on DESC, priority_item_id")
    )


def _exact(items: pd.DataFrame) -> pd.DataFrame:
    """The items with their cost to the cent (None: open), and with lists that are empty where nothing is written."""
    cents = [None if pd.isna(value) else Decimal(f"{value:.2f}") for value in items["cost_eur"]]
    lists = {
        name: pd.Series([_list(value) for value in items[name]], index=items.index, dtype=object) for name in LISTS
    }
    return items.assign(cost_eur=pd.Series(cents, index=items.index, dtype=object), **lists)


def _list(value: Any) -> list[str]:
    return [str(key) for key in value] if isinstance(value, list | np.ndarray) else []


@cached
def _on_list(inventory: Inventory, weights: Weights | None) -> pd.DataFrame:
    share = checked_weights(dict(weights) if weights is not None else agreed_weights(inventory))
    items = _exact(inventory.frame("FROM listed_item WHERE ended_on IS NULL"))
    items = _rated(items, _findings(inventory))
    for name in CRITERIA:
        items[f"{name}_share"] = share[name] * items[name]
    items["priority"] = items[[f"{name}_share" for name in CRITERIA]].sum(axis=1, skipna=False).round(9)
    today = inventory.today()
    items["standing"] = [_standing(row, today) for row in items.to_dict("records")]
    place = items["standing"].map({name: number for number, name in enumerate(STANDINGS)})
    items = (
        items.assign(place=place)
        .sort_values(["place", "priority", "priority_item_id"], ascending=[True, False, True], ignore_index=True)
        .drop(columns="place")
    )
    counted = items["standing"] == "ranked"
    rank = items["priority"].where(counted).rank(method="min", ascending=False).astype("Int64")
    items.insert(0, "rank", rank)
    values = items.loc[counted, list(CRITERIA)].to_numpy(dtype=float) / 100
    for column, sample in zip(("near", "any"), weightings(share), strict=True):
        items[column] = np.nan
        items.loc[counted, column] = first_rank_share(values, sample)
    return items


def _findings(inventory: Inventory) -> pd.DataFrame:
    """One row per measured finding: its criteria from 0 to 1, and its figures today."""
    found = ranked(inventory)
    kept = ["item_id", "state", "places", "places_needed", "places_reaching", "places_met", "coverage", "city_coverage"]
    beside = ["initiative_ids", "initiative_names", "target_group_id", "decided", *CRITERIA]
    values = [f"{name}_value" for name in CRITERIA]
    return found[[*kept, *beside, *values]].rename(
        columns={"item_id": "finding_id"} | {name: f"{name}_measured" for name in CRITERIA}
    )


def _rated(items: pd.DataFrame, findings: pd.DataFrame) -> pd.DataFrame:
    """The items with their criteria from 0 to 100, from their finding or as people judged them."""
    items = items.merge(findings, how="left", on="finding_id")
    judged = [json.loads(value) if isinstance(value, str) else {} for value in items["judged"]]
    measured = items["origin"].isin(MEASURED)
    for name in CRITERIA:
        said = pd.Series([row.get(name) for row in judged], index=items.index, dtype=float)
        items[name] = (100 * items.pop(f"{name}_value").astype(float)).where(measured, said)
    known = items[list(CRITERIA)].notna().all(axis=1)
    because = zip(known, measured, strict=True)
    items["unrated"] = ["" if rated else "gone" if found else "not_judged" for rated, found in because]
    return items


def _standing(row: Mapping[Any, Any], today: date) -> str:
    if row["put_aside"]:
        return "put_aside"
    if row["result"] == "deferred":
        until = row["deferred_until"]
        if pd.isna(until) or pd.Timestamp(until).date() > today:
            return "deferred"
    if row["result"] in ("rejected", "withdrawn"):
        return "rejected"
    return "unrated" if row["unrated"] else "ranked"
