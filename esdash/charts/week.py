"""A week as a grid: the times of offers side by side."""

from collections.abc import Mapping, Sequence
from datetime import time
from typing import Any

import plotly.graph_objects as go

from esdash.charts import look
from esdash.texts import Text
from esdash.wording.escaping import hover

# One colour for each compared offer; every block also shows the letter of its offer.
OFFERS = ("#005F8F", "#B3400B", "#00775A", "#5C6670", "#A0508A", "#7A5C00")
EARLIEST, LATEST = 9, 20  # hours that are always shown: working day and evening
HEIGHT = 250
DAY = 0.9  # share of a day's column that blocks fill


def colour(place: int) -> str:
    """The colour of the offer at this position among those compared."""
    return OFFERS[place % len(OFFERS)]


def letter(place: int) -> str:
    """The letter of the offer at this position among those compared."""
    return chr(ord("A") + place % 26)


def week(offers: Sequence[Mapping[str, Any]], text: Text) -> go.Figure:
    """Blocks from offers with `name` and `times` (weekday 1 to 7, begins, ends), each in a lane of its own.

    Offers with unknown times have no block; the page names them.
    """
    blocks = [
        (place, offer["name"], entry["weekday"], _hour(entry["begins"]), _hour(entry["ends"]), entry)
        for place, offer in enumerate(offers)
        for entry in offer["times"] or []
    ]
    first = min([EARLIEST, *(int(block[3]) for block in blocks)])
    last = max([LATEST, *(int(block[4] + 0.99) for block in blocks)])
    days = range(1, max([5, *(block[2] for block in blocks)]) + 1)  # the weekend only if there is an offer
    lane = DAY / max(1, len(offers))
    shapes, marks = [], []
    for place, name, weekday, begins, ends, entry in blocks:
        left = weekday - DAY / 2 + place * lane
        box = {"type": "rect", "x0": left, "x1": left + lane * 0.94, "y0": begins, "y1": ends}
        shapes.append({**box, "fillcolor": colour(place), "layer": "between", "line": {"width": 0}})
        span = f"{text.value(entry['begins'])}\N{EN DASH}{text.value(entry['ends'])}"
        words = hover(name, f"{text(f'weekday.{weekday}')} {span}")
        marks.append((left + lane * 0.47, (begins + ends) / 2, letter(place), words))
    labels = {
        "type": "scatter",
        "mode": "text",
        "x": [mark[0] for mark in marks],
        "y": [mark[1] for mark in marks],
        "text": [f"<b>{mark[2]}</b>" for mark in marks],
        "textfont": {"color": "#FFFFFF", "size": 12},
        "hovertext": [mark[3] for mark in marks],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }
    hours = list(range(first, last + 1, 2 if last - first < 14 else 3))
    layout = look.layout(
        HEIGHT,
        shapes=shapes,
        margin={"l": 0, "r": 0, "t": 22, "b": 0},
        xaxis=look.axis(
            side="top",
            tickvals=list(days),
            ticktext=[text(f"weekday_short.{day}") for day in days],
            range=[0.5, len(days) + 0.5],
        ),
        yaxis=look.axis(
            tickvals=hours,
            ticktext=[text("chart.hour", n=hour) for hour in hours],
            range=[last, first],
            showgrid=True,
            gridcolor="#EEF1F4",
        ),
    )
    return go.Figure(data=[labels], layout=layout)


def _hour(moment: time | str) -> float:
    """17:30 → 17.5; midnight as an end would be 0, but an offer never ends before it begins."""
    if isinstance(moment, str):
        moment = time.fromisoformat(moment)
    return moment.hour + moment.minute / 60
