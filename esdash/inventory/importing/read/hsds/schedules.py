"""Schedules of HSDS as weekly times of today in our notation; what is not every week, or not now, in words.

An offer has weekly times only. Everything else a schedule says (every second week, days of the month, a season) is
kept as a sentence, so that nobody waits in vain before a closed door.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from esdash.inventory.importing.read.hsds.values import Record, day, text, words
from esdash.model.times import ICALENDAR
from esdash.texts import Text

_DE = Text()  # notes are stored in German, the language of the inventory
_BYDAY = re.compile(r"([+-]?\d+)?(MO|TU|WE|TH|FR|SA|SU)[A-Z]*")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?", re.IGNORECASE)
_MORE = ("byweekno", "bymonthday", "byyearday", "bymonth", "bysetpos")
_BESIDE = ("description", "notes", "attending_type", "schedule_link")  # said beside the times
_SEASONS = (1, 7)  # months whose clocks are those of winter and of summer


@dataclass
class Reading:
    """Weekly times in our notation; what cannot be said as such; schedules of before and of later; clocks converted."""

    times: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)  # sentences for the note
    over: list[str] = field(default_factory=list)  # what ended, in words
    later: list[str] = field(default_factory=list)  # what has not begun, in words, also in `kept`
    converted: list[tuple[str, str, str]] = field(default_factory=list)  # as written, as taken, the season's text key


@dataclass(frozen=True)
class _Span:
    begins: time
    ends: time
    shift: int = 0  # days by which the conversion moves the weekday
    season: str = ""


def read(schedules: Iterable[Record], today: date, zone: tzinfo) -> Reading:
    """What schedules say of the day `today` in the time zone of the city."""
    found = Reading()
    for schedule in schedules:
        _read(schedule, today, zone, found)
    found.times = list(dict.fromkeys(found.times))
    found.kept = list(dict.fromkeys(found.kept))
    return found


def _read(schedule: Record, today: date, zone: tzinfo, found: Reading) -> None:
    said = in_words(schedule)
    end, start = _last_day(schedule), _first_day(schedule)
    beside = [text(schedule, name) for name in _BESIDE if text(schedule, name)]
    if end is not None and end < today:
        found.over.append("; ".join([said, *beside]))
        return
    found.kept += beside if said else []
    days = _weekly_days(schedule)
    span = _span(schedule, zone, today) if days else None
    if start is not None and start > today:
        found.later.append(said)
        found.kept.append(said)
    elif not days or span is None:
        found.kept += filter(None, [said or "; ".join(beside)])
    else:
        for number in days:
            weekday = (number - 1 + span.shift) % 7 + 1
            found.times.append(f"{weekday} {span.begins:%H:%M}-{span.ends:%H:%M}")
        if span.season:
            names = _DE("import_hsds.days").split()
            taken = f"{'/'.join(names[(n - 1 + span.shift) % 7] for n in days)} {span.begins:%H:%M}-{span.ends:%H:%M}"
            found.converted.append((said, taken, f"import_hsds.season_{span.season}"))
        if end is not None or text(schedule, "count"):  # a number of times without a first day has no last one
            found.kept.append(said)


def _weekly_days(schedule: Record) -> list[int]:
    """The weekdays (1 = Monday) of a schedule of every week; none for any other."""
    freq = text(schedule, "freq").upper() or "WEEKLY"
    if freq not in ("WEEKLY", "DAILY") or any(text(schedule, name) for name in _MORE):
        return []
    if text(schedule, "interval") not in ("", "1", "1.0", "0"):
        return []
    named = list(words(schedule.get("byday")))
    if named:
        found = [_BYDAY.fullmatch(name.upper()) for name in named]
        if any(match is None or match[1] for match in found):
            return []
        return sorted({ICALENDAR.index(match[2]) + 1 for match in found if match})
    if freq == "DAILY":
        return list(range(1, 8))
    start = day(schedule, "dtstart")
    return [start.isoweekday()] if start and text(schedule, "freq") else []


def _first_day(schedule: Record) -> date | None:
    return max(filter(None, (day(schedule, "valid_from"), day(schedule, "dtstart"))), default=None)


def _last_day(schedule: Record) -> date | None:
    """The last day on which a schedule holds: as given, or by the number of times it happens."""
    given = list(filter(None, (day(schedule, "valid_to"), day(schedule, "until"))))
    start, count = day(schedule, "dtstart"), text(schedule, "count")
    if start and count.partition(".")[0].isdigit():
        per_turn = max(1, len(list(words(schedule.get("byday")))))
        step = text(schedule, "interval").partition(".")[0]
        turns = -(-int(count.partition(".")[0]) // per_turn) * (int(step) if step.isdigit() and int(step) else 1)
        unit = {"DAILY": 1, "MONTHLY": 31}.get(text(schedule, "freq").upper(), 7)
        days = min(turns * unit, 40_000)
        given.append(min(start + timedelta(days=days - 1), date.max) if days else start)
    return min(given, default=None)


def _span(schedule: Record, zone: tzinfo, today: date) -> _Span | None:
    """Begin and end on the clocks of the city; None where they are not both given, or mean nothing together."""
    clocks = [_CLOCK.fullmatch(text(schedule, name)) for name in ("opens_at", "closes_at")]
    if clocks[0] is None or clocks[1] is None:
        return None
    first, last = clocks[0], clocks[1]
    try:
        begins = time(int(first[1]), int(first[2]))
        ends = time(int(last[1]) % 24 if last[1] == "24" and last[2] == "00" else int(last[1]), int(last[2]))
    except ValueError:
        return None
    if begins == ends:
        return None
    offsets = {(match[3] or "").upper() for match in (first, last)}
    if len(offsets) > 1:
        return None
    sent = _sender_zone(offsets.pop() or text(schedule, "timezone"), zone)
    if sent is None:
        return _Span(begins, ends)
    on = day(schedule, "dtstart") or day(schedule, "valid_from") or today
    here = [datetime(on.year, month, 15, 12, tzinfo=zone).utcoffset() for month in _SEASONS]
    there = datetime.combine(on, begins, sent)
    season = "summer" if there.astimezone(zone).dst() else "winter"
    if there.utcoffset() in here and there.utcoffset() != timedelta():
        return _Span(begins, ends, season="summer" if there.utcoffset() == here[1] != here[0] else "winter")
    moved = there.astimezone(zone)
    length = datetime.combine(on, ends) - datetime.combine(on, begins)
    until = (there + length).astimezone(zone)
    return _Span(moved.time(), until.time(), (moved.date() - on).days, season)


def _sender_zone(written: str, zone: tzinfo) -> tzinfo | None:
    """The time zone of an offset ("Z", "+02:00", "3", "3.5") or a name; None for the city's own and without one."""
    if not written:
        return None
    if written.upper() in ("Z", "UTC", "GMT"):
        return UTC
    if match := re.fullmatch(r"([+-]?)(\d{1,2})(?::?(\d{2}))?", written):
        minutes = int(match[2]) * 60 + int(match[3] or 0)
        minutes = -minutes if match[1] == "-" else minutes
    elif re.fullmatch(r"[+-]?\d{1,2}\.\d+", written):
        minutes = round(float(written) * 60)
    else:
        try:
            named = ZoneInfo(written)
        except (OSError, ValueError, KeyError):
            return None
        return None if getattr(zone, "key", None) == written else named
    return datetime.strptime(f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}{abs(minutes) % 60:02}", "%z").tzinfo


def whole(schedule: Record) -> str:
    """Everything a schedule says in one line."""
    return "; ".join(filter(None, [in_words(schedule), *(text(schedule, name) for name in _BESIDE)]))


def in_words(schedule: Record) -> str:
    """A schedule as a German sentence, for notes and notices; "" where it has no days and no hours."""
    often = _often(schedule)
    clocks = [match[0] if (match := _CLOCK.fullmatch(text(schedule, name))) else text(schedule, name)
              for name in ("opens_at", "closes_at")]  # fmt: skip
    hours = "-".join(filter(None, clocks))
    if not often and not hours:
        return ""
    start = day(schedule, "dtstart") or day(schedule, "valid_from")
    end = min(filter(None, (day(schedule, "valid_to"), day(schedule, "until"))), default=None)
    count = text(schedule, "count")
    parts = [often, hours, _DE("import_hsds.time_from", day=start) if start else ""]
    parts += [_DE("import_hsds.time_until", day=end) if end else ""]
    parts += [_DE("import_hsds.time_count", n=count) if count else ""]
    return " ".join(filter(None, parts))


def _often(schedule: Record) -> str:
    """ "jeden 1. Mo im Monat", "jede 2. Woche Di"; "" for a schedule without days."""
    names = _DE("import_hsds.days").split()
    freq, step = text(schedule, "freq").upper(), text(schedule, "interval").partition(".")[0]
    found: list[str] = []
    ordinal = False
    for word in words(schedule.get("byday")):
        match = _BYDAY.fullmatch(word.upper())
        if match is None:
            found.append(word)
            continue
        name = names[ICALENDAR.index(match[2])]
        ordinal = ordinal or bool(match[1])
        found.append(f"{_ordinal(int(match[1]))} {name}" if match[1] else name)
    start = day(schedule, "dtstart")
    if not found and start and freq == "WEEKLY":
        found = [names[start.isoweekday() - 1]]
    said = "/".join(found)
    if ordinal:
        said = _DE("import_hsds.time_each", days=said)
    elif freq == "MONTHLY":
        said = _DE("import_hsds.time_monthly", days=said).strip()
    elif freq == "DAILY":
        said = said or _DE("import_hsds.time_daily")
    elif freq not in ("", "WEEKLY"):
        said = f"{freq} {said}".strip()
    if step not in ("", "0", "1"):
        unit = "months" if freq == "MONTHLY" or ordinal else "days" if freq == "DAILY" else "weeks"
        said = f"{_DE(f'import_hsds.time_every_{unit}', n=step)} {said}".strip()
    more = [f"{_DE(f'import_hsds.time_{name}')} {text(schedule, name)}" for name in _MORE if text(schedule, name)]
    return " ".join(filter(None, [said, *more]))


def _ordinal(number: int) -> str:
    if number == -1:
        return _DE("import_hsds.time_last")
    return _DE("import_hsds.time_from_the_end", n=str(-number)) if number < 0 else f"{number}."
