"""Marks of the survey and proposals: who, when, why; all or nothing; a second click changes nothing."""

from __future__ import annotations

import json
from datetime import date

import pytest

from esdash.errors import UserError
from esdash.inventory import Inventory
from esdash.inventory.access import Action, Actor
from esdash.inventory.steering import proposing, surveying
from tests.conftest import NOW
from tests.people import ADA

CELLS = [("german_courses", "01"), ("homework", "02")]
TODAY = NOW.date()


def surveys(inventory: Inventory) -> dict[str, dict]:
    return {row["survey_id"]: row for row in inventory.rows("FROM inventory.survey")}


def log_length(inventory: Inventory) -> int:
    return inventory.value("SELECT count(*) FROM inventory.change_log")


def test_several_cells_are_surveyed_at_once(tiny: Inventory) -> None:
    surveying.mark(tiny, CELLS, "surveyed", ADA, method="Anruf")
    found = surveys(tiny)
    assert set(found) == {"german_courses|01", "homework|02"}
    for row in found.values():
        assert (row["state"], row["surveyed_on"], row["surveyed_by"], row["method"]) == (
            "surveyed",
            TODAY,
            "Ada",
            "Anruf",
        )
    before = log_length(tiny)
    surveying.mark(tiny, CELLS, "surveyed", ADA, method="Anruf")
    assert log_length(tiny) == before


def test_not_applicable_needs_a_reason_and_goes_over_a_mark(tiny: Inventory) -> None:
    surveying.mark(tiny, CELLS[:1], "surveyed", ADA)
    with pytest.raises(UserError) as caught:
        surveying.mark(tiny, CELLS[:1], "not_applicable", ADA, reason="  ")
    assert caught.value.key == "survey_needs_reason"
    surveying.mark(tiny, CELLS[:1], "not_applicable", Actor("Bo"), reason="Dort wohnt niemand.")
    row = surveys(tiny)["german_courses|01"]
    assert (row["state"], row["reason"], row["surveyed_by"], row["version"]) == (
        "not_applicable",
        "Dort wohnt niemand.",
        "Bo",
        2,
    )


def test_a_mark_is_taken_back(tiny: Inventory) -> None:
    surveying.mark(tiny, CELLS, "surveyed", ADA)
    surveying.mark(tiny, CELLS[1:], "not_surveyed", ADA)
    assert set(surveys(tiny)) == {"german_courses|01"}


@pytest.mark.parametrize("cell", [("no_theme", "01"), ("homework", "99")])
def test_nothing_is_kept_where_one_cell_is_wrong(tiny: Inventory, cell: tuple[str, str]) -> None:
    with pytest.raises(UserError):
        surveying.mark(tiny, [*CELLS, cell], "surveyed", ADA)
    assert surveys(tiny) == {}


def test_nobody_has_looked_tomorrow(tiny: Inventory) -> None:
    with pytest.raises(UserError) as caught:
        surveying.mark(tiny, CELLS, "surveyed", ADA, surveyed_on=date(2026, 11, 23))
    assert caught.value.key == "survey_in_the_future"
    assert surveys(tiny) == {}


def test_a_proposal_keeps_the_figures_of_its_day(tiny: Inventory) -> None:
    item = "gap|homework|01"
    proposing.propose(tiny, item, {"places_needed": 12.5}, ADA, "Viele Anfragen")
    proposing.propose(tiny, item, {"places_needed": 99}, Actor("Bo"), "noch einmal")
    (row,) = tiny.rows("FROM inventory.priority_item")
    assert json.loads(row["evidence"]) == {
        "by": "Ada",
        "on": "2026-11-22",
        "reason": "Viele Anfragen",
        "figures": {"places_needed": 12.5},
    }
    assert (row["origin"], f"{row['listed_on']}", row["listed_by"]) == ("gap", "2026-11-22", "Ada")
    proposing.withdraw(tiny, item, ADA)
    assert tiny.rows("FROM inventory.priority_item") == []


def test_a_withdrawn_proposal_leaves_what_people_decided(tiny: Inventory) -> None:
    item = "gap|homework|01"
    with tiny.change(ADA, Action.EDIT_RECORDS) as change:
        change.insert("priority_item", [{"priority_item_id": "p", "finding_id": item, "measure": "Raum suchen"}])
    proposing.propose(tiny, item, {}, ADA, "Viele Anfragen")
    proposing.withdraw(tiny, item, ADA)
    (row,) = tiny.rows("FROM inventory.priority_item")
    assert (row["measure"], row["evidence"], row["listed_on"]) == ("Raum suchen", None, None)


@pytest.mark.parametrize("item", ["gap|no|01", "gap|homework|99", "gap|homework", "x|homework|01", "", "gap|a|b|c"])
def test_a_proposal_of_nothing(tiny: Inventory, item: str) -> None:
    with pytest.raises(UserError) as caught:
        proposing.propose(tiny, item, {}, ADA, "weil")
    assert caught.value.key == "proposal_unknown"


def test_a_proposal_says_why(tiny: Inventory) -> None:
    with pytest.raises(UserError) as caught:
        proposing.propose(tiny, "gap|homework|01", {}, ADA, " ")
    assert caught.value.key == "proposal_needs_reason"
