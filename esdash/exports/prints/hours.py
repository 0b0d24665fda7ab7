"""The hours of a contact point on paper: rows of weekdays in the language of the paper, and what else to know."""

from collections.abc import Sequence
from datetime import time
from functools import cache
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.dates import get_day_names

from esdash.analysis.leaflet.contacts import Printable
from esdash.exports.prints.saying import Pieces, Saying, comma, joined
from esdash.model import opening_rows
from esdash.model.opening import ASK, OPEN, POSSIBLE, REQUIRED, Closure
from esdash.model.opening_rows import LAST, MIDNIGHT, Line
from esdash.model.opening_text import ALWAYS
from esdash.texts.leaflet import SOURCE

_ENDINGS = {"de": ".", "tr": ".", "ru": "-й", "uk": "-й"}  # of a number that counts the weeks of a month


def rows(one: Printable, say: Saying) -> list[dict[str, Any]]:
    """One row per group of days with the same times: days in words, times left to right, a note (every second week)."""
    if one.hours.appointment == REQUIRED or one.hours.weekly == ALWAYS:
        return []
    lines = opening_rows.week(one.hours) or []
    return [
        {
            "days": [["words", _days(line.weekdays, say.language)]],
            "times": [_span(*span) for span in line.spans],
            "note": _note(line, say),
        }
        for line in lines
    ]


def notes(one: Printable, say: Saying) -> list[Pieces]:
    """What to know beside the rows: appointments, public holidays, closures, and that somebody should call first."""
    hours = one.hours
    found: list[Pieces] = []
    if hours.appointment == REQUIRED:
        found.append(say("word_appointment_required"))
    elif hours.weekly == ALWAYS:
        found.append(say("word_always"))
    elif not (hours.timed and opening_rows.week(hours)):
        found.append(say("word_hours_unknown"))
    if hours.appointment == POSSIBLE:
        found.append(say("word_appointment_possible"))
    if hours.appointment in (POSSIBLE, REQUIRED) and hours.appointment_url:
        found[-1] = [*found[-1], ["words", ": "], ["sign", hours.appointment_url]]
    if hours.timed and not one.sure:
        found.append(say("word_hours_ask"))
    if hours.holiday_hours in (OPEN, ASK):
        found.append(say(f"word_holidays_{hours.holiday_hours}"))
    found += [_closed(closure, say) for closure in one.closures]
    return found


def language_names(keys: Sequence[str], language: str, german: dict[str, str]) -> str:
    """The names of languages in the language of the paper; German ones where it has no word for one."""
    known = _locale(language).languages
    return comma(language).join(str(known.get(key) or german.get(key, key)) for key in keys)


@cache
def _locale(language: str) -> Locale:
    """The names in a language; German ones for one that nobody has collected any for."""
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale.parse(SOURCE)


@cache
def _names(language: str) -> tuple[str, ...]:
    names = get_day_names("wide", "stand-alone", locale=_locale(language))
    return tuple(names[number].replace("\N{MODIFIER LETTER APOSTROPHE}", "’") for number in range(7))


def _days(weekdays: Sequence[int], language: str) -> str:
    names = _names(language)
    return comma(language).join(
        names[first - 1] if first == last else f"{names[first - 1]} – {names[last - 1]}"
        for first, last in opening_rows.runs(weekdays)
    )


def _span(begins: time, ends: time) -> str:
    return f"{begins:%H:%M}–{'24:00' if ends == MIDNIGHT else f'{ends:%H:%M}'}"


def _closed(closure: Closure, say: Saying) -> Pieces:
    if closure.last_day is None:
        return say("word_closed_from", first=closure.first_day)
    return say("word_closed_between", first=closure.first_day, last=closure.last_day)


def _note(line: Line, say: Saying) -> Pieces:
    if line.starts_on is not None:
        return say("word_fortnightly", day=line.starts_on)
    numbers = ", ".join(_nth(int(week), say.language) for week in line.weeks if week != LAST)
    parts = [say("word_monthly", n=numbers) if numbers else [], say("word_monthly_last") if LAST in line.weeks else []]
    return joined(parts, comma(say.language))


def _nth(week: int, language: str) -> str:
    if language == "en":
        return f"{week}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(week, 'th') }"
    return f"{week}{_ENDINGS.get(language, '')}"
