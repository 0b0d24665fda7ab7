"""Estimates what nobody has published: travel minutes and people per district.

    python data/dessau-rosslau/estimate.py

reads districts.csv, districts.geojson and city_totals.csv beside this file and rewrites travel.csv and
population.csv. The same input gives the same output, to the byte. Every judgement is a constant below with its
reason; who knows better changes the constant, or replaces a row of the output by a measured or official one.
"""

import csv
import json
import sys
from pathlib import Path

import pandas as pd

FOLDER = Path(__file__).resolve().parent
sys.path.append(str(FOLDER.parents[1]))

from esdash.inventory import travel  # noqa: E402  (found only now)

# ---------------------------------------------------------------- travel, for people without a car
# Speeds and detour are those of every city (esdash/inventory/travel.py). Which bank a district lies on is said here:
# the published line of the rivers is too coarse to be asked.

RIVERS = travel.Rules(
    rivers={
        "Elbe": 12,  # few bridges, few lines across: longer way and longer waiting
        "Mulde": 8,  # few bridges, nearer to the centre
    }
)
NORTH_OF_ELBE = {"20", "21", "22", "23", "24", "25"}
EAST_OF_MULDE = {"07", "08", "18", "19"}

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
    areas = {feature["id"]: travel.area_km2(feature["geometry"]) for feature in shapes["features"]}
    write("travel.csv", ways(districts, areas))
    write("population.csv", population(districts, totals))


def ways(districts: pd.DataFrame, areas: dict[str, float]) -> pd.DataFrame:
    centres = {row.district_id: (row.lon, row.lat) for row in districts.itertuples()}
    return pd.DataFrame(travel.table(centres, areas, RIVERS, crossed))


def crossed(start: str, end: str) -> list[str]:
    """Rivers between two districts."""
    banks = {"Elbe": NORTH_OF_ELBE, "Mulde": EAST_OF_MULDE}
    return [river for river, bank in banks.items() if (start in bank) != (end in bank)]


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
