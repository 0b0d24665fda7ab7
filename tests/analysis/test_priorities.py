"""METHODS M8: what first. Criteria by hand in Musterstadt; order and scores in the example."""

import random
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from esdash.analysis.coverage import coverage
from esdash.analysis.overlaps import overlaps
from esdash.analysis.priorities import priorities
from esdash.errors import UserError
from esdash.inventory import Inventory
from esdash.inventory.access import Action
from tests.analysis.entries import LEAVES, enter, offer, online, survey
from tests.people import TEST

VALUES = [f"{name}_value" for name in priorities.CRITERIA]

# ---------------------------------------------------------------- by hand


def test_criteria_of_a_white_spot(town: Inventory) -> None:
    """German in 02, nobody there: adults 10 places, women 1.75: 70 of the city are hidden in 02 and 03 (M4)."""
    survey(town, ["german_courses"])
    enter(town, online("a", district_ids=["01"], target_group_ids=["adults", "women"], capacity=25))
    # 01 needs 20 for adults and 5 for women and gets 25: covered. City: 25 of 25 + 11.75 + 5.75 = 25/42.5
    items = priorities.ranked(town).set_index("item_id")
    assert sorted(items.index) == ["gap|german_courses|02", "gap|german_courses|03"]
    item = items.loc["gap|german_courses|02"]
    assert item["size"] == pytest.approx(11.75)  # places missing per week
    assert item["seriousness"] == pytest.approx(1)  # nothing is met, severity 3 of 3
    assert item["inequity"] == pytest.approx(25 / 42.5)
    # anchors of tests/tiny_city: size 0 to 20, seriousness 0 to 1, inequity 0 to 0.5 (more is not more)
    assert item[VALUES[:3]].tolist() == pytest.approx([0.5875, 1, 1])
    assert items.loc["gap|german_courses|03", "size_value"] == pytest.approx(0.2875)  # 5.75 of 20


def test_priority_is_the_weighted_sum(town: Inventory) -> None:
    survey(town, ["german_courses"])
    enter(town, online("a", district_ids=["01"], target_group_ids=["adults", "women"], capacity=25))
    items = priorities.ranked(town, {"size": 2, "seriousness": 1, "inequity": 1}).set_index("item_id")
    # shares 0.5, 0.25, 0.25: 02 has 0.5·0.5875 + 0.25 + 0.25, 03 has 0.5·0.2875 + 0.25 + 0.25
    expected = {"gap|german_courses|02": 79.375, "gap|german_courses|03": 64.375}
    assert items["priority"].to_dict() == pytest.approx(expected)
    points = items.loc["gap|german_courses|02", [f"{name}_points" for name in priorities.CRITERIA]]
    assert points.tolist() == pytest.approx([29.375, 25, 25, 0])


def test_a_gap_below_three_places_is_no_item(town: Inventory) -> None:
    survey(town, ["counselling"])
    # adults 10, 5, 2; women 2, hidden, hidden
    assert priorities.ranked(town)["item_id"].tolist() == ["gap|counselling|01", "gap|counselling|02"]


def test_a_case_of_double_structures(town: Inventory) -> None:
    """Two offers of 20 places where 34 are needed."""
    enter(town, offer("a", capacity=20), offer("b", organization_id="o2", name="Kurs", capacity=20))
    item = priorities.ranked(town).set_index("item_id").loc["overlap|a"]
    assert item["size"] == pytest.approx(6)  # 40 − 34
    assert item["seriousness"] == pytest.approx(6 / 40)  # surplus share, severity 3 of 3
    # without the smaller one min(34, 20) of min(34, 40) needed places are left: 14 of its 20 would be missed
    assert item["effectiveness"] == pytest.approx(1 - 14 / 20)


# ---------------------------------------------------------------- decisions


def decide(inventory: Inventory, verdict: str, *initiative_ids: str) -> None:
    case = {"overlap_case_id": "+".join(initiative_ids), "initiative_ids": list(initiative_ids), "verdict": verdict}
    with inventory.change(TEST, Action.EDIT_RECORDS) as change:
        change.insert("overlap_case", [case])


@pytest.mark.parametrize(
    ("verdict", "decided", "listed"),
    [
        ("wanted", ["a", "b"], []),
        ("repeat", ["a", "b", "c"], []),
        ("double_structure", ["a", "b"], ["overlap|a"]),
        ("wanted", ["a", "c"], ["overlap|a"]),  # another case with one of these offers: this one is still open
    ],
)
def test_a_decided_case(town: Inventory, verdict: str, decided: list[str], listed: list[str]) -> None:
    enter(
        town,
        offer("a", capacity=20),
        offer("b", organization_id="o2", name="Kurs", capacity=20),
        offer("c", organization_id="o3", theme_ids=["homework"], target_group_ids=["children"]),
    )
    decide(town, verdict, *decided)
    assert priorities.ranked(town)["item_id"].tolist() == listed


def test_what_is_put_aside_stands_at_the_end_without_a_rank(lived: Inventory) -> None:
    items = priorities.ranked(lived)
    told = {row["finding_id"] for row in lived.rows("FROM priority_item")}
    first, second = [item for item in items["item_id"] if item not in told][:2]
    with lived.change(TEST, Action.EDIT_RECORDS) as change:
        change.insert(
            "priority_item",
            [{"priority_item_id": "p", "finding_id": first, "legal": False, "pearl_reason": "nicht erlaubt"}],
        )
        change.insert("priority_item", [{"priority_item_id": "q", "finding_id": second, "legal": True, "proper": None}])
    after = priorities.ranked(lived)
    aside = after[after["put_aside"]]
    assert set(aside["item_id"]) == {first, "gap|mental_health|08"}  # the second one is planted in the example
    closed = after[after["closed"]]
    assert set(closed["item_id"]) == {
        *aside["item_id"],
        "gap|interpreting|03",
        "gap|homework|14",
    }  # ended in the example
    assert closed.index.tolist() == list(range(len(after) - 4, len(after)))
    assert closed["rank"].isna().all()
    ranked = after[after["rank"].notna()]
    assert len(ranked) == len(after) - 4
    assert ranked["rank"].tolist() == [1 + (ranked["priority"] > score).sum() for score in ranked["priority"]]
    assert second in set(ranked["item_id"])
    assert set(after["item_id"]) == set(items["item_id"])  # it never vanishes
    assert first not in set(priorities.open_items(lived)["item_id"])


# ---------------------------------------------------------------- irrelevant items


def scores(items: pd.DataFrame) -> pd.DataFrame:
    """Priority and criteria by item, in their order."""
    return items.set_index("item_id")[["priority", *VALUES]]


def drop_surveys(inventory: Inventory, themes: set[str]) -> None:
    """Nobody has looked any more: the gaps of these themes leave the list."""
    keys = [row["survey_id"] for row in inventory.rows("FROM survey") if row["theme_id"] in themes]
    with inventory.change(TEST, Action.EDIT_RECORDS) as change:
        change.remove("survey", keys)


def survey_the_rest(inventory: Inventory, themes: set[str]) -> None:
    """Somebody looked everywhere: gaps of these themes join the list."""
    districts = [row["district_id"] for row in inventory.rows("FROM district")]
    there = {(row["theme_id"], row["district_id"]) for row in inventory.rows("FROM survey")}
    for theme in sorted(themes):
        survey(inventory, [theme], [district for district in districts if (theme, district) not in there])


def end_offers(inventory: Inventory, themes: set[str]) -> None:
    """Offers of these themes only come to an end: more and larger gaps, fewer double structures."""
    rows = [
        {"initiative_id": row["initiative_id"], "status": "ended"}
        for row in inventory.rows("FROM initiative")
        if row["theme_ids"] and set(row["theme_ids"]) <= themes
    ]
    assert rows
    with inventory.change(TEST, Action.EDIT_RECORDS) as change:
        change.update("initiative", rows)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("happens", [drop_surveys, survey_the_rest, end_offers])
def test_irrelevant_items_change_nothing(
    lived: Inventory, happens: Callable[[Inventory, set[str]], None], seed: int
) -> None:
    before = priorities.ranked(lived)
    leaves = sorted({row["theme_id"] for row in lived.rows("FROM leaf_theme")})
    themes = set(random.Random(seed).sample(leaves, 7))
    happens(lived, themes)
    after = priorities.ranked(lived)
    assert set(after["item_id"]) != set(before["item_id"])  # something was added or dropped
    kept = ~before["theme_id"].isin(themes)
    assert 10 < kept.sum() < len(before)
    there = after[~after["theme_id"].isin(themes)]
    pd.testing.assert_frame_equal(scores(there), scores(before[kept]), check_exact=False, rtol=0, atol=1e-9)


# ---------------------------------------------------------------- weights


@pytest.mark.parametrize("factor", [1e-6, 0.01, 3, 7.3, 100, 1e9])
def test_only_the_ratio_of_the_weights_counts(example: Inventory, factor: float) -> None:
    agreed = priorities.agreed_weights(example)
    scaled = priorities.ranked(example, {name: factor * weight for name, weight in agreed.items()})
    plain = priorities.ranked(example)
    assert scaled["item_id"].tolist() == plain["item_id"].tolist()
    assert scaled["priority"].tolist() == pytest.approx(plain["priority"].tolist(), abs=1e-8)


def test_other_weights_give_another_order(example: Inventory) -> None:
    only_size = priorities.ranked(example, {"size": 1})
    assert only_size["item_id"].tolist() != priorities.ranked(example)["item_id"].tolist()
    ranked = only_size[only_size["rank"].notna()]
    assert ranked["priority"].tolist() == pytest.approx((100 * ranked["size_value"]).tolist())


@pytest.mark.parametrize("wrong", [float("nan"), float("inf"), float("-inf"), -0.1])
@pytest.mark.parametrize("name", priorities.CRITERIA)
def test_a_weight_that_is_none(example: Inventory, name: str, wrong: float) -> None:
    for question in (priorities.ranked, priorities.stability):
        with pytest.raises(UserError) as caught:
            question(example, priorities.agreed_weights(example) | {name: wrong})
        assert (caught.value.key, caught.value.values["criterion"]) == ("weight_wrong", name)


@pytest.mark.parametrize("weights", [{}, dict.fromkeys(priorities.CRITERIA, 0.0), {"size": -0.0}])
def test_all_weights_zero(example: Inventory, weights: dict[str, float]) -> None:
    with pytest.raises(UserError) as caught:
        priorities.ranked(example, weights)
    assert caught.value.key == "weights_all_zero"


# ---------------------------------------------------------------- stability (SMAA)
# Exact values, by hand; the published example of the R package smaa stands in tests/reference/test_smaa_hansen.py.


def two_criteria(count: int) -> np.ndarray:
    """Weights (w, 1 − w), w in the middle of `count` equal parts of 0 to 1: shares of their number are exact."""
    w = (np.arange(count) + 0.5) / count
    return np.column_stack([w, 1 - w])


@pytest.mark.parametrize(
    ("a", "b", "share"),
    [
        ((1.0, 0.0), (0.0, 1.0), 1 / 2),
        ((1.0, 0.0), (0.0, 0.5), 2 / 3),  # a is first where w > (1 − w)/2, that is w > 1/3
        ((0.9, 0.2), (0.6, 0.8), 1 / 3),  # 0.3·w > 0.6·(1 − w), that is w > 2/3
        ((0.9, 0.9), (0.8, 0.1), 1.0),
    ],
)
def test_acceptability_of_two_items(a: tuple[float, float], b: tuple[float, float], share: float) -> None:
    found = priorities.first_rank_share(np.array([a, b]), two_criteria(3000), first=1)
    assert found == pytest.approx([share, 1 - share], abs=1e-12)


def test_acceptability_of_the_first_two_ranks() -> None:
    # values w, 1 − w and 0.4: the third is last for 0.4 < w < 0.6, the first is last for w < 0.4
    items = np.array([[1.0, 0.0], [0.0, 1.0], [0.4, 0.4]])
    assert priorities.first_rank_share(items, two_criteria(1000), first=2) == pytest.approx([0.6, 0.6, 0.8])


def test_acceptability_over_all_weights_of_three_criteria() -> None:
    # An item of 0.4 throughout is first where all three weights are below 0.4: (3·0.4 − 1)² = 0.04 of the triangle;
    # the rest falls to the three others alike.
    weights = np.random.default_rng(1).dirichlet(np.ones(3), size=100_000)
    items = np.array([[1.0, 0, 0], [0, 1.0, 0], [0, 0, 1.0], [0.4, 0.4, 0.4]])
    found = priorities.first_rank_share(items, weights, first=1)
    assert found == pytest.approx([0.32, 0.32, 0.32, 0.04], abs=0.006)  # four standard errors


def test_equal_items_have_equal_stability() -> None:
    """Seven equal items: each has no better one, so each is first in every weighting, and not five of them."""
    weights = np.random.default_rng(1).dirichlet(np.ones(4), size=1000)
    items = np.array([[0.3, 0.1, 0.7, 0.2]] * 7 + [[0.2, 0.1, 0.7, 0.2]])
    # the last one is not better in anything and worse in the first: seven are strictly better
    assert priorities.first_rank_share(items, weights).tolist() == [1.0] * 7 + [0.0]


def test_equal_priorities_share_a_rank(town: Inventory) -> None:
    """Adults need 5 places of counselling in 02, children 10 of homework in 02 and 20 in 01; only size counts."""
    survey(town, ["homework", "german_courses"], ["01", "02"])
    with town.change(TEST, Action.EDIT_RECORDS) as change:
        change.update("planning_value", [{"planning_value_id": "german_courses|women", "places_per_100": 0}])
    items = priorities.ranked(town, {"size": 1})
    # missing: homework 20 in 01, 10 in 02; German for adults 20 in 01, 10 in 02
    assert items["item_id"].tolist() == [
        *("gap|german_courses|01", "gap|homework|01", "gap|german_courses|02", "gap|homework|02"),
    ]
    assert items["rank"].tolist() == [1, 1, 3, 3]


def test_fewer_items_than_places() -> None:
    assert priorities.first_rank_share(np.zeros((0, 2)), two_criteria(10)).tolist() == []
    assert priorities.first_rank_share(np.eye(2), two_criteria(10)).tolist() == [1.0, 1.0]


def test_stability_of_the_example(example: Inventory) -> None:
    items = priorities.ranked(example)
    found = priorities.stability(example)
    assert found["item_id"].tolist() == items.loc[items["rank"].notna(), "item_id"].tolist()
    for column in ("near", "any"):
        assert found[column].between(0, 1).all()
        assert found[column].sum() >= priorities.FIRST_RANKS - 1e-9  # five places in every weighting, more where equal
    assert found["near"][0] > 0.9  # the first one stays among the first five
    pd.testing.assert_frame_equal(priorities.stability(example), found)  # fixed seed


def test_every_item_comes_from_a_gap_or_a_case(example: Inventory) -> None:
    items = priorities.ranked(example)
    matrix = coverage.matrix(example, "theme", "district")
    item_id = "gap|" + matrix["row_id"] + "|" + matrix["column_id"]
    named = item_id.isin([row["finding_id"] for row in example.rows("FROM priority_item")])
    worth = (matrix["gap_places"] >= 3) | (named & (matrix["gap_places"] > 0))
    gaps = set(item_id[worth])
    cases = {f"overlap|{case}" for case in overlaps.cases(example)["case_id"]}
    assert set(items["item_id"]) == gaps | cases
    assert not items["item_id"].duplicated().any()


def test_musterstadt_has_no_items_before_anybody_looked(town: Inventory) -> None:
    assert len(priorities.ranked(town)) == 0
    assert len(priorities.stability(town)) == 0
    survey(town, LEAVES)
    assert len(priorities.ranked(town)) > 0
