"""One record of every kind with every field filled, and what each value is called, written down by hand."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from esdash.inventory import Inventory, city, default_city
from esdash.inventory.access import Action
from tests.people import TEST

MONDAY = {"weekday": 1, "begins": time(9), "ends": time(11, 30)}
SECOND = [{"starts_on": date(2026, 12, 1), "begins": time(16), "ends": time(18)}]
SUMMER = [{"first_day": date(2026, 7, 13), "last_day": date(2026, 8, 21), "reason": "Pause"}]
TIMES = [MONDAY, {"weekday": 3, "begins": time(14), "ends": time(16)}]
ORIGIN: dict[str, Any] = {
    "source": "Anruf",
    "assured_on": date(2026, 11, 2),
    "assured_by": "Büro",
    "note": "Merkzettel",
}
CONFIRMED = {name: value for name, value in ORIGIN.items() if name != "source"}

# Table → what a record needs from the start, then all the rest.
NEEDED: dict[str, dict[str, Any]] = {
    "organization": {"name": "Verein Eins"},
    "contact": {"organization_id": "organization-1", "role": "Leitung"},
    "location": {"name": "Treff Nord"},
    "initiative": {"organization_id": "organization-1", "name": "Lesekreis"},
    "course": {"organization_id": "organization-1", "name": "Grundkurs"},
    "session": {"course_id": "course-1", "starts_on": date(2027, 1, 5), "status": "planned"},
    "contact_point": {"organization_id": "organization-1", "name": "Freiwilligenbüro"},
}
REST: dict[str, dict[str, Any]] = {
    "organization": {
        **{"short_name": "VE", "kind": "Verein", "description": "Hilft.", "email": "post@eins.example.org"},
        **{"phone": "0340 123456", "website": "eins.example.org", "street": "Weg 1", "postcode": "06844"},
        **{"district_id": "02", **ORIGIN},
    },
    "contact": {
        **{"language_ids": ["de", "ar"], "last_reached_on": date(2026, 10, 1), "name": "Ada Beispiel"},
        **{"email": "ada@eins.example.org", "phone": "0340 654321", "consent_scope": "public"},
        **{
            "consent_on": date(2026, 1, 2),
            "consent_until": date(2027, 1, 2),
            "consent_source": "Formular",
            **CONFIRMED,
        },
    },
    "location": {
        **{"street": "Allee 2", "postcode": "06842", "district_id": "02", "lat": 51.8339, "lon": 12.2428},
        **{"barrier_free": True, **CONFIRMED},
    },
    "initiative": {
        **{"theme_ids": ["education"], "target_group_ids": ["children"], "description": "Lesen.", "times": TIMES},
        **{"started_on": date(2026, 2, 1), "ended_on": date(2027, 7, 1), "mode": "mobile", "district_ids": ["02"]},
        **{"location_id": "location-1", "capacity": 12, "waiting": 3, "volunteers_active": 4, "volunteers_wanted": 2},
        **{"language_ids": ["de"], "cost": "frei", "contact_id": "contact-1", "website": "lesen.example.org"},
        **{"partner_ids": [], **ORIGIN},
    },
    "course": {
        **{"module_ids": ["intercultural"], "description": "Kurs.", "level": "basic", "hours": 12.5},
        **{"language_ids": ["en"], "certificate": "Bescheinigung", **ORIGIN},
    },
    "session": {
        **{"ends_on": date(2027, 1, 6), "begins": time(17), "ends": time(19, 30), "mode": "on_site"},
        **{"location_id": "location-1", "seats": 20, "booked": 5, "waiting": 0, "cost_eur": 120.5},
        **{"contact_id": "contact-1", **ORIGIN},
    },
    "contact_point": {
        **{"audiences": ["volunteers", "newcomers"], "opening_hours": "Mo,We 14:00-17:00", "description": "Rat."},
        **{"location_id": "location-1", "contact_id": "contact-1", "website": "rat.example.org"},
        **{"fortnightly": SECOND, "appointment": "possible", "appointment_url": "rat.example.org/termin"},
        **{"holiday_hours": "ask", "closures": SUMMER, "hours_note": "Klingel links"},
        **{"hours_assured_on": date(2026, 11, 3), "language_ids": ["de", "en"], **ORIGIN},
    },
}

# Field → German and English words of its value above, where they are more than the value itself.
WORDS: dict[str, tuple[str, str]] = {
    "organization_id": ("Verein Eins", "Verein Eins"),
    "theme_ids": ("Bildung und Sprache", "Education and language"),
    "target_group_ids": ("Kinder (bis 13 Jahre)", "Children (up to 13)"),
    "times": ("Mo 09:00–11:30, Mi 14:00–16:00", "Mon 09:00–11:30, Wed 14:00–16:00"),
    "started_on": ("01.02.2026", "1 Feb 2026"),
    "ended_on": ("01.07.2027", "1 Jul 2027"),
    "mode": ("mobil, aufsuchend", "mobile, outreach"),
    "district_ids": ("Innerstädtischer Bereich Mitte", "Innerstädtischer Bereich Mitte"),
    "district_id": ("Innerstädtischer Bereich Mitte", "Innerstädtischer Bereich Mitte"),
    "location_id": ("Treff Nord", "Treff Nord"),
    "contact_id": ("Leitung", "Leitung"),
    "course_id": ("Grundkurs", "Grundkurs"),
    "partner_ids": ("keine", "none"),
    "module_ids": ("Interkulturelle Kompetenz", "Intercultural competence"),
    "level": ("Grundlagen", "basic"),
    "hours": ("12,5", "12.5"),
    "cost_eur": ("120,5", "120.5"),
    "starts_on": ("05.01.2027", "5 Jan 2027"),
    "ends_on": ("06.01.2027", "6 Jan 2027"),
    "begins": ("17:00", "17:00"),
    "ends": ("19:30", "19:30"),
    "assured_on": ("02.11.2026", "2 Nov 2026"),
    "last_reached_on": ("01.10.2026", "1 Oct 2026"),
    "consent_on": ("02.01.2026", "2 Jan 2026"),
    "consent_until": ("02.01.2027", "2 Jan 2027"),
    "consent_scope": ("öffentlich", "public"),
    "audiences": ("Ehrenamtliche, Zugewanderte", "volunteers, newcomers"),
    "opening_hours": ("Mo, Mi 14–17 Uhr", "Mon, Wed 14:00–17:00"),
    "fortnightly": (
        "jede zweite Woche Di ab 01.12.2026, 16:00–18:00",
        "every second week Tue from 1 Dec 2026, 16:00–18:00",
    ),
    "appointment": ("auch mit Termin", "also by appointment"),
    "holiday_hours": ("bitte nachfragen", "please ask"),
    "closures": ("13.07.2026 bis 21.08.2026 (Pause)", "13 Jul 2026 to 21 Aug 2026 (Pause)"),
    "hours_assured_on": ("03.11.2026", "3 Nov 2026"),
    "lat": ("51,83390", "51.83390"),
    "lon": ("12,24280", "12.24280"),
    "barrier_free": ("ja", "yes"),
    "mode of session": ("vor Ort", "on site"),
    "language_ids of contact": ("Deutsch, Arabisch", "German, Arabic"),
    "language_ids of initiative": ("Deutsch", "German"),
    "language_ids of course": ("Englisch", "English"),
    "language_ids of contact_point": ("Deutsch, Englisch", "German, English"),
}


def words(table: str, name: str, language: str) -> str:
    """What the value of a field is called."""
    said = WORDS.get(f"{name} of {table}", WORDS.get(name))
    return said[language == "en"] if said else str((NEEDED[table] | REST[table])[name])


def fill(inventory: Inventory) -> None:
    """The city, then the records, then all their fields, so that the log has a change of each."""
    with inventory.change(TEST, Action.SET_UP, "Anfang") as change:
        city.load(change, default_city())
        for table, values in NEEDED.items():
            for number in (1, 2):
                twin = {"name": f"{values['name']} Zwei"} if number == 2 and "name" in values else {}
                change.insert(table, [{f"{table}_id": f"{table}-{number}", **values, **twin}])
    with inventory.change(TEST, Action.EDIT_RECORDS, "Ergänzung") as change:
        for table, values in REST.items():
            change.update(table, [{f"{table}_id": f"{table}-1", **values}])
