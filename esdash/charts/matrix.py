"""The matrix of a face: rows × columns, one cell each, clickable."""

from collections.abc import Sequence
from typing import Any

from esdash.charts import look
from esdash.charts.figure import Figure
from esdash.wording.escaping import drawn as escaped
from esdash.wording.escaping import hover
from esdash.wording.faces import Face

ROW_HEIGHT = 24
SMALL_ROW, LEAST_ROW = 15, 14  # of a matrix for an overview; of one that shall be seen whole [pixels]
ON_PAPER = 12  # of one that shares a sheet with the tile map
HEADER = 74
TWO_LINES = 34  # height of column names in two lines [pixels]
LETTER = 6  # width of a letter or digit in a cell, on average [pixels]
ONE_LINE = 7  # letters of a column name that fit above their column
REACH = 45  # a click so close to the middle of a cell means it: half of a wide cell [pixels]
NAMES = 96  # width of the names of the rows, at least
SMALL_LETTER, SMALL_NAMES = 4.5, 72  # the same in small letters
FEW_COLUMNS = 5  # beside a tile map these have room for larger letters


def matrix(face: Face, small: bool = False, height: int | None = None, least: int = LEAST_ROW) -> Figure:
    """A figure of coloured cells with their words and hover texts; a click reports row and column.

    White spots have a red frame, the chosen cell a blue one. `small`: cells show only their signs, for an overview.
    `height`: the whole matrix is about so high [pixels], if its rows stay readable (`least`); column names take turns
    in two lines, so that each has the width of two columns.
    """
    row = SMALL_ROW if small else ROW_HEIGHT
    if height is not None:
        row = max(least, min(ROW_HEIGHT, (height - TWO_LINES) // max(1, len(face.rows.ids))))
    heights, widths = list(range(len(face.rows.ids))), list(range(len(face.columns.ids)))
    lines = [face.line(row) for row in face.rows.ids]
    steps = sorted({cell.step for line in lines for cell in line}, key=list(look.COLOURS).index) or ["unknown"]
    heatmap = {
        "type": "heatmap",
        "x": widths,
        "y": heights,
        "z": [[steps.index(cell.step) for cell in line] for line in lines],
        "zmin": -0.5,
        "zmax": len(steps) - 0.5,
        "colorscale": _scale([look.COLOURS[step] for step in steps]),
        "showscale": False,
        "xgap": 2,
        "ygap": 2,
        "text": [[cell.sign if small else cell.word for cell in line] for line in lines],
        "texttemplate": "%{text}",
        "textfont": {"size": 10 if row < 18 or (height is not None and len(widths) > FEW_COLUMNS) else 12},
        "hoverinfo": "skip",
    }
    # Streamlit gets no clicks from a heatmap, but from invisible squares on the same axes, which also have the hover.
    squares = {
        "type": "scatter",
        "mode": "markers",
        "x": [x for _ in heights for x in widths],
        "y": [y for y in heights for _ in widths],
        "customdata": [[row_id, column_id] for row_id in face.rows.ids for column_id in face.columns.ids],
        "text": [hover(*cell.hover) for line in lines for cell in line],
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {"symbol": "square", "size": row, "color": "rgba(0,0,0,0)"},
        "unselected": {"marker": {"opacity": 1}},
    }
    low = height is not None
    layout = look.layout(
        (TWO_LINES if low else HEADER) + row * len(face.rows.ids),
        clickmode="event+select",
        hoverdistance=REACH,
        shapes=_frames(face),
        xaxis=look.axis(
            side="top",
            tickvals=widths,
            ticktext=face.columns.short,
            range=[-0.5, len(widths) - 0.5],
            **({"showticklabels": False, "ticks": ""} if low else {"autotickangles": [0, 90]}),
        ),
        yaxis=look.axis(
            tickvals=heights,
            ticktext=face.rows.short,
            range=[len(heights) - 0.5, -0.5],
            **({"ticks": "", "ticklabeloverflow": "allow", "tickfont": {"size": min(12, row - 3)}} if low else {}),
        ),
        **(
            {"margin": {"l": 0, "r": 0, "t": TWO_LINES, "b": 0}, "annotations": _above(face.columns.short)}
            if low
            else {}
        ),
    )
    return Figure([heatmap, squares], layout)


def _above(names: Sequence[str]) -> list[dict[str, Any]]:
    """The names of the columns above them, in the lower and the upper line by turns if they are long."""
    turns = 1 if max(map(len, names), default=0) <= ONE_LINE else 2
    return [
        {
            "text": escaped(name),
            "x": number,
            "y": 1,
            "yref": "paper",
            "yanchor": "bottom",
            "yshift": (number % turns) * (TWO_LINES // 2) - 1,
            "showarrow": False,
            "font": {"size": 11, "color": look.QUIET},
        }
        for number, name in enumerate(names)
    ]


def least_width(face: Face, small: bool = False) -> int:
    """The width from which on the words of neighbouring cells do not touch [pixels]; `small`: in small letters."""
    longest = max((len(cell.word) for cell in face.cells.values()), default=0)
    if small:
        return SMALL_NAMES + round(len(face.columns.ids) * SMALL_LETTER * longest)
    return NAMES + len(face.columns.ids) * LETTER * (longest + 1)


def _frames(face: Face) -> list[dict[str, object]]:
    """The frames of the strong cells, and over them those of the chosen cells."""
    places = [(x, y, row, column) for y, row in enumerate(face.rows.ids) for x, column in enumerate(face.columns.ids)]
    strong = [_frame(x, y, look.ATTENTION, 1.5) for x, y, row, column in places if face.cells[row, column].strong]
    return strong + [_frame(x, y, look.ACCENT, 3) for x, y, row, column in places if face.is_chosen(row, column)]


def _frame(x: int, y: int, colour: str, width: float) -> dict[str, object]:
    return {
        "type": "rect",
        "x0": x - 0.46,
        "x1": x + 0.46,
        "y0": y - 0.42,
        "y1": y + 0.42,
        "line": {"color": colour, "width": width},
        "layer": "above",
    }


def _scale(colours: list[str]) -> list[list[object]]:
    """A colour scale of equal steps."""
    count = len(colours)
    return [[edge / count, colour] for index, colour in enumerate(colours) for edge in (index, index + 1)]
