"""Training sessions on a time line."""

from __future__ import annotations

from datetime import date

import pandas as pd
import plotly.graph_objects as go

from esdash.charts import look
from esdash.texts import Text

# What a session says about its seats: colour and sign.
SEATS = {
    "waiting": (look.ATTENTION, "diamond"),
    "full": ("#5C6670", "square"),
    "free": (look.ACCENT, "circle"),
    "unknown": ("#A7B0B9", "circle-open"),
}


def seats_state(seats: float | None, booked: float | None, waiting: float | None) -> str:
    """waiting (people wait), full, free, or unknown."""
    if waiting is not None and not pd.isna(waiting) and waiting > 0:
        return "waiting"
    if seats is None or booked is None or pd.isna(seats) or pd.isna(booked):
        return "unknown"
    return "full" if booked >= seats else "free"


def sessions(frame: pd.DataFrame, today: date, text: Text) -> go.Figure:
    """A time line from one row per session (course, starts_on, seats, booked, waiting), with a line for each course."""
    courses = list(dict.fromkeys(frame["course"]))
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
            {"x": today, "yref": "paper", "y": 1, "yanchor": "bottom", "text": text("chart.today"), "showarrow": False}
        ],
        xaxis={
            **look.axis(side="bottom", showgrid=True, gridcolor="#EEF1F4", tickangle=0),
            **_months(frame, today, text),
        },
        yaxis=look.axis(
            tickvals=list(position.values()),
            ticktext=[_short(course) for course in courses],
            range=[len(courses) - 0.4, -0.6],
            showgrid=True,
            gridcolor="#F3F5F7",
        ),
        margin={"l": 0, "r": 8, "t": 24, "b": 0},
    )
    return go.Figure(data=traces, layout=layout)


def _months(frame: pd.DataFrame, today: date, text: Text) -> dict[str, list[object]]:
    """The first of each month, in the words of the language (plotly alone would write English)."""
    last = max([day.date() for day in frame["starts_on"]], default=today)
    first = min([day.date() for day in frame["starts_on"]], default=today)
    firsts = [stamp.date() for stamp in pd.date_range(first.replace(day=1), last, freq="MS")]
    step = 1 + len(firsts) // 8  # at most eight months are named, so that a phone can show them
    shown = firsts[::step]
    return {
        "tickvals": list(shown),
        "ticktext": [_month(day, day == shown[0] or day.month == 1, text) for day in shown],
    }


def _month(day: date, with_year: bool, text: Text) -> str:
    return text(f"month.{day.month}") + (f"<br>{day.year}" if with_year else "")


def _hover(row: object, text: Text) -> str:
    lines = [
        f"<b>{row.course}</b>",  # type: ignore[attr-defined]
        row.organization,  # type: ignore[attr-defined]
        text.date(row.starts_on),  # type: ignore[attr-defined]
        text(
            "chart.session_hover",
            booked=text.value(row.booked),  # type: ignore[attr-defined]
            seats=text.value(row.seats),  # type: ignore[attr-defined]
            waiting=text.value(row.waiting),  # type: ignore[attr-defined]
        ),
    ]
    return "<br>".join(lines)


def _short(name: str, letters: int = 26) -> str:
    return name if len(name) <= letters else name[: letters - 1].rstrip() + "…"
