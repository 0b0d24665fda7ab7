"""Bars: why two offers are similar, and how many organisations share a theme."""

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from esdash.charts import look
from esdash.texts import Text

# Colours of the four shares, each with a contrast of at least 3:1 on white; the word stands in the bar.
SHARES = {"groups": "#005F8F", "distance": "#B3400B", "languages": "#00775A", "times": "#5C6670"}

FULL = 1.2  # share of the width for a whole bar; the rest is for its percentage, on a phone too


def shares(pairs: pd.DataFrame, labels: Sequence[str], text: Text) -> go.Figure:
    """One stacked bar per pair (`*_points` of the four shares, NULL where unknown); its length is the score."""
    rows = list(range(len(pairs)))
    bars = []
    for name, colour in SHARES.items():
        points = pairs[f"{name}_points"].astype(float)
        word = text(f"overlaps.share_{name}")
        bars.append(
            {
                "type": "bar",
                "orientation": "h",
                "name": word,
                "x": points.fillna(0).tolist(),
                "y": rows,
                "marker": {"color": colour, "line": {"color": "#FFFFFF", "width": 1}},
                "hovertext": [f"{word}: {text.percent(None if pd.isna(value) else value)}" for value in points],
                "hovertemplate": "%{hovertext}<extra></extra>",
            }
        )
    totals = [
        {"x": score, "y": row, "text": f"<b>{text.percent(score)}</b>", "showarrow": False, "xanchor": "left"}
        for row, score in zip(rows, pairs["score"].astype(float), strict=True)
    ]
    layout = look.layout(
        64 + 26 * len(rows),
        barmode="stack",
        bargap=0.35,
        showlegend=True,
        legend={"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0, "traceorder": "normal", "itemclick": False},
        annotations=[{**total, "xshift": 4} for total in totals],
        xaxis=look.axis(visible=False, range=[0, FULL]),
        yaxis=look.axis(tickvals=rows, ticktext=list(labels), range=[len(rows) - 0.5, -0.5]),
        margin={"l": 0, "r": 0, "t": 30, "b": 0},
    )
    return go.Figure(data=bars, layout=layout)


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
        44 + 24 * len(counts),
        bargap=0.35,
        xaxis=look.axis(visible=False, range=[0, max([1, *counts]) * 1.3]),
        yaxis=look.axis(
            tickvals=rows,
            ticktext=list(names),
            range=[len(counts) - 0.5, -0.5],
            ticklabelstandoff=6,
        ),
    )
    return go.Figure(data=[bar], layout=layout)
