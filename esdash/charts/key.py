"""The key of a matrix and its map: one coloured square per class, with its sign and what it means."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate

from esdash.charts import look
from esdash.charts.figure import Figure
from esdash.wording.classes import Entry

WIDTH = 352  # of a part of the key [pixels]: one fits on a telephone
ROOM = 1112  # of the whole line of a projector [pixels]
LINE = 24  # height [pixels]
SQUARE, LETTER, SPACE = 21, 5.9, 8  # room for a square, for a letter of 12 pixels, and behind the words [pixels]


def keys(entries: Sequence[Entry], width: int = WIDTH) -> list[tuple[Figure, list[Entry]]]:
    """The key in parts of one line of this width each, to be set below each other, with their entries."""
    parts: list[list[Entry]] = []
    for entry in entries:
        if parts and sum(map(_room, [*parts[-1], entry])) <= width:
            parts[-1].append(entry)
        else:
            parts.append([entry])
    return [(_part(tuple(part), width), part) for part in parts]


def _room(entry: Entry) -> float:
    """The width that an entry takes [pixels]."""
    return SQUARE + LETTER * len(entry.label) + SPACE


@lru_cache(maxsize=64)  # the same few in every view
def _part(entries: tuple[Entry, ...], width: int) -> Figure:
    starts = [0.0, *accumulate(map(_room, entries))][: len(entries)]
    level = [0] * len(entries)
    squares = {
        "type": "scatter",
        "mode": "markers+text",
        "x": [start + 9 for start in starts],
        "y": level,
        "marker": {
            "symbol": "square",
            "size": 15,
            "color": [look.COLOURS[entry.step] for entry in entries],
            "line": {
                "color": [look.ATTENTION if entry.framed else look.LINE for entry in entries],
                "width": [1.8 if entry.framed else 1 for entry in entries],
            },
        },
        "text": [entry.sign for entry in entries],
        "textfont": {"size": 10, "color": look.INK},
        "hoverinfo": "skip",
    }
    words = {
        "type": "scatter",
        "mode": "text",
        "x": [start + SQUARE - 2 for start in starts],
        "y": level,
        "text": [entry.label for entry in entries],
        "textposition": "middle right",
        "textfont": {"size": 12, "color": look.INK},
        "hoverinfo": "skip",
    }
    layout = look.layout(
        LINE,
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        xaxis=look.axis(visible=False, range=[0, width]),
        yaxis=look.axis(visible=False, range=[-1, 1]),
    )
    return Figure([squares, words], layout)
