"""A map to choose a point: districts under a net of invisible points, because only points report clicks."""

import math
from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from esdash.charts import labels, look
from esdash.charts.district_map import district_map, named_points

HEIGHT = 540
NAMED = 15  # most places with written names; otherwise names appear under the mouse
KNOWN = 8  # diameter of the mark of a known place [pixels]
NET_SIZE = 16  # size of an invisible point [pixels], so that the net has no holes


def place_map(
    districts: pd.DataFrame,
    net: pd.DataFrame,
    window: tuple[float, float, float, float],
    point: tuple[float, float] | None = None,
    outline: str | None = None,
    known: pd.DataFrame | None = None,
) -> go.Figure:
    """The districts within `window` (south, north, west, east), places that are `known`, a mark at `point` (lat, lon).

    A click reports the nearest row of `net` or of `known` as customdata: lat, lon, district_id.
    """
    squeeze = math.cos(math.radians(float(districts["lat"].mean()))) if len(districts) else 1.0
    figure = district_map(districts, {}, {}, outline=outline, height=HEIGHT)
    centres = districts[["lat", "lon", "district_id"]].values.tolist()
    south, north, west, east = window
    shown = labels.Window(west * squeeze, east * squeeze, south, north, HEIGHT)
    places = [] if known is None else _inside(_places(known, squeeze), shown)
    written = labels.place(places if len(places) <= NAMED else [one._replace(name="") for one in places], shown)
    taken = [one.box for one in written if one.box]
    marks = _inside(named_points(districts, squeeze), shown)
    names = labels.place(marks, shown, [*taken, *map(labels.mark, places)])
    figure.data[-1].update(customdata=centres, hoverinfo="skip", hovertemplate=None, hovertext=None)  # their names
    figure.data[-1].update(text=[one.words for one in names], textposition=[one.side for one in names])
    invisible = {"size": NET_SIZE, "symbol": "square", "color": "rgba(0,0,0,0)"}
    _add(figure, net, squeeze, marker=invisible, hoverinfo="none", mode="markers", opacities=0)
    if known is not None and len(known):
        dots = {"size": KNOWN, "color": look.ACCENT, "line": {"color": "#FFFFFF", "width": 1}}
        words = {"hovertext": known["name"].tolist(), "hovertemplate": "%{hovertext}<extra></extra>"}
        words |= {"text": [one.words for one in written], "textposition": [one.side for one in written]}
        words |= {"textfont": {"size": labels.SIZE, "color": look.QUIET}}
        _add(figure, known, squeeze, marker=dots, mode="markers+text", **words)
    if point:
        mark = {"size": 15, "color": look.ATTENTION, "line": {"color": "#FFFFFF", "width": 2}}
        at = pd.DataFrame({"lat": [point[0]], "lon": [point[1]], "district_id": [None]})
        _add(figure, at, squeeze, marker=mark, mode="markers", hoverinfo="skip")
    figure.update_xaxes(range=[west * squeeze, east * squeeze], constrain="domain")
    figure.update_yaxes(range=[south, north], constrain="domain")
    return figure


def _places(known: pd.DataFrame, squeeze: float) -> list[labels.Point]:
    return [labels.Point(one.lon * squeeze, one.lat, one.name, KNOWN / 2) for one in known.itertuples(index=False)]


def _inside(points: Sequence[labels.Point], window: labels.Window) -> list[labels.Point]:
    """The points, those outside of the window without their names."""
    return [
        one if window.west <= one.x <= window.east and window.south <= one.y <= window.north else one._replace(name="")
        for one in points
    ]


def _add(figure: go.Figure, rows: pd.DataFrame, squeeze: float, opacities: float = 1, **look_of: Any) -> None:
    figure.add_scatter(
        x=(rows["lon"] * squeeze).tolist(),
        y=rows["lat"].tolist(),
        customdata=[[row.lat, row.lon, row.district_id] for row in rows.itertuples()],
        selected={"marker": {"opacity": opacities}},
        unselected={"marker": {"opacity": opacities}},
        **look_of,
    )
