"""Attempts to reach somebody: what they change, what is refused, and a wrong entry taken back."""

from datetime import date, timedelta
from typing import Any

import pytest

from esdash.errors import UserError
from esdash.inventory import Inventory
from esdash.inventory.access import Action
from esdash.inventory.editing import attempts
from tests.conftest import NOW
from tests.people import ADA

TODAY = NOW.date()
EARLIER = date(2026, 11, 1)


@pytest.fixture
def town(tiny: Inventory) -> Inventory:
    with tiny.change(ADA, Action.ENTER_RECORDS) as change:
        change.insert("organization", [{"organization_id": "o", "name": "Verein"}])
        person = {"name": "Ada Zaubermann", "consent_scope": "internal", "last_reached_on": EARLIER}
        change.insert("contact", [{"contact_id": "c", "organization_id": "o", "role": "Büro", **person}])
        change.insert("contact_point", [{"contact_point_id": "p", "organization_id": "o", "name": "Laden"}])
    return tiny


def note(town: Inventory, on: date = TODAY, outcome: Any = "reached", of: Any = "contact", **more: Any) -> str:
    key = "c" if of == "contact" else "p"
    said = {"by_role": "Projektbüro", "actor": ADA, **more}
    return attempts.note(town, of, key, on, "phone", outcome, **said)


def reached(town: Inventory) -> date:
    found: date = town.value("SELECT last_reached_on FROM contact WHERE contact_id = 'c'")
    return found


def noted(town: Inventory) -> list[tuple[Any, ...]]:
    return [
        tuple(row.values())
        for row in town.rows("SELECT * EXCLUDE (contact_attempt_id, version) FROM contact_attempt ORDER BY ALL")
    ]


def test_who_was_reached_has_that_day_in_the_same_transaction(town: Inventory) -> None:
    note(town, by_role="  Projekt\nbüro ")
    assert reached(town) == TODAY
    assert noted(town) == [("c", None, TODAY, "phone", "reached", "Projekt büro")]
    log = town.rows(
        "SELECT DISTINCT changed_at, actor FROM change_log WHERE table_name IN ('contact_attempt', 'contact')"
    )
    assert len(log) <= 2


@pytest.mark.parametrize(
    ("on", "outcome", "then"),
    [
        (TODAY, "no_answer", EARLIER),
        (TODAY, "bounced", EARLIER),
        (EARLIER - timedelta(days=1), "reached", EARLIER),  # somebody reached them later
        (EARLIER + timedelta(days=1), "reached", EARLIER + timedelta(days=1)),
    ],
)
def test_the_day_grows_only(town: Inventory, on: date, outcome: str, then: date) -> None:
    note(town, on, outcome)
    assert reached(town) == then


def test_a_contact_point_is_tried_by_its_own_phone(town: Inventory) -> None:
    note(town, of="contact_point", outcome="no_answer")
    assert noted(town) == [(None, "p", TODAY, "phone", "no_answer", "Projektbüro")]
    assert reached(town) == EARLIER


def test_a_double_click_notes_once(town: Inventory) -> None:
    assert note(town, key="k") == note(town, key="k") == "k"
    assert len(noted(town)) == 1


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ({"on": TODAY + timedelta(days=1)}, "attempt_in_future"),
        ({"by_role": " "}, "attempt_needs_role"),
        ({"by_role": "Ada Zaubermann"}, "names_person"),
    ],
)
def test_what_is_refused(town: Inventory, said: dict[str, Any], key: str) -> None:
    with pytest.raises(UserError) as refused:
        note(town, **said)
    assert refused.value.key == key and noted(town) == []


def test_nobody_tries_who_is_archived_or_gone(town: Inventory) -> None:
    with town.change(ADA, Action.ARCHIVE) as change:
        change.update("contact", [{"contact_id": "c", "status": "archived"}])
    for key in ("c", "gone"):
        with pytest.raises(UserError) as refused:
            attempts.note(town, "contact", key, TODAY, "phone", "reached", "Büro", ADA)
        assert refused.value.key == "attempt_of_nobody"


def test_a_wrong_entry_is_taken_back_with_the_day_that_it_set(town: Inventory) -> None:
    attempt = note(town)
    attempts.take_back(town, attempt, ADA)
    attempts.take_back(town, attempt, ADA)  # a second click
    assert (reached(town), noted(town)) == (EARLIER, [])


def test_another_attempt_of_between_holds(town: Inventory) -> None:
    last = note(town, TODAY)
    note(town, TODAY - timedelta(days=3))  # entered later, but earlier than the last
    attempts.take_back(town, last, ADA)
    assert reached(town) == TODAY - timedelta(days=3)


def test_two_of_one_day_and_one_taken_back_leave_the_day(town: Inventory) -> None:
    note(town)
    attempts.take_back(town, note(town), ADA)
    assert reached(town) == TODAY
    town_first = town.value("SELECT contact_attempt_id FROM contact_attempt")
    attempts.take_back(town, town_first, ADA)
    assert reached(town) == EARLIER


@pytest.mark.parametrize("turned", [False, True])
def test_attempts_taken_back_in_any_order_leave_no_day(town: Inventory, turned: bool) -> None:
    first, last = note(town, TODAY - timedelta(days=3)), note(town, TODAY)
    for attempt in (last, first) if turned else (first, last):
        attempts.take_back(town, attempt, ADA)
    assert (reached(town), noted(town)) == (EARLIER, [])


def test_a_day_entered_by_hand_since_stays(town: Inventory) -> None:
    attempt = note(town, TODAY - timedelta(days=2))
    with town.change(ADA, Action.EDIT_RECORDS) as change:
        change.update("contact", [{"contact_id": "c", "last_reached_on": TODAY}])
    attempts.take_back(town, attempt, ADA)
    assert reached(town) == TODAY


def test_an_attempt_without_answer_taken_back_changes_no_day(town: Inventory) -> None:
    attempts.take_back(town, note(town, outcome="bounced"), ADA)
    assert (reached(town), noted(town)) == (EARLIER, [])
