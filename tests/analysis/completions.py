"""What the unknown of a few offers can turn out to be, and the coverage of a town where it is all known (METHODS M2).

An independent reckoning of small towns in plain arrays: nothing here asks the code under test.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Any

import numpy as np

from tests.analysis.entries import DISTRICTS, GROUPS, LEAVES

# Musterstadt (tests/tiny_city): places per 100 people by theme and group; weights of the ways between districts.
PLANNING = np.array([[0, 10, 5], [20, 0, 0], [0, 5, 2], [1, 1, 1]], dtype=float)
WEIGHTS = np.array([[1, 0.68, 0.22], [0.68, 1, 0], [0.22, 0, 1]])
FIELDS = {"german_courses": "education", "homework": "education", "counselling": "living", "essentials": "living"}
PEOPLE = np.array([[100, 50, 20], [200, 100, 40], [100, 50, 20]], dtype=float)  # group × district; women 03 as needed


@dataclass(frozen=True)
class Offer:
    """An offer of which everything is known. way: 'everywhere', or the district of its place."""

    themes: tuple[str, ...]
    groups: tuple[str, ...]
    capacity: float
    way: str
    served: tuple[str, ...] | None = None


def coverage(people: np.ndarray, offers: Sequence[Offer]) -> np.ndarray:
    """Coverage by theme × group × district, METHODS M2 word for word."""
    need = PLANNING[:, :, None] / 100 * people[None]
    covered = np.zeros_like(need)
    for offer in offers:
        reach = np.ones(3) if offer.way == "everywhere" else WEIGHTS[DISTRICTS.index(offer.way)].copy()
        if offer.served is not None:
            reach *= [district in offer.served for district in DISTRICTS]
        serves = np.outer([t in offer.themes for t in LEAVES], [g in offer.groups for g in GROUPS])
        demand = need * serves[:, :, None] * reach
        if demand.sum() > 0:
            covered += np.where(demand > 0, offer.capacity * reach / demand.sum(), 0)
    return covered


def met(people: np.ndarray, offers: Sequence[Offer]) -> tuple[np.ndarray, np.ndarray]:
    """Met and missing need by theme × group × district."""
    need = PLANNING[:, :, None] / 100 * people[None]
    reached = need * np.minimum(1, coverage(people, offers))
    return reached, need - reached


def possible_groups(themes: Sequence[str]) -> list[str]:
    """The groups that may be meant by an offer for these themes."""
    rows = [LEAVES.index(theme) for theme in themes]
    return [group for g, group in enumerate(GROUPS) if PLANNING[rows, g].max() > 0]


def choices(row: Mapping[str, Any], ranges: Mapping[str, tuple[float, float, float]]) -> dict[str, list[Any]]:
    """What each unknown field of an entered offer can be; a known field has one choice. Capacities: the two ends."""
    themes = tuple(row["theme_ids"])
    fields = [ranges[FIELDS[theme]] for theme in themes]
    groups = possible_groups(themes)
    subsets = [c for n in range(1, len(groups) + 1) for c in itertools.combinations(groups, n)]
    served = None if row["district_ids"] is None else tuple(row["district_ids"])
    home = None if row["location_id"] is None else row["location_id"].removeprefix("centre_")
    ways: list[str] = []
    if row["mode"] in ("online", "mobile", None) or (home is None and served is not None):
        ways.append("everywhere")
    if row["mode"] in ("on_site", None):
        ways += [home] if home else list(served or DISTRICTS)
    known = row["capacity"]
    sizes = [min(f[0] for f in fields), max(f[2] for f in fields)] if known is None else [float(known)]
    return {
        "themes": [themes],
        "groups": [tuple(row["target_group_ids"])] if row["target_group_ids"] else subsets,
        "capacity": sizes,
        "way": ways,
        "served": [served],
    }


def all_of(row: Mapping[str, Any], ranges: Mapping[str, tuple[float, float, float]]) -> Iterator[Offer]:
    """Every completion of an offer, its size at one of the ends."""
    made = choices(row, ranges)
    for values in itertools.product(*made.values()):
        yield Offer(**dict(zip(made, values, strict=True)))


def drawn(row: Mapping[str, Any], ranges: Mapping[str, tuple[float, float, float]], draw: Random) -> Offer:
    """One completion of an offer, its size anywhere in the range."""
    made = choices(row, ranges)
    offer = Offer(**{name: draw.choice(values) for name, values in made.items()})
    return replace(offer, capacity=draw.uniform(min(made["capacity"]), max(made["capacity"])))


def answered(row: Mapping[str, Any], offer: Offer, field: str) -> dict[str, Any]:
    """The entered offer after one question was answered as in the completion; a place is asked with the mode."""
    if field == "capacity":
        return {**row, "capacity": round(offer.capacity)}
    if field == "target_group_ids":
        return {**row, "target_group_ids": list(offer.groups)}
    if offer.way == "everywhere":
        return {**row, "mode": "mobile", "location_id": None}
    return {**row, "mode": "on_site", "location_id": f"centre_{offer.way}"}
