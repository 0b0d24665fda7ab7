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


def test_the_bars_of_a_pair_are_as_long_as_its_score() -> None:
    pairs = pd.DataFrame(
        {
            "groups_points": [0.35, 0.5],
            "distance_points": [0.30, None],
            "languages_points": [0.1, 0.25],
            "times_points": [0.05, None],
            "score": [0.8, 0.75],
        }
    )
    figure = charts.shares(pairs, ["A–B", "A–C"], TEXT)
    assert [sum(bar.x[row] for bar in figure.data) for row in (0, 1)] == pytest.approx([0.8, 0.75])
    assert [note.text for note in figure.layout.annotations] == [
        "<b>80 %</b>".replace(" ", "\N{NO-BREAK SPACE}"),
        "<b>75 %</b>".replace(" ", "\N{NO-BREAK SPACE}"),
    ]
    assert figure.data[1].hovertext[1] == "Nähe: unbekannt"


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


def test_ties_end_at_their_organisations_and_the_strongest_is_thickest() -> None:
    figure = charts.network(TIES, TEXT, "a")
    points = {
        name: (x, y) for name, x, y in zip(figure.data[-1].hovertext, figure.data[-1].x, figure.data[-1].y, strict=True)
    }
    overlaps = [line for line in figure.data[:-1] if line.line.color == look.ATTENTION]
    assert {(round(line.x[0], 9), round(line.y[0], 9)) for line in overlaps} == {
        tuple(round(value, 9) for value in points[name]) for name in ("A", "C")
    }
    widths = {line.hovertext: line.line.width for line in overlaps}
    assert widths["A und B: ähnliche Angebote"] > widths["C und D: ähnliche Angebote"]


def test_the_nearby_map_holds_all_its_points() -> None:
    districts = pd.DataFrame(
        {
            "district_id": ["1"],
            "name": ["Mitte"],
            "short_name": ["Mitte"],
            "lat": [51.8],
            "lon": [12.2],
            "geometry": [None],
        }
    )
    points = pd.DataFrame({"lat": [51.80, 51.84], "lon": [12.20, 12.21], "name": ["x", "y"]})
    figure = charts.nearby(districts, points, ["A", "B"], ["#005F8F", "#B3400B"], None)
    drawn = figure.data[-1]
    (left, right), (low, high) = figure.layout.xaxis.range, figure.layout.yaxis.range
    assert all(left < x < right for x in drawn.x)
    assert all(low < y < high for y in drawn.y)
    assert list(drawn.text) == ["<b>A</b>", "<b>B</b>"]


def test_a_district_named_under_a_mark_bears_no_name() -> None:
    """One offer lies at the middle of Mitte, the other a good kilometre south of it; Nord is far enough from both."""
    districts = pd.DataFrame(
        {
            "district_id": ["1", "2"],
            "name": ["Mitte", "Nord"],
            "short_name": ["Mitte", "Nord"],
            "lat": [51.800, 51.812],
            "lon": [12.2, 12.2],
            "geometry": [None, None],
        }
    )
    points = pd.DataFrame({"lat": [51.800, 51.789], "lon": [12.2, 12.2], "name": ["x", "y"]})
    figure = charts.nearby(districts, points, ["A", "B"], ["#005F8F", "#B3400B"], None)
    assert list(figure.data[-2].text) == ["", "Nord"]
    assert figure.data[-1].marker.opacity == 1  # marks of two sizes would let what is below shine through


HOSTILE = "<a href='//x'>Treff</a> <A1>"
SHOWN = "&lt;A1&gt;"


def test_a_name_is_shown_as_it_stands_and_is_no_markup() -> None:
    ties = TIES.assign(a_name=HOSTILE, b_name=HOSTILE, a_short="<A1>", b_short="<A1>")
    times = [{"weekday": 1, "begins": time(10), "ends": time(12)}]
    districts = pd.DataFrame(columns=["district_id", "name", "short_name", "lat", "lon", "geometry"])
    point = pd.DataFrame({"lat": [51.8], "lon": [12.2], "name": [HOSTILE]})
    network = charts.network(ties, TEXT)
    hovers = [
        network.data[0].hovertext,
        *network.data[-1].hovertext,
        *(note.text for note in network.layout.annotations),
        *charts.week([{"name": HOSTILE, "times": times}], TEXT).data[0].hovertext,
        *charts.nearby(districts, point, ["A"], ["#005F8F"], None).data[-1].hovertext,
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
    districts = pd.DataFrame(columns=["district_id", "name", "short_name", "lat", "lon", "geometry"])
    points = pd.DataFrame({"lat": [51.8, 51.8], "lon": [12.2, 12.2], "name": ["x", "y"]})
    drawn = charts.nearby(districts, points, ["A", "B"], ["#005F8F", "#B3400B"], None).data[-1]
    assert list(drawn.text) == ["<b>A B</b>"]
    assert list(drawn.hovertext) == ["x<br>y"]
