"""Opening hours in words: what holds today, with how sure that is, and the week (METHODS M26)."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from esdash.model import opening_rows
from esdash.model.holidays import holiday
from esdash.model.opening import POSSIBLE, REQUIRED, Closure, Hours, Opening
from esdash.model.opening_rows import MIDNIGHT, Line
from esdash.model.opening_text import ALWAYS
from esdash.model.times import with_days
from esdash.texts import Text
from esdash.wording import entries

_YEAR = timedelta(days=300)  # a day this near needs no year


def sentence(opening: Opening, text: Text) -> str:
    """What holds, until when, and since when that is known: "offen bis 17 Uhr, laut Angabe vom 3.11."."""
    said = [short(opening, text), *_besides(opening, text)]
    certain = opening.state not in ("unknown", "call") or opening.why == "holiday"
    if certain and opening.said_on is not None:
        said.append(text("hours.said", day=short_day(opening.said_on, opening.on, text)))
    return ", ".join(said)


def short(opening: Opening, text: Text) -> str:
    """What holds, without what else is known: "offen bis 17 Uhr"."""
    if opening.state == "open":
        until = opening.until
        return text("hours.open", until=_until(until, opening.on, text)) if until else text("hours.open_always")
    if opening.state == "later" and opening.begins:
        return text("hours.later_again" if opening.again else "hours.later", begins=_clock(opening.begins, text))
    if opening.state == "closed":
        return _closed(opening, text)
    if opening.state == "call":
        return _call(opening, text)
    return text(f"hours.{opening.state}")


def state(state_id: str, text: Text) -> str:
    """A state as the name of a filter: "jetzt offen"."""
    return text(f"hours.state.{state_id}")


def short_day(day: date, near: date, text: Text) -> str:
    """A day without its year where it is near another: "3.11."."""
    if abs(day - near) > _YEAR:
        return text.date(day)
    month = str(day.month) if text.language == "de" else text(f"month.{day.month}")
    return text("hours.short_date", day=str(day.day), month=month)


def _besides(opening: Opening, text: Text) -> list[str]:
    said = []
    if opening.by_appointment and opening.state != "appointment":
        said.append(text("hours.by_appointment"))
    if opening.state == "closed" and opening.next_opening:
        said.append(_again(opening.next_opening, opening.on, text))
    if opening.tomorrow:
        name = holiday(opening.on + timedelta(days=1), opening.land, text.language)
        said.append(text("hours.tomorrow_holiday", holiday=name))
    if opening.whose == "contact" and opening.state in ("open", "later", "closed", "appointment"):
        said.append(text("hours.of_contact"))
    return said


def _closed(opening: Opening, text: Text) -> str:
    name = "no_hours" if opening.by_appointment else "closed"
    if opening.why == "over":
        return text("hours.over")
    only_today = opening.why == "closure" and not opening.reason and opening.closed_until == opening.on
    if opening.why == "no_hours" or only_today:
        return text(f"hours.{name}")
    return text(f"hours.{name}_why", why=_why(opening, text))


def _why(opening: Opening, text: Text) -> str:
    if opening.why == "closure":
        alone = "" if opening.reason else "_only"
        if opening.closed_until is None:
            return text(f"hours.closed_open_end{alone}", reason=opening.reason)
        if opening.closed_until == opening.on and opening.reason:
            return opening.reason
        day = short_day(opening.closed_until, opening.on, text)
        return text(f"hours.closed_until{alone}", reason=opening.reason, day=day)
    name = holiday(opening.on, opening.land, text.language) or ""
    return text("hours.unsaid", holiday=name) if opening.why == "holiday_unsaid" else name


def _call(opening: Opening, text: Text) -> str:
    if opening.why == "holiday":
        return text("hours.call_holiday", holiday=holiday(opening.on, opening.land, text.language))
    if opening.said_on is None:
        return text("hours.call_never")
    return text("hours.call_stale", day=short_day(opening.said_on, opening.on, text), n=opening.keep_days)


def _again(moment: datetime, on: date, text: Text) -> str:
    if moment.date() == on + timedelta(days=1):
        day = text("hours.tomorrow")
    else:
        weekday = text(f"weekday_short.{moment.isoweekday()}")
        day = text("hours.on_day", weekday=weekday, day=short_day(moment.date(), on, text))
    return text("hours.again", day=day, time=_clock(moment, text))


def _until(moment: datetime, on: date, text: Text) -> str:
    next_day = on + timedelta(days=1)
    if moment.date() == on:
        return _clock(moment, text)
    if moment == datetime.combine(next_day, MIDNIGHT):
        return text("hours.clock", time=_hour(MIDNIGHT, text, ends=True))
    if moment.date() == next_day:
        return text("hours.clock_next_day", time=_hour(moment.time(), text))
    weekday = text(f"weekday_short.{moment.isoweekday()}")
    day = short_day(moment.date(), on, text)
    return text("hours.clock_on_day", weekday=weekday, day=day, time=_hour(moment.time(), text))


def _clock(moment: datetime, text: Text) -> str:
    return text("hours.clock", time=_hour(moment.time(), text))


def _hour(value: time, text: Text, ends: bool = False) -> str:
    """14:00 as "14" in German, where "Uhr" follows; midnight as an end is 24."""
    hour = 24 if ends and value == MIDNIGHT else value.hour
    if text.language == "de":
        return f"{hour}:{value:%M}" if value.minute else str(hour)
    return f"{hour:02}:{value:%M}"


# ------------------------------------------------------------------------------------------------------------ the week


def week(hours: Hours, text: Text, on: date | None = None) -> str:
    """The hours of a week: "Mo, Mi 14–17 Uhr; jede zweite Woche Di ab 01.12.2026 16–18 Uhr; auch mit Termin".

    With a day, times of every second week that have begun say when they are next. Unknown is said.
    """
    said = lines(hours, text, on)
    return "; ".join(said) or text("word.unknown")


def lines(hours: Hours, text: Text, on: date | None = None) -> list[str]:
    """The hours of a week, one text for each line of a list; empty where nothing is known."""
    found = opening_rows.week(hours)
    if found is None:
        written = hours.weekly or ""
        said = [
            text("hours.week.always")
            if written == ALWAYS
            else with_days(written, [text(f"weekday_short.{day}") for day in range(1, 8)])
        ]
        found = opening_rows.week(Hours(fortnightly=hours.fortnightly)) or []
    else:
        said = []
    said += [_line(line, text, on) for line in found]
    said += _on_holidays(hours, text)
    said += [closure(entry, text) for entry in hours.closures if on is None or (entry.last_day or on) >= on]
    if hours.appointment in (POSSIBLE, REQUIRED):
        only = hours.appointment == REQUIRED or not hours.timed
        said.append(text("hours.week.appointment" if only else "hours.week.also_appointment"))
    return said


def on_holidays(public: str, text: Text) -> str:
    """What hours say of public holidays (opening_rows.Rows.public): "an Feiertagen 10:00–12:00 Uhr"."""
    if public == "off":
        return text("hours.week.holidays_closed")
    spans = ", ".join(public.replace("-", "\N{EN DASH}").split(","))
    return text("hours.week.holidays_times", spans=text("hours.week.spans", spans=spans))


def closure(entry: Closure, text: Text) -> str:
    """A closure: "geschlossen 13.07.2026 bis 21.08.2026 (Sommerpause)"."""
    return text("hours.week.closed", days=entries.period(entry.first_day, entry.last_day, entry.reason, text))


def _line(line: Line, text: Text, on: date | None) -> str:
    days = _days(line.weekdays, text)
    spans = text("hours.week.spans", spans=_spans(line.spans, text))
    if line.weeks:
        names = [text(f"hours.week.week_{week}") for week in line.weeks]
        weeks = f" {text('hours.week.and')} ".join([", ".join(names[:-1]), names[-1]] if names[1:] else names)
        return text("hours.week.monthly", weeks=weeks, days=days, spans=spans)
    if line.starts_on is None:
        return text("hours.week.times", days=days, spans=spans)
    if on is None or on <= line.starts_on:
        return text("hours.week.fortnightly_from", days=days, day=line.starts_on, spans=spans)
    ahead = -(-(on - line.starts_on).days // 14) * 14
    day = line.starts_on + timedelta(days=ahead)
    return text("hours.week.fortnightly_next", days=days, day=short_day(day, on, text), spans=spans)


def _on_holidays(hours: Hours, text: Text) -> list[str]:
    if not hours.timed:
        return []
    known = opening_rows.read(hours.weekly)
    if known and known.public:
        return [on_holidays(known.public, text)]
    return [text(f"hours.week.holidays_{hours.holiday_hours}")] if hours.holiday_hours else []


def _days(weekdays: Sequence[int], text: Text) -> str:
    names = [text(f"weekday_short.{number}") for number in range(1, 8)]
    return ", ".join(
        names[a - 1] if a == b else f"{names[a - 1]}\N{EN DASH}{names[b - 1]}" for a, b in opening_rows.runs(weekdays)
    )


def _spans(spans: Sequence[tuple[time, time]], text: Text) -> str:
    return ", ".join(f"{_hour(begins, text)}\N{EN DASH}{_hour(ends, text, ends=True)}" for begins, ends in spans)
