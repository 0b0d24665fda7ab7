"""Bars of volunteers: active ones, and added to them those who are still wanted."""

import pandas as pd
import plotly.graph_objects as go

from esdash.charts import look
from esdash.texts import Text
from esdash.wording.escaping import drawn, hover

ROW = 30  # pixels


def volunteers(frame: pd.DataFrame, text: Text) -> go.Figure:
    """Horizontal bars from one row per option (title, short, volunteers_active, volunteers_wanted), in their order."""
    rows = list(range(len(frame)))
    active, wanted = (frame[f"volunteers_{name}"].fillna(0).astype(int).tolist() for name in ("active", "wanted"))
    said = [
        text("volunteers.bar", active=a, wanted=w)
        for a, w in frame[["volunteers_active", "volunteers_wanted"]].astype(object).itertuples(index=False)
    ]
    over = [hover(title, words) for title, words in zip(frame["title"], said, strict=True)]
    usual = {"type": "bar", "orientation": "h", "y": rows, "customdata": over, "cliponaxis": False}
    bars = [
        {**usual, "x": active, "marker": {"color": look.ACCENT}},
        {**usual, "x": wanted, "marker": {"color": look.COLOURS["missing_3"], "line": {"color": look.ATTENTION}}},
    ]
    bars[-1] |= {"text": [f" {words}" for words in said], "textposition": "outside"}
    for bar in bars:
        bar["hovertemplate"] = "%{customdata}<extra></extra>"
    longest = max([1, *(a + w for a, w in zip(active, wanted, strict=True))])
    names = [drawn(look.short(str(name), 18)) for name in frame["short"]]
    layout = look.layout(
        40 + ROW * max(1, len(rows)),
        barmode="stack",
        bargap=0.35,
        xaxis=look.axis(visible=False, range=[0, longest * 2.2]),
        yaxis=look.axis(tickvals=rows, ticktext=names, range=[len(rows) - 0.5, -0.5]),
    )
    return go.Figure(data=bars, layout=layout)
