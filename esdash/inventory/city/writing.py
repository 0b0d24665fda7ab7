"""The reference tables of an inventory as a city's folder in a ZIP, for people to change and to bring back."""

import csv
import io
import json
import zipfile
from datetime import date
from typing import Any

from esdash.inventory.city.comparing import stored
from esdash.inventory.city.declared import BY_NAME, FILES, TOML, CityFile, Row
from esdash.inventory.file.integrity import Reader
from esdash.model.values import written_out

PEOPLE = ("population", "city_total")  # METHODS M4
Rows = dict[str, Row]  # key → row


def folder(reader: Reader) -> dict[str, bytes]:
    """The files of the folder that would make these tables: name → content; files without any rows are left out."""
    tables = stored(reader)
    written: dict[str, bytes] = {}
    for file in FILES:
        write = _geojson if file.unit == "shape" else _toml if file.ending == TOML else _csv
        if content := write(file, tables[file.table]):
            written[file.name] = content.encode()
    return written


def archive(reader: Reader, name: str) -> bytes:
    """The files in a ZIP, inside a folder of this name; without numbers of people, which may be too small to show."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
        for file, data in folder(reader).items():
            if BY_NAME[file].table not in PEOPLE:
                packed.writestr(f"{name}/{file}", data)
    return content.getvalue()


def _csv(file: CityFile, rows: Rows) -> str:
    """With semicolons and a mark of UTF-8, so that a German Excel opens it as it is."""
    if not rows:
        return ""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    names = [column.name for column in file.columns]
    writer.writerow(names)
    ordered = sorted(rows.values(), key=lambda row: row.get("sort", 0))
    writer.writerows([[_cell(row[name]) for name in names] for row in ordered])
    return "\ufeff" + out.getvalue()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return (str(int(value)) if value.is_integer() else written_out(value)).replace(".", ",")
    return value.isoformat() if isinstance(value, date) else str(value)


def _toml(file: CityFile, rows: Rows) -> str:
    (row,) = rows.values()
    known = {column.name: row[column.name] for column in file.columns if row[column.name] is not None}
    return "".join(f"{name} = {json.dumps(value, ensure_ascii=False)}\n" for name, value in known.items())


def _geojson(file: CityFile, rows: Rows) -> str:
    (column,) = file.columns
    features = [
        {"type": "Feature", "id": key, "properties": {}, "geometry": row[column.name]}
        for key, row in rows.items()
        if row[column.name]
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False) if features else ""
