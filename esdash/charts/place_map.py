"""A map to choose a point on: the districts under a net of invisible points, because only points report a click."""

from __future__ import annotations

import math

import pandas as pd
import plotly.graph_objects as go

from esdash.charts import look
from esdash.charts.district_map import district_map

HEIGHT = 460
NET_SIZE = 16  # pixels of an invisible point: the net leaves no hole between them


def place_map(
    districts: pd.DataFrame,
    net: pd.DataFrame,
    window: tuple[float, float, float, float],
    point: tuple[float, float] | None = None,
    outline: str | None = None,
) -> go.Figure:
    """The districts within `window` (south, north, west, east), a mark at `point` (lat, lon), and the net above.

    A click reports the nearest row of `net` as customdata: lat, lon, district_id.
    """
    squeeze = math.cos(math.radians(float(districts["lat"].mean()))) if len(districts) else 1.0
    figure = district_map(districts, {}, {}, outline=outline, height=HEIGHT)
    if point:
        mark = {"size": 15, "color": look.ATTENTION, "line": {"color": "#FFFFFF", "width": 2}}
        figure.add_scatter(
            x=[point[1] * squeeze], y=[point[0]], mode="markers", marker=mark, unselected={"marker": {"opacity": 1}},
            hoverinfo="skip",
        )  # fmt: skip
    invisible = {"size": NET_SIZE, "symbol": "square", "color": "rgba(0,0,0,0)"}
    figure.add_scatter(
        x=(net["lon"] * squeeze).tolist(),
        y=net["lat"].tolist(),
        customdata=[[row.lat, row.lon, row.district_id] for row in net.itertuples()],
        mode="markers",
        marker=invisible,
        selected={"marker": {"opacity": 0}},
        unselected={"marker": {"opacity": 0}},
        hoverinfo="none",
    )
    south, north, west, east = window
    figure.update_xaxes(range=[west * squeeze, east * squeeze], constrain="domain")
    figure.update_yaxes(range=[south, north])
    return figure
