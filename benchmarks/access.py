"""The coverage of 20,000 demand points by 5,000 offers: DuckDB against PySAL `access`, on the same three tables.

DuckDB twice: the two steps alone, which is what `access` does, and the whole table of esdash on an inventory of that
size, which also works out need, small numbers, reach and states, and hands out text ids.
Runs only if `access` is installed (benchmarks/requirements-access.txt).
"""

from __future__ import annotations

import importlib.util
import tempfile
import time
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd

from benchmarks import inventories, table
from esdash import analysis
from esdash.analysis import judgements
from esdash.analysis.coverage import coverage
from esdash.inventory import Inventory, create
from esdash.inventory.access import Action

POINTS, SITES = 20_000, 5_000
WITHIN = 400  # average share of demand points within 45 minutes of an offer: low for a city
SEED = 20261122
FASTER = 20  # DuckDB must be at least so many times as fast
TOLERANCE = 1e-9
REPEAT = 3
_MINUTES = judgements.REACH_STEPS[-1][0]


def run() -> bool:
    """Print the table. False if the two disagree, or if DuckDB is not fast enough."""
    if importlib.util.find_spec("access") is None:
        print("\nPySAL access is not installed: pip install -r benchmarks/requirements-access.txt, then once more.")
        return True
    need, supply, ways = _draw()
    began = time.perf_counter()
    theirs = _pysal(need, supply, ways)
    pysal = (time.perf_counter() - began) * 1000
    with tempfile.TemporaryDirectory() as folder:
        inventory = _inventory(Path(folder) / "i.duckdb", need, supply, ways)
        ours = coverage.cells(inventory).set_index("district_id")["saturation"]
        whole = table.median_milliseconds(lambda: _again(inventory), REPEAT)
        inventory.close()
    ours.index = ours.index.astype(int)
    steps, two_steps = _two_steps(need, supply, ways)
    equal = [_equal(steps, theirs), _equal(ours, theirs)]
    title = f"Coverage of {POINTS:,} demand points by {SITES:,} offers, {len(ways):,} pairs within reach. Milliseconds"
    rows = [
        (name, time_, f"× {pysal / time_:.1f}", "yes" if same else "NO")
        for name, time_, same in (("the two steps", two_steps, equal[0]), ("the whole table", whole, equal[1]))
    ]
    rows.insert(0, ("PySAL access", pysal, "", ""))
    table.show(title, ("computed", "time", "faster", "same coverage"), rows)
    return all(equal) and pysal / two_steps >= FASTER


def _equal(found: pd.Series, expected: pd.Series) -> bool:
    return bool(np.allclose(found.sort_index(), expected.sort_index(), rtol=0, atol=TOLERANCE))


def _two_steps(need: pd.DataFrame, supply: pd.DataFrame, ways: pd.DataFrame) -> tuple[pd.Series, float]:
    """Coverage by point as coverage.sql computes it, and the time until the frame is there."""
    weight = " ".join(f"WHEN minutes <= {minutes} THEN {share}" for minutes, share in judgements.REACH_STEPS)
    query = f"""
        WITH way AS (
            SELECT offer, places, district_id, CASE {weight} ELSE 0 END AS weight FROM supply JOIN ways USING (home)
        ),
        ratio AS (
            SELECT offer, any_value(places) / sum(persons * weight) AS ratio
            FROM way JOIN need USING (district_id) GROUP BY offer
        )
        SELECT district_id, coalesce(reached.coverage, 0) AS coverage
        FROM need LEFT JOIN (
            SELECT district_id, sum(ratio * weight) AS coverage FROM way JOIN ratio USING (offer) GROUP BY district_id
        ) AS reached USING (district_id)
    """
    with duckdb.connect() as connection:
        for name, frame in (("need", need), ("supply", supply), ("ways", ways)):
            connection.register("given", frame)
            connection.execute(f"CREATE TABLE {name} AS FROM given")
        found = connection.execute(query).df().set_index("district_id")["coverage"]
        return found, table.median_milliseconds(lambda: connection.execute(query).df(), REPEAT)


def _again(inventory: Inventory) -> None:
    inventory.forget()
    coverage.cells(inventory)


def _draw() -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Need by district, places and home by offer, minutes by home × district, in a square of even density."""
    chance = np.random.default_rng(SEED)
    ids = np.arange(POINTS)
    x, y = chance.random(POINTS), chance.random(POINTS)
    need = pd.DataFrame({"district_id": ids, "persons": chance.integers(5, 1500, POINTS).astype(float)})
    homes = chance.choice(POINTS, SITES, replace=False)
    supply = pd.DataFrame({"offer": np.arange(SITES), "home": ids[homes]})
    supply["places"] = chance.integers(3, 80, SITES).astype(float)
    per_minute = np.sqrt(WITHIN / POINTS / np.pi) / _MINUTES
    parts = []
    for home in homes:
        minutes = np.hypot(x - x[home], y - y[home]) / per_minute
        near = np.flatnonzero(minutes <= _MINUTES)
        parts.append(pd.DataFrame({"home": ids[home], "district_id": ids[near], "minutes": minutes[near]}))
    return need, supply, pd.concat(parts, ignore_index=True)


def _pysal(need: pd.DataFrame, supply: pd.DataFrame, ways: pd.DataFrame) -> pd.Series:
    """District → coverage."""
    from access import Access, weights

    reach = Access(
        demand_df=need.set_index("district_id"),
        demand_value="persons",
        supply_df=supply.set_index("offer")[["places"]],
        supply_value="places",
        cost_df=supply.merge(ways, on="home")[["district_id", "offer", "minutes"]],
        cost_origin="district_id",
        cost_dest="offer",
        cost_name="minutes",
    ).enhanced_two_stage_fca(
        name="fca", cost="minutes", max_cost=_MINUTES, weight_fn=weights.step_fn(dict(judgements.REACH_STEPS))
    )
    return reach["fca_places"].reindex(need["district_id"]).fillna(0.0)


def _inventory(path: Path, need: pd.DataFrame, supply: pd.DataFrame, ways: pd.DataFrame) -> Inventory:
    """The same input as an inventory: one theme, one target group, one place per week needed by each person."""
    create(path, "generated", lambda made: _fill(made, need, supply), inventories.ACTOR, inventories.clock)
    inventory = analysis.open_inventory(path, inventories.clock)
    with inventory.exclusive(inventories.ACTOR, Action.SET_UP) as cursor:
        # without the trigger: the log is not made for millions of rows
        cursor.execute("DROP TRIGGER log_district_travel_insert ON inventory.district_travel")
        cursor.register("ways", ways)
        cursor.execute(
            "INSERT INTO inventory.district_travel BY NAME SELECT home || '|' || district_id AS district_travel_id, "
            "home AS from_district_id, district_id AS to_district_id, minutes, 'estimated' AS quality, '' AS source "
            "FROM ways"
        )
    return inventory


def _fill(inventory: Inventory, need: pd.DataFrame, supply: pd.DataFrame) -> None:
    names = dict.fromkeys(("name_de", "name_en", "short_de", "short_en"), "x")
    source: dict[str, Any] = {"source": "x"}
    rows = [{**row, "district_id": str(row["district_id"])} for row in need.to_dict("records")]
    with inventory.change(inventories.ACTOR, Action.SET_UP) as change:
        change.insert("city", [{"city_id": "x", "name": "x", "small_number_threshold": 0}])
        change.insert("theme", [{"theme_id": "t", **names, "sort": 1}])
        change.insert("target_group", [{"target_group_id": "g", **names, "sort": 1}])
        place = {"lat": 0, "lon": 0, "sort": 1}
        change.insert(
            "district",
            [{"district_id": r["district_id"], "name": "x", "short_name": "x", **place} for r in rows],
        )
        people = {"target_group_id": "g", "as_of": "2026-01-01", "quality": "estimated", **source}
        change.insert("population", [{"population_id": r["district_id"], **r, **people} for r in rows])
        value = {"planning_value_id": "t|g", "theme_id": "t", "target_group_id": "g", "places_per_100": 100}
        change.insert("planning_value", [{**value, "reason": "x", **source}])
        change.insert("organization", [{"organization_id": "o", "name": "x"}])
        homes = supply["home"].astype(str).tolist()
        change.insert("location", [{"location_id": home, "name": "x", "district_id": home} for home in homes])
        common = {"organization_id": "o", "name": "x", "theme_ids": ["t"], "target_group_ids": ["g"]}
        offers = [
            {"initiative_id": str(r["offer"]), "location_id": str(r["home"]), "capacity": int(r["places"]), **common}
            for r in supply.to_dict("records")
        ]
        change.insert("initiative", offers)
