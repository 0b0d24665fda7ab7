"""A cell with a date and what lists write beside it: "Mo 06.04.2026, 17-19 Uhr", "06.–08.04.2026"."""

import re
from dataclasses import dataclass
from datetime import date, time, timedelta

from esdash.model import times, values
from esdash.model.values import Wrong

_ANY = re.IGNORECASE
_ONE_DAY = timedelta(days=1)
_DAYS = "|".join(values.WEEKDAYS)
_WEEKDAY = r"(?:(?:am|vom|von|from|on|the|der|den)\s+)?(?:[a-zä]{2,10}\.?\s*,?\s*)?(?:(?:den|dem|the)\s+)?"
_DASH = rf"\s*(?:[{times.DASHES}]|\.\.|\bbis(?: zum)?\b|\bto\b|\buntil\b)\s*"
# A year of two digits is none where it is the begin of a time: "06.04.17-19 Uhr".
_TIME_FOLLOWS = rf"[\d:.]|\s*(?:uhr|h\b)|{_DASH}\d{{1,2}}(?:[:.]\d{{2}})?\s*(?:uhr|h\b|$)"
_YEAR = rf"(?:\s?\d{{4}}|(?<=\.)\d{{2}}(?!{_TIME_FOLLOWS}))"
_NAMED = rf"\d{{1,2}}\.\s?(?:\d{{1,2}}\.|{values.MONTH}\.?)(?:{_YEAR})?"
_DAY = rf"(?:\d{{4}}-\d{{1,2}}-\d{{1,2}}|{_NAMED}|\d{{1,2}}\s{values.MONTH}\s\d{{4}})(?:\s*[,(]\s*(?:{_DAYS})\b\.?\)?)?"
_AND = r"\s*(?:/|\+|&|\bund\b|\bu\.|\band\b)\s*"  # of two days in a row
_CELL = re.compile(
    rf"(?P<first>{_WEEKDAY}(?:{_DAY}|\d{{1,2}}\.?(?={_DASH}|{_AND})))"
    rf"(?:(?:{_DASH}|(?P<both>{_AND}))(?P<last>{_WEEKDAY}{_DAY}))?(?P<rest>.*)",
    _ANY | re.DOTALL,
)
_PAIR = re.compile(
    rf"(?P<one>{_DAYS})\.?(?:{_DASH}|{_AND})(?P<two>{_DAYS})\b\.?,?\s*(?=\d)", _ANY
)  # "Sa/So 10./11.04.2026"
_ARTICLE = re.compile(r"^(?:am|vom|von|from|on|the|der|den)\s+(?=[a-zä\d])", _ANY)
_BEFORE_A_TIME = re.compile(rf"^[{times.DASHES}\s,;|:T(]*(?:(?:um|jeweils|je|täglich|daily|each)\s+)?", _ANY)


@dataclass(frozen=True)
class Dated:
    """A day, and what the same cell says besides: the last day, the begin, the end."""

    first: date
    last: date | None = None
    begins: time | None = None
    ends: time | None = None

    @property
    def alone(self) -> bool:
        """Whether the cell has nothing but the day."""
        return self.last is None and self.begins is None


def read(text: str) -> Dated:
    """The day or days of a cell, with the time. An end at or before its begin is of the next day; 00:00 is midnight.

    Raises Wrong for what is no date, for a day without its year, and for one that is another weekday than said.
    """
    if len(text) <= values.LONGEST_DATE and (pair := _PAIR.match(text)):
        return _of_weekdays(read(text[pair.end() :]), pair["one"], pair["two"])
    match = _CELL.fullmatch(text.strip()) if len(text) <= values.LONGEST_DATE else None
    if match is None:
        return Dated(values.day(text))
    last = _day(match["last"]) if match["last"] else None
    first = first_day(match["first"], last)
    if last is not None and (last < first or (match["both"] and last - first != _ONE_DAY)):
        raise Wrong("import_not_date")
    begins, ends = _time(match["rest"])
    return Dated(first, None if last == first else last, begins, ends)


def _of_weekdays(found: Dated, one: str, two: str) -> Dated:
    """Days from to, checked against the two weekdays before them."""
    if found.last is None:
        raise Wrong("import_not_date")
    for said, day in ((one, found.first), (two, found.last)):
        if values.WEEKDAYS[said.lower()] != day.isoweekday():
            raise Wrong("import_wrong_weekday", said=said, day=day, weekday=values.Weekday(day.isoweekday()))
    return found


def _day(text: str) -> date:
    return values.day(_ARTICLE.sub("", text.strip()))


def first_day(text: str, last: date | None) -> date:
    """A first day, which may leave out month and year of the last. Raises Wrong."""
    try:
        return _day(text)
    except Wrong as wrong:
        if last is None or wrong.key == "import_wrong_weekday":
            raise
    said = text.strip()
    if re.search(r"(?<!\d)\d{1,2}\.?$", said) and not re.search(r"\d\.\s?\d{1,2}\.?$", said):
        return _day(f"{said.rstrip('.')}.{last.month}.{last.year}")
    month = said if said.endswith(".") or said[-1].isalpha() else f"{said}."
    found = [_in_year(month, year) for year in (last.year, last.year - 1)]
    fitting = [day for day in found if day is not None and day <= last]
    return fitting[0] if fitting else _day(f"{month} {last.year}")


def _in_year(text: str, year: int) -> date | None:
    """The day in a year; None where that year does not have it, or not on that weekday."""
    try:
        return _day(f"{text} {year}" if text[-1].isalpha() else f"{text}{year}")
    except Wrong:
        return None


def _time(text: str) -> tuple[time | None, time | None]:
    said = _BEFORE_A_TIME.sub("", text.strip()).rstrip(" )")
    if not said:
        return None, None
    try:
        return times.span(said, over_midnight=True)
    except Wrong:
        pass
    try:
        begins = times.clock(said)
    except Wrong:
        raise Wrong("import_not_date") from None
    midnight = re.fullmatch(r"0?0:00(?::00)?", said)  # how spreadsheets write a day with no time
    return (None, None) if midnight else (begins, None)
