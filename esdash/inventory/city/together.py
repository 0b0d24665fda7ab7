"""What one row of a city's folder alone does not show: references, levels of themes, shares, weights, missing ways."""

import json
from collections.abc import Collection, Mapping
from statistics import median
from typing import Any

from esdash.errors import UserError
from esdash.inventory import tiles
from esdash.inventory.city import estimating
from esdash.inventory.city.declared import BY_TABLE, FILES, CityFile, Row
from esdash.inventory.city.folder import FAULTS_SHOWN, Folder
from esdash.inventory.city.ways import Ways
from esdash.model.plausible import kilometres

SWAPPED_FROM_KM = 300  # farther from the city than any of its points, and nearer when swapped


class Together:
    """The checks of a folder; `given`: the names of its files, `known`: what the inventory has beside them."""

    def __init__(self, folder: Folder, given: Collection[str], known: Mapping[str, Mapping[str, Row]] | None) -> None:
        self._folder, self._given, self._known = folder, given, known
        self._found: list[UserError] = []

    def faults(self) -> list[UserError]:
        """The faults found."""
        tables = self._folder.tables
        for file in FILES:
            for column in file.columns:
                target = file.refers(column.name)
                if target and file.table in tables and file.table not in self._folder.estimated:
                    self._references(file, column.name, target)
        self._same_names()
        self._swapped()
        self._levels()
        self._shares()
        self._tiles()
        weights = [row["weight"] for row in self._folder.rows("criterion")]
        missing = set(_choices("criterion", "criterion_id")) - tables.get("criterion", {}).keys()
        if weights and (missing or not sum(weights)):
            self._found.append(UserError("city_weights", file="criteria.csv", missing=", ".join(sorted(missing))))
        self._ways()
        return self._found

    def _fault(self, key: str, file: str, line: int, column: str, **values: Any) -> None:
        self._found.append(UserError(key, file=file, line=line, column=column, **values))

    def _ways(self) -> None:
        """Every district and every population point can be reached: there is a way to it, here or in the inventory."""
        for table, ways, ends, key, message in (
            ("district", "district_travel", "districts.csv", "to_district_id", "city_no_way"),
            ("population_point", "point_travel", "population_points.csv", "population_point_id", "city_no_way_there"),
        ):
            given = self._folder.tables.get(ways) or (self._known or {}).get(ways, {})
            reached = given.named(key) if isinstance(given, Ways) else {row[key] for row in given.values()}
            for name in self._folder.tables.get(table, {}).keys() - reached:
                self._fault(message, ends, self._folder.lines.get((ends, name), 1), f"{table}_id", value=name)

    def _references(self, file: CityFile, column: str, target: str) -> None:
        there: set[str] = set(self._folder.tables.get(target, ()))
        if BY_TABLE[target].name not in self._given and target not in self._folder.estimated:
            there |= set(() if self._known is None else self._known[target])
        rows = self._folder.tables[file.table]
        if isinstance(rows, Ways) and rows.named(column) <= there:
            return
        for key, row in rows.items():
            named = row.get(column)
            if named is not None and named not in there:
                line = rows.line(key) if isinstance(rows, Ways) else self._folder.lines.get((file.name, key), 1)
                self._fault("city_reference", file.name, line, column, value=named, where=BY_TABLE[target].name)
                if len(self._found) > FAULTS_SHOWN:
                    return

    def _same_names(self) -> None:
        """No two districts have the same name."""
        first: dict[str, int] = {}
        for key, row in self._folder.tables.get("district", {}).items():
            name, line = str(row.get("name")), self._folder.lines.get(("districts.csv", key), 1)
            if first.setdefault(name, line) != line:
                self._fault("city_twice", "districts.csv", line, "name", value=name, first=first[name])

    def _swapped(self) -> None:
        """No point has latitude and longitude swapped: it would then lie among the others of the city."""
        districts = [row for row in self._folder.rows("district") if row.get("lat") is not None]
        if not districts:  # a folder may hold the shapes alone
            return
        middle = median(row["lat"] for row in districts), median(row["lon"] for row in districts)
        corners = [corner for row in districts for corner in _corners(row.get("geometry"))]
        if corners:  # shapes are longitude first, and drawn by programs that know
            middle = median(corner[1] for corner in corners), median(corner[0] for corner in corners)
        for table, name in (("district", "districts.csv"), ("population_point", "population_points.csv")):
            for key, row in self._folder.tables.get(table, {}).items():
                if row.get("lat") is None:
                    continue
                far, near = (
                    kilometres(point, middle) for point in ((row["lat"], row["lon"]), (row["lon"], row["lat"]))
                )
                if far > SWAPPED_FROM_KM > near:
                    said = f"{row['lat']}, {row['lon']}"
                    self._fault("city_swapped", name, self._folder.lines.get((name, key), 1), "lat", value=said)

    def _levels(self) -> None:
        """A theme lies below a field of action, and ranges are agreed for fields of action."""
        themes: Mapping[str, Row] = self._folder.tables.get("theme") or (self._known or {}).get("theme", {})
        for key, row in self._folder.tables.get("theme", {}).items():
            above = themes.get(str(row.get("parent_id")), {})
            if above.get("parent_id") is not None or row.get("parent_id") == key:
                line = self._folder.lines["themes.csv", key]
                self._fault("city_levels", "themes.csv", line, "parent_id", value=row["parent_id"])
        for key in self._folder.tables.get("capacity_range", {}):
            if themes.get(key, {}).get("parent_id") is not None:
                line = self._folder.lines["capacity_ranges.csv", key]
                self._fault("city_no_field", "capacity_ranges.csv", line, "theme_id", value=key)

    def _shares(self) -> None:
        """Shares of a district add up to 1; rounded ones are adjusted."""
        points = self._folder.rows("population_point")
        for district, share in estimating.adjusted(points).items():
            if abs(share - 1) > estimating.SHARES_TOLERANCE:
                self._found.append(UserError("city_shares", file="population_points.csv", value=district, share=share))

    def _tiles(self) -> None:
        """Each district has a tile of its own, or none has one; a river has at least two points."""
        for key, district, said in tiles.faults(self._folder.tables.get("district", {})):
            line = self._folder.lines.get(("districts.csv", district), 1)
            self._fault(key, "districts.csv", line, tiles.SIDES[0], **said)
        rivers = [row["river"] for row in self._folder.rows("tile_river")]
        for key, row in self._folder.tables.get("tile_river", {}).items():
            if rivers.count(row["river"]) < 2:
                line = self._folder.lines["tile_rivers.csv", key]
                self._fault("city_river_short", "tile_rivers.csv", line, "bend", river=row["river"])


def _corners(geometry: object) -> list[list[float]]:
    """All corners of a GeoJSON shape, as it is or as text."""
    shape = json.loads(geometry) if isinstance(geometry, str) else geometry
    found = [shape["coordinates"]] if isinstance(shape, dict) else []
    while found and not isinstance(found[0][0], int | float):
        found = [part for whole in found for part in whole]
    return found


def _choices(table: str, column: str) -> tuple[str, ...]:
    return next(own.choices for own in BY_TABLE[table].columns if own.name == column)
