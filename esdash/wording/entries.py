"""Lists of times and of days in words (model/entries.py): weekly times, every second week, closures and absences."""

from collections.abc import Iterable, Mapping
from datetime import date, time
from typing import Any

from esdash.model import entries
from esdash.texts import Text, is_missing


def several(items: Iterable[Mapping[str, Any]] | None, text: Text) -> str:
    """The items of a list; an empty one is "keine", unknown "unbekannt"."""
    if items is None or is_missing(items):
        return text("word.unknown")
    listed = list(items)
    if not listed or entries.kind_of(listed[0]) == "times":
        return weekly(listed, text)
    return "; ".join(entry(item, text) for item in listed)


def entry(item: Mapping[str, Any], text: Text) -> str:
    """One item: "Mo 14:00–16:00", "13.07.2026 bis 21.08.2026 (Sommerpause)"."""
    kind = entries.kind_of(item)
    if kind == "times":
        return weekly([item], text)
    if kind == "fortnightly":
        day = _day(item["starts_on"])
        weekday = text(f"weekday_short.{day.isoweekday()}")
        span = f"{clock(item['begins'])}\N{EN DASH}{clock(item['ends'])}"
        return text("hours.fortnightly", weekday=weekday, day=day, span=span)
    return period(_day(item["first_day"]), item["last_day"] and _day(item["last_day"]), item["reason"], text)


def period(first: date, last: date | None, reason: str | None, text: Text) -> str:
    """Days from a first to a last one: "13.07.2026 bis 21.08.2026 (Sommerpause)"."""
    if last is None:
        said = text("hours.period_open", first=first)
    else:
        said = text.date(first) if first == last else text("hours.period", first=first, last=last)
    return text("hours.with_reason", said=said, reason=reason) if reason else said


def weekly(times: Iterable[Mapping[str, Any]] | None, text: Text) -> str:
    """Weekly times in words: "Mo 14:00–16:00"."""
    if times is None or is_missing(times):
        return text("word.unknown")
    parts = [
        f"{text('weekday_short.' + str(t['weekday']))} {clock(t['begins'])}\N{EN DASH}{clock(t['ends'])}" for t in times
    ]
    return ", ".join(parts) or text("word.none")


def clock(value: time | str) -> str:
    """A time of day as 14:00; also accepts a text."""
    return f"{value:%H:%M}" if isinstance(value, time) else value[:5]


def _day(value: date | str) -> date:
    return date.fromisoformat(value[:10]) if isinstance(value, str) else value
