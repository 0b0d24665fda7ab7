"""Bars: how many organisations share a theme."""

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from esdash.charts import look
from esdash.texts import Text


def providers(frame: pd.DataFrame, names: Sequence[str], text: Text) -> go.Figure:
    """Bars from one row per theme: `organizations`, and `largest_share` of the places (NULL where none is known)."""
    counts = [int(number) for number in frame["organizations"]]
    rows = list(range(len(counts)))
    labels = [
        text.count("chart.providers", number)
        + ("" if pd.isna(share) or number == 1 else text("chart.largest", share=text.percent(share)))
        for number, share in zip(counts, frame["largest_share"], strict=True)
    ]
    bar = {
        "type": "bar",
        "orientation": "h",
        "x": counts,
        "y": rows,
        "text": [f" {label}" for label in labels],
        "textposition": "outside",
        "cliponaxis": False,
        "marker": {"color": look.ACCENT},
        "customdata": [[name] for name in names],
        "hovertemplate": "<b>%{customdata[0]}</b>: %{text}<extra></extra>",
    }
    layout = look.layout(
        8 + 19 * len(counts),
        bargap=0.25,
        xaxis=look.axis(visible=False, range=[0, max([1, *counts]) * 1.3]),
        yaxis=look.axis(
            tickvals=rows,
            ticktext=list(names),
            range=[len(counts) - 0.5, -0.5],
            ticklabelstandoff=6,
        ),
    )
    return go.Figure(data=[bar], layout=layout)
