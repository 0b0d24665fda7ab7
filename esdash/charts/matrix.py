"""The matrix of a face: rows × columns, one cell each, clickable."""

from esdash.charts import look
from esdash.charts.figure import Figure
from esdash.wording.escaping import hover
from esdash.wording.faces import Face

ROW_HEIGHT = 24
HEADER = 74
LETTER = 6  # width of a letter or digit in a cell, on average [pixels]
NAMES = 96  # width of the names of the rows, at least


def matrix(face: Face, small: bool = False) -> Figure:
    """A figure of coloured cells with their words and hover texts; a click reports row and column.

    White spots have a red frame, the chosen cell a blue one. `small`: cells show only their signs, for an overview.
    """
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
        "textfont": {"size": 10 if small else 12},
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
        "marker": {"symbol": "square", "size": ROW_HEIGHT, "color": "rgba(0,0,0,0)"},
        "unselected": {"marker": {"opacity": 1}},
    }
    layout = look.layout(
        HEADER + (15 if small else ROW_HEIGHT) * len(face.rows.ids),
        clickmode="event+select",
        shapes=_frames(face),
        xaxis=look.axis(
            side="top",
            tickvals=widths,
            ticktext=face.columns.short,
            autotickangles=[0, 90],
            range=[-0.5, len(widths) - 0.5],
        ),
        yaxis=look.axis(tickvals=heights, ticktext=face.rows.short, range=[len(heights) - 0.5, -0.5]),
    )
    return Figure([heatmap, squares], layout)


def least_width(face: Face) -> int:
    """The width from which on the words of neighbouring cells do not touch [pixels]."""
    longest = max((len(cell.word) for cell in face.cells.values()), default=0)
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
