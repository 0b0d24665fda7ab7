"""Marks of the survey: who, when, how; all or nothing; a second click changes nothing."""

from __future__ import annotations

from datetime import date

import pytest

from esdash.errors import UserError
from esdash.inventory import Inventory
from esdash.inventory.access import Actor
from esdash.inventory.steering import surveying
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
