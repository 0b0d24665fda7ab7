"""What the pictures of the page Doppelstrukturen draw: lengths, places, letters."""

from __future__ import annotations

import math
from datetime import time

import pandas as pd
import pytest

from esdash import charts
from esdash.charts import look
from esdash.charts.network import order
from esdash.texts import Text

TEXT = Text("de")


def test_a_week_has_a_block_for_each_time() -> None:
    times = [
        {"weekday": 2, "begins": time(15), "ends": time(17, 30)},
        {"weekday": 6, "begins": time(8), "ends": time(9)},
    ]
    figure = charts.week([{"name": "Café", "times": times}, {"name": "Treff", "times": None}], TEXT)
    assert [(shape.y0, shape.y1) for shape in figure.layout.shapes] == [(15, 17.5), (8, 9)]
    assert all(round((shape.x0 + shape.x1) / 2) == day for shape, day in zip(figure.layout.shapes, (2, 6), strict=True))
    assert list(figure.data[0].text) == ["<b>A</b>", "<b>A</b>"]
    assert list(figure.layout.xaxis.ticktext)[-1] == "Sa"  # the weekend only where something is on
    assert list(figure.layout.yaxis.range) == [20, 8]  # hours run down, and reach to the first block


def test_blocks_of_one_day_lie_side_by_side() -> None:
    at = [{"weekday": 1, "begins": time(10), "ends": time(12)}]
    shapes = charts.week([{"name": name, "times": at} for name in "ab"], TEXT).layout.shapes
    assert shapes[0].x1 < shapes[1].x0


TIES = pd.DataFrame(
    [
        {"a_id": "a", "b_id": "b", "kind": "overlap", "strength": 2.0},
        {"a_id": "c", "b_id": "d", "kind": "overlap", "strength": 1.0},
        {"a_id": "b", "b_id": "c", "kind": "complement", "strength": 4.0},
    ]
).assign(
    **{f"{side}_{kind}": lambda f, s=side: f[f"{s}_id"].str.upper() for side in "ab" for kind in ("name", "short")}
)


def test_everybody_stands_once_on_the_circle_beside_the_closest() -> None:
    placed = order(TIES)
    assert sorted(placed) == ["a", "b", "c", "d"]
    assert abs(placed.index("a") - placed.index("b")) == 1
    points = charts.network(TIES, TEXT).data[-1]
    assert [math.hypot(x, y) for x, y in zip(points.x, points.y, strict=True)] == pytest.approx([1] * 4)


def test_ties_end_at_their_organisations_and_all_of_a_kind_are_equally_wide() -> None:
    """A width would say how much two have in common, which is one pair of offers almost everywhere."""
    figure = charts.network(TIES, TEXT, "a")
    points = {
        name: (x, y) for name, x, y in zip(figure.data[-1].hovertext, figure.data[-1].x, figure.data[-1].y, strict=True)
    }
    overlaps = [line for line in figure.data[:-1] if line.line.color == look.ATTENTION]
    assert {(round(line.x[0], 9), round(line.y[0], 9)) for line in overlaps} == {
        tuple(round(value, 9) for value in points[name]) for name in ("A", "C")
    }
    assert len({line.line.width for line in overlaps}) == 1


def placed(*points: tuple[float, float, str]) -> pd.DataFrame:
    """Offers at latitude and longitude, with a name; their ids are their letters."""
    rows = [("ABC"[place], place, *point) for place, point in enumerate(points)]
    return pd.DataFrame(rows, columns=["id", "place", "lat", "lon", "name"])


def apart(**kilometres: float | None) -> pd.DataFrame:
    """The kilometres of pairs: AB=0.2."""
    rows = [(*pair, number) for pair, number in kilometres.items()]
    return pd.DataFrame(rows, columns=["a_id", "b_id", "kilometres"])


def test_the_sketch_joins_the_places_by_the_shortest_ways_in_metres() -> None:
    """B lies 200 m north of A, C some 620 m east of it: the way from B to C is longer than both and is not drawn."""
    points = placed((51.80, 12.20, "Café"), (51.8018, 12.20, "Treff"), (51.80, 12.209, "Markt"))
    figure = charts.nearby(points, apart(AB=0.2, AC=0.62, BC=0.65), TEXT)
    (drawn,) = figure.data
    (left, right), (low, high) = figure.layout.xaxis.range, figure.layout.yaxis.range
    assert all(left < x < right for x in drawn.x)
    assert all(low < y < high for y in drawn.y)
    assert list(drawn.text) == ["<b>A</b>", "<b>B</b>", "<b>C</b>"]
    said = [note.text for note in figure.layout.annotations]
    assert {"<b>200 m</b>", "<b>620 m</b>", "<b>Café</b>", "<b>Treff</b>", "<b>Markt</b>"} <= set(said)
    assert "<b>650 m</b>" not in said


def test_a_name_covers_no_length_of_a_way() -> None:
    """C lies north-east of A, a little right of the middle: below it, its name would cover the 90 m to A."""
    points = placed((51.8, 12.2, "Sprachcafé"), (51.8018, 12.19915, "Treff"), (51.8007, 12.20085, "Deutsch bei Tee"))
    figure = charts.nearby(points, apart(AB=0.2, AC=0.09, BC=0.14), TEXT)
    (name,) = (note for note in figure.layout.annotations if note.text == "<b>Deutsch bei Tee</b>")
    assert name.xanchor == "left" or name.yanchor == "bottom"


def test_the_bar_of_the_sketch_is_as_long_as_it_says() -> None:
    figure = charts.nearby(placed((51.80, 12.20, "x"), (51.8018, 12.20, "y")), apart(AB=0.2), TEXT)
    bar = figure.layout.shapes[-1]
    assert figure.layout.annotations[-1].text == "100 m"
    assert bar.x1 - bar.x0 == pytest.approx(0.1)  # the axes are in kilometres
    north = abs(figure.data[0].y[1] - figure.data[0].y[0])
    assert north == pytest.approx(0.2, rel=0.01)
    assert figure.layout.yaxis.scaleanchor == "x"


HOSTILE = "<a href='//x'>Treff</a> <A1>"
SHOWN = "&lt;A1&gt;"


def test_a_name_is_shown_as_it_stands_and_is_no_markup() -> None:
    ties = TIES.assign(a_name=HOSTILE, b_name=HOSTILE, a_short="<A1>", b_short="<A1>")
    times = [{"weekday": 1, "begins": time(10), "ends": time(12)}]
    sketch = charts.nearby(placed((51.8, 12.2, HOSTILE)), apart(), TEXT)
    network = charts.network(ties, TEXT)
    hovers = [
        network.data[0].hovertext,
        *network.data[-1].hovertext,
        *(note.text for note in network.layout.annotations),
        *charts.week([{"name": HOSTILE, "times": times}], TEXT).data[0].hovertext,
        *sketch.data[0].hovertext,
    ]
    assert all(SHOWN in hover and "<a" not in hover.lower() for hover in hovers), hovers


def test_a_long_name_has_two_lines() -> None:
    """What a phone has room for beside the circle: two lines of sixteen letters."""
    ties = TIES.assign(a_short="Soziale Nachbarschaft", b_short="Verein zur Förderung der Begegnung im Quartier")
    said = {note.text for note in charts.network(ties, TEXT).layout.annotations}
    assert "Soziale<br>Nachbarschaft" in said
    assert all(len(line) <= 16 for text in said for line in text.split("<br>"))
    assert any(text.endswith("…") for text in said)


def test_offers_of_one_place_share_a_mark() -> None:
    points = placed((51.8, 12.2, "x"), (51.8, 12.2, "y"))
    figure = charts.nearby(points, apart(AB=0.0), TEXT)
    assert list(figure.data[0].text) == ["<b>A B</b>"]
    assert list(figure.data[0].hovertext) == ["<b>x</b><br>y"]
    assert len(figure.layout.shapes) == 1  # the bar: there is no way
