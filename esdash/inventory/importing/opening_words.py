"""Opening hours as people write them in lists: "Mo-Fr 9-12 und nach Vereinbarung", "jeden 1. Dienstag im Monat 16-18".

What is read becomes hours, times of every second week, an appointment, a rule for public holidays, or closures. What is
left is kept as a note, word for word; where it may limit the hours ("nur in ungeraden Wochen"), all of it is.
"""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from esdash.model import entries, opening_rows, opening_text, times, values
from esdash.model.opening_rows import LAST, Row
from esdash.model.values import Wrong

_ANY = re.IGNORECASE
_LONGEST = 500  # characters that are read; nobody writes hours longer than that
_MOST_PARTS, _MOST_TOGETHER = (
    40,
    14,
)  # parts between commas, and those that are tried as one: seven days, two times each
_ORDINALS = {
    **{"1": 1, "2": 2, "3": 3, "4": 4, "5": 5, "erst": 1, "zweit": 2, "dritt": 3, "viert": 4, "fünft": 5},
    **{"letzt": LAST, "first": 1, "second": 2, "third": 3, "fourth": 4, "last": LAST},
}
_ORDINAL = r"(?:[1-5]\.|(?:erst|zweit|dritt|viert|fünft|letzt)e[nrsm]?|first|second|third|fourth|last)"
_WORDS = r"[a-zäöü]+\.?"
_AND = r"(?:\s*(?:,|/|\+|&)\s*|\s+(?:und|u\.|and)\s+)"
_OF_MONTH = r"(?: (?:im|eines(?: jeden)?|jeden|des|in the|of the|of each) monat(?:s|es)?| of the month)"
_MONTHLY = re.compile(
    rf"(?:(?:jede[nrsm]?|every|immer|am|an jedem|on the|the) )*(?P<weeks>{_ORDINAL}(?:{_AND}{_ORDINAL})*) "
    rf"(?P<day>{_WORDS})(?P<of_month>{_OF_MONTH})?[:,]?\s*(?:(?:von|jeweils|from) )?(?P<span>.+)",
    _ANY,
)
_EVERY_SECOND = (
    r"(?:jede[nrsm]? (?:zweite[nrsm]?|2\.)(?: woche)?|alle (?:zwei|2) wochen|alle (?:14|vierzehn) tage"
    r"|(?:14|vierzehn)[- ]?t[äa]g(?:ig|lich)|every (?:second|other)(?: week)?|fortnightly)"
)
_FORTNIGHTLY = re.compile(
    rf"(?:(?P<before>{_WORDS})[:,]? )?{_EVERY_SECOND}[:,]?(?: (?:am |on )?(?P<day>(?!ab\b|from\b){_WORDS}))?"
    r"(?P<rest>.*)",
    _ANY | re.DOTALL,
)
_YEAR = r"(?:\s?\d{4}|\d{2}(?!\d|:|\s*(?:-|–|uhr|bis)))?"
_START = re.compile(rf"(?:ab|seit|from)(?: dem)?\s+(\d{{1,2}}\.\s?\d{{1,2}}\.{_YEAR}|\d{{4}}-\d\d-\d\d)", _ANY)
_HEADING = re.compile(r"(?:öffnungszeiten|sprechzeiten|sprechstunden?|geöffnet|opening hours|open)\b:?\s*", _ANY)
_APPOINTMENT = re.compile(
    r"(?:[,;]\s*)?(?:\b(?:und|sowie|oder|sonst|auch|außerdem|ansonsten|or|and|otherwise|also)\s+)*"
    r"(?P<only>\b(?:nur|ausschließlich|only)\s+)?(?:\btermine?\s+)?"
    r"(?:\bnach\s+(?:(?:telefonischer|vorheriger|individueller|persönlicher|tel\.)\s+)*"
    r"(?:termin)?(?:vereinbarung|absprache|anmeldung|termin)\b|\bmit\s+termin\b|\bauf\s+anfrage\b|\bn\.\s?v\."
    r"|\bby\s+(?:appointment|arrangement)\b)(?:\s+(?:möglich|only))?",
    _ANY,
)
_BESIDE = re.compile(r"(?:und|sowie|oder|sonst|auch|außerdem|ansonsten|or|and|otherwise|also)\b", _ANY)
_ON_HOLIDAYS = re.compile(
    r"(?:[,;(]\s*)?(?:(?P<closed>(?:\ban\s+)?(?:gesetzlichen\s+)?\bfeiertag(?:en|e|s)?:?\s+(?:ist\s+)?(?:geschlossen|zu)\b"
    r"|\b(?:außer|ausgenommen|nicht)(?:\s+an)?\s+(?:gesetzliche[rn]?\s+)?feiertag(?:en|e|s)?\b"
    r"|\bclosed\s+on\s+public\s+holidays\b)|(?P<open>\bauch\s+an\s+feiertagen\b|\balso\s+on\s+public\s+holidays\b))\)?",
    _ANY,
)
_CLOSED = re.compile(r"(?:geschlossen|closed|zu)\b[:,]?\s*", _ANY)
_LIMITING = re.compile(
    r"nur|gerade|woche|monat|\bab\b|außer|ausgenommen|jede|abwechselnd|wechsel|saison|sommer\b|winter\b|only|every|except"
    r"|geschlossen|closed|\bzu\b|\bnicht\b|\bnot\b|\bkeine?n?\b|\bno\b|ferien|vacation|urlaub|entfällt|fällt|\btermin"
    r"|\d\s*(?::|\.)?\d*\s*(?:-|–|—|bis)\s*\d|(?:vor|nach)mittag",
    _ANY,
)
_WEEKDAY = re.compile(
    r"\b(?:mo|di|mi|do|fr|sa|so)\b|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|sonnabend"
    r"|\b(?:mon|tue|wed|thu|fri|sat|sun)",
    _ANY,
)
_TIMED_BEFORE = re.compile(r"(?:\d|\buhr|\bh)\s*$", _ANY)


@dataclass
class Reading:
    """What a text says; `note` is what is left of it."""

    rows: list[Row] = field(default_factory=list)
    weekly: str | None = None
    fortnightly: list[dict[str, Any]] = field(default_factory=list)
    appointment: str | None = None
    holiday_hours: str | None = None
    closures: list[dict[str, Any]] = field(default_factory=list)
    note: str | None = None

    def given(self) -> dict[str, Any]:
        """Field → value of what was read, without the note."""
        found = {
            **{"opening_hours": self.weekly, "fortnightly": self.fortnightly or None, "appointment": self.appointment},
            **{"holiday_hours": self.holiday_hours, "closures": self.closures or None},
        }
        return {name: value for name, value in found.items() if value is not None}


def read(text: str, today: date) -> Reading:
    """The hours in a text; a first day without its year is the one nearest to `today`."""
    written = text.strip()
    try:
        return Reading(weekly=opening_text.checked(written))
    except Wrong:
        pass
    found = Reading()
    left = _clauses(_extracted(_HEADING.sub("", written[:_LONGEST], count=1), found), found, today)
    if len(written) > _LONGEST or any(_limits(clause, found) for clause in left):
        return Reading(note=written)
    found.fortnightly = [entry._asdict() for entry in opening_rows.fortnightly(found.rows)]
    found.weekly = opening_rows.written(found.rows)
    if found.appointment == "possible" and not found.rows:
        found.appointment = "required"
    found.note = "; ".join(left) or None
    return found


def hours_alone(text: str) -> str:
    """Opening hours in OpenStreetMap syntax, of a text that says nothing else. Raises Wrong; its key says why."""
    found = read(text, date.min)
    if found.weekly is None or found.note or len(found.given()) > 1:
        return opening_text.checked(text)
    return found.weekly


def _limits(clause: str, found: Reading) -> bool:
    """Whether a part that says something else may limit the hours, as a day without times beside others does."""
    return bool(_LIMITING.search(clause) or (found.rows and _WEEKDAY.search(clause)))


def _extracted(text: str, found: Reading) -> str:
    """The text without what it says of appointments and public holidays.

    Right behind a time ("Do 14-18 mit Termin") it is about that time; beside others it is left, so that all is a note.
    """
    match = _APPOINTMENT.search(text)
    before = text[: match.start()] if match else ""
    right_behind = match is not None and match[0][0] not in ",;" and not _BESIDE.match(match[0])
    of_the_time = right_behind and bool(_TIMED_BEFORE.search(before))
    if match and not (of_the_time and re.search(r"[,;|\n]", before)):
        found.appointment = "required" if match["only"] or of_the_time else "possible"
        text = _without(text, match)
    if match := _ON_HOLIDAYS.search(text):
        found.holiday_hours = "open" if match["open"] else "closed"
        text = _without(text, match)
    return text


def _without(text: str, match: re.Match[str]) -> str:
    return f"{text[: match.start()]}; {text[match.end() :]}"


def _clauses(text: str, found: Reading, today: date) -> list[str]:
    """Reads each part of a text into `found`; returns the parts that say something else."""
    left: list[str] = []
    for clause in re.split(r"[;\n|]", text):
        said = clause.strip(" ,.")
        said = said[1:-1] if said.startswith("(") and said.endswith(")") else said
        if not said or said.lower() in ("und", "sowie", "oder", "and", "or"):
            continue
        if not _taken(said, found, today):
            left += _parts(said, found, today)
    return left


def _parts(clause: str, found: Reading, today: date) -> list[str]:
    """A clause of several parts between commas: the longest ones that say hours are taken, others are left."""
    pieces = [piece.strip() for piece in clause.split(",") if piece.strip()]
    if len(pieces) > _MOST_PARTS:
        return [clause]
    left: list[str] = []
    first = 0
    while first < len(pieces):
        for last in range(min(len(pieces), first + _MOST_TOGETHER), first, -1):
            if last - first < len(pieces) and _taken(", ".join(pieces[first:last]), found, today):
                first = last
                break
        else:
            left.append(pieces[first])
            first += 1
    return [", ".join(left)] if left else []


def _taken(clause: str, found: Reading, today: date) -> bool:
    """Whether a part of the text is hours, or closed days; adds them to `found`."""
    for reader in (_closed, _monthly, _fortnightly, _weekly):
        try:
            if reader(clause, found, today):
                return True
        except Wrong:
            continue
    return False


def _weekly(clause: str, found: Reading, today: date) -> bool:
    read = times.weekly(re.sub(r"\bfeiertage?\b", "?", clause, flags=_ANY), over_midnight=True)
    found.rows += [Row(entry["weekday"], entry["begins"], entry["ends"]) for entry in read]
    return True


def _monthly(clause: str, found: Reading, today: date) -> bool:
    match = _MONTHLY.fullmatch(clause)
    if match is None:
        return False
    named = re.findall(_ORDINAL, match["weeks"], _ANY)
    weeks = sorted({_ordinal(name) for name in named}, key=lambda week: week % 10)
    if weeks == [2] and not match["of_month"]:
        return False  # "jeden zweiten Dienstag": of the month, or every second week
    days = {entry["weekday"] for entry in times.weekly(f"{match['day']} 1-2")}
    for begins, ends in _spans(match["span"]):
        found.rows += [Row(day, begins, ends, tuple(weeks)) for day in days]
    return True


def _ordinal(name: str) -> int:
    folded = name.lower().rstrip(".")
    return next(number for word, number in _ORDINALS.items() if folded == word or folded.startswith(f"{word}e"))


def _fortnightly(clause: str, found: Reading, today: date) -> bool:
    match = _FORTNIGHTLY.fullmatch(clause)
    start = _START.search(clause)
    if match is None or start is None:
        return False
    named = [word for word in (match["before"], match["day"]) if word]
    weekdays = {entry["weekday"] for word in named[-1:] for entry in times.weekly(f"{word} 1-2")}
    day = _first_day(start[1], weekdays, today)
    for begins, ends in _spans(_START.sub(" ", match["rest"])):
        found.rows.append(Row(day.isoweekday(), begins, ends, starts_on=day))
    return True


def _first_day(text: str, weekdays: set[int], today: date) -> date:
    """The day as written, in the year nearest to `today` in which it is that weekday. Raises Wrong if it never is."""
    try:
        found = [values.day(text)]
    except Wrong:
        found = [values.day(f"{text.strip()}{today.year + offset}") for offset in (0, 1, -1)]
        found.sort(key=lambda day: abs(day - today))
    fitting = [day for day in found if not weekdays or day.isoweekday() in weekdays]
    if not fitting or abs(fitting[0] - today) > timedelta(days=10 * 366):
        raise Wrong("import_not_fortnightly")
    return fitting[0]


def _spans(text: str) -> list[tuple[Any, Any]]:
    """Begin and end of several times: "16 Uhr bis 18 Uhr", "10-12 und 14-16". Raises Wrong."""
    parts = [part for part in re.split(r",|\bund\b|\bu\.|\band\b|&", text.strip(" ,.:;")) if part.strip()]
    if not parts:
        raise Wrong("import_not_time")
    return [entries.clocks(re.sub(r"^(?:von|jeweils|from|um)\s+", "", part.strip(), flags=_ANY)) for part in parts]


def _closed(clause: str, found: Reading, today: date) -> bool:
    """Closed days with their dates: "geschlossen vom 13.7. bis 21.8.2026 (Sommerpause)"."""
    if not _CLOSED.search(clause) or not re.search(r"\d", clause):
        return False
    found.closures.append(entries.period(_CLOSED.sub("", clause).strip(" :,")))
    return True
