"""METHODS M2 and M3: met, missing, beyond the need; white spots, small needs, the largest gap. By hand.

German for adults needs 20, 10 and 4 places in the districts 01, 02, 03; homework for children 20, 10 and 4; counselling
for adults 10, 5 and 2 (for women 2 in 01, hidden elsewhere); essentials 1 % of everybody.
"""

from datetime import timedelta
from typing import Any

import pandas as pd
import pytest
from hypothesis import given

from esdash.analysis.coverage import comparison, coverage, gaps
from esdash.analysis.overview import changed
from esdash.analysis.priorities import priorities
from esdash.analysis.selection import Selection
from esdash.inventory import Inventory
from esdash.inventory.access import Action
from esdash.inventory.file.conditions import Conditions, NewOffer
from tests.analysis.entries import cell, enter, online, survey
from tests.analysis.test_coverage import OFFERS, STEADY
from tests.people import TEST

ADULTS = Selection(("adults",))
AXES = (("city", "city"), ("theme", "district"), ("district", "field"), ("target_group", "field"))


def of(inventory: Inventory, row: str, column: str, axes: tuple[str, str] = ("theme", "district"), **asked: Any) -> Any:
    matrix = coverage.matrix(inventory, *axes, Selection(**asked))
    return matrix[(matrix["row_id"] == row) & (matrix["column_id"] == column)].iloc[0]


# ---------------------------------------------------------------- met, missing, beyond the need


def test_a_cell_is_never_met_beyond_its_need(town: Inventory) -> None:
    survey(town)
    enter(town, online("a", district_ids=["03"], capacity=9))
    found = cell(town, "german_courses", "adults", "03")  # needs 4, gets 9
    names = ("places_needed", "places_met", "gap_places", "surplus_places", "places_reaching", "coverage", "saturation")
    assert [found[name] for name in names] == pytest.approx([4, 4, 0, 5, 9, 1, 9 / 4])


def test_what_one_group_has_too_much_hides_no_lack_of_another(town: Inventory) -> None:
    """'Gebraucht 1,4 · 2,3 erreichen · 0,8 fehlen': now 24 needed, 7 met, 17 missing, although 12 reach."""
    survey(town)
    enter(town, online("a", district_ids=["01"], target_group_ids=["women"], theme_ids=["counselling"], capacity=7))
    enter(
        town,
        online("a", district_ids=["01"], target_group_ids=["women"], theme_ids=["counselling"], capacity=7),
        online("b", district_ids=["01"], theme_ids=["counselling"], capacity=5),
    )
    found = of(town, "counselling", "01")  # adults need 10 and get 5, women need 2 and get 7
    names = ("places_needed", "places_met", "gap_places", "surplus_places", "places_reaching", "coverage")
    assert [found[name] for name in names] == pytest.approx([12, 7, 5, 5, 12, 7 / 12])


def test_unassessed_cells_have_no_met_need(town: Inventory) -> None:
    enter(town, online("a", capacity=17))
    found = cell(town, "german_courses", "adults", "01")
    assert found["state"] == "not_surveyed"
    assert all(pd.isna(found[name]) for name in ("places_met", "gap_places", "surplus_places"))


@STEADY
@given(offers=OFFERS)
def test_needed_is_met_and_missing_in_every_matrix(town: Inventory, offers: list[dict[str, Any]]) -> None:
    if not town.value("SELECT count(*) FROM survey"):
        survey(town)
    enter(town, *offers)
    for axes in AXES:
        frame = coverage.matrix(town, *axes).query("cells_assessed > 0")
        assert (frame["places_met"] + frame["gap_places"] - frame["places_needed"]).abs().max() < 1e-9
        assert (frame["places_met"] + frame["surplus_places"] - frame["places_reaching"]).abs().max() < 1e-9
        assert frame["coverage"].between(0, 1).all()


def test_the_example_adds_up(example: Inventory) -> None:
    """The city of the example: 2,231.0 places needed, 983.1 met (44 %), 1,247.9 missing; 1,448.2 reach."""
    city = of(example, "city", "city", ("city", "city"))
    shown = [round(city[name], 1) for name in ("places_needed", "places_met", "gap_places", "places_reaching")]
    assert shown == [2231.0, 983.1, 1247.9, 1448.2]
    assert city["coverage"] == pytest.approx(983.1 / 2231.0, abs=1e-4)
    cells = coverage.cells(example)
    assessed = cells["places_met"].notna()
    assert city["places_met"] == pytest.approx(
        cells.loc[assessed, ["places_needed", "places_reaching"]].min(axis=1).sum()
    )


# ---------------------------------------------------------------- states


@pytest.mark.parametrize(
    ("capacity", "quarter"),
    # 34 places of German and 34 of homework are needed, so 68 over both
    [(1, 1), (16, 1), (17, 2), (33, 2), (34, 3), (50, 3), (51, 4), (68, 4), (90, 4)],
)
def test_a_sum_has_a_quarter_of_the_share_shown(town: Inventory, capacity: int, quarter: int) -> None:
    """16 of 68 are 23.5, shown as 24 %; 17 are 25 %; 33 are 48.5, shown as 49 %; 50 are 73.5, shown as 74 %."""
    survey(town)
    enter(town, online("a", theme_ids=["education"], target_group_ids=["adults", "children"], capacity=capacity))
    asked = {"groups": ("adults", "children")}
    assert of(town, "education", "city", ("field", "city"), **asked)["state"] == f"quarter_{quarter}"


@pytest.mark.parametrize(("share", "quarter"), [(0.244, 1), (0.246, 2), (0.494, 2), (0.745, 4), (0.996, 4), (1.0, 4)])
def test_the_limits_of_the_quarters_are_those_of_the_shown_percentage(
    town: Inventory, share: float, quarter: int
) -> None:
    state = town.value("SELECT matrix_state(1000, 1000 * $share, true, false)", share=share)
    assert state == f"quarter_{quarter}"


def test_thin_partial_and_covered_belong_to_single_cells(town: Inventory, example: Inventory) -> None:
    survey(town)
    enter(town, online("a", district_ids=["03"], capacity=3))  # of 4 needed
    single = {"groups": ("adults",)}
    assert of(town, "german_courses", "03", **single)["state"] == "partial"
    assert of(town, "education", "03", ("field", "district"), **single)["state"] == "quarter_4"  # German and homework
    for axes in AXES:
        assert not {"thin", "partial", "covered"} & set(coverage.matrix(example, *axes)["state"])


def test_a_white_spot_needs_at_least_three_places(town: Inventory) -> None:
    survey(town)
    enter(town, online("a", district_ids=["01"], capacity=20))
    matrix = coverage.matrix(town, "theme", "district", ADULTS).set_index(["row_id", "column_id"])["state"]
    assert matrix["german_courses"].to_dict() == {"01": "covered", "02": "white", "03": "white"}  # 20, 10, 4 needed
    assert matrix["counselling"].to_dict() == {"01": "white", "02": "white", "03": "small"}  # 10, 5, 2
    assert matrix["essentials"].to_dict() == {"01": "small", "02": "small", "03": "small"}  # 2, 1, 0.4
    assert gaps.summary(town, ADULTS)[:2] == (4, 4)
    assert gaps.white(town, ADULTS)[["theme_id", "district_id"]].values.tolist() == [
        *(["counselling", "01"], ["german_courses", "02"], ["counselling", "02"], ["german_courses", "03"]),
    ]


@pytest.mark.parametrize(
    "reaching",
    [
        {"target_group_ids": ["children"]},  # no need of theirs
        {"target_group_ids": ["women"], "capacity": None},
    ],
)
def test_no_white_spot_where_an_offer_reaches(town: Inventory, reaching: dict[str, Any]) -> None:
    """'✕ kein Angebot' above '1 Angebot reicht hierher': the offer is there, although it meets no known need."""
    survey(town)
    enter(town, online("a", district_ids=["02"], **reaching))
    found = of(town, "german_courses", "02")
    assert (found["places_met"], found["coverage"], found["state"]) == (0, 0, "quarter_1")
    asked = Selection(themes=("german_courses",), districts=("02",))
    assert coverage.offers(town, asked)["initiative_id"].tolist() == ["a"]
    assert of(town, "german_courses", "03")["state"] == "white"


def test_an_offer_without_places_reaches_nobody(town: Inventory) -> None:
    survey(town)
    enter(town, online("a", capacity=0))
    assert of(town, "german_courses", "02")["state"] == "white"
    assert coverage.offers(town, Selection(themes=("german_courses",))).empty
    assert coverage.reaching_counts(town, "theme", "district").empty


def test_the_same_answer_in_the_example(example: Inventory) -> None:
    """Wherever the matrix says that no offer reaches, none is listed; 5 of 61 white spots remain."""
    matrix = coverage.matrix(example, "theme", "district")
    counts = coverage.reaching_counts(example, "theme", "district")
    both = matrix.merge(counts, on=["row_id", "column_id"], how="left")
    bare = both["state"].isin(["white", "small"])
    assert both.loc[bare, "offers"].isna().all()
    assert (both["state"] == "white").sum() == gaps.summary(example).white == 5
    assert both.loc[both["state"] == "white", "places_needed"].min() >= 3
    assert both.loc[both["state"] == "small", "places_needed"].max() < 3


# ---------------------------------------------------------------- the largest gap


def test_one_largest_gap(town: Inventory) -> None:
    """German in 01: adults 20, of which 12 are met; women 5, none: 13 missing. Homework in 01: 20, 8 of them met."""
    survey(town)
    enter(
        town,
        online("a", district_ids=["01"], capacity=12),
        online("b", district_ids=["01"], theme_ids=["homework"], target_group_ids=["children"], capacity=8),
    )
    worst = gaps.worst(town)
    assert worst is not None
    assert (worst["theme_id"], worst["district_id"], worst["gap_places"]) == ("german_courses", "01", 13)
    groups = [(group["target_group_id"], group["gap_places"]) for group in worst["target_groups"]]
    assert groups == [("adults", pytest.approx(8)), ("women", pytest.approx(5))]
    ranked = gaps.ranked(town)
    assert ranked["gap_places"].is_monotonic_decreasing
    first = priorities.ranked(town, {"size": 1}).iloc[0]
    assert first["item_id"] == "gap|german_courses|01"


@pytest.mark.parametrize("capacity", [0, 9, 11, 15, 17])
def test_an_item_needs_three_missing_places_and_nothing_else(town: Inventory, capacity: int) -> None:
    """The headline's gap left the list when its state rose from 49 % to 59 %."""
    survey(town, ["homework"], ["01"])
    enter(
        town,
        online("a", district_ids=["01"], theme_ids=["homework"], target_group_ids=["children"], capacity=capacity),
    )
    assert priorities.ranked(town)["item_id"].tolist() == ["gap|homework|01"]  # 20 needed, 3 or more missing


def test_no_item_below_three_missing_places(town: Inventory) -> None:
    survey(town, ["homework"], ["01"])
    enter(town, online("a", district_ids=["01"], theme_ids=["homework"], target_group_ids=["children"], capacity=18))
    assert priorities.ranked(town).empty


def test_the_largest_gap_of_the_example_leads_every_list(example: Inventory) -> None:
    worst, first = gaps.worst(example), gaps.ranked(example).iloc[0]
    assert worst is not None
    assert (worst["theme_id"], worst["district_id"]) == (first["theme_id"], first["district_id"]) == ("homework", "03")
    assert worst["gap_places"] == pytest.approx(18.125)
    assert "gap|homework|03" in set(priorities.open_items(example)["item_id"])


def test_a_gap_that_rounds_to_nothing_is_not_listed(town: Inventory) -> None:
    survey(town, ["german_courses"], ["03"])
    enter(town, online("a", district_ids=["03"], target_group_ids=["adults"], capacity=4))
    adults = Selection(groups=("adults",))
    assert gaps.ranked(town, adults).empty
    assert gaps.worst(town, adults) is None


# ---------------------------------------------------------------- two days


def test_looking_is_no_rise(lived: Inventory) -> None:
    """Somebody looks everywhere today: no white spot has closed or opened, and what is found is told apart."""
    yesterday, before = lived.as_of(lived.today() - timedelta(days=1)), gaps.summary(lived)
    districts = [row["district_id"] for row in lived.rows("FROM district")]
    themes = [row["theme_id"] for row in lived.rows("FROM leaf_theme")]
    there = {(row["theme_id"], row["district_id"]) for row in lived.rows("FROM survey")}
    nobody = [(theme, district) for theme in themes for district in districts if (theme, district) not in there]
    found = {"state": "surveyed", "surveyed_on": lived.today()}
    with lived.change(TEST, Action.EDIT_RECORDS) as change:
        rows = [{"survey_id": f"{t}|{d}", "theme_id": t, "district_id": d, **found} for t, d in nobody]
        change.insert("survey", rows)
    now, compared = gaps.summary(lived), comparison.difference(yesterday, lived)
    assert (compared.closed, compared.opened, compared.found, compared.lost) == (0, 0, 0, 0)
    assert compared.surveyed == len(nobody) == before.not_surveyed == 130
    assert compared.surveyed_white == now.white - before.white >= 0
    assert now.small > before.small
    assert compared.gap_before == pytest.approx(compared.gap_after)
    counted = changed.counts(lived, lived.today() - timedelta(days=1))
    assert [counted["field", way] for way in ("closed", "opened", "surveyed")] == [0, 0, len(nobody)]
    assert len(priorities.open_items(lived)) > len(priorities.open_items(yesterday))


def test_closed_and_new_only_where_both_sides_were_assessed(town: Inventory) -> None:
    survey(town, ["german_courses"], ["01", "02"])
    enter(town)
    new = NewOffer("Neu", 7, ("german_courses",), ("adults",), mode="mobile", district_ids=("01", "03"))
    after = town.under(Conditions(offers=(new,)))
    # 01 closes and gets 20/24 of the 7 places; 02 is as before; 03 nobody has looked at
    assert comparison.difference(town, after, ADULTS) == pytest.approx((1, 0, 0, 0, 0, 0, 30, 30 - 7 * 20 / 24))
    assert comparison.difference(after, town, ADULTS)[:2] == (0, 1)
    assert comparison.difference(town, town)[:6] == (0, 0, 0, 0, 0, 0)
