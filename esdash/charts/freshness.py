"""How many records are fresh: one stacked bar for each kind of record."""

import pandas as pd
import plotly.graph_objects as go

from esdash.charts import look
from esdash.texts import Text

# State → colour of the part and of its number; hover text and table also have the word.
COLOURS = {
    "fresh": (look.STATES["covered"], "#FFFFFF"),
    "check": (look.STATES["partial"], look.INK),
    "stale": (look.STATES["thin"], look.INK),
    "never": (look.STATES["white"], look.ATTENTION),
}


def freshness(frame: pd.DataFrame, text: Text) -> go.Figure:
    """Stacked bars of shares from one row per kind of record: kind_word, records, and the number in each state."""
    rows = frame["kind_word"].tolist()
    bars = []
    for state, (colour, ink) in COLOURS.items():
        word, numbers = text(f"care_state.{state}"), frame[state].tolist()
        shares = [number / max(1, records) for number, records in zip(numbers, frame["records"], strict=True)]
        bars.append(
            {
                "type": "bar",
                "orientation": "h",
                "name": word,
                "x": shares,
                "y": rows,
                "text": [text.number(number) if number else "" for number in numbers],
                "textposition": "inside",
                "insidetextanchor": "middle",
                "textangle": 0,
                "textfont": {"color": ink},
                "customdata": [
                    [text.number(n), text.number(of), text.percent(share)]
                    for n, of, share in zip(numbers, frame["records"], shares, strict=True)
                ],
                "hovertemplate": f"<b>%{{y}}</b><br>{word}: %{{customdata[0]}} / %{{customdata[1]}}"
                " (%{customdata[2]})<extra></extra>",
                "marker": {
                    "color": colour,
                    "line": {"color": look.ATTENTION if state == "never" else "#FFFFFF", "width": 1},
                },
            }
        )
    layout = look.layout(
        70 + 34 * max(1, len(rows)),
        barmode="stack",
        uniformtext={"mode": "hide", "minsize": 11},  # the part has no room for its number
        bargap=0.35,
        showlegend=True,
        legend={"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0, "traceorder": "normal", "itemclick": False},
        xaxis=look.axis(visible=False, range=[0, 1.005]),
        yaxis=look.axis(autorange="reversed"),
        margin={"l": 0, "r": 0, "t": 36, "b": 0},
    )
    return go.Figure(data=bars, layout=layout)
