"""Bars: the criteria of priorities."""

import pandas as pd
import plotly.graph_objects as go

from esdash.charts import look
from esdash.texts import Text


def priorities(frame: pd.DataFrame, titles: list[str], text: Text) -> go.Figure:
    """Stacked bars from one row per item with the points of each criterion; the longest is the first."""
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
    # The title of an item stands above its bar, because it is too long for the axis.
    names = [
        {
            "x": 0,
            "y": row,
            "text": title,
            "showarrow": False,
            "xanchor": "left",
            "yanchor": "bottom",
            "yshift": 8,
            "font": {"size": 13},
        }
        for row, title in zip(rows, titles, strict=True)
    ]
    layout = look.layout(
        40 + 46 * max(1, len(rows)),
        barmode="stack",
        bargap=0.62,
        showlegend=True,
        legend={"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0, "traceorder": "normal", "itemclick": False},
        annotations=[*notes, *names],
        xaxis=look.axis(visible=False, range=[0, 100]),
        yaxis=look.axis(visible=False, range=[len(rows) - 0.4, -0.75]),
        margin={"l": 0, "r": 0, "t": 30, "b": 0},
    )
    return go.Figure(data=bars, layout=layout)
