"""A few places close to each other: the map of the districts, zoomed to these places."""

import math
from collections.abc import Sequence
from html import escape
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from esdash.charts.district_map import district_map

HEIGHT = 270
KM_PER_DEGREE = 111.2  # of latitude
LEAST_KM = 0.8  # least distance from the middle to the edge, so that the surroundings are visible
MARGIN = 1.4  # of the way from the middle to the outermost place
COVERED = 0.4  # share of that half: a district's name closer to a place would be covered by its mark


def nearby(
    districts: pd.DataFrame, points: pd.DataFrame, letters: Sequence[str], colours: Sequence[str], outline: str | None
) -> go.Figure:
    """A map around points (lat, lon, name), each with its letter and colour; points of one place share a mark.

    A district has no name if a mark would cover it; the page names the districts of the points.
    """
    squeeze = math.cos(math.radians(float(districts["lat"].mean()))) if len(districts) else 1.0
    figure = district_map(districts, {}, {}, outline=outline, height=HEIGHT)
    figure.update_traces(hoverinfo="skip", hovertemplate=None)
    lat, lon = ((points[name].min() + points[name].max()) / 2 for name in ("lat", "lon"))
    reach = max((points["lat"] - lat).abs().max(), (points["lon"] - lon).abs().max() * squeeze) * MARGIN
    half = max(float(reach), LEAST_KM / KM_PER_DEGREE)
    figure.data[-1].update(
        mode="text",
        text=[
            "" if _covered(district, points, squeeze, half * COVERED) else district.short_name
            for district in districts.itertuples()
        ],
    )
    named = points.assign(letter=list(letters), colour=list(colours), name=[escape(name) for name in points["name"]])
    marks = named.groupby(["lat", "lon"], sort=False)
    places = marks.agg({"letter": " ".join, "name": "<br>".join, "colour": "first"}).reset_index()
    figure.add_scatter(
        x=(places["lon"] * squeeze).tolist(),
        y=places["lat"].tolist(),
        mode="markers+text",
        text=[f"<b>{letter}</b>" for letter in places["letter"]],
        textfont={"color": "#FFFFFF", "size": 12},
        hovertext=places["name"].tolist(),
        hovertemplate="%{hovertext}<extra></extra>",
        marker={
            "opacity": 1,  # several sizes would make the marks translucent
            "size": [14 + 8 * len(letter.split()) for letter in places["letter"]],
            "color": places["colour"].tolist(),
            "line": {"color": "#FFFFFF", "width": 1.5},
        },
    )
    figure.update_xaxes(range=[lon * squeeze - half, lon * squeeze + half], constrain="domain")
    figure.update_yaxes(range=[lat - half, lat + half], constrain="domain")
    return figure


def _covered(district: Any, points: pd.DataFrame, squeeze: float, near: float) -> bool:
    """Whether a mark lies within this distance [degrees of latitude] of the district's name."""
    aside, above = (points["lon"] - district.lon) * squeeze, points["lat"] - district.lat
    return bool(((aside.abs() < near) & (above.abs() < near)).any())
