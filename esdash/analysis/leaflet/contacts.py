"""Which contact points are printed today, what is said of each, and until when that holds (METHODS M21)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from esdash.analysis.contact_points import openings
from esdash.analysis.judgements import CONTACT_STALE_AFTER_DAYS
from esdash.inventory import Inventory
from esdash.model.canonical import canonical, sha256
from esdash.model.opening import Closure, Hours

Audience = Literal["volunteers", "newcomers"]
Kind = Literal["contact_list", "wall_list", "flyer"]
AUDIENCES: tuple[Audience, ...] = ("volunteers", "newcomers")
KINDS: tuple[Kind, ...] = ("contact_list", "wall_list", "flyer")
KEEPS = timedelta(days=CONTACT_STALE_AFTER_DAYS)  # how long a confirmation and a contact that was reached hold

# What each paper says of a contact point: only a change of these makes a print outdated.
_SHORT = ("name", "place", "street", "postcode", "theme_ids", "description", "language_ids", "role", "phone", "email")
SAID: Mapping[Kind, tuple[str, ...]] = {
    "contact_list": (*_SHORT, "via", "district", "directions", "barrier_free"),
    "wall_list": (*_SHORT, "via", "district"),
    "flyer": (*_SHORT, "via"),
}


@dataclass(frozen=True)
class End:
    """The last day on which something of a contact point holds as it is printed.

    what: point_confirmed, hours_confirmed, contact_confirmed, reached, consent, absence (the contact will be away), or
    deputy (whom it stands in for is back).
    """

    day: date
    what: str


@dataclass(frozen=True)
class Printable:
    """A contact point that may be printed, its hours on a day, and when what is said of it ends, the earliest first.

    sure: whether somebody confirmed the hours within the half-life; else a paper asks people to call first.
    """

    contact_point_id: str
    contact_id: str | None  # None: the place itself is asked
    facts: Mapping[str, Any]  # the columns of contact_point_printable
    hours: Hours
    sure: bool
    closures: tuple[Closure, ...]  # of today and later
    ends: tuple[End, ...]

    @property
    def valid_to(self) -> date:
        """The last day on which all that is said of it holds."""
        return self.ends[0].day


def printable(inventory: Inventory, audience: Audience = "volunteers") -> list[Printable]:
    """One per contact point that may be printed for an audience, by district and name."""
    rows = inventory.rows("FROM contact_point_printable WHERE list_contains(audiences, $audience)", audience=audience)
    return _found(inventory, rows, inventory.today())


def of(inventory: Inventory, contact_point_ids: Iterable[str], day: date) -> dict[str, Printable]:
    """Those of these contact points that may be printed today, of any audience, with the closures since a day.

    With the day of a print its fingerprints can be compared: a closure that was printed and is over changes nothing.
    """
    rows = inventory.rows(
        "FROM contact_point_printable WHERE list_contains($ids, contact_point_id)", ids=list(contact_point_ids)
    )
    return {one.contact_point_id: one for one in _found(inventory, rows, day)}


def valid_to(contacts: Iterable[Printable], today: date) -> date:
    """Until when a paper with these contact points holds: the earliest end; without any, for one half-life."""
    return min((one.valid_to for one in contacts), default=today + KEEPS)


def fingerprint(one: Printable, kind: Kind, salt: str) -> str:
    """The salted checksum of what a paper of a kind says of a contact point: equal if and only if it says the same.

    The same in every language; texts of the paper and their translations are not part of it. Another rule here lets
    every earlier print look changed: what is said more must be left out where it is unknown.
    """
    hours = one.hours
    said = {name: one.facts[name] for name in SAID[kind]} | {
        "description": one.facts["description"] if kind == "contact_list" or not one.facts["themed"] else None,
        "weekly": hours.weekly,
        "fortnightly": [[str(part) for part in times] for times in hours.fortnightly],
        "appointment": hours.appointment,
        "appointment_url": hours.appointment_url if kind == "contact_list" else None,
        "holidays": hours.holiday_hours or "closed",
        "closures": [[closure.first_day, closure.last_day] for closure in one.closures],
    }
    return sha256(canonical({"salt": salt, "said": said}))


def printed(contacts: Iterable[Printable], kind: Kind, salt: str) -> list[dict[str, str | None]]:
    """What the register of prints keeps of the contact points on a paper: their keys and fingerprints, no words."""
    return [
        {
            "contact_point_id": one.contact_point_id,
            "contact_id": one.contact_id,
            "sha256": fingerprint(one, kind, salt),
        }
        for one in contacts
    ]


def _found(inventory: Inventory, rows: Iterable[Mapping[str, Any]], day: date) -> list[Printable]:
    hours, today = openings.hours(inventory), inventory.today()
    return [_printable(row, hours[row["contact_point_id"]], today, day) for row in rows]


def _printable(row: Mapping[str, Any], hours: Hours, today: date, day: date) -> Printable:
    sure = hours.assured_on is not None and today - hours.assured_on <= KEEPS
    coming = (one for one in hours.closures if one.last_day is None or one.last_day >= day)
    closures = tuple(sorted(coming, key=lambda one: (one.first_day, one.last_day or date.max)))
    return Printable(row["contact_point_id"], row["contact_id"], row, hours, sure, closures, _ends(row, hours, sure))


def _ends(row: Mapping[str, Any], hours: Hours, sure: bool) -> tuple[End, ...]:
    """What ends when, the earliest first. Closures end nothing: they are printed with their days."""
    confirmed = hours.assured_on if sure and hours.known else None
    known: dict[str, date | None] = {
        "point_confirmed": row["assured_on"] + KEEPS,
        "hours_confirmed": confirmed and confirmed + KEEPS,
        "contact_confirmed": row["contact_assured_on"] and row["contact_assured_on"] + KEEPS,
        "reached": row["reached_on"] + KEEPS,
        "consent": row["consent_until"],
        "absence": row["away_from"] and row["away_from"] - timedelta(days=1),
        "deputy": row["back_on"],
    }
    return tuple(sorted((End(day, what) for what, day in known.items() if day is not None), key=lambda end: end.day))
