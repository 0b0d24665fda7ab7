"""Figures as they are shown: one rounding, one wording, and sums that add up on every face."""

from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from esdash.exports.lists import saying
from esdash.texts import Text
from esdash.wording import figures

DE, EN = Text("de"), Text("en")


def test_a_figure_without_an_upper_end_stays_so() -> None:
    assert figures.rounded(float("inf"), 1) == float("inf")


@pytest.mark.parametrize(
    ("value", "digits", "shown"),
    [
        (0.25, 1, 0.3),  # half up; Python's round says 0.2
        (0.35, 1, 0.4),
        (0.605, 2, 0.61),
        (0.615, 2, 0.62),
        (0.625, 2, 0.63),
        (2.25 - 1e-13, 1, 2.3),  # the order of a sum
        (-0.25, 1, -0.3),
        (-0.04, 1, 0.0),
        (18.125, 1, 18.1),
        (None, 1, None),
        (float("nan"), 1, None),
    ],
)
def test_half_up(value: float | None, digits: int, shown: float | None) -> None:
    found = figures.rounded(value, digits)
    assert found == shown
    assert not (found == 0 and np.signbit(found))


def frame(needed: float, met: float, reaching: float) -> pd.DataFrame:
    row = {"places_needed": needed, "places_met": met, "gap_places": needed - met}
    return pd.DataFrame(
        [row | {"places_reaching": reaching, "surplus_places": reaching - met, "coverage": met / needed}]
    )


def test_words_are_rounded_as_the_figures_are() -> None:
    assert (DE.number(8.25), DE.number(8.25, 1), DE.number(0.5, 0)) == ("8,3", "8,3", "1")
    assert (EN.number(-8.25), EN.number(Decimal("1200.125"), 2)) == ("\N{MINUS SIGN}8.3", "1,200.13")
    assert (EN.percent(0.625), EN.percent(0.285)) == ("63%", "29%")
    one = {"name": "Gebraucht", "value": "8.25", "unit": "Plätze pro Woche"}  # as a version of the list keeps it
    assert saying.figures([one], DE) == "Gebraucht 8,3 Plätze pro Woche"


def test_missing_is_the_difference_of_what_is_shown() -> None:
    """1.44 and 0.66 leave 0.78, which would read 0.8 beside 1.4 and 0.7."""
    found = figures.shown(frame(1.44, 0.66, 2.31)).iloc[0]
    names = ("places_needed", "places_met", "gap_places", "surplus_places", "coverage")
    assert [found[name] for name in names] == [1.4, 0.7, 0.7, 1.6, 0.46]
    assert [figures.word(name, found[name], DE) for name in names] == [
        "1,4",
        "0,7",
        "0,7",
        "1,6",
        "46\N{NO-BREAK SPACE}%",
    ]
    assert [figures.word(name, found[name], EN) for name in names] == ["1.4", "0.7", "0.7", "1.6", "46%"]


@given(st.lists(st.one_of(st.none(), st.floats(-5000, 5000), st.integers(-40_000, 40_000).map(lambda n: n / 8))))
def test_a_column_is_rounded_as_each_of_its_figures(values: list[float | None]) -> None:
    found = figures.shown(pd.DataFrame({"gap_places": pd.Series(values, dtype=float)}))["gap_places"]
    assert [None if pd.isna(value) else value for value in found] == [figures.rounded(value, 1) for value in values]
    assert not any(value == 0 and np.signbit(value) for value in found)


@given(needed=st.floats(0.01, 5000), part=st.floats(0, 1), more=st.floats(0, 500))
def test_it_adds_up_whatever_the_numbers(needed: float, part: float, more: float) -> None:
    found = figures.shown(frame(needed, needed * part, needed * part + more)).iloc[0]
    tenths = {name: round(10 * found[name]) for name in found.index if name != "coverage"}
    assert tenths["places_needed"] == tenths["places_met"] + tenths["gap_places"]
    assert tenths["places_reaching"] == tenths["places_met"] + tenths["surplus_places"]
    assert min(tenths.values()) >= 0
    assert 0 <= found["coverage"] <= 1


def test_what_is_unknown_stays_unknown() -> None:
    found = figures.shown(pd.DataFrame([{"places_needed": 3.14, "places_met": None, "gap_places": None}])).iloc[0]
    assert found["places_needed"] == 3.1
    assert pd.isna(found["places_met"]) and pd.isna(found["gap_places"])
    assert figures.word("gap_places", found["gap_places"], DE) == "unbekannt"


def test_a_difference_is_that_of_the_shown_figures() -> None:
    """44.4 and 44.6 % read 44 and 45, so the change reads +1; 12.04 and 12.06 places read 12.0 and 12.1."""
    share = figures.difference("coverage", 0.44, 0.45)
    assert share == 1
    assert figures.signed("coverage", share, DE) == "+1"
    assert figures.signed("gap_places", figures.difference("gap_places", 12.0, 12.1), DE) == "+0,1"
    assert figures.signed("gap_places", figures.difference("gap_places", 12.1, 12.0), EN) == "\N{MINUS SIGN}0.1"
    assert figures.signed("gap_places", 0.0, DE) == "±0"


def test_both_sides_of_a_comparison() -> None:
    row = {"places_needed_before": 1.44, "places_met_before": 0.66, "gap_places_before": 0.78, "coverage_after": 0.614}
    found = figures.shown(pd.DataFrame([row]), "_before", "_after").iloc[0]
    assert found.to_dict() == {
        **{"places_needed_before": 1.4, "places_met_before": 0.7, "gap_places_before": 0.7, "coverage_after": 0.61}
    }
