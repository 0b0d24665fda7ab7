"""METHODS M4: numbers of people below the threshold are hidden, and nobody can compute them."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from esdash.analysis import coverage, gaps, priorities, records
from esdash.inventory import Inventory
from tests.analysis.entries import DISTRICTS, GROUPS, enter, offer, online, row_of, survey

STEADY = settings(
    derandomize=True,
    deadline=None,
    database=None,
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
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
    with inventory.change("test") as change:
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
    ("women", "expected"),
    [
        ((50, 40, 30), (50, 40, 30)),
        ((50, 40, 2), (50, None, None)),  # 40 goes too: the city's total minus 50 minus 40 would be 2
        ((50, 2, 1), (50, None, None)),  # two are hidden anyway
        ((50, 0, 2), (None, 0, None)),  # zero is no small number; the next larger one goes
        ((0, 0, 2), (None, 0, None)),  # nothing but zeros left: one of them goes
        ((50, 40, 3), (50, 40, 3)),  # 3 is not below 3
        ((50, 40, None), (50, None, None)),  # the source hides one, the total is published
        ((1, 1, 1), (None, None, None)),
    ],
)
def test_what_is_hidden(town: Inventory, women: tuple[Any, ...], expected: tuple[Any, ...]) -> None:
    populate(town, people_of(*women))
    found = shown(town)
    assert tuple(found[d, "women"] for d in DISTRICTS) == expected
    assert all(found[d, "adults"] == 100 for d in DISTRICTS)


@pytest.mark.parametrize(("threshold", "hidden"), [(0, 0), (3, 0), (5, 2), (10, 3)])
def test_the_city_sets_the_threshold(town: Inventory, threshold: int, hidden: int) -> None:
    populate(town, people_of(50, 9, 4), threshold)
    # below 5: 4, and with it 9. Below 10: 9 and 4; then nothing more has to go
    expected = 2 if hidden else 0
    assert sum(shown(town)[d, "women"] is None for d in DISTRICTS) == expected


def test_a_hidden_number_is_not_zero(town: Inventory) -> None:
    survey(town)
    populate(town, people_of(50, 40, 2))
    enter(town, online("a", target_group_ids=["women"], capacity=5))
    # all 5 places go where the need is known: 5 % of 50 = 2.5
    assert row_of(town, "german_courses", "women", "coverage")[0] == pytest.approx(2)
    assert row_of(town, "german_courses", "women", "state") == ["covered", "unknown", "unknown"]


# ---------------------------------------------------------------- for all numbers


@STEADY
@given(people=PEOPLE, threshold=st.sampled_from([0, 3, 5, 10]))
@example(people=people_of(0, 0, 2), threshold=3)
def test_nobody_can_subtract(town: Inventory, people: People, threshold: int) -> None:
    populate(town, people, threshold)
    found = shown(town)
    for group in GROUPS:
        small = {d for d in DISTRICTS if is_small(people[d, group], threshold)}
        hidden = {d for d in DISTRICTS if found[d, group] is None}
        assert small <= hidden
        assert len(hidden) != 1
        assert len(hidden - small) <= (len(small) == 1)  # no more than needed
        assert all(found[d, group] == people[d, group] for d in set(DISTRICTS) - hidden)
        spared = [d for d in hidden - small if people[d, group] == 0]
        assert not spared or all(people[d, group] == 0 for d in set(DISTRICTS) - small)  # zeros are shown as zeros


def everything_shown(inventory: Inventory) -> dict[str, pd.DataFrame]:
    return {
        "cells": coverage.cells(inventory),
        "need": coverage.need(inventory),
        "offers": coverage.offers(
            inventory, districts=["01"]
        ),  # over all districts it is the capacity, whoever lives there
        "matrix": coverage.matrix(inventory, "theme", "district"),
        "groups": coverage.matrix(inventory, "target_group", "city"),
        "gaps": gaps.ranked(inventory),
    }


@settings(STEADY, max_examples=6)  # each asks six questions twice
@given(people=PEOPLE, other=st.sampled_from([None, 1, 2]))
def test_nothing_shown_depends_on_a_hidden_number(town: Inventory, people: People, other: float | None) -> None:
    """Other small numbers in the place of the hidden ones change no figure of any list."""
    if not town.value("SELECT count(*) FROM survey"):
        survey(town)
        enter(
            town,
            offer("a", target_group_ids=list(GROUPS), capacity=7),
            online("b", theme_ids=["living"], target_group_ids=["women", "adults"], capacity=9),
        )
    populate(town, people)
    before = everything_shown(town)
    populate(town, {key: other if is_small(persons, 3) else persons for key, persons in people.items()})
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
    assert [name for name, frame in before.items() if not after[name].equals(frame)] == list(before)


@pytest.mark.parametrize(
    "log",
    [
        lambda town: records.changes(town),
        lambda town: records.changes(town, "population"),
        lambda town: records.changes(town, "population", "03|women"),
    ],
)
def test_the_change_log_names_no_small_number(town: Inventory, log: Callable[[Inventory], pd.DataFrame]) -> None:
    populate(town, people_of(50, 40, 2))
    populate(town, people_of(50, 40, 1))
    listed = log(town)
    persons = listed[(listed["table_name"] == "population") & (listed["field"] == "persons")]
    assert len(persons) > 0  # that it changed is no secret
    assert persons[["before", "after"]].isna().all(axis=None)
