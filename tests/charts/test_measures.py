"""Figures of measures that are sent as they are: plotly accepts every value in them."""

from datetime import date

import plotly.graph_objects as go
import plotly.io

from esdash import charts
from esdash.charts import TimelineBar
from esdash.texts import Text
from esdash.wording.effect import Step

DE = Text("de")
TODAY = date(2026, 11, 22)
LATE = TimelineBar(
    "M-03 · <b>Plan</b>", "o", "running", date(2026, 7, 1), date(2026, 10, 31), True, [(TODAY, True, "A")]
)
DONE = TimelineBar("M-04", "p", "done", date(2026, 7, 1), date(2026, 10, 5), False, [])


def test_plotly_accepts_them() -> None:
    steps = [
        Step("then", "am <Tag>", "1", 0.0, 1.0),
        Step("own", "x", "−1", 1.0, -1.0),
        Step("now", "heute", "0", 0, 0),
    ]
    for figure in (charts.timeline([LATE, DONE], TODAY, DE), charts.waterfall(steps, DE, "Plätze")):
        go.Figure(**figure.to_dict())  # raises for a name or a value that plotly does not know
        assert "<Tag>" not in plotly.io.to_json(figure)


def test_what_is_late_reaches_until_today_and_is_marked() -> None:
    drawn = charts.timeline([LATE, DONE], TODAY, DE).to_dict()
    lines = [trace for trace in drawn["data"] if trace["mode"] == "lines"]
    assert [line["x"] for line in lines] == [
        [date(2026, 7, 1), date(2026, 10, 31)],
        [date(2026, 7, 1), date(2026, 10, 5)],
        [date(2026, 10, 31), TODAY],
    ]
    marks = drawn["data"][-1]
    assert marks["x"] == [date(2026, 10, 31), date(2026, 10, 5)] and len(set(marks["marker"]["color"])) == 2
    assert [shape["x0"] for shape in drawn["layout"]["shapes"]] == [TODAY]
