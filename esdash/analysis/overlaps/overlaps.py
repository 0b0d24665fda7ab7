"""Overlap: the same work twice (METHODS M6), computed in overlaps.sql and overlap_*.sql."""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

import pandas as pd

from esdash.inventory import Inventory
from esdash.inventory.cached import cached

SHARES = ("groups", "distance", "languages", "times")  # only pairs with a common theme are compared
VERDICTS = ("double_structure", "duplicate", "unknown", "repeat", "wanted")


def pairs(inventory: Inventory) -> pd.DataFrame:
    """One row per pair of similar offers, of different organisations or with like names.

    `*_share` (0 to 1) and `*_points` of the four shares, NULL where unknown; the points add up to `score`. `verdict` is
    proposed for `reason`, `decided_verdict` is what people decided and still holds.
    """
    return inventory.frame("FROM overlap_judged ORDER BY score DESC, a_id, b_id")


def cases(inventory: Inventory) -> pd.DataFrame:
    """One row per case of double structures, proposed or decided, as the priority list has them (by one offer)."""
    return _plain_lists(inventory.frame("FROM overlap_case_found"))


def open_cases(inventory: Inventory) -> pd.DataFrame:
    """One row per undecided case, the heaviest first: its offers, proposed verdict and reason, places, need, weight."""
    return _plain_lists(inventory.frame("FROM overlap_case_open"))


class Sums(NamedTuple):
    """The three sums of a case in what its offers serve together, in places per week; None is unknown."""

    here: float  # of its own offers; an offer entered twice counts once
    elsewhere: float | None  # of other offers that reach the same need
    needed: float | None
    capacity: float | None  # all known places of its offers, also for other people
    unknown: int  # its offers with unknown places
    twice: int  # its entries that are the second one of an offer


def sums(inventory: Inventory, case: Mapping[str, Any]) -> Sums:
    """The three sums of a case, a row of `open_cases` or `cases`: here + elsewhere is its supply."""
    return _sums(inventory, tuple(case["initiative_ids"]), case["widest_pair"])


@cached
def _sums(inventory: Inventory, initiative_ids: tuple[str, ...], pair: str) -> Sums:
    (row,) = inventory.rows("FROM overlap_sums($ids, $pair)", ids=list(initiative_ids), pair=pair)
    return Sums(**row)


@cached
def pairs_of(inventory: Inventory, initiative_ids: list[str]) -> pd.DataFrame:
    """The rows of `pairs` of which both offers are among these, the most similar first."""
    found = pairs(inventory)
    return found[found["a_id"].isin(initiative_ids) & found["b_id"].isin(initiative_ids)].reset_index(drop=True)


@cached
def offers(inventory: Inventory, initiative_ids: list[str]) -> list[dict[str, Any]]:
    """One dict per offer, by id: the facts that a verdict about it rests on, and its place (lat, lon)."""
    return inventory.rows(
        "SELECT f.*, o.name AS organization FROM offer_fact AS f JOIN organization AS o USING (organization_id) "
        "WHERE initiative_id IN $ids ORDER BY initiative_id",
        ids=initiative_ids,
    )


def offers_of(inventory: Inventory, case: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The offers of a case, a row of `open_cases`, as `offers`, each with the part of it that is `replaceable`."""
    ids = list(case["initiative_ids"])
    replaceable = dict(zip(ids, case["replaceable"], strict=True))
    return [{**offer, "replaceable": replaceable[offer["initiative_id"]]} for offer in offers(inventory, ids)]


@cached
def incomparable(inventory: Inventory) -> tuple[int, int]:
    """How many running offers cannot be compared, because their themes or groups are unknown, and how many run."""
    (row,) = inventory.frame("FROM offers_incomparable").itertuples(index=False)
    return int(row.incomparable), int(row.offers)


@cached
def decisions(inventory: Inventory) -> list[dict[str, Any]]:
    """One dict per decision, the newest first: offers, verdict, who, when, why, figures of that day, whether it holds.

    `changes`: one dict per field of an offer that has changed since the decision: initiative_id, name,
    field, before, after.
    """
    changed = inventory.rows("FROM overlap_changed")
    found = inventory.rows("FROM overlap_decision")
    for decision in found:
        of_it = [row for row in changed if row["decision_id"] == decision["decision_id"]]
        decision["changes"] = [
            {**row, "before": json.loads(row["before"] or "null"), "after": json.loads(row["after"] or "null")}
            for row in of_it
        ]
        decision["figures"] = json.loads(decision["figures"] or "{}")
    return found


def about(decided: list[dict[str, Any]], initiative_ids: list[str]) -> list[dict[str, Any]]:
    """The decisions about two or more of these offers."""
    return [row for row in decided if len(set(row["initiative_ids"]) & set(initiative_ids)) > 1]


def history(inventory: Inventory) -> pd.DataFrame:
    """One row per decision, new decision about the same case, or withdrawal, the newest first.

    `before`, `after`: the verdicts; `after` is unknown if the decision was taken back.
    """
    return inventory.frame("FROM overlap_decision_log")


def providers(inventory: Inventory) -> pd.DataFrame:
    """One row per theme with a running offer: offers, organisations, places per week, the largest and its share."""
    return inventory.frame("FROM theme_providers")


def ties(inventory: Inventory, most: int, organization_id: str | None = None) -> pd.DataFrame:
    """One row per pair of organisations that overlap or complement each other: the `most` strongest of each kind.

    For one organisation or for all, overlaps first. `ties`: how many there are of the kind in all.
    """
    return inventory.frame("FROM organization_tie_shown($wanted, $most)", wanted=organization_id, most=most)


def _plain_lists(cases: pd.DataFrame) -> pd.DataFrame:
    """A frame with plain lists: DuckDB returns a list with an unknown value as a masked array; here it has None."""
    return cases.assign(replaceable=[values.tolist() for values in cases["replaceable"]])
