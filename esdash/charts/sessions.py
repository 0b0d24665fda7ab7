"""Training sessions on a time line."""

from collections.abc import Mapping
from datetime import date

import pandas as pd
import plotly.graph_objects as go

from esdash.charts import look
from esdash.charts.months import months
from esdash.texts import Text
from esdash.wording.escaping import hover

# State of the seats of a session → colour and sign.
SEATS = {
    "waiting": (look.ATTENTION, "diamond"),
    "full": ("#5C6670", "square"),
    "free": (look.ACCENT, "circle"),
    "unknown": ("#A7B0B9", "circle-open"),
}


def seats_state(seats: float | None, booked: float | None, waiting: float | None) -> str:
    """The state of the seats: waiting (people wait), full, free, or unknown."""
    if waiting is not None and not pd.isna(waiting) and waiting > 0:
        return "waiting"
    if seats is None or booked is None or pd.isna(seats) or pd.isna(booked):
        return "unknown"
    return "full" if booked >= seats else "free"


def sessions(frame: pd.DataFrame, today: date, text: Text, lines: Mapping[str, str] | None = None) -> go.Figure:
    """A time line from one row per session (course, starts_on, seats, booked, waiting), with a line for each course.

    `lines`: all lines in order, also those without a session, each with the text for an empty line.
    """
    courses = list(lines or dict.fromkeys(frame["course"]))
    position = {course: index for index, course in enumerate(courses)}
    states = [seats_state(row.seats, row.booked, row.waiting) for row in frame.itertuples()]
    traces = []
    for state, (colour, symbol) in SEATS.items():
        part = frame[[name == state for name in states]]
        if part.empty:
            continue
        traces.append(
            {
                "type": "scatter",
                "mode": "markers",
                "name": text(f"seats.{state}"),
                "x": [day.date() for day in part["starts_on"]],
                "y": [position[course] for course in part["course"]],
                "text": [_hover(row, text) for row in part.itertuples()],
                "hovertemplate": "%{text}<extra></extra>",
                "marker": {"color": colour, "symbol": symbol, "size": 11, "line": {"color": "#FFFFFF", "width": 1}},
            }
        )
    now = {
        "type": "line",
        "x0": today,
        "x1": today,
        "yref": "paper",
        "y0": 0,
        "y1": 1,
        "line": {"color": look.QUIET, "width": 1, "dash": "dot"},
    }
    layout = look.layout(
        64 + 20 * len(courses),
        shapes=[now],
        annotations=[
            {"x": today, "yref": "paper", "y": 1, "yanchor": "bottom", "text": text("chart.today"), "showarrow": False},
            *(_written(today, position[name], words) for name, words in (lines or {}).items() if words),
        ],
        xaxis={
            **look.axis(side="bottom", showgrid=True, gridcolor="#EEF1F4", tickangle=0),
            **months([day.date() for day in frame["starts_on"]], today, text),
        },
        yaxis=look.axis(
            tickvals=list(position.values()),
            ticktext=[look.short(course) for course in courses],
            range=[len(courses) - 0.4, -0.6],
            showgrid=True,
            gridcolor="#F3F5F7",
        ),
        margin={"l": 0, "r": 8, "t": 24, "b": 0},
    )
    return go.Figure(data=traces, layout=layout)


def _written(today: date, height: int, words: str) -> dict[str, object]:
    """The texts on lines without sessions."""
    place = {"x": today, "y": height, "xanchor": "left", "xshift": 6, "showarrow": False}
    return {**place, "text": words, "font": {"color": look.ATTENTION, "size": 12}}


def _hover(row: object, text: Text) -> str:
    return hover(
        row.course,  # type: ignore[attr-defined]
        row.organization,  # type: ignore[attr-defined]
        text.date(row.starts_on),  # type: ignore[attr-defined]
        text(
            "chart.session_hover",
            booked=text.value(row.booked),  # type: ignore[attr-defined]
            seats=text.value(row.seats),  # type: ignore[attr-defined]
            waiting=text.value(row.waiting),  # type: ignore[attr-defined]
        ),
    )
