"""The key of a matrix and its map: one coloured square per class, with its sign and what it means."""

import math
from collections.abc import Sequence

import plotly.graph_objects as go

from esdash.charts import look
from esdash.wording.classes import Entry

IN_A_ROW = 6  # at most
LINE = 22  # height of a row [pixels]


def key(entries: Sequence[Entry], in_a_row: int = IN_A_ROW) -> go.Figure:
    """A figure of at most that many entries in a row, from left to right, the rows alike in length."""
    count = max(1, math.ceil(len(entries) / in_a_row))
    length = max(1, math.ceil(len(entries) / count))
    rows = [entries[start : start + length] for start in range(0, len(entries), length)]
    placed = [(x, y, entry) for y, row in enumerate(rows) for x, entry in enumerate(row)]
    squares = {
        "type": "scatter",
        "mode": "markers+text",
        "x": [x + 0.04 for x, _, _ in placed],
        "y": [y for _, y, _ in placed],
        "marker": {
            "symbol": "square",
            "size": 15,
            "color": [look.COLOURS[entry.step] for _, _, entry in placed],
            "line": {
                "color": [look.ATTENTION if entry.framed else look.LINE for _, _, entry in placed],
                "width": [1.8 if entry.framed else 1 for _, _, entry in placed],
            },
        },
        "text": [entry.sign for _, _, entry in placed],
        "textfont": {"size": 10, "color": look.INK},
        "hoverinfo": "skip",
    }
    words = {
        "type": "scatter",
        "mode": "text",
        "x": [x + 0.09 for x, _, _ in placed],
        "y": [y for _, y, _ in placed],
        "text": [entry.label for _, _, entry in placed],
        "textposition": "middle right",
        "textfont": {"size": 12, "color": look.INK},
        "hoverinfo": "skip",
    }
    layout = look.layout(
        LINE * max(len(rows), 1) + 6,
        margin={"l": 0, "r": 0, "t": 3, "b": 3},
        xaxis=look.axis(visible=False, range=[0, length]),
        yaxis=look.axis(visible=False, range=[len(rows) - 0.5, -0.5]),
    )
    return go.Figure(data=[squares, words], layout=layout)
