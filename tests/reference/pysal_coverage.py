"""Coverage of an invented inventory, computed with PySAL `access`, for test_pysal_coverage.py.

The library is no requirement of esdash; this script is run by hand in an environment of its own:

    python -m venv pysal && pysal/bin/pip install access==1.1.10.post3
    pysal/bin/python tests/reference/pysal_coverage.py

Written with access 1.1.10.post3, pandas 3.1.1, numpy 2.4.6. It reads, beside itself,
    travel.csv      minutes between the 25 districts of Dessau-Roßlau as of November 2026
    population.csv  invented people per district × target group
    planning.csv    invented places per 100 people per theme × target group
    offers.csv      60 invented offers: on site, mobile, online, some limited to districts, with one or several cells
and writes
    supply.csv      places of each offer per theme × target group (METHODS M2, numpy)
    expected.csv    coverage per theme × target group × district (access, enhanced two-step floating catchment)

With --draw it first draws population, planning and offers anew (fixed seed).
"""

import csv
import sys
from pathlib import Path

import numpy as np
import pandas as pd
from access import Access, weights

HERE = Path(__file__).parent
STEPS = {15: 1.0, 30: 0.68, 45: 0.22}  # METHODS M2
SEED = 20261122
THEMES = ("german", "homework", "counselling", "sport", "mentoring")
GROUPS = ("children", "adults", "seniors", "women")


def read(name: str) -> pd.DataFrame:
    return pd.read_csv(HERE / name, dtype={"district": str, "from": str, "to": str, "home": str}, keep_default_na=False)


def write(name: str, header: tuple[str, ...], rows: list[tuple]) -> None:
    with (HERE / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def draw() -> None:
    """Invent people, planning values and offers."""
    random = np.random.default_rng(SEED)
    districts = sorted(set(read("travel.csv")["from"]))
    people = [(d, g, int(random.integers(5, 1500))) for d in districts for g in GROUPS]
    planning = [(t, g, float(random.choice([0, 0.3, 1.5, 4, 12.5]))) for t in THEMES for g in GROUPS]
    offers = []
    for number in range(60):
        mode = str(random.choice(["on_site", "on_site", "on_site", "mobile", "online"]))
        some = random.choice(districts, size=random.integers(1, 8), replace=False)
        limited = mode == "mobile" or random.random() < 0.25
        offers.append(
            (
                f"i{number:02}",
                int(random.integers(3, 80)),
                mode,
                str(random.choice(districts)) if mode == "on_site" else "",
                ";".join(sorted(map(str, some))) if limited else "",
                ";".join(sorted(map(str, random.choice(THEMES, size=random.integers(1, 4), replace=False)))),
                ";".join(sorted(map(str, random.choice(GROUPS, size=random.integers(1, 4), replace=False)))),
            )
        )
    write("population.csv", ("district", "group", "persons"), people)
    write("planning.csv", ("theme", "group", "places_per_100"), planning)
    write("offers.csv", ("offer", "places", "mode", "home", "districts", "themes", "groups"), offers)


def costs(offers: pd.DataFrame) -> pd.DataFrame:
    """One row per district × offer it can use: minutes; 0 where the offer is online or comes to people."""
    travel = read("travel.csv")
    minutes = {(row["from"], row["to"]): row["minutes"] for row in travel.to_dict("records")}
    districts = sorted(set(travel["from"]))
    rows = []
    for offer in offers.to_dict("records"):
        for district in offer["districts"].split(";") if offer["districts"] else districts:
            cost = minutes[offer["home"], district] if offer["mode"] == "on_site" else 0
            rows.append((district, offer["offer"], cost))
    return pd.DataFrame(rows, columns=["district", "offer", "minutes"])


def need() -> pd.DataFrame:
    """One row per theme × group × district: places needed (METHODS M1)."""
    joined = read("population.csv").merge(read("planning.csv"), on="group")
    return joined.assign(places=joined["persons"] * joined["places_per_100"] / 100)


def weight(minutes: float) -> float:
    return next((share for limit, share in sorted(STEPS.items()) if minutes <= limit), 0.0)


def supply(offers: pd.DataFrame, needed: pd.DataFrame, cost: pd.DataFrame) -> list[tuple[str, str, str, float]]:
    """Places of each offer per cell, in proportion to the need within its reach: Σ N·w per theme × group."""
    shares = []
    for offer in offers.to_dict("records"):
        reach = cost[cost["offer"] == offer["offer"]].set_index("district")["minutes"].map(weight)
        mine = needed[
            needed["theme"].isin(offer["themes"].split(";")) & needed["group"].isin(offer["groups"].split(";"))
        ]
        cells = mine.assign(near=mine["places"] * mine["district"].map(reach).fillna(0)).groupby(["theme", "group"])
        near = cells["near"].sum()
        if near.sum() > 0:
            places = offer["places"] * near / near.sum()
            shares += [(offer["offer"], t, g, float(p)) for (t, g), p in places.items() if p > 0]
    return shares


def main() -> None:
    if "--draw" in sys.argv:
        draw()
    offers, needed = read("offers.csv"), need()
    cost = costs(offers)
    shares = supply(offers, needed, cost)
    write("supply.csv", ("offer", "theme", "group", "places"), shares)
    frame = pd.DataFrame(shares, columns=["offer", "theme", "group", "places"])
    expected = []
    for (theme, group), cell in needed[needed["places"] > 0].groupby(["theme", "group"]):
        here = frame[(frame["theme"] == theme) & (frame["group"] == group)]
        reach = Access(
            demand_df=cell.set_index("district")[["places"]],
            demand_value="places",
            supply_df=here.set_index("offer")[["places"]],
            supply_value="places",
            cost_df=cost[cost["offer"].isin(here["offer"])],
            cost_origin="district",
            cost_dest="offer",
            cost_name="minutes",
        ).enhanced_two_stage_fca(name="e2sfca", cost="minutes", max_cost=45, weight_fn=weights.step_fn(STEPS))
        found = reach["e2sfca_places"].reindex(sorted(cell["district"])).fillna(0.0)
        expected += [(theme, group, district, repr(float(value))) for district, value in found.items()]
    write("expected.csv", ("theme", "group", "district", "coverage"), expected)


if __name__ == "__main__":
    main()
