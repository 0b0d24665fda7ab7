"""A few places close to each other: the map of the districts, drawn as near as they lie."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from esdash.charts.district_map import district_map

HEIGHT = 270
KM_PER_DEGREE = 111.2  # of latitude
LEAST_KM = 0.4  # from the middle to the edge: places in one street stay apart
MARGIN = 1.4  # of the way from the middle to the outermost place


def nearby(
    districts: pd.DataFrame, points: pd.DataFrame, letters: Sequence[str], colours: Sequence[str], outline: str | None
) -> go.Figure:
    """A map around points (lat, lon, name), each with its letter in its colour."""
    squeeze = math.cos(math.radians(float(districts["lat"].mean()))) if len(districts) else 1.0
    figure = district_map(districts, {}, {}, outline=outline, height=HEIGHT)
    figure.update_traces(hoverinfo="skip", hovertemplate=None)
    figure.add_scatter(
        x=(points["lon"] * squeeze).tolist(),
        y=points["lat"].tolist(),
        mode="markers+text",
        text=[f"<b>{letter}</b>" for letter in letters],
        textfont={"color": "#FFFFFF", "size": 12},
        hovertext=points["name"].tolist(),
        hovertemplate="%{hovertext}<extra></extra>",
        marker={"size": 22, "color": list(colours), "line": {"color": "#FFFFFF", "width": 1.5}},
    )
    lat, lon = ((points[name].min() + points[name].max()) / 2 for name in ("lat", "lon"))
    reach = max((points["lat"] - lat).abs().max(), (points["lon"] - lon).abs().max() * squeeze) * MARGIN
    half = max(float(reach), LEAST_KM / KM_PER_DEGREE)
    figure.update_xaxes(range=[lon * squeeze - half, lon * squeeze + half], constrain="domain")
    figure.update_yaxes(range=[lat - half, lat + half], constrain="domain")
    return figure
