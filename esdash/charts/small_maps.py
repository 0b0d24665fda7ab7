"""One small map for each field of action, in one figure for a projector."""

import math
from collections.abc import Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go

from esdash.charts import labels, look
from esdash.charts.district_map import has_shape, rings
from esdash.wording.escaping import drawn as escaped
from esdash.wording.escaping import hover
from esdash.wording.faces import Cell, Face

IN_A_ROW, IN_A_NARROW_ROW = 4, 2
MAP_HEIGHT = 196  # height of a map [pixels]: two rows fit under the title on a projector
TITLE = 0.2  # share of a map's height: two lines
SIGN = 10  # size of the signs in the maps [pixels]
EDGE = 0.01  # around the districts [degrees], also of a city of one
FREE = 20  # around a map [pixels]
LETTERS = 14  # size of the titles [pixels]
ROOM = 150  # for a title [pixels], in a row of two on a telephone and of four in any wider window
BOLD = 1.08  # bold letters are wider by so much


def small_maps(
    districts: pd.DataFrame, face: Face, titles: Sequence[tuple[str, str]], narrow: bool = False
) -> go.Figure:
    """Districts coloured by their class, a map per column of the face (district × field of action).

    `titles` stand above the maps: a name and below it a figure. A click reports the district and the field.
    """
    fields = face.columns
    squeeze = math.cos(math.radians(float(districts["lat"].mean()))) if len(districts) else 1.0
    in_a_row = IN_A_NARROW_ROW if narrow else IN_A_ROW
    lines = max(1, math.ceil(len(fields.ids) / in_a_row))
    traces: list[dict[str, object]] = []
    layout = look.layout(MAP_HEIGHT * lines, clickmode="event+select", margin={"l": 0, "r": 0, "t": 0, "b": 0})
    notes = []
    for number, field in enumerate(fields.ids):
        axis = "" if number == 0 else str(number + 1)
        line, place = divmod(number, in_a_row)
        left, top = place / in_a_row, 1 - line / lines
        layout[f"xaxis{axis}"] = look.axis(visible=False, domain=[left + 0.01, left + 1 / in_a_row - 0.01])
        layout[f"yaxis{axis}"] = look.axis(
            visible=False,
            domain=[top - 1 / lines + 0.01, top - TITLE / lines],
            scaleanchor=f"x{axis}",
            scaleratio=1,
        )
        notes.append(_title(titles[number], left, top))
        cells = {key: face.cells[key, field] for key in districts["district_id"]}
        traces += _one(districts, cells, field, squeeze, f"x{axis}", f"y{axis}")
    return go.Figure(data=traces, layout={**layout, "annotations": notes})


def _title(words: tuple[str, str], left: float, top: float) -> dict[str, object]:
    name, figure = (escaped(labels.fit(one, ROOM / BOLD, LETTERS)) for one in words)
    return {
        "text": f"<b>{name}</b><br>{figure}",
        "x": left + 0.01,
        "y": top,
        "xref": "paper",
        "yref": "paper",
        "xanchor": "left",
        "yanchor": "top",
        "align": "left",
        "showarrow": False,
        "font": {"size": LETTERS, "color": look.INK},
    }


def _one(
    districts: pd.DataFrame,
    cells: Mapping[str, Cell],
    field: str,
    squeeze: float,
    x: str,
    y: str,
) -> list[dict[str, object]]:
    """One map: a trace per class with all its districts, and points for hover and click."""
    by_look: dict[tuple[bool, str], list[object]] = {}
    for key, geometry in zip(districts["district_id"], districts["geometry"], strict=True):
        if has_shape(geometry):
            by_look.setdefault((cells[key].strong, cells[key].step), []).append(geometry)
    traces = [
        _shapes(geometries, squeeze, look.COLOURS[step], strong) | {"xaxis": x, "yaxis": y}
        for (strong, step), geometries in sorted(by_look.items())  # the framed ones last, over the frames of the others
    ]
    hovers = [hover(*cells[key].hover) for key in districts["district_id"]]
    points = {
        "type": "scatter",
        "mode": "markers+text",
        "x": (districts["lon"] * squeeze).tolist(),
        "y": districts["lat"].tolist(),
        "text": _signs(districts, cells, squeeze),
        "textfont": {"size": SIGN, "color": look.INK},
        "customdata": [[key, field] for key in districts["district_id"]],
        "hovertext": hovers,
        "hovertemplate": "%{hovertext}<extra></extra>",
        "marker": {"size": 12, "color": "rgba(0,0,0,0)"},
        "unselected": {"marker": {"opacity": 1}, "textfont": {"color": look.INK}},
        "xaxis": x,
        "yaxis": y,
    }
    return [*traces, points]


def _signs(districts: pd.DataFrame, cells: Mapping[str, Cell], squeeze: float) -> list[str]:
    """The sign of each district, without those that would stand on the one of another."""
    xs, ys = (districts["lon"] * squeeze).tolist(), districts["lat"].tolist()
    corners = [corner for geometry in districts["geometry"] for ring in rings(geometry) for corner in ring]
    wests, souths = [*xs, *(corner[0] * squeeze for corner in corners)], [*ys, *(corner[1] for corner in corners)]
    extent = (min(wests), max(wests) + EDGE, min(souths), max(souths) + EDGE)
    window = labels.Window(*extent, MAP_HEIGHT * (1 - TITLE) - FREE, ROOM)
    written: list[str] = []
    taken: list[labels.Box] = []
    for x, y, key in zip(xs, ys, districts["district_id"], strict=True):
        sign = cells[key].sign
        box = labels.Box(x, y, 0, 0, SIGN, SIGN * labels.LINE)
        if sign and any(labels.meet(box, other, window) for other in taken):
            sign = ""
        if sign:
            taken.append(box)
        written.append(sign)
    return written


def _shapes(geometries: Sequence[object], squeeze: float, colour: str, strong: bool) -> dict[str, object]:
    xs: list[float | None] = []
    ys: list[float | None] = []
    for ring in (ring for geometry in geometries for ring in rings(geometry)):
        xs += [*(point[0] * squeeze for point in ring), None]
        ys += [*(point[1] for point in ring), None]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": xs,
        "y": ys,
        "fill": "toself",
        "fillcolor": colour,
        "line": {"color": look.ATTENTION if strong else look.LINE, "width": 1.5 if strong else 0.7},
        "hoverinfo": "skip",
    }
