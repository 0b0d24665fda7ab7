"""METHODS M18: whom one asks at a contact point today, whether it was reached, and why it may not be printed."""

from datetime import timedelta
from typing import Any

import pytest

from esdash.analysis.contact_points import points
from esdash.inventory import Inventory
from esdash.inventory.access import Action
from tests.conftest import NOW
from tests.people import ADA

TODAY = NOW.date()  # Sunday, 22 November 2026


def ago(days: int) -> str:
    return f"{TODAY - timedelta(days=days):%Y-%m-%d}"


# What makes contact `c` printable: each test changes one thing. The half-life is 90 days.
GOOD = {"status": "active", "phone": "+49 340 1", "email": "c@example.org", "consent_scope": "public"} | {
    "assured_on": ago(90),
    "last_reached_on": ago(90),
}


def written(
    town: Inventory,
    contact: dict[str, Any] | None = None,
    point: dict[str, Any] | None = None,
    deputy: dict[str, Any] | None = None,
    attempts: list[tuple[str, int, str]] = (),  # type: ignore[assignment]  # of whom, how many days ago, outcome
) -> dict[str, Any]:
    """A contact point with its contact `c` and deputy `d`, written and read back."""
    with town.change(ADA, Action.EDIT_RECORDS) as change:
        change.insert("organization", [{"organization_id": "o", "name": "Verein"}])
        for key, said in (("c", contact), ("d", deputy)):
            if said is not None:
                mine = {**GOOD, "role": f"Büro {key}", **said}
                change.insert("contact", [{"contact_id": key, "organization_id": "o", **mine}])
        own = {
            "status": "active",
            "assured_on": ago(90),
            "contact_id": None if contact is None else "c",
            **(point or {}),
        }
        change.insert("contact_point", [{"contact_point_id": "p", "organization_id": "o", "name": "Laden", **own}])
        for number, (whom, days, outcome) in enumerate(attempts):
            of = {"contact_point_id": "p"} if whom == "p" else {"contact_id": whom}
            said = {"attempted_on": ago(days), "channel": "phone", "outcome": outcome, "by_role": "Büro"}
            change.insert("contact_attempt", [{"contact_attempt_id": f"a{number}", **of, **said}])
    found = points.point(town, "p")
    assert found is not None
    return found


def test_all_is_well_on_the_last_day_of_the_half_life(town: Inventory) -> None:
    found = written(town, {})
    said = ("via", "contact_id", "role", "person", "phone", "email", "reach", "unprintable", "attempts")
    assert [found[name] for name in said] == [
        *("contact", "c", "Büro c", None, "+49 340 1", "c@example.org", "reached", [], 0)
    ]
    assert f"{found['reached_on']:%Y-%m-%d}" == ago(90)


def test_a_wrong_number_is_wrong_since_it_was_found_to_be(town: Inventory) -> None:
    found = written(town, {}, attempts=[("c", 20, "bounced"), ("c", 2, "no_answer")])
    assert (found["reach"], f"{found['tried_on']:%Y-%m-%d}", found["attempts"]) == ("bounced", ago(20), 2)


@pytest.mark.parametrize(
    ("contact", "point", "why"),
    [
        ({"status": "archived"}, {}, ["archived"]),
        ({"absences": [{"first_day": ago(3), "last_day": ago(0), "reason": "Urlaub"}]}, {}, ["absent"]),
        ({"absences": [{"first_day": ago(3), "last_day": None, "reason": None}]}, {}, ["absent"]),
        ({"absences": [{"first_day": ago(9), "last_day": ago(1), "reason": None}]}, {}, []),
        ({"absences": [{"first_day": ago(-1), "last_day": None, "reason": None}]}, {}, []),
        ({"consent_scope": "internal"}, {}, ["no_consent"]),
        ({"consent_scope": None}, {}, ["no_consent"]),
        ({"consent_until": ago(1)}, {}, ["no_consent"]),
        ({"consent_until": ago(0)}, {}, []),
        ({"phone": None, "email": None}, {}, ["no_way"]),
        ({"phone": None}, {}, []),
        ({"assured_on": None}, {}, ["never_confirmed"]),
        ({"assured_on": ago(91)}, {}, ["confirmed_long_ago"]),
        ({"last_reached_on": None}, {}, ["never_reached"]),
        ({"last_reached_on": ago(91)}, {}, ["reached_long_ago"]),
        ({}, {"status": "paused"}, ["not_active"]),
        ({}, {"assured_on": None}, ["point_never_confirmed"]),
        ({}, {"assured_on": ago(91)}, ["point_confirmed_long_ago"]),
        (
            {"consent_scope": None, "assured_on": None, "last_reached_on": None},
            {"assured_on": None},
            ["point_never_confirmed", "no_consent", "never_confirmed", "never_reached"],
        ),
    ],
)
def test_every_reason_against_printing(
    town: Inventory, contact: dict[str, Any], point: dict[str, Any], why: list[str]
) -> None:
    assert written(town, contact, point)["unprintable"] == why


@pytest.mark.parametrize(
    ("attempts", "reached", "state", "why"),
    [
        ([("c", 5, "reached")], 5, "reached", []),
        ([("c", 95, "reached")], 90, "reached", []),  # the day of the contact is later
        ([("c", 5, "no_answer"), ("c", 4, "no_answer")], 90, "reached", []),
        ([("c", day, "no_answer") for day in (5, 4, 3)], 90, "silent", ["silent"]),
        ([("c", day, "no_answer") for day in (99, 98, 97)], 90, "reached", []),  # before it was reached
        ([*(("c", day, "no_answer") for day in (5, 4, 3)), ("c", 3, "reached")], 3, "reached", []),  # of that very day
        ([("c", 5, "bounced")], 90, "bounced", ["bounced"]),
        ([("c", 5, "wrong")], 90, "bounced", ["bounced"]),
        ([("c", 5, "refused")], 90, "bounced", ["bounced"]),
        ([("c", 5, "bounced"), ("c", 5, "reached")], 5, "reached", []),  # the mail bounced, the phone was answered
        ([("c", 5, "reached"), ("c", 4, "bounced")], 5, "bounced", ["bounced"]),
        ([("d", 5, "bounced"), ("p", 5, "bounced")], 90, "reached", []),  # of others
    ],
)
def test_attempts_since_the_day_it_was_reached(
    town: Inventory, attempts: list[tuple[str, int, str]], reached: int, state: str, why: list[str]
) -> None:
    found = written(town, {}, deputy={}, attempts=attempts)
    assert (f"{found['reached_on']:%Y-%m-%d}", found["reach"], found["unprintable"]) == (ago(reached), state, why)


AWAY = {"absences": [{"first_day": ago(1), "last_day": ago(-5), "reason": "Urlaub"}], "deputy_contact_id": "d"}


def test_the_deputy_answers_for_a_contact_who_is_away(town: Inventory) -> None:
    found = written(town, AWAY, deputy={"phone": "+49 340 2"})
    said = ("via", "contact_id", "role", "phone", "unprintable", "named_role", "named_there")
    assert [found[name] for name in said] == ["deputy", "d", "Büro d", "+49 340 2", [], "Büro c", False]


@pytest.mark.parametrize(
    ("deputy", "via", "why"),
    [
        ({"consent_scope": None}, "deputy", ["no_consent"]),
        ({"last_reached_on": ago(91)}, "deputy", ["reached_long_ago"]),
        ({"status": "archived"}, "contact", ["absent"]),
        ({"absences": AWAY["absences"]}, "contact", ["absent"]),
    ],
)
def test_a_deputy_who_does_not_help(town: Inventory, deputy: dict[str, Any], via: str, why: list[str]) -> None:
    found = written(town, AWAY, deputy=deputy)
    assert (found["via"], found["unprintable"]) == (via, why)


def test_an_archived_contact_is_followed_by_the_deputy_too(town: Inventory) -> None:
    assert written(town, {"status": "archived", "deputy_contact_id": "d"}, deputy={})["via"] == "deputy"


OWN = {"phone": "+49 340 9"}


@pytest.mark.parametrize(
    ("contact", "attempts", "via", "phone", "why"),
    [
        (None, [("p", 5, "reached")], "place", "+49 340 9", []),
        (None, [], "place", "+49 340 9", ["never_reached"]),
        (None, [("p", 91, "reached")], "place", "+49 340 9", ["reached_long_ago"]),
        (None, [("p", 5, "reached"), ("p", 4, "wrong")], "place", "+49 340 9", ["bounced"]),
        (None, [("p", day, "no_answer") for day in (5, 4, 3)], "place", "+49 340 9", ["silent"]),
        ({}, [], "contact", "+49 340 1", []),
        ({}, [("p", 4, "bounced")], "contact", "+49 340 1", []),
        ({"consent_scope": None}, [("p", 5, "reached")], "place", "+49 340 9", []),
        ({"consent_scope": None}, [], "contact", "+49 340 9", ["no_consent"]),  # asked is still the function
    ],
)
def test_a_place_with_a_phone_of_its_own(
    town: Inventory,
    contact: dict[str, Any] | None,
    attempts: list[tuple[str, int, str]],
    via: str,
    phone: str,
    why: list[str],
) -> None:
    found = written(town, contact, OWN, attempts=attempts)
    assert (found["via"], found["phone"], found["unprintable"]) == (via, phone, why)


def test_without_contact_and_phone_there_is_no_way(town: Inventory) -> None:
    found = written(town)
    assert (found["via"], found["phone"], found["unprintable"]) == ("place", None, ["no_way"])


def test_a_person_is_named_only_with_consent_of_today(town: Inventory) -> None:
    assert written(town, {"name": "Ada Zaubermann"})["person"] == "Ada Zaubermann"
    with town.change(ADA, Action.EDIT_RECORDS) as change:
        change.update("contact", [{"contact_id": "c", "consent_scope": "internal"}])
    found = points.point(town, "p") or {}
    assert (found["role"], found["person"], found["phone"], found["email"]) == ("Büro c", None, None, None)
    assert found["unprintable"] == ["no_consent"]


def test_a_past_day_is_what_was_known_on_it(town: Inventory) -> None:
    long_ago = NOW - timedelta(days=10)
    with town.change(ADA, Action.EDIT_RECORDS, at=long_ago) as change:
        change.insert("organization", [{"organization_id": "o", "name": "Verein"}])
        change.insert("contact", [{"contact_id": "c", "organization_id": "o", "role": "Büro", **GOOD}])
        said = {"assured_on": ago(90), "contact_id": "c", "organization_id": "o", "name": "Laden"}
        change.insert("contact_point", [{"contact_point_id": "p", **said}])
    with town.change(ADA, Action.EDIT_RECORDS) as change:
        tried = {"channel": "mail", "outcome": "bounced", "by_role": "Büro", "attempted_on": ago(1)}
        change.insert("contact_attempt", [{"contact_attempt_id": "a", "contact_id": "c", **tried}])
    then = points.point(town.as_of(TODAY - timedelta(days=5)), "p") or {}
    assert (then["reach"], then["attempts"], then["unprintable"]) == ("reached", 0, [])
    now = points.point(town, "p") or {}
    assert (now["reach"], now["attempts"], now["unprintable"]) == ("bounced", 1, ["bounced"])


def test_every_contact_point_is_listed_by_name_whatever_its_status(town: Inventory) -> None:
    with town.change(ADA, Action.EDIT_RECORDS) as change:
        change.insert("organization", [{"organization_id": "o", "name": "Verein"}])
        change.insert("location", [{"location_id": "l", "name": "Haus", "district_id": "01", "directions": "Hof"}])
        for name, status in (("Zoo", "active"), ("Öde", "archived"), ("Markt", "paused")):
            own = {"organization_id": "o", "name": name, "status": status, "location_id": "l"}
            change.insert("contact_point", [{"contact_point_id": name, **own}])
    found = points.points(town)
    assert found["name"].tolist() == ["Markt", "Öde", "Zoo"]
    assert set(found["district_id"]) == {"01"} and set(found["directions"]) == {"Hof"}
