"""Figures that are sent as they are: plotly itself accepts every value in them."""

from __future__ import annotations

from datetime import date

import pandas as pd
import plotly.graph_objects as go
import plotly.io
import pytest

from esdash import charts
from esdash.analysis.records import records
from esdash.analysis.selection import MEASURES, Selection, View
from esdash.charts.figure import Figure
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.wording import classes, faces, tiles
from esdash.wording.actors import Cell
from tests.analysis.entries import enter, online, survey

DE = Text("de")


@pytest.mark.parametrize("measure", MEASURES)
def test_plotly_accepts_them(tiny: Inventory, measure: str) -> None:
    survey(tiny)
    enter(tiny, online("a", district_ids=["01"], capacity=12))
    view = View(measure=measure, selection=Selection((), (), ("02",)))
    face = faces.face(tiny, DE, faces.of_districts(view))
    entries = classes.key(measure, False, {cell.step for cell in face.cells.values()}, DE)
    rivers = {"Elbe": [(0.0, 1.0), (2.0, 1.0)]}
    drawn: list[Figure] = [
        charts.matrix(faces.face(tiny, DE, view)),
        charts.tile_map(tiles.tile_map(tiny, DE, view)._replace(rivers=rivers)),
        charts.face_map(face, records.reference(tiny, "district"), "02"),
        *(figure for figure, _ in charts.keys(entries)),
    ]
    for figure in drawn:
        go.Figure(**figure.to_dict())  # raises for a name or a value that plotly does not know
        assert plotly.io.to_json(figure) == plotly.io.to_json(figure)


def test_numbers_of_records_are_circles_and_shares_are_areas() -> None:
    """An area coloured by a number would be a map of large districts; a share has the same colour on every map."""
    areas, circles = charts.counted({"01": 4, "02": 1, "03": 0})
    assert len(set(areas.values())) == 1 and areas.keys() == {"01", "02", "03"}
    assert [(circle.district_id, circle.size) for circle in circles] == [("01", 1.0), ("02", 0.25)]
    assert len({circle.colour for circle in circles}) == 1
    assert (
        charts.shades({"01": 0.5, "02": 1.0})["01"] == charts.shades({"01": 0.5})["01"] != charts.shades({"a": 1})["a"]
    )


def test_plotly_accepts_the_voices_of_a_round() -> None:
    """Bars of the middle half; where all agree it is still seen, and around the same value."""
    frame = pd.DataFrame(
        {"q1": [1.0, 3.0], "median": [1.5, 3.0], "q3": [4.0, 3.0], "contested": [True, False], "most_per_item": [5, 5]}
    )
    figure = charts.voices(frame, ["Kurs <A>", "Haus & Hof"], ["eins", "zwei"], DE)
    go.Figure(**figure.to_dict())
    bar, middle = figure.to_dict()["data"]
    assert (bar["base"][0], bar["x"][0]) == (1.0, 3.0)
    assert bar["x"][1] > 0 and bar["base"][1] + bar["x"][1] / 2 == pytest.approx(3.0)
    assert middle["x"] == [1.5, 3.0]
    words = [note["text"] for note in figure.to_dict()["layout"]["annotations"]]
    assert words == ["Kurs &lt;A&gt;", "Haus &amp; Hof", "<b>1,5</b> uneinig", "<b>3</b>"]


def test_plotly_accepts_the_ties_of_organisations() -> None:
    """The matrix says each tie twice, so that every row is whole; names and words of people stay words."""
    names = {"a": "A & <b>B</b>", "b": "B", "c": "C"}
    cells = {("a", "b"): Cell("AS", "offers_2", "eins"), ("b", "c"): Cell("W", "offers_1", "zwei")}
    matrix = charts.tie_matrix(["b", "a", "c"], names, cells, ("a", "b"))
    go.Figure(**matrix.to_dict())
    heatmap, squares = matrix.to_dict()["data"]
    assert heatmap["text"] == [["", "AS", "W"], ["AS", "", ""], ["W", "", ""]]
    assert heatmap["z"] == [[None, 2, 1], [2, None, 0], [1, 0, None]]
    assert sorted(map(tuple, squares["customdata"])) == [("a", "b"), ("a", "b"), ("b", "c"), ("b", "c")]
    assert matrix.to_dict()["layout"]["xaxis"]["ticktext"][1] == "A &amp; &lt;b&gt;B&lt;/b&gt;"
    circle = charts.surroundings("b", ["a", "c"], {("a", "b"): (3, "eins"), ("b", "c"): (1, "zwei")}, names)
    go.Figure(**circle.to_dict())
    said = [note["text"] for note in circle.to_dict()["layout"]["annotations"]]
    assert said == ["A &amp; &lt;b&gt;B&lt;/b&gt; · <b>3</b>", "C · <b>1</b>"]
    assert [line["line"]["width"] for line in circle.to_dict()["data"][:2]] == [5.0, 1.0]  # three facts, one
    quarters = [date(2026, 1, 1), date(2026, 4, 1)]
    grown = charts.tie_growth(
        quarters, {"offer": [1, 0], "meeting": [0, 20]}, [(date(2026, 5, 16), "meeting", "S")], DE
    )
    go.Figure(**grown.to_dict())
    offers, meetings, marks = grown.to_dict()["data"]
    assert (list(offers["text"]), list(meetings["text"])) == (["", ""], ["", "S 20"])  # 1 of 20 has no room for words
    assert marks["x"] == [pytest.approx(1 / 3 + 15 / 93 + 0.5, abs=0.01)]  # in the middle of the second quarter
