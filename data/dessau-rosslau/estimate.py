"""Estimates what nobody has published: travel minutes and people per district.

    python data/dessau-rosslau/estimate.py

reads districts.csv, districts.geojson and city_totals.csv beside this file and rewrites travel.csv and
population.csv. The same input gives the same output, to the byte. Every judgement is a constant below with its
reason; who knows better changes the constant, or replaces a row of the output by a measured or official one.
"""

import csv
import json
import math
from itertools import pairwise
from pathlib import Path

import pandas as pd

FOLDER = Path(__file__).resolve().parent

# ---------------------------------------------------------------- travel, for people without a car

DETOUR = 1.3  # way on streets / straight line; 1.2 to 1.4 is usual in towns
WALK_KMH = 4.5  # an adult with bags or a child
BUS_KMH = 20  # town bus or tram with its stops
BUS_ACCESS_MIN = 9  # to the stop, waiting, from the stop
ELBE_MIN = 12  # few bridges, few lines across: longer way and longer waiting
MULDE_MIN = 8  # few bridges, nearer to the centre
NORTH_OF_ELBE = {"20", "21", "22", "23", "24", "25"}
EAST_OF_MULDE = {"07", "08", "18", "19"}
WITHIN_SHARE = 0.5  # typical way within a district: half the radius of a circle of the same area
WITHIN_MAX_MIN = 12  # large cells are mostly woods and fields, people live in the village

# ---------------------------------------------------------------- people by district

CITY_RESIDENTS = 79686  # 31.12.2023, Statistisches Landesamt Sachsen-Anhalt (facts/city_timeseries.csv)

# Own weights for the districts without a published figure; together they are what the published figures leave of
# the city's total. Only their proportions count.
RESIDENT_WEIGHT = {
    "01": 10500,  # "over 10,000" in 2023 (Mitteldeutsche Zeitung), one of the two largest districts
    "02": 6300,  # small, dense, many shops and offices
    "03": 7800,  # the quarter Am Leipziger Tor alone has about 6,000
    "04": 5000,  # rented flats and own homes on 4 km²
    "05": 1500,  # own homes beside woods
    "10": 2400,  # own homes on 2 km²
    "16": 3600,  # estate planned for about 7,000, later partly torn down
    "17": 1600,  # small district between Alten and the centre
    "23": 1000,  # settlement of a little under 1 km²
    "24": 320,  # small village, size of Brambach or Kleutsch
    "25": 321,  # two small villages, size of Brambach or Kleutsch
}

# Share of foreigners relative to each other: judgements by kind of district. Nothing is published by district,
# except for the quarter Am Leipziger Tor: 14.8 % of its people had a migration background against 6.4 % in the
# city, so 2.3.
SHARE = {
    "01": 1.7,  # inner city: rented flats, short ways to offices and language schools
    "02": 1.6,  # inner city, as 01; a little less because of its shops and offices
    "03": 2.3,  # Am Leipziger Tor: 14.8 / 6.4
    "16": 2.0,  # large housing estate with cheap flats
    "13": 1.2,  # mixed, next to the large estate
    "04": 1.0,  # mixed: rented flats and own homes
    "17": 1.0,  # mixed
    "09": 0.8,  # more own homes than rented flats
    "22": 0.8,  # a small town of its own, rented flats in its centre
    "05": 0.5, "06": 0.5, "10": 0.5, "14": 0.5,  # own homes within the town, few rented flats
    "07": 0.3, "08": 0.3, "11": 0.3, "12": 0.3, "15": 0.3,  # villages: own homes, long ways, few buses
    "18": 0.3, "19": 0.3, "20": 0.3, "21": 0.3, "23": 0.3, "24": 0.3, "25": 0.3,
}  # fmt: skip


def main() -> None:
    districts = pd.read_csv(FOLDER / "districts.csv", dtype={"district_id": str})
    totals = pd.read_csv(FOLDER / "city_totals.csv", dtype=str)
    shapes = json.loads((FOLDER / "districts.geojson").read_text(encoding="utf-8"))
    areas = {feature["id"]: area_km2(feature["geometry"]) for feature in shapes["features"]}
    write("travel.csv", travel(districts, areas))
    write("population.csv", population(districts, totals))


def travel(districts: pd.DataFrame, areas: dict[str, float]) -> pd.DataFrame:
    centres = [(row.district_id, row.lat, row.lon) for row in districts.itertuples()]
    rows = []
    for start, lat, lon in centres:
        for end, end_lat, end_lon in centres:
            if start == end:
                km = WITHIN_SHARE * math.sqrt(areas[start] / math.pi)
                minutes = min(on_the_way(km), WITHIN_MAX_MIN)
                source = "Geschätzt: typischer Weg im Stadtbezirk, zu Fuß oder mit dem Bus"
            else:
                elbe = (start in NORTH_OF_ELBE) != (end in NORTH_OF_ELBE)
                mulde = (start in EAST_OF_MULDE) != (end in EAST_OF_MULDE)
                minutes = on_the_way(straight_km(lat, lon, end_lat, end_lon)) + elbe * ELBE_MIN + mulde * MULDE_MIN
                source = "Geschätzt: Luftlinie mal 1,3, zu Fuß oder mit dem Bus"
                source += f", Elbe +{ELBE_MIN} min" if elbe else ""
                source += f", Mulde +{MULDE_MIN} min" if mulde else ""
            rows.append((start, end, math.floor(minutes + 0.5), "estimated", source))
    return pd.DataFrame(rows, columns=["from_district_id", "to_district_id", "minutes", "quality", "source"])


def on_the_way(km: float) -> float:
    """Minutes for a straight-line distance: the quicker of walking and the bus."""
    way = km * DETOUR
    return min(60 * way / WALK_KMH, BUS_ACCESS_MIN + 60 * way / BUS_KMH)


def straight_km(lat: float, lon: float, end_lat: float, end_lon: float) -> float:
    x, y = flat_km(lon - end_lon, lat - end_lat, (lat + end_lat) / 2)
    return math.hypot(x, y)


def flat_km(lon: float, lat: float, at_lat: float) -> tuple[float, float]:
    """Degrees as kilometres on a plane; good enough within one city."""
    return lon * 111.32 * math.cos(math.radians(at_lat)), lat * 111.32


def area_km2(geometry: dict) -> float:
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return sum(ring_km2(rings[0]) - sum(ring_km2(hole) for hole in rings[1:]) for rings in polygons)


def ring_km2(ring: list[list[float]]) -> float:
    """Shoelace formula."""
    points = [flat_km(lon, lat, ring[0][1]) for lon, lat in ring]
    return abs(sum(x * next_y - next_x * y for (x, y), (next_x, next_y) in pairwise(points))) / 2


def population(districts: pd.DataFrame, totals: pd.DataFrame) -> pd.DataFrame:
    """Each group's city total, spread over the districts by residents × share."""
    published = districts.set_index("district_id")["residents"]
    left = CITY_RESIDENTS - published.sum()
    weights = pd.Series(RESIDENT_WEIGHT)
    residents = published.fillna(weights * left / weights.sum())
    parts = residents * pd.Series(SHARE)
    rows = []
    for total in totals.itertuples():
        for district_id, persons in whole_numbers(parts, int(total.persons)).items():
            base = "geschätzte Einwohnerzahl" if pd.isna(published[district_id]) else "veröffentlichte Einwohnerzahl"
            source = f"Verteilung auf Stadtbezirke geschätzt: {base} mal angenommener Anteil."
            rows.append((district_id, total.target_group_id, persons, total.as_of, "estimated", source))
    frame = pd.DataFrame(rows, columns=["district_id", "target_group_id", "persons", "as_of", "quality", "source"])
    return frame.sort_values("district_id", kind="stable")


def whole_numbers(parts: pd.Series, total: int) -> pd.Series:
    """Whole persons in the proportion of parts that add up to total (largest remainder)."""
    exact = parts / parts.sum() * total
    whole = exact.astype(int)
    missing = total - int(whole.sum())
    whole[(exact - whole).sort_values(ascending=False, kind="stable").index[:missing]] += 1
    return whole


def write(name: str, frame: pd.DataFrame) -> None:
    frame.to_csv(FOLDER / name, index=False, lineterminator="\n", quoting=csv.QUOTE_MINIMAL)
    print(name, len(frame))


if __name__ == "__main__":
    main()
