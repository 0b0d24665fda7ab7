"""The same matrix twice: what if, and then and now. Figures by hand from tests/tiny_city."""

from datetime import UTC, datetime, timedelta

import pandas as pd
import pytest

from esdash.analysis.coverage import comparison, coverage
from esdash.analysis.selection import Selection
from esdash.inventory import Inventory
from esdash.inventory.access import Action
from esdash.inventory.file.conditions import NOTHING, Conditions, Growth, NewOffer
from tests.analysis.entries import enter, offer, online, survey
from tests.people import TEST

MONTH_AGO = datetime(2026, 10, 22, 10, 0, tzinfo=UTC)


def changes(frame: pd.DataFrame, row: str) -> list[str]:
    return frame[frame["row_id"] == row].sort_values("column_id")["change"].tolist()


def test_a_supposed_offer_closes_white_spots(town: Inventory) -> None:
    survey(town)
    enter(town, online("a", district_ids=["01"], capacity=4))
    supposed = town.under(
        Conditions(
            offers=(NewOffer("Neu", 7, ("german_courses",), ("adults",), mode="mobile", district_ids=("01", "02")),)
        )
    )
    frame = comparison.compare(town, supposed, "theme", "district", Selection(("adults",)))
    assert changes(frame, "german_courses") == ["better", "closed", "same"]
    found = frame.set_index(["row_id", "column_id"]).loc[[("german_courses", "01")]].iloc[0]
    # 7 places over 20 + 10 places needed: 14/3 more in 01, 7/3 in 02
    assert found["places_reaching_after"] == pytest.approx(4 + 14 / 3)
    assert found["gap_places_after"] - found["gap_places_before"] == pytest.approx(-14 / 3)
    figures = comparison.difference(town, supposed, Selection(("adults",)))
    assert figures == pytest.approx((1, 0, 0, 0, 0, 0, 51 + 3.4 - 4, 51 + 3.4 - 4 - 7))
    back = comparison.compare(supposed, town, "theme", "district", Selection(("adults",)))
    assert changes(back, "german_courses") == ["worse", "opened", "same"]


def test_more_people_open_a_gap_but_no_white_spot(town: Inventory) -> None:
    survey(town)
    enter(town, online("a", capacity=34))
    frame = comparison.compare(
        town,
        town.under(Conditions(growth=(Growth("adults", "01", 100),))),
        "theme",
        "city",
        Selection(("adults",), ("german_courses",)),
    )
    # 34 places for 44 needed instead of 34
    assert frame.loc[0, "change"] == "worse"
    assert frame.loc[0, ["gap_places_before", "gap_places_after"]].tolist() == pytest.approx([0, 10])
    assert frame.loc[0, ["coverage_before", "coverage_after"]].tolist() == pytest.approx([1, 34 / 44])


def test_looking_for_the_first_time_opens_nothing(town: Inventory) -> None:
    """Rows of the past are entered with their day."""
    enter(town, offer("a", district_ids=["01"], capacity=20))
    survey(town, ["german_courses"], ["01"])
    with town.change(TEST, Action.EDIT_RECORDS, at=MONTH_AGO) as change:
        change.insert("snapshot", [{"snapshot_id": "s", "taken_on": "2026-10-22", "name": "x"}])
    seen = coverage.matrix(town, "theme", "district", Selection(("adults",), ("german_courses",)))
    assert seen["state"].tolist() == ["covered", "not_surveyed", "not_surveyed"]
    evening, asked = town.under(Conditions(times=("evening",))), Selection(("adults",), ("german_courses",))
    frame = comparison.compare(town, evening, "theme", "district", asked)
    assert frame["change"].tolist() == ["lost", "unknown", "unknown"]  # nobody knows its times
    assert comparison.difference(town, evening, asked) == (0, 0, 0, 0, 0, 1, None, None)  # nothing to compare


def test_then_and_now_in_the_example(lived: Inventory) -> None:
    """What was surveyed in between is told apart, and adds nothing to the difference of the gap."""
    day = lived.today() - timedelta(days=150)
    figures = comparison.difference(lived.as_of(day), lived)
    # 252 fields were not surveyed then, 130 are not now, and 32 of the others do not apply
    assert (figures.closed, figures.opened, figures.surveyed, figures.surveyed_white) == (7, 0, 90, 0)
    then, now = (
        coverage.cells(state).set_index(["theme_id", "target_group_id", "district_id"])
        for state in (lived.as_of(day), lived)
    )
    shared = then["gap_places"].notna() & now["gap_places"].notna()
    assert figures.gap_before == pytest.approx(then["gap_places"][shared].sum())
    assert figures.gap_after == pytest.approx(now["gap_places"][shared].sum())


def test_the_same_twice_has_no_difference(example: Inventory) -> None:
    frame = comparison.compare(example, example.under(NOTHING), "target_group", "district")
    assert set(frame["change"]) <= {"same", "unknown"}
    assert comparison.difference(example, example.under(NOTHING))[:6] == (0, 0, 0, 0, 0, 0)


def test_nothing_to_compare(town: Inventory) -> None:
    frame = comparison.compare(town, town, "theme", "district", Selection(districts=("99",)))
    assert frame.empty
    assert comparison.difference(town, town, Selection(districts=("99",))) == (0, 0, 0, 0, 0, 0, None, None)
