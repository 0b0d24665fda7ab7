"""Estimated minutes of travel for people without a car, for a city without its own table (METHODS M2).

The quicker of walking and the bus, along the straight line × a detour, plus minutes for each river on the way. A city
can set better values in city.toml:

    [travel]
    detour = 1.3
    river_min = 8
    [travel.rivers]      # by the name in rivers.geojson
    Elbe = 12
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from itertools import pairwise
from typing import Any

from esdash.errors import UserError

DETOUR = 1.3  # way on streets / straight line; 1.2 to 1.4 is usual in towns
WALK_KMH = 4.5  # an adult with bags or a child
BUS_KMH = 20.0  # town bus or tram with its stops
BUS_ACCESS_MIN = 9.0  # to the stop, waiting, from the stop
RIVER_MIN = 8.0  # few bridges and few lines across mean longer ways and longer waiting
WITHIN_SHARE = 0.5  # typical way within a district: half the radius of a circle of the same area
WITHIN_MAX_MIN = 12.0  # large districts are mostly woods and fields, and people live close together

Point = tuple[float, float]  # longitude, latitude, as in GeoJSON
Line = Sequence[Sequence[float]]


@dataclass(frozen=True)
class Rules:
    """The rules of the estimate; a river that is not in `rivers` takes river_min minutes."""

    detour: float = DETOUR
    walk_kmh: float = WALK_KMH
    bus_kmh: float = BUS_KMH
    bus_access_min: float = BUS_ACCESS_MIN
    river_min: float = RIVER_MIN
    within_max_min: float = WITHIN_MAX_MIN
    rivers: Mapping[str, float] = field(default_factory=dict)

    @staticmethod
    def of(given: Any, path: object) -> Rules:
        """The rules from section travel of city.toml. Raises UserError for an unknown name or a number out of range."""
        rivers = given.get("rivers", {}) if isinstance(given, dict) else None
        if not isinstance(rivers, dict):
            raise UserError("city_file_wrong", path=path, details="[travel]")
        numbers = {name: value for name, value in given.items() if name != "rivers"}
        strange = numbers.keys() - {entry.name for entry in fields(Rules)}
        for name, value in (numbers | rivers).items():
            number = isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < math.inf
            if name in strange or not number or (value == 0 and name in ("detour", "walk_kmh", "bus_kmh")):
                raise UserError("city_file_wrong", path=path, details=f"[travel] {name} = {value}")
        return Rules(**numbers, rivers=rivers)

    def on_the_way(self, km: float) -> float:
        """Minutes for a straight-line distance: the quicker of walking and the bus."""
        way = km * self.detour
        return min(60 * way / self.walk_kmh, self.bus_access_min + 60 * way / self.bus_kmh)

    def within(self, area_km2: float | None) -> float:
        """Minutes of a typical way within a district; the maximum if its area is unknown."""
        if area_km2 is None:
            return self.within_max_min
        return min(self.on_the_way(WITHIN_SHARE * math.sqrt(area_km2 / math.pi)), self.within_max_min)

    def across(self, river: str) -> float:
        """Additional minutes for a way across a river."""
        return float(self.rivers.get(river, self.river_min))


@dataclass(frozen=True)
class Way:
    """An estimated way: its minutes and what they are made of, in words for the table."""

    minutes: int
    source: str


def between(start: Point, end: Point, crossed: Iterable[str], rules: Rules) -> Way:
    """The way between two points, with the rivers that it crosses."""
    minutes = rules.on_the_way(straight_km(start, end))
    source = f"Geschätzt: Luftlinie mal {_number(rules.detour)}, zu Fuß oder mit dem Bus"
    for river in crossed:
        minutes += rules.across(river)
        source += f", {river} +{_number(rules.across(river))} min"
    return Way(_whole(minutes), source)


def within(area_km2: float | None, rules: Rules) -> Way:
    """The typical way within a district."""
    return Way(_whole(rules.within(area_km2)), "Geschätzt: typischer Weg im Stadtbezirk, zu Fuß oder mit dem Bus")


def table(
    centres: Mapping[str, Point],
    areas: Mapping[str, float],
    rules: Rules,
    crossed: Callable[[str, str], Iterable[str]],
) -> Iterator[dict[str, Any]]:
    """Yields one row per ordered pair of districts, also of one with itself; `crossed` names the rivers between two."""
    for start, from_point in centres.items():
        for end, to_point in centres.items():
            way = (
                within(areas.get(start), rules)
                if start == end
                else between(from_point, to_point, crossed(start, end), rules)
            )
            yield {
                "from_district_id": start,
                "to_district_id": end,
                "minutes": way.minutes,
                "quality": "estimated",
                "source": way.source,
            }


def to_points(
    centres: Mapping[str, Point],
    points: Mapping[str, Point],
    rules: Rules,
    crossed: Callable[[Point, Point], Iterable[str]],
) -> Iterator[dict[str, Any]]:
    """Yields one row per district × population point: the way from the centre of the district."""
    for start, from_point in centres.items():
        for end, to_point in points.items():
            way = between(from_point, to_point, crossed(from_point, to_point), rules)
            yield {
                "from_district_id": start,
                "population_point_id": end,
                "minutes": way.minutes,
                "quality": "estimated",
                "source": way.source,
            }


def rivers_crossed(start: Point, end: Point, rivers: Mapping[str, Sequence[Line]]) -> list[str]:
    """The names of the rivers between two points.

    A way that crosses a winding river twice ends on the bank where it began: only an odd number of crossings counts.
    """
    return [
        name
        for name, lines in rivers.items()
        if sum(_meet(start, end, a, b) for line in lines for a, b in pairwise(line)) % 2
    ]


def straight_km(start: Point, end: Point) -> float:
    """Kilometres of the straight line."""
    return math.hypot(*flat_km(start[0] - end[0], start[1] - end[1], (start[1] + end[1]) / 2))


def flat_km(lon: float, lat: float, at_lat: float) -> tuple[float, float]:
    """Longitude and latitude as kilometres on a plane; exact enough within one city."""
    return lon * 111.32 * math.cos(math.radians(at_lat)), lat * 111.32


def area_km2(geometry: Mapping[str, Any]) -> float:
    """The area of a GeoJSON Polygon or MultiPolygon without its holes [km²]."""
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return sum(_ring_km2(rings[0]) - sum(_ring_km2(hole) for hole in rings[1:]) for rings in polygons)


def _ring_km2(ring: Line) -> float:
    """The area of a ring [km²], by the shoelace formula."""
    points = [flat_km(lon, lat, ring[0][1]) for lon, lat in ring]
    return abs(sum(x * next_y - next_x * y for (x, y), (next_x, next_y) in pairwise(points))) / 2


def _meet(start: Point, end: Point, a: Sequence[float], b: Sequence[float]) -> bool:
    """Whether the line from start to end crosses the segment a–b of a river; touching a bend counts once."""
    return _left(start, end, a) != _left(start, end, b) and _left(a, b, start) != _left(a, b, end)


def _left(start: Sequence[float], end: Sequence[float], point: Sequence[float]) -> bool:
    """Whether a point lies to the left of a line."""
    return (end[0] - start[0]) * (point[1] - start[1]) - (end[1] - start[1]) * (point[0] - start[0]) > 0


def _whole(minutes: float) -> int:
    return math.floor(minutes + 0.5)


def _number(value: float) -> str:
    return f"{value:g}".replace(".", ",")
