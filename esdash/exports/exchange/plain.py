"""Files for programs: plain CSV, JSON and GeoJSON, with the column names of the code."""

import csv
import io
import json
import math
from datetime import date, datetime, time
from typing import Any

import pandas as pd

from esdash.errors import UserError
from esdash.exports.values import clean, guarded, plain
from esdash.model import entries
from esdash.model.notation import KNOWN_TO_BE_EMPTY
from esdash.model.values import written_out

DIGITS = 12  # of a number that are written


def plain_csv(frame: pd.DataFrame) -> bytes:
    """A CSV file with commas, UTF-8, ISO dates, decimal point and lists as a;b, as the project's own CSV files.

    Texts that a spreadsheet program would run as a formula get an apostrophe in front, as in csv_file; the import
    removes it. Programs that want them as they are read json_file.
    """
    output = io.StringIO(newline="")
    writer = csv.writer(output, lineterminator="\n")
    writer.writerow(frame.columns)
    for row in frame.itertuples(index=False, name=None):
        writer.writerow([_cell(plain(value)) for value in row])
    return output.getvalue().encode("utf-8")


def json_file(frame: pd.DataFrame) -> bytes:
    """A JSON list with one object per row: ISO dates, unknown is null, lists are JSON lists."""
    return _bytes(_records(frame))


def geojson_file(frame: pd.DataFrame) -> bytes:
    """A FeatureCollection (RFC 7946, WGS 84) with one feature per row; a row without a place has geometry null.

    The place is the column `geometry` (GeoJSON as text) or the columns `lat` and `lon`.
    Raises UserError for a frame that has neither.
    """
    if "geometry" not in frame and not {"lat", "lon"} <= set(frame.columns):
        raise UserError("export_no_place")
    return _bytes({"type": "FeatureCollection", "features": [_feature(record) for record in _records(frame)]})


def marked(frame: pd.DataFrame, notice: str | None) -> pd.DataFrame:
    """The frame with a last column `notice`, which marks every row of example data; None adds nothing."""
    return frame if notice is None else frame.assign(notice=notice)


def _feature(record: dict[str, Any]) -> dict[str, Any]:
    geometry, lat, lon = record.pop("geometry", None), record.get("lat"), record.get("lon")
    if isinstance(geometry, str):
        geometry = json.loads(geometry)
    elif geometry is None and lat is not None and lon is not None:
        geometry = {"type": "Point", "coordinates": [lon, lat]}
    return {"type": "Feature", "geometry": geometry, "properties": record}


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    names = [str(name) for name in frame.columns]
    return [
        {name: portable(plain(value)) for name, value in zip(names, row, strict=True)}
        for row in frame.itertuples(index=False, name=None)
    ]


def portable(value: Any) -> Any:
    """A value for JSON and other programs: ISO dates, integers without decimals, no control characters.

    Of a number 12 digits: the last ones come from the order of a sum, and two files of the same state are the same. A
    figure without an upper end has none.
    """
    if isinstance(value, list):
        return [portable(part) for part in value]
    if isinstance(value, dict):
        return {name: portable(part) for name, part in value.items()}
    if isinstance(value, datetime) and value.time() == time.min:
        return value.date().isoformat()
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, float):
        value = float(f"{value:.{DIGITS}g}") if math.isfinite(value) else None
    if isinstance(value, float) and value.is_integer():  # an integer in a column with unknown values
        return int(value)
    return value if value is None or isinstance(value, bool | int | float) else clean(str(value))


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        joined = ";".join(_part(part) for part in value)
        return guarded(joined) if joined else KNOWN_TO_BE_EMPTY
    if isinstance(value, dict):
        return json.dumps(portable(value), ensure_ascii=False)
    value = portable(value)
    if isinstance(value, str):
        return guarded(value)
    if isinstance(value, float):
        return written_out(value)
    return str(value).lower() if isinstance(value, bool) else value


def _part(value: Any) -> str:
    if entries.kind_of(value):
        return entries.written(value)
    return portable(value) if isinstance(value, str) else str(_cell(value))


def _bytes(document: Any) -> bytes:
    return (json.dumps(document, ensure_ascii=False, allow_nan=False, indent=1) + "\n").encode("utf-8")
