"""Organisations × organisations: who did what together with whom. Both halves say the same, so each row is whole."""

from collections.abc import Mapping, Sequence

from esdash.charts import look
from esdash.charts.figure import Figure
from esdash.wording.actors import Cell
from esdash.wording.escaping import drawn

SMALL_FROM = 31  # organisations; then cells are lower and show one digit
ROW_HEIGHT, SMALL_ROW = 24, 16
HEADER = 118  # names of the columns, upright
NAMES = 150  # names of the rows
LETTER, SMALL_CELL = 34, 16  # least width of a cell [pixels]
CHARACTERS = 22

Pair = tuple[str, str]


def tie_matrix(
    ids: Sequence[str], names: Mapping[str, str], cells: Mapping[Pair, Cell], chosen: Pair | None = None
) -> Figure:
    """A figure of coloured cells with letters and hover texts; a click reports the two organisations."""
    steps = [f"offers_{number}" for number in range(6)]
    place = {key: number for number, key in enumerate(ids)}
    count = len(ids)
    z: list[list[int | None]] = [[0] * count for _ in ids]
    words = [[""] * count for _ in ids]
    points: list[tuple[int, int, list[str], str]] = []
    for number in range(count):
        z[number][number] = None  # nobody works with themselves
    for (a, b), cell in cells.items():
        if a in place and b in place:
            for x, y, pair in ((place[b], place[a], [a, b]), (place[a], place[b], [a, b])):
                z[y][x], words[y][x] = steps.index(cell.step), cell.word
                points.append((x, y, pair, cell.hover))
    small = count >= SMALL_FROM
    heatmap = {
        "type": "heatmap",
        "x": list(range(count)),
        "y": list(range(count)),
        "z": z,
        "zmin": -0.5,
        "zmax": len(steps) - 0.5,
        "colorscale": [
            [edge / len(steps), look.COLOURS[step]] for index, step in enumerate(steps) for edge in (index, index + 1)
        ],
        "showscale": False,
        "xgap": 1 if small else 2,
        "ygap": 1 if small else 2,
        "text": words,
        "texttemplate": "%{text}",
        "textfont": {"size": 10 if small else 11},
        "hoverinfo": "skip",
    }
    squares = {  # Streamlit gets no clicks from a heatmap
        "type": "scatter",
        "mode": "markers",
        "x": [x for x, _, _, _ in points],
        "y": [y for _, y, _, _ in points],
        "customdata": [pair for _, _, pair, _ in points],
        "text": [words for _, _, _, words in points],
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {"symbol": "square", "size": SMALL_ROW if small else ROW_HEIGHT, "color": "rgba(0,0,0,0)"},
        "unselected": {"marker": {"opacity": 1}},
    }
    size = {"tickfont": {"size": 9 if small else 12}}
    labels = [drawn(look.short(names[key], CHARACTERS)) for key in ids]
    layout = look.layout(
        HEADER + (SMALL_ROW if small else ROW_HEIGHT) * count,
        clickmode="event+select",
        shapes=_diagonal(count) + _frames(chosen, place),
        xaxis=look.axis(
            side="top", tickvals=list(range(count)), ticktext=labels, tickangle=-90, range=[-0.5, count - 0.5], **size
        ),
        yaxis=look.axis(tickvals=list(range(count)), ticktext=labels, range=[count - 0.5, -0.5], **size),
    )
    return Figure([heatmap, squares], layout)


def least_width(count: int) -> int:
    """The width from which on the cells of so many organisations can be read and clicked [pixels]."""
    return NAMES + count * (SMALL_CELL if count >= SMALL_FROM else LETTER)


def _diagonal(count: int) -> list[dict[str, object]]:
    """A grey square where row and column are the same organisation."""
    return [
        {
            **{"type": "rect", "x0": at - 0.46, "x1": at + 0.46, "y0": at - 0.42, "y1": at + 0.42, "layer": "above"},
            **{"fillcolor": look.LINE, "line": {"width": 0}},
        }
        for at in range(count)
    ]


def _frames(chosen: Pair | None, place: Mapping[str, int]) -> list[dict[str, object]]:
    """A frame around the two cells of the chosen pair."""
    if chosen is None or not set(chosen) <= place.keys():
        return []
    a, b = place[chosen[0]], place[chosen[1]]
    return [
        {
            **{"type": "rect", "x0": x - 0.5, "x1": x + 0.5, "y0": y - 0.5, "y1": y + 0.5, "layer": "above"},
            **{"line": {"color": look.ATTENTION, "width": 2}},
        }
        for x, y in ((a, b), (b, a))
    ]
