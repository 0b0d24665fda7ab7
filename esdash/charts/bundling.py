"""The bundling plan on a time line: filled marks for sessions held, hollow ones with an arrow for merged ones."""

from datetime import date
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from esdash.charts import look
from esdash.charts.months import months
from esdash.texts import Text
from esdash.wording.escaping import hover

# Role of a session in the plan → its marker; hollow: the session is not held.
ROLES: dict[str, dict[str, Any]] = {
    "held": {"color": "#A7B0B9", "symbol": "circle", "size": 11, "line": {"color": "#FFFFFF", "width": 1}},
    "takes": {"color": look.ACCENT, "symbol": "circle", "size": 14, "line": {"color": "#FFFFFF", "width": 1}},
    "goes": {"color": "#FFFFFF", "symbol": "circle", "size": 11, "line": {"color": look.ACCENT, "width": 2}},
    "agreed": {"color": "#FFFFFF", "symbol": "square", "size": 11, "line": {"color": look.ACCENT, "width": 2.5}},
}
ROW = 34  # pixels per topic, for two heights: sessions held below, sessions given up above
LIFT = 0.34  # share of a row by which given-up sessions stand above held ones
LETTERS = 28  # characters of a topic's name; more would leave no room for the line on a phone


def bundling(frame: pd.DataFrame, today: date, text: Text) -> go.Figure:
    """A line per topic from one row per session: topic, starts_on, kept_on (day of the session it goes into, or none),
    role (of ROLES), pair ("s|k" or none), course, organization, booked, seats, into (course it goes into).

    A click on a session that goes into another reports its pair.
    """
    topics = list(dict.fromkeys(frame["topic"]))
    position = {topic: index for index, topic in enumerate(topics)}
    traces, arrows = [], []
    for role, marker in ROLES.items():
        part = frame[frame["role"] == role]
        if part.empty:
            continue
        gone = role in ("goes", "agreed")
        heights = [position[topic] - (LIFT if gone else 0) for topic in part["topic"]]
        days = [_day(value) for value in part["starts_on"]]
        traces.append(
            {
                "type": "scatter",
                "mode": "markers",
                "name": text(f"plan.role_{role}"),
                "x": days,
                "y": heights,
                "customdata": [[pair] if isinstance(pair, str) else None for pair in part["pair"]],
                "text": [_hover(row, text) for row in part.itertuples()],
                "hovertemplate": "%{text}<extra></extra>",
                "marker": marker,
                "unselected": {"marker": {"opacity": 1}},
            }
        )
        if gone:
            ends = zip(days, heights, [_day(value) for value in part["kept_on"]], strict=True)
            arrows += [_arrow(start, height, end, height + LIFT) for start, height, end in ends]
    now = {"type": "line", "x0": today, "x1": today, "yref": "paper", "y0": 0, "y1": 1}
    layout = look.layout(
        64 + ROW * len(topics),
        shapes=[{**now, "line": {"color": look.QUIET, "width": 1, "dash": "dot"}}],
        annotations=[
            *arrows,
            {"x": today, "yref": "paper", "y": 1, "yanchor": "bottom", "text": text("chart.today"), "showarrow": False},
        ],
        clickmode="event+select",
        xaxis={
            **look.axis(side="bottom", showgrid=True, gridcolor="#EEF1F4", tickangle=0),
            **months([_day(value) for value in frame["starts_on"]], today, text),
        },
        yaxis=look.axis(
            tickvals=list(position.values()),
            ticktext=[look.short(topic, LETTERS) for topic in topics],
            range=[len(topics) - 0.5, -0.8],
            showgrid=True,
            gridcolor="#F3F5F7",
        ),
        margin={"l": 0, "r": 8, "t": 24, "b": 0},
    )
    return go.Figure(data=traces, layout=layout)


def _arrow(start: date, start_height: float, end: date, end_height: float) -> dict[str, Any]:
    return {
        "x": end,
        "y": end_height,
        "ax": start,
        "ay": start_height,
        **{"xref": "x", "yref": "y", "axref": "x", "ayref": "y", "text": "", "showarrow": True},
        **{"arrowhead": 2, "arrowsize": 1, "arrowwidth": 1.4, "arrowcolor": look.ACCENT},
        **{"standoff": 7, "startstandoff": 6},
    }


def _day(value: Any) -> date:
    return value.date() if isinstance(value, pd.Timestamp) else value


def _hover(row: Any, text: Text) -> str:
    lines = [row.course, row.organization, text.date(row.starts_on)]
    lines.append(text("plan.hover", booked=text.value(row.booked), seats=text.value(row.seats)))
    if isinstance(row.into, str):
        lines.append(text("plan.hover_into", course=row.into, day=row.kept_on))
    return hover(*lines)
