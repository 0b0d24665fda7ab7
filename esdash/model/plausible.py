"""What may be right but looks wrong: asked about on import, named by `check`, warned about in a form.

One function for each rule (RULES). What cannot be right is a fault instead (rules.py, values.py).
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from esdash.model import phones

Record = Mapping[str, Any]
Point = tuple[float, float]  # latitude, longitude [degrees]
Edge = tuple[float, float, float, float]  # latitude and longitude of both ends

FAR_KM = 50  # around the city's districts; partners some kilometres outside are common, another region is not
MOST_PLACES = 10_000  # a week; the largest fair of a city has fewer
SWAPPED, FAR, OTHER_DISTRICT, PHONE, MANY = "swapped", "far", "other_district", "phone", "many"
LOOKED_AT = ("lat", "lon", "district_id", "phone", "capacity", "seats")  # fields that the rules read
_KM_PER_DEGREE = 111.2
_EARTH_KM = 6371.0


@dataclass(frozen=True)
class Around:
    """The city of an inventory: its districts with their names, centres and the edges of their shapes."""

    names: Mapping[str, str]
    centres: Sequence[Point] = ()
    edges: Mapping[str, Sequence[Edge]] = field(default_factory=dict)

    @cached_property
    def box(self) -> tuple[float, float, float, float] | None:
        """South, west, north, east of all shapes and centres; None for a city without districts."""
        boxes = [*self._boxes.values(), *((lat, lon, lat, lon) for lat, lon in self.centres)]
        if not boxes:
            return None
        south, west, north, east = (list(side) for side in zip(*boxes, strict=True))
        return min(south), min(west), max(north), max(east)

    def is_near(self, point: Point) -> bool:
        """Whether a point lies within FAR_KM of the box."""
        if self.box is None:
            return True
        south, west, north, east = self.box
        up = FAR_KM / _KM_PER_DEGREE
        aside = up / max(0.1, math.cos(math.radians((south + north) / 2)))
        return south - up <= point[0] <= north + up and west - aside <= point[1] <= east + aside

    def district_at(self, point: Point) -> str | None:
        """The district whose shape contains a point, as district_at in places.sql: even-odd rule."""
        lat, lon = point
        inside = (
            district
            for district, (south, west, north, east) in self._boxes.items()
            if south <= lat <= north
            and west <= lon <= east
            and sum(_crosses(edge, lat, lon) for edge in self.edges[district]) % 2
        )
        return min(inside, default=None)

    @cached_property
    def _boxes(self) -> dict[str, tuple[float, float, float, float]]:
        return {district: _box(edges) for district, edges in self.edges.items()}


@dataclass(frozen=True)
class Doubt:
    """A value that may be wrong. Its sentence is text(f"plausible.{rule}", **values)."""

    rule: str
    beside: str  # the field below which a form says it
    fields: tuple[str, ...]  # that stay empty if the value is not taken
    values: Mapping[str, object] = field(default_factory=dict)
    instead: Mapping[str, Any] = field(default_factory=dict)  # what may be meant, where it is clear


def doubts(record: Record, around: Around) -> Iterator[Doubt]:
    """What looks wrong in the fields of a record."""
    for rule in RULES:
        yield from rule(record, around)


def kilometres(one: Sequence[float], other: Sequence[float]) -> float:
    """The distance of two points [latitude, longitude] on the ground, straight."""
    (lat_a, lon_a), (lat_b, lon_b) = ((math.radians(value) for value in point) for point in (one, other))
    across = math.sin((lat_b - lat_a) / 2) ** 2
    across += math.cos(lat_a) * math.cos(lat_b) * math.sin((lon_b - lon_a) / 2) ** 2
    return 2 * _EARTH_KM * math.asin(math.sqrt(min(1.0, across)))


def _point(record: Record, around: Around) -> Iterator[Doubt]:
    """Latitude and longitude swapped, far from the city, or in another district than said."""
    lat, lon = record.get("lat"), record.get("lon")
    if lat is None or lon is None:
        return
    if abs(lat) > 90 or abs(lon) > 180:
        return  # no place on Earth, which is a fault
    said = {"lat": f"{lat:.4f}", "lon": f"{lon:.4f}"}
    if not around.is_near((lat, lon)):
        swapped = around.is_near((lon, lat))
        yield Doubt(
            SWAPPED if swapped else FAR, "lat", ("lat", "lon"), said, {"lat": lon, "lon": lat} if swapped else {}
        )
        return
    district = record.get("district_id")
    there = around.district_at((lat, lon)) if district else None
    if there and there != district:
        names = {"there": around.names.get(there, there), "said": around.names.get(str(district), str(district))}
        yield Doubt(OTHER_DISTRICT, "lat", ("lat", "lon"), said | names)


def _phone(record: Record, around: Around) -> Iterator[Doubt]:
    """A phone number with letters, too short or too long."""
    if phones.is_doubtful(record.get("phone")):
        yield Doubt(PHONE, "phone", ("phone",), {"phone": record["phone"]})


def _many(record: Record, around: Around) -> Iterator[Doubt]:
    """Places for more people than a city's offers have."""
    for name in ("capacity", "seats"):
        if (record.get(name) or 0) > MOST_PLACES:
            yield Doubt(MANY, name, (name,), {"number": record[name]})


RULES = (_point, _phone, _many)


def _box(edges: Sequence[Edge]) -> tuple[float, float, float, float]:
    """South, west, north, east of edges; each corner begins one."""
    lats, lons = [edge[0] for edge in edges], [edge[1] for edge in edges]
    return min(lats), min(lons), max(lats), max(lons)


def _crosses(edge: Edge, lat: float, lon: float) -> bool:
    """Whether a ray from a point to the east crosses an edge."""
    lat_a, lon_a, lat_b, lon_b = edge
    return (lat_a > lat) != (lat_b > lat) and lon < lon_a + (lon_b - lon_a) * (lat - lat_a) / (lat_b - lat_a)
