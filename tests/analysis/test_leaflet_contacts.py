"""Which contact points are printed, until when a paper holds, and which changes make it outdated. Today: 22.11.2026."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from esdash.analysis.leaflet import address, contacts
from esdash.inventory import Inventory
from esdash.inventory.access import Action
from tests.people import OFFICE
from tests.planted_contacts import LATELY, TODAY, attempt, fill, planted


def ids(inventory: Inventory, audience: contacts.Audience = "volunteers") -> list[str]:
    return [one.contact_point_id for one in contacts.printable(inventory, audience)]


def test_only_those_that_may_be_printed(town: Inventory) -> None:
    planted(town)
    assert ids(town) == ["away", "good"]
    assert ids(town, "newcomers") == ["newcomers"]
    deputy = contacts.printable(town)[0]
    assert (deputy.contact_id, deputy.facts["via"], deputy.facts["phone"]) == ("good", "deputy", "+49 340 204-1234")
    assert deputy.valid_to == date(2026, 12, 5)  # then the contact itself is back
    attempt(town, TODAY, "reached", contact_point_id="of_the_house")
    assert ids(town) == ["of_the_house", "away", "good"]  # the district 01 comes first
    with town.change(OFFICE, Action.EDIT_RECORDS, "Widerruf") as change:
        change.update("contact", [{"contact_id": "good", "consent_scope": None}])
    assert ids(town) == ["of_the_house"]


def test_a_wrong_phone_of_the_place_is_not_printed_beside_the_mail_of_its_contact(town: Inventory) -> None:
    point = {"contact_point_id": "p", "contact_id": "c", "phone": "+49 340 1"}
    fill(town, [{"contact_id": "c", "phone": None}], [point])
    assert contacts.printable(town)[0].facts["phone"] == "+49 340 1"
    attempt(town, TODAY, "bounced", contact_point_id="p")
    one = contacts.printable(town)[0]
    assert (one.facts["phone"], one.facts["email"]) == (None, "rat@example.org")


ENDS = {  # what is planted → the last day on which the paper holds, and why
    "point_confirmed": ({"assured_on": date(2026, 9, 1), "hours_assured_on": LATELY}, {}, date(2026, 11, 30)),
    "hours_confirmed": ({"hours_assured_on": date(2026, 8, 30)}, {}, date(2026, 11, 28)),
    "contact_confirmed": ({}, {"assured_on": date(2026, 9, 2)}, date(2026, 12, 1)),
    "reached": ({}, {"last_reached_on": date(2026, 8, 24)}, TODAY),
    "consent": ({}, {"consent_until": date(2026, 12, 24)}, date(2026, 12, 24)),
    "absence": (
        {},
        {"absences": [{"first_day": date(2026, 12, 20), "last_day": None, "reason": None}]},
        date(2026, 12, 19),
    ),
}


@pytest.mark.parametrize("what", ENDS)
def test_a_paper_holds_until_the_first_thing_on_it_ends(town: Inventory, what: str) -> None:
    point, person, day = ENDS[what]
    fill(town, [{"contact_id": "c"} | person], [{"contact_point_id": "p", "contact_id": "c"} | point])
    (one,) = contacts.printable(town)
    assert (one.ends[0].what, one.valid_to) == (what, day)
    assert contacts.valid_to([one], TODAY) == day


def test_nothing_on_it_and_hours_that_nobody_confirmed(town: Inventory) -> None:
    assert contacts.valid_to([], TODAY) == date(2027, 2, 20)  # 90 days
    closed = [{"first_day": date(2026, 12, 1), "last_day": date(2027, 1, 6), "reason": None}]
    stale = {"hours_assured_on": date(2026, 8, 1), "closures": closed}
    fill(town, [{"contact_id": "c"}], [{"contact_point_id": "p", "contact_id": "c"} | stale])
    (one,) = contacts.printable(town)
    assert not one.sure  # the paper says "bitte vorher anrufen": nothing more to end
    assert one.valid_to == date(2027, 1, 30)  # a closure is printed with its days, it ends nothing


def changed(inventory: Inventory, kind: contacts.Kind, table: str, row: dict[str, Any]) -> bool:
    """Whether a change makes a paper of a kind say something else."""
    before = contacts.fingerprint(contacts.printable(inventory)[0], kind, "salt")
    with inventory.change(OFFICE, Action.EDIT_RECORDS, "Änderung") as change:
        change.update(table, [row])
    return contacts.fingerprint(contacts.of(inventory, ["p"], TODAY)["p"], kind, "salt") != before


def test_a_fingerprint_changes_with_what_the_paper_says(town: Inventory) -> None:
    fill(town, [{"contact_id": "c"}], [{"contact_point_id": "p", "contact_id": "c"}])
    (one,) = contacts.printable(town)
    assert contacts.printed([one], "flyer", "salt") == [
        {"contact_point_id": "p", "contact_id": "c", "sha256": contacts.fingerprint(one, "flyer", "salt")}
    ]
    assert contacts.fingerprint(one, "flyer", "salt") != contacts.fingerprint(one, "flyer", "pepper")
    assert contacts.fingerprint(replace(one, contact_id="x"), "flyer", "salt") == contacts.fingerprint(
        one, "flyer", "salt"
    )
    assert not changed(town, "contact_list", "contact_point", {"contact_point_id": "p", "assured_on": TODAY})
    assert not changed(town, "contact_list", "contact", {"contact_id": "c", "name": "Ada Möller"})
    assert not changed(town, "flyer", "location", {"location_id": "l1", "barrier_free": True})
    assert changed(town, "contact_list", "location", {"location_id": "l1", "barrier_free": False})
    assert changed(town, "flyer", "contact", {"contact_id": "c", "phone": "+49 340 99"})
    assert changed(town, "wall_list", "contact_point", {"contact_point_id": "p", "opening_hours": "Mo 10:00-13:00"})
    described = {"contact_point_id": "p", "description": "Wir suchen Leute für die Lernhilfe."}
    assert not changed(town, "flyer", "contact_point", described)  # it says the theme
    assert changed(town, "contact_list", "contact_point", described | {"description": "Kommen Sie vorbei."})
    assert changed(town, "wall_list", "contact_point", {"contact_point_id": "p", "theme_ids": ["education"]})
    assert changed(town, "flyer", "contact_point", described)  # a field of action is no theme that papers say
    closed = [{"first_day": date(2026, 12, 1), "last_day": date(2027, 1, 6), "reason": None}]
    assert changed(town, "flyer", "contact_point", {"contact_point_id": "p", "closures": closed})


@pytest.mark.parametrize(
    ("written", "why"),
    [
        (None, "unset"),
        ("  ", "unset"),
        ("http://ehrenamt.example.org", "unsafe"),
        ("ftp://ehrenamt.example.org", "unsafe"),
        ("https://localhost:8501/", "internal"),
        ("https://127.0.0.1/", "internal"),
        ("https://[::1]/", "internal"),
        ("https://192.168.1.4/stadt", "internal"),
        ("https://rathaus.local/", "internal"),
        ("https://rathaus/", "internal"),
        ("https://rathaus.intranet./", "internal"),
        ("https://", "malformed"),
        ("https://a b.example.org", "malformed"),
        ("https://ada@ehrenamt.example.org", "malformed"),
        ("https://ehrenamt.example.org:99999", "malformed"),
        ("https://[", "malformed"),
    ],
)
def test_no_qr_code_to_where_nobody_outside_comes(written: str | None, why: str) -> None:
    assert address.checked(written) == (None, why)


def test_a_public_address(town: Inventory) -> None:
    assert address.public_address(town) == (None, "unset")
    assert address.checked(" https://ehrenamt.example.org/stadt ") == ("https://ehrenamt.example.org/stadt", "")
    assert address.checked("https://8.8.8.8/") == ("https://8.8.8.8/", "")
