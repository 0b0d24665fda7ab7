"""Which dates a calendar gets, and what it does not know of them."""

from __future__ import annotations

from datetime import date, time

from esdash.analysis.trainings import calendar
from esdash.inventory import Inventory
from esdash.inventory.access import Action
from tests.analysis.training_entries import enter, session
from tests.people import TEST


def test_dates_with_all_that_a_calendar_says(town: Inventory) -> None:
    enter(town, session("b", starts_on="2026-12-08"), session("a", name="Grundkurs"))
    first, second = calendar.sessions(town)
    assert (first["session_id"], second["session_id"]) == ("a", "b")  # by date
    assert (first["course"], first["organization"], first["place"]) == ("Grundkurs", "Verein 1", "Haus")
    assert (first["starts_on"], first["begins"], first["free"]) == (date(2026, 12, 7), time(9), 7)  # of ten seats
    assert first["version"] == 1
    assert first["changed_at"].date() == town.today()


def test_unknown_seats_are_not_none_free(town: Inventory) -> None:
    enter(town, session("a", seats=None), session("b", booked=None), session("c", seats=5, booked=6))
    assert [row["free"] for row in calendar.sessions(town)] == [None, None, 0]


def test_what_is_called_off_stays_in_and_what_is_archived_goes(town: Inventory) -> None:
    enter(town, session("a", status="cancelled"), session("b", status="archived"), session("c", status="held"))
    assert [row["session_id"] for row in calendar.sessions(town)] == ["a", "c"]


def test_a_selection(town: Inventory) -> None:
    enter(town, session("a"), session("b"), session("c"))
    assert [row["session_id"] for row in calendar.sessions(town, {"c", "a"})] == ["a", "c"]
    assert calendar.sessions(town, set()) == []


def test_a_change_counts_up(town: Inventory) -> None:
    enter(town, session("a"))
    with town.change(TEST, Action.EDIT_RECORDS) as change:
        change.update("session", [{"session_id": "a", "starts_on": "2026-12-14"}])
    (row,) = calendar.sessions(town)
    assert (row["version"], row["starts_on"]) == (2, date(2026, 12, 14))
