"""Loading a city: a folder whose CSV, TOML and GeoJSON files fill the reference tables."""

import csv
import json
import tomllib
from collections import defaultdict
from pathlib import Path
from typing import Any

from esdash.errors import UserError
from esdash.inventory import travel
from esdash.inventory.file import local_time
from esdash.inventory.file.store import Change

# Table → file of the city's folder, in the order of loading.
FILES = {
    "district": "districts.csv",
    "district_travel": "travel.csv",
    "theme": "themes.csv",
    "target_group": "target_groups.csv",
    "language": "languages.csv",
    "module": "modules.csv",
    "population": "population.csv",
    "city_total": "city_totals.csv",
    "planning_value": "planning_values.csv",
    "criterion": "criteria.csv",
}

# Files that a city may leave out. Missing tables of travel between districts or to points are estimated (travel.py);
# without points, all people of a district count as living at its centre.
POINTS, POINT_TRAVEL = "population_points.csv", "point_travel.csv"
RIVERS = "rivers.geojson"
RANGES = "capacity_ranges.csv"  # without it the usual ranges hold (METHODS M11)
SHARES_TOLERANCE = 0.01  # shares written as rounded percentages

# Keys that the files may leave out: they are made from these columns.
_KEYS = {
    "district_travel": ("from_district_id", "to_district_id"),
    "population": ("district_id", "target_group_id"),
    "planning_value": ("theme_id", "target_group_id"),
    "point_travel": ("from_district_id", "population_point_id"),
    "capacity_range": ("theme_id",),
}


def load(change: Change, folder: Path) -> None:
    """Fill the reference tables from the city's folder. Raises UserError for a file that is missing or wrong."""
    if not (folder / "city.toml").is_file():
        raise UserError("city_missing", path=folder / "city.toml")
    city = tomllib.loads((folder / "city.toml").read_text(encoding="utf-8"))
    rules = travel.Rules.of(city.pop("travel", {}), folder / "city.toml")
    outline = folder / "outline.geojson"
    city["timezone"] = local_time.checked(city.get("timezone", local_time.DEFAULT), folder / "city.toml")
    city["outline"] = _geometry(json.loads(outline.read_text(encoding="utf-8"))) if outline.is_file() else None
    change.insert("city", [city])
    shapes = _shapes(folder / "districts.geojson")
    tables: dict[str, list[dict[str, Any]]] = {}
    for table, name in FILES.items():
        estimated = table == "district_travel" and not (folder / name).is_file()
        rows = _ways(folder, tables["district"], shapes, rules) if estimated else read_rows(folder / name)
        tables[table] = rows
        if table == "district":
            rows = [row | {"geometry": shapes.get(str(row["district_id"]))} for row in rows]
        _insert(change, table, rows, folder / name)
    if (folder / RANGES).is_file():
        _insert(change, "capacity_range", read_rows(folder / RANGES), folder / RANGES)
    if (folder / POINTS).is_file():
        points = _points(folder / POINTS)
        _insert(change, "population_point", points, folder / POINTS)
        given = (folder / POINT_TRAVEL).is_file()
        ways = read_rows(folder / POINT_TRAVEL) if given else _ways_to(folder, tables["district"], points, rules)
        _insert(change, "point_travel", ways, folder / POINT_TRAVEL)


def _insert(change: Change, table: str, rows: list[dict[str, Any]], path: Path) -> None:
    """Insert the rows of a file, with their keys. Raises UserError for a row that breaks a rule of the table."""
    if table in _KEYS:
        rows = [row | {f"{table}_id": "|".join(str(row[column]) for column in _KEYS[table])} for row in rows]
    try:
        change.insert(table, rows)
    except Exception as error:
        raise UserError("city_file_wrong", path=path, details=str(error).splitlines()[0]) from error


def _points(path: Path) -> list[dict[str, Any]]:
    """Population points; rounded shares are adjusted to a sum of 1 per district. Raises UserError for other sums."""
    rows = read_rows(path)
    total: dict[Any, float] = defaultdict(float)
    try:
        for row in rows:
            total[row["district_id"]] += float(row["share"])
    except (KeyError, TypeError, ValueError) as error:
        raise UserError("city_file_wrong", path=path, details=f"share: {error}") from error
    for district, share in total.items():
        if abs(share - 1) > SHARES_TOLERANCE:
            raise UserError("city_file_wrong", path=path, details=f"{district}: share {share:g} ≠ 1")
    return [row | {"share": float(row["share"]) / total[row["district_id"]]} for row in rows]


def _ways(
    folder: Path, districts: list[dict[str, Any]], shapes: dict[str, Any], rules: travel.Rules
) -> list[dict[str, Any]]:
    """One row per ordered pair of districts: estimated minutes."""
    centres, rivers = _places(districts, "district_id", folder / FILES["district"]), _rivers(folder / RIVERS)
    areas = {district: travel.area_km2(shape) for district, shape in shapes.items()}
    return travel.table(
        centres, areas, rules, lambda start, end: travel.rivers_crossed(centres[start], centres[end], rivers)
    )


def _ways_to(
    folder: Path, districts: list[dict[str, Any]], points: list[dict[str, Any]], rules: travel.Rules
) -> list[dict[str, Any]]:
    """One row per district × population point: estimated minutes."""
    rivers = _rivers(folder / RIVERS)
    centres = _places(districts, "district_id", folder / FILES["district"])
    targets = _places(points, "population_point_id", folder / POINTS)
    return travel.to_points(centres, targets, rules, lambda start, end: travel.rivers_crossed(start, end, rivers))


def _places(rows: list[dict[str, Any]], key: str, path: Path) -> dict[str, travel.Point]:
    """Key → longitude, latitude. Raises UserError for a row without coordinates."""
    try:
        return {row[key]: (float(row["lon"]), float(row["lat"])) for row in rows}
    except (KeyError, TypeError, ValueError) as error:
        raise UserError("city_file_wrong", path=path, details=f"lat, lon: {error}") from error


def _rivers(path: Path) -> dict[str, list[travel.Line]]:
    """River → its lines; empty where the city has no such file. Raises UserError for a file that holds no lines."""
    if not path.is_file():
        return {}
    rivers: dict[str, list[travel.Line]] = defaultdict(list)
    try:
        for feature in json.loads(path.read_text(encoding="utf-8"))["features"]:
            kind, lines = feature["geometry"]["type"], feature["geometry"]["coordinates"]
            if kind not in ("LineString", "MultiLineString"):
                raise UserError("city_file_wrong", path=path, details=str(kind))
            for line in [lines] if kind == "LineString" else lines:
                rivers[feature["properties"]["name"]].append([(float(point[0]), float(point[1])) for point in line])
    except (KeyError, IndexError, TypeError, ValueError) as error:
        raise UserError("city_file_wrong", path=path, details=str(error)) from error
    return rivers


def read_rows(path: Path) -> list[dict[str, Any]]:
    """Rows of one of our own CSV files (UTF-8, comma); an empty cell is None. Raises UserError if it is missing."""
    if not path.is_file():
        raise UserError("city_missing", path=path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [{name: value or None for name, value in row.items()} for row in csv.DictReader(file)]


def _shapes(path: Path) -> dict[str, Any]:
    """District id → GeoJSON geometry; empty where the city has no map."""
    if not path.is_file():
        return {}
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    return {str(feature.get("id") or feature["properties"]["id"]): feature["geometry"] for feature in features}


def _geometry(document: dict[str, Any]) -> dict[str, Any]:
    geometry: dict[str, Any] = document["features"][0]["geometry"] if "features" in document else document
    return geometry
