"""Where the voices of a round lean: the middle half as a bar, the median as a stroke."""

from collections.abc import Sequence

import pandas as pd

from esdash.charts import look
from esdash.charts.figure import Figure
from esdash.texts import Text
from esdash.wording.escaping import drawn, hover

ROW = 52  # pixels
THINNEST = 0.012  # of the scale: a bar of voices that all agree is still seen


def voices(frame: pd.DataFrame, titles: Sequence[str], hovers: Sequence[str], text: Text) -> Figure:
    """One row per item (q1, median, q3, contested, most_per_item) in the order of the frame; titles above the bars."""
    rows, top = list(range(len(frame))), int(frame["most_per_item"].max())
    colours = [look.ATTENTION if contested else look.ACCENT for contested in frame["contested"]]
    pale = ["#F3B79A" if contested else "#A9CBE0" for contested in frame["contested"]]
    least = top * THINNEST
    bar = {
        "type": "bar",
        "orientation": "h",
        "base": [low - max(0.0, least - (high - low)) / 2 for low, high in zip(frame["q1"], frame["q3"], strict=True)],
        "x": [max(high - low, least) for low, high in zip(frame["q1"], frame["q3"], strict=True)],
        "y": rows,
        "width": 0.3,
        "marker": {"color": pale},
        "hovertext": [hover(title, words) for title, words in zip(titles, hovers, strict=True)],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }
    middle = {
        "type": "scatter",
        "mode": "markers",
        "x": frame["median"].tolist(),
        "y": rows,
        "marker": {"symbol": "line-ns", "size": 16, "line": {"width": 4, "color": colours}},
        "hoverinfo": "skip",
        "cliponaxis": False,
    }
    note = {
        "showarrow": False,
        "xanchor": "left",
        "yanchor": "bottom",
        "yshift": 9,
        "bgcolor": "#FFFFFF",
        "borderpad": 0,
    }
    notes = [
        {**note, "x": 0, "y": row, "text": drawn(title), "font": {"size": 13}}
        for row, title in zip(rows, titles, strict=True)
    ]
    notes += [
        {
            **{"x": top * 1.03, "y": row, "showarrow": False, "xanchor": "left", "font": {"color": colour}},
            "text": f"<b>{text.number(value)}</b>" + (f" {text('voices.divided')}" if contested else ""),
        }
        for row, value, contested, colour in zip(rows, frame["median"], frame["contested"], colours, strict=True)
    ]
    lines = [
        {"type": "line", "x0": x, "x1": x, "y0": -0.5, "y1": len(rows) - 0.6, "layer": "below"}
        | {"line": {"color": look.LINE, "width": 1}}
        for x in range(top + 1)
    ]
    layout = look.layout(
        56 + ROW * max(1, len(rows)),
        annotations=notes,
        shapes=lines,
        xaxis=look.axis(
            range=[-top * 0.02, top * 1.25],
            tickvals=list(range(top + 1)),
            title={"text": text("voices.picture_axis", most=top), "standoff": 14},
        ),
        yaxis=look.axis(visible=False, range=[len(rows) - 0.55, -0.85]),
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
    )
    return Figure([bar, middle], layout)
