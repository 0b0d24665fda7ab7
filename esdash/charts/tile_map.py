"""The tile map: one equal tile for each district, its name and figure readable across a room, a bar, the rivers."""

from collections.abc import Sequence
from typing import NamedTuple

from esdash.charts import labels, look
from esdash.charts.figure import Figure
from esdash.wording.escaping import drawn as escaped
from esdash.wording.escaping import hover
from esdash.wording.tiles import Tile, TileMap

WIDTH, HEIGHT = 108, 60  # of a tile, at least [pixels]: a name of 14 letters just fits
NAME, FIGURE, WHY, RIVER = 15, 20, 12, 13  # sizes of letters [pixels]
FIGURE_LETTERS = 10  # a longer figure, with large ends, is written smaller
ROOM = WIDTH - 13  # for words on a tile [pixels]; longer names are cut, and the hover text has them whole
LEAST_COLUMNS = 5  # the tiles of a small city become no larger than with this many in a row
BELOW = 25  # room for the end of a river and its name [pixels]

GAP_X, GAP_Y = 3 / WIDTH, 3 / HEIGHT  # half of the space between two tiles [tiles]
LEFT, RIGHT = 7 / WIDTH, 1 - 8 / WIDTH  # where name, figure and bar begin, and where the bar ends
NAME_AT, FIGURE_AT, BAR_AT, BAR = 11.5 / HEIGHT, 35.5 / HEIGHT, 51 / HEIGHT, 5 / HEIGHT  # from the top of the tile
WATER, WATER_INK = "#9CC3DC", "#2B6C93"


class Words(NamedTuple):
    """Words on the map: where their left edge is [tiles], how large [pixels], in what colour."""

    x: float
    y: float
    words: str
    size: int
    colour: str


def tile_map(drawn: TileMap) -> Figure:
    """A figure of the tiles with their words and hover texts; a click reports the district."""
    columns, rows = drawn.size
    below = _below(drawn)
    barred = [tile for tile in drawn.tiles if tile.met is not None]
    whole = [1.0] * len(barred)
    parts = [
        _tiles(drawn.tiles),
        _bars(barred, whole, ["rgba(255,255,255,0.5)" if _dark(tile) else look.LINE for tile in barred]),
        _bars(barred, [tile.met or 0.0 for tile in barred], [_bar_ink(tile) for tile in barred]),
        *(_line(points) for points in drawn.rivers.values()),
        _written([*(words for tile in drawn.tiles for words in _on(tile)), *_names(drawn.rivers)]),
    ]
    layout = look.layout(
        height(drawn),
        barmode="overlay",
        clickmode="event+select",
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        xaxis=look.axis(visible=False, range=[0, max(columns, LEAST_COLUMNS)]),
        yaxis=look.axis(visible=False, range=[rows + below / HEIGHT, 0]),
    )
    return Figure(parts, layout)


def height(drawn: TileMap) -> int:
    """The height of the figure [pixels]."""
    return HEIGHT * drawn.size[1] + _below(drawn)


def _below(drawn: TileMap) -> int:
    return BELOW if drawn.rivers else 0


def least_width(drawn: TileMap) -> int:
    """The width from which on all names fit [pixels]."""
    return WIDTH * max(drawn.size[0], LEAST_COLUMNS)


def ink(tile: Tile) -> str:
    """The colour of the words of a tile: quiet where hardly anything is missing or nothing is known."""
    if _dark(tile):
        return "#FFFFFF"
    return look.QUIET if tile.quiet and tile.cell.step not in look.STRONG else look.INK


def _dark(tile: Tile) -> bool:
    return tile.cell.step in look.DARK


def _bar_ink(tile: Tile) -> str:
    return "#FFFFFF" if _dark(tile) else look.ACCENT


def _tiles(tiles: Sequence[Tile]) -> dict[str, object]:
    """The tiles themselves, as bars: they report clicks, and are as wide as the map allows."""
    return {
        "type": "bar",
        "x": [tile.column - 0.5 for tile in tiles],
        "base": [tile.row - 1 + GAP_Y for tile in tiles],
        "y": [1 - 2 * GAP_Y] * len(tiles),
        "width": 1 - 2 * GAP_X,
        "customdata": [tile.district_id for tile in tiles],
        "hovertext": [hover(tile.cell.hover[0], *tile.cell.hover[2:]) for tile in tiles],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "marker": {
            "color": [look.COLOURS[tile.cell.step] for tile in tiles],
            "line": {
                "color": [_frame(tile) for tile in tiles],
                "width": [3 if tile.chosen else 2 if tile.cell.strong else 1 for tile in tiles],
            },
        },
        "selected": {"marker": {"opacity": 1}},
        "unselected": {"marker": {"opacity": 1}},
    }


def _frame(tile: Tile) -> str:
    return look.ACCENT if tile.chosen else look.ATTENTION if tile.cell.strong else look.LINE


def _bars(tiles: Sequence[Tile], shares: Sequence[float], colours: Sequence[str]) -> dict[str, object]:
    """Thin bars along the lower edge of the tiles, each as long as its share of the tile."""
    lengths = [share * (RIGHT - LEFT) for share in shares]
    return {
        "type": "bar",
        "x": [tile.column - 1 + LEFT + length / 2 for tile, length in zip(tiles, lengths, strict=True)],
        "base": [tile.row - 1 + BAR_AT - BAR / 2 for tile in tiles],
        "y": [BAR] * len(tiles),
        "width": lengths,
        "marker": {"color": list(colours), "line": {"width": 0}},
        "hoverinfo": "skip",
        "unselected": {"marker": {"opacity": 1}},
    }


def _on(tile: Tile) -> list[Words]:
    """The words of a tile: its name, its figure or sign, and why there is no figure."""
    x, top, colour = tile.column - 1 + LEFT, tile.row - 1, ink(tile)
    figure = tile.cell.word if tile.quiet else f"<b>{tile.cell.word}</b>"
    words = [
        Words(x, top + NAME_AT, escaped(labels.fit(tile.name, ROOM, NAME)), NAME, colour),
        Words(x, top + FIGURE_AT, figure, min(FIGURE, FIGURE * FIGURE_LETTERS // len(tile.cell.word)), colour),
    ]
    return (
        [*words, Words(x, top + BAR_AT, escaped(labels.fit(tile.why, ROOM, WHY)), WHY, colour)] if tile.why else words
    )


def _line(points: Sequence[tuple[float, float]]) -> dict[str, object]:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [west for west, _ in points],
        "y": [north for _, north in points],
        "line": {"color": WATER, "width": 5},
        "hoverinfo": "skip",
    }


def _names(rivers: dict[str, list[tuple[float, float]]]) -> list[Words]:
    """The name of each river where it begins: above a line across, beside a line down."""
    found = []
    for name, (start, then, *_) in rivers.items():
        across = abs(then[0] - start[0]) > abs(then[1] - start[1])
        up, aside = (10 / HEIGHT, 2 / WIDTH) if across else (0, 6 / WIDTH)
        found.append(Words(start[0] + aside, start[1] - up, escaped(name), RIVER, WATER_INK))
    return found


def _written(words: Sequence[Words]) -> dict[str, object]:
    return {
        "type": "scatter",
        "mode": "text",
        "x": [one.x for one in words],
        "y": [one.y for one in words],
        "text": [one.words for one in words],
        "textposition": "middle right",
        "textfont": {"size": [one.size for one in words], "color": [one.colour for one in words]},
        "hoverinfo": "skip",
        "cliponaxis": False,
    }
