"""Maps and ways of a city: GeoJSON, shares of population points, and estimated minutes where no file gives them."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from esdash.errors import UserError
from esdash.inventory import travel
from esdash.inventory.city.declared import Row

Districts = Mapping[str, Mapping[str, Any]]  # key → row
Rivers = Mapping[str, list[travel.Line]]

SHARES_TOLERANCE = 0.01  # shares written as rounded percentages
_AREAS, _LINES = ("Polygon", "MultiPolygon"), ("LineString", "MultiLineString")


def ways(districts: Districts, rules: travel.Rules, crossing: Rivers) -> Iterator[Row]:
    """Yields one row per ordered pair of districts: estimated minutes."""
    centres = _places(districts)
    areas = {key: travel.area_km2(row["geometry"]) for key, row in districts.items() if row.get("geometry")}
    return travel.table(
        centres, areas, rules, lambda start, end: travel.rivers_crossed(centres[start], centres[end], crossing)
    )


def ways_to(districts: Districts, points: Districts, rules: travel.Rules, crossing: Rivers) -> Iterator[Row]:
    """Yields one row per district × population point: estimated minutes."""
    return travel.to_points(
        _places(districts), _places(points), rules, lambda start, end: travel.rivers_crossed(start, end, crossing)
    )


def adjusted(points: list[Row]) -> dict[str, float]:
    """Divide the shares of each district by their sum, in place; returns the sums as they were."""
    total: dict[str, float] = defaultdict(float)
    for row in points:
        total[row["district_id"]] += row["share"]
    for row in points:
        row["share"] /= total[row["district_id"]] or 1
    return dict(total)


def rivers(name: str, content: str) -> dict[str, list[travel.Line]]:
    """River → its lines. Raises UserError for a file that holds no lines."""
    found: dict[str, list[travel.Line]] = defaultdict(list)
    try:
        for feature in geojson(name, content)["features"]:
            shape = _shape(name, feature["geometry"], _LINES)
            lines = shape["coordinates"]
            for line in [lines] if shape["type"] == "LineString" else lines:
                found[feature["properties"]["name"]].append([(float(point[0]), float(point[1])) for point in line])
    except (KeyError, IndexError, TypeError, ValueError) as error:
        raise UserError("city_file_wrong", path=name, details=error) from error
    return found


def geojson(name: str, content: str) -> dict[str, Any]:
    """The document. Raises UserError for what is no GeoJSON."""
    try:
        document = json.loads(content, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise UserError("city_file_wrong", path=name, details=error) from error
    if not isinstance(document, dict):
        raise UserError("city_file_wrong", path=name, details="GeoJSON")
    return document


def shapes(name: str, document: Mapping[str, Any]) -> dict[str, Any]:
    """Id → geometry of each feature. Raises UserError for a feature without an id or an area."""
    try:
        return {
            str(feature.get("id") or feature["properties"]["id"]): _shape(name, feature["geometry"], _AREAS)
            for feature in document["features"]
        }
    except (AttributeError, KeyError, TypeError) as error:
        raise UserError("city_file_wrong", path=name, details=error) from error


def first_shape(name: str, document: Mapping[str, Any]) -> dict[str, Any]:
    """The geometry of the first feature, or the document where it is a geometry itself. Raises UserError for none."""
    try:
        return _shape(name, document["features"][0]["geometry"] if "features" in document else document, _AREAS)
    except (IndexError, KeyError, TypeError) as error:
        raise UserError("city_file_wrong", path=name, details=error) from error


def _shape(name: str, geometry: Any, kinds: tuple[str, ...]) -> dict[str, Any]:
    shape: dict[str, Any] = geometry
    depth = {"LineString": 1, "Polygon": 2, "MultiLineString": 2, "MultiPolygon": 3}
    if shape["type"] not in kinds or not _points(shape["coordinates"], depth[shape["type"]]):
        raise UserError("city_file_wrong", path=name, details=shape["type"])
    return shape


def _points(part: Any, depth: int) -> bool:
    """Whether a part of a geometry holds, so deep in lists, points on the earth: longitude, latitude."""
    if depth:
        return isinstance(part, list) and bool(part) and all(_points(one, depth - 1) for one in part)
    numbers = isinstance(part, list) and len(part) > 1 and all(isinstance(one, int | float) for one in part)
    return numbers and abs(part[0]) <= 180 and abs(part[1]) <= 90


def _no_number(name: str) -> None:
    """JSON knows no NaN and no Infinity."""
    raise ValueError(name)


def _places(rows: Districts) -> dict[str, travel.Point]:
    """Key → longitude, latitude."""
    return {key: (float(row["lon"]), float(row["lat"])) for key, row in rows.items()}
