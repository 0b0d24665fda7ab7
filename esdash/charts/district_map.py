"""The districts of a city as plain shapes: no tiles, no WebGL, clickable names."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd
import plotly.graph_objects as go

from esdash.charts import labels, look
from esdash.charts.figure import Figure
from esdash.wording.escaping import hover
from esdash.wording.faces import Cell, Face

SHARES = ["#E6F0F6", "#C9DFEC", "#A9CBE0", "#88B6D3", "#67A1C5", "#4A8FBA"]  # from 0 to 1, in equal steps
NO_VALUE = "#E3E6EA"
PLAIN = "#F7F8FA"  # a district that has a number, which stands in its circle
BORDER = "#BFC8D0"  # between districts, visible around white ones too
MARK = 7  # diameter of the mark of a district [pixels]
AROUND, LEAST_EXTENT = 0.04, 0.01  # room around everything, as a share of its extent; where that is nothing [degrees]
LARGEST_CIRCLE = 44  # diameter [pixels]
MARGIN = 0.5  # of the extent of the districts, in which points of partners outside are still drawn
HALO = "0 0 2px #FFFFFF, 0 0 3px #FFFFFF, 0 0 4px #FFFFFF"  # outline that keeps names readable on dark districts


def district_map(
    districts: pd.DataFrame,
    colours: Mapping[str, str],
    hovers: Mapping[str, str],
    selected: str | None = None,
    points: pd.DataFrame | None = None,
    outline: str | None = None,
    height: int = 640,
    circles: Sequence[Circle] = (),
) -> go.Figure:
    """A map from one row per district (district_id, short_name, lat, lon, geometry as GeoJSON text or None).

    `colours` are those of the districts by district_id (missing: grey); `hovers` says what each means; `points` are
    single places (lat, lon, name), `circles` numbers. A district without a shape is a named point. The map stays that
    of the city: points beyond it (`beyond`) are not drawn, because one wrong point would make all districts a speck.
    """
    squeeze = math.cos(math.radians(float(districts["lat"].mean()))) if len(districts) else 1.0
    traces = []
    for district in districts.itertuples():
        colour = colours.get(district.district_id, NO_VALUE)
        chosen = district.district_id == selected
        traces.append(_shape(rings(district.geometry), squeeze, colour, 3 if chosen else 1, chosen))
    if not any(has_shape(geometry) for geometry in districts["geometry"]) and outline:
        traces.append(_shape(rings(outline), squeeze, "#F3F5F7", 1, False))
    if circles:
        traces.append(_circles(districts, circles, squeeze))
    if points is not None and len(points):
        far = beyond(districts, points)
        traces.append(_points(points[[place not in far for place in points.index]], squeeze))
    window = _window(traces, districts, squeeze, height)
    traces.append(_names(districts, hovers, squeeze, window, selected))
    layout = look.layout(
        height,
        clickmode="event+select",
        xaxis=look.axis(visible=False, range=[window.west, window.east]),
        yaxis=look.axis(visible=False, range=[window.south, window.north], scaleanchor="x", scaleratio=1),
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
    )
    return go.Figure(data=traces, layout=layout)


def beyond(districts: pd.DataFrame, points: pd.DataFrame) -> dict[Any, str]:
    """Row → name of the points that a map of the districts does not show: farther from them than half of its extent."""
    corners = [corner for geometry in districts["geometry"] for ring in rings(geometry) for corner in ring]
    lats = [*districts["lat"], *(corner[1] for corner in corners)]
    lons = [*districts["lon"], *(corner[0] for corner in corners)]
    if len(districts) < 2:  # a single point has no extent
        return {}
    up, aside = MARGIN * (max(lats) - min(lats)), MARGIN * (max(lons) - min(lons))
    return {
        point.Index: str(point.name)
        for point in points.itertuples()
        if not (min(lats) - up <= point.lat <= max(lats) + up and min(lons) - aside <= point.lon <= max(lons) + aside)
    }


class Circle(NamedTuple):
    """A number in a district: its area is in proportion to `size` (0 to 1 of the largest), its colour is its class."""

    district_id: str
    size: float
    colour: str


def face_map(face: Face, districts: pd.DataFrame, selected: str | None, **more: Any) -> Figure:
    """The map of a face by district: rates as coloured areas, numbers as circles in plain districts."""
    cells = {district: face.cells[district, column] for district in face.rows.ids for column in face.columns.ids}
    hovers = {district: hover(cell.hover[0], *cell.hover[2:]) for district, cell in cells.items()}
    return Figure(**district_map(districts, areas(face), hovers, selected, circles=circles(face), **more).to_dict())


def areas(face: Face) -> dict[str, str]:
    """District → colour of its area: the class of its rate; for numbers only whether there is one."""
    cells = {row: cell for (row, _), cell in face.cells.items()}
    if is_rate(face):
        return {row: look.COLOURS[cell.step] for row, cell in cells.items()}
    return {row: PLAIN for row, cell in cells.items() if _number(cell) is not None}


def circles(face: Face) -> list[Circle]:
    """The numbers of the districts as circles, of two ends the lower one; none for rates, and none for zero."""
    if is_rate(face):
        return []
    found = {row: (abs(number), cell.step) for (row, _), cell in face.cells.items() if (number := _number(cell))}
    top = max((number for number, _ in found.values()), default=1.0)
    return [Circle(row, number / top, look.COLOURS[step]) for row, (number, step) in found.items()]


def _number(cell: Cell) -> float | None:
    return cell.least if cell.value is None else cell.value


def is_rate(face: Face) -> bool:
    """Whether the measure is a rate, which may colour an area; a coloured area of numbers is a map of residents."""
    return face.view.measure in ("coverage", "gap_per_100")


def shades(shares: Mapping[str, float]) -> dict[str, str]:
    """District → colour of its area for a share from 0 to 1."""
    return {key: SHARES[min(len(SHARES) - 1, int(len(SHARES) * share))] for key, share in shares.items()}


def counted(numbers: Mapping[str, float]) -> tuple[dict[str, str], list[Circle]]:
    """Numbers of records by district: plain areas, and a circle for each number."""
    top = max(numbers.values(), default=1.0)
    drawn = [Circle(key, number / top, SHARES[2]) for key, number in numbers.items() if number]
    return dict.fromkeys(numbers, PLAIN), drawn


def has_shape(geometry: object) -> bool:
    """Whether there is a shape to draw."""
    return isinstance(geometry, str) and geometry not in ("", "null")


def rings(geometry: object) -> Sequence[Sequence[Sequence[float]]]:
    """Outer rings of a GeoJSON Polygon or MultiPolygon."""
    if not has_shape(geometry):
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
        "line": {"color": look.ACCENT if chosen else BORDER, "width": width},
        "hoverinfo": "skip",
    }


def _circles(districts: pd.DataFrame, circles: Sequence[Circle], squeeze: float) -> dict[str, object]:
    centres = {district.district_id: (district.lon * squeeze, district.lat) for district in districts.itertuples()}
    drawn = [circle for circle in circles if circle.district_id in centres]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [centres[circle.district_id][0] for circle in drawn],
        "y": [centres[circle.district_id][1] for circle in drawn],
        "hoverinfo": "skip",
        "marker": {
            "size": [LARGEST_CIRCLE * math.sqrt(circle.size) for circle in drawn],
            "color": [circle.colour for circle in drawn],
            "opacity": 0.9,
            "line": {"color": look.QUIET, "width": 1},
        },
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
        "marker": {"size": 7, "color": look.ACCENT, "opacity": 0.75, "line": {"color": "#FFFFFF", "width": 1}},
        "unselected": {"marker": {"opacity": 0.75}},
    }


def _window(traces: Sequence[Mapping[str, Any]], districts: pd.DataFrame, squeeze: float, height: int) -> labels.Window:
    """What is shown: everything drawn, and a little room around it."""
    xs = [x for trace in traces for x in trace["x"] if x is not None] + (districts["lon"] * squeeze).tolist()
    ys = [y for trace in traces for y in trace["y"] if y is not None] + districts["lat"].tolist()
    if not xs:
        return labels.Window(0, 1, 0, 1, height)
    aside, up = AROUND * (max(xs) - min(xs)) or LEAST_EXTENT, AROUND * (max(ys) - min(ys)) or LEAST_EXTENT
    return labels.Window(min(xs) - aside, max(xs) + aside, min(ys) - up, max(ys) + up, height)


def named_points(districts: pd.DataFrame, squeeze: float) -> list[labels.Point]:
    """The marks of the districts with their names."""
    return [labels.Point(one.lon * squeeze, one.lat, one.short_name, MARK / 2) for one in districts.itertuples()]


def _names(
    districts: pd.DataFrame, hovers: Mapping[str, str], squeeze: float, window: labels.Window, selected: str | None
) -> dict[str, object]:
    """A named marker in each district; a click reports it."""
    ids = districts["district_id"].tolist()
    first = ids.index(selected) if selected in ids else None
    named = labels.place(named_points(districts, squeeze), window, first=first)
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": (districts["lon"] * squeeze).tolist(),
        "y": districts["lat"].tolist(),
        "text": [one.words for one in named],
        "textposition": [one.side for one in named],
        "textfont": {"size": labels.SIZE, "color": look.INK, "shadow": HALO},
        "customdata": ids,
        "hovertext": [hovers.get(key, name) for key, name in zip(ids, districts["name"], strict=True)],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "marker": {"size": MARK, "color": "#FFFFFF", "line": {"color": look.INK, "width": 1.2}},
        "unselected": {"marker": {"opacity": 1}, "textfont": {"color": look.INK}},
    }
