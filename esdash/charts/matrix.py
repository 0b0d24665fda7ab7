"""The matrix of coverage: rows × columns, one cell each, clickable."""

from typing import Any, NamedTuple

import pandas as pd
import plotly.graph_objects as go

from esdash.charts import look
from esdash.texts import Text
from esdash.wording.escaping import hover
from esdash.wording.names import Axis

ROW_HEIGHT = 24
HEADER = 74


def matrix(
    frame: pd.DataFrame, rows: Axis, columns: Axis, text: Text, measure: str = "coverage", small: bool = False
) -> go.Figure:
    """A figure from one row per row_id × column_id with state, coverage, gap_places, gap_per_100, offers.

    `measure` (coverage, gap, gap_per_100, offers) is written in the cells; the colour always shows the state.
    `small`: cells without text, for an overview.
    """
    cells = {(row.row_id, row.column_id): row for row in frame.itertuples()}
    order = list(look.STATES)
    offers = measure == "offers"  # the colour shows the number, because a count has no state of coverage
    states, words, hovers = [], [], []
    for row_id, row_name in zip(rows.ids, rows.full, strict=True):
        line = [cells.get((row_id, column_id)) for column_id in columns.ids]
        names = [cell.state if cell else "unknown" for cell in line]
        states.append(_levels(line) if offers else [order.index(name) for name in names])
        words.append(
            [
                "" if small and name not in look.SIGNS else word(cell, measure, text)
                for cell, name in zip(line, names, strict=True)
            ]
        )
        hovers.append([_hover(cell, row_name, column, text) for cell, column in zip(line, columns.full, strict=True)])
    white = -1 if offers else order.index("white")
    framed = [[state == white for state in line] for line in states]
    colours = look.COUNTS if offers else list(look.STATES.values())
    return _grid(rows, columns, Cells(states, words, hovers, framed), colours, small)


def change_matrix(frame: pd.DataFrame, rows: Axis, columns: Axis, text: Text, measure: str = "coverage") -> go.Figure:
    """What differs between two states, from one row per row_id × column_id with change, …_before and …_after.

    A cell shows the difference: percentage points of coverage, or places missing if `measure` is gap. White spots
    that closed or opened have a sign and a frame.
    """
    cells = {(row.row_id, row.column_id): row for row in frame.itertuples()}
    order = list(look.CHANGES)
    lines = [[cells.get((row_id, column_id)) for column_id in columns.ids] for row_id in rows.ids]
    kinds = [[cell.change if cell else "unknown" for cell in line] for line in lines]
    words = [[_difference(cell, measure, text) for cell in line] for line in lines]
    hovers = [
        [_change_hover(cell, row, column, text) for cell, column in zip(line, columns.full, strict=True)]
        for line, row in zip(lines, rows.full, strict=True)
    ]
    levels = [[order.index(kind) for kind in line] for line in kinds]
    framed = [[kind == "opened" for kind in line] for line in kinds]
    return _grid(rows, columns, Cells(levels, words, hovers, framed), list(look.CHANGES.values()), small=False)


class Cells(NamedTuple):
    """The content of the cells, row by row: step of the colour scale, text, hover text, and whether framed."""

    levels: list[list[int]]
    words: list[list[str]]
    hovers: list[list[str]]
    framed: list[list[bool]]


def _grid(rows: Axis, columns: Axis, cells: Cells, colours: list[str], small: bool) -> go.Figure:
    """The figure: coloured cells, and above them invisible marks that report clicks."""
    heights = list(range(len(rows.ids)))
    widths = list(range(len(columns.ids)))
    heatmap = {
        "type": "heatmap",
        "x": widths,
        "y": heights,
        "z": cells.levels,
        "zmin": -0.5,
        "zmax": len(colours) - 0.5,
        "colorscale": _steps(colours),
        "showscale": False,
        "xgap": 2,
        "ygap": 2,
        "text": cells.words,
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
        "customdata": [[row_id, column_id] for row_id in rows.ids for column_id in columns.ids],
        "text": [hover for line in cells.hovers for hover in line],
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {"symbol": "square", "size": ROW_HEIGHT, "color": "rgba(0,0,0,0)"},
        "unselected": {"marker": {"opacity": 1}},
    }
    frames = [_frame(x, y) for y, line in enumerate(cells.framed) for x, framed in enumerate(line) if framed]
    row_height = 15 if small else ROW_HEIGHT
    layout = look.layout(
        HEADER + row_height * len(rows.ids),
        clickmode="event+select",
        shapes=frames,
        xaxis=look.axis(
            side="top", tickvals=widths, ticktext=columns.short, autotickangles=[0, 90], range=[-0.5, len(widths) - 0.5]
        ),
        yaxis=look.axis(tickvals=heights, ticktext=rows.short, range=[len(heights) - 0.5, -0.5]),
    )
    return go.Figure(data=[heatmap, squares], layout=layout)


def _levels(line: list[object]) -> list[int]:
    """Numbers of offers as steps of the colour scale; the last step is "and more"."""
    return [min(int(getattr(cell, "offers", 0)), len(look.COUNTS) - 1) for cell in line]


def word(cell: object, measure: str, text: Text) -> str:
    """The text of a cell: its number, or a sign if it has none."""
    state = getattr(cell, "state", "unknown")
    if measure == "offers":
        return text.number(getattr(cell, "offers", 0))
    if state in look.SIGNS:
        return look.SIGNS[state]
    if measure == "gap":
        return text.number(getattr(cell, "gap_places", None), 0)
    if measure == "gap_per_100":
        return text.number(getattr(cell, "gap_per_100", None), 1)
    return text.percent(getattr(cell, "coverage", None))


def _hover(cell: object, row: str, column: str, text: Text) -> str:
    state = getattr(cell, "state", "unknown")
    lines = [row, column, text(f"state.{state}")]
    if state not in look.WITHOUT_FIGURE:
        lines.append(
            text(
                "chart.matrix_hover",
                needed=text.number(cell.places_needed, 1),  # type: ignore[attr-defined]
                met=text.number(cell.places_met, 1),  # type: ignore[attr-defined]
                gap=text.number(cell.gap_places, 1),  # type: ignore[attr-defined]
            )
        )
    offers = getattr(cell, "offers", None)
    if offers is not None:
        lines.append(text.count("chart.offers", int(offers)))
    return hover(*lines)


def _difference(cell: Any, measure: str, text: Text) -> str:
    """The difference as a short text; a sign if one side has no number."""
    if cell is None or cell.change in ("unknown", "lost"):
        return look.CHANGE_SIGNS["unknown"]
    if cell.change == "found":
        return text("change.found_short")
    if cell.change in look.CHANGE_SIGNS:
        return look.CHANGE_SIGNS[cell.change]
    name, unit = ("gap_places", 1) if measure == "gap" else ("coverage", 100)
    value = round(unit * (getattr(cell, f"{name}_after") - getattr(cell, f"{name}_before")))
    return text.signed(value) if value else "±0"


def _change_hover(cell: Any, row: str, column: str, text: Text) -> str:
    lines = [row, column]
    if cell is None:
        return hover(*lines, text("change.unknown"))
    lines.append(text(f"change.{cell.change}"))
    for side in ("before", "after"):
        state = getattr(cell, f"state_{side}")
        known = isinstance(state, str) and state not in look.WITHOUT_FIGURE
        figures = (
            text(
                "chart.change_hover",
                coverage=text.percent(getattr(cell, f"coverage_{side}")),
                gap=text.number(getattr(cell, f"gap_places_{side}"), 1),
            )
            if known
            else text(f"state.{state}" if isinstance(state, str) else "state.unknown")
        )
        lines.append(f"{text(f'change.{side}')}: {figures}")
    return hover(*lines)


def _steps(colours: list[str]) -> list[list[object]]:
    """A colour scale of equal steps."""
    count = len(colours)
    return [[edge / count, colour] for index, colour in enumerate(colours) for edge in (index, index + 1)]


def _frame(x: int, y: int) -> dict[str, object]:
    return {
        "type": "rect",
        "x0": x - 0.46,
        "x1": x + 0.46,
        "y0": y - 0.42,
        "y1": y + 0.42,
        "line": {"color": look.ATTENTION, "width": 1.5},
        "layer": "above",
    }
