"""Money by category: of what is planned, what is paid, committed and left, in one bar each."""

import pandas as pd
import plotly.graph_objects as go

from esdash.charts import look
from esdash.texts import Text

# One accent in two steps, and what is left in the grey of what nobody has used: the order of the bar.
COLOURS = {"paid_eur": look.ACCENT, "committed_eur": "#7FAFC7", "left_eur": "#E3E6EA"}
ROW, ABOVE = 58, 34  # pixels; a bar has two lines of words above it, so that they fit on a telephone


def money(frame: pd.DataFrame, titles: list[str], words: dict[str, list[str]], text: Text) -> go.Figure:
    """Stacked bars from one row per category (planned_eur, paid_eur, committed_eur, left_eur).

    `titles`: what stands above each bar; `words`: figure → its amounts in words, for the hover. Where more is paid and
    committed than planned, a mark in the bar shows what was planned.
    """
    rows = list(range(len(frame)))
    bars = [
        {
            "type": "bar",
            "orientation": "h",
            "name": text(f"money.column_{name.removesuffix('_eur')}_expense"),
            "x": [max(float(amount), 0.0) for amount in frame[name]],
            "y": rows,
            "marker": {"color": colour},
            "customdata": list(zip(titles, words[name], strict=True)),
            "hovertemplate": "%{customdata[0]}<br>"
            + text(f"money.column_{name.removesuffix('_eur')}_expense")
            + ": %{customdata[1]}<extra></extra>",
        }
        for name, colour in COLOURS.items()
    ]
    names = [
        {
            "x": 0,
            "y": row,
            "text": title,
            "showarrow": False,
            "xanchor": "left",
            "yanchor": "bottom",
            "yshift": 9,
            "align": "left",
            "font": {"size": 13},
        }
        for row, title in zip(rows, titles, strict=True)
    ]
    marks = [
        {
            "type": "line",
            **{"x0": float(planned), "x1": float(planned), "y0": row - 0.2, "y1": row + 0.2},
            "line": {"color": look.ATTENTION, "width": 3},
        }
        for row, planned, left in zip(rows, frame["planned_eur"], frame["left_eur"], strict=True)
        if left < 0
    ]
    layout = look.layout(
        ABOVE + ROW * max(1, len(rows)),
        barmode="stack",
        bargap=0.72,
        showlegend=True,
        legend={"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0, "traceorder": "normal", "itemclick": False},
        annotations=names,
        shapes=marks,
        xaxis=look.axis(visible=False, rangemode="tozero"),
        yaxis=look.axis(visible=False, range=[len(rows) - 0.6, -0.85]),
        margin={"l": 0, "r": 0, "t": 30, "b": 0},
    )
    return go.Figure(data=bars, layout=layout)
