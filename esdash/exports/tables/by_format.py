"""A table of the command line in the format that is asked for."""

from collections.abc import Callable
from datetime import datetime

import pandas as pd

from esdash.exports.exchange.plain import geojson_file, json_file, marked, plain_csv
from esdash.exports.tables.columns import Sheet, columns_of
from esdash.exports.tables.workbook import xlsx_file
from esdash.texts import Text

_WRITERS: dict[str, Callable[[pd.DataFrame], bytes]] = {
    "csv": plain_csv,
    "json": json_file,
    "geojson": geojson_file,
}


def table_file(name: str, form: str, frame: pd.DataFrame, notice: str | None, now: datetime, text: Text) -> bytes:
    """The rows as csv, json, geojson or xlsx, with the column names of the code; `notice` marks example data."""
    if form != "xlsx":
        return _WRITERS[form](marked(frame, notice))
    notes = [*([notice] if notice else []), text("export.as_of", day=now)]
    return xlsx_file([Sheet(name, f"esdash: {name}", frame, columns_of(frame), notes)], text, created=now)
