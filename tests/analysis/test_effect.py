"""The effect of a measure: planted histories in which one cause is the only one, and some with several."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esdash.analysis.coverage import coverage
from esdash.analysis.measures import effect
from esdash.analysis.measures.effect import Figure
from esdash.analysis.selection import Selection
from esdash.inventory import Inventory, create, merging
from esdash.inventory.access import Action
from esdash.inventory.steering import surveying
from tests.analysis.entries import enter, offer
from tests.conftest import load_tiny_city
from tests.first_state import Lender
from tests.people import TEST, TESTER

BEGIN = datetime(2026, 3, 1, 9, tzinfo=UTC)
DECIDED = date(2026, 3, 10)
# Homework for children in Mitte (01): 100 children, 20 places per 100 → 20 needed. Offers serve only Mitte.
HERE = Selection(("children",), ("homework",), ("01",))


class Clock:
    now = BEGIN

    def __call__(self) -> datetime:
        return self.now

    def go(self, days: int) -> None:
        self.now += timedelta(days=days)


CLOCK = Clock()


@pytest.fixture(scope="module")
def old_town(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("old") / "i.duckdb"
    create(path, "empty", load_tiny_city, TESTER, lambda: BEGIN)
    return path.read_bytes()


@pytest.fixture
def town(old_town: bytes, lender: Lender) -> Iterator[Inventory]:
    """Musterstadt on 1 March 2026, with a clock that moves; homework in Mitte is surveyed."""
    CLOCK.now = BEGIN
    with lender.lend(old_town, CLOCK) as inventory:
        surveying.mark(inventory, [("homework", "01")], "surveyed", TEST)
        yield inventory


def lesson(key: str, **fields: Any) -> dict[str, Any]:
    usual = {"theme_ids": ["homework"], "target_group_ids": ["children"], "district_ids": ["01"]}
    return offer(key, **{**usual, **fields})


def begin(inventory: Inventory, *offers: dict[str, Any]) -> None:
    """What is there on the day of the decision; half a year later the rest of the history happens."""
    enter(inventory, *offers)
    CLOCK.go(180)


def add(inventory: Inventory, *offers: dict[str, Any]) -> None:
    with inventory.change(TEST, Action.ENTER_RECORDS) as change:
        change.insert("initiative", list(offers))


def edit(inventory: Inventory, key: str, action: Action = Action.EDIT_RECORDS, **fields: Any) -> None:
    with inventory.change(TEST, action) as change:
        change.update("initiative", [{"initiative_id": key, **fields}])


def people(inventory: Inventory, persons: int) -> None:
    with inventory.change(TEST, Action.CHANGE_CITY) as change:
        change.update("population", [{"population_id": "01|children", "persons": persons}])


def parts(inventory: Inventory, *own: str, measure: str = "gap_places", where: Selection = HERE) -> dict[str, float]:
    """The parts that are not zero, rounded, after checking what holds always."""
    found = effect.of(inventory, measure, where, DECIDED, own)
    assert found.then is not None and found.now is not None and found.change is not None
    for end in range(3):
        assert sum(part[end] for part in found.parts.values()) == pytest.approx(found.change[end], abs=1e-9)
    assert list(found.parts) == list(effect.CAUSES)
    past = coverage.matrix(inventory.as_of(DECIDED), "city", "city", where)[measure].iloc[0]
    present = coverage.matrix(inventory, "city", "city", where)[measure].iloc[0]
    assert (found.then.central, found.now.central) == (pytest.approx(past), pytest.approx(present))
    return {cause: round(part.central, 6) for cause, part in found.parts.items() if abs(part.central) > 1e-9}


# ---------------------------------------------------------------- one cause alone


def test_only_the_offers_of_the_measure(town: Inventory) -> None:
    begin(town)
    add(town, lesson("new", capacity=8))  # 20 missing, now 12
    assert parts(town, "new") == {"own": -8}
    assert parts(town, "new", measure="places_met") == {"own": 8}
    assert parts(town, "new", measure="places_needed") == {}


def test_only_other_offers(town: Inventory) -> None:
    begin(town, lesson("a", capacity=10), lesson("b", capacity=3))
    edit(town, "a", capacity=12)  # a form says that it grew
    edit(town, "b", status="ended")
    assert parts(town, "new") == {"other": 1}  # 2 more, 3 less


def test_an_offer_that_ends_on_a_day_that_has_come(town: Inventory) -> None:
    begin(town, lesson("a", capacity=10, ended_on=date(2026, 6, 30)))
    assert parts(town) == {"other": 10}  # nobody touched it


def test_only_the_need(town: Inventory) -> None:
    begin(town, lesson("a", capacity=5))
    people(town, 130)  # 26 needed
    assert parts(town) == {"need": 6}
    assert parts(town, measure="places_needed") == {"need": 6}


def test_only_the_planning_value(town: Inventory) -> None:
    begin(town, lesson("a", capacity=5))
    with town.change(TEST, Action.CHANGE_CITY) as change:
        change.update("planning_value", [{"planning_value_id": "homework|children", "places_per_100": 10}])
    assert parts(town) == {"need": -10}


# What is corrected, each in a field of its own (theme, group, district), where 3 and 1 places were known: the
# correction, and what it does to the missing places.
CORRECTIONS: dict[str, tuple[tuple[str, str, str], Callable[[Inventory, str], Any], float]] = {
    "an import": (
        ("homework", "children", "01"),
        lambda i, key: edit(i, f"{key} a", Action.IMPORT_TABLE, capacity=1),
        2,
    ),
    "a restored version": (
        ("homework", "children", "02"),
        lambda i, key: edit(i, f"{key} a", Action.RESTORE_VERSION, capacity=5),
        -2,
    ),
    "a correction in the form": (
        ("counselling", "adults", "01"),
        lambda i, key: edit(i, f"{key} a", Action.CORRECT_RECORDS, capacity=4),
        -1,
    ),
    "a duplicate": (
        ("german_courses", "adults", "01"),
        lambda i, key: merging.merge(i, "initiative", f"{key} a", f"{key} b", {}, TEST),
        1,
    ),
    "it ran already": (
        ("german_courses", "adults", "02"),
        lambda i, key: add(i, field(key, "late", capacity=2, started_on=DECIDED)),
        -2,
    ),
    "it had ended": (
        ("counselling", "adults", "02"),
        lambda i, key: edit(i, f"{key} b", status="ended", ended_on=date(2026, 3, 9)),
        1,
    ),
    "it is for others": (
        ("german_courses", "women", "01"),
        lambda i, key: edit(i, f"{key} b", Action.IMPORT_TABLE, target_group_ids=["children"]),
        1,
    ),
}


def field(key: str, name: str, **fields: Any) -> dict[str, Any]:
    theme, group, district = CORRECTIONS[key][0]
    where = {"theme_ids": [theme], "target_group_ids": [group], "district_ids": [district]}
    return offer(f"{key} {name}", location_id=f"centre_{district}", **where, **fields)


def test_only_corrected_data(town: Inventory) -> None:
    cells = [(theme, district) for (theme, _, district), _, _ in CORRECTIONS.values()]
    surveying.mark(town, cells, "surveyed", TEST)
    begin(town, *(field(key, name, capacity=n) for key in CORRECTIONS for name, n in (("a", 3), ("b", 1))))
    for key, (_, correct, _) in CORRECTIONS.items():
        correct(town, key)
    for key, ((theme, group, district), _, expected) in CORRECTIONS.items():
        own = (f"{key} a", f"{key} b", f"{key} late")  # whoever's offers they are
        assert parts(town, *own, where=Selection((group,), (theme,), (district,))) == {"corrected": expected}, key


def test_what_was_unknown_and_became_known_is_no_success(town: Inventory) -> None:
    begin(town, lesson("a", capacity=10), lesson("b", capacity=None))
    assert effect.of(town, "gap_places", HERE, DECIDED).unknown == {"b": "other"}
    edit(town, "b", capacity=4)  # in an ordinary form
    assert parts(town, "b") == {"corrected": -4}
    edit(town, "b", capacity=9)  # and then it grew
    assert parts(town, "b") == {"corrected": -4, "own": -5}


def test_a_place_that_stood_in_the_wrong_district(town: Inventory) -> None:
    begin(town, lesson("a", capacity=10, location_id="centre_02", district_ids=None))
    with town.change(TEST, Action.EDIT_RECORDS) as change:
        change.update("location", [{"location_id": "centre_02", "district_id": "03", "lat": 52.005, "lon": 11.015}])
    assert parts(town).keys() == {"corrected"}


def test_a_first_survey(town: Inventory) -> None:
    both = Selection(("children",), ("homework",), ("01", "02"))
    begin(town)
    surveying.mark(town, [("homework", "02")], "surveyed", TEST)  # 10 needed in 02
    assert parts(town, where=both) == {"corrected": 10}
    nowhere = Selection(("children",), ("homework",), ("02",))
    found = effect.of(town, "gap_places", nowhere, DECIDED)
    assert (found.then, found.parts, found.change) == (None, {}, None)  # not 0: nobody had looked
    assert found.now == Figure(10, 10, 10)


# ---------------------------------------------------------------- several


def test_all_four_causes(town: Inventory) -> None:
    begin(town, lesson("a", capacity=10))  # 10 missing
    edit(town, "a", Action.IMPORT_TABLE, capacity=6)  # 14 were missing
    add(town, lesson("new", capacity=8), lesson("other", capacity=5))
    people(town, 150)  # 30 needed, 19 there: 11 missing
    assert parts(town, "new") == {"own": -8, "other": -5, "need": 10, "corrected": 4}


def test_what_two_could_have_done_alone_is_shared(town: Inventory) -> None:
    begin(town)
    add(town, lesson("new", capacity=16), lesson("other", capacity=10))  # 26 for 20
    # new alone 16, after the other 10; the other alone 10, after new 4
    assert parts(town, "new") == {"own": -13, "other": -7}


def test_a_new_offer_that_was_entered_twice_counts_once(town: Inventory) -> None:
    begin(town)
    add(town, lesson("new", capacity=8), lesson("twice", capacity=8))
    merging.merge(town, "initiative", "new", "twice", {}, TEST)
    assert parts(town, "new") == {"own": -8}


def test_what_has_changed_really_is_not_corrected_back(town: Inventory) -> None:
    begin(town, lesson("a", capacity=5))
    edit(town, "a", capacity=9)  # it grew
    edit(town, "a", Action.IMPORT_TABLE, capacity=8)  # to 8, as the list says
    assert parts(town) == {"other": -3}


def test_nothing_happened(town: Inventory) -> None:
    begin(town, lesson("a", capacity=5))
    edit(town, "a", capacity=7)
    edit(town, "a", capacity=5)
    assert parts(town) == {}


def test_offers_whose_places_nobody_knows_are_named(town: Inventory) -> None:
    begin(town, lesson("a", capacity=5))
    add(town, lesson("new", capacity=None), lesson("other", capacity=None))
    found = effect.of(town, "gap_places", HERE, DECIDED, ["new"])
    assert found.unknown == {"new": "own", "other": "other"}


def test_hidden_people_give_two_ends_that_sum_each(town: Inventory) -> None:
    """Women of district 03 are hidden; the published total leaves 20 of them."""
    where = Selection(("women",), ("german_courses",), ())
    surveying.mark(town, [("german_courses", key) for key in ("01", "02", "03")], "surveyed", TEST)
    begin(town, offer("a", target_group_ids=["women"], capacity=2))
    add(town, offer("new", target_group_ids=["women"], capacity=3))
    assert parts(town, "new", where=where).keys() == {"own"}


def something(town: Inventory, luck: Random, key: str, new: str) -> None:
    action = luck.choice([Action.EDIT_RECORDS, Action.IMPORT_TABLE, Action.CORRECT_RECORDS])
    what = luck.choice(["capacity", "status", "target_group_ids", "district_ids", "new", "people", "survey"])
    if what == "new":
        add(town, lesson(new, capacity=3, started_on=luck.choice([None, DECIDED])))
    elif what == "people":
        people(town, luck.randint(80, 140))
    elif what == "survey":
        surveying.mark(town, [("homework", luck.choice(["02", "03"]))], "surveyed", TEST)
    else:
        values = {
            "capacity": [None, 1, 4, 7],
            "status": ["active", "paused", "ended"],
            "target_group_ids": [["women"], ["children"], None],
            "district_ids": [None, ["02"], ["01"]],
        }
        edit(town, key, action, **{what: luck.choice(values[what])})


@pytest.mark.parametrize("seed", range(2))
def test_whatever_happens_the_parts_sum_to_the_change(town: Inventory, seed: int) -> None:
    """`parts` compares the sum with the figures of the past day and of today, which know nothing of causes."""
    luck = Random(seed)
    begin(town, *(lesson(f"a{n}", capacity=luck.choice([None, 2, 5, 9])) for n in range(4)))
    for step in range(10):
        CLOCK.go(luck.randint(0, 3))
        something(town, luck, f"a{luck.randint(0, 3)}", f"n{step}")
    parts(town, "a0", "n1", "n2", where=Selection(("children",), ("homework",), ()))


# ---------------------------------------------------------------- the law

CAUSES = ("own", "other", "need")
SUBSETS = [
    frozenset(c for c, taken in zip(CAUSES, bits, strict=True) if taken)
    for bits in [(a, b, c) for a in (0, 1) for b in (0, 1) for c in (0, 1)]
]
NUMBERS = st.lists(st.floats(0, 1000), min_size=8, max_size=8)


@given(NUMBERS)
def test_parts_sum_to_the_change_in_every_order(numbers: list[float]) -> None:
    values = {some: Figure(n, n / 2, n * 2) for some, n in zip(SUBSETS, numbers, strict=True)}
    found = effect.shared_out(values, CAUSES)
    assert sum(part.central for part in found.values()) == pytest.approx(numbers[-1] - numbers[0], abs=1e-9)
    again = effect.shared_out(values, CAUSES[::-1])
    assert {c: pytest.approx(found[c].central) for c in CAUSES} == {c: again[c].central for c in CAUSES}


@given(st.tuples(*[st.floats(-50, 50)] * 3))
def test_a_cause_that_adds_its_own_gets_exactly_that(own: tuple[float, ...]) -> None:
    values = {s: Figure(*[sum(n for c, n in zip(CAUSES, own, strict=True) if c in s)] * 3) for s in SUBSETS}
    found = effect.shared_out(values, CAUSES)
    assert [found[c].central for c in CAUSES] == pytest.approx(list(own), abs=1e-9)
