"""Whether a place is open (METHODS M26): each case with the answer of somebody who reads the hours at the door."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from esdash.model import opening
from esdash.model.opening import Closure, Fortnightly, Hours, Opening
from esdash.model.opening_text import checked
from esdash.model.values import Wrong

BERLIN = ZoneInfo("Europe/Berlin")
WEEK = "Mo-Fr 09:00-12:00"
LUNCH = "Mo-Fr 09:00-12:00,14:00-17:00"
TUESDAY = (Fortnightly(date(2026, 1, 6), time(16), time(18)),)
SUMMER = (Closure(date(2026, 7, 13), date(2026, 8, 21), "Sommerpause"),)
WORKS = (Closure(date(2026, 11, 30), None, "Umbau"),)
CONFIRMED = date(2026, 1, 2)


def hours(weekly: str | None = None, **more: Any) -> Hours:
    return Hours(weekly, **{"assured_on": CONFIRMED, **more})


def at(known: Hours, moment: str, land: str | None = "ST", keep_days: int = 1000) -> Opening:
    return opening.at(known, datetime.fromisoformat(moment), land, keep_days)


def said(found: Opening) -> str:
    """The answer in short: state, why, and the time that belongs to it."""
    moment = found.until or found.begins or (found.next_opening if found.state in ("closed", "call") else None)
    return " ".join(filter(None, (found.state, found.why, f"{moment:%d.%m. %H:%M}" if moment else "")))


CASES = [  # hours, moment, answer
    # on a usual day; 1 December 2026 is a Tuesday
    ("open", hours(LUNCH), "2026-12-01 11:00", "open 01.12. 12:00"),
    ("at the minute of opening", hours(LUNCH), "2026-12-01 09:00", "open 01.12. 12:00"),
    ("at the minute of closing", hours(WEEK), "2026-12-01 12:00", "closed over 02.12. 09:00"),
    ("before opening", hours(WEEK), "2026-12-01 08:59", "later 01.12. 09:00"),
    ("over lunch", hours(LUNCH), "2026-12-01 13:00", "later 01.12. 14:00"),
    ("after the last hour", hours(LUNCH), "2026-12-01 17:30", "closed over 02.12. 09:00"),
    ("no hours today", hours("Mo,We 14:00-17:00"), "2026-12-01 10:00", "closed no_hours 02.12. 14:00"),
    ("Friday evening", hours(WEEK), "2026-12-04 18:00", "closed over 07.12. 09:00"),
    ("around the clock", hours("24/7"), "2026-12-01 03:00", "open"),
    ("around the clock on a holiday", hours("24/7"), "2027-01-06 03:00", "open"),
    ("every day as hours", hours("Mo-Su 00:00-24:00"), "2026-12-01 03:00", "open 25.12. 00:00"),
    ("one day replaced", hours("Mo-Fr 09:00-12:00; We off"), "2026-12-02 10:00", "closed no_hours 03.12. 09:00"),
    # over midnight and until midnight
    ("over midnight, in the evening", hours("Fr 22:00-02:00"), "2026-12-04 23:00", "open 05.12. 02:00"),
    ("over midnight, after it", hours("Fr 22:00-02:00"), "2026-12-05 01:59", "open 05.12. 02:00"),
    ("over midnight, at its end", hours("Fr 22:00-02:00"), "2026-12-05 02:00", "closed no_hours 11.12. 22:00"),
    ("Saturday's own hours", hours("Fr 22:00-02:00; Sa 10:00-12:00"), "2026-12-05 01:00", "open 05.12. 02:00"),
    ("later on that Saturday", hours("Fr 22:00-02:00; Sa 10:00-12:00"), "2026-12-05 03:00", "later 05.12. 10:00"),
    ("until 24:00", hours("Tu 16:00-24:00"), "2026-12-01 23:59", "open 02.12. 00:00"),
    ("after 24:00", hours("Tu 16:00-24:00"), "2026-12-02 00:00", "closed no_hours 08.12. 16:00"),
    ("past 24 in the notation", hours("Tu 20:00-26:00"), "2026-12-02 01:00", "open 02.12. 02:00"),
    ("into a holiday", hours("Mo-Th 22:00-02:00"), "2026-12-25 01:00", "open 25.12. 02:00"),
    # public holidays of Saxony-Anhalt: 6 January, 31 October (2028 a Tuesday)
    ("6 January, nothing said", hours(WEEK), "2027-01-06 10:00", "closed holiday_unsaid 07.01. 09:00"),
    ("6 January, closed", hours(WEEK, holiday_hours="closed"), "2027-01-06 10:00", "closed holiday 07.01. 09:00"),
    ("6 January, open", hours(WEEK, holiday_hours="open"), "2027-01-06 10:00", "open 06.01. 12:00"),
    ("6 January, to be asked", hours(WEEK, holiday_hours="ask"), "2027-01-06 10:00", "call holiday 07.01. 09:00"),
    ("6 January, no day of theirs", hours("Fr 09:00-12:00"), "2027-01-06 10:00", "closed no_hours 08.01. 09:00"),
    ("to be asked, no day of theirs", hours("Fr 09:00-12:00", holiday_hours="ask"), "2027-01-06 10:00",
     "closed no_hours 08.01. 09:00"),
    ("31 October", hours(WEEK, holiday_hours="closed"), "2028-10-31 10:00", "closed holiday 01.11. 09:00"),
    ("31 October at a weekend", hours(WEEK), "2026-10-31 10:00", "closed no_hours 02.11. 09:00"),
    ("Good Friday", hours(WEEK), "2026-04-03 10:00", "closed holiday_unsaid 07.04. 09:00"),
    ("the day before Good Friday", hours(WEEK), "2026-04-02 10:00", "open 02.04. 12:00"),
    ("that day's evening", hours(WEEK), "2026-04-02 18:00", "closed over 07.04. 09:00"),
    ("25 December with PH off", hours("Mo-Fr 09:00-12:00; PH off"), "2026-12-25 10:00", "closed holiday 28.12. 09:00"),
    ("PH off wins over the field", hours("Mo-Fr 09:00-12:00; PH off", holiday_hours="open"), "2026-12-25 10:00",
     "closed holiday 28.12. 09:00"),
    ("hours of holidays", hours("Mo-Fr 09:00-12:00; PH 10:00-12:00"), "2027-01-06 09:30", "later 06.01. 10:00"),
    ("hours of holidays and Sundays", hours("Mo-Sa 09:00-12:00; Su,PH 14:00-16:00"), "2027-01-06 15:00",
     "open 06.01. 16:00"),
    ("every second week on a holiday", hours(fortnightly=TUESDAY), "2026-01-06 17:00",
     "closed holiday_unsaid 20.01. 16:00"),
    # clocks are changed on 29 March and 25 October 2026; the moments are UTC
    ("before the spring change", hours("Mo-Su 00:00-06:00"), "2026-03-29 00:59+00:00", "open 29.03. 06:00"),
    ("after the spring change", hours("Mo-Su 00:00-06:00"), "2026-03-29 01:00+00:00", "open 29.03. 06:00"),
    ("an hour that was left out", hours("Su 02:00-03:00"), "2026-03-29 01:00+00:00", "closed over 05.04. 02:00"),
    ("summer time at six", hours("Mo-Su 00:00-06:00"), "2026-03-29 04:00+00:00", "closed over 30.03. 00:00"),
    ("the first half past two", hours("Su 02:00-03:00"), "2026-10-25 00:30+00:00", "open 25.10. 03:00"),
    ("the second half past two", hours("Su 02:00-03:00"), "2026-10-25 01:30+00:00", "open 25.10. 03:00"),
    ("winter time at three", hours("Su 02:00-03:00"), "2026-10-25 02:00+00:00", "closed over 01.11. 02:00"),
    # every second Tuesday since 6 January 2026, over the end of a year with 53 weeks; weeks of the month
    ("in the week", hours(fortnightly=TUESDAY), "2026-12-22 17:00", "open 22.12. 18:00"),
    ("not in week 53", hours(fortnightly=TUESDAY), "2026-12-29 17:00", "closed no_hours 05.01. 16:00"),
    ("in the first week of the next year", hours(fortnightly=TUESDAY), "2027-01-05 15:00", "later 05.01. 16:00"),
    ("before it began", hours(fortnightly=(Fortnightly(date(2026, 12, 8), time(16), time(18)),)), "2026-11-24 17:00",
     "closed no_hours 08.12. 16:00"),
    ("beside weekly hours", hours("Tu 09:00-12:00", fortnightly=TUESDAY), "2026-12-22 13:00", "later 22.12. 16:00"),
    ("first and third Tuesday", hours("Tu[1,3] 16:00-18:00"), "2026-12-15 17:00", "open 15.12. 18:00"),
    ("second Tuesday", hours("Tu[1,3] 16:00-18:00"), "2026-12-08 17:00", "closed no_hours 15.12. 16:00"),
    ("fifth Tuesday", hours("Tu[1,3] 16:00-18:00"), "2026-12-29 17:00", "closed no_hours 05.01. 16:00"),
    ("last Thursday", hours("Th[-1] 16:00-18:00"), "2026-12-31 17:00", "open 31.12. 18:00"),
    # appointments
    ("nach Vereinbarung", hours(appointment="required"), "2026-12-01 10:00", "appointment"),
    ("by appointment, nothing more", hours(appointment="possible"), "2026-12-06 10:00", "appointment"),
    ("only by appointment within hours", hours(WEEK, appointment="required"), "2026-12-01 10:00", "appointment"),
    ("beside hours, open", hours(WEEK, appointment="possible"), "2026-12-01 10:00", "open 01.12. 12:00"),
    ("beside hours, not open", hours(WEEK, appointment="possible"), "2026-12-05 10:00", "closed no_hours 07.12. 09:00"),
    # closures
    ("closed for the summer", hours(WEEK, closures=SUMMER), "2026-07-14 10:00", "closed closure 24.08. 09:00"),
    ("the last day of summer", hours(WEEK, closures=SUMMER), "2026-08-21 10:00", "closed closure 24.08. 09:00"),
    ("the day before summer", hours(WEEK, closures=SUMMER), "2026-07-10 13:00", "closed over"),
    ("after the summer", hours(WEEK, closures=SUMMER), "2026-08-24 10:00", "open 24.08. 12:00"),
    ("until further notice", hours(WEEK, closures=WORKS), "2026-12-01 10:00", "closed closure"),
    ("no appointments while closed", hours(appointment="required", closures=SUMMER), "2026-07-14 10:00",
     "closed closure"),
    ("hours unknown, yet closed", hours(closures=WORKS), "2026-12-01 10:00", "closed closure"),
    # what is not known, or not confirmed
    ("unknown", hours(), "2026-12-01 10:00", "unknown"),
    ("asked, no appointments, no hours", hours(appointment="none"), "2026-12-01 10:00", "unknown"),
    ("never confirmed", hours(WEEK, assured_on=None), "2026-12-01 10:00", "call stale"),
]  # fmt: skip


@pytest.mark.parametrize(("known", "moment", "answer"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_what_holds(known: Hours, moment: str, answer: str) -> None:
    when = datetime.fromisoformat(moment)
    found = opening.at(known, when.astimezone(BERLIN) if when.tzinfo else when, "ST", 2000)
    assert said(found) == answer


def test_there_are_sixty_cases() -> None:
    assert len(CASES) >= 60
    assert len({case[0] for case in CASES}) == len(CASES)


def test_a_confirmation_holds_for_its_days() -> None:
    known = hours(WEEK, assured_on=date(2026, 9, 2))
    assert at(known, "2026-12-01 10:00", keep_days=90).state == "open"  # the 90th day
    late = at(known, "2026-12-02 10:00", keep_days=90)
    assert (late.state, late.why, late.said_on, late.keep_days) == ("call", "stale", date(2026, 9, 2), 90)
    assert (
        at(hours(WEEK, assured_on=date(2026, 9, 2), closures=WORKS), "2026-12-02 10:00", keep_days=90).why == "closure"
    )


def test_hours_that_are_not_sure_promise_no_day_after_a_closure() -> None:
    moment = "2026-07-14 10:00"
    assert at(hours(WEEK, closures=SUMMER), moment).next_opening is not None
    for known in (
        hours(WEEK, appointment="required", assured_on=date(2026, 7, 1), closures=SUMMER),
        hours(WEEK, assured_on=None, closures=SUMMER),
        hours(WEEK, assured_on=date(2026, 1, 2), closures=SUMMER),
    ):
        closed = at(known, moment, keep_days=90)
        assert (closed.why, closed.next_opening) == ("closure", None)


def test_without_a_land_only_nationwide_holidays_are_known() -> None:
    assert at(hours(WEEK), "2027-01-06 10:00", land=None).state == "open"
    assert at(hours(WEEK), "2026-12-25 10:00", land=None).why == "holiday_unsaid"
    assert at(hours(WEEK), "2027-01-06 10:00", land="BB").state == "open"  # Brandenburg has no Epiphany


def test_the_day_before_a_holiday_says_so() -> None:
    assert at(hours(WEEK), "2026-04-02 10:00").tomorrow == "Karfreitag"
    assert at(hours(WEEK, holiday_hours="open"), "2026-04-02 10:00").tomorrow is None
    assert at(hours("Mo-Th 09:00-12:00"), "2026-04-02 10:00").tomorrow is None  # closed on Fridays anyway


def test_whose_hours_and_appointments_are_said() -> None:
    own = at(hours(WEEK, whose="contact", appointment="possible"), "2026-12-05 10:00")
    assert (own.whose, own.by_appointment, own.said_on) == ("contact", True, CONFIRMED)
    closed = at(hours(WEEK, appointment="possible", closures=SUMMER), "2026-07-14 10:00")
    assert (closed.by_appointment, closed.reason, closed.closed_until) == (False, "Sommerpause", date(2026, 8, 21))


def test_every_second_tuesday_of_two_years() -> None:
    known = hours(fortnightly=TUESDAY, holiday_hours="open")
    days = [date(2026, 1, 1) + timedelta(days=number) for number in range(730)]
    met = [day for day in days if opening.slots(known, day, "ST")]
    assert (met[0], met[-1], len(met)) == (date(2026, 1, 6), date(2027, 12, 21), 52)
    assert {(later - earlier).days for earlier, later in pairwise(met)} == {14}


def test_no_moment_of_a_year_fails() -> None:
    known = hours("Mo-Su 01:00-04:00; PH off", fortnightly=TUESDAY)
    moment, states = datetime(2026, 1, 1, tzinfo=UTC), set()
    while moment.year == 2026:
        states.add(opening.at(known, moment.astimezone(BERLIN), "ST", 1000).state)
        moment += timedelta(minutes=97)
    assert states == {"open", "later", "closed"}
    gap = datetime(2026, 3, 29, 2, 30, tzinfo=BERLIN)  # no clock shows it
    assert said(opening.at(hours("Su 02:00-05:00"), gap, "ST", 1000)) == "open 29.03. 05:00"


def test_the_spans_of_a_day() -> None:
    night = hours("Fr 22:00-02:00", fortnightly=(Fortnightly(date(2026, 12, 4), time(10), time(12)),))
    friday, saturday = date(2026, 12, 4), date(2026, 12, 5)
    spans = [f"{a:%d %H:%M}-{b:%d %H:%M}" for a, b in opening.slots(night, friday, "ST")]
    assert spans == ["04 10:00-04 12:00", "04 22:00-05 02:00"]
    assert opening.slots(night, saturday, "ST") == []
    assert opening.open_between(night, saturday, time(1), time(8), "ST")
    assert not opening.open_between(night, saturday, time(2), time(0), "ST")
    assert opening.open_between(night, friday, time(18), time(0), "ST")


@pytest.mark.parametrize(
    "text",
    [
        *("Mo-Fr 09:00-12:00; SH off", "SH 10:00-12:00", '"nach Vereinbarung"', "nach Vereinbarung", "Mo"),
        *('Mo-Fr 09:00-12:00 || "nach Vereinbarung"', 'Mo 10:00-12:00 open "Beratung"', "week 01-53/2 Tu 10:00-12:00"),
        *("Mo 10:00+", "sunrise-sunset", "Dec PH 10:00-12:00", "Mo 25:00-26:00", "Montag 10-13 Uhr", "10.00", ""),
    ],
)
def test_what_the_notation_may_not_say(text: str) -> None:
    with pytest.raises(Wrong) as caught:
        checked(text)
    assert caught.value.key == ("import_opening_school_holidays" if "SH" in text else "import_not_opening")


def test_three_hundred_places_take_no_time() -> None:
    many = [hours(f"Mo-Fr {n % 10:02}:{n // 10:02}-{12 + n % 11}:{n // 10:02}") for n in range(300)]
    moment = datetime(2026, 12, 1, 10)
    began = datetime.now(UTC)
    for known in many:
        opening.at(known, moment, "ST", 1000)
    first = (datetime.now(UTC) - began).total_seconds()
    assert first < 0.5  # 0.03 s on a quiet machine
