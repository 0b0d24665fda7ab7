"""Measures in time: a bar from begin to due date, what is overdue, steps, and a line for today."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from esdash.charts import look
from esdash.charts.figure import Figure
from esdash.charts.months import months
from esdash.texts import Text
from esdash.wording.escaping import drawn, hover

ROW = 52  # pixels: the name stands above the bar, because it is too long for the axis
COLOURS = {"planned": "#A9CBE0", "running": look.ACCENT, "waiting": "#8A6D3B", "done": "#5C6670", "dropped": "#B8C0C8"}
AROUND = timedelta(days=14)  # room on both sides


class Bar(NamedTuple):
    """A measure: from when to when, whether it is late until today, and its steps (day, done, words)."""

    title: str
    words: str
    state: str
    begins: date
    ends: date
    late: bool
    steps: Sequence[tuple[date, bool, str]]


def timeline(bars: Sequence[Bar], today: date, text: Text) -> Figure:
    """One row per measure, the first at the top."""
    lines = [_line(bar, row, bar.begins, bar.ends, COLOURS[bar.state]) for row, bar in enumerate(bars)]
    lines += [_line(bar, row, bar.ends, today, look.ATTENTION, "dot") for row, bar in enumerate(bars) if bar.late]
    days = [today, *(day for bar in bars for day in (bar.begins, bar.ends, *(step[0] for step in bar.steps)))]
    first, last = min(days).replace(day=1) - AROUND, max(days) + AROUND
    marks = {
        "type": "scatter",
        "mode": "markers",
        "x": [bar.ends for bar in bars],
        "y": list(range(len(bars))),
        "marker": {
            "symbol": "diamond",
            "size": 13,
            "color": [look.ATTENTION if bar.late else "#FFFFFF" for bar in bars],
            "line": {"color": [look.ATTENTION if bar.late else look.INK for bar in bars], "width": 2},
        },
        "customdata": [hover(bar.title, bar.words) for bar in bars],
        "hovertemplate": "%{customdata}<extra></extra>",
    }
    layout = look.layout(
        70 + ROW * max(1, len(bars)),
        margin={"l": 0, "r": 0, "t": 24, "b": 0},
        annotations=[*(_name(bar, row, first) for row, bar in enumerate(bars)), _today(today, text)],
        shapes=[
            {
                **{"type": "line", "x0": today, "x1": today, "yref": "paper", "y0": 0, "y1": 1, "layer": "below"},
                "line": {"color": look.ATTENTION, "width": 1},
            }
        ],
        xaxis=look.axis(
            type="date", range=[first, last], showgrid=True, gridcolor=look.LINE, **months(days, today, text)
        ),
        yaxis=look.axis(visible=False, range=[len(bars) - 0.4, -0.8]),
    )
    return Figure([*lines, _steps(bars), marks], layout)


def _line(bar: Bar, row: int, begins: date, ends: date, colour: str, dash: str = "solid") -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [begins, ends],
        "y": [row, row],
        "line": {"color": colour, "width": 10 if dash == "solid" else 4, "dash": dash},
        "customdata": [hover(bar.title, bar.words)] * 2,
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _steps(bars: Sequence[Bar]) -> dict[str, Any]:
    """Steps on the way: filled where done."""
    found = [(row, *step) for row, bar in enumerate(bars) for step in bar.steps]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [day for _, day, _, _ in found],
        "y": [row for row, _, _, _ in found],
        "marker": {
            "size": 8,
            "color": [look.INK if done else "#FFFFFF" for _, _, done, _ in found],
            "line": {"color": look.INK, "width": 1.5},
        },
        "customdata": [hover(words) for _, _, _, words in found],
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _name(bar: Bar, row: int, first: date) -> dict[str, Any]:
    return {
        **{"x": first, "y": row, "text": drawn(look.short(bar.title, 44)), "showarrow": False},
        **{"xanchor": "left", "yanchor": "bottom", "yshift": 9, "font": {"size": 13}},
    }


def _today(today: date, text: Text) -> dict[str, Any]:
    return {
        **{"x": today, "y": 1, "yref": "paper", "yanchor": "bottom", "text": text("timeline.today")},
        **{"showarrow": False, "font": {"size": 12, "color": look.ATTENTION}},
    }
