"""Ties between organisations: what they did together, from facts, each with its day (ties.sql, METHODS M20).

No survey and no judgement of anybody: an offer carried together, a meeting or workshop where both were, a measure done
together, a promise that was kept.
"""

from typing import Any

import pandas as pd

from esdash.inventory import Inventory
from esdash.inventory.cached import cached

KINDS = ("offer", "measure", "promise", "workshop", "meeting")  # the most binding first

Pair = tuple[str, str]  # two organisations, the smaller id first


def ties(inventory: Inventory) -> pd.DataFrame:
    """One row per pair of organisations (a_id < b_id) and kind of tie: names, n facts, first_on, last_on, records."""
    return inventory.frame("FROM tie_listed")


def pairs(inventory: Inventory) -> pd.DataFrame:
    """One row per pair of organisations with a tie: kinds, n facts, first_on, last_on (unknown: no fact has a day)."""
    return inventory.frame("FROM tied_pair")


@cached
def kinds_of(inventory: Inventory) -> dict[Pair, dict[str, int]]:
    """Pair → kind → number of facts, kinds as in KINDS."""
    found: dict[Pair, dict[str, int]] = {}
    for row in inventory.rows("FROM tie"):
        found.setdefault((row["a_id"], row["b_id"]), {})[row["kind"]] = int(row["n"])
    return {pair: {kind: of[kind] for kind in KINDS if kind in of} for pair, of in found.items()}


def facts(inventory: Inventory, one: str, other: str) -> pd.DataFrame:
    """One row per fact that ties these two, the latest first: kind, table_name, record_id, name, first_on, last_on."""
    a, b = sorted((one, other))
    return inventory.frame(
        "FROM tie_fact WHERE a_id = $a AND b_id = $b "
        "ORDER BY last_on DESC NULLS LAST, first_on DESC NULLS LAST, record_id",
        a=a,
        b=b,
    )


def around(inventory: Inventory, organization_id: str) -> pd.DataFrame:
    """One row per pair of `pairs` that this organisation is part of, and per pair of those that it is tied to."""
    found = pairs(inventory)
    mine = found[(found["a_id"] == organization_id) | (found["b_id"] == organization_id)]
    near = {organization_id, *mine["a_id"], *mine["b_id"]}
    return found[found["a_id"].isin(near) & found["b_id"].isin(near)].reset_index(drop=True)


def partners(inventory: Inventory, organization_id: str) -> pd.DataFrame:
    """One row per organisation that this one is tied to, most facts first: other_id, kinds, n, first_on, last_on."""
    return inventory.frame(
        "SELECT CASE WHEN a_id = $id THEN b_id ELSE a_id END AS other_id, kinds, n, first_on, last_on FROM tied_pair "
        "WHERE $id IN (a_id, b_id) ORDER BY n DESC, other_id",
        id=organization_id,
    )


def quarters(inventory: Inventory) -> pd.DataFrame:
    """One row per quarter (its first day; NaT: unknown) and kind: pairs that were tied for the first time then."""
    return inventory.frame("FROM tie_quarter")


def marks(inventory: Inventory) -> list[dict[str, Any]]:
    """One dict per meeting, workshop and import, by day: what a rise in ties may come from."""
    return inventory.rows("FROM tie_mark")


def untied(inventory: Inventory) -> pd.DataFrame:
    """One row per organisation without a tie and organisation that would complement it (up to three; other_id may be
    unknown): the target groups and districts that both serve without a common theme.
    """
    return inventory.frame("FROM untied")


@cached
def order(inventory: Inventory) -> list[str]:
    """All active organisations in the order of the matrix: strongly tied ones side by side, those without a tie last.

    Each stands next to the one that it is most tied to among those placed already; the first is the one with most ties.
    The same facts give the same order.
    """
    weight: dict[str, dict[str, int]] = {}
    for (a, b), kinds in kinds_of(inventory).items():
        weight.setdefault(a, {})[b] = weight.setdefault(b, {})[a] = sum(kinds.values())
    placed: list[str] = []
    left = set(weight)
    while left:
        near = {one: _nearness(weight[one], placed) for one in left}
        first = min(left, key=lambda one: (-near[one], -sum(weight[one].values()), one))
        placed.append(first)
        left.remove(first)
    everybody = inventory.rows(
        "SELECT organization_id FROM organization WHERE status = 'active' ORDER BY name COLLATE de, organization_id"
    )
    return [*placed, *(row["organization_id"] for row in everybody if row["organization_id"] not in weight)]


def _nearness(ties_of: dict[str, int], placed: list[str]) -> float:
    """How strongly tied to those placed last: a tie to the last one counts whole, to the one before half, and so on."""
    last = placed[-_REACH:]
    return sum(ties_of.get(other, 0) * _FADE ** (len(last) - 1 - place) for place, other in enumerate(last))


_FADE = 0.7  # of the weight, from one place to the next
_REACH = 12  # places back; beyond, a tie weighs less than a hundredth
