"""The results of closed rounds of voices, and how far they are from the computed order (voices.sql, METHODS M15)."""

import json
from collections.abc import Sequence
from typing import Any

import pandas as pd

from esdash.inventory import Inventory

CROSSING = 3  # places; a shift of up to three is what the choice of the weights alone brings about

_LATEST = """
FROM voice_result WHERE voice_round_id = (
    SELECT voice_round_id FROM voice_round WHERE state = 'closed' ORDER BY closed_at DESC, voice_round_id LIMIT 1
) ORDER BY rank, place
"""


def named(inventory: Inventory, item_ids: Sequence[str]) -> dict[str, list[str]]:
    """Item → organisations that it names (items.sql): whoever has a seat there votes in a matter of her own."""
    frame = inventory.frame("FROM item_organization WHERE priority_item_id IN $ids", ids=list(item_ids))
    found: dict[str, list[str]] = {}
    for item, organization in frame.itertuples(index=False):
        found.setdefault(str(item), []).append(str(organization))
    return found


def latest(inventory: Inventory) -> pd.DataFrame:
    """One row per item of the round that was closed last, as `result`; empty if there is none."""
    return inventory.frame(_LATEST)


def result(inventory: Inventory, round_id: str) -> pd.DataFrame:
    """One row per item of a closed round, in the order of its voices; equal ones share a rank.

    Columns: priority_item_id, n, least, q1, median, q3, most, mean [points], most_per_item, rank, contested, recused
    (seats that handed in and that the item names), q1_without, median_without, q3_without (without those seats;
    unknown if there are none, or if it would say what a few seats gave).
    """
    return inventory.frame("FROM voice_result WHERE voice_round_id = $id ORDER BY rank, place", id=round_id)


def conflicts(inventory: Inventory, round_id: str) -> dict[str, list[str]]:
    """Item → seats that handed in and that it names, as it was when the round was closed."""
    stored = inventory.frame("SELECT named FROM voice_round WHERE voice_round_id = $id", id=round_id)["named"].tolist()
    return dict(json.loads(stored[0])) if stored and isinstance(stored[0], str) else {}


def reasons(inventory: Inventory, round_id: str) -> pd.DataFrame:
    """One row per reason: priority_item_id, seat_organization_id (unknown if names were not agreed), reason."""
    return inventory.frame("FROM voice_reason WHERE voice_round_id = $id", id=round_id)


def of_seats(inventory: Inventory, round_id: str) -> pd.DataFrame:
    """One row per seat and item with points and conflict; empty if names were not agreed."""
    return inventory.frame("FROM voice_of_seat WHERE voice_round_id = $id", id=round_id)


def compared(voiced: pd.DataFrame, listed: pd.DataFrame) -> pd.DataFrame:
    """One row per item of a round that has a computed score: its place among them by score and by voices.

    `voiced`: as `result`; `listed`: priority_item_id and priority [points]. Columns: priority_item_id, computed and
    voiced (places), computed_last and voiced_last (equal items share the places up to there), shift (how many places
    lie between; positive: higher by voices), crossing (more than three).
    """
    both = voiced[["priority_item_id", "median", "mean"]].merge(
        listed.dropna(subset=["priority"])[["priority_item_id", "priority"]], on="priority_item_id"
    )
    found = pd.DataFrame({"priority_item_id": both["priority_item_id"]})
    found["computed"], found["computed_last"] = _places(both["priority"].tolist())
    found["voiced"], found["voiced_last"] = _places(list(zip(both["median"], both["mean"], strict=True)))
    higher = (found["computed"] - found["voiced_last"]).clip(lower=0)
    found["shift"] = higher - (found["voiced"] - found["computed_last"]).clip(lower=0)
    found["crossing"] = found["shift"].abs() > CROSSING
    return found.sort_values(["voiced", "computed", "priority_item_id"], ignore_index=True)


def _places(values: list[Any]) -> tuple[pd.Series, pd.Series]:
    """The first and the last place of each value among all, the largest first: equal ones share all of theirs."""
    first = [1 + sum(other > value for other in values) for value in values]
    last = [sum(other >= value for other in values) for value in values]
    return pd.Series(first, dtype="int64"), pd.Series(last, dtype="int64")
