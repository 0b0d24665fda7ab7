"""A city is a folder: its reference data go from CSV, TOML and GeoJSON files into the reference tables."""

from __future__ import annotations

import csv
import json
import tomllib
from pathlib import Path
from typing import Any

from esdash.errors import UserError
from esdash.inventory.store import Change

# Table → file of the city's folder, in the order of loading.
FILES = {
    "district": "districts.csv",
    "district_travel": "travel.csv",
    "theme": "themes.csv",
    "target_group": "target_groups.csv",
    "language": "languages.csv",
    "module": "modules.csv",
    "population": "population.csv",
    "city_total": "city_totals.csv",
    "planning_value": "planning_values.csv",
    "criterion": "criteria.csv",
}

# Keys that the files need not repeat: they are put together from these columns.
_KEYS = {
    "district_travel": ("from_district_id", "to_district_id"),
    "population": ("district_id", "target_group_id"),
    "planning_value": ("theme_id", "target_group_id"),
}


def load(change: Change, folder: Path) -> None:
    """Fill the reference tables from the city's folder. Raises UserError for a file that is missing or wrong."""
    if not (folder / "city.toml").is_file():
        raise UserError("city_missing", path=folder / "city.toml")
    city = tomllib.loads((folder / "city.toml").read_text(encoding="utf-8"))
    outline = folder / "outline.geojson"
    city["outline"] = _geometry(json.loads(outline.read_text(encoding="utf-8"))) if outline.is_file() else None
    change.insert("city", [city])
    shapes = _shapes(folder / "districts.geojson")
    for table, name in FILES.items():
        rows = read_rows(folder / name)
        for row in rows:
            if table in _KEYS:
                row[f"{table}_id"] = "|".join(str(row[column]) for column in _KEYS[table])
            if table == "district":
                row["geometry"] = shapes.get(str(row["district_id"]))
        try:
            change.insert(table, rows)
        except Exception as error:
            raise UserError("city_file_wrong", path=folder / name, details=str(error).splitlines()[0]) from error


def read_rows(path: Path) -> list[dict[str, Any]]:
    """Rows of one of our own CSV files (UTF-8, comma); an empty cell is None. Raises UserError if it is missing."""
    if not path.is_file():
        raise UserError("city_missing", path=path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [{name: value or None for name, value in row.items()} for row in csv.DictReader(file)]


def _shapes(path: Path) -> dict[str, Any]:
    """District id → GeoJSON geometry; empty where the city has no map."""
    if not path.is_file():
        return {}
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    return {str(feature.get("id") or feature["properties"]["id"]): feature["geometry"] for feature in features}


def _geometry(document: dict[str, Any]) -> dict[str, Any]:
    geometry: dict[str, Any] = document["features"][0]["geometry"] if "features" in document else document
    return geometry
