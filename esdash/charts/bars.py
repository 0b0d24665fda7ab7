"""Bars: the criteria of priorities."""

import pandas as pd
import plotly.graph_objects as go

from esdash.charts import look
from esdash.texts import Text

KEY, BELOW = 30, 84  # room for the key of the criteria, beside and (on a narrow screen) below each other [pixels]
NAMES = 0.44  # share of the width for the titles beside the bars
ABOVE, BESIDE = 50, 84  # letters of a title above its bar, and beside it


def priorities(frame: pd.DataFrame, titles: list[str], text: Text, narrow: bool = False) -> go.Figure:
    """Stacked bars from one row per item with the points of each criterion; the longest is the first.

    The title of an item stands left of its bar, on a narrow screen above it.
    """
    rows = list(range(len(frame)))
    bars = []
    for name, colour in look.CRITERIA.items():
        points = frame[f"{name}_points"].tolist()
        bars.append(
            {
                "type": "bar",
                "orientation": "h",
                "name": text(f"criterion.{name}"),
                "x": points,
                "y": rows,
                "marker": {"color": colour},
                "customdata": [[title] for title in titles],
                "hovertemplate": "<b>%{customdata[0]}</b><br>"
                + text(f"criterion.{name}")
                + ": %{x:.0f}<extra></extra>",
            }
        )
    totals = [text.number(value, 0) for value in frame["priority"]]
    notes = [
        {"x": total, "y": row, "text": f"<b>{word}</b>", "showarrow": False, "xanchor": "left", "xshift": 4}
        for row, total, word in zip(rows, frame["priority"], totals, strict=True)
    ]
    beside = {"xref": "paper", "yanchor": "middle", "font": {"size": 13}}
    above = {"yanchor": "bottom", "yshift": 10, "font": {"size": 12}}
    names = [
        {
            "x": 0,
            "y": row,
            "text": look.short(title, ABOVE if narrow else BESIDE),
            "showarrow": False,
            "xanchor": "left",
            **(above if narrow else beside),
        }
        for row, title in zip(rows, titles, strict=True)
    ]
    key = BELOW if narrow else KEY
    layout = look.layout(
        key + (52 if narrow else 31) * max(1, len(rows)),
        barmode="stack",
        bargap=0.68 if narrow else 0.36,
        showlegend=True,
        legend={"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0, "traceorder": "normal", "itemclick": False},
        annotations=[*notes, *names],
        xaxis=look.axis(visible=False, range=[0, 106], domain=[0 if narrow else NAMES, 1]),
        yaxis=look.axis(visible=False, range=[len(rows) - 0.4, -0.75 if narrow else -0.5]),
        margin={"l": 0, "r": 0, "t": key, "b": 0},
    )
    return go.Figure(data=bars, layout=layout)
