"""Groups that meet: who has a seat, and what is refused."""

from typing import Any

import pytest

from esdash.errors import UserError
from esdash.inventory import Inventory, merging
from esdash.inventory.access import Action
from esdash.inventory.steering import bodies
from tests.people import ADA, BEA, OFFICE


@pytest.fixture
def town(tiny: Inventory) -> Inventory:
    with tiny.change(OFFICE, Action.ENTER_RECORDS) as change:
        change.insert("organization", [{"organization_id": key, "name": f"Haus {key}"} for key in "abc"])
    return tiny


def test_a_group_is_entered_and_changed(town: Inventory) -> None:
    key = bodies.save(town, ADA, "  Steuerungs gruppe ", "SG", ["b", "a", "b"], quorum=2, majority="two_thirds")
    (found,) = bodies.bodies(town)
    assert found == bodies.Body(key, "Steuerungs gruppe", "SG", "steering", ("b", "a"), 2, "two_thirds", 1)
    assert bodies.save(town, ADA, "Steuerungs gruppe", "SG", ["b", "a"], quorum=2, majority="two_thirds") == key
    bodies.save(town, BEA, "Steuerungsgruppe", "SG", ["b", "a"], quorum=None, seen=found)
    assert bodies.body(town, key) == bodies.Body(
        key, "Steuerungsgruppe", "SG", "steering", ("b", "a"), None, "simple", 2
    )
    with pytest.raises(UserError, match="record_changed_meanwhile"):
        bodies.save(town, ADA, "Steuerungsrunde", "SG", ["b", "a"], seen=found)
    assert len(town.rows("FROM change_log WHERE table_name = 'body'")) == 2  # the second click changed nothing


@pytest.mark.parametrize(
    ("given", "key"),
    [
        ({"name": "  "}, "body_name"),
        ({"name": "x" * 81}, "body_name"),
        ({"short_name": ""}, "body_short_name"),
        ({"short_name": "S/G"}, "body_short_name"),
        ({"short_name": "Steuerung"}, "body_short_name"),
        ({"seats": ["a", "a"]}, "body_seats"),
        ({"seats": ["a", "z"]}, "body_organization_gone"),
        ({"quorum": 3}, "body_quorum"),
        ({"quorum": 0}, "body_quorum"),
        ({"name": "ARBEITSKREIS"}, "body_twice"),
        ({"short_name": "ak"}, "body_twice"),
    ],
)
def test_what_is_no_group(town: Inventory, given: dict[str, Any], key: str) -> None:
    bodies.save(town, ADA, "Arbeitskreis", "AK", ["a", "b"], "working_group")
    with pytest.raises(UserError) as refused:
        bodies.save(town, ADA, **{"name": "Steuerungsgruppe", "short_name": "SG", "seats": ["a", "b"], **given})
    assert refused.value.key == key
    assert [one.short_name for one in bodies.bodies(town)] == ["AK"]


def test_steering_groups_come_first(town: Inventory) -> None:
    bodies.save(town, ADA, "Arbeitskreis", "AK", ["a", "b"], "working_group")
    bodies.save(town, ADA, "Steuerungsgruppe", "SG", ["a", "c"])
    assert [one.short_name for one in bodies.bodies(town)] == ["SG", "AK"]


def test_two_seats_that_become_one_leave_a_quorum_that_can_be_met(town: Inventory) -> None:
    """Three of two would never be present; undoing the merge brings the third seat and the quorum back."""
    key = bodies.save(town, ADA, "Steuerungsgruppe", "SG", ["a", "b", "c"], quorum=3)
    other = bodies.save(town, ADA, "Arbeitskreis", "AK", ["a", "c"], quorum=1)
    merge = merging.merge(town, "organization", "a", "b", {}, ADA)
    left = {one.body_id: (one.seat_organization_ids, one.quorum) for one in bodies.bodies(town)}
    assert left == {key: (("a", "c"), 2), other: (("a", "c"), 1)}
    merging.undo_merge(town, merge, ADA)
    back = bodies.body(town, key)
    assert back and (back.seat_organization_ids, back.quorum) == (("a", "b", "c"), 3)
