"""A few places close to each other: a sketch to scale, with the ways between them in metres."""

import math
from collections.abc import Iterator
from typing import Any, NamedTuple

import pandas as pd
import plotly.graph_objects as go

from esdash.charts import labels, look
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
LETTERS, WAY_LETTERS = 13, 14  # of names; of lengths, which are bold [pixels]
AWAY = 14  # from a mark to its name [pixels]
NARROW = 350  # width of the sketch on a telephone [pixels]
# Side of the mark → where the name has its edge.
SIDES: dict[str, dict[str, Any]] = {
    "right": {"xanchor": "left", "xshift": AWAY},
    "left": {"xanchor": "right", "xshift": -AWAY},
    "above": {"yanchor": "bottom", "yshift": AWAY},
    "below": {"yanchor": "top", "yshift": -AWAY},
}


class _Box(NamedTuple):
    """The room of words or of a mark: its middle, from the middle of the sketch, and its size [pixels]."""

    x: float
    y: float
    width: float
    height: float

    def meets(self, other: "_Box") -> bool:
        across = abs(self.x - other.x) < (self.width + other.width) / 2
        return across and abs(self.y - other.y) < (self.height + other.height) / 2

    def inside(self) -> bool:
        return abs(self.x) + self.width / 2 <= NARROW / 2 and abs(self.y) + self.height / 2 <= HEIGHT / 2


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
    notes += _names(marks, ways, half, text)
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


def _names(
    marks: list[dict[str, Any]], ways: list[tuple[dict[str, Any], dict[str, Any], float]], half: float, text: Text
) -> list[dict[str, Any]]:
    """The names of each mark on the side where they cover least: no mark, length or way, and no other name."""
    scale = HEIGHT / 2 / half  # pixels per kilometre
    taken = [_Box(mark["x"] * scale, mark["y"] * scale, 2 * AWAY - 4, 2 * AWAY - 4) for mark in marks]
    for a, b, kilometres in ways:
        middle = (a["x"] + b["x"]) / 2 * scale, (a["y"] + b["y"]) / 2 * scale
        taken.append(
            _Box(*middle, labels.width(distance(kilometres, text), WAY_LETTERS) + 4, WAY_LETTERS * labels.LINE)
        )
        for share in (0.2, 0.35, 0.65, 0.8):
            x, y = ((a[of] + (b[of] - a[of]) * share) * scale for of in "xy")
            taken.append(_Box(x, y, 2, 2))
    notes = []
    for mark in marks:
        names = [look.short(name, NAME) for name in mark["names"]]
        wide = max(labels.width(name, LETTERS) for name in names)
        high = len(names) * LETTERS * labels.LINE
        rooms = {side: _room(mark, side, scale, wide, high) for side in _sides(mark, half)}
        others = [box for box in taken if box is not taken[marks.index(mark)]]
        side = min(rooms, key=lambda one: sum(map(rooms[one].meets, others)) + 2 * (not rooms[one].inside()))
        taken.append(rooms[side])
        notes.append(_note(mark["x"], mark["y"], hover(*names), **SIDES[side]))
    return notes


def _sides(mark: dict[str, Any], half: float) -> list[str]:
    """The sides of a mark, the best one first: outside of the ways, but the sketch has little room at its edges."""
    outer, inner = ("left", "right") if mark["x"] < 0 else ("right", "left")
    up, down = ("above", "below") if mark["y"] >= 0 else ("below", "above")
    return [outer, up, down, inner] if abs(mark["x"]) < half * MIDDLE else [up, down, outer, inner]


def _room(mark: dict[str, Any], side: str, scale: float, wide: float, high: float) -> _Box:
    """The room of names of this size on one side of a mark."""
    across = {"right": 1, "left": -1}.get(side, 0) * (AWAY + wide / 2)
    upwards = {"above": 1, "below": -1}.get(side, 0) * (AWAY + high / 2)
    return _Box(mark["x"] * scale + across, mark["y"] * scale + upwards, wide, high)


def _note(x: float, y: float, words: str, **more: Any) -> dict[str, Any]:
    return {"x": x, "y": y, "text": words, "showarrow": False, "font": {"size": LETTERS}, **more}
