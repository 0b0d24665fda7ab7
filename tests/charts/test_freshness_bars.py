"""The bars of freshness: shares of each kind, and the numbers in them."""

import pandas as pd

from esdash import charts
from esdash.texts import Text


def test_each_bar_is_whole_and_says_its_numbers() -> None:
    frame = pd.DataFrame(
        [("Orte", 40, 10, 5, 24, 1), ("Leer", 0, 0, 0, 0, 0)],
        columns=["kind_word", "records", "fresh", "check", "stale", "never"],
    )
    figure = charts.freshness(frame, Text("de"))
    parts = {bar.name: (bar.x[0], bar.text[0]) for bar in figure.data}
    assert parts == {
        "aktuell": (0.25, "10"),
        "zu prüfen": (0.125, "5"),
        "veraltet": (0.6, "24"),
        "nie bestätigt": (0.025, "1"),
    }
    assert [bar.x[1] for bar in figure.data] == [0, 0, 0, 0]
    assert figure.data[2].customdata[0][2] == "60\N{NO-BREAK SPACE}%"
