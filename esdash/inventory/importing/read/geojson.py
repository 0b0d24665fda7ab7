"""GeoJSON as a table: a row per feature, a column per property, and the point as latitude and longitude.

Areas and lines have no single point: their rows come in without coordinates, and the preview names them.
"""

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from esdash.errors import UserError
from esdash.inventory.importing.read.cells import Unreadable, clean
from esdash.inventory.importing.read.limits import MAX_BYTES, MAX_CELLS, MAX_COLUMNS, MAX_FIELDS, MAX_OBJECTS, MAX_ROWS
from esdash.inventory.importing.read.notices import Notice
from esdash.inventory.importing.read.spreadsheets import Row, Table

ENDING = ".geojson"
ENDINGS = (ENDING, ".json")
ROWS_NAMED = 20  # rows listed in one notice; nobody reads more
_MARK = re.compile(rb'"type"\s*:\s*"Feature(?:Collection)?"')
_FIELD = b'":'  # what stands between the name and the value of a field
_POINT = ("lat", "lon")
_FARTHEST = {"lat": 90, "lon": 180}  # degrees

Feature = dict[str, Any]


def holds(path: Path) -> bool:
    """Whether a file is GeoJSON: by its ending, or as .json by what stands in it."""
    if path.suffix.lower() not in ENDINGS or not path.is_file() or path.stat().st_size > MAX_BYTES:
        return path.suffix.lower() == ENDING
    if path.suffix.lower() == ENDING:
        return True
    content = path.read_bytes()
    return _MARK.search(content) is not None and isinstance(_parsed(content), dict) and _features(content) is not None


def table(path: Path) -> Table:
    """The features of a file, numbered from 1. Raises UserError for any other content, and for one without features."""
    if not path.is_file():
        raise UserError("import_missing", file=path.name)
    if path.stat().st_size > MAX_BYTES:
        raise UserError("import_too_large", file=path.name, limit=MAX_BYTES // 1_000_000)
    content = path.read_bytes()
    if content.count(_FIELD) > MAX_FIELDS:
        raise UserError("import_too_full", file=path.name, cells=MAX_CELLS)
    features = _features(content)
    if features is None:
        raise UserError("import_geojson", file=path.name)
    if not features:
        raise UserError("import_empty", file=path.name)
    if len(features) > MAX_ROWS:
        raise UserError("import_too_many_cells", file=path.name, rows=MAX_ROWS, columns=MAX_COLUMNS)
    try:
        cells = [_cells(feature, path.name) for feature in features]
    except Unreadable as error:
        raise UserError("import_encoding", file=path.name) from error
    header = tuple(dict.fromkeys(name for row in cells for name in row))
    if len(header) > MAX_COLUMNS or len(header) * len(cells) > MAX_CELLS * 2:
        raise UserError("import_too_many_cells", file=path.name, rows=MAX_ROWS, columns=MAX_COLUMNS)
    rows = [Row(number, tuple(row.get(name, "") for name in header)) for number, row in enumerate(cells, 1)]
    rows = [row for row in rows if any(row.cells)]
    if not rows:
        raise UserError("import_empty", file=path.name)
    shapes = [number for number, feature in enumerate(features, 1) if _shape(feature) not in (None, "Point")]
    return Table(
        name=path.name,
        sha256=hashlib.sha256(content).hexdigest(),
        header=header,
        header_row=0,
        rows=tuple(rows),
        typed=True,
        notices=(Notice("import_file.notice_shapes", {"rows": _listed(shapes)}),) if shapes else (),
    )


def _parsed(content: bytes) -> Any:
    if content.count(b"{") + content.count(b"[") > MAX_OBJECTS or content.count(_FIELD) > MAX_FIELDS:
        return None
    try:
        return json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None


def _features(content: bytes) -> list[Feature] | None:
    """The features of a document; None for what is none."""
    document = _parsed(content)
    if not isinstance(document, dict):
        return None
    found = [document] if document.get("type") == "Feature" else document.get("features")
    if document.get("type") not in ("Feature", "FeatureCollection") or not isinstance(found, list):
        return None
    return found if all(isinstance(feature, dict) for feature in found) else None


def _shape(feature: Feature) -> str | None:
    geometry = feature.get("geometry")
    return str(geometry.get("type")) if isinstance(geometry, dict) else None


def _cells(feature: Feature, name: str) -> dict[str, str]:
    """Name of a column → text, for one feature."""
    properties = feature.get("properties")
    cells = dict(_flat(properties, "")) if isinstance(properties, dict) else {}
    if "id" in feature and "id" not in cells:
        cells["id"] = _text(feature["id"])
    point = _point(feature)
    if point:
        if any(abs(value) > _FARTHEST[axis] for axis, value in point.items()):
            raise UserError("import_geojson_metres", file=name)
        for axis, value in point.items():
            written = _text(value)
            if cells.get(axis, written) not in ("", written):  # the sender has another column of that name
                cells[f"{axis} (2)"] = cells[axis]
            cells[axis] = written
    return cells


def _point(feature: Feature) -> dict[str, float]:
    """Latitude and longitude of a point; empty for other shapes, and without a place."""
    geometry = feature.get("geometry")
    place = geometry.get("coordinates") if isinstance(geometry, dict) and geometry.get("type") == "Point" else None
    if not isinstance(place, list) or len(place) < len(_POINT):
        return {}
    lon, lat = place[0], place[1]
    if any(isinstance(value, bool) or not isinstance(value, int | float) for value in (lon, lat)):
        return {}
    return {"lat": lat, "lon": lon}


def _flat(properties: Feature, above: str) -> Iterator[tuple[str, str]]:
    for name, value in properties.items():
        column = clean(f"{above}{name}")
        if isinstance(value, dict):
            yield from _flat(value, f"{column}.")
        else:
            yield column, _text(value)


def _text(value: Any) -> str:
    """A value as a German office would type it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value).replace(".", ",")
    if isinstance(value, list) and not any(isinstance(one, dict | list) for one in value):
        return "; ".join(filter(None, map(_text, value)))
    return clean(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))


def _listed(numbers: list[int]) -> str:
    shown = ", ".join(map(str, numbers[:ROWS_NAMED]))
    return shown if len(numbers) <= ROWS_NAMED else f"{shown}, … ({len(numbers)})"
