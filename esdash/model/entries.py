"""Lists of times and of days inside a record, each item with one notation in files and forms.

times: "1 10:00-12:00" (1 = Monday), fortnightly: "2026-12-01 16:00-18:00" (every second week from that day on),
periods: "2026-07-13..2026-08-21 Sommerpause" (a day alone: "2026-12-24 Inventur", open: "2026-12-24.. Umbau").
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, time
from typing import Any

from esdash.model import dates, times, values
from esdash.model.values import Wrong

Entry = dict[str, Any]
_KEYS = {
    "times": {"weekday", "begins", "ends"},
    "fortnightly": {"starts_on", "begins", "ends"},
    "periods": {"first_day", "last_day", "reason"},
}
TYPES = tuple(_KEYS)  # types of fields that hold such a list
_DAY = rf"\d{{1,2}}\.\s?(?:\d{{1,2}}\.|{values.MONTH}\.?)\s?(?:\d{{4}}|\d{{2}}\b)?|\d{{4}}-\d{{1,2}}-\d{{1,2}}"
_TO = r"\s*(?:-|–|—|\.\.|\bbis(?: zum)?\b|\bto\b|\buntil\b)\s*"
_ANY = re.IGNORECASE | re.DOTALL
_SINCE = rf"(?:ab|seit|from)(?: dem)? (?P<since>{_DAY})"
_OPEN = re.compile(rf"(?:{_SINCE}|(?P<first>{_DAY})\s*\.\.(?!\s*\d))(?P<reason>.*)", _ANY)
_OWN_DAY = r"\d{4}-\d\d-\d\d"
_OWN_PERIOD = re.compile(
    rf"(?P<first>{_OWN_DAY})(?P<until>\.\.(?P<last>{_OWN_DAY})?)?(?: (?P<reason>(?(until)|(?!{_TO}\d)).*))?",
    _ANY,
)
_LIKE_A_DAY = re.compile(rf"{_TO}\d", _ANY)  # a reason that would be read as the last day
_PERIOD = re.compile(
    rf"(?:(?:vom|von|from|am|on) )?(?P<first>{_DAY}|\d{{1,2}}\.(?={_TO}))(?:{_TO}(?P<last>{_DAY}))?(?P<reason>.*)", _ANY
)
_FORTNIGHTLY = re.compile(rf"(?:ab|from)?\s*(?P<day>{_DAY})[,:]?\s+(?P<span>.+)", _ANY)
_SPAN = re.compile(r"(\d\d:\d\d)-(\d\d:\d\d)")
MIDNIGHT = "24:00"


def kind_of(value: Any) -> str:
    """The type of a field that holds such an item; empty for a value that is none."""
    if not isinstance(value, Mapping):
        return ""
    return next((name for name, keys in _KEYS.items() if value.keys() == keys), "")


def of_column(kind: str) -> str:
    """The type of a field whose column has the DuckDB type `kind`."""
    return "periods" if "first_day" in kind else "fortnightly" if "starts_on" in kind else "times"


def written(entry: Mapping[str, Any]) -> str:
    """An item in the notation of our own files."""
    kind = kind_of(entry)
    if kind == "periods":
        first, last = _day(entry["first_day"]), entry["last_day"] and _day(entry["last_day"])
        reason = entry["reason"] or ""
        until = "" if last == first and not _LIKE_A_DAY.match(f" {reason}") else f"..{last or ''}"
        return f"{first}{until} {reason}".strip()
    if kind == "fortnightly":
        ends = _clock(entry["ends"])
        return f"{_day(entry['starts_on'])} {_clock(entry['begins'])}-{MIDNIGHT if ends == '00:00' else ends}"
    return times.written(entry)


def read(text: str, kind: str) -> Entry:
    """The opposite of `written`. Raises ValueError."""
    return _READERS[kind](text)


def several(text: str, kind: str) -> list[Entry]:
    """The items of a cell, separated by semicolons or lines. Raises Wrong for what is no item."""
    if kind == "times":
        return times.weekly(text)
    parts = [part.strip() for part in re.split(r"[;\n]", text) if part.strip()]
    return checked([_READERS[kind](part) for part in parts], kind)


def checked(entries: Iterable[Entry], kind: str) -> list[Entry]:
    """Items given as values, in order, each once. Raises Wrong for a value that is not one."""
    if kind == "times":
        return times.checked(entries)
    found = {_CHECKS[kind](entry) for entry in entries}
    names = {"fortnightly": ("starts_on", "begins", "ends"), "periods": ("first_day", "last_day", "reason")}[kind]
    ordered = sorted(found, key=lambda entry: (entry[0], entry[1] or date.max, str(entry[2] or "")))
    return [dict(zip(names, entry, strict=True)) for entry in ordered]


def period(text: str) -> Entry:
    """Days from a first to a last one, with the reason: also "13.7.–21.8.2026: Sommerpause". Raises Wrong."""
    if own := _OWN_PERIOD.fullmatch(text.strip()):
        first = values.day(own["first"])
        last = values.day(own["last"]) if own["last"] else None if own["until"] else first
        return checked([{"first_day": first, "last_day": last, "reason": own["reason"]}], "periods")[0]
    if match := _OPEN.fullmatch(text.strip()):
        return _period(values.day(match["since"] or match["first"]), None, match["reason"])
    match = _PERIOD.fullmatch(text.strip())
    if match is None:
        raise Wrong("import_not_periods")
    last = values.day(match["last"]) if match["last"] else None
    first = dates.first_day(match["first"], last)
    return _period(first, last or first, match["reason"])


def fortnight(text: str) -> Entry:
    """A day and the hours of every second week from it on: "2026-12-01 16:00-18:00". Raises Wrong."""
    match = _FORTNIGHTLY.fullmatch(text.strip())
    if match is None:
        raise Wrong("import_not_fortnightly")
    try:
        day, (begins, ends) = values.day(match["day"]), clocks(match["span"])
    except Wrong as error:
        raise Wrong("import_not_fortnightly") from error
    return {"starts_on": day, "begins": begins, "ends": ends}


def clocks(text: str) -> tuple[time, time]:
    """Begin and end as people write them; 24:00 is midnight, an earlier end is of the next day. Raises Wrong."""
    if own := _SPAN.fullmatch(text.strip()):
        try:
            begins, ends = (time.fromisoformat("00:00" if part == MIDNIGHT else part) for part in own.groups())
        except ValueError as error:
            raise Wrong("import_not_time") from error
        return begins, ends
    return times.span(text.strip(), over_midnight=True)


def _period(first: date, last: date | None, reason: str) -> Entry:
    said = reason.strip().lstrip(":,–- ")
    said = said[1:-1] if said.startswith("(") and said.endswith(")") else said
    entry = {"first_day": first, "last_day": last, "reason": said or None}
    return checked([entry], "periods")[0]


def _check_period(entry: Entry) -> tuple[date, date | None, str | None]:
    first, last, reason = (entry.get(name) for name in ("first_day", "last_day", "reason"))
    if not isinstance(first, date) or not isinstance(last, date | None) or (last and last < first):
        raise Wrong("import_not_periods")
    said = re.sub(r"\s*[;\n]\s*", ", ", str(reason or "")).strip()  # a semicolon separates items
    return first, last, said or None


def _check_fortnight(entry: Entry) -> tuple[date, time, time]:
    day, begins, ends = (entry.get(name) for name in ("starts_on", "begins", "ends"))
    if not isinstance(day, date) or not isinstance(begins, time) or not isinstance(ends, time) or begins == ends:
        raise Wrong("import_not_fortnightly")
    return day, begins, ends


def _day(value: date | str) -> str:
    return value if isinstance(value, str) else f"{value:%Y-%m-%d}"


def _clock(value: time | str) -> str:
    return value[:5] if isinstance(value, str) else f"{value:%H:%M}"


_READERS: dict[str, Callable[[str], Entry]] = {"times": times.read, "fortnightly": fortnight, "periods": period}
_CHECKS: dict[str, Callable[[Entry], Any]] = {"fortnightly": _check_fortnight, "periods": _check_period}
