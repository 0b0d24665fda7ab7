"""The list in its order, with hand-computed points; and laws: an item more or less changes no other's order."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from esdash.analysis.priorities import findings, items, moving_up, priorities
from esdash.inventory import Inventory
from esdash.inventory.access import Action
from esdash.inventory.steering import items as steering
from esdash.inventory.steering.tasks import Evidence, Task
from tests.analysis.entries import enter, online, survey
from tests.people import ADA, TEST

TODAY = date(2026, 11, 22)
NAMES = priorities.CRITERIA


def points(*values: float) -> dict[str, float]:
    return dict(zip(NAMES, map(float, values), strict=True))


def write(inventory: Inventory, title: str, *values: float) -> str:
    """An item by hand, judged by these points if there are any."""
    judged = points(*values) if values else None
    return steering.write(inventory, Task(title=title), ADA, "weil", judged, "geschätzt" if judged else None)


def decided(inventory: Inventory, key: str, result: str, until: date | None = None) -> None:
    decision = {"decision_id": f"d{key}", "number": f"2026/{key}", "subject_table": "priority_item", "subject": key}
    said = {"result": result, "resolution_text": "So beschlossen", "recorded": "consensus", "decided_on": TODAY}
    with inventory.change(TEST, Action.EDIT_RECORDS) as change:
        change.insert("decision", [decision | said | {"deferred_until": until}])


def by_title(inventory: Inventory) -> pd.DataFrame:
    return items.on_list(inventory).set_index("title")


# ---------------------------------------------------------------- order, by hand. Weights of Musterstadt: .4 .3 .2 .1


def test_measured_and_judged_items_stand_on_one_scale(town: Inventory) -> None:
    survey(town, ["german_courses"])
    enter(town, online("a", district_ids=["01"], target_group_ids=["adults", "women"], capacity=25))
    key = steering.take(
        town, "gap|german_courses|02", ADA, "weil", Task(title="Deutsch"), Evidence({"gap_places": 11.75})
    )
    write(town, "Kalender", 50, 100, 0, 30)
    found = by_title(town)
    # as in test_priorities: 11.75 of 20 places, all unmet, more than half of the range behind the city; one offer in
    # 02 meets all of it within reach of 02: 23.5 + 30 + 20 + 10·effectiveness
    assert found.loc["Deutsch", list(NAMES[:3])].tolist() == pytest.approx([58.75, 100, 100])
    solved = found.loc["Deutsch", "effectiveness"]
    assert found.loc["Deutsch", "priority"] == pytest.approx(0.4 * 58.75 + 30 + 20 + 0.1 * solved)
    assert found.loc["Kalender", "priority"] == pytest.approx(20 + 30 + 0 + 3)
    assert found["rank"].tolist() == [1, 2]
    assert found.index.tolist() == ["Deutsch", "Kalender"]
    shares = [f"{name}_share" for name in NAMES]
    assert found.loc["Kalender", shares].tolist() == pytest.approx([20, 30, 0, 3])
    assert found.loc["Deutsch", "priority_item_id"] == key
    assert found.loc["Deutsch", ["theme_de", "district", "places"]].tolist() == [
        "Deutsch lernen",
        "Nordvorstadt",
        11.75,
    ]


def test_where_an_item_stands(town: Inventory) -> None:
    """Ranked, then not judged, deferred, put aside, rejected; a date of resubmission that is over lets it back in."""
    first, deferred, over = (
        write(town, "a", 90, 90, 90, 90),
        write(town, "b", 99, 99, 99, 99),
        write(town, "c", *[80] * 4),
    )
    write(town, "unrated")
    aside, rejected, noted = write(town, "e", *[98] * 4), write(town, "f", *[97] * 4), write(town, "g", *[10] * 4)
    decided(town, deferred, "deferred", date(2026, 11, 23))
    decided(town, over, "deferred", TODAY)
    decided(town, rejected, "rejected")
    decided(town, noted, "adopted")
    steering.judge(town, aside, {"legal": False}, "nicht erlaubt", ADA)
    found = by_title(town)
    assert found.index.tolist() == ["a", "c", "g", "unrated", "b", "e", "f"]
    assert found["standing"].tolist() == ["ranked"] * 3 + ["unrated", "deferred", "put_aside", "rejected"]
    assert found["rank"].tolist()[:3] == [1, 2, 3]
    assert found["rank"].isna().sum() == found["near"].isna().sum() == 4
    assert np.isnan(found.loc["unrated", "priority"])  # not judged is not zero
    assert found.loc["unrated", "unrated"] == "not_judged"
    assert found.loc["e", "pearl_reason"] == "nicht erlaubt"
    assert (found.loc["g", "result"], found.loc["g", "number"]) == ("adopted", f"2026/{noted}")
    steering.end(town, first, "done", "läuft", ADA)
    assert "a" not in by_title(town).index
    (row,) = items.ended(town).to_dict("records")
    assert (row["title"], row["ended_as"], row["ended_reason"]) == ("a", "done", "läuft")


def test_a_finding_that_is_gone_is_said_and_has_no_points(town: Inventory) -> None:
    survey(town, ["german_courses"])
    steering.take(town, "gap|german_courses|01", ADA, "weil", Task(title="Deutsch"))
    assert by_title(town).loc["Deutsch", "standing"] == "ranked"
    enter(town, online("a", district_ids=["01"], target_group_ids=["adults", "women"], capacity=100))
    row = by_title(town).loc["Deutsch"]
    assert (row["standing"], row["unrated"]) == ("unrated", "gone")


def test_an_empty_list(town: Inventory) -> None:
    found = items.on_list(town)
    assert len(found) == 0
    assert {"rank", "priority", "near", "standing", "organization_ids", *NAMES} <= set(found.columns)
    assert moving_up.steps(town, found) == {}


def test_equal_items_share_a_rank_and_their_stability(town: Inventory) -> None:
    for title in "abcdefg":
        write(town, title, 30, 10, 70, 20)
    write(town, "last", 20, 10, 70, 20)
    found = by_title(town)
    assert found["rank"].tolist() == [1] * 7 + [8]
    assert found["near"].tolist() == [1.0] * 7 + [0.0]  # seven are first in every weighting, not five of them


def test_organisations_that_an_item_names(town: Inventory) -> None:
    with town.change(TEST, Action.ENTER_RECORDS) as change:
        change.insert("organization", [{"organization_id": key, "name": f"Haus {key}"} for key in ("a", "b", "c", "d")])
        change.insert("course", [{"course_id": "k", "organization_id": "d", "name": "Grundkurs"}])
        dates = [("s1", "2026-12-01"), ("s2", "2026-12-08")]
        change.insert("session", [{"session_id": key, "course_id": "k", "starts_on": day} for key, day in dates])
    task = Task(lead_organization_id="a", partner_ids=["b"], cost_eur=Decimal("99.90"))
    steering.take(town, "bundling|s1|s2", ADA, "weil", task, Evidence(organization_ids=["c"]))
    (row,) = items.on_list(town).to_dict("records")
    assert row["organization_ids"] == ["a", "b", "c", "d"]
    assert (row["cost_eur"], row["course"], row["kept_course"]) == (Decimal("99.90"), "Grundkurs", "Grundkurs")


# ---------------------------------------------------------------- findings


def test_findings_know_what_is_on_the_list(town: Inventory) -> None:
    survey(town, ["german_courses", "homework"])
    key = steering.take(town, "gap|homework|02", ADA, "weil")
    with town.change(TEST, Action.ENTER_RECORDS) as change:
        change.insert("idea", [{"idea_id": "i", "text": "Ein Kalender", "collected_on": TODAY}])
    found = findings.scored(town, themes=["homework"], districts=["02"])
    assert found["item_id"].tolist() == ["gap|homework|02"]
    assert found["priority_item_id"].tolist() == [key]
    everything = findings.scored(town)
    assert found["rank"].tolist() == everything.loc[everything["item_id"] == "gap|homework|02", "rank"].tolist()
    assert findings.scored(town, kinds=["overlap"]).empty
    assert findings.ideas(town)["priority_item_id"].isna().all()
    listed = steering.take(town, "idea|i", ADA, "weil")
    assert findings.ideas(town)["priority_item_id"].tolist() == [listed]


def test_a_finding_with_an_ended_and_a_new_item_is_one_finding(town: Inventory) -> None:
    survey(town, ["homework"])
    old = steering.take(town, "gap|homework|02", ADA, "weil")
    steering.end(town, old, "dropped", "kein Raum", ADA)
    assert priorities.ranked(town).set_index("item_id").loc["gap|homework|02", "closed"]
    new = steering.take(town, "gap|homework|02", ADA, "doch ein Raum")
    found = priorities.ranked(town)
    assert not found["item_id"].duplicated().any()
    assert found.set_index("item_id").loc["gap|homework|02", ["priority_item_id", "closed"]].tolist() == [new, False]


# ---------------------------------------------------------------- what would have to change, by hand

SHARE = dict(zip(NAMES, (0.4, 0.3, 0.2, 0.1), strict=True))
UNIT = {name: (0.0, 1.0) for name in NAMES}


def test_the_smallest_change_of_a_criterion() -> None:
    """6 points are missing: 15 % of size, 20 % of seriousness, 30 % of inequity, 60 % of effectiveness."""
    own, above = (0.5, 0.5, 0.5, 0.5), (0.5, 0.7, 0.5, 0.5)
    ends = UNIT | {"size": (0.0, 20.0)}
    values = dict(zip(NAMES, (10.0, 0.5, 0.5, 0.5), strict=True))
    change = moving_up.smallest_criterion(own, above, SHARE, ends, values)
    assert change is not None
    assert (change.name, change.now) == ("size", 10.0)
    assert (change.limit, change.size) == pytest.approx((13.0, 0.15))
    near_the_end = moving_up.smallest_criterion((0.9, 0.5, 0.5, 0.5), (0.9, 0.7, 0.5, 0.5), SHARE, ends, values)
    assert near_the_end is not None and near_the_end.name == "seriousness"  # size would have to pass its upper anchor
    assert near_the_end.limit == pytest.approx(0.7)


def test_a_value_below_its_anchor_has_farther_to_go() -> None:
    own, above = (0.0, 0.5, 0.5, 0.5), (0.0, 0.7, 0.5, 0.5)
    ends, values = UNIT | {"size": (10.0, 20.0)}, dict(zip(NAMES, (4.0, 0.5, 0.5, 0.5), strict=True))
    change = moving_up.smallest_criterion(own, above, SHARE, ends, values)
    # 15 % of the range above the lower anchor are 11.5: 7.5 more than 4, which is 75 % of the range; seriousness: 20 %
    assert change is not None and (change.name, change.limit) == ("seriousness", pytest.approx(0.7))


def test_where_no_criterion_suffices_alone() -> None:
    values = dict.fromkeys(NAMES, 0.9)
    assert moving_up.smallest_criterion((0.9,) * 4, (1.0,) * 4, SHARE, UNIT, values) is None  # 10 points, 4 at most
    assert moving_up.smallest_weight((0.9,) * 4, (1.0,) * 4, SHARE) is None  # worse in everything


def test_the_smallest_change_of_a_weight() -> None:
    """Ahead by 0.3·0.2 in seriousness, behind by 0.2·0.1 in inequity: D = 0.04.

    seriousness: 0.3 − 0.04/0.2 = 0.1, of 0.7 + 0.1: 12.5 %, 17.5 less; inequity: 0.2 + 0.04/0.1 = 0.6, of 0.8 + 0.6.
    """
    change = moving_up.smallest_weight((0.5, 0.5, 0.6, 0.5), (0.5, 0.7, 0.5, 0.5), SHARE)
    assert change is not None
    assert (change.name, change.now) == ("seriousness", 0.3)
    assert (change.limit, change.size) == pytest.approx((0.125, 0.175))


def test_steps_name_the_next_one_above(town: Inventory) -> None:
    top, middle, same = write(town, "a", *[80] * 4), write(town, "b", *[50] * 4), write(town, "c", *[50] * 4)
    low = write(town, "d", 40, 50, 50, 50)
    found = moving_up.steps(town, items.on_list(town))
    assert set(found) == {middle, same, low}
    assert found[middle].above_id == found[same].above_id == top
    assert found[low].above_id == min(middle, same)
    assert found[low].points == pytest.approx(4)
    # 4 points are 10 of size, 13.3 of seriousness; size would be exactly like that of the next one
    change = found[low].criterion
    assert change is not None and (change.name, change.now, change.limit) == ("size", 40.0, pytest.approx(50))
    assert found[low].weight is None  # it is better in nothing


UNITS = st.floats(0, 1, allow_nan=False)
ROWS = st.tuples(UNITS, UNITS, UNITS, UNITS)
WEIGHTS = st.tuples(*[st.floats(0.01, 1)] * 4).map(lambda w: dict(zip(NAMES, (v / sum(w) for v in w), strict=True)))


def score(row: tuple[float, ...], share: dict[str, float]) -> float:
    return sum(share[name] * value for name, value in zip(NAMES, row, strict=True))


@given(ROWS, ROWS, WEIGHTS)
def test_beyond_the_limit_the_item_is_above_and_before_it_is_not(
    own: tuple[float, ...], above: tuple[float, ...], share: dict[str, float]
) -> None:
    if score(above, share) - score(own, share) < 1e-6:
        return
    values = dict(zip(NAMES, own, strict=True))
    change = moving_up.smallest_criterion(own, above, share, UNIT, values)
    if change is not None:
        place = NAMES.index(change.name)
        for value, wins in ((min(1.0, change.limit + 1e-6), True), (change.limit - 1e-6, False)):
            moved = (*own[:place], value, *own[place + 1 :])
            if 1 - change.limit > 2e-6:
                assert (score(moved, share) > score(above, share)) == wins
    weight = moving_up.smallest_weight(own, above, share)
    if weight is not None and 1e-6 < weight.limit < 1 - 1e-6:
        rest = 1 - share[weight.name]
        up = weight.limit > weight.now
        for value, wins in ((weight.limit + 1e-7, up), (weight.limit - 1e-7, not up)):
            other = {name: (1 - value) * part / rest for name, part in share.items()} | {weight.name: value}
            gap = score(own, other) - score(above, other)
            assert abs(gap) < 1e-9 or (gap > 0) == wins


# ---------------------------------------------------------------- laws (METHODS M8)

TABLES = st.lists(ROWS, min_size=2, max_size=12).map(lambda rows: np.array(rows).round(2))


def ranks(table: np.ndarray, share: dict[str, float]) -> np.ndarray:
    scores = (100 * table @ np.array([share[name] for name in NAMES])).round(9)
    return np.array([1 + (scores > own).sum() for own in scores])


@given(TABLES, ROWS, WEIGHTS)
def test_an_item_more_or_less_changes_the_order_of_no_others(
    table: np.ndarray, more: tuple[float, ...], share: dict[str, float]
) -> None:
    before, after = ranks(table, share), ranks(np.vstack([table, more]), share)[:-1]
    for a in range(len(table)):
        for b in range(len(table)):
            assert (before[a] < before[b]) == (after[a] < after[b])
    doubled = ranks(np.vstack([table, table]), share)
    assert doubled[: len(table)].tolist() == doubled[len(table) :].tolist()  # ties share a rank


@given(TABLES, WEIGHTS, st.integers(1, 6))
def test_equal_items_are_equally_stable_and_the_first_places_are_all_taken(
    table: np.ndarray, share: dict[str, float], first: int
) -> None:
    near, _ = priorities.weightings(share)
    twice = priorities.first_rank_share(np.vstack([table, table]), near[:200], first)
    assert twice[: len(table)].tolist() == twice[len(table) :].tolist()
    found = priorities.first_rank_share(table, near[:200], first)
    assert found.sum() >= min(first, len(table)) - 1e-9
    order = ranks(table, share)
    scores = near[:200] @ table.T
    for item in range(len(table)):  # a share counts the weightings with fewer than `first` better ones
        better = (scores.round(9) > scores.round(9)[:, [item]]).sum(axis=1)
        assert found[item] == pytest.approx((better < first).mean())
    assert order.min() == 1


def test_dropping_an_item_from_the_list_moves_the_others_up_together(town: Inventory) -> None:
    keys = {title: write(town, title, *values) for title, values in LISTED.items()}
    before = by_title(town)
    steering.take_back(town, keys["c"], ADA)
    after = by_title(town)
    assert after.index.tolist() == [title for title in before.index if title != "c"]
    assert (before.drop(index="c")["priority"] == after["priority"]).all()


LISTED = {
    "a": (90, 10, 30, 70),
    "b": (20, 95, 60, 10),
    "c": (50, 50, 50, 50),
    "d": (5, 80, 90, 100),
    "e": (60, 0, 0, 0),
}
