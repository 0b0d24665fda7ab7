"""METHODS M11: figures with assumptions for what is unknown, and what is no white spot any more.

Figures by hand from tests/tiny_city: German courses for adults need 20, 10 and 4 places in the districts 01, 02, 03,
for women 5, 2.5 and 1. An offer of unknown size is assumed to have 15 places.
"""

import numpy as np
import pandas as pd
import pytest

from esdash.analysis.bounds import bounds
from esdash.analysis.coverage import coverage, gaps
from esdash.analysis.selection import Selection, View
from esdash.inventory import Inventory
from esdash.inventory.access import Action
from esdash.inventory.file.conditions import Conditions, NewOffer
from esdash.inventory.steering import ranges
from tests.analysis.entries import Row, enter, offer, online, survey
from tests.analysis.test_bounds import populate, tried
from tests.people import TEST

ASSUMED = Conditions(assumed=True)
ADULTS = Selection(("adults",), ("german_courses",))


@pytest.fixture
def known(town: Inventory) -> Inventory:
    """Musterstadt, all people known, surveyed."""
    populate(town)
    survey(town)
    return town


def of_city(inventory: Inventory, selection: Selection = ADULTS) -> dict:
    (row,) = coverage.matrix(inventory, "city", "city", selection).to_dict("records")
    return row


def test_an_offer_of_unknown_size_counts_with_what_is_assumed(known: Inventory) -> None:
    enter(known, online("a", capacity=None))
    assert of_city(known)["state"] == "unknown"
    row = of_city(known.under(ASSUMED))
    assert [row[name] for name in ("places_needed", "places_met", "gap_places")] == pytest.approx([34, 15, 19])
    assert row["gap_per_100"] == pytest.approx(100 * 19 / 340)
    (cell,) = coverage.cells(known.under(ASSUMED), Selection(ADULTS.groups, ADULTS.themes, ("01",))).to_dict("records")
    assert (cell["state"], cell["persons"]) == ("thin", 200)
    assert cell["coverage"] == pytest.approx(15 / 34)
    assert of_city(known)["state"] == "unknown"  # nothing of it stays


def test_without_the_unknown_assumptions_change_nothing(known: Inventory) -> None:
    enter(known, offer("a", capacity=10), online("b", theme_ids=["living"], target_group_ids=["women"], capacity=3))
    one, other = (coverage.cells(inventory) for inventory in (known, known.under(ASSUMED)))
    pd.testing.assert_frame_equal(one, other, atol=1e-12, rtol=0)
    pd.testing.assert_frame_equal(
        gaps.ranked(known).drop(columns="target_groups"),
        gaps.ranked(known.under(ASSUMED)).drop(columns="target_groups"),
    )


def test_hidden_people_count_with_their_equal_part(town: Inventory) -> None:
    """Women: 170 in the city, 100 in 01 are shown, the other two districts share 70; of them 5 % need a place."""
    survey(town)
    populate(town, women_03=2, d02=68)
    enter(town, online("a", target_group_ids=["women"], capacity=4))
    women = Selection(("women",), ("german_courses",))
    row = of_city(town.under(ASSUMED), women)
    assert [row["places_needed"], row["places_met"]] == pytest.approx([8.5, 4])
    assert row["gap_per_100"] == pytest.approx(100 * 4.5 / 170)
    assert coverage.cells(town.under(ASSUMED), women)["persons"].isna().tolist() == [False, True, True]


def test_a_supposition_is_compared_with_assumptions_on_both_sides(known: Inventory) -> None:
    enter(known, online("a", capacity=None))
    more = NewOffer("Neu", 10.0, ("german_courses",), ("adults",), mode="online")
    shown = known.under(Conditions(offers=(more,), assumed=True))
    assert of_city(shown)["places_met"] == pytest.approx(25)
    assert of_city(shown.under(shown.conditions.reach))["places_met"] == pytest.approx(15)
    assert shown.conditions.supposing and not shown.conditions.reach.supposing


def test_an_answer_changes_what_was_assumed(known: Inventory) -> None:
    """The ranges are tables of their own: a figure with assumptions is worked out anew when they change."""
    enter(known, online("a", capacity=None))
    shown = known.under(ASSUMED)
    assert of_city(shown)["places_met"] == pytest.approx(15)
    ranges.agree(known, [ranges.Range("education", 5, 20, 30)], TEST, "Auszählung der Kurse")
    assert of_city(shown)["places_met"] == pytest.approx(20)
    with known.change(TEST, Action.EDIT_RECORDS) as change:
        change.update("initiative", [{"initiative_id": "a", "capacity": 7}])
    assert of_city(shown)["places_met"] == of_city(known)["places_met"] == pytest.approx(7)


# ---------------------------------------------------------------- white spots


@pytest.mark.parametrize(
    ("unknown", "states"),
    [
        ({"location_id": None}, ["thin"] * 3),  # it may be anywhere
        ({"location_id": None, "district_ids": ["01"], "target_group_ids": None}, ["thin", "white", "white"]),
        ({"target_group_ids": None, "location_id": "centre_02"}, ["thin", "thin", "white"]),  # 03 is too far
        ({"mode": None, "location_id": "centre_02"}, ["thin"] * 3),  # it may come to 03
        ({"capacity": 0, "location_id": None}, ["white"] * 3),
        ({"theme_ids": None, "location_id": None}, ["white"] * 3),  # said apart, it may be of any theme
    ],
)
def test_white_is_only_where_nothing_can_reach(known: Inventory, unknown: Row, states: list[str]) -> None:
    enter(known, offer("a", **{"capacity": 2, **unknown}))
    assert coverage.cells(known, ADULTS)["state"].tolist() == states
    assert coverage.cells(known.under(ASSUMED), ADULTS)["state"].eq("white").tolist() == [s == "white" for s in states]
    white = gaps.white(known, Selection(("adults",), ("german_courses",)))
    assert len(white) == states.count("white")


@pytest.mark.parametrize("number", range(3))
def test_what_may_reach_a_cell_is_what_the_bounds_say(known: Inventory, number: int) -> None:
    enter(known, *tried(number))
    found = known.frame(
        "SELECT c.state, c.reached, b.reached_high, b.needed_high FROM coverage_cell AS c "
        "JOIN bound_cell AS b USING (theme_id, target_group_id, district_id)"
    )
    needed = found[found["needed_high"] > 0]
    assert needed["reached"].tolist() == needed["reached_high"].tolist()
    assert np.array_equal(needed["state"].eq("white"), ~needed["reached_high"])


def test_a_matrix_says_what_holds_where_nobody_has_looked(town: Inventory) -> None:
    populate(town)
    survey(town, ["german_courses"], ["01"])
    enter(town, online("a", capacity=17))
    found = bounds.seen(town, View("district", "theme")).set_index(["row_id", "column_id"])
    german = found.xs("german_courses", level="column_id")
    assert german["cells_surveyed"].tolist() == [2, 0, 0]
    assert german["share_low"].tolist() == pytest.approx([10 / 25, 5 / 12.5, 2 / 5])
    assert found.loc[("02", "essentials"), "state"] == bounds.NONE_KNOWN


def test_hidden_numbers_change_no_figure_with_assumptions(town: Inventory) -> None:
    """Only published numbers are used: other numbers behind the same publication give the same figures."""
    survey(town)
    enter(town, offer("a", target_group_ids=None, capacity=7), online("b", theme_ids=["living"], capacity=None))
    found = []
    for women_03, d02 in ((1, 50), (2, 90)):
        populate(town, women_03=women_03, d02=d02, d01=60)
        shown = town.under(ASSUMED)
        found.append([coverage.cells(shown), coverage.matrix(shown, "theme", "district"), gaps.ranked(shown)])
    for one, other in zip(*found, strict=True):
        pd.testing.assert_frame_equal(one, other)
