"""The area of the city: a net of points to click on a map, each with its district."""

import json
import math

import numpy as np
import pandas as pd

from esdash.analysis.records import records
from esdash.inventory import Inventory

KM_PER_DEGREE = 111.2  # of latitude
COARSE = 48  # points along the longer side of the city; closer ones cannot be hit on a telephone
CLOSE_KM = 2.4  # width of the window around a chosen point
FINE = 32  # points along that window, 75 m apart

Around = tuple[float, float] | None  # latitude and longitude


def net(inventory: Inventory, around: Around = None) -> pd.DataFrame:
    """One row per point of an even net over the city, or over the surroundings of a point: lat, lon, district_id.

    If the districts have shapes, only points inside one of them.
    """
    south, north, west, east = window(inventory, around)
    squeeze = math.cos(math.radians((south + north) / 2))
    step = max(north - south, (east - west) * squeeze) / ((FINE if around else COARSE) - 1)
    lats, lons = np.arange(south, north + step / 2, step), np.arange(west, east + step / squeeze / 2, step / squeeze)
    lat, lon = (axis.ravel() for axis in np.meshgrid(lats, lons, indexing="ij"))
    frame = pd.DataFrame({"lat": lat.round(5), "lon": lon.round(5), "district_id": _districts_of(inventory, lat, lon)})
    inside = frame["district_id"].notna()
    return frame[inside].reset_index(drop=True) if inside.any() else frame


def district_at(inventory: Inventory, lat: float, lon: float) -> str | None:
    """The district whose shape contains a point; None outside of all shapes, and where the city has none."""
    found: str | None = inventory.value("SELECT district_at($lat, $lon)", lat=lat, lon=lon)
    return found


def places(inventory: Inventory, around: Around = None) -> pd.DataFrame:
    """One row per known place near a point, or in the whole city: name, lat, lon, district_id."""
    south, north, west, east = window(inventory, around)
    frame = inventory.frame("FROM located_place")
    return frame[frame["lat"].between(south, north) & frame["lon"].between(west, east)].reset_index(drop=True)


def window(inventory: Inventory, around: Around = None) -> tuple[float, float, float, float]:
    """The limits of the city, or of the surroundings of a point: south, north, west, east [degrees]."""
    if around:
        half = CLOSE_KM / 2 / KM_PER_DEGREE
        wide = half / math.cos(math.radians(around[0]))
        return around[0] - half, around[0] + half, around[1] - wide, around[1] + wide
    districts = records.reference(inventory, "district")
    rings = [ring for geometry in districts["geometry"] for ring in _rings(geometry)]
    if rings:
        corners = np.concatenate(rings)
        lon, lat = corners[:, 0], corners[:, 1]
    else:
        lon, lat = districts["lon"].to_numpy(), districts["lat"].to_numpy()
    if not len(lat):
        return -60.0, 75.0, -180.0, 180.0  # without districts: the whole earth
    margin = 0.05 * max(float(lat.max() - lat.min()), 0.02)
    return lat.min() - margin, lat.max() + margin, lon.min() - margin, lon.max() + margin


def _districts_of(inventory: Inventory, lat: np.ndarray, lon: np.ndarray) -> list[str | None]:
    rows = inventory.rows("FROM districts_at($lats, $lons)", lats=lat.tolist(), lons=lon.tolist())
    return [row["district_id"] for row in rows]


def _rings(geometry: object) -> list[np.ndarray]:
    """Outer rings of a GeoJSON Polygon or MultiPolygon, each as rows of longitude and latitude."""
    if not isinstance(geometry, str) or geometry in ("", "null"):
        return []
    shape = json.loads(geometry)
    polygons = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
    return [np.array(polygon[0])[:, :2] for polygon in polygons]
