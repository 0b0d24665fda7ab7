"""The files of a city's folder and their columns, each declared once.

Reading and checking, comparing with an inventory, the words of a comparison and docs/CITY.md follow from here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any, Literal

from esdash.inventory import tiles
from esdash.inventory.file import local_time
from esdash.inventory.travel import Rules
from esdash.model.references import REFERENCES

Row = dict[str, Any]

# Of the public holidays: ISO 3166-2 without "DE-".
LANDS = ("BB", "BE", "BW", "BY", "HB", "HE", "HH", "MV", "NI", "NW", "RP", "SH", "SL", "SN", "ST", "TH")
MOST_ROWS = 100_000  # of one file
MOST_WAYS = 1_000_000  # between 1,000 districts, or from 2,000 to the 500 nearest
TOML, CSV, GEOJSON = ".toml", ".csv", ".geojson"


class Kind(Enum):
    """What a column holds."""

    TEXT = "text"
    NUMBER = "number"
    WHOLE = "whole number"
    DATE = "date"
    SHAPE = "shape"  # a GeoJSON geometry


@dataclass(frozen=True)
class Column:
    """A column of a file, or a key of city.toml; the column of the table has the same name."""

    name: str
    kind: Kind = Kind.TEXT
    needed: bool = True  # whether the file must have a value for it
    default: Any = None  # what holds where there is none; None: it is unknown
    least: float | None = None
    most: float | None = None
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class CityFile:
    """A file and the table that it fills, wholly or in part."""

    name: str
    table: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()  # the columns whose values make the key of the table, joined by |
    needed: bool = True
    dated: str | None = None  # the column that says of what day a row is
    rule: Callable[[Row], str | None] = lambda row: None  # the key of the message (error.city_…) for an impossible row
    unit: Literal["row", "shape"] = "row"
    ways: bool = False  # whether its rows are ways, of which a large city has many

    @property
    def most(self) -> int:
        """The most rows it may have."""
        return MOST_WAYS if self.ways else MOST_ROWS

    @property
    def ending(self) -> str:
        """The kind of file: .toml, .csv or .geojson."""
        return self.name[self.name.rindex(".") :]

    def refers(self, column: str) -> str | None:
        """The table whose keys a column holds; None for other columns."""
        return REFERENCES.get((self.table, column))

    def key_of(self, row: Row) -> str:
        """The key of a row in the table."""
        return "|".join(str(row[name]) for name in self.key)


def _text(*names: str) -> tuple[Column, ...]:
    return tuple(Column(name) for name in names)


def _optional(*names: str, kind: Kind = Kind.TEXT) -> tuple[Column, ...]:
    return tuple(Column(name, kind, needed=False) for name in names)


_NAMES, _SHORT = _text("name_de", "name_en"), _text("short_de", "short_en")
_SORT = Column("sort", Kind.WHOLE)
_POINT = (Column("lat", Kind.NUMBER, least=-90, most=90), Column("lon", Kind.NUMBER, least=-180, most=180))
_MINUTES = Column("minutes", Kind.NUMBER, least=0)
_QUALITY = Column("quality", choices=("measured", "estimated"))
_PEOPLE = (
    Column("persons", Kind.NUMBER, needed=False, least=0),
    Column("as_of", Kind.DATE),
    Column("quality", choices=("official", "estimated", "suppressed")),
    Column("source"),
)


def _people(row: Row) -> str | None:
    return "city_persons" if row.get("persons") is None and row["quality"] != "suppressed" else None


def _in_order(row: Row) -> str | None:
    return None if row["low"] <= row["central"] <= row["high"] else "city_range_order"


def _anchors(row: Row) -> str | None:
    return None if row["anchor_low"] < row["anchor_high"] else "city_anchor_order"


FILES = (
    CityFile(
        "city.toml",
        "city",
        (
            *_text("city_id", "name"),
            *_optional("programme", "list_recipient", "map_note_de", "map_note_en"),
            *_optional("population_note_de", "population_note_en", "credits"),
            Column("timezone", needed=False, default=local_time.DEFAULT),
            Column("small_number_threshold", Kind.WHOLE, least=0),
            Column("land", needed=False, choices=LANDS),
            *_optional("public_address", "leaflet_languages"),
            Column("leaflet_weeks", Kind.WHOLE, needed=False, default=8, least=1, most=52),
        ),
        key=("city_id",),
    ),
    CityFile(
        "outline.geojson", "city", (Column("outline", Kind.SHAPE, needed=False),), ("city_id",), False, unit="shape"
    ),
    CityFile(
        "districts.csv",
        "district",
        (
            *_text("district_id", "name", "short_name"),
            *_POINT,
            *(Column(side, Kind.WHOLE, needed=False, least=1, most=tiles.MOST) for side in tiles.SIDES),
            Column("residents", Kind.WHOLE, needed=False, least=0),
            *_optional("residents_as_of", "residents_source", "note"),
            _SORT,
        ),
        key=("district_id",),
    ),
    CityFile(
        "districts.geojson",
        "district",
        (Column("geometry", Kind.SHAPE, needed=False),),
        ("district_id",),
        False,
        unit="shape",
    ),
    CityFile(
        "tile_rivers.csv",
        "tile_river",
        (
            Column("river"),
            Column("bend", Kind.WHOLE, least=1),
            *(Column(side, Kind.NUMBER, least=0, most=tiles.MOST) for side in ("west", "north")),
        ),
        key=("river", "bend"),
        needed=False,
    ),
    CityFile(
        "travel.csv",
        "district_travel",
        (*_text("from_district_id", "to_district_id"), _MINUTES, _QUALITY, Column("source")),
        key=("from_district_id", "to_district_id"),
        needed=False,
        ways=True,
    ),
    CityFile(
        "themes.csv",
        "theme",
        (
            Column("theme_id"),
            Column("parent_id", needed=False),
            *_NAMES,
            *_SHORT,
            Column("severity", Kind.WHOLE, needed=False, least=1, most=3),
            *_optional("severity_reason"),
            _SORT,
        ),
        key=("theme_id",),
    ),
    CityFile(
        "target_groups.csv",
        "target_group",
        (Column("target_group_id"), *_NAMES, *_SHORT, _SORT),
        key=("target_group_id",),
    ),
    CityFile("languages.csv", "language", (Column("language_id"), *_NAMES, _SORT), key=("language_id",)),
    CityFile("modules.csv", "module", (Column("module_id"), *_NAMES, *_optional("source"), _SORT), key=("module_id",)),
    CityFile(
        "population.csv",
        "population",
        (*_text("district_id", "target_group_id"), *_PEOPLE),
        key=("district_id", "target_group_id"),
        dated="as_of",
        rule=_people,
    ),
    CityFile(
        "city_totals.csv",
        "city_total",
        (Column("target_group_id"), *_PEOPLE),
        key=("target_group_id",),
        dated="as_of",
    ),
    CityFile(
        "planning_values.csv",
        "planning_value",
        (
            *_text("theme_id", "target_group_id"),
            Column("places_per_100", Kind.NUMBER, least=0),
            *_text("reason", "source"),
        ),
        key=("theme_id", "target_group_id"),
    ),
    CityFile(
        "criteria.csv",
        "criterion",
        (
            Column("criterion_id", choices=("size", "seriousness", "inequity", "effectiveness")),
            Column("weight", Kind.NUMBER, least=0),
            Column("anchor_low", Kind.NUMBER),
            Column("anchor_high", Kind.NUMBER),
            Column("reason"),
            _SORT,
        ),
        key=("criterion_id",),
        rule=_anchors,
    ),
    CityFile(
        "capacity_ranges.csv",
        "capacity_range",
        (
            Column("theme_id"),
            *(Column(name, Kind.NUMBER, least=0) for name in ("low", "central", "high")),
            Column("agreed_on", Kind.DATE),
            *_text("agreed_by", "reason"),
        ),
        key=("theme_id",),
        needed=False,
        dated="agreed_on",
        rule=_in_order,
    ),
    CityFile(
        "population_points.csv",
        "population_point",
        (
            *_text("population_point_id", "district_id", "name"),
            *_POINT,
            Column("share", Kind.NUMBER, least=0.001, most=1),
        ),
        key=("population_point_id",),
        needed=False,
    ),
    CityFile(
        "point_travel.csv",
        "point_travel",
        (*_text("from_district_id", "population_point_id"), _MINUTES, _QUALITY, Column("source")),
        key=("from_district_id", "population_point_id"),
        needed=False,
        ways=True,
    ),
)
BY_NAME = {file.name: file for file in FILES}
TABLES = tuple(dict.fromkeys(file.table for file in FILES))
BY_TABLE = {file.table: file for file in reversed(FILES)}  # the first file of a table: it has the keys

# Without a table of its own: it only helps to estimate the ways of a city that gives none.
RIVERS = "rivers.geojson"
# The section [travel] of city.toml, for the same estimates; `rivers` holds minutes by the name of a river.
TRAVEL_KEYS = {name: getattr(Rules, name) for name in Rules.__dataclass_fields__ if name != "rivers"}


def file_of(table: str, column: str) -> CityFile:
    """The file that a column of a reference table comes from; for its key, the file that has the rows."""
    return next(
        (file for file in FILES if file.table == table and any(column == own.name for own in file.columns)),
        BY_TABLE[table],
    )


def if_empty(column: Column) -> str:
    """What holds where a value is left out, as docs/CITY.md says it."""
    return "needed" if column.needed else "unknown" if column.default is None else str(column.default)
