"""METHODS M4: numbers of people below the threshold are hidden, and nobody can compute them."""

import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from esdash.analysis.coverage import coverage, gaps
from esdash.analysis.priorities import priorities
from esdash.analysis.records import records
from esdash.analysis.selection import Selection
from esdash.inventory import Inventory
from esdash.inventory.access import Action
from tests.analysis.attacker import possible, published, ranges
from tests.analysis.entries import DISTRICTS, GROUPS, enter, offer, online, row_of, survey
from tests.people import TEST
from tests.trials import always_the_same

STEADY = always_the_same(10, 25)
CELLS = [(district, group) for district in DISTRICTS for group in GROUPS]
People = dict[tuple[str, str], float | None]

PEOPLE: st.SearchStrategy[People] = st.lists(
    st.sampled_from([None, 0, 0, 1, 2, 3, 4, 5, 9, 10, 40, 300]), min_size=len(CELLS), max_size=len(CELLS)
).map(lambda numbers: dict(zip(CELLS, numbers, strict=True)))


def populate(inventory: Inventory, people: People, threshold: int = 3) -> None:
    rows = [
        {"population_id": f"{d}|{g}", "persons": persons, "quality": "suppressed" if persons is None else "official"}
        for (d, g), persons in people.items()
    ]
    with inventory.change(TEST, Action.EDIT_RECORDS) as change:
        change.update("population", rows)
        change.update("city", [{"city_id": "musterstadt", "small_number_threshold": threshold}])


def shown(inventory: Inventory) -> People:
    """People per district × group as the coverage table shows them; None is hidden."""
    cells = coverage.cells(inventory)
    found: People = {}
    for district, group, persons in cells[["district_id", "target_group_id", "persons"]].itertuples(index=False):
        value = None if pd.isna(persons) else persons
        assert found.setdefault((district, group), value) == value  # the same in every theme
    return found


def is_small(persons: float | None, threshold: int) -> bool:
    return persons is None or 0 < persons < threshold


# ---------------------------------------------------------------- by hand


def people_of(*women: float | None) -> People:
    usual: People = {(d, g): 100 for d, g in CELLS}
    return usual | {(d, "women"): number for d, number in zip(DISTRICTS, women, strict=True)}


@pytest.mark.parametrize(
    ("women", "expected", "total"),
    [
        ((50, 40, 30), (50, 40, 30), True),
        ((50, 40, 2), (50, None, None), True),  # 40 goes too: the city's total minus 50 minus 40 would be 2
        ((50, 2, 1), (None, None, None), True),  # 2 and 1 add up to 3: who knows one would know the other
        ((50, 0, 2), (None, 0, None), True),  # a zero speaks of nobody and hides nothing; the larger one goes
        ((50, 4, 2), (None, None, None), True),  # 4 is too few to hide 2: together they are 6, and 4 is at least 3
        ((50, 5, 2), (50, None, None), True),  # 7 = 1 + 6 = 2 + 5
        ((0, 0, 2), (0, 0, None), False),  # nothing but zeros left: the total goes
        ((50, 40, 3), (50, 40, 3), True),  # 3 is not below 3
        ((50, 40, None), (50, None, None), True),  # the source hides one, the total is published
        ((2, 2, 2), (None, None, None), False),  # 6 in three districts of at most 2 would tell each of them
    ],
)
def test_what_is_hidden(town: Inventory, women: tuple[Any, ...], expected: tuple[Any, ...], total: bool) -> None:
    populate(town, people_of(*women))
    found = shown(town)
    assert tuple(found[d, "women"] for d in DISTRICTS) == expected
    assert all(found[d, "adults"] == 100 for d in DISTRICTS)
    totals = records.reference(town, "city_total").set_index("target_group_id")
    assert pd.isna(totals.loc["women", "persons"]) is not total
    assert totals.loc["women", "quality"] == ("official" if total else "suppressed")


@pytest.mark.parametrize(("threshold", "hidden"), [(0, 0), (3, 0), (5, 2), (10, 3)])
def test_the_city_sets_the_threshold(town: Inventory, threshold: int, hidden: int) -> None:
    populate(town, people_of(50, 9, 4), threshold)
    # below 5: 4, and with it 9. Below 10: 9 and 4, and with them 50
    assert sum(shown(town)[d, "women"] is None for d in DISTRICTS) == hidden


def test_a_total_can_be_too_small_itself(town: Inventory) -> None:
    with town.change(TEST, Action.EDIT_RECORDS) as change:
        change.update("city_total", [{"target_group_id": "women", "persons": 2}])
    totals = records.reference(town, "city_total").set_index("target_group_id")
    assert pd.isna(totals.loc["women", "persons"])
    assert totals.loc["women", "quality"] == "suppressed"


def test_a_hidden_number_is_not_zero(town: Inventory) -> None:
    survey(town)
    populate(town, people_of(50, 40, 2))
    enter(town, online("a", target_group_ids=["women"], capacity=5))
    # 170 in the city less 50 are 120 in two districts, 60 each: 5 places for 5 % of 170 = 8.5
    assert row_of(town, "german_courses", "women", "saturation") == pytest.approx([5 / 8.5] * 3)
    assert row_of(town, "german_courses", "women", "with_stand_in") == [True] * 3


# ---------------------------------------------------------------- for all numbers


def in_order(people: People, group: str, threshold: int) -> list[str]:
    """Districts in the order in which larger numbers are hidden: most small groups, then fewest residents."""
    residents = {"01": 4000, "02": 2000, "03": 10**9}  # 03: unknown, last
    small = {d: sum(is_small(people[d, g], threshold) for g in GROUPS) for d in DISTRICTS}
    return sorted(DISTRICTS, key=lambda d: (-small[d], residents[d]))


@STEADY
@given(people=PEOPLE, threshold=st.sampled_from([0, 3, 5, 10]))
@example(people=people_of(0, 0, 2), threshold=3)
def test_the_rule_is_what_is_written_down(town: Inventory, people: People, threshold: int) -> None:
    populate(town, people, threshold)
    found = shown(town)
    for group in GROUPS:
        order = in_order(people, group, threshold)
        expected, _ = published([people[d, group] for d in order], threshold)
        assert [found[d, group] for d in order] == expected


@pytest.mark.parametrize(("threshold", "highest", "districts"), [(3, 9, 4), (5, 13, 3), (3, 3, 6), (3, 2, 7)])
def test_nobody_can_compute_a_small_number(threshold: int, highest: int, districts: int) -> None:
    """Tried out for every group of a few districts: each small number can still be anything below the threshold,
    also for somebody who knows the total, the rule, which numbers are small, and another one of them."""
    everything = set(range(1, threshold))
    draw = random.Random(20)
    tried = 0
    for _ in range(150):
        counts = tuple(draw.randint(0, highest) for _ in range(districts))
        small = [place for place, number in enumerate(counts) if 0 < number < threshold]
        if not small:
            continue
        states = list(possible(counts, threshold))
        for one in small:
            assert {state[one] for state in states} == everything
            for other in set(small) - {one}:
                insider = {state[one] for state in states if state[other] == counts[other]}
                assert insider == everything, (counts, one, other)
        tried += 1
    assert tried > 50


@pytest.mark.parametrize("threshold", [3, 5, 10])
def test_nobody_can_subtract(dessau: Inventory, threshold: int) -> None:
    """A whole city with random people: what is shown leaves each hidden number a range of the threshold or more."""
    draw = random.Random(threshold)
    likely = [0, 0, 1, 2, 3, threshold - 1, threshold, threshold + 1, 40]
    rows = dessau.rows("SELECT population_id, target_group_id FROM population")
    people = {row["population_id"]: draw.choice([*likely, draw.randint(0, 400)]) for row in rows}
    sums: dict[str, int] = {}
    for row in rows:
        sums[row["target_group_id"]] = sums.get(row["target_group_id"], 0) + people[row["population_id"]]
    with dessau.change(TEST, Action.EDIT_RECORDS) as change:
        change.update("city", [{"city_id": "dessau-rosslau", "small_number_threshold": threshold}])
        change.update("population", [{"population_id": key, "persons": persons} for key, persons in people.items()])
        change.update("city_total", [{"target_group_id": key, "persons": persons} for key, persons in sums.items()])
    cells, totals = shown(dessau), records.reference(dessau, "city_total").set_index("target_group_id")["persons"]
    hidden = 0
    for group in sums:
        found = {district: number for (district, of), number in cells.items() if of == group}
        for district, (low, high) in ranges(found, totals[group]).items():
            assert high - low >= threshold
            assert low <= people[f"{district}|{group}"] <= high
            hidden += 1
        small = [d for d in found if 0 < people[f"{d}|{group}"] < threshold]
        assert {d for d in found if found[d] is None} >= set(small)
        assert sum(number is None for number in found.values()) <= len(small) + 5  # no more than it takes
    assert hidden > 30


def everything_shown(inventory: Inventory) -> dict[str, pd.DataFrame]:
    return {
        "cells": coverage.cells(inventory),
        "need": coverage.need(inventory),
        "offers": coverage.offers(inventory, Selection(districts=("01",))),  # over all districts it is the capacity
        "matrix": coverage.matrix(inventory, "theme", "district"),
        "groups": coverage.matrix(inventory, "target_group", "city"),
        "gaps": gaps.ranked(inventory),
        "totals": records.reference(inventory, "city_total"),
    }


@always_the_same(3, 6)  # each asks six questions twice
@given(people=PEOPLE, seed=st.integers(0, 9))
def test_nothing_shown_depends_on_a_hidden_number(town: Inventory, people: People, seed: int) -> None:
    """Any other numbers that are hidden in the same places change no figure of any list."""
    if not town.value("SELECT count(*) FROM survey"):
        survey(town)
        enter(
            town,
            offer("a", target_group_ids=list(GROUPS), capacity=7),
            online("b", theme_ids=["living"], target_group_ids=["women", "adults"], capacity=9),
        )
    populate(town, people)
    before, found = everything_shown(town), shown(town)
    draw = random.Random(seed)
    others = {
        key: persons if found[key] is not None else draw.choice([1, 2]) if is_small(persons, 3) else persons + 2
        for key, persons in people.items()
    }
    populate(town, others)
    if shown(town) != found:  # the larger ones no longer suffice to hide them
        return
    after = everything_shown(town)
    for name, frame in before.items():
        pd.testing.assert_frame_equal(after[name], frame, obj=name)


def test_nothing_shown_depends_on_the_number_hidden_beside_it(town: Inventory) -> None:
    survey(town)
    enter(town, offer("a", target_group_ids=list(GROUPS), capacity=7))
    populate(town, people_of(50, 40, 2))
    before = everything_shown(town) | {"priorities": priorities.ranked(town)}
    populate(town, people_of(50, 49, 1))
    after = everything_shown(town) | {"priorities": priorities.ranked(town)}
    for name, frame in before.items():
        pd.testing.assert_frame_equal(after[name], frame, obj=name)


def test_the_numbers_in_the_test_matter(town: Inventory) -> None:
    """A number that is shown does change the lists; otherwise the tests above would say nothing."""
    survey(town)
    enter(town, offer("a", target_group_ids=list(GROUPS), capacity=7))
    populate(town, people_of(50, 40, 30))
    before = everything_shown(town)
    populate(town, people_of(50, 40, 31))
    after = everything_shown(town)
    assert [name for name, frame in before.items() if not after[name].equals(frame)] == list(before)[:-1]


def test_only_one_file_reads_the_true_numbers() -> None:
    """All figures are made of the numbers that may be shown, so none can tell more than these."""
    folder = Path(coverage.__file__).parents[1]
    readers = {
        path.name
        for path in [*folder.rglob("*.sql"), *folder.rglob("*.py")]
        if re.search(
            r"\b(FROM|JOIN|inventory\.)\s*(population|city_total|population_marked)\b", path.read_text("utf-8")
        )
    }
    assert readers == {"small_numbers.sql"}


@pytest.mark.parametrize(
    "log",
    [
        lambda town: records.changes(town),
        lambda town: records.changes(town, "population"),
        lambda town: records.changes(town, "population", "*"),
    ],
)
def test_the_change_log_names_no_small_number(town: Inventory, log: Callable[[Inventory], pd.DataFrame]) -> None:
    populate(town, people_of(50, 40, 2))
    populate(town, people_of(50, 40, 1))
    listed = log(town)
    persons = listed[(listed["table_name"] == "population") & (listed["field"] == "persons")]
    assert len(persons) > 0  # that it changed is no secret
    assert persons[["before", "after"]].isna().all(axis=None)
    assert set(persons["record_id"]) == {"*"}  # not which of them: that would tell which did not change
