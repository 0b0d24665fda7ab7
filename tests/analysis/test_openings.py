"""METHODS M26: whose hours hold at a contact point, since when they are known, and how that is said."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from esdash.analysis.contact_points import openings
from esdash.inventory import Inventory, editing
from esdash.inventory.access import Action
from esdash.texts import Text
from esdash.wording import contact_points
from esdash.wording import openings as words
from esdash.wording.names import names_of
from tests.conftest import NOW
from tests.people import ADA, TESTER

TODAY = NOW.date()  # 22 November 2026, a Sunday
MONDAY = datetime.combine(TODAY + timedelta(days=1), time(10))
LATELY, LONG_AGO = date(2026, 11, 3), date(2026, 3, 1)
REACHED = {"last_reached_on": date(2026, 11, 10), "assured_on": LATELY}
PUBLIC = {"phone": "0340 1", "consent_scope": "public", "consent_on": LATELY}


def enter(town: Inventory, point: dict[str, Any], contact: dict[str, Any] | None = None) -> None:
    with town.change(TESTER, Action.EDIT_RECORDS) as change:
        change.insert("organization", [{"organization_id": "o", "name": "Verein"}])
        of = {"organization_id": "o"}
        if contact is not None:
            deputy = {"contact_id": "d", "role": "Vertretung", "opening_hours": "Mo 08:00-11:00"}
            for person in (deputy, {"contact_id": "c", "role": "Büro", **contact}):
                change.insert("contact", [{**REACHED, **PUBLIC, **of, **person}])
            of = {**of, "contact_id": "c"}
        change.insert(
            "contact_point", [{"contact_point_id": "p", "name": "Treff", "assured_on": LATELY, **of, **point}]
        )


def said(town: Inventory, language: str = "de") -> str:
    return words.sentence(openings.of(town, MONDAY)["p"], Text(language))


PLACE = {"opening_hours": "Mo-Fr 09:00-17:00"}
AWAY = [{"first_day": TODAY, "last_day": None, "reason": None}]


@pytest.mark.parametrize(
    ("point", "contact", "sentence"),
    [
        (PLACE, None, "offen bis 17 Uhr, laut Angabe vom 3.11."),
        (PLACE, {}, "offen bis 17 Uhr, laut Angabe vom 3.11."),
        (
            PLACE,
            {"opening_hours": "Mo 09:00-12:00"},
            "offen bis 12 Uhr, Sprechzeit des Kontakts, laut Angabe vom 3.11.",
        ),
        (PLACE, {"appointment": "required"}, "nur mit Termin, Sprechzeit des Kontakts, laut Angabe vom 3.11."),
        (PLACE, {"appointment": "possible"}, "offen bis 17 Uhr, mit Termin auch sonst, laut Angabe vom 3.11."),
        (
            PLACE,
            {"opening_hours": "Tu 09:00-12:00", "deputy_contact_id": "d", "absences": AWAY},
            "offen bis 11 Uhr, Sprechzeit des Kontakts, laut Angabe vom 3.11.",
        ),
        (
            PLACE,
            {"opening_hours": "Mo 09:00-12:00", "assured_on": LONG_AGO},
            "bitte vorher anrufen (Angabe vom 1.3., älter als 90 Tage)",
        ),
        (PLACE | {"assured_on": LONG_AGO}, None, "bitte vorher anrufen (Angabe vom 1.3., älter als 90 Tage)"),
        (PLACE | {"assured_on": None}, None, "bitte vorher anrufen (Zeiten nie bestätigt)"),
        (
            PLACE | {"assured_on": LONG_AGO, "hours_assured_on": date(2026, 11, 20)},
            None,
            "offen bis 17 Uhr, laut Angabe vom 20.11.",
        ),
        (
            PLACE | {"hours_assured_on": LONG_AGO},
            None,
            "bitte vorher anrufen (Angabe vom 1.3., älter als 90 Tage)",
        ),
        ({}, None, "Öffnungszeiten unbekannt"),
        (
            PLACE | {"closures": [{"first_day": TODAY, "last_day": date(2026, 12, 4), "reason": "Umbau"}]},
            {"opening_hours": "Mo 09:00-12:00"},
            "heute geschlossen: Umbau, bis 4.12., wieder am Mo, 7.12. ab 9 Uhr, Sprechzeit des Kontakts, "
            "laut Angabe vom 3.11.",
        ),
    ],
)
def test_whose_hours_hold(
    town: Inventory, point: dict[str, Any], contact: dict[str, Any] | None, sentence: str
) -> None:
    enter(town, point, contact)
    assert said(town) == sentence


def test_a_closure_of_one_day_says_no_until(town: Inventory) -> None:
    closed = {"first_day": MONDAY.date(), "last_day": MONDAY.date(), "reason": None}
    enter(town, PLACE | {"closures": [closed]})
    assert said(town) == "heute geschlossen, wieder morgen ab 9 Uhr, laut Angabe vom 3.11."


def test_the_welcome_guide_names_no_closure_that_is_over(town: Inventory) -> None:
    over = {"first_day": date(2026, 7, 1), "last_day": date(2026, 7, 31), "reason": "Sommerpause"}
    enter(town, PLACE | {"closures": [over, {"first_day": TODAY, "last_day": None, "reason": "Umbau"}]})
    (row,) = contact_points.welcome(town, names_of(town, Text("de")))[0].to_dict("records")
    assert "Sommerpause" not in row["opening_hours"] and "Umbau" in row["opening_hours"]


def test_holidays_are_those_of_the_land(town: Inventory) -> None:
    enter(town, PLACE | {"holiday_hours": "closed"})
    epiphany = datetime(2027, 1, 6, 10)
    with town.change(TESTER, Action.SET_UP) as change:
        (city,) = change.rows("SELECT city_id, land FROM inventory.city")
        change.update("city", [{"city_id": city["city_id"], "land": "ST"}])
    found = openings.of(town, epiphany)["p"]
    assert words.sentence(found, Text("de")) == (
        "heute geschlossen: Heilige Drei Könige, wieder morgen ab 9 Uhr, laut Angabe vom 3.11."
    )
    assert words.sentence(found, Text("en")) == "closed today: Epiphany, again tomorrow from 09:00, as stated on 3 Nov"
    with town.change(TESTER, Action.SET_UP) as change:
        change.update("city", [{"city_id": city["city_id"], "land": None}])
    assert openings.of(town, epiphany)["p"].state == "open"


def test_hours_are_confirmed_alone(town: Inventory) -> None:
    enter(town, PLACE | {"assured_on": LONG_AGO, "assured_by": "Träger"})
    assert openings.of(town, MONDAY)["p"].state == "call"
    editing.assure_hours(town, ["p"], ADA)
    editing.assure_hours(town, ["p"], ADA)  # a second click
    assert said(town) == "offen bis 17 Uhr, laut Angabe vom 22.11."
    (row,) = town.rows("SELECT assured_on, assured_by, hours_assured_on, version FROM inventory.contact_point")
    assert row == {"assured_on": LONG_AGO, "assured_by": "Träger", "hours_assured_on": TODAY, "version": 2}


def test_the_whole_record_is_confirmed_with_its_hours(town: Inventory) -> None:
    enter(town, PLACE | {"assured_on": LONG_AGO, "hours_assured_on": LONG_AGO})
    editing.assure(town, "contact_point", ["p"], ADA)
    assert said(town) == "offen bis 17 Uhr, laut Angabe vom 22.11."


SECOND = [{"starts_on": date(2026, 12, 1), "begins": time(16), "ends": time(18)}]


@pytest.mark.parametrize(
    ("point", "german", "english"),
    [
        ({"opening_hours": "Mo,We 14:00-17:00"}, "Mo, Mi 14–17 Uhr", "Mon, Wed 14:00–17:00"),
        (
            {"opening_hours": "Mo-Fr 09:00-12:30; PH off", "fortnightly": SECOND},
            "Mo–Fr 9–12:30 Uhr; jede zweite Woche Di ab 01.12.2026 16–18 Uhr; an Feiertagen geschlossen",
            "Mon–Fri 09:00–12:30; every second week Tue from 1 Dec 2026 16:00–18:00; closed on public holidays",
        ),
        (
            {"opening_hours": "Tu[1,3] 16:00-24:00", "appointment": "possible"},
            "1. und 3. Di im Monat 16–24 Uhr; auch mit Termin",
            "1st and 3rd Tue of the month 16:00–24:00; also by appointment",
        ),
        (
            {"opening_hours": "24/7", "holiday_hours": "ask"},
            "rund um die Uhr; an Feiertagen bitte nachfragen",
            "around",
        ),
        ({"appointment": "required"}, "nur mit Termin", "by appointment only"),
        ({"opening_hours": "Apr-Oct Mo 10:00-12:00"}, "Apr-Oct Mo 10:00-12:00", "Apr-Oct Mon"),
        ({}, "unbekannt", "unknown"),
    ],
)
def test_the_week_in_words(town: Inventory, point: dict[str, Any], german: str, english: str) -> None:
    enter(town, point)
    known = openings.hours(town)["p"]
    assert words.week(known, Text("de"), TODAY) == german
    assert words.week(known, Text("en"), TODAY).startswith(english)
