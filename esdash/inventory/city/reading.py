"""Reading a city's folder: the files in, rows with typed values out; every fault with its file, line and column."""

import csv
import hashlib
import math
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import islice
from pathlib import Path
from typing import Any

from esdash.errors import UserError
from esdash.inventory import tiles, travel
from esdash.inventory.city import estimating
from esdash.inventory.city.cells import line_of, records_of, typed
from esdash.inventory.city.declared import BY_NAME, BY_TABLE, CSV, FILES, RIVERS, TOML, CityFile, Column, Kind, Row
from esdash.inventory.file import local_time

FAULTS_SHOWN = 20  # faults that one reading collects; more of them have the same cause
MAX_ROWS = 100_000  # of one file; the ways between 300 districts are 90,000


class CityFaults(UserError):
    """Several faults of a city's folder: the first is the message, `others` are the next."""

    def __init__(self, faults: list[UserError]) -> None:
        super().__init__(faults[0].key, **faults[0].values)
        self.others = faults[1:FAULTS_SHOWN]


@dataclass
class Folder:
    """What was read: table → key → the columns that the files name, with typed values; unknown is None.

    `lines`: (file, key) → the line of the row; `estimated`: tables that no file gave, worked out from the others.
    """

    name: str
    files: tuple[str, ...]
    sha256: str
    tables: dict[str, dict[str, Row]] = field(default_factory=dict)
    lines: dict[tuple[str, str], int] = field(default_factory=dict)
    estimated: frozenset[str] = frozenset()

    def rows(self, table: str) -> list[Row]:
        """The rows of a table in the order of the file, without the keys of the table that no column holds."""
        return list(self.tables.get(table, {}).values())


def files_of(folder: Path) -> dict[str, bytes]:
    """The files of a folder that belong to a city: name → content. Raises UserError if there is no such folder."""
    if not folder.is_dir():
        raise UserError("city_no_folder", path=folder)
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file() and belongs(path.name)}


def belongs(name: str) -> bool:
    """Whether a file is one of a city. Raises UserError for one whose name looks like one and is none."""
    if name in BY_NAME or name == RIVERS:
        return True
    if name.lower().endswith((*{file.ending for file in FILES},)) and not name.startswith("."):
        close = get_close_matches(name.lower(), [*BY_NAME, RIVERS], 1, 0.0)
        raise UserError("city_file_unknown", file=name, close=close[0])
    return False


def read(name: str, files: Mapping[str, bytes], known: Mapping[str, Mapping[str, Row]] | None = None) -> Folder:
    """Read the files of a city.

    Without `known` the folder has to be complete. With it (the tables of an inventory by key) it may hold only
    some of the files. Raises CityFaults for what is missing or wrong.
    """
    read = _Reading(name, files, known)
    if known is None:
        missing = [file.name for file in FILES if file.needed and file.name not in files]
        read.faults += [UserError("city_missing", path=Path(name) / one) for one in missing]
        read.stop()
    for file in FILES:
        if file.name in files:
            read.file(file)
    read.stop()
    read.estimate()
    read.together()
    read.stop()
    return read.folder


class _Reading:
    """One reading, with the faults found so far."""

    def __init__(self, name: str, files: Mapping[str, bytes], known: Mapping[str, Mapping[str, Row]] | None) -> None:
        self.contents, self.known = files, known
        self.folder = Folder(name, tuple(sorted(files)), digest(files))
        self.faults: list[UserError] = []
        self.travel: Any = {}

    def stop(self) -> None:
        """Raises CityFaults if there are any."""
        if self.faults:
            raise CityFaults(self.faults)

    def fault(self, key: str, file: str, line: int, column: str, **values: Any) -> None:
        self.faults.append(UserError(key, file=file, line=line, column=column, **values))

    # ------------------------------------------------------------ one file

    def file(self, file: CityFile) -> None:
        """Read one file into its table."""
        try:
            if file.unit == "shape":
                self._shapes(file)
            elif file.ending == TOML:
                self._toml(file)
            else:
                self._csv(file)
        except UserError as error:
            self.faults.append(error)

    def _text(self, name: str) -> str:
        try:
            return self.contents[name].decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = self.contents[name][: error.start].count(b"\n") + 1
            raise UserError("city_encoding", file=name, line=line) from error

    def _csv(self, file: CityFile) -> None:
        assert file.ending == CSV
        try:
            header, *records = list(islice(records_of(self._text(file.name)), MAX_ROWS + 2)) or [(1, [])]
        except csv.Error as error:
            raise UserError("city_file_wrong", path=file.name, details=error) from error
        if len(records) > MAX_ROWS:
            raise UserError("city_rows", file=file.name, most=MAX_ROWS)
        names = [name.strip() for name in header[1]]
        if not any(names) or not records:
            raise UserError("city_no_rows", file=file.name)
        if not self._names(file, names):
            return
        for line, cells in records:
            if len(cells) > len(names):
                self.fault("city_row_long", file.name, line, names[-1], n=len(cells), most=len(names))
            else:
                cells += [""] * (len(names) - len(cells))
                self._row(file, line, dict(zip(names, cells, strict=True)))

    def _names(self, file: CityFile, names: Sequence[str], lines: Mapping[str, int] | None = None) -> bool:
        """Whether the columns (keys) of a file are those that it may and must have."""
        before, declared = len(self.faults), [column.name for column in file.columns]
        allowed = ", ".join(declared)
        for name in dict.fromkeys(names):
            if name not in declared or names.count(name) > 1:
                self.fault("city_column_unknown", file.name, (lines or {}).get(name, 1), name, allowed=allowed)
        for column in file.columns:
            if column.needed and column.name not in names:
                self.fault("city_column_missing", file.name, 1, column.name, allowed=allowed)
        return len(self.faults) == before

    def _toml(self, file: CityFile) -> None:
        content = self._text(file.name)
        try:
            city = tomllib.loads(content)
        except (ValueError, RecursionError) as error:
            raise UserError("city_file_wrong", path=file.name, details=error) from error
        self.travel = city.pop("travel", {})
        for name in [name for name, value in city.items() if not isinstance(value, str | int | float)]:
            raise UserError("city_file_wrong", path=file.name, details=name)
        found = {name: line_of(content, name) for name in city}
        if self._names(file, list(city), found):
            self._row(file, 1, {name: str(value) for name, value in city.items()}, found)
            zone = city.get("timezone")
            if zone is not None:
                local_time.checked(zone, Path(file.name))

    def _row(self, file: CityFile, line: int, cells: Mapping[str, str], lines: Mapping[str, int] | None = None) -> None:
        row: Row = {}
        before = len(self.faults)
        for column in file.columns:
            if column.name in cells:
                at = (lines or {}).get(column.name, line)
                row[column.name] = self._value(file, column, at, cells[column.name].strip())
        if len(self.faults) > before:
            return
        if impossible := file.rule(row):
            self.fault(impossible, file.name, line, file.columns[-1].name)
        key = file.key_of(row)
        if first := self.folder.lines.get((file.name, key)):
            self.fault("city_twice", file.name, line, ", ".join(file.key), value=key, first=first)
            return
        self.folder.tables.setdefault(file.table, {}).setdefault(key, {}).update(row)
        self.folder.lines[file.name, key] = line

    def _value(self, file: CityFile, column: Column, line: int, cell: str) -> Any:
        """The typed value of a cell; None for unknown, and for a cell with a fault."""
        if not cell:
            if column.needed:
                self.fault("city_empty", file.name, line, column.name)
            return None
        try:
            value = typed(column.kind, cell)
        except ValueError:
            words = {Kind.NUMBER: "city_number", Kind.WHOLE: "city_whole", Kind.DATE: "city_date"}
            self.fault(words.get(column.kind, "city_long"), file.name, line, column.name, value=cell[:80])
            return None
        if column.name in file.key and "|" in cell:  # it joins keys, as in theme|district
            self.fault("city_key", file.name, line, column.name, value=cell[:80])
        if column.choices and value not in column.choices:
            self.fault("city_choice", file.name, line, column.name, value=cell[:80], choices=", ".join(column.choices))
        least = -math.inf if column.least is None else column.least
        most = math.inf if column.most is None else column.most
        if isinstance(value, int | float) and not least <= value <= most:
            key = "city_too_small" if value < least else "city_too_large"
            self.fault(key, file.name, line, column.name, value=value, least=column.least, most=column.most)
        return value

    def _shapes(self, file: CityFile) -> None:
        """GeoJSON: the outline, or one shape per district."""
        column = file.columns[0].name
        document = estimating.geojson(file.name, self._text(file.name))
        if file.table == "city":
            shape = estimating.first_shape(file.name, document)
            for key in [*self.folder.tables.get("city", {}), *(() if self.known is None else self.known["city"])][:1]:
                self.folder.tables.setdefault("city", {}).setdefault(key, {"city_id": key})[column] = shape
            return
        if not (shapes := estimating.shapes(file.name, document)):
            raise UserError("city_no_rows", file=file.name)
        rows = self.folder.tables.setdefault(file.table, {})
        there = set(rows) | set(() if self.known is None or rows else self.known[file.table])
        for key, shape in shapes.items():
            if key not in there:
                raise UserError("city_shape_unknown", file=file.name, value=key)
            rows.setdefault(key, {"district_id": key})[column] = shape

    # ------------------------------------------------------------ the files together

    def estimate(self) -> None:
        """Ways that no file gives, where the districts are there to work them out."""
        folder = self.folder
        districts = folder.tables.get("district", {})
        if "city.toml" not in self.contents or "districts.csv" not in self.contents:
            return
        rules = travel.Rules.of(self.travel, "city.toml")
        rivers = estimating.rivers(RIVERS, self._text(RIVERS)) if RIVERS in self.contents else {}
        estimated = set()
        if "district_travel" not in folder.tables:
            estimated.add("district_travel")
            self._take("district_travel", estimating.ways(districts, rules, rivers))
        points = folder.tables.get("population_point", {})
        if points and "point_travel" not in folder.tables:
            estimated.add("point_travel")
            self._take("point_travel", estimating.ways_to(districts, points, rules, rivers))
        folder.estimated = frozenset(estimated)

    def _take(self, table: str, rows: Iterable[Row]) -> None:
        self.folder.tables[table] = {BY_TABLE[table].key_of(row): row for row in rows}

    def together(self) -> None:
        """What one row alone does not show: references, levels of themes, shares, weights, and missing ways."""
        tables = self.folder.tables
        for file in FILES:
            for column in file.columns:
                target = file.refers(column.name)
                if target and file.table in tables and file.table not in self.folder.estimated:
                    self._references(file, column.name, target)
        self._same_names()
        self._levels()
        self._shares()
        self._tiles()
        weights = [row["weight"] for row in self.folder.rows("criterion")]
        missing = set(_choices("criterion", "criterion_id")) - tables.get("criterion", {}).keys()
        if weights and (missing or not sum(weights)):
            self.faults.append(UserError("city_weights", file="criteria.csv", missing=", ".join(sorted(missing))))
        self._ways()

    def _ways(self) -> None:
        """Every district and every population point can be reached: there is a way to it, here or in the inventory."""
        for table, ways, ends, key, message in (
            ("district", "district_travel", "districts.csv", "to_district_id", "city_no_way"),
            ("population_point", "point_travel", "population_points.csv", "population_point_id", "city_no_way_there"),
        ):
            given = self.folder.tables.get(ways) or (self.known or {}).get(ways, {})
            reached = {row[key] for row in given.values()}
            for name in self.folder.tables.get(table, {}).keys() - reached:
                self.fault(message, ends, self.folder.lines.get((ends, name), 1), f"{table}_id", value=name)

    def _references(self, file: CityFile, column: str, target: str) -> None:
        there: set[str] = set(self.folder.tables.get(target, ()))
        if BY_TABLE[target].name not in self.contents and target not in self.folder.estimated:
            there |= set(() if self.known is None else self.known[target])
        for key, row in self.folder.tables[file.table].items():
            named = row.get(column)
            if named is not None and named not in there:
                line = self.folder.lines.get((file.name, key), 1)
                self.fault("city_reference", file.name, line, column, value=named, where=BY_TABLE[target].name)

    def _same_names(self) -> None:
        """No two districts have the same name."""
        first: dict[str, int] = {}
        for key, row in self.folder.tables.get("district", {}).items():
            name, line = str(row.get("name")), self.folder.lines.get(("districts.csv", key), 1)
            if first.setdefault(name, line) != line:
                self.fault("city_twice", "districts.csv", line, "name", value=name, first=first[name])

    def _levels(self) -> None:
        """A theme lies below a field of action, and ranges are agreed for fields of action."""
        themes: Mapping[str, Row] = self.folder.tables.get("theme") or (self.known or {}).get("theme", {})
        for key, row in self.folder.tables.get("theme", {}).items():
            above = themes.get(str(row.get("parent_id")), {})
            if above.get("parent_id") is not None or row.get("parent_id") == key:
                line = self.folder.lines["themes.csv", key]
                self.fault("city_levels", "themes.csv", line, "parent_id", value=row["parent_id"])
        for key in self.folder.tables.get("capacity_range", {}):
            if themes.get(key, {}).get("parent_id") is not None:
                line = self.folder.lines["capacity_ranges.csv", key]
                self.fault("city_no_field", "capacity_ranges.csv", line, "theme_id", value=key)

    def _shares(self) -> None:
        """Shares of a district add up to 1; rounded ones are adjusted."""
        points = self.folder.rows("population_point")
        for district, share in estimating.adjusted(points).items():
            if abs(share - 1) > estimating.SHARES_TOLERANCE:
                self.faults.append(UserError("city_shares", file="population_points.csv", value=district, share=share))

    def _tiles(self) -> None:
        """Each district has a tile of its own, or none has one; a river has at least two points."""
        for key, district, said in tiles.faults(self.folder.tables.get("district", {})):
            line = self.folder.lines.get(("districts.csv", district), 1)
            self.fault(key, "districts.csv", line, tiles.SIDES[0], **said)
        rivers = [row["river"] for row in self.folder.rows("tile_river")]
        for key, row in self.folder.tables.get("tile_river", {}).items():
            if rivers.count(row["river"]) < 2:
                line = self.folder.lines["tile_rivers.csv", key]
                self.fault("city_river_short", "tile_rivers.csv", line, "bend", river=row["river"])


def _choices(table: str, column: str) -> tuple[str, ...]:
    return next(own.choices for own in BY_TABLE[table].columns if own.name == column)


def digest(files: Mapping[str, bytes]) -> str:
    """The SHA-256 of some files."""
    whole = hashlib.sha256()
    for name, content in sorted(files.items()):
        whole.update(f"{name} {len(content)} ".encode() + content)
    return whole.hexdigest()
