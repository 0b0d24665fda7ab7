"""Organisations in a circle, with lines for their ties."""

import math
import textwrap
from collections.abc import Mapping, Sequence
from html import escape

import pandas as pd
import plotly.graph_objects as go

from esdash.charts import look
from esdash.charts.figure import Figure
from esdash.texts import Text

HEIGHT = 560
CIRCLE = 460  # ends with the window of a projector
FEW, LOW = 12, 420  # so many around one need less height
WIDE = 2.4  # width of the chart in radii: names stand outside the circle
THICKEST = 6.0  # width of the strongest tie [pixels]
THICKNESS = (1.0, 3.0, 5.0, 7.5, 10.0)  # of a line for one, two, … facts, the last for all above
LINE_LETTERS = 16  # characters per line of a name, which has two; more would not fit on a phone
BEND = 16  # straight segments of a curved tie


def order(ties: pd.DataFrame) -> list[str]:
    """The organisations in an order that puts strongly tied ones side by side."""
    near: dict[str, list[tuple[float, str]]] = {}
    for tie in ties.itertuples():
        weight = float(tie.strength) + (100 if tie.kind == "overlap" else 0)
        near.setdefault(tie.a_id, []).append((-weight, tie.b_id))
        near.setdefault(tie.b_id, []).append((-weight, tie.a_id))
    placed: list[str] = []
    for start in sorted(near, key=lambda key: (-len(near[key]), key)):
        waiting = [start]
        while waiting:
            one = waiting.pop()
            if one not in placed:
                placed.append(one)
                waiting += [other for _, other in sorted(near[one], reverse=True)]
    return placed


def network(ties: pd.DataFrame, text: Text, chosen: str | None = None) -> go.Figure:
    """A circle from one row per tie (a_id, a_name, a_short, b_…, kind overlap or complement, strength)."""
    keys = order(ties)
    ids = [*ties["a_id"], *ties["b_id"]]
    names = dict(zip(ids, [*ties["a_name"], *ties["b_name"]], strict=True))
    short = dict(zip(ids, [*ties["a_short"], *ties["b_short"]], strict=True))
    turn = {key: math.pi / 2 - 2 * math.pi * place / max(1, len(keys)) for place, key in enumerate(keys)}
    at = {key: (math.cos(angle), math.sin(angle)) for key, angle in turn.items()}
    lines = [_line(tie, at, text) for tie in ties.sort_values("kind").itertuples()]  # overlaps are drawn last
    points = {
        "type": "scatter",
        "mode": "markers",
        "x": [at[key][0] for key in keys],
        "y": [at[key][1] for key in keys],
        "customdata": [[key] for key in keys],
        "hovertext": [escape(names[key]) for key in keys],
        "hovertemplate": "<b>%{hovertext}</b><extra></extra>",
        "marker": {
            "opacity": 1,  # several sizes would make it translucent
            "size": [16 if key == chosen else 11 for key in keys],
            "color": [look.ATTENTION if key == chosen else look.ACCENT for key in keys],
            "line": {"color": "#FFFFFF", "width": 1.5},
        },
    }
    layout = look.layout(
        CIRCLE,
        annotations=_names(keys, short, turn),
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        xaxis=look.axis(visible=False, range=[-WIDE, WIDE]),
        yaxis=look.axis(visible=False, range=[-1.3, 1.3]),
    )
    return go.Figure(data=[*lines, points], layout=layout)


def _line(tie: object, at: dict[str, tuple[float, float]], text: Text) -> dict[str, object]:
    (x1, y1), (x2, y2) = at[tie.a_id], at[tie.b_id]  # type: ignore[attr-defined]
    overlap = tie.kind == "overlap"  # type: ignore[attr-defined]
    words = text(f"overlaps.tie_{tie.kind}", a=escape(tie.a_name), b=escape(tie.b_name))  # type: ignore[attr-defined]
    steps = [step / BEND for step in range(BEND + 1)]
    line = {"color": look.ATTENTION if overlap else "#9AA5B1", "dash": "solid" if overlap else "dot"}
    return {
        "type": "scatter",
        "mode": "lines",
        # curved towards the middle, so that ties of neighbours do not run along the rim
        "x": [(1 - t) ** 2 * x1 + t**2 * x2 + 2 * t * (1 - t) * (x1 + x2) * 0.25 for t in steps],
        "y": [(1 - t) ** 2 * y1 + t**2 * y2 + 2 * t * (1 - t) * (y1 + y2) * 0.25 for t in steps],
        "line": {**line, "width": 2.5 if overlap else 1.2},  # its width says nothing more
        "hovertext": words,
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _names(
    keys: Sequence[str], names: dict[str, str], turn: dict[str, float], often: Mapping[str, int] | None = None
) -> list[dict[str, object]]:
    """The names outside the circle, on the side with room. `often`: a number that stands behind the name."""
    found = []
    for key in keys:
        x, y = math.cos(turn[key]), math.sin(turn[key])
        side = "left" if x > 0.05 else "right" if x < -0.05 else "center"
        lines = textwrap.wrap(names[key], LINE_LETTERS, max_lines=2, placeholder="…")
        name = "<br>".join(escape(line) for line in lines)
        name += f" · <b>{often[key]}</b>" if often and key in often else ""
        place = {"x": x * 1.06, "y": y * 1.09, "xanchor": side, "yanchor": "middle"}
        if side == "center":  # further out than names beside it, which reach the middle on a phone
            place |= {"y": y * 1.1, "yanchor": "bottom" if y > 0 else "top"}
        found.append({**place, "text": name, "showarrow": False, "align": side, "font": {"size": 12}})
    return found


def surroundings(
    middle: str, others: Sequence[str], strengths: Mapping[tuple[str, str], tuple[int, str]], names: Mapping[str, str]
) -> Figure:
    """One organisation in the middle, those that it is tied to around it, and their ties among each other.

    `strengths`: pair (smaller id first) → number of facts and the hover words; `names`: short names, all in sight,
    with the number of facts, which a line shows by its thickness in the same steps for every organisation.
    """
    turn = {key: math.pi / 2 - 2 * math.pi * place / max(1, len(others)) for place, key in enumerate(others)}
    at = {key: (math.cos(angle), math.sin(angle)) for key, angle in turn.items()} | {middle: (0.0, 0.0)}
    often = {next(one for one in pair if one != middle): of for pair, (of, _) in strengths.items() if middle in pair}
    among = [_spoke(pair, at, 1.0, "#D5DBE1", words) for pair, (_, words) in strengths.items() if middle not in pair]
    spokes = [
        _spoke(pair, at, _thickness(number), look.ACCENT, words)
        for pair, (number, words) in strengths.items()
        if middle in pair
    ]
    points = {
        "type": "scatter",
        "mode": "markers",
        "x": [at[key][0] for key in (*others, middle)],
        "y": [at[key][1] for key in (*others, middle)],
        "customdata": [[key] for key in (*others, middle)],
        "hovertext": [escape(names[key]) for key in (*others, middle)],
        "hovertemplate": "<b>%{hovertext}</b><extra></extra>",
        "marker": {
            "opacity": 1,
            "size": [11] * len(others) + [18],
            "color": [look.ACCENT] * len(others) + [look.ATTENTION],
            "line": {"color": "#FFFFFF", "width": 1.5},
        },
        "unselected": {"marker": {"opacity": 1}},
    }
    layout = look.layout(
        HEIGHT if len(others) > FEW else LOW,
        clickmode="event+select",
        annotations=_names(others, dict(names), turn, often),
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        xaxis=look.axis(visible=False, range=[-WIDE, WIDE]),
        yaxis=look.axis(visible=False, range=[-1.3, 1.3]),
    )
    return Figure([*among, *spokes, points], layout)


def _thickness(number: int) -> float:
    """The width of a line for so many facts [pixels]: each step is seen, and means the same around everybody."""
    return THICKNESS[min(number, len(THICKNESS)) - 1]


def _spoke(
    pair: tuple[str, str], at: Mapping[str, tuple[float, float]], width: float, colour: str, words: str
) -> dict[str, object]:
    """A straight line between two organisations; its middle has the words, because a line itself is hard to hit."""
    (x1, y1), (x2, y2) = at[pair[0]], at[pair[1]]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [x1, (x1 + x2) / 2, x2],
        "y": [y1, (y1 + y2) / 2, y2],
        "line": {"color": colour, "width": width},
        "text": ["", words, ""],
        "hovertemplate": "%{text}<extra></extra>",
    }
