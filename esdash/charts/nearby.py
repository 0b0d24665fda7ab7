"""A few places close to each other: a sketch to scale, with the ways between them in metres."""

import math
from collections.abc import Iterator
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from esdash.charts import look
from esdash.charts.week import colour, letter
from esdash.texts import Text
from esdash.wording.escaping import hover
from esdash.wording.overlaps import distance

HEIGHT = 250
KM_PER_DEGREE = 111.2  # of latitude
LEAST_KM = 0.1  # least distance from the middle to the edge: a house, not a door
MARGIN = 1.9  # of the way from the middle to the outermost place: room for the names
ONE_MARK = 0.16  # share of that half: places closer than this share a mark, because two would cover each other
STEPS_KM = (0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20)  # lengths of the scale bar and of the grid
MIDDLE = 0.25  # share of that half: a mark closer to the middle has room for its name beside it
NAME = 16  # letters of a name beside its mark


def nearby(points: pd.DataFrame, between: pd.DataFrame, text: Text) -> go.Figure:
    """A sketch from one row per offer (id, place in the case, lat, lon, name) and per pair (a_id, b_id, kilometres).

    North is up. Lines join the places by the shortest ways; each says its length. The bar shows the scale.
    """
    squeeze = math.cos(math.radians(float(points["lat"].mean())))
    east = (points["lon"] - points["lon"].mean()) * squeeze * KM_PER_DEGREE
    north = (points["lat"] - points["lat"].mean()) * KM_PER_DEGREE
    middle = (east.min() + east.max()) / 2, (north.min() + north.max()) / 2
    reach = max((east - middle[0]).abs().max(), (north - middle[1]).abs().max())
    half = max(float(reach) * MARGIN, LEAST_KM)
    placed = points.assign(x=east - middle[0], y=north - middle[1])
    marks = _marks(placed, half)
    ways = list(_ways(marks, between))
    step = max((length for length in STEPS_KM if length <= half * 0.7), default=STEPS_KM[0])
    bar = {"type": "line", "x0": -half, "x1": -half + step, "y0": -half * 0.93, "y1": -half * 0.93}
    lines = [
        {"type": "line", "x0": a["x"], "x1": b["x"], "y0": a["y"], "y1": b["y"], "layer": "below"}
        | {"line": {"color": look.QUIET, "width": 1.5, "dash": "dot"}}
        for a, b, _ in ways
    ]
    notes = [
        _note((a["x"] + b["x"]) / 2, (a["y"] + b["y"]) / 2, f"<b>{distance(kilometres, text)}</b>")
        | {"bgcolor": "#FFFFFF", "borderpad": 2}
        for a, b, kilometres in ways
    ]
    notes += [_named(mark, half) for mark in marks]
    notes.append(_note(-half + step / 2, -half * 0.93, distance(step, text), yanchor="bottom", font={"size": 12}))
    ticks = [step * number for number in range(-20, 21)]
    grid = look.axis(showgrid=True, gridcolor="#EEF1F4", tickvals=ticks, showticklabels=False)
    layout = look.layout(
        HEIGHT,
        shapes=[*lines, {**bar, "line": {"color": look.INK, "width": 3}}],
        annotations=notes,
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        xaxis={**grid, "range": [-half, half]},
        yaxis={**grid, "range": [-half, half], "scaleanchor": "x"},
    )
    drawn = {
        "type": "scatter",
        "mode": "markers+text",
        "x": [mark["x"] for mark in marks],
        "y": [mark["y"] for mark in marks],
        "text": [f"<b>{mark['letters']}</b>" for mark in marks],
        "textfont": {"color": "#FFFFFF", "size": 12},
        "hovertext": [hover(*mark["names"]) for mark in marks],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "marker": {
            "opacity": 1,  # several sizes would make the marks translucent
            "size": [14 + 8 * len(mark["names"]) for mark in marks],
            "color": [mark["colour"] for mark in marks],
            "line": {"color": "#FFFFFF", "width": 1.5},
        },
    }
    return go.Figure(data=[drawn], layout=layout)


def _marks(placed: pd.DataFrame, half: float) -> list[dict[str, Any]]:
    """One mark per place, with all offers that are there or too close to have a mark of their own."""
    marks: list[dict[str, Any]] = []
    for row in placed.sort_values("place").itertuples():
        near = [mark for mark in marks if math.hypot(mark["x"] - row.x, mark["y"] - row.y) < half * ONE_MARK]
        if near:
            near[0]["ids"].append(row.id)
            near[0]["letters"] += f" {letter(row.place)}"
            near[0]["names"].append(row.name)
        else:
            here = {"x": float(row.x), "y": float(row.y), "colour": colour(row.place)}
            marks.append({**here, "ids": [row.id], "letters": letter(row.place), "names": [row.name]})
    return marks


def _ways(marks: list[dict[str, Any]], between: pd.DataFrame) -> Iterator[tuple[dict[str, Any], dict[str, Any], float]]:
    """The shortest ways that join the marks: two marks and the kilometres between them."""
    of = {key: place for place, mark in enumerate(marks) for key in mark["ids"]}
    joined = list(range(len(marks)))  # mark → group of marks that are joined already
    known = between[between["kilometres"].notna() & between["a_id"].isin(of) & between["b_id"].isin(of)]
    for pair in known.sort_values(["kilometres", "a_id", "b_id"]).itertuples():
        a, b = of[pair.a_id], of[pair.b_id]
        if joined[a] != joined[b]:
            joined = [joined[a] if group == joined[b] else group for group in joined]
            yield marks[a], marks[b], float(pair.kilometres)


def _named(mark: dict[str, Any], half: float) -> dict[str, Any]:
    """The names of a mark, where no way runs: outside of it, or above and below where that has no room."""
    lines = hover(*(look.short(name, NAME) for name in mark["names"]))
    side = "left" if mark["x"] >= 0 else "right"
    if abs(mark["x"]) < half * MIDDLE:
        return _note(mark["x"], mark["y"], lines, xanchor=side, xshift=14 if side == "left" else -14)
    where = {"yanchor": "bottom", "yshift": 14} if side == "right" else {"yanchor": "top", "yshift": -14}
    return _note(mark["x"], mark["y"], lines, **where)


def _note(x: float, y: float, words: str, **more: Any) -> dict[str, Any]:
    return {"x": x, "y": y, "text": words, "showarrow": False, "font": {"size": 13}, **more}
