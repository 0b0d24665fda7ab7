"""Free seats in trainings: one line per module, one square per week, and where the next free seat is."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from esdash.charts import look
from esdash.texts import Text
from esdash.wording.escaping import drawn, hover
from esdash.wording.trainings import short_day

# State of the seats of a session or a week → colour of its square and of the number in it; the heaviest first.
SEATS = {
    "free": (look.ACCENT, "#FFFFFF"),
    "waiting": ("#FBE3D6", look.ATTENTION),
    "full": ("#E3E6EA", look.QUIET),
    "unknown": ("#FFFFFF", look.QUIET),
}
ROW, NARROW_ROW = 27, 58  # height of a line [pixels]; on a telephone its name stands above the squares
SQUARE, NARROW_SQUARE = 22, 16  # pixels
MOST_WEEKS, NARROW_WEEKS = 20, 18  # weeks in the picture; later dates stand in the table
NAMES = 0.44  # share of the width for the names and the next free seat


def seats_state(seats: float | None, booked: float | None, waiting: float | None) -> str:
    """The state of the seats: waiting (people wait), full, free, or unknown."""
    if waiting is not None and not pd.isna(waiting) and waiting > 0:
        return "waiting"
    if seats is None or booked is None or pd.isna(seats) or pd.isna(booked):
        return "unknown"
    return "full" if booked >= seats else "free"


def sessions(frame: pd.DataFrame, lines: pd.DataFrame, today: date, text: Text, narrow: bool = False) -> go.Figure:
    """Squares from one row per line and coming session (line, course, organization, starts_on, seats, booked, free,
    waiting), and one row per line (line, next_free: the words beside its name, seat: whether there is one)."""
    first = today - timedelta(days=today.weekday())
    row = {name: place for place, name in enumerate(lines["line"])}
    weeks = NARROW_WEEKS if narrow else MOST_WEEKS
    shown = frame.assign(
        row=frame["line"].map(row), week=[max(0, (day.date() - first).days // 7) for day in frame["starts_on"]]
    )
    shown = shown[shown["week"] < weeks]
    squares = [_square(group, text) for _, group in shown.groupby(["row", "week"])]
    width = min(weeks, int(shown["week"].max()) + 1 if len(shown) else 1)
    marks = {
        "type": "scatter",
        "mode": "markers+text",
        "x": [square["week"] for square in squares],
        "y": [square["row"] for square in squares],
        "text": [square["words"] for square in squares],
        "textfont": {"size": 10 if narrow else 12, "color": [SEATS[square["state"]][1] for square in squares]},
        "hovertext": [square["hover"] for square in squares],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "marker": {
            "symbol": "square",
            "size": NARROW_SQUARE if narrow else SQUARE,
            "color": [SEATS[square["state"]][0] for square in squares],
            "line": {"color": look.LINE, "width": [1 if square["state"] == "unknown" else 0 for square in squares]},
        },
    }
    every = 4 if narrow else 2
    ticks = list(range(0, width, every))
    top = 52 if narrow else 26
    layout = look.layout(
        top + (NARROW_ROW if narrow else ROW) * len(lines),
        annotations=[_key(text, narrow), *_names(lines, text, narrow)],
        xaxis=look.axis(
            side="top",
            tickvals=ticks,
            ticktext=[short_day(first + timedelta(weeks=week), text) for week in ticks],
            tickangle=0,
            range=[-0.7, width - 0.3],
            domain=[0 if narrow else NAMES, 1],
            automargin=False,
        ),
        yaxis=look.axis(
            showticklabels=False,
            range=[len(lines) - 0.4, -0.6],
            showgrid=not narrow,
            tickvals=list(row.values()),
            gridcolor="#EEF1F4",
            automargin=False,
        ),
        margin={"l": 0, "r": 0, "t": top, "b": 0},
    )
    return go.Figure(data=[marks], layout=layout)


def _square(group: pd.DataFrame, text: Text) -> dict[str, Any]:
    """The sessions of a line in a week: the number of free seats, else of those who wait, else full or unknown."""
    states = [seats_state(one.seats, one.booked, one.waiting) for one in group.itertuples()]
    state = next(name for name in SEATS if name in states)
    of_it = group[[name == state for name in states]]
    number = of_it["free" if state == "free" else "waiting"].sum()
    words = {"unknown": "?", "full": "0"}.get(state) or f"{int(number)}"
    said = [line for one in group.itertuples() for line in _said(one, text)]
    return {
        "row": int(group["row"].iloc[0]),
        "week": int(group["week"].iloc[0]),
        "state": state,
        "words": f"<b>{words}</b>",
        "hover": hover(*said),
    }


def _said(session: Any, text: Text) -> Sequence[str]:
    booked, seats, waiting = (text.value(value) for value in (session.booked, session.seats, session.waiting))
    return (
        f"{text.date(session.starts_on)} {session.course}",
        session.organization,
        text("chart.session_hover", booked=booked, seats=seats, waiting=waiting),
    )


def _key(text: Text, narrow: bool) -> dict[str, Any]:
    """What the squares mean, above them."""
    parts = [
        f'<span style="color:{SEATS[name][1] if name in ("waiting", "full") else SEATS[name][0]}">■</span> '
        + text(f"seats.{name}")
        for name in ("free", "waiting", "full")
    ]
    words = "  ".join([*parts, f"□ {text('seats.unknown')}"])
    place = {"xref": "paper", "yref": "paper", "x": 0, "y": 1, "xanchor": "left", "yanchor": "bottom"}
    return {
        **place,
        "yshift": 28 if narrow else 3,
        "text": words,
        "showarrow": False,
        "font": {"size": 12, "color": look.QUIET},
    }


def _names(lines: pd.DataFrame, text: Text, narrow: bool) -> list[dict[str, Any]]:
    """The name of each line and its next free seat, before its squares; on a telephone above them."""
    notes: list[dict[str, Any]] = []
    for place, line in enumerate(lines.itertuples()):
        seat = {"color": look.ACCENT if line.seat else look.ATTENTION, "size": 12}
        at = {"xref": "paper", "y": place, "showarrow": False}
        name, words = drawn(line.line_words), f"<b>{drawn(line.next_free)}</b>"
        if narrow:
            at |= {"x": 0, "xanchor": "left"}
            notes.append({**at, "yshift": 32, "text": name, "font": {"size": 12}})
            notes.append({**at, "yshift": 17, "text": words, "font": seat})
        else:
            notes.append({**at, "x": 0, "xanchor": "left", "text": name})
            notes.append({**at, "x": NAMES - 0.01, "xanchor": "right", "text": words, "font": seat})
    return notes
