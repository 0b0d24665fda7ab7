"""Whether a place is open at a moment, until when, and when again: opening hours in OpenStreetMap syntax, every second
week, appointments, closures and public holidays together (METHODS M26).

All times are those of the clock on the wall: a place that opens at nine opens at nine in summer and in winter. Spans
are pairs of such times without a zone; a span belongs to the day on which it begins, also when it runs over midnight.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple

from esdash.model.holidays import holiday
from esdash.model.opening_text import ALWAYS, evaluated, for_holidays, intervals

NEXT_WITHIN_DAYS = 35  # the next opening is looked for so far ahead: as long as a monthly one can take
_SOON_DAYS = 8  # looked at first, because most places open every week
_DAY = timedelta(days=1)
CLOSED, OPEN, ASK = "closed", "open", "ask"  # on public holidays
POSSIBLE, REQUIRED = "possible", "required"  # appointments, beside "none"

Span = tuple[datetime, datetime]  # begin and end, the end not included


class Fortnightly(NamedTuple):
    """Every second week from `starts_on` on, whose weekday is the weekday; an early end is of the next day."""

    starts_on: date
    begins: time
    ends: time


class Closure(NamedTuple):
    """Days on which a place is closed, both included; without a last day until further notice."""

    first_day: date
    last_day: date | None = None
    reason: str | None = None

    def holds(self, day: date) -> bool:
        """Whether the place is closed on a day."""
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)


@dataclass(frozen=True)
class Hours:
    """When a place or a contact can be reached, as said on `assured_on` (None: never confirmed).

    weekly: OpenStreetMap syntax without appointments; None, no fortnightly times and no appointment: not known.
    holiday_hours: closed, open or ask; None counts as closed and is said. whose: "place", or "contact" for its own.
    """

    weekly: str | None = None
    fortnightly: tuple[Fortnightly, ...] = ()
    appointment: str | None = None  # none, possible (beside the hours), required
    appointment_url: str | None = None
    closures: tuple[Closure, ...] = ()
    holiday_hours: str | None = None
    assured_on: date | None = None
    whose: str = "place"
    note: str | None = None  # what people wrote that is no hours

    @property
    def timed(self) -> bool:
        """Whether there are hours, apart from appointments."""
        return bool(self.weekly or self.fortnightly)

    @property
    def known(self) -> bool:
        """Whether anything is known: hours, or that one comes by appointment."""
        return self.timed or self.appointment in (POSSIBLE, REQUIRED)


@dataclass(frozen=True)
class Opening:
    """The one answer at a moment.

    state: open (`until`; None: without an end in sight), later (from `begins`, `again` if it was open before),
    appointment (only by appointment), closed (for `why`), call (not confirmed within `keep_days`, or a holiday that is
    to be asked about: `why` is stale or holiday), unknown.
    why: closure, holiday, holiday_unsaid (a holiday of which nothing is said), over (was open today), no_hours, stale.
    """

    state: str
    on: date
    until: datetime | None = None
    begins: datetime | None = None
    again: bool = False
    next_opening: datetime | None = None  # after today; None: not within five weeks
    why: str = ""
    reason: str = ""  # what was written beside the closure
    closed_until: date | None = None  # last day of the closure
    holiday: str | None = None  # German name; in other languages: holidays.holiday(on, land, language)
    tomorrow: str | None = None  # holiday of tomorrow, when the place stays closed or must be asked
    by_appointment: bool = False  # one may also come by appointment, outside the hours
    said_on: date | None = None
    keep_days: int = 0
    whose: str = "place"
    land: str | None = None
    note: str | None = None

    @property
    def next_day(self) -> date | None:
        """The day of the next opening after today."""
        return self.next_opening and self.next_opening.date()


def at(hours: Hours, moment: datetime, land: str | None, keep_days: int) -> Opening:
    """What holds at a moment of local time; an aware moment that no clock shows is read by way of UTC.

    `land`: whose public holidays, ISO 3166-2 without "DE-" (None: only nationwide ones). `keep_days`: how long a
    confirmation holds.
    """
    now = local(moment)
    today = now.date()
    here = _Here(hours, land)
    closure = here.closure(today)
    said = _Said(hours, today, land, keep_days)
    stale = hours.assured_on is None or (today - hours.assured_on).days > keep_days
    if closure and not here.still_open(now):
        again = closure.last_day if hours.appointment != REQUIRED and not stale else None
        return said(
            CLOSED,
            why="closure",
            reason=closure.reason or "",
            closed_until=closure.last_day,
            next_opening=here.next_after(again) if again else None,  # nobody comes by hours that are not sure
        )
    if not hours.known:
        return said("unknown")
    if stale:
        return said("call", why="stale")
    if hours.appointment == REQUIRED or not hours.timed:
        return said("appointment", by_appointment=True)
    return _by_the_hours(here, now, said)


def _by_the_hours(here: "_Here", now: datetime, said: "_Said") -> Opening:
    today = now.date()
    spans = here.spans(today - _DAY, today + (_SOON_DAYS + 1) * _DAY)
    tomorrow = _closing(here, today + _DAY)
    said.always = {"by_appointment": here.hours.appointment == POSSIBLE, "tomorrow": tomorrow}
    if span := next((span for span in spans if span[0] <= now < span[1]), None):
        return said(OPEN, until=here.end(span))
    after = here.next_after(today)
    if begins := next((begins for begins, _ in spans if now < begins and begins.date() == today), None):
        again = any(begins.date() == today and ends <= now for begins, ends in spans)
        return said("later", begins=begins, again=again, next_opening=after)
    rule = here.rule(today)
    if rule == ASK:
        return said("call", why="holiday", next_opening=after)
    if rule:
        return said(CLOSED, why="holiday" if rule == CLOSED else "holiday_unsaid", next_opening=after)
    over = any(begins.date() == today for begins, _ in spans)
    return said(CLOSED, why="over" if over else "no_hours", next_opening=after)


def _closing(here: "_Here", day: date) -> str | None:
    """The name of the public holiday for which a place stays closed, or is to be asked about, on a day."""
    return holiday(day, here.land) if here.rule(day) else None


def slots(hours: Hours, day: date, land: str | None) -> list[Span]:
    """The open spans that begin on a day, in order; an end after midnight is of the next day."""
    return [span for span in _Here(hours, land).spans(day, day + _DAY) if span[0].date() == day]


def open_between(hours: Hours, day: date, begins: time, ends: time, land: str | None) -> bool:
    """Whether a place is open on a day at some time between two times; an end of 00:00 is midnight."""
    first = datetime.combine(day, begins)
    last = datetime.combine(day + _DAY if ends <= begins else day, ends)
    return any(a < last and first < b for a, b in _Here(hours, land).spans(day - _DAY, day + 2 * _DAY))


def local(moment: datetime) -> datetime:
    """The time on the wall at a moment; by way of UTC, so that a time that no clock shows becomes the one shown."""
    if moment.tzinfo is None:
        return moment
    return moment.astimezone(UTC).astimezone(moment.tzinfo).replace(tzinfo=None)


class _Said:
    """Makes an Opening; what every answer says stands here once."""

    def __init__(self, hours: Hours, today: date, land: str | None, keep_days: int) -> None:
        self._hours, self._today, self._land, self._keep_days = hours, today, land, keep_days
        self.always: dict[str, object] = {}

    def __call__(self, state: str, **more: object) -> Opening:
        values: dict[str, object] = self.always | more
        hours = self._hours
        return Opening(
            state,
            self._today,
            holiday=holiday(self._today, self._land),
            said_on=hours.assured_on,
            keep_days=self._keep_days,
            whose=hours.whose,
            land=self._land,
            note=hours.note,
            **values,  # type: ignore[arg-type]
        )


@dataclass(frozen=True)
class _Here:
    """Hours in a Land."""

    hours: Hours
    land: str | None

    def closure(self, day: date) -> Closure | None:
        """The closure of a day that lasts the longest."""
        found = [closure for closure in self.hours.closures if closure.holds(day)]
        return max(found, key=lambda closure: closure.last_day or date.max, default=None)

    def rule(self, day: date) -> str:
        """Why there are no hours on a public holiday: closed, ask, unsaid; "" where the usual or its own hours hold.

        Also "" on a holiday on which there would be no hours anyway.
        """
        if holiday(day, self.land) is None or self.closure(day):
            return ""
        written = for_holidays(self.hours.weekly) if self.hours.weekly else None
        if written or (written is None and self.hours.holiday_hours == OPEN):
            return ""
        if not any(span[0].date() == day for span in _usual(self.hours, day, day + _DAY)):
            return ""
        if written == "":
            return CLOSED
        if self.hours.holiday_hours is None and self.hours.weekly == ALWAYS:
            return ""
        return self.hours.holiday_hours or "unsaid"

    def spans(self, first: date, before: date) -> tuple[Span, ...]:
        """The open spans that begin from a day on and before another, in order, joined where they touch."""
        return _spans(self.hours, self.land, first, before)

    def still_open(self, now: datetime) -> bool:
        """Whether a span of the day before, which was no day of a closure, still runs."""
        today = now.date()
        return any(a <= now < b for a, b in self.spans(today - _DAY, today))

    def next_after(self, day: date) -> datetime | None:
        """The next begin after a day, within five weeks."""
        for days in (_SOON_DAYS, NEXT_WITHIN_DAYS):  # from the day before on, which `at` has asked for already
            spans = self.spans(day - _DAY, day + (days + 1) * _DAY)
            if found := next((begins for begins, _ in spans if begins.date() > day), None):
                return found
        return None

    def end(self, span: Span) -> datetime | None:
        """The end of a span; None without an end within five weeks."""
        if span[1] - span[0] <= _DAY:
            return span[1]
        first = span[0].date()
        before = first + NEXT_WITHIN_DAYS * _DAY
        end = self.spans(first, before)[0][1]
        return None if end >= datetime.combine(before, time()) else end


@lru_cache(maxsize=20_000)
def _spans(hours: Hours, land: str | None, first: date, before: date) -> tuple[Span, ...]:
    here = _Here(hours, land)
    kept: list[Span] = []
    own = for_holidays(hours.weekly) if hours.weekly else None
    closed = {day for day in _days(first, before) if here.closure(day)} if hours.closures else set()
    holidays = _holidays(first, before, land) - closed
    for span in _usual(hours, first, before):
        day = span[0].date()
        if day in closed or (day in holidays and (own is not None or here.rule(day))):
            continue
        kept.append(span)
    if own:
        kept += [span for day in holidays for span in intervals(own, day, day + _DAY)]
    return tuple(_joined(kept))


@lru_cache(maxsize=256)
def _holidays(first: date, before: date, land: str | None) -> frozenset[date]:
    return frozenset(day for day in _days(first, before) if holiday(day, land))


def _usual(hours: Hours, first: date, before: date) -> list[Span]:
    """The spans of a usual week, without holidays and closures, that begin from a day on and before another."""
    found = list(intervals(evaluated(hours.weekly), first, before)) if hours.weekly else []
    for starts_on, begins, ends in hours.fortnightly:
        ahead = max(0, (first - starts_on).days)
        day = starts_on + timedelta(days=-(-ahead // 14) * 14)
        while day < before:
            if day >= first:
                last = day + _DAY if ends <= begins else day
                found.append((datetime.combine(day, begins), datetime.combine(last, ends)))
            day += 14 * _DAY
    return found


def _joined(spans: Iterable[Span]) -> list[Span]:
    joined: list[Span] = []
    for begins, ends in sorted(spans):
        if joined and begins <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], ends))
        else:
            joined.append((begins, ends))
    return joined


def _days(first: date, before: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((before - first).days)]
