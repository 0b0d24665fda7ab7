"""What one cell says: a value of its field, values beside it ("06.–08.04.2026, 17-19 Uhr"), or words for the note."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from esdash.inventory.importing import opening_words
from esdash.model import dates, entries, times, values
from esdash.model.fields import Field, Kind
from esdash.model.values import Wrong

LAST_MINUTE = time(23, 59)  # 24 Uhr, as a time of one day
_LAST_DAYS = {"starts_on": "ends_on", "started_on": "ended_on"}
_TIMED = "starts_on"  # the day that has a time beside it
_UNTIL = re.compile(r"(?:bis|until|to)\s+", re.IGNORECASE)
_MIDNIGHT = re.compile(r"(?:bis |until |to )?24(?:[:.]00)?\s*(?:uhr|h)?", re.IGNORECASE)
# Words, signs and ranges that make no exact number, and are no slip of the pen: "ca. 15", "15-20", "> 20", "12+".
_NO_EXACT = re.compile(
    rf"[a-zäöüß]{{3,}}|\b(?:ca|je|zu)\b|[<>≤≥≈±~]|\d\s*(?:[{times.DASHES}]|bis)\s*\d|\d\s*\+", re.IGNORECASE
)
# What a number of the field counts, which says no more than its heading does: "20 Plätze", "12,5 Std.", "15 €".
_PEOPLE = r"\s*(?:plätze?n?|personen|pers\.?|tn|teilnehmer(?:[*:_]?innen)?|teilnehmende|places|seats|people|persons)"
_UNITS = {"hours": r"\s*(?:stunden|std\.?|h|hours)", "cost_eur": r"\s*(?:€|euro|eur)"}
_OPEN_END = re.compile(r"offen(?:es ende)?|open end|(?:fort)?laufend|unbefristet|(?:bis )?auf weiteres|ongoing", re.I)


@dataclass
class Said:
    """A cell as read. `beside`: values of other fields, for which a column of its own counts more.

    note: the words, if they are no value of the field. remarks: text keys of what the preview says of the reading.
    """

    given: dict[str, Any] = field(default_factory=dict)
    beside: dict[str, Any] = field(default_factory=dict)
    note: str = ""
    remarks: list[str] = field(default_factory=list)
    next_day: bool = False  # whether the end is of the day after the first


def read(kind: Kind, field_: Field, text: str, today: date) -> Said:
    """A cell of one of the types in TYPES. Raises Wrong for what cannot be read, nor kept as a note.

    A first day of every second week without its year is the one nearest to `today`.
    """
    if field_.type == "fortnightly":
        return _fortnightly(kind, field_, text, today)
    return _READERS[field_.type](kind, field_, text)


def _date(kind: Kind, field_: Field, text: str) -> Said:
    if field_.name in _LAST_DAYS.values() and _OPEN_END.fullmatch(text):
        return Said({field_.name: None})
    found = dates.read(text)
    said = Said({field_.name: found.first})
    if found.last is not None:
        last = _LAST_DAYS.get(field_.name)
        if last is None:
            raise Wrong("import_not_date")
        said.beside[last] = found.last
    if found.begins is not None:
        if field_.name == _TIMED:
            said.beside |= _span_of(said, found.begins, found.ends)
        else:
            said.remarks.append("import.notice_time_left")
    return said


def _span_of(said: Said, begins: time, ends: time | None) -> dict[str, Any]:
    """Begin and end of a training; past midnight the end is of the next day."""
    if ends is None:
        return {"begins": begins}
    if time() < ends < begins:
        if ends > times.MORNING:
            raise Wrong("import_not_time")
        said.next_day = True
    return {"begins": begins, "ends": _before_midnight(said, ends)}


def _before_midnight(said: Said, ends: time) -> time:
    """An end that a column of one day can hold: midnight is its last minute, and said."""
    if ends == time():
        said.remarks.append("import.notice_midnight")
        return LAST_MINUTE
    return ends


def _span(kind: Kind, field_: Field, text: str) -> Said:
    """Begin and end in one cell, or one of them: "14-16 Uhr", "14:00", "bis 16 Uhr", "nach Absprache"."""
    said = Said()
    try:
        found = _span_of(said, *times.span(text, over_midnight=True))
    except Wrong as wrong:
        until = _UNTIL.match(text)
        try:
            alone = time() if _MIDNIGHT.fullmatch(text) else times.clock(text[until.end() :] if until else text)
        except Wrong:
            return _words(kind, text, times.impossible(text) or not _NO_EXACT.search(text), wrong)
        last = until or field_.name == "ends"
        if not last and _MIDNIGHT.fullmatch(
            text
        ):  # a begin at 24:00 is of the next day, and 00:00 of this one is not it
            raise Wrong("import_not_time") from wrong
        found = {"ends": _before_midnight(said, alone)} if last else {"begins": alone}
    said.given = {name: value for name, value in found.items() if name == field_.name}
    said.beside = {name: value for name, value in found.items() if name != field_.name}
    return said


def _times(kind: Kind, field_: Field, text: str) -> Said:
    try:
        found = times.weekly(text)
    except Wrong as wrong:
        return _words(kind, text, times.impossible(text), wrong)
    said = Said({field_.name: found})
    if times.over_midnight(text):
        said.remarks.append("import.notice_cut_at_midnight")
    if times.working_days(text):
        said.remarks.append("import.notice_working_days")
    return said


def _fortnightly(kind: Kind, field_: Field, text: str, today: date) -> Said:
    """Times of every second week, in our notation or in words: "14-tägig dienstags ab 1.12. 16-18 Uhr"."""
    try:
        return Said({field_.name: entries.several(text, field_.type)})
    except Wrong as wrong:
        found = opening_words.read(text, today)
        if found.note is None and found.given().keys() == {"fortnightly"}:
            return Said({field_.name: found.fortnightly})
        slip = times.impossible(text) or not re.search(r"[a-zäöü]{4,}", text.lower())  # "31.02.2026 10-12"
        return _words(kind, text, slip, wrong)


def _periods(kind: Kind, field_: Field, text: str) -> Said:
    """Days from to; words without a day ("in den Ferien") become a note."""
    try:
        return Said({field_.name: entries.several(text, field_.type)})
    except Wrong as wrong:
        return _words(kind, text, bool(re.search(r"\d", text)), wrong)


def _number(kind: Kind, field_: Field, text: str) -> Said:
    unit = _UNITS.get(field_.name, _PEOPLE if field_.type == "integer" else "")
    bare = re.sub(rf"(?<=\d){unit}$", "", text, flags=re.IGNORECASE)
    try:
        return Said({field_.name: values.integer(bare) if field_.type == "integer" else values.decimal(bare)})
    except Wrong as wrong:
        if wrong.key in ("import_not_integer", "import_not_number"):
            return _words(kind, text, not _NO_EXACT.search(text), wrong)
        raise


def _words(kind: Kind, text: str, slip: bool, wrong: Wrong) -> Said:
    """Words for the note. Raises `wrong` for a slip of the pen, and where there is no note."""
    if slip or "note" not in kind.by_name:
        raise wrong
    return Said(note=text)


_READERS: dict[str, Callable[[Kind, Field, str], Said]] = {
    **{"date": _date, "time": _span, "span": _span, "times": _times, "periods": _periods},
    **{"integer": _number, "decimal": _number},
}
TYPES = (*_READERS, "fortnightly")
