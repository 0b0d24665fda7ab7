"""Where names stand on a map: beside their points, no two over each other, however wide the window is.

A map keeps its height and takes the width that there is, so its scale lies between two ends. A name has its size on the
screen and not on the map: two names that are apart at both ends of the scale can still meet between them.
"""

from collections.abc import Sequence
from typing import NamedTuple

from esdash.charts import look

SIZE = 11  # of the letters [pixels]
NARROWEST = 330  # of a map, on a telephone [pixels]
LINE = 1.3  # height of a line, as a multiple of the letters
CUT = 8  # letters of a name that has no room whole
# Letters → their width as a multiple of their size, rather too wide, for other fonts stand in for ours.
WIDTHS = {
    **dict.fromkeys(" ", 0.22),
    **dict.fromkeys("ijlI.,:;'|!", 0.29),
    **dict.fromkeys("ftr()[]-/", 0.37),
    **dict.fromkeys("acesvxyzk", 0.52),
    **dict.fromkeys("mwMW…—%@", 0.86),
}
USUAL, LARGE, SQUARE = 0.57, 0.67, 1.05
FIRST_SQUARE = 0x1100  # from here on letters of other scripts can be as wide as high

# Side of the point → where the name begins or ends: -1 to the left or above, 0 in the middle, 1 to the right or below.
SIDES = {
    "top center": (0, -1),
    "bottom center": (0, 1),
    "middle right": (1, 0),
    "middle left": (-1, 0),
    "top right": (1, -1),
    "top left": (-1, -1),
    "bottom right": (1, 1),
    "bottom left": (-1, 1),
}


class Point(NamedTuple):
    """What is named: where it is on the map (y upwards), its name, and the radius of its mark [pixels]."""

    x: float
    y: float
    name: str
    radius: float


class Window(NamedTuple):
    """What a map shows, from west to east and from south to north, its height and least width [pixels]."""

    west: float
    east: float
    south: float
    north: float
    height: float
    narrowest: float = NARROWEST

    @property
    def scales(self) -> tuple[float, float]:
        """The smallest and the largest scale of the map [pixels per unit]."""
        most = self.height / (self.north - self.south)
        return min(most, self.narrowest / (self.east - self.west)), most


class Box(NamedTuple):
    """The room of a name or a mark: its point on the map, and from there its middle and its size [pixels]."""

    x: float
    y: float
    aside: float
    below: float
    width: float
    height: float


class Named(NamedTuple):
    """A name as it is written (empty: there is no room), the side of its point, and its room."""

    words: str
    side: str
    box: Box | None


def width(words: str, size: float = SIZE) -> float:
    """About how wide these words are, rather too wide [pixels]."""
    return size * sum(map(_letter, words))


def fit(words: str, room: float, size: float = SIZE) -> str:
    """The words, cut with an ellipsis where they are wider than the room [pixels]."""
    letters = len(words)
    while letters > 1 and width(look.short(words, letters), size) > room:
        letters -= 1
    return look.short(words, letters)


def place(points: Sequence[Point], window: Window, taken: Sequence[Box] = (), first: int | None = None) -> list[Named]:
    """A side for each name, in the order of the points: none covers another, a mark, or what is `taken`.

    Greedy, `first` before all, then the most crowded: a name takes the first side with room for it, else it is cut,
    else left out, because the mark still says it when the pointer is over it.
    """
    boxes = [*taken, *map(mark, points)]
    marks = len(taken)
    found: dict[int, Named] = {}
    for number in sorted(range(len(points)), key=lambda one: (one != first, -_crowd(points, one, window), one)):
        others = [box for place, box in enumerate(boxes) if place != marks + number]
        found[number] = _named(points[number], window, others)
        if box := found[number].box:
            boxes.append(box)
    return [found[number] for number in range(len(points))]


def mark(point: Point) -> Box:
    """The room of the mark of a point."""
    return Box(point.x, point.y, 0, 0, 2 * point.radius, 2 * point.radius)


def room(point: Point, words: str, side: str) -> Box:
    """The room of a name on one side of its point, as plotly sets it."""
    across, down = SIDES[side]
    wide, away = width(words), point.radius / 0.8 + 1
    below = {-1: -away - 0.6 * SIZE, 0: -0.1 * SIZE, 1: away + 0.4 * SIZE}[down]
    return Box(point.x, point.y, across * (away + wide / 2), below, wide, LINE * SIZE)


def meet(one: Box, other: Box, window: Window) -> bool:
    """Whether two boxes overlap at any scale of the map."""
    least, most = window.scales
    across = _close(one.x - other.x, one.aside - other.aside, (one.width + other.width) / 2)
    down = _close(other.y - one.y, one.below - other.below, (one.height + other.height) / 2)
    begin, end = max(across[0], down[0]), min(across[1], down[1])
    return begin < end and begin < most and end > least


def _close(apart: float, aside: float, reach: float) -> tuple[float, float]:
    """The scales between which |scale × apart + aside| is below the reach."""
    if not apart:
        return (-float("inf"), float("inf")) if abs(aside) < reach else (float("inf"), -float("inf"))
    ends = sorted(((-reach - aside) / apart, (reach - aside) / apart))
    return ends[0], ends[1]


def _named(point: Point, window: Window, others: Sequence[Box]) -> Named:
    for words in dict.fromkeys(name for name in (point.name, look.short(point.name, CUT)) if name):
        for side in SIDES:
            box = room(point, words, side)
            if _inside(box, window) and not any(meet(box, other, window) for other in others):
                return Named(words, side, box)
    return Named("", "top center", None)


def _inside(box: Box, window: Window) -> bool:
    """Whether a box is within the picture at both ends of the scale."""
    middle_x, middle_y = (window.west + window.east) / 2, (window.south + window.north) / 2
    for scale in window.scales:
        half_width = max(window.narrowest, scale * (window.east - window.west)) / 2
        across, down = scale * (box.x - middle_x) + box.aside, scale * (middle_y - box.y) + box.below
        if abs(across) + box.width / 2 > half_width or abs(down) + box.height / 2 > window.height / 2:
            return False
    return True


def _crowd(points: Sequence[Point], number: int, window: Window) -> int:
    """How many points are close to one of them."""
    point, (wide, high) = points[number], ((window.east - window.west) / 5, (window.north - window.south) / 12)
    return sum(abs(one.x - point.x) < wide and abs(one.y - point.y) < high for one in points)


def _letter(letter: str) -> float:
    usual = USUAL if letter.islower() or letter.isdigit() else LARGE
    return WIDTHS.get(letter, SQUARE if ord(letter) >= FIRST_SQUARE else usual)
