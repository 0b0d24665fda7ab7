"""Dates of trainings as an iCalendar file (RFC 5545), to download or to subscribe to.

Every date keeps its UID and counts its versions, so that a calendar that has it already applies the change instead of
showing it twice; cancelled dates stay in as cancelled. Times are local times of the city, without a time zone. A date
over several days, or with an unknown time, fills whole days; an unknown end is left out.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from icalendar import Calendar, Event

from esdash.exports.values import clean
from esdash.texts import Text

STATUS = {"planned": "TENTATIVE", "confirmed": "CONFIRMED", "held": "CONFIRMED", "cancelled": "CANCELLED"}
REFRESH = timedelta(hours=12)  # how often subscribed calendars may update: bookings change daily
NIGHT = time(6)  # an end until then, before the beginning, is on the next day; a later one is a mistake
PRODUCT = "-//esdash//esdash//DE"


def calendar_file(
    sessions: Sequence[dict[str, Any]], city_id: str, title: str, text: Text, made: datetime, notice: str | None = None
) -> bytes:
    """The file for rows of analysis.calendar.sessions; `city_id` makes the UIDs unique, `made` is the time of change of
    rows without one, `notice` (example data) is written into every date."""
    return written(title, [_event(session, city_id, text, made, notice) for session in sessions])


def written(title: str, events: Sequence[Event]) -> bytes:
    """A calendar file of these events."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    for name in ("name", "x-wr-calname"):  # the name by RFC 7986, and the one that Outlook and Google read
        calendar.add(name, clean(title))
    calendar.add("refresh-interval", REFRESH, parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", "PT12H")
    for event in events:
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def whole_day(uid: str, day: date, summary: str, lines: Sequence[str], version: int, made: datetime) -> Event:
    """An event that fills a day and blocks nobody's time; `version` lets calendars apply changes."""
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", made.astimezone(UTC))
    event.add("sequence", version)
    event.add("summary", _plain(summary))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("description", _plain("\n".join(lines)))
    event.add("transp", "TRANSPARENT")
    return event


def _event(session: dict[str, Any], city_id: str, text: Text, made: datetime, notice: str | None) -> Event:
    event = Event()
    event.add("uid", f"session-{session['session_id']}@{city_id}.esdash")
    changed = session["changed_at"].replace(tzinfo=UTC) if session["changed_at"] else made.astimezone(UTC)
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("sequence", int(session["version"]))
    event.add("status", STATUS[session["status"]])
    cancelled = session["status"] == "cancelled"  # said in the title too: not every calendar shows the state
    title = text("calendar.cancelled", course=session["course"]) if cancelled else session["course"]
    event.add("summary", _plain(title))
    begins, ends = _span(session)
    event.add("dtstart", begins)
    if ends is not None:
        event.add("dtend", ends)
    place = _place(session, text)
    if place:
        event.add("location", _plain(place))
    event.add("description", _plain("\n".join(_lines(session, text, notice))))
    event.add("transp", "OPAQUE" if isinstance(begins, datetime) and not cancelled else "TRANSPARENT")
    return event


def _span(session: dict[str, Any]) -> tuple[datetime | date, datetime | date | None]:
    """Begin and end; whole days (the end is the day after, RFC 5545) without a single span of time."""
    first, last = session["starts_on"], session["ends_on"] or session["starts_on"]
    begins, ends = session["begins"], session["ends"]
    over_midnight = begins is not None and ends is not None and ends <= begins
    one_night = over_midnight and ends <= NIGHT and last - first <= timedelta(days=1)
    if begins is None or (first != last and not one_night) or (over_midnight and not one_night):
        return first, last + timedelta(days=1)
    start = datetime.combine(first, begins)
    return start, None if ends is None else datetime.combine(first + timedelta(days=over_midnight), ends)


def _place(session: dict[str, Any], text: Text) -> str:
    if session["mode"] == "online":
        return text("mode.online")
    return ", ".join(part for part in (session["place"], session["street"], session["postcode"]) if part)


def _lines(session: dict[str, Any], text: Text, notice: str | None) -> list[str]:
    """The description of a date: provider, exact times, free seats."""
    lines = [text("calendar.by", organization=session["organization"])]
    if session["begins"] is not None and session["ends"] is not None:
        lines.append(text("calendar.times", begins=session["begins"], ends=session["ends"]))
    elif session["begins"] is not None:
        lines.append(text("calendar.begins", begins=session["begins"]))
    if session["status"] in ("planned", "confirmed"):
        lines.append(text("calendar.free", free=session["free"], seats=session["seats"]))
    if session["waiting"]:
        lines.append(text.count("calendar.waiting", session["waiting"]))
    if session["description"]:
        lines.append(session["description"])
    return [*lines, *([notice] if notice else [])]


def _plain(words: str) -> str:
    """The text with the line ends of iCalendar, and without characters that it forbids."""
    return str(clean(words)).replace("\r\n", "\n").replace("\r", "\n")
