"""Estimated travel, rivers and population points of a city that has no tables of its own."""

import csv
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from esdash.analysis import open_inventory
from esdash.analysis.coverage import coverage
from esdash.errors import UserError
from esdash.inventory import Inventory, city, create, default_city, travel
from esdash.inventory.access import Action
from esdash.inventory.travel import Rules
from tests.analysis.entries import enter, offer
from tests.conftest import NOW, TINY_CITY
from tests.people import TEST, TESTER

KM = 1 / 111.32  # degrees of latitude
# A winding river from west to east: it cuts the line x = 0 three times, x = 0.02 once and x = 0.04 twice.
WINDING = [(-0.02, 0.01), (0.01, 0.01), (0.01, 0.02), (-0.01, 0.02), (-0.01, 0.03), (0.03, 0.03)]


def test_the_quicker_of_walking_and_the_bus() -> None:
    rules = Rules()
    assert rules.on_the_way(0.5) == pytest.approx(60 * 0.65 / 4.5)  # 8.7 minutes on foot
    assert rules.on_the_way(5) == pytest.approx(9 + 60 * 6.5 / 20)  # 28.5 minutes by bus


def test_each_river_costs_its_own_minutes() -> None:
    rules = Rules(rivers={"Elbe": 12})
    way = travel.between((0, 0), (0, 5 * KM), ["Elbe", "Bach"], rules)
    assert way.minutes == 49  # 28.5 + 12 + 8, rounded up from a half
    assert way.source == "Geschätzt: Luftlinie mal 1,3, zu Fuß oder mit dem Bus, Elbe +12 min, Bach +8 min"


@pytest.mark.parametrize(
    ("start", "end", "crossed"),
    [
        ((0, 0), (0, 0.05), ["R"]),  # three times: another bank
        ((0.02, 0), (0.02, 0.05), ["R"]),  # once
        ((0, 0.015), (0, 0.025), ["R"]),  # within the bend
        ((0, 0.005), (0, 0.025), []),  # twice: the same bank
        ((0.04, 0), (0.04, 0.05), []),  # past its end
        ((0.02, 0.0), (0.02, 0.02), []),
    ],
)
def test_rivers_between_two_points(start: travel.Point, end: travel.Point, crossed: list[str]) -> None:
    assert travel.rivers_crossed(start, end, {"R": [WINDING]}) == crossed
    assert travel.rivers_crossed(end, start, {"R": [WINDING]}) == crossed


def test_the_way_within_a_district() -> None:
    assert travel.within(4, Rules()).minutes == round(60 * 0.5 * (4 / 3.14159) ** 0.5 * 1.3 / 4.5)  # on foot
    assert travel.within(400, Rules()).minutes == travel.within(None, Rules()).minutes == 12


@pytest.mark.parametrize(
    "section",
    [{"speed": 3}, {"walk_kmh": 0}, {"detour": -1}, {"bus_kmh": "20"}, {"rivers": {"Elbe": -1}}, {"rivers": 3}],
)
def test_rules_that_cannot_be_meant(section: dict[str, object]) -> None:
    with pytest.raises(UserError, match="city_file_wrong"):
        Rules.of(section, "city.toml")


def test_the_table_of_dessau_is_still_what_its_rules_say(tmp_path: Path) -> None:
    """To the byte, also the people per district."""
    root = tmp_path / "data" / "x"
    shutil.copytree(default_city(), root)
    (tmp_path / "esdash").symlink_to(Path(travel.__file__).parents[1])
    for name in ("travel.csv", "population.csv"):
        (root / name).unlink()
    subprocess.run([sys.executable, root / "estimate.py"], check=True, capture_output=True, timeout=60)
    for name in ("travel.csv", "population.csv"):
        assert (root / name).read_bytes() == (default_city() / name).read_bytes()


# ---------------------------------------------------------------- a city with rivers and points

# District 03 (Am Fluss): a quarter of its people live near its centre, the others beyond the river.
POINTS = [("p1", "03", "Dorf", 52.005, 11.0151, 0.25), ("p2", "03", "Siedlung", 52.005, 11.03, 0.75)]
RIVER = [[11.02, 51.9], [11.02, 52.1]]


def made(
    folder: Path, points: list[tuple[object, ...]] | None = None, river: bool = False, table: bool = False
) -> Inventory:
    """Musterstadt with what a test gives it."""
    home = folder / "city"
    shutil.copytree(TINY_CITY, home)
    if not table:
        (home / "travel.csv").unlink()
    if river:
        line = {
            "type": "Feature",
            "properties": {"name": "Mulde"},
            "geometry": {"type": "LineString", "coordinates": RIVER},
        }
        (home / "rivers.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": [line]}))
        with (home / "city.toml").open("a", encoding="utf-8") as file:
            file.write("\n[travel]\nriver_min = 30\n")
    if points is not None:
        with (home / "population_points.csv").open("w", encoding="utf-8", newline="") as file:
            header = ("population_point_id", "district_id", "name", "lat", "lon", "share")
            csv.writer(file).writerows([header, *points])
    path = folder / "i.duckdb"

    def fill(inventory: Inventory) -> None:
        with inventory.change(TEST, Action.EDIT_RECORDS) as change:
            city.load(change, home)

    create(path, "empty", fill, TESTER, lambda: NOW)
    return open_inventory(path, clock=lambda: NOW)


def minutes(inventory: Inventory, table: str, end: str) -> dict[tuple[str, str], float]:
    return {(row["from_district_id"], row[end]): row["minutes"] for row in inventory.rows(f"FROM {table}")}


def test_a_city_without_a_table_gets_one(tmp_path: Path) -> None:
    inventory = made(tmp_path)
    ways = minutes(inventory, "district_travel", "to_district_id")
    assert len(ways) == 9
    # 0.01 degrees of latitude are 1.1132 km: 1.447 km on streets, by bus 9 + 4.3 minutes
    assert ways["01", "02"] == ways["02", "01"] == 13
    assert {row["quality"] for row in inventory.rows("FROM district_travel")} == {"estimated"}
    inventory.close()


def coverage_of_points(inventory: Inventory, offers: dict[str, float]) -> dict[str, float]:
    """Coverage of German for adults, computed on the points themselves: each has its share of the district's need."""
    need = {"01": 20.0, "02": 10.0, "03": 4.0}
    ways = minutes(inventory, "district_travel", "to_district_id") | minutes(
        inventory, "point_travel", "population_point_id"
    )
    homes = [("01", "01", 1.0), ("02", "02", 1.0), ("p1", "03", 0.25), ("p2", "03", 0.75)]

    def weight(way: float) -> float:
        return next((share for limit, share in ((15, 1.0), (30, 0.68), (45, 0.22)) if way <= limit), 0.0)

    reached = dict.fromkeys(need, 0.0)
    for home, places in offers.items():
        demand = sum(need[district] * share * weight(ways[home, point]) for point, district, share in homes)
        for point, district, share in homes:
            reached[district] += places / demand * need[district] * share * weight(ways[home, point])
    return {district: places / need[district] for district, places in reached.items()}


def test_points_of_a_district_count_with_their_shares(tmp_path: Path) -> None:
    inventory = made(tmp_path, POINTS, river=True)
    to_points = minutes(inventory, "point_travel", "population_point_id")
    assert to_points["03", "p2"] - to_points["03", "p1"] > 30  # the river lies between
    enter(inventory, offer("a", capacity=10), offer("b", capacity=6, location_id="centre_03"))
    cells = coverage.cells(inventory)
    found = cells[(cells["theme_id"] == "german_courses") & (cells["target_group_id"] == "adults")]
    expected = coverage_of_points(inventory, {"01": 10, "03": 6})
    assert found.set_index("district_id")["coverage"].to_dict() == pytest.approx(expected, abs=1e-12)
    assert expected["03"] < 0.75  # with one centre it would be more
    assert cells["places_reaching"].sum() == pytest.approx(16, abs=1e-9)
    inventory.close()


def test_one_point_at_the_centre_changes_nothing(tmp_path: Path) -> None:
    lone = [("p", "03", "Mitte", 52.005, 11.015, 1)]
    (tmp_path / "a").mkdir(), (tmp_path / "b").mkdir()
    with_point, without = made(tmp_path / "a", lone), made(tmp_path / "b")
    for inventory in (with_point, without):
        enter(inventory, offer("a", capacity=10))
    assert coverage.cells(with_point)["coverage"].dropna().tolist() == pytest.approx(
        coverage.cells(without)["coverage"].dropna().tolist(), abs=1e-12
    )
    with_point.close(), without.close()


@pytest.mark.parametrize(
    ("points", "key"),
    [
        ([("p", "03", "Dorf", 52, 11, 0.5)], "city_shares"),  # half of the people are nowhere
        ([("p", "03", "Dorf", 52, 11, "viel")], "city_number"),
        ([("p", "03", "Dorf", "", 11, 1)], "city_empty"),
        ([("p", "03", "Dorf", 52, 11, 2), ("q", "03", "Berg", 52, 11, -1)], "city_too_large"),
    ],
)
def test_points_that_cannot_be_meant(tmp_path: Path, points: list[tuple[object, ...]], key: str) -> None:
    with pytest.raises(UserError, match=key):
        made(tmp_path, points)


@pytest.mark.parametrize(
    "content", ["{}", '{"features": [3]}', '{"features": [{"geometry": {"type": "Point", "coordinates": [1, 2]}}]}']
)
def test_rivers_that_are_none(tmp_path: Path, content: str) -> None:
    shutil.copytree(TINY_CITY, tmp_path / "c")
    (tmp_path / "c" / "travel.csv").unlink()
    (tmp_path / "c" / "rivers.geojson").write_text(content)

    def fill(inventory: Inventory) -> None:
        with inventory.change(TEST, Action.EDIT_RECORDS) as change:
            city.load(change, tmp_path / "c")

    with pytest.raises(UserError, match="city_file_wrong"):
        create(tmp_path / "i.duckdb", "empty", fill, TESTER, lambda: NOW)
