"""How many pairs of organisations were tied for the first time in each quarter, by what tied them."""

from collections.abc import Mapping, Sequence
from datetime import date

from esdash.charts import look
from esdash.charts.figure import Figure
from esdash.texts import Text
from esdash.wording.escaping import drawn

HEIGHT = 300
COLOURS = {"offer": "#005F8F", "measure": "#67A1C5", "promise": "#009E73", "workshop": "#D9A441", "meeting": "#9AA5B1"}
WHITE = ("offer", "promise")  # white letters on these
LEGIBLE = 0.06  # of the highest bar; the words of lower parts would touch each other
MARKS = {"meeting": "diamond", "workshop": "star", "import": "triangle-up"}


def tie_growth(
    quarters: Sequence[date],
    counts: Mapping[str, Sequence[int]],
    marks: Sequence[tuple[date, str, str]],
    text: Text,
) -> Figure:
    """Stacked bars: kind → new pairs per quarter. marks below: day, kind, name of meetings, workshops, imports."""
    places = list(range(len(quarters)))
    most = max([1, *(sum(of) for of in zip(*counts.values(), strict=True))])
    bars = [
        {
            "type": "bar",
            "x": places,
            "y": list(of),
            "name": text(f"actors.kind_{kind}"),
            "text": [f"{text(f'actors.letter_{kind}')} {count}" if count >= LEGIBLE * most else "" for count in of],
            "textposition": "inside",
            "insidetextanchor": "middle",
            "textangle": 0,
            "constraintext": "none",
            "textfont": {"color": "#FFFFFF" if kind in WHITE else look.INK, "size": 10},
            "hovertemplate": f"{text(f'actors.kind_{kind}')}: %{{y}}<extra></extra>",
            "marker": {"color": COLOURS[kind]},
        }
        for kind, of in counts.items()
    ]
    at = [(_place(day, quarters), kind, f"{text.date(day)}: {name}") for day, kind, name in marks]
    below = {
        "type": "scatter",
        "mode": "markers",
        "x": [x for x, _, _ in at],
        "y": [-0.07 * most] * len(at),
        "text": [drawn(words) for _, _, words in at],
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {"symbol": [MARKS[kind] for _, kind, _ in at], "size": 9, "color": look.QUIET},
    }
    layout = look.layout(
        HEIGHT,
        barmode="stack",
        bargap=0.25,
        margin={"l": 0, "r": 0, "t": 8, "b": 0},
        xaxis=look.axis(
            tickvals=places,
            ticktext=[text("actors.quarter", number=(day.month + 2) // 3, year=str(day.year)) for day in quarters],
            range=[-0.6, len(quarters) - 0.4],
        ),
        yaxis=look.axis(
            range=[-0.14 * most, most * 1.1],
            showgrid=True,
            gridcolor="#EEF1F4",
            nticks=5,
            title=text("actors.growth_axis"),
        ),
    )
    return Figure([*bars, below], layout)


def _place(day: date, quarters: Sequence[date]) -> float:
    """Where a day lies on the axis of quarters, of which each is one wide."""
    first = quarters[0]
    months = (day.year - first.year) * 12 + day.month - first.month
    return months / 3 + (day.day - 1) / 93 - 0.5
