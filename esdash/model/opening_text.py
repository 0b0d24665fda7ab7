"""Opening hours in OpenStreetMap syntax, read by opening-hours-py: which are taken, and what they say of a day.

Left out are parts that the package reads without acting upon them, or that are no hours: school holidays, holidays
among other conditions, comments and appointments, "unknown", times of the sun, and weeks counted by the calendar,
because a year has 52 of them or 53.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import lru_cache

import opening_hours

from esdash.model.values import Wrong

ALWAYS = "24/7"
DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_DAY = timedelta(days=1)
_PLAIN = re.compile(r"([A-Z][a-z](?:[-,][A-Z][a-z])*) [\d:,-]+")
_REFUSED = re.compile(r'"|\|\||\b(?:SH|week|unknown|sunrise|sunset|dawn|dusk|easter)\b|\d\+', re.IGNORECASE)
_TIMED = re.compile(r"\d\d:\d\d|\b(?:off|closed)$|^24/7$")
_RULE = re.compile(r"(;|,(?=\s+[A-Z]))")  # "; " replaces, ", " adds
_PUBLIC = re.compile(r"\bPH\b")
_ONLY_PUBLIC = re.compile(r"(?:PH|[A-Z][a-z](?:-[A-Z][a-z])?)(?:,(?:PH|[A-Z][a-z](?:-[A-Z][a-z])?))*\s+(.+)", re.DOTALL)


def checked(text: str) -> str:
    """Opening hours that are taken as they are. Raises Wrong for others; its key says why."""
    if re.search(r"\bSH\b", text):
        raise Wrong("import_opening_school_holidays")
    if _REFUSED.search(text):
        raise Wrong("import_not_opening")
    for rule in rules(text):
        if not _TIMED.search(rule):
            raise Wrong("import_not_opening")  # "Mo" alone is all of Monday there
        if _PUBLIC.search(rule) and not _ONLY_PUBLIC.fullmatch(rule):
            raise Wrong("import_not_opening")
    if not opening_hours.validate(text):
        raise Wrong("import_not_opening")
    return text


def rules_with_signs(text: str) -> list[tuple[bool, str]]:
    """The rules of a text, each with whether it adds to those before (", ") or replaces them ("; ")."""
    found: list[tuple[bool, str]] = []
    adds = False
    for part in _RULE.split(text):
        if part in (";", ","):
            adds = part == ","
        elif part.strip():
            found.append((adds, part.strip()))
    return found


def rules(text: str) -> list[str]:
    """The rules of a text: "Mo 10:00-12:00; PH off" → two."""
    return [rule for _, rule in rules_with_signs(text)]


@lru_cache(maxsize=4096)
def evaluated(text: str) -> str:
    """What holds on usual days: the rules without public holidays.

    A rule for Saturday would end Friday's hours at midnight; of simple hours that run later, each rule adds.
    """
    kept = ""
    over = _run_over(rules(text))
    for adds, rule in rules_with_signs(text):
        days, _, rest = rule.partition(" ")
        if _PUBLIC.search(days):
            others = [day for day in days.split(",") if day != "PH"]
            if not others:
                continue
            rule = f"{','.join(others)} {rest}"
        kept += (", " if adds or over else "; ") * bool(kept) + rule
    return kept


def _run_over(found: list[str]) -> bool:
    """Whether hours run over midnight, and no rule speaks of the days of another."""
    days: list[int] = []
    for rule in found:
        match = _PLAIN.fullmatch(rule)
        if match is None:
            return False
        for part in match[1].split(","):
            first, _, last = part.partition("-")
            begin, end = DAYS.index(first), DAYS.index(last or first)
            days += [number % 7 for number in range(begin, (end if end >= begin else end + 7) + 1)]
    spans = re.findall(r"(\d\d:\d\d)-(\d\d:\d\d)", " ".join(found))
    return len(days) == len(set(days)) and any("00:00" < ends <= begins or ends > "24:00" for begins, ends in spans)


@lru_cache(maxsize=4096)
def for_holidays(text: str) -> str | None:
    """What the text says of public holidays, for every day of the week: "" if closed, None if it says nothing."""
    said: list[str] | None = None
    for rule in rules(text):
        match = _ONLY_PUBLIC.fullmatch(rule)
        if match and _PUBLIC.search(rule):
            said = [] if match[1] in ("off", "closed") else [f"Mo-Su {match[1]}"]
    return None if said is None else "; ".join(said)


@lru_cache(maxsize=4096)
def _parsed(text: str) -> opening_hours.OpeningHours:
    return opening_hours.OpeningHours(text)


@lru_cache(maxsize=20_000)
def intervals(text: str, first: date, before: date) -> tuple[tuple[datetime, datetime], ...]:
    """The open spans that begin from a day on and before another; what lasts longer than a day is cut at midnight."""
    if not text:
        return ()
    begin = datetime.combine(first, time())
    end = datetime.combine(before, time())
    found: list[tuple[datetime, datetime]] = []
    for begins, ends, state, _ in _parsed(text).intervals(begin - _DAY, end + _DAY):
        if state == opening_hours.State.OPEN:
            found += _cut(begins, ends or end + _DAY)
    return tuple(span for span in found if begin <= span[0] < end)


def _cut(begins: datetime, ends: datetime) -> Iterator[tuple[datetime, datetime]]:
    while ends - begins > _DAY:
        midnight = datetime.combine(begins.date() + _DAY, time())
        yield begins, midnight
        begins = midnight
    yield begins, ends
