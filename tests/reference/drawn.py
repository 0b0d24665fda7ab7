"""Two large inputs for the comparison with PySAL `access`, the same wherever they are drawn.

Rows are those of the CSV files beside this one: population, planning, travel, offers. One theme, one group.
"""

import csv
import math
import random
from collections.abc import Callable
from pathlib import Path

Rows = list[dict[str, str]]
Tables = tuple[Rows, Rows, Rows, Rows]

SEED = 20261122
MOST_MINUTES = 45  # farther than that nothing counts (METHODS M2), so the pair is left out
SIDE_KM, MINUTES_PER_KM = 40, 9.0  # of the square in which the 2,000 points lie: about 100 within reach of each


def districts_and_sites() -> Tables:
    """25 districts of Dessau-Roßlau and 500 offers."""
    with (Path(__file__).parent / "travel.csv").open(encoding="utf-8", newline="") as file:
        travel = list(csv.DictReader(file))
    return _tables(sorted({row["from"] for row in travel}), travel, 500)


def points_and_sites() -> Tables:
    """2,000 points, and 2,000 offers at some of them; a third of the points has none, some have several."""
    chance = random.Random(SEED)
    points = [(f"p{number:04}", chance.random() * SIDE_KM, chance.random() * SIDE_KM) for number in range(2000)]
    travel = []
    for start, x, y in points:
        for end, other_x, other_y in points:
            minutes = MINUTES_PER_KM * math.hypot(x - other_x, y - other_y)
            if minutes <= MOST_MINUTES:
                travel.append({"from": start, "to": end, "minutes": repr(minutes)})
    return _tables([point[0] for point in points], travel, 2000)


def _tables(districts: list[str], travel: Rows, sites: int) -> Tables:
    chance = random.Random(SEED + sites)
    people = [
        {"district": district, "group": "adults", "persons": str(5 + int(1500 * chance.random()))}
        for district in districts
    ]
    offers = [
        {
            "offer": f"i{number:04}",
            "places": str(3 + int(80 * chance.random())),
            "mode": "on_site",
            "home": districts[int(len(districts) * chance.random())],
            "districts": "",
            "themes": "german",
            "groups": "adults",
        }
        for number in range(sites)
    ]
    return people, [{"theme": "german", "group": "adults", "places_per_100": "4"}], travel, offers


DRAWN: dict[str, Callable[[], Tables]] = {"25x500": districts_and_sites, "2000x2000": points_and_sites}
