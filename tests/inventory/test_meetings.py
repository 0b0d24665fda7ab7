"""Meetings are planned, changed, cancelled and begun."""

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import pytest

from esdash.errors import UserError
from esdash.inventory import Inventory
from esdash.inventory.steering import bodies
from esdash.inventory.steering.meetings import meetings
from esdash.inventory.steering.meetings.meetings import Plan, Present
from tests.inventory.meetings import THERE, run, set_up
from tests.people import ADA, BEA

TODAY = date(2026, 11, 22)


def row(inventory: Inventory, meeting: str) -> dict[str, Any]:
    return inventory.rows("FROM meeting WHERE meeting_id = $id", id=meeting)[0]


def test_the_number_counts_the_meetings_of_a_group_in_a_year(tiny: Inventory) -> None:
    body = set_up(tiny)
    other = bodies.save(tiny, ADA, "Arbeitsgruppe", "AG", ("a", "b"), "working_group")
    days = [TODAY, TODAY - timedelta(days=1), date(2025, 12, 30)]
    ids = [meetings.plan(tiny, ADA, body, Plan(f"Sitzung {n}", TODAY)) for n in range(3)]
    numbers = [meetings.begin(tiny, ADA, key, THERE, day) for key, day in zip(ids, days, strict=True)]
    assert numbers == ["SG/001/2026", "SG/002/2026", "SG/001/2025"]
    beside = meetings.plan(tiny, ADA, other, Plan("Treffen", TODAY))
    assert meetings.begin(tiny, ADA, beside, Present()) == "AG/001/2026"
    assert row(tiny, beside)["present_organization_ids"] is None  # nobody noted is unknown, not nobody
    assert meetings.begin(tiny, BEA, ids[0], Present()) == "SG/001/2026"  # a second click
    assert row(tiny, ids[0])["present_organization_ids"] == ["a", "b", "c"]


def test_a_cancelled_meeting_has_no_number_and_leaves_none_out(tiny: Inventory) -> None:
    body = set_up(tiny)
    first, second = (meetings.plan(tiny, ADA, body, Plan(name, TODAY)) for name in ("Eins", "Zwei"))
    meetings.cancel(tiny, ADA, first, "Glatteis")
    meetings.cancel(tiny, ADA, first, "Glatteis")
    with pytest.raises(UserError, match="meeting_cancelled"):
        meetings.begin(tiny, ADA, first, THERE)
    assert (row(tiny, first)["number"], row(tiny, first)["version"]) == (None, 2)
    assert meetings.begin(tiny, ADA, second, THERE) == "SG/001/2026"
    with pytest.raises(UserError, match="meeting_begun_already"):
        meetings.cancel(tiny, ADA, second, "zu spät")


def test_planning_twice_is_one_meeting_and_the_next_one_is_the_first_to_come(tiny: Inventory) -> None:
    body = set_up(tiny)
    assert meetings.next_of(tiny) is None
    later = meetings.plan(tiny, ADA, body, Plan("Später", TODAY + timedelta(days=9)))
    soon = meetings.plan(tiny, ADA, body, Plan(" Bald ", TODAY, time(15), time(17), None, "Projektleitung", " "))
    assert meetings.plan(tiny, BEA, body, Plan("Bald", TODAY)) == soon
    found = meetings.next_of(tiny, body)
    assert found and (found["meeting_id"], found["chair_role"], found["minutes_role"]) == (soon, "Projektleitung", None)
    meetings.begin(tiny, ADA, soon, THERE)
    found = meetings.next_of(tiny)
    assert found and found["meeting_id"] == later


def test_two_people_change_a_meeting(tiny: Inventory) -> None:
    meeting = meetings.plan(tiny, ADA, set_up(tiny), Plan("Bald", TODAY))
    meetings.change(tiny, ADA, meeting, Plan("Bald", TODAY, time(16)), version=1)
    meetings.change(tiny, ADA, meeting, Plan("Bald", TODAY, time(16)), version=1)  # a second click
    with pytest.raises(UserError, match="record_changed_meanwhile"):
        meetings.change(tiny, BEA, meeting, Plan("Bald", TODAY, time(17)), version=1)
    assert row(tiny, meeting)["begins"] == time(16)


def test_who_is_there_changes_while_the_meeting_runs(tiny: Inventory) -> None:
    meeting, _ = run(tiny)
    meetings.attend(tiny, ADA, meeting, Present(("a", "b", "c", "d")))
    assert row(tiny, meeting)["present_organization_ids"] == ["a", "b", "c", "d"]
    with pytest.raises(UserError, match="meeting_no_seat"):
        meetings.attend(tiny, ADA, meeting, Present(("a",), ("a",)))


REFUSED: dict[str, Callable[[Inventory, str], Any]] = {
    "meeting_needs_name": lambda i, body: meetings.plan(i, ADA, body, Plan("  ", TODAY)),
    "meeting_in_the_past": lambda i, body: meetings.plan(i, ADA, body, Plan("Alt", TODAY - timedelta(days=1))),
    "meeting_ends_before": lambda i, body: meetings.plan(i, ADA, body, Plan("Rückwärts", TODAY, time(17), time(15))),
    "names_person": lambda i, body: meetings.plan(i, ADA, body, Plan("X", TODAY, chair_role="käthe  MÖLLER")),
    "meeting_gone": lambda i, body: meetings.begin(i, ADA, "m?", THERE),
    "meeting_to_come": lambda i, body: meetings.begin(
        i, ADA, meetings.plan(i, ADA, body, Plan("Bald", TODAY + timedelta(days=1))), THERE
    ),
    "meeting_no_seat": lambda i, body: meetings.begin(
        i, ADA, meetings.plan(i, ADA, body, Plan("Bald", TODAY)), Present(("z",))
    ),
    "meeting_cancel_reason": lambda i, body: meetings.cancel(i, ADA, "m", " "),
    "meeting_not_begun": lambda i, body: meetings.attend(
        i, ADA, meetings.plan(i, ADA, body, Plan("Bald", TODAY)), THERE
    ),
}


def test_what_is_refused_changes_nothing(tiny: Inventory) -> None:
    body = set_up(tiny)
    for key, attempt in REFUSED.items():
        with pytest.raises(UserError, match=f"^{key}"):
            attempt(tiny, body)
        assert tiny.rows("FROM meeting WHERE number IS NOT NULL OR name NOT LIKE 'Bald%'") == []
