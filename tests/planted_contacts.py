"""Contact points to print, and some that must not be printed. Today: 22.11.2026."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from esdash.inventory import Inventory
from esdash.inventory.access import Action
from tests.people import OFFICE

TODAY = date(2026, 11, 22)
LATELY = date(2026, 11, 1)  # holds until 2027-01-30
FIRST_STALE = TODAY - timedelta(days=91)

CONTACT = {
    **{"organization_id": "o", "role": "Beratung", "phone": "+49 340 204-1234", "email": "rat@example.org"},
    **{"consent_scope": "public", "last_reached_on": LATELY, "assured_on": LATELY, "status": "active"},
}
POINT = {
    **{"organization_id": "o", "location_id": "l1", "audiences": ["volunteers"], "opening_hours": "Mo 10:00-12:00"},
    **{"assured_on": LATELY, "status": "active", "theme_ids": ["homework"], "language_ids": ["de"]},
}


PEOPLE: dict[str, dict[str, Any]] = {
    "good": {},
    "stale": {"assured_on": FIRST_STALE},
    "unreached": {"last_reached_on": FIRST_STALE},
    "unconsented": {"consent_scope": None},
    "internal": {"consent_scope": "internal"},
    "ended": {"consent_until": TODAY - timedelta(days=1)},
    "bounced": {},
    "silent": {},
    "absent": {"absences": [{"first_day": TODAY, "last_day": None, "reason": None}]},
    "archived": {"status": "archived"},
    "away": {
        "absences": [{"first_day": LATELY, "last_day": date(2026, 12, 5), "reason": None}],
        "deputy_contact_id": "good",
    },
}
POINTS: list[dict[str, Any]] = [{"contact_point_id": key, "contact_id": key} for key in PEOPLE]
POINTS += [{"contact_point_id": "point_stale", "contact_id": "good", "assured_on": FIRST_STALE}]
POINTS += [{"contact_point_id": "paused", "contact_id": "good", "status": "paused"}]
POINTS += [{"contact_point_id": "newcomers", "contact_id": "good", "audiences": ["newcomers"]}]
POINTS += [{"contact_point_id": "of_the_house", "phone": "+49 340 1", "location_id": "l2"}]


def fill(inventory: Inventory, people: Iterable[dict[str, Any]], points: Iterable[dict[str, Any]]) -> None:
    with inventory.change(OFFICE, Action.EDIT_RECORDS, "Aufnahme") as change:
        change.insert("organization", [{"organization_id": "o", "name": "Verein"}])
        places = (("l1", "Haus", "02"), ("l2", "Laden", "01"))
        change.insert("location", [{"location_id": a, "name": b, "district_id": c} for a, b, c in places])
        for one in people:
            change.insert("contact", [CONTACT | one])
        for one in points:
            change.insert("contact_point", [POINT | {"name": one["contact_point_id"]} | one])


def planted(inventory: Inventory) -> None:
    """Contact points of which "good" and "away" (by its deputy) may be printed, and "newcomers" for newcomers."""
    fill(inventory, ({"contact_id": key} | one for key, one in PEOPLE.items()), POINTS)
    attempt(inventory, TODAY, "bounced", contact_id="bounced")
    for day in range(3):
        attempt(inventory, TODAY - timedelta(days=day), "no_answer", contact_id="silent")


def attempt(inventory: Inventory, day: date, outcome: str, **of: str) -> None:
    with inventory.change(OFFICE, Action.EDIT_RECORDS, "Anruf") as change:
        row = {
            "contact_attempt_id": f"a{day}{of}{outcome}",
            "attempted_on": day,
            "channel": "phone",
            "outcome": outcome,
        }
        change.insert("contact_attempt", [row | {"by_role": "Projektbüro"} | of])
