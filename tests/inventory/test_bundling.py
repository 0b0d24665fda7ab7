"""Merges of trainings that people accepted: kept once, with who, when and why; refused where they cannot be."""

import json
from typing import Any

import pytest

from esdash.errors import UserError
from esdash.inventory import Inventory
from esdash.inventory.access import Action, Actor
from esdash.inventory.file.integrity import broken_references
from esdash.inventory.steering import bundling
from tests.conftest import NOW
from tests.people import ADA, BEA, TEST

COMING = {"starts_on": "2026-12-07", "status": "confirmed", "seats": 10, "booked": 4}


@pytest.fixture
def trained(tiny: Inventory) -> Inventory:
    """Four coming sessions of one course: a, b and c with four of ten seats taken, d with nobody known."""
    with tiny.change(TEST, Action.EDIT_RECORDS) as change:
        change.insert("organization", [{"organization_id": "o", "name": "Verein"}])
        change.insert("course", [{"course_id": "k", "organization_id": "o", "name": "Kurs"}])
        rows = [{"session_id": key, "course_id": "k", **COMING} for key in "abc"]
        change.insert("session", [*rows, {"session_id": "d", "course_id": "k", **COMING, "booked": None}])
    return tiny


def decisions(inventory: Inventory) -> list[dict[str, Any]]:
    return inventory.rows("FROM bundling_decision ORDER BY bundling_decision_id")


def put(inventory: Inventory, session: str, **fields: Any) -> None:
    with inventory.change(TEST, Action.EDIT_RECORDS) as change:
        change.update("session", [{"session_id": session, **fields}])


def test_an_accepted_merge_is_kept_with_what_it_rested_on(trained: Inventory) -> None:
    assert bundling.accept(trained, "a", "b", ADA, " abgesprochen ", ["way", "language"], {"a": 1, "b": 1}) == "a|b"
    (kept,) = decisions(trained)
    assert (kept["session_id"], kept["kept_session_id"]) == ("a", "b")
    assert (kept["decided_by"], kept["decided_on"], kept["reason"]) == ("Ada", NOW.date(), "abgesprochen")
    assert (kept["booked"], kept["kept_booked"], kept["kept_seats"]) == (4, 4, 10)
    assert kept["losses"] == ["language", "way"]
    (entry,) = trained.rows("FROM change_log WHERE table_name = 'bundling_decision'")
    assert (entry["actor"], entry["reason"], entry["before"]) == ("Ada", "abgesprochen", None)
    assert json.loads(entry["after"])["session_id"] == "a"


def test_a_second_click_changes_nothing(trained: Inventory) -> None:
    for actor, reason in (("Ada", "erste"), ("Bea", "zweite")):
        bundling.accept(trained, "a", "b", Actor(actor), reason, seen={"a": 1, "b": 1})
    assert [row["reason"] for row in decisions(trained)] == ["erste"]
    assert trained.value("SELECT count(*) FROM change_log WHERE table_name = 'bundling_decision'") == 1


@pytest.mark.parametrize("reason", ["", "   ", "\n"])
def test_not_without_a_reason(trained: Inventory, reason: str) -> None:
    with pytest.raises(UserError, match="bundling_needs_reason"):
        bundling.accept(trained, "a", "b", ADA, reason)
    assert decisions(trained) == []


@pytest.mark.parametrize(
    ("changed", "key"),
    [
        ({"status": "cancelled"}, "bundling_not_coming"),
        ({"status": "held"}, "bundling_not_coming"),
        ({"status": "archived"}, "bundling_not_coming"),
        ({"starts_on": "2026-11-21"}, "bundling_not_coming"),
        ({"seats": None}, "bundling_unknown"),
        ({"booked": None}, "bundling_unknown"),
    ],
)
@pytest.mark.parametrize("session", ["a", "b"])
def test_refused_where_a_session_does_not_come_or_is_not_known(
    trained: Inventory, session: str, changed: dict[str, Any], key: str
) -> None:
    put(trained, session, **changed)
    with pytest.raises(UserError, match=key):
        bundling.accept(trained, "a", "b", ADA, "abgesprochen")
    assert decisions(trained) == []


def test_refused_for_a_session_that_is_none(trained: Inventory) -> None:
    for pair in (("x", "a"), ("a", "x")):
        with pytest.raises(UserError, match="bundling_gone"):
            bundling.accept(trained, *pair, ADA, "abgesprochen")
    with pytest.raises(ValueError, match="itself"):
        bundling.accept(trained, "a", "a", ADA, "abgesprochen")


@pytest.mark.parametrize("session", ["a", "b"])
def test_refused_where_a_session_has_changed_since_it_was_seen(trained: Inventory, session: str) -> None:
    put(trained, session, booked=5)
    with pytest.raises(UserError, match="bundling_changed"):
        bundling.accept(trained, "a", "b", ADA, "abgesprochen", seen={"a": 1, "b": 1})
    assert decisions(trained) == []


@pytest.mark.parametrize("pair", [("a", "c"), ("b", "c"), ("c", "a"), ("b", "a")])
def test_refused_where_another_accepted_merge_stands_in_the_way(trained: Inventory, pair: tuple[str, str]) -> None:
    bundling.accept(trained, "a", "b", ADA, "abgesprochen")
    with pytest.raises(UserError, match="bundling_contradiction"):
        bundling.accept(trained, *pair, BEA, "abgesprochen")
    assert [row["bundling_decision_id"] for row in decisions(trained)] == ["a|b"]


def test_seats_are_counted_with_all_that_was_accepted(trained: Inventory) -> None:
    """b has 10 seats: 4 of its own, 4 from a; 4 more from c are two too many."""
    bundling.accept(trained, "a", "b", ADA, "abgesprochen")
    with pytest.raises(UserError, match="people=12"):
        bundling.accept(trained, "c", "b", ADA, "abgesprochen")
    put(trained, "c", booked=2)
    bundling.accept(trained, "c", "b", ADA, "abgesprochen")  # 4 + 4 + 2 fill it
    assert len(decisions(trained)) == 2


def test_the_way_back(trained: Inventory) -> None:
    key = bundling.accept(trained, "a", "b", ADA, "abgesprochen")
    for _ in range(2):  # a second click
        bundling.withdraw(trained, key, BEA, "doch nicht")
    assert decisions(trained) == []
    log = trained.rows("FROM change_log WHERE table_name = 'bundling_decision' ORDER BY change_id")
    assert [(entry["actor"], entry["reason"]) for entry in log] == [("Ada", "abgesprochen"), ("Bea", "doch nicht")]
    bundling.accept(trained, "b", "a", ADA, "andersherum")
    assert [row["bundling_decision_id"] for row in decisions(trained)] == ["b|a"]


def test_a_session_that_a_decision_names_cannot_vanish(trained: Inventory) -> None:
    bundling.accept(trained, "a", "b", ADA, "abgesprochen")
    with pytest.raises(UserError, match="reference_broken"), trained.change(TEST, Action.EDIT_RECORDS) as change:
        change.remove("session", ["b"])
    assert broken_references(trained) == []


def test_an_earlier_day_knows_it_and_takes_none(trained: Inventory) -> None:
    bundling.accept(trained, "a", "b", ADA, "abgesprochen")
    today = trained.as_of(NOW.date())
    assert [row["reason"] for row in today.rows("FROM bundling_decision")] == ["abgesprochen"]
    with pytest.raises(UserError, match="inventory_read_only"):
        bundling.accept(today, "b", "c", ADA, "abgesprochen")
