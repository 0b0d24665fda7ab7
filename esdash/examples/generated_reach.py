"""Whom one reaches in a generated inventory: hours, absences, deputies and attempts.

Nothing here is drawn, so that a field more changes no other record.
"""

from datetime import date, timedelta
from typing import Any

Row = dict[str, Any]

_OUTCOMES = (
    "reached",
    "reached",
    "no_answer",
    "reached",
    "reached",
    "bounced",
    "reached",
    "no_answer",
    "wrong",
    "refused",
)
_CHANNELS = ("phone", "phone", "mail", "visit")


def of_contact(number: int, today: date) -> Row:
    """Hours, absences and deputy of a contact; a deputy is the contact before."""
    away = {"first_day": today - timedelta(days=number % 20), "last_day": today + timedelta(days=number % 15 + 1)}
    return {
        "opening_hours": "Tu 10:00-12:00" if number % 12 == 7 else None,
        "fortnightly": _fortnightly(number, today) if number % 20 == 9 else None,
        "appointment": "possible" if number % 15 == 4 else None,
        "absences": [{**away, "reason": None}] if number % 11 == 5 else None,
        "deputy_contact_id": f"con-{number}" if number % 3 == 2 else None,
    }


def of_point(number: int, today: date, themes: list[str]) -> Row:
    """What a contact point is about, its own phone and mail, and what holds beside its weekly hours."""
    closed = {"first_day": today + timedelta(days=number % 40), "last_day": today + timedelta(days=number % 40 + 10)}
    own = number % 4 == 1
    return {
        "theme_ids": themes[number % len(themes) :][:2] if number % 10 else None,
        "phone": f"030 23125 {number % 1000:03}" if own else None,
        "email": f"stelle-{number + 1}@example.org" if own else None,
        "fortnightly": _fortnightly(number, today) if number % 7 == 3 else None,
        "appointment": ("none", "possible", None, "required", None)[number % 5],
        "appointment_url": f"termin-{number + 1}.example.org" if number % 5 == 1 else None,
        "closures": [{**closed, "reason": "Betriebsferien"}] if number % 9 == 2 else None,
        "holiday_hours": (None, "closed", "closed", "ask")[number % 4],
        "hours_note": "im Sommer kürzer" if number % 10 == 6 else None,
        "hours_assured_on": today - timedelta(days=number % 120) if number % 6 == 2 else None,
    }


def attempt(number: int, contact: Row, today: date) -> Row:
    """An attempt to reach a contact."""
    return {
        "contact_attempt_id": f"att-{number + 1}",
        "contact_id": contact["contact_id"],
        "attempted_on": today - timedelta(days=number * 7 % 200),
        "channel": _CHANNELS[number % len(_CHANNELS)],
        "outcome": _OUTCOMES[number % len(_OUTCOMES)],
        "by_role": "Projektbüro",
    }


def _fortnightly(number: int, today: date) -> list[Row]:
    starts_on = today - timedelta(days=number % 100)
    return [{"starts_on": starts_on, "begins": "14:00:00", "ends": "17:00:00"}]
