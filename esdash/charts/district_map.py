"""The districts of a city as plain shapes: no tiles, no WebGL, clickable names."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from esdash.charts import look
from esdash.texts import Text

# From little to much: warm for what is missing and needs attention, blue for what is there.
RAMPS = {
    "attention": ["#FBEFE8", "#F3D3C1", "#EAB294", "#DC8C63", "#C9662F", "#A34413"],
    "calm": ["#E6F0F6", "#C9DFEC", "#A9CBE0", "#88B6D3", "#67A1C5", "#4A8FBA"],
}
NO_VALUE = "#E3E6EA"


def district_map(
    districts: pd.DataFrame,
    values: dict[str, float],
    hovers: dict[str, str],
    text: Text,
    selected: str | None = None,
    points: pd.DataFrame | None = None,
    outline: str | None = None,
    height: int = 620,
    ramp: str = "attention",
) -> go.Figure:
    """A map from one row per district (district_id, short_name, lat, lon, geometry as GeoJSON text or None).

    `values` colours the districts by district_id (missing: grey), `hovers` says what each means; `points` are single
    places (lat, lon, name). A district without a shape is still there, as its named point.
    """
    squeeze = math.cos(math.radians(float(districts["lat"].mean()))) if len(districts) else 1.0
    top = max(values.values(), default=0)
    traces = []
    for district in districts.itertuples():
        value = values.get(district.district_id)
        colour = NO_VALUE if value is None else _shade(value, top, RAMPS[ramp])
        chosen = district.district_id == selected
        traces.append(_shape(_rings(district.geometry), squeeze, colour, 3 if chosen else 1, chosen))
    if not any(_has_shape(geometry) for geometry in districts["geometry"]) and outline:
        traces.append(_shape(_rings(outline), squeeze, "#F3F5F7", 1, False))
    if points is not None and len(points):
        traces.append(_points(points, squeeze))
    traces.append(_names(districts, values, hovers, squeeze))
    layout = look.layout(
        height,
        clickmode="event+select",
        xaxis=look.axis(visible=False),
        yaxis=look.axis(visible=False, scaleanchor="x", scaleratio=1),
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
    )
    return go.Figure(data=traces, layout=layout)


def _shade(value: float, top: float, colours: Sequence[str]) -> str:
    return colours[min(len(colours) - 1, int(len(colours) * value / top)) if top else 0]


def _has_shape(geometry: object) -> bool:
    return isinstance(geometry, str) and geometry not in ("", "null")


def _rings(geometry: object) -> Sequence[Sequence[Sequence[float]]]:
    """Outer rings of a GeoJSON Polygon or MultiPolygon."""
    if not _has_shape(geometry):
        return []
    shape = json.loads(str(geometry))
    polygons = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
    return [polygon[0] for polygon in polygons]


def _shape(
    rings: Sequence[Sequence[Sequence[float]]], squeeze: float, colour: str, width: int, chosen: bool
) -> dict[str, object]:
    xs: list[float | None] = []
    ys: list[float | None] = []
    for ring in rings:
        xs += [*(point[0] * squeeze for point in ring), None]
        ys += [*(point[1] for point in ring), None]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": xs,
        "y": ys,
        "fill": "toself",
        "fillcolor": colour,
        "line": {"color": look.ACCENT if chosen else "#FFFFFF", "width": width},
        "hoverinfo": "skip",
    }


def _points(points: pd.DataFrame, squeeze: float) -> dict[str, object]:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": (points["lon"] * squeeze).tolist(),
        "y": points["lat"].tolist(),
        "text": points["name"].tolist(),
        "customdata": points["key"].tolist() if "key" in points else None,
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {"size": 9, "color": look.ACCENT, "opacity": 0.75, "line": {"color": "#FFFFFF", "width": 1}},
        "unselected": {"marker": {"opacity": 0.75}},
    }


def _names(
    districts: pd.DataFrame, values: dict[str, float], hovers: dict[str, str], squeeze: float
) -> dict[str, object]:
    """A named marker in each district: what a click reports."""
    ids = districts["district_id"].tolist()
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": (districts["lon"] * squeeze).tolist(),
        "y": districts["lat"].tolist(),
        "text": districts["short_name"].tolist(),
        "textposition": _label_sides(districts, squeeze),
        "textfont": {"size": 11, "color": look.INK},
        "customdata": ids,
        "hovertext": [hovers.get(key, name) for key, name in zip(ids, districts["name"], strict=True)],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "marker": {"size": 16, "color": "rgba(31,41,51,0.001)", "line": {"color": "rgba(31,41,51,0.35)", "width": 1}},
        "unselected": {"marker": {"opacity": 1}, "textfont": {"color": look.INK}},
    }


def _label_sides(districts: pd.DataFrame, squeeze: float) -> list[str]:
    """Above or below the point, so that the names of close neighbours do not cover each other.

    Greedy from north to south: each name takes the side with fewer names near it.
    """
    taken: list[tuple[float, float]] = []
    sides: dict[str, str] = {}
    span = float(districts["lat"].max() - districts["lat"].min()) or 1.0
    step = span / 38
    for district in districts.sort_values("lat", ascending=False).itertuples():
        x = district.lon * squeeze
        options = {"top center": district.lat + step, "bottom center": district.lat - step}
        crowd = {
            side: sum(abs(x - other_x) < span / 8 and abs(y - other_y) < step * 1.2 for other_x, other_y in taken)
            for side, y in options.items()
        }
        side = min(crowd, key=lambda name: crowd[name])
        sides[district.district_id] = side
        taken.append((x, options[side]))
    return [sides[key] for key in districts["district_id"]]
