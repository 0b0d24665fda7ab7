"""What is probable by theme × district: many draws of the unknown, like the known of its field (METHODS M11).

A supposition, and worded as one. Not for the total of a city: its interval is too narrow, because the silent offers of
a field are rarely like those that answer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from esdash.analysis import judgements
from esdash.inventory import Inventory
from esdash.inventory.cached import cached

DRAWS = 100  # a share of 80 % then has a standard error of four percentage points
SEED = 20180228  # any fixed number; the same as for the stability of priorities
AGREE = 0.8  # from here on a state is called probable
STATES = ("white", "thin", "partial", "covered")
EVERYWHERE = "everywhere"
_COVERED = 1 - 1e-9  # as coverage_state in base.sql

Row = dict[str, Any]


class Town(NamedTuple):
    """The ids along the axes, need [theme, group, district] and the weights of the ways [from, to]."""

    themes: dict[str, int]
    groups: dict[str, int]
    districts: dict[str, int]
    need: np.ndarray
    ways: np.ndarray


class Pool(NamedTuple):
    """What offers of one field of action are like: the known ones, and for their size the agreed range."""

    capacities: list[float]
    groups: list[tuple[str, ...]]
    ways: dict[str, int]  # way → how many
    fitting: float  # the share that meets the conditions


@cached
def states(inventory: Inventory) -> pd.DataFrame:
    """One row per theme_id × district_id that is needed: the state most draws agree on, and their share (agreement).

    state is one of white, thin, partial, covered; probable: at least 80 % agree. needed [places per week]; surveyed:
    whether somebody has looked, without which the state speaks of the known offers only.
    """
    town, surveyed = _town(inventory)
    covered = np.zeros((DRAWS, *town.need.shape))
    covered += _spread(town, inventory.rows("FROM probable_known"), "coverage")
    covered += _drawn(town, inventory)
    met = (town.need * np.minimum(1, covered)).sum(axis=2)  # by draw, theme, district
    needed = town.need.sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = np.where(needed > 0, met / needed, 0)
    bins = np.array([np.nextafter(0, 1), judgements.THIN_BELOW, _COVERED])
    place = np.digitize(share, bins)
    counts = np.stack([(place == state).sum(axis=0) for state in range(len(STATES))])
    rows = [
        (theme, district, STATES[counts[:, t, d].argmax()], counts[:, t, d].max() / DRAWS, needed[t, d])
        for theme, t in town.themes.items()
        for district, d in town.districts.items()
        if needed[t, d] > 0
    ]
    frame = pd.DataFrame(rows, columns=["theme_id", "district_id", "state", "agreement", "needed"])
    frame["probable"] = frame["agreement"] >= AGREE
    pairs = zip(frame["theme_id"], frame["district_id"], strict=True)
    frame["surveyed"] = [pair in surveyed for pair in pairs]
    return frame


# ---------------------------------------------------------------- inside


def _town(inventory: Inventory) -> tuple[Town, set[tuple[str, str]]]:
    """The axes with the need meanwhile, and the theme × district where somebody has looked."""
    need = inventory.frame(
        "SELECT theme_id, target_group_id, district_id, needed_central, survey_state IS NOT NULL AS surveyed "
        "FROM need_range ORDER BY theme_id, target_group_id, district_id"
    )
    axes = [
        {str(key): place for place, key in enumerate(sorted(need[column].unique()))}
        for column in ("theme_id", "target_group_id", "district_id")
    ]
    cube = need["needed_central"].to_numpy(dtype=float).reshape([len(axis) for axis in axes])
    ways = np.zeros((len(axes[2]), len(axes[2])))
    for way in inventory.frame("SELECT * FROM district_way WHERE weight > 0").itertuples():
        ways[axes[2][way.from_district_id], axes[2][way.to_district_id]] = way.weight
    looked = need.loc[need["surveyed"], ["theme_id", "district_id"]]
    return Town(axes[0], axes[1], axes[2], cube, ways), set(looked.itertuples(index=False, name=None))


def _spread(town: Town, rows: Sequence[Row], figure: str) -> np.ndarray:
    """The figure of the rows along the axes."""
    found = np.zeros(town.need.shape)
    for row in rows:
        place = town.themes[row["theme_id"]], town.groups[row["target_group_id"]], town.districts[row["district_id"]]
        found[place] = row[figure]
    return found


def _drawn(town: Town, inventory: Inventory) -> np.ndarray:
    """Coverage by the offers of which something is unknown, in each draw, by theme, group and district."""
    offers = inventory.rows("FROM probable_unknown")
    pools = _pools(inventory)
    fields = {r["theme_id"]: r["field_id"] for r in inventory.rows("SELECT theme_id, field_id FROM leaf_theme")}
    possible = (town.need.sum(axis=2) > 0).astype(float)  # theme × group
    reaches: dict[Any, int] = {}
    vectors: list[np.ndarray] = []
    shared: dict[tuple[str, ...], np.ndarray] = {}
    places, amounts = [], []
    draw = np.random.default_rng(SEED)
    chosen = []
    for offer in offers:
        pool = pools[draw.choice(sorted({fields[theme] for theme in offer["theme_ids"]}))]
        chosen.append((offer, _ways(offer, pool, draw), _groups(offer, town, possible, pool, draw), pool))
        for way in set(chosen[-1][1]):
            key = (way, tuple(offer["served_ids"]) if offer["served_ids"] is not None else None)
            if key not in reaches:
                reaches[key] = len(vectors)
                vectors.append(_reach(town, *key))
    if not offers:
        return np.zeros((1, *town.need.shape))
    bank = np.array(vectors)
    demand = np.einsum("tgd,kd->tgk", town.need, bank)  # need in reach of each way
    size = (DRAWS, *town.need.shape[:2], len(bank))
    numbers = np.arange(DRAWS)
    for offer, ways, serves, pool in chosen:
        served = tuple(offer["served_ids"]) if offer["served_ids"] is not None else None
        reach = np.array([reaches[way, served] for way in ways])
        themes = tuple(offer["theme_ids"])
        if themes not in shared:
            shared[themes] = demand[[town.themes[theme] for theme in themes]].sum(axis=0)
        total = (serves * shared[themes][:, reach].T).sum(axis=1)  # D of each draw
        capacity = _capacities(offer, pool, draw)
        with np.errstate(divide="ignore", invalid="ignore"):
            each = np.where(total > 0, capacity / total, 0)
        rows, groups = np.nonzero(serves)
        for theme in themes:
            flat = ((numbers[rows] * size[1] + town.themes[theme]) * size[2] + groups) * size[3] + reach[rows]
            places.append(flat)
            amounts.append(each[rows])
    flat, weights = np.concatenate(places), np.concatenate(amounts)
    brought = np.bincount(flat, weights=weights, minlength=int(np.prod(size))).reshape(size)
    found: np.ndarray = brought @ bank
    return found


def _pools(inventory: Inventory) -> Mapping[str, Pool]:
    """Field of action → what its known offers are like; where none is known of something, all fields are."""
    rows = inventory.rows("FROM probable_like ORDER BY field_id, initiative_id")
    by_field: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_field[row["field_id"]].append(row)
    ranges = inventory.rows("FROM capacity_agreed")
    return {each["field_id"]: _pool(by_field[each["field_id"]], rows, each) for each in ranges}


def _pool(own: Sequence[Row], everything: Sequence[Row], agreed: Row) -> Pool:
    def known(name: str) -> list[Any]:
        of_field = [row[name] for row in own if row[name] is not None]
        return of_field or [row[name] for row in everything if row[name] is not None]

    ways: dict[str, int] = defaultdict(int)
    for way in known("way"):
        ways[way] += 1
    fits = known("fits") or [True]
    # The ends of the agreed range count as three more offers: few may be known, and large ones are silent more often.
    capacities = known("capacity") + [agreed[end] for end in ("low", "central", "high")]
    return Pool(capacities, [tuple(groups) for groups in known("group_ids")], ways, sum(fits) / len(fits))


def _ways(offer: Row, pool: Pool, draw: np.random.Generator) -> list[str]:
    """One way for each draw: as often as the known offers of the field have it, and each possible one at times."""
    possible = offer["ways"]
    if len(possible) == 1:
        return possible * DRAWS
    weights = np.array([pool.ways.get(way, 0) + 1 / len(possible) for way in possible])
    return [possible[place] for place in draw.choice(len(possible), DRAWS, p=weights / weights.sum())]


def _groups(offer: Row, town: Town, possible: np.ndarray, pool: Pool, draw: np.random.Generator) -> np.ndarray:
    """Whether it serves each group, for each draw: the groups of a known offer of the field that need the themes."""
    needing = possible[[town.themes[theme] for theme in offer["theme_ids"]]].max(axis=0)
    if offer["group_ids"] is not None:
        return np.tile(needing * _marks(town, offer["group_ids"]), (DRAWS, 1))
    alike = [needing * _marks(town, groups) for groups in pool.groups]
    alike = [marks for marks in alike if marks.any()] or [needing]
    return np.array(alike)[draw.integers(len(alike), size=DRAWS)]


def _marks(town: Town, groups: Sequence[str]) -> np.ndarray:
    marks = np.zeros(len(town.groups))
    marks[[town.groups[group] for group in groups if group in town.groups]] = 1
    return marks


def _capacities(offer: Row, pool: Pool, draw: np.random.Generator) -> np.ndarray:
    """The places of the offer in each draw; none where it then does not meet the conditions."""
    known = offer["capacity"]
    places = np.full(DRAWS, known) if known is not None else draw.choice(pool.capacities, DRAWS)
    if offer["fit_unknown"]:
        places = places * (draw.random(DRAWS) < pool.fitting)
    return np.asarray(places, dtype=float)


def _reach(town: Town, way: str, served: tuple[str, ...] | None) -> np.ndarray:
    """The weight of each district for a way and the districts that are served."""
    reach = np.ones(len(town.districts)) if way == EVERYWHERE else town.ways[town.districts[way]].copy()
    if served is not None:
        reach *= [district in served for district in town.districts]
    return reach
