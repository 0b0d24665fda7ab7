"""How much of the need is met, field of action by field of action."""

import pandas as pd
import plotly.graph_objects as go

from esdash.charts import look
from esdash.texts import Text
from esdash.wording.escaping import drawn, hover

ROW = 24  # pixels
TRACK = "#E3E6EA"
MAY = "#A9CBE0"


def met_by_field(frame: pd.DataFrame, text: Text) -> go.Figure:
    """Horizontal bars on a track of the whole need, in the order of the frame, labelled with the share.

    Where `most` is known instead of coverage, a light bar shows up to where it may reach.
    """
    places = list(range(len(frame)))
    shares = [0 if pd.isna(share) else float(share) for share in frame["coverage"]]
    lines = [_line(row, text) for row in frame.to_dict("records")]
    flat = {"type": "bar", "orientation": "h", "y": places, "width": 0.4}
    track = {**flat, "x": [1] * len(places), "marker": {"color": TRACK}, "hoverinfo": "skip"}
    met = {
        **flat,
        "x": shares,
        "marker": {"color": look.ACCENT},
        "customdata": lines,
        "hovertemplate": "%{customdata}<extra></extra>",
    }
    most = [0 if pd.isna(share) else float(share) for share in frame["most"]]
    may = {**flat, "x": most, "marker": {"color": MAY}, "hoverinfo": "skip"}
    shown = [
        {
            "x": 1.015,
            "y": place,
            "text": f"<b>{drawn(share)}</b>",
            "showarrow": False,
            "xanchor": "left",
            "font": {"size": 14},
        }
        for place, share in zip(places, frame["share"], strict=True)
    ]
    layout = look.layout(
        8 + ROW * max(1, len(places)),
        barmode="overlay",
        annotations=shown,
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        xaxis=look.axis(visible=False, range=[0, 1.24 if any(most) else 1.16]),
        yaxis=look.axis(
            range=[len(places) - 0.5, -0.5],
            tickvals=places,
            ticktext=[f"{drawn(look.short(name))}  " for name in frame["short"]],
            tickfont={"size": 14, "color": look.INK},
        ),
    )
    return go.Figure(data=[track, may, met], layout=layout)


def _line(row: dict[str, object], text: Text) -> str:
    places = text("chart.met_of", met=row["places_met"], needed=row["places_needed"])
    return hover(row["name"], places)
