"""Accepted merges: they stay fixed in later plans, and say what came between where they cannot be any more."""

from typing import Any

import pytest

from esdash.analysis.bundling import bundling as analysis
from esdash.analysis.bundling import result
from esdash.analysis.bundling.bundling import Wish
from esdash.inventory import Inventory
from esdash.inventory.access import Action
from esdash.inventory.steering import bundling
from tests.analysis.training_entries import enter, session
from tests.people import ADA, BEA, TEST


def put(inventory: Inventory, table: str, key: str, **fields: Any) -> None:
    with inventory.change(TEST, Action.EDIT_RECORDS) as change:
        change.update(table, [{f"{table}_id": key, **fields}])


def accepted(inventory: Inventory, losses: tuple[str, ...] = ()) -> None:
    """s goes into k, though k is the dearer one and s larger: the plan alone would have it the other way round."""
    enter(inventory, session("s", seats=30, cost_eur=100), session("k", seats=20, cost_eur=500))
    assert analysis.plan(inventory).into == {"k": "s"}
    bundling.accept(inventory, "s", "k", ADA, "abgesprochen", losses)


def states(inventory: Inventory, wish: Wish = analysis.USUAL) -> dict[tuple[str, str], str]:
    return {decided.pair: decided.state for decided in analysis.prepare(inventory, wish).decided}


@pytest.mark.parametrize("wish", [Wish(), Wish(days=0, km=0, price=1000), Wish(forbidden=(("s", "k"),))])
def test_it_stays_in_every_plan(town: Inventory, wish: Wish) -> None:
    accepted(town)
    plan = analysis.plan(town, wish)
    assert plan.into == {"s": "k"}
    assert result.merges(plan)["origin"].tolist() == ["accepted"]
    assert plan.problem.overruled == set(wish.forbidden)


def test_a_pin_against_it_is_refused(town: Inventory) -> None:
    accepted(town)
    plan = analysis.plan(town, Wish(pinned=(("k", "s"),)))
    assert plan.into == {"s": "k"}
    assert plan.problem.refused[("k", "s")] == ("given_up", ("s", "k"))


def test_taken_back_it_is_free_again(town: Inventory) -> None:
    accepted(town)
    bundling.withdraw(town, "s|k", BEA)
    assert analysis.plan(town).into == {"k": "s"}


@pytest.mark.parametrize(
    ("record", "changed", "state"),
    [
        ("s", {"status": "cancelled"}, "cancelled"),
        ("k", {"status": "cancelled"}, "kept_cancelled"),
        ("s", {"status": "held"}, "past"),
        ("s", {"starts_on": "2026-11-20"}, "past"),
        ("k", {"starts_on": "2026-11-20"}, "kept_past"),
        ("k", {"status": "archived"}, "kept_past"),
        ("s", {"booked": None}, "unknown"),
        ("k", {"seats": None}, "unknown"),
        ("k", {"mode": "online"}, "unfit"),
        ("k", {"starts_on": "2026-12-28"}, "holds"),  # 21 days
        ("k", {"starts_on": "2026-12-29"}, "moved"),
        ("k", {"booked": 18}, "seats"),
        ("k", {"booked": 17}, "holds"),
        ("k", {"location_id": "steps_01"}, "access"),
        ("s", {"starts_on": "2026-12-06"}, "access"),  # a Sunday now
    ],
)
def test_what_came_between(town: Inventory, record: str, changed: dict[str, Any], state: str) -> None:
    accepted(town)
    assert states(town) == {("s", "k"): "holds"}
    put(town, "session", record, **changed)
    assert states(town) == {("s", "k"): state}
    assert (analysis.plan(town).into.get("s") == "k") == (state == "holds")


def test_another_topic_since(town: Inventory) -> None:
    accepted(town)
    put(town, "course", "k", module_ids=["intercultural"])
    assert states(town) == {("s", "k"): "unfit"}


def test_a_loss_that_people_accepted_is_no_obstacle(town: Inventory) -> None:
    accepted(town, ("barrier_free",))
    put(town, "session", "k", location_id="steps_01")
    assert states(town) == {("s", "k"): "holds"}


def test_two_that_fill_the_same_seats(town: Inventory) -> None:
    """Both were accepted while k had room for 3 + 3 + 3; with 15 people of its own only the first of them fits."""
    enter(town, session("k", seats=20), session("a"), session("b"))
    for key in "ab":
        bundling.accept(town, key, "k", ADA, "abgesprochen")
    put(town, "session", "k", booked=15)
    assert states(town) == {("a", "k"): "holds", ("b", "k"): "seats"}
    assert analysis.plan(town).into.get("a") == "k"


def test_what_was_decided_takes_seats_before_those_who_wait(town: Inventory) -> None:
    """k has 7 free seats; the three people of s are settled, so that four of five who wait find one."""
    enter(town, session("s", seats=3), session("k"), session("w", seats=3, booked=3, waiting=5))
    assert analysis.prepare(town).placed == {("w", "k"): 5}
    bundling.accept(town, "s", "k", ADA, "abgesprochen")
    problem = analysis.prepare(town)
    assert problem.placed == {("w", "k"): 4}
    assert problem.still_waiting("w") == 1
