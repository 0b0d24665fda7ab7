"""Answers about an offer: saved with their source, the record confirmed, nothing of anybody else overwritten."""

from __future__ import annotations

from typing import Any

import pytest

from esdash.errors import UserError
from esdash.inventory import Inventory, editing
from esdash.inventory.access import ALLOWED, Action, Role
from tests.people import ADA, BEN, TEST


@pytest.fixture
def offer(tiny: Inventory) -> Inventory:
    """One offer of which a source is known, and nothing else."""
    with tiny.change(TEST, Action.EDIT_RECORDS) as change:
        change.insert("organization", [{"organization_id": "o1", "name": "Haus A"}])
        change.insert(
            "initiative",
            [{"initiative_id": "a", "organization_id": "o1", "name": "Café", "source": "www.haus-a.example"}],
        )
    return tiny


def row(inventory: Inventory) -> dict[str, Any]:
    return inventory.rows("FROM inventory.initiative")[0]


def answer(inventory: Inventory, values: dict[str, Any], version: int, **more: Any) -> None:
    given = {"actor": ADA, "source": "Anruf", "key": editing.new_key(), **more}
    editing.answer(inventory, "a", values, version, **given)


def test_an_answer_brings_its_source_and_confirms(offer: Inventory) -> None:
    answer(offer, {"capacity": 12, "target_group_ids": ["women"]}, row(offer)["version"])
    now = row(offer)
    assert (now["capacity"], now["target_group_ids"]) == (12, ["women"])
    assert (now["source"], now["assured_on"], now["assured_by"]) == ("www.haus-a.example; Anruf", offer.today(), "Ada")
    (logged,) = offer.rows("FROM inventory.change_log WHERE table_name = 'initiative' AND actor = 'Ada'")
    assert (logged["means"], logged["reason"]) == ("form", "Anruf")  # one change, so one undo
    answer(offer, {"mode": "online"}, now["version"])
    assert row(offer)["source"] == "www.haus-a.example; Anruf"  # a second call is no second source


def test_a_place_is_saved_with_the_answers(offer: Inventory) -> None:
    place = {"street": "Hauptstraße 1", "postcode": "06844", "district_id": "02", "name": "Treff"}
    answer(offer, {"capacity": 5}, row(offer)["version"], place=place)
    (location,) = offer.rows("FROM inventory.location")
    assert (row(offer)["location_id"], location["district_id"]) == (location["location_id"], "02")


def test_what_somebody_else_entered_meanwhile_stays(offer: Inventory) -> None:
    before = row(offer)["version"]
    with offer.change(BEN, Action.EDIT_RECORDS) as change:
        change.update("initiative", [{"initiative_id": "a", "cost": "kostenfrei", "source": "Faltblatt"}])
    editing.assure(offer, "initiative", ["a"], BEN)
    answer(offer, {"capacity": 12}, before)
    now = row(offer)
    assert (now["capacity"], now["cost"], now["source"]) == (12, "kostenfrei", "Faltblatt; Anruf")
    assert now["assured_by"] == "Ada"


def test_another_answer_to_the_same_question_is_a_conflict_and_nothing_is_saved(offer: Inventory) -> None:
    before = row(offer)["version"]
    with offer.change(BEN, Action.EDIT_RECORDS) as change:
        change.update("initiative", [{"initiative_id": "a", "capacity": 20}])
    with pytest.raises(editing.Conflict) as found:
        answer(offer, {"capacity": 12, "mode": "online"}, before)
    assert [(clash.field, clash.theirs) for clash in found.value.clashes if clash.both] == [("capacity", 20)]
    assert (row(offer)["capacity"], row(offer)["mode"], row(offer)["assured_on"]) == (20, None, None)
    answer(offer, {"capacity": 12, "mode": "online"}, found.value.version)  # somebody has decided
    assert (row(offer)["capacity"], row(offer)["mode"]) == (12, "online")


def test_faults_save_nothing(offer: Inventory) -> None:
    with pytest.raises(editing.Faulty) as found:
        answer(offer, {"capacity": "viele", "mode": "online"}, row(offer)["version"])
    assert [fault.field for fault in found.value.faults] == ["capacity"]
    assert (row(offer)["mode"], row(offer)["assured_on"]) == (None, None)


@pytest.mark.parametrize("missing", [Action.CONFIRM, Action.EDIT_RECORDS])
def test_both_rights_are_asked_for(offer: Inventory, missing: Action, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ALLOWED, Role.OFFICE, frozenset(Action) - {missing})
    with pytest.raises(UserError, match="not_allowed"):
        answer(offer, {"capacity": 12}, row(offer)["version"])
    assert row(offer)["capacity"] is None


def test_nobody_knows_is_noted_with_day_and_source(offer: Inventory) -> None:
    editing.nobody_knows(offer, ["a", "gone"], ADA, "Anruf")
    now = row(offer)
    assert (now["asked_on"], now["source"], now["assured_on"]) == (offer.today(), "www.haus-a.example; Anruf", None)
