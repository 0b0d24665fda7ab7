"""Opening hours as rows of weekday, begin and end, which people choose and read, and back in OpenStreetMap syntax.

What rows cannot say (seasons, "24/7") stays in the syntax: `read` gives None for it.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, time

from esdash.model.opening import Fortnightly, Hours
from esdash.model.opening_text import DAYS, rules_with_signs

MIDNIGHT = time()  # as an end: 24:00
LAST = -1  # the last week of a month
_DAY = rf"(?:{'|'.join(DAYS)})"
_DAYS = re.compile(rf"({_DAY})(?:-({_DAY})|\[([-\d,]+)\])?")
_CLOCK = r"(\d\d):(\d\d)"
_SPAN = re.compile(rf"{_CLOCK}-{_CLOCK}")
_PUBLIC = re.compile(r"PH (?:off|closed|\d[\d:,-]*)")


@dataclass(frozen=True, order=True)
class Row:
    """One time: every week, in these weeks of the month (1 to 5, -1 the last), or every second week from a day on.

    weekday: 1 = Monday. An end at or before the begin is of the next day; 00:00 is midnight.
    """

    weekday: int
    begins: time
    ends: time
    weeks: tuple[int, ...] = ()
    starts_on: date | None = field(default=None, compare=False)

    @property
    def over_midnight(self) -> bool:
        """Whether it ends on the next day, later than midnight."""
        return MIDNIGHT < self.ends <= self.begins


@dataclass(frozen=True)
class Rows:
    """Hours as rows, and what they say of public holidays ("off", "10:00-12:00"; empty: nothing)."""

    rows: tuple[Row, ...]
    public: str = ""


@dataclass(frozen=True)
class Line:
    """Days that have the same times, for people."""

    weekdays: tuple[int, ...]
    spans: tuple[tuple[time, time], ...]
    weeks: tuple[int, ...] = ()
    starts_on: date | None = None


def read(text: str | None) -> Rows | None:
    """Opening hours as rows; None where rows cannot say all of it."""
    rows: list[Row] = []
    public = ""
    for adds, rule in rules_with_signs(text or ""):
        if _PUBLIC.fullmatch(rule):
            public = rule.removeprefix("PH ").replace("closed", "off")
            continue
        days, _, times = rule.partition(" ") if rule[:1].isalpha() else ("Mo-Su", "", rule)
        chosen = _chosen(days)
        spans = [] if times in ("off", "closed") else _spans(times)
        if chosen is None or spans is None:
            return None
        if not adds and (left := _replaced(rows, chosen)) is not None:
            rows = left
        elif not adds or not spans:
            return None
        rows += [Row(weekday, begins, ends, weeks) for weekday, weeks in chosen for begins, ends in spans]
    return Rows(tuple(dict.fromkeys(sorted(rows))), public)


def written(rows: Iterable[Row], public: str = "") -> str | None:
    """Rows of every week and of weeks of the month in OpenStreetMap syntax; None without any."""
    chosen = sorted({row for row in rows if row.starts_on is None})
    said: list[str] = []
    spans_of: dict[tuple[int, tuple[int, ...]], list[str]] = {}
    for row in chosen:
        spans_of.setdefault((row.weekday, row.weeks), []).append(_span(row))
    days_of: dict[str, list[int]] = {}
    for (weekday, weeks), spans in spans_of.items():
        if not weeks:
            days_of.setdefault(",".join(spans), []).append(weekday)
    weekly = [f"{names_of_days(days)} {spans}" for spans, days in days_of.items()]
    monthly = [
        (weekday, f"{DAYS[weekday - 1]}[{','.join(map(str, weeks))}] {','.join(spans)}")
        for (weekday, weeks), spans in spans_of.items()
        if weeks
    ]
    over = any(row.over_midnight for row in chosen)
    text = (", " if over else "; ").join(weekly)
    taken = {weekday for weekday, weeks in spans_of if not weeks}
    for weekday, rule in monthly:  # a rule that replaces would end the others of that day
        text += (", " if over or weekday in taken else "; ") * bool(text) + rule
        taken.add(weekday)
    said = [text] if text else []
    return "; ".join([*said, *([f"PH {public}"] if public else [])]) or None


def fortnightly(rows: Iterable[Row]) -> list[Fortnightly]:
    """The rows of every second week."""
    return sorted(Fortnightly(row.starts_on, row.begins, row.ends) for row in rows if row.starts_on)


def of_fortnightly(times: Iterable[Fortnightly]) -> list[Row]:
    """Times of every second week as rows."""
    return [Row(t.starts_on.isoweekday(), t.begins, t.ends, starts_on=t.starts_on) for t in times]


def week(hours: Hours) -> list[Line] | None:
    """The hours as lines, the same days together, without public holidays; None where rows cannot say them."""
    known = read(hours.weekly)
    if known is None:
        return None
    spans: dict[tuple[int, tuple[int, ...], date | None], list[tuple[time, time]]] = {}
    for row in (*known.rows, *of_fortnightly(hours.fortnightly)):
        spans.setdefault((row.weekday, row.weeks, row.starts_on), []).append((row.begins, row.ends))
    lines: dict[tuple[tuple[tuple[time, time], ...], tuple[int, ...], date | None], list[int]] = {}
    for (weekday, weeks, starts_on), times in spans.items():
        lines.setdefault((tuple(times), weeks, starts_on), []).append(weekday)
    return [Line(tuple(days), times, weeks, starts_on) for (times, weeks, starts_on), days in lines.items()]


def runs(weekdays: Sequence[int]) -> list[tuple[int, int]]:
    """1, 2, 3, 5 → (1, 3), (5, 5); runs of two are two."""
    found: list[tuple[int, int]] = []
    for weekday in sorted(weekdays):
        if found and weekday == found[-1][1] + 1:
            found[-1] = (found[-1][0], weekday)
        else:
            found.append((weekday, weekday))
    return [part for a, b in found for part in ([(a, b)] if b - a != 1 else [(a, a), (b, b)])]


def names_of_days(weekdays: Sequence[int]) -> str:
    """1, 2, 3, 5 → "Mo-We,Fr"."""
    return ",".join(DAYS[a - 1] if a == b else f"{DAYS[a - 1]}-{DAYS[b - 1]}" for a, b in runs(weekdays))


def _chosen(days: str) -> list[tuple[int, tuple[int, ...]]] | None:
    """Weekday and weeks of the month of "Mo-We,Fr" and "Tu[1,3]"."""
    chosen: list[tuple[int, tuple[int, ...]]] = []
    position = 0
    while position < len(days):
        match = _DAYS.match(days, position)
        if match is None:
            return None
        first = DAYS.index(match[1]) + 1
        last = DAYS.index(match[2]) + 1 if match[2] else first
        try:
            weeks = tuple(int(week) for week in match[3].split(",")) if match[3] else ()
        except ValueError:
            return None
        chosen += [((number - 1) % 7 + 1, weeks) for number in range(first, (last if last >= first else last + 7) + 1)]
        position = match.end()
        if position < len(days) and days[position] != ",":
            return None
        position += 1
    return chosen


def _spans(times: str) -> list[tuple[time, time]] | None:
    found = []
    for part in times.split(","):
        match = _SPAN.fullmatch(part.strip())
        if match is None:
            return None
        hour, minute, last_hour, last_minute = (int(group) for group in match.groups())
        if hour > 23 or last_hour > 47:
            return None
        found.append((time(hour, minute), time(last_hour % 24, last_minute)))
    return found


def _replaced(rows: list[Row], chosen: list[tuple[int, tuple[int, ...]]]) -> list[Row] | None:
    """The rows that are left when a rule replaces those of its days; None where that is no row any more."""
    whole = {weekday for weekday, weeks in chosen if not weeks}
    parts = {weekday: set(weeks) for weekday, weeks in chosen if weeks}
    for row in rows:
        weeks = parts.get(row.weekday, set())
        if weeks and (not row.weeks or weeks & set(row.weeks) or LAST in {*weeks, *row.weeks}):
            return None
    return [row for row in rows if row.weekday not in whole]


def _span(row: Row) -> str:
    ends = "24:00" if row.ends == MIDNIGHT else f"{row.ends:%H:%M}"
    return f"{row.begins:%H:%M}-{ends}"
