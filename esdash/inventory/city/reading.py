"""Reading a city's folder: the files in, rows with typed values out; every fault with its file, line and column."""

import csv
import hashlib
import math
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from esdash.errors import UserError
from esdash.inventory import travel
from esdash.inventory.city import estimating
from esdash.inventory.city.cells import line_of, records_of, typed
from esdash.inventory.city.declared import BY_NAME, BY_TABLE, CSV, FILES, RIVERS, TOML, CityFile, Column, Kind, Row
from esdash.inventory.city.folder import FAULTS_SHOWN, CityFaults, Folder
from esdash.inventory.city.together import Together
from esdash.inventory.city.ways import Ways
from esdash.inventory.file import local_time

_REMEMBERED = 10_000  # different cells of a column that are read once for all rows


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
    read.faults += Together(read.folder, files, known).faults()
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
        self._read: dict[str, dict[str, Any]] = {column.name: {} for column in file.columns}
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
        before = len(self.faults)
        try:
            n = self._rows(file)
        except (csv.Error, UnicodeDecodeError, UserError) as error:  # about the whole file; single rows do not matter
            del self.faults[before:]
            if isinstance(error, UserError):
                raise
            self._text(file.name)  # says in which line it is no UTF-8
            raise UserError("city_file_wrong", path=file.name, details=error) from error
        if not n:
            raise UserError("city_no_rows", file=file.name)

    def _rows(self, file: CityFile) -> int:
        """Read the rows one by one, for a large city has many ways; how many there are, where all are read."""
        before, n = len(self.faults), 0
        records = records_of(self.contents[file.name])
        names = [name.strip() for name in next(records, (1, [""]))[1]]
        for n, (line, cells) in enumerate(records, start=1):
            if n > file.most:
                raise UserError("city_rows", file=file.name, most=file.most)
            if (n == 1 and not self._names(file, names)) or len(self.faults) > before + FAULTS_SHOWN:
                break
            if len(cells) > len(names):
                self.fault("city_row_long", file.name, line, names[-1], n=len(cells), most=len(names))
            else:
                cells += [""] * (len(names) - len(cells))
                self._row(file, line, dict(zip(names, cells, strict=True)))
        return n

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
                read, cell = self._read[column.name], cells[column.name].strip()
                row[column.name] = read[cell] if cell in read else self._value(file, column, at, cell)
        if len(self.faults) > before:
            return
        if impossible := file.rule(row):
            self.fault(impossible, file.name, line, file.columns[-1].name)
        if file.ways:
            first = self.folder.tables.setdefault(file.table, Ways(file)).add(row, line)
        else:
            first = self._keep(file, line, row)
        if first:
            self.fault("city_twice", file.name, line, ", ".join(file.key), value=file.key_of(row), first=first)

    def _keep(self, file: CityFile, line: int, row: Row) -> int | None:
        """Keep a row of this line; the line of the row with the same key if there is one already."""
        key = file.key_of(row)
        if first := self.folder.lines.get((file.name, key)):
            return first
        self.folder.tables.setdefault(file.table, {}).setdefault(key, {}).update(row)
        self.folder.lines[file.name, key] = line
        return None

    def _value(self, file: CityFile, column: Column, line: int, cell: str) -> Any:
        """The typed value of a cell; None for unknown, and for a cell with a fault."""
        before = len(self.faults)
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
        if len(self.faults) == before and len(self._read[column.name]) < _REMEMBERED:
            self._read[column.name][cell] = value
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
        self.folder.tables[table] = Ways(BY_TABLE[table], rows)


def digest(files: Mapping[str, bytes]) -> str:
    """The SHA-256 of some files."""
    whole = hashlib.sha256()
    for name, content in sorted(files.items()):
        whole.update(f"{name} {len(content)} ".encode())
        whole.update(content)
    return whole.hexdigest()
