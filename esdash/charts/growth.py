"""How the inventory grew."""

import pandas as pd
import plotly.graph_objects as go

from esdash.charts import look
from esdash.texts import Text


def growth(frame: pd.DataFrame, text: Text) -> go.Figure:
    """A line from one row per day with the number of running offers, labelled with its first and last value."""
    days = [day.date() if hasattr(day, "date") else day for day in frame["day"]]
    offers = frame["offers"].tolist()
    ends = {0, len(offers) - 1} if offers else set()
    line = {
        "type": "scatter",
        "mode": "lines+markers+text",
        "x": days,
        "y": offers,
        "text": [text.number(value) if index in ends else "" for index, value in enumerate(offers)],
        "textposition": "top center",
        "customdata": [text.date(day) for day in days],
        "hovertemplate": "%{customdata}: %{y}<extra></extra>",
        "cliponaxis": False,
        "line": {"color": look.ACCENT, "width": 2.5},
        "marker": {"color": look.ACCENT, "size": 5},
        "fill": "tozeroy",
        "fillcolor": "rgba(0,95,143,0.08)",
    }
    quarter = [day for day in days if day.month in (3, 6, 9, 12)]
    layout = look.layout(
        282,
        margin={"l": 0, "r": 22, "t": 8, "b": 0},
        xaxis=look.axis(
            tickvals=quarter, ticktext=[f"{text(f'month.{day.month}')}<br>{day.year}" for day in quarter], ticklen=0
        ),
        yaxis=look.axis(
            range=[0, max([1, *offers]) * 1.2],
            showgrid=True,
            gridcolor="#EEF1F4",
            nticks=4,
            title=text("chart.offers_axis"),
        ),
    )
    return go.Figure(data=[line], layout=layout)
