"""Weekly times, read from what people write ("Mo 14:00-16:00; Mi 10-12 Uhr", "Mo–Fr 9–12") and from our own files
("1 10:00-12:00", 1 = Monday); the names of the days in OpenStreetMap and iCalendar.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import time
from typing import Any

from esdash.model.values import WEEKDAYS, Wrong

ICALENDAR = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")  # names of the days in iCalendar and HSDS
_OSM = tuple(day.capitalize() for day in ICALENDAR)
_OWN = re.compile(r"([1-7]) (\d\d:\d\d)-(\d\d:\d\d)")
DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212~"  # hyphens, dashes and minus, as word processors set them
_DASH = rf"\s*(?:[{DASHES}]|bis|to)\s*"
_CLOCK = r"(\d{1,2})(?:[:.h](\d{2})(?::00)?)?"
_BEGIN = r"(?:(?:von|ab|um|from|at)\s+)?"
_OWN_WEEKDAY = re.compile(r"(?:^|;)\s*([1-7]) (?=\d\d:\d\d-)")  # our own exports: "1 10:00-12:00;3 14:00-16:00"
_TOKEN = re.compile(
    rf"(?P<span>{_CLOCK}(?:\s*(?:uhr|h)\.?)?{_DASH}{_CLOCK}(?:\s*(?:uhr|h)\b\.?)?)"
    rf"|(?P<days>[a-zäöü]+)\.?(?:{_DASH}(?P<last>[a-zäöü]+)\.?)?\s*:?"
    r"|(?P<between>[,;/&+·•|\n]+)|\s+"
)
_FILLERS = {"und", "and", "von", "from", "jeden", "every", "sowie", "uhr", "immer", "je", "jeweils", "u"}
_FILLERS |= {"wöchentlich", "weekly"}
_BEFORE_A_DAY = re.compile(r"\b(?:am|an jedem|on)\s+(?=[a-zäöü]{2})")
_AROUND_A_TIME = re.compile(r"\((?=\s*\d)|(?<=[\dhr.])\s*\)")  # "Mo (10-12 Uhr)"
_WORKING_DAYS = {"werktags", "werktäglich", "wochentags"}  # read as Monday to Friday, and said
_SEVERAL_DAYS = {
    **dict.fromkeys(("täglich", "daily"), range(1, 8)),
    **dict.fromkeys((*_WORKING_DAYS, "weekdays"), range(1, 6)),
    **dict.fromkeys(("wochenende", "wochenends", "weekend", "weekends"), (6, 7)),
}
_CLOSED = {"geschlossen", "zu", "closed"}
_ANY_SPAN = re.compile(rf"(?<![\d.:]){_CLOCK}(?:\s*(?:uhr|h)\.?)?{_DASH}{_CLOCK}(?![\d.:]*\d)")
MORNING = time(6)  # an end up to here, before the begin, is of the next day
_NOON = time(12)  # a time over midnight begins after noon; "9-5" is something else
_LAST_MINUTE = time(23, 59)

Weekly = dict[str, Any]  # weekday (1 = Monday), begins, ends


def weekly(text: str, over_midnight: bool = False) -> list[Weekly]:
    """Weekday, begin and end of every weekly time, in order. Raises Wrong for others ("jeden 2. Montag").

    A time over midnight is cut there, unless `over_midnight`: then its end is before its begin, and midnight is 00:00.
    """
    own = _OWN_WEEKDAY.sub(lambda match: f";{_OSM[int(match.group(1)) - 1]} ", text)
    lower = _AROUND_A_TIME.sub(" ", _BEFORE_A_DAY.sub("", own.lower())).strip()
    found: list[Weekly] = []
    days: list[int] = []
    timed = False
    closed: set[int] = set()
    position = 0
    while position < len(lower):
        match = _TOKEN.match(lower, position)
        if not match:
            raise Wrong("import_not_times")
        position = match.end()
        if match["span"]:
            try:
                begins, ends = _span(*match.group(2, 3, 4, 5), over_midnight=True)
            except Wrong as error:
                raise Wrong("import_not_times") from error
            if not days or (ends < begins and ends > MORNING):
                raise Wrong("import_not_times")
            cut = ends <= begins and not over_midnight
            found += [entry for weekday in days for entry in _entries(weekday, begins, ends, cut)]
            timed = True
        elif match["days"] in _CLOSED and days and not match["last"]:
            timed = True
            closed |= set(days)
        elif match["days"] in _SEVERAL_DAYS and not match["last"]:
            days, timed = ([] if timed else days) + list(_SEVERAL_DAYS[match["days"]]), False
        elif match["days"] and not (match["days"] in _FILLERS and not match["last"]):
            days = ([] if timed else days) + _weekdays(match["days"], match["last"])
            timed = False
    if not found or not timed:
        raise Wrong("import_not_times")
    found = [entry for entry in found if entry["weekday"] not in closed]
    unique = {(entry["weekday"], entry["begins"], entry["ends"]): entry for entry in found}
    return [unique[key] for key in sorted(unique)]


def _entries(weekday: int, begins: time, ends: time, cut: bool) -> list[Weekly]:
    """One weekly time, or the two that it is when it is cut at midnight; a day ends at 23:59."""
    if not cut:
        return [{"weekday": weekday, "begins": begins, "ends": ends}]
    found = [{"weekday": weekday, "begins": begins, "ends": _LAST_MINUTE}]
    if ends > time():
        found.append({"weekday": weekday % 7 + 1, "begins": time(), "ends": ends})
    return found


def written(entry: Mapping[str, Any]) -> str:
    """A weekly time in the notation of our own files: "1 10:00-12:00"."""
    return f"{entry['weekday']} {entry['begins']:%H:%M}-{entry['ends']:%H:%M}"


def read(text: str) -> Weekly:
    """The opposite of `written`. Raises ValueError for what is not a weekly time."""
    match = _OWN.fullmatch(text)
    if match is None:
        raise ValueError(text)
    begins, ends = time.fromisoformat(match[2]), time.fromisoformat(match[3])
    return checked([{"weekday": int(match[1]), "begins": begins, "ends": ends}])[0]


def checked(entries: Iterable[Weekly]) -> list[Weekly]:
    """Weekly times given as values, in order. Raises Wrong for a value that is not one."""
    for entry in entries:
        weekday, begins, ends = (entry.get(name) for name in ("weekday", "begins", "ends"))
        if weekday not in range(1, 8) or not isinstance(begins, time) or not isinstance(ends, time) or ends <= begins:
            raise Wrong("import_not_times")
    return sorted(entries, key=lambda entry: (entry["weekday"], entry["begins"], entry["ends"]))


def over_midnight(text: str) -> bool:
    """Whether a text has weekly times that `weekly` cuts at midnight."""
    return weekly(text) != weekly(text, over_midnight=True)


def working_days(text: str) -> bool:
    """Whether a text says "werktags", which is read as Monday to Friday, although Saturday may be meant too."""
    return any(word in _WORKING_DAYS for word in re.findall(r"[a-zäöü]+", text.lower()))


def impossible(text: str) -> bool:
    """Whether a text has a time that no clock shows, or one that ends before it begins: a slip of the pen."""
    for match in _ANY_SPAN.finditer(text.lower()):
        try:
            begins, ends = _span(*match.groups(), over_midnight=True)
        except Wrong:
            return True
        if ends < begins and ends > MORNING:
            return True
    return False


def clock(text: str) -> time:
    """A time of day written as 14:00, 14.00, 14h, 14 Uhr or ab 14 Uhr. Raises Wrong for anything else."""
    match = re.fullmatch(rf"{_BEGIN}{_CLOCK}\s*(?:uhr|h)?\.?", text.lower())
    if not match:
        raise Wrong("import_not_time")
    return _clock(match.group(1), match.group(2))


def span(text: str, over_midnight: bool = False) -> tuple[time, time]:
    """Begin and end written as 17:00-19:30 or 17 bis 19 Uhr. Raises Wrong for anything else.

    `over_midnight`: an end before the begin is of the next day, and 24 Uhr is 00:00.
    """
    match = re.fullmatch(rf"{_BEGIN}{_CLOCK}(?:\s*(?:uhr|h)\.?)?{_DASH}{_CLOCK}\s*(?:uhr|h)?\.?", text.lower())
    if not match:
        raise Wrong("import_not_time")
    return _span(*match.groups(), over_midnight=over_midnight)


def with_days(hours: str, names: Sequence[str]) -> str:
    """Opening hours with other names for the seven days: "Mo,We 14:00-17:00" → "Mo,Mi 14:00-17:00"."""
    return re.sub(rf"\b({'|'.join(_OSM)})\b", lambda day: names[_OSM.index(day[0])], hours)


def _weekdays(first: str, last: str | None) -> list[int]:
    if first not in WEEKDAYS or (last and last not in WEEKDAYS):
        raise Wrong("import_not_times")
    begin, end = WEEKDAYS[first], WEEKDAYS[last or first]
    if end < begin:
        raise Wrong("import_not_times")
    return list(range(begin, end + 1))


def _span(*parts: str | None, over_midnight: bool = False) -> tuple[time, time]:
    last = "0" if over_midnight and parts[2] == "24" and not int(parts[3] or 0) else parts[2]
    begins, ends = _clock(parts[0], parts[1]), _clock(last, parts[3])
    over = time() < ends < begins
    all_day = over_midnight and begins == ends == time() and parts[2] == "24"
    if (begins == ends and not all_day) or (ends < begins and not over_midnight) or (over and begins <= _NOON):
        raise Wrong("import_not_times")
    return begins, ends


def _clock(hour: str | None, minute: str | None) -> time:
    try:
        return time(int(hour or 0), int(minute or 0))
    except ValueError as error:
        raise Wrong("import_not_time") from error
