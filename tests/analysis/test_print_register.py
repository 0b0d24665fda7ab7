"""METHODS M23: what has changed since a print, who is to be confirmed first, and who is not on the paper.

Today is Sunday, 22 November 2026; a confirmation and a contact that was reached hold 90 days.
"""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from esdash.analysis.leaflet import contacts
from esdash.analysis.prints import past, planning, register
from esdash.inventory import Inventory, merging
from esdash.inventory.access import Action
from esdash.inventory.privacy.erasure import erase
from esdash.inventory.steering import prints
from esdash.inventory.steering.prints import Place, Print
from tests.analysis.conftest import opened
from tests.conftest import NOW
from tests.people import ADA

TODAY = NOW.date()


def ago(days: int) -> str:
    return f"{TODAY - timedelta(days=days):%Y-%m-%d}"


@pytest.fixture
def lists(town: Inventory) -> Inventory:
    fill(town)
    return town


def fill(town: Inventory) -> None:
    """Six contact points for volunteers, all of which may be printed, each with a contact of its own."""
    with town.change(ADA, Action.EDIT_RECORDS) as change:
        change.insert("organization", [{"organization_id": "o", "name": "Verein"}])
        change.insert("location", [{"location_id": key, "name": f"Haus {key}", "district_id": "01"} for key in "kl"])
        for number, key in enumerate("abcdef"):
            said = {"role": f"Büro {key}", "name": f"Vorname Name{key}", "phone": f"0340 55501{number}"}
            said |= {"consent_scope": "public", "assured_on": ago(10), "last_reached_on": ago(10)}
            change.insert("contact", [{"contact_id": key, "organization_id": "o", **said}])
            point = {"contact_point_id": f"p{key}", "organization_id": "o", "contact_id": key, "name": f"Laden {key}"}
            point |= {"audiences": ["volunteers"], "location_id": "k", "assured_on": ago(10)}
            change.insert("contact_point", [point])


def edit(inventory: Inventory, table: str, key: str, **fields: Any) -> None:
    with inventory.change(ADA, Action.EDIT_RECORDS) as change:
        change.update(table, [{f"{table}_id": key, **fields}])


def attempt(inventory: Inventory, contact_id: str, outcome: str) -> None:
    with inventory.change(ADA, Action.EDIT_RECORDS) as change:
        said = {"attempted_on": TODAY, "channel": "mail", "outcome": outcome, "by_role": "Büro"}
        change.insert("contact_attempt", [{"contact_attempt_id": f"a{contact_id}", "contact_id": contact_id, **said}])


def entered(inventory: Inventory, key: str = "r", **other: Any) -> None:
    shown, salt = contacts.printable(inventory), prints.new_salt()
    said = {"kind": "flyer", "audience": "volunteers", "language_id": "fa", "as_of": TODAY, "printed_on": TODAY}
    said |= {"valid_to": contacts.valid_to(shown, TODAY), "printed_by": "Projektbüro", "copies": 100}
    said |= {"places": (Place(40, "k"), Place(20, "l"), Place(30, None, "Theke im Rathaus"))}
    marks = tuple(contacts.printed(shown, "flyer", salt))
    prints.record(inventory, Print(**{**said, "printed": marks, "salt": salt, **other}), ADA, key)


def states(inventory: Inventory, key: str = "r") -> dict[str, tuple[str, tuple[str, ...]]]:
    printed = register.one(inventory, key)
    assert printed is not None
    return {one.contact_point_id: (one.state, one.why) for one in printed.contacts}


def test_on_its_day_a_print_is_right(lists: Inventory) -> None:
    entered(lists)
    (printed,) = register.register(lists)
    assert printed.standing == "right"
    assert printed.counts == dict.fromkeys(register.STATES, 0) | {"same": 6}
    assert [(place.name, place.copies) for place in printed.places] == [
        ("Haus k", 40),
        ("Haus l", 20),
        ("Theke im Rathaus", 30),
    ]
    assert printed.in_office == 10  # 100 − 40 − 20 − 30
    assert printed.valid_to == date(2027, 2, 10)  # 90 days after 12 November


def test_revoked_today_is_gone_from_the_print_of_today_and_named_by_the_register(lists: Inventory) -> None:
    entered(lists)
    edit(lists, "contact", "a", consent_scope="internal")  # revoked today
    edit(lists, "contact_point", "pb", status="archived")
    attempt(lists, "c", "bounced")
    edit(lists, "contact", "d", phone="0340 555099")
    edit(lists, "contact_point", "pe", assured_on=ago(91))
    assert [one.contact_point_id for one in contacts.printable(lists)] == ["pd", "pf"]
    assert states(lists) == {
        "pa": ("revoked", ("withdrawn",)),
        "pb": ("gone", ("not_active",)),
        "pc": ("wrong", ("bounced",)),
        "pd": ("changed", ()),
        "pe": ("unsure", ("point_confirmed_long_ago",)),
        "pf": ("same", ()),
    }
    (printed,) = register.misleading(lists)
    assert printed.standing == "false" and sum(printed.counts.values()) == 6
    assert [one.print_run_id for one in register.lying_with(lists, "pa")] == ["r"]
    assert [one.contact_point_id for one in planning.missing(lists, contacts.printable(lists), "volunteers")] == [
        *("pa", "pc", "pe")
    ]
    assert planning.candidates(lists, "volunteers") == 5  # the archived one is no candidate: 2 printed and 3 not


def test_the_place_itself_answers_now_but_the_paper_names_who_withdrew(lists: Inventory) -> None:
    entered(lists)
    edit(lists, "contact_point", "pa", phone="0340 555000")
    with lists.change(ADA, Action.EDIT_RECORDS) as change:
        said = {"attempted_on": TODAY, "channel": "phone", "outcome": "reached", "by_role": "Büro"}
        change.insert("contact_attempt", [{"contact_attempt_id": "a", "contact_point_id": "pa", **said}])
    assert states(lists)["pa"] == ("same", ())
    edit(lists, "contact", "a", consent_scope=None)
    assert "pa" in {one.contact_point_id for one in contacts.printable(lists)}  # by the phone of the place
    assert states(lists)["pa"] == ("revoked", ("withdrawn",))


def test_consent_that_ends_tomorrow_is_revoked_the_day_after(lists: Inventory) -> None:
    entered(lists)
    edit(lists, "contact", "a", consent_until=TODAY)
    assert states(lists)["pa"] == ("same", ())
    edit(lists, "contact", "a", consent_until=TODAY - timedelta(days=1))
    assert states(lists)["pa"] == ("revoked", ("withdrawn",))


def test_an_erased_person_is_said_and_the_places_stay(town_file: bytes, tmp_path: Path) -> None:
    for inventory in opened(town_file, tmp_path):  # of its own: an erasure writes the file anew
        fill(inventory)
        entered(inventory)
        erase(inventory, "a", ADA, "Wunsch")
        assert states(inventory)["pa"] == ("revoked", ("erased",))
        assert [place.copies for place in register.register(inventory)[0].places] == [40, 20, 30]


def test_an_absence_is_no_reason_to_collect_and_a_deputy_is_a_change(lists: Inventory) -> None:
    entered(lists)
    away = [{"first_day": ago(1), "last_day": f"{TODAY + timedelta(days=9)}", "reason": "Urlaub"}]
    edit(lists, "contact", "a", absences=away)
    assert states(lists)["pa"] == ("unsure", ("absent",))
    edit(lists, "contact", "a", deputy_contact_id="b")
    assert states(lists)["pa"] == ("changed", ())
    assert register.register(lists)[0].standing == "changed"


def test_a_merge_is_followed_and_its_undoing_too(lists: Inventory) -> None:
    entered(lists)
    for table, keep, drop in (("contact_point", "pb", "pa"), ("location", "l", "k")):
        merging.merge(lists, table, keep, drop, {}, ADA)
    printed = register.one(lists, "r")
    assert [(one.contact_point_id, one.state) for one in printed.contacts].count(("pb", "changed")) == 2
    assert [place[:2] for place in printed.places] == [("l", "Haus l"), (None, "Theke im Rathaus")]
    assert [place.copies for place in printed.places] == [60, 30]
    for merge in lists.rows("SELECT record_alias_id FROM record_alias ORDER BY first_change_id DESC"):
        merging.undo_merge(lists, merge["record_alias_id"], ADA)
    assert {state for state, _ in states(lists).values()} == {"same"}


def test_a_print_past_its_day_and_a_collected_one(lists: Inventory) -> None:
    entered(lists, "old", valid_to=TODAY, as_of=TODAY - timedelta(days=30), printed_on=TODAY - timedelta(days=30))
    entered(lists, "new")
    assert [one.print_run_id for one in register.register(lists)] == ["new", "old"]
    with lists.change(ADA, Action.EDIT_RECORDS) as change:
        change.update("print_run", [{"print_run_id": "old", "valid_to": TODAY - timedelta(days=1)}])
    assert register.one(lists, "old").standing == "outdated"
    edit(lists, "contact", "a", consent_scope=None)
    prints.collect(lists, "new", TODAY, ADA, 1)
    assert [(one.print_run_id, one.standing) for one in register.register(lists)] == [
        ("old", "false"),
        ("new", "collected"),
    ]
    assert [one.print_run_id for one in register.misleading(lists)] == ["old"]


def test_no_longer_for_those_who_read_it(lists: Inventory) -> None:
    entered(lists)
    edit(lists, "contact_point", "pa", audiences=["newcomers"])
    assert states(lists)["pa"] == ("gone", ("other_audience",))


def test_whom_to_confirm_first_is_who_ends_before_the_weeks_of_the_city(lists: Inventory) -> None:
    shown = contacts.printable(lists)
    assert planning.confirm_first(lists, shown) == []  # all hold until 10 February, 80 days; wanted are 56
    edit(lists, "contact_point", "pa", assured_on=ago(60))  # holds 30 more days
    edit(lists, "contact", "b", last_reached_on=ago(80))  # 10 more days
    edit(lists, "contact", "b", assured_on=ago(70))  # 20 more days
    edit(lists, "contact", "c", consent_until=TODAY + timedelta(days=55))
    edit(lists, "contact", "d", consent_until=TODAY + timedelta(days=56))  # long enough
    shown = contacts.printable(lists)
    assert [
        (one.contact_point_id, [(end.what, (end.day - TODAY).days) for end in one.ends])
        for one in (planning.confirm_first(lists, shown))
    ] == [
        ("pb", [("reached", 10), ("contact_confirmed", 20)]),
        ("pa", [("point_confirmed", 30)]),
        ("pc", [("consent", 55)]),
    ]
    assert contacts.valid_to(shown, TODAY) == TODAY + timedelta(days=10)
    with lists.change(ADA, Action.CHANGE_CITY) as change:
        key = change.rows("SELECT city_id FROM inventory.city")[0]["city_id"]
        change.update("city", [{"city_id": key, "leaflet_weeks": 2}])
    assert planning.wanted_until(lists) == TODAY + timedelta(days=14)
    assert [one.contact_point_id for one in planning.confirm_first(lists, shown)] == ["pb"]


def test_those_that_are_not_on_the_paper_add_up_and_say_why(lists: Inventory) -> None:
    edit(lists, "contact", "a", consent_scope=None, last_reached_on=None)
    edit(lists, "contact_point", "pb", audiences=None)
    edit(lists, "contact_point", "pc", audiences=["newcomers"])
    edit(lists, "contact_point", "pd", status="archived")
    shown = contacts.printable(lists)[:1]  # a flyer with room for one
    assert [one.contact_point_id for one in shown] == ["pe"]
    assert {one.contact_point_id: one.why for one in planning.missing(lists, shown, "volunteers")} == {
        "pa": ("no_consent", "never_reached"),
        "pb": ("audience_unknown",),
        "pf": ("no_room",),
    }
    assert planning.candidates(lists, "volunteers") == 4


def test_a_print_that_is_entered_later_names_who_withdrew_meanwhile(example: Inventory) -> None:
    """c28 of p17 agreed on 18 May and withdrew on 20 October; a paper of 1 June may have named it."""
    withdrawn = {"contact_point_id": "p17", "contact_id": "c28", "sha256": None}
    assert past.withdrawn_since(example.as_of(date(2026, 6, 1)), "volunteers") == [withdrawn]
    assert past.withdrawn_since(example.as_of(date(2026, 5, 17)), "volunteers") == []


def test_the_flyer_of_summer_in_the_example(example: Inventory) -> None:
    printed = register.one(example, "pr02")
    assert printed is not None and printed.standing == "false" and printed.outdated
    assert {state: number for state, number in printed.counts.items() if number} == {
        **{"revoked": 1, "wrong": 1, "changed": 2},
        "same": 6,
    }
    assert ([place.copies for place in printed.places], printed.in_office) == ([150, 100, 80, 120], 50)
    assert [one.standing for one in register.register(example)] == ["right", "false", "collected"]
