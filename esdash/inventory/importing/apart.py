"""What tells apart records of one name: place, date, weekly times, or how a function is reached (METHODS M5)."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from esdash.model import phones
from esdash.model.folding import fold, is_unknown
from esdash.model.rules import EVENT_AT_MOST_DAYS

Record = Mapping[str, Any]

# In these tables two rows of one name are hardly ever two records: others find them by their name alone.
ONE_BY_NAME = {"organization", "course", "survey"}
_REACHED = ("phone", "email", "website")
_STREET = re.compile(r"str(?:\.|asse|aße|(?=\s|\d|$))", re.IGNORECASE)
_NOBODY = {"nn", "nomennominandum"}


@dataclass(frozen=True)
class Compared:
    """How two records of one name compare, in the fields that tell such records apart."""

    other: bool = False  # certainly two: other persons, or runs at other times of a day
    asks: tuple[str, ...] = ()  # fields that differ as those of two records do, or of one that has moved
    changes: tuple[str, ...] = ()  # fields that differ as they do when one record is updated
    unsaid: tuple[str, ...] = ()  # fields that only one of them fills
    agrees: int = 0  # fields that agree

    @property
    def two(self) -> bool:
        """Whether two rows of one list that compare so are two records."""
        return self.other or bool(self.asks or self.changes)


def compared(table: str, one: Record, two: Record) -> Compared:
    """How two records of one table and name compare; a field that one of them does not fill says nothing."""
    found = _OF_TABLE[table](one, two) if table in _OF_TABLE else []
    return Compared(
        other="other" in dict(found).values(),
        asks=tuple(name for name, says in found if says == "asks"),
        changes=tuple(name for name, says in found if says == "changes"),
        unsaid=tuple(name for name, says in found if says == "unsaid"),
        agrees=sum(says == "agrees" for _, says in found),
    )


def in_words(table: str, record: Record) -> str:
    """What tells a record apart from others of its name, as words by which a question about it is known again."""
    return " ".join(f"{name}={record[name]}" for name in _TELLING.get(table, ()) if record.get(name) is not None)


def same_street(one: str, two: str) -> bool:
    """Whether two streets with house numbers are one, in any spelling of "Straße"."""
    return fold(_STREET.sub("strasse", one)) == fold(_STREET.sub("strasse", two))


def nobody(name: str | None) -> bool:
    """Whether a person's name says that there is none: empty, "N. N.", "unbekannt"."""
    return not name or fold(name) in _NOBODY or is_unknown(name)


Said = list[tuple[str, str]]  # field, and what it says: other, asks, changes, unsaid, agrees


def _said(name: str, one: Record, two: Record, differing: str, equal: Callable[[Any, Any], bool] | None = None) -> Said:
    first, second = one.get(name), two.get(name)
    if first in (None, []) or second in (None, []):
        return [] if first in (None, []) and second in (None, []) else [(name, "unsaid")]
    same = equal(first, second) if equal else first == second
    return [(name, "agrees" if same else differing)]


def _offer(one: Record, two: Record) -> Said:
    event = _is_event(one) or _is_event(two)
    times = "changes" if _days(one) & _days(two) else "asks"
    return [
        *_said("location_id", one, two, "asks"),
        *_said("started_on", one, two, "asks" if event else "changes"),
        *_said("times", one, two, times, lambda a, b: sorted(map(str, a)) == sorted(map(str, b))),
    ]


def _days(record: Record) -> set[int]:
    return {entry["weekday"] for entry in record.get("times") or ()}


def _is_event(record: Record) -> bool:
    begin, end = record.get("started_on"), record.get("ended_on")
    return isinstance(begin, date) and isinstance(end, date) and end - begin <= timedelta(days=EVENT_AT_MOST_DAYS)


def _contact_point(one: Record, two: Record) -> Said:
    return [*_said("location_id", one, two, "asks"), *_said("opening_hours", one, two, "changes")]


def _contact(one: Record, two: Record) -> Said:
    """Two functions of one name and no person are told apart by how they are reached."""
    first, second = one.get("name"), two.get("name")
    if not nobody(first) and not nobody(second):
        if fold(str(first)) != fold(str(second)):
            return [("name", "other")]
        return [("name", "agrees")]
    return _reached(one, two, "asks")


def _reached(one: Record, two: Record, differing: str) -> Said:
    found = [
        *_said("phone", one, two, differing, lambda a, b: phones.number(a) == phones.number(b)),
        *_said("email", one, two, differing, lambda a, b: fold(a) == fold(b)),
        *_said("website", one, two, differing, lambda a, b: fold(a) == fold(b)),
    ]
    if any(says == "agrees" for _, says in found):
        return [(name, "changes" if says == differing else says) for name, says in found]
    return found


def _organization(one: Record, two: Record) -> Said:
    """A house that is reached as before has moved; else it may be another of the same name."""
    reached = [said for said in _reached(one, two, "changes") if said[1] == "agrees"]
    return [*reached, *_said("street", one, two, "changes" if reached else "asks", same_street)]


def _location(one: Record, two: Record) -> Said:
    return [*_said("street", one, two, "asks", same_street), *_said("postcode", one, two, "asks")]


def _course(one: Record, two: Record) -> Said:
    return _said("level", one, two, "changes")


def _session(one: Record, two: Record) -> Said:
    return [
        *_said("starts_on", one, two, "other"),
        *_said("begins", one, two, "other"),
        *_said("location_id", one, two, "asks"),
    ]


# Table → the fields that its function compares.
_TELLING = {
    "initiative": ("location_id", "started_on", "times"),
    "contact_point": ("location_id", "opening_hours"),
    "contact": ("name", "phone", "email"),
    "organization": ("street", "phone", "email", "website"),
    "location": ("street", "postcode"),
    "course": ("level",),
}
_OF_TABLE: dict[str, Callable[[Record, Record], Said]] = {
    "initiative": _offer,
    "contact_point": _contact_point,
    "contact": _contact,
    "organization": _organization,
    "location": _location,
    "course": _course,
    "session": _session,
}
