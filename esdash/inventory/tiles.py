"""Where the districts lie on the tile map: one equal tile for each, roughly as in the city.

A city sets them by hand in districts.csv, all or none: tile_column counts from the west, tile_row from the north, both
from 1. The rivers between them are lines along the edges of tiles (tile_rivers.csv). Where a city sets no tiles, they
are worked out from the centres of the districts.
"""

import math
from collections.abc import Iterator, Mapping
from itertools import combinations, product
from typing import Any, NamedTuple

from esdash.inventory.travel import Point, flat_km

MOST = 30  # tiles in a row or a column; more would be too small to read
WIDEST = 6  # tiles in a row that is worked out: so many names fit beside the matrix
ROOM = 1.3  # tiles for each district, so that there is a free one where the city has a corner or a river
SIDES = ("tile_column", "tile_row")

Spot = tuple[float, float]  # a place on the grid, in tiles from the west and from the north


class Tile(NamedTuple):
    """The tile of a district: column from the west, row from the north, both from 1."""

    column: int
    row: int


def faults(districts: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """What is wrong with the tiles of districts (id → row): the key of the message, the district, what it says."""
    taken: dict[Tile, str] = {}
    given = any(row.get(side) is not None for row in districts.values() for side in SIDES)
    for key, row in districts.items() if given else ():
        column, line = (row.get(side) for side in SIDES)
        if column is None or line is None:
            yield "city_tile_missing", key, {"district": row.get("name")}
        elif (tile := Tile(column, line)) in taken:
            said = {"first": taken[tile], "second": row.get("name"), "tile_column": column, "tile_row": line}
            yield "city_tile_twice", key, said
        else:
            taken[tile] = str(row.get("name"))


def worked_out(centres: Mapping[str, Point]) -> dict[str, Tile]:
    """District → tile, for a city that sets none: each district one, no two the same; deterministic.

    The grid is as wide as the city is for its height. Each district takes the nearest free tile, the nearest pairs
    first; then districts change places, or move to a free tile, as long as that shortens the sum of the squared
    distances.
    """
    wanted, (columns, rows) = _on_the_grid(centres)
    free = list(product(range(columns), range(rows)))
    placed: dict[str, tuple[int, int]] = {}
    for _, district, tile in sorted((_apart(spot, tile), key, tile) for key, spot in wanted.items() for tile in free):
        if district not in placed and tile in free:
            placed[district] = tile
            free.remove(tile)
    while _improved(placed, free, wanted):
        pass
    west, north = (min((tile[side] for tile in placed.values()), default=0) for side in (0, 1))
    return {key: Tile(placed[key][0] - west + 1, placed[key][1] - north + 1) for key in centres}


def _on_the_grid(centres: Mapping[str, Point]) -> tuple[dict[str, Spot], tuple[int, int]]:
    """Where each district would lie, and the number of columns and rows.

    Half of a place is the true one and half its rank among the others, because people and districts crowd in the
    middle of a city.
    """
    if not centres:
        return {}, (0, 0)
    middle = sum(lat for _, lat in centres.values()) / len(centres)
    flat = [flat_km(lon, -lat, middle) for lon, lat in centres.values()]
    xs, ys = ([point[side] for point in flat] for side in (0, 1))
    wide, high = max(xs) - min(xs), max(ys) - min(ys)
    proportion = min(2.0, max(1.0, wide / high)) if high else 2.0  # never higher than wide: it must fit a projector
    columns = min(WIDEST, max(1, round(math.sqrt(ROOM * len(centres) * proportion))))
    rows = math.ceil(ROOM * len(centres) / columns)
    places = zip(_spread(xs, columns - 1), _spread(ys, rows - 1), strict=True)
    return dict(zip(centres, places, strict=True)), (columns, rows)


def _spread(values: list[float], most: int) -> list[float]:
    """Each value between 0 and `most`: the mean of its share of the way and of its rank; equal ones share a rank."""
    low, wide = min(values), max(values) - min(values)
    if not wide:
        return [most / 2 for _ in values]
    ranks = [
        (sum(other < value for other in values) + sum(other <= value for other in values) - 1) / 2 for value in values
    ]
    return [
        most * ((value - low) / wide + rank / (len(values) - 1)) / 2 for value, rank in zip(values, ranks, strict=True)
    ]


def _improved(placed: dict[str, tuple[int, int]], free: list[tuple[int, int]], wanted: Mapping[str, Spot]) -> bool:
    """Make each change of places that shortens the distances; whether there was one."""
    changed = False
    for a, b in combinations(placed, 2):
        now = _apart(wanted[a], placed[a]) + _apart(wanted[b], placed[b])
        if _apart(wanted[a], placed[b]) + _apart(wanted[b], placed[a]) < now - 1e-9:
            placed[a], placed[b], changed = placed[b], placed[a], True
    for district, number in product(placed, range(len(free))):
        if _apart(wanted[district], free[number]) < _apart(wanted[district], placed[district]) - 1e-9:
            placed[district], free[number], changed = free[number], placed[district], True
    return changed


def _apart(spot: Spot, tile: tuple[int, int]) -> float:
    """The squared distance between where a district would lie and a tile."""
    return (spot[0] - tile[0]) ** 2 + (spot[1] - tile[1]) ** 2
