"""Rules of one record: the CHECKs of the schema and what cannot be meant, each with a message for people."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from esdash.model.fields import Field
from esdash.model.kinds import BY_TABLE

Record = Mapping[str, Any]

# Larger numbers are typing errors: no offer of a city has a hundred thousand places a week, no training costs or takes
# as much.
MOST = {"integer": 100_000, "decimal": 100_000}
# Rules that one field breaks by itself.
OF_ONE_FIELD = frozenset(
    ("import_not_number", "import_not_coordinate", "import_number_too_large", "import_too_long", "import_in_future")
)
# An offer with an end within so many days of its beginning is a dated event (a course of a term takes longer).
EVENT_AT_MOST_DAYS = 31
# A name or a line fits a heading and a cell; an address of the web may carry a query; a description is a page.
MOST_LETTERS = {"line": 200, "website": 500, "wide": 5_000}
# What somebody did; nobody has done it tomorrow.
DONE = ("assured_on", "asked_on", "surveyed_on", "last_reached_on", "consent_on", "hours_assured_on")


def most_letters(field: Field) -> int:
    """The longest text that a field takes, in characters."""
    return MOST_LETTERS["wide" if field.wide else field.type if field.type in MOST_LETTERS else "line"]


def measured(field: Field, record: Record) -> dict[str, object]:
    """What a message about a text says of its length; nothing for other values."""
    value = record.get(field.name)
    return {"length": len(value), "most": most_letters(field)} if isinstance(value, str) else {}


def broken(table: str, record: Record, today: date | None = None) -> Iterator[tuple[str, str]]:
    """(field, text key) of every rule that the record, with its new values, breaks.

    Rules about past and future hold on the day `today`; without one, as for a state of before, they are left out.
    """
    found = [*_between(table, record), *_implausible(table, record)]
    yield from found
    if today is not None:  # one message for each field
        yield from (fault for fault in _against_today(record, today) if fault[0] not in dict(found))


def _between(table: str, record: Record) -> Iterator[tuple[str, str]]:
    """Rules between fields, and those of the schema."""
    for first, last in (("started_on", "ended_on"), ("starts_on", "ends_on"), ("begins", "ends")):
        begin, end = record.get(first), record.get(last)
        if first == "begins" and record.get("ends_on") and record["ends_on"] != record.get("starts_on"):
            continue  # each is the time of another day
        if begin is not None and end is not None and (end < begin or (first == "begins" and end == begin)):
            yield last, "import_end_before_begin"
    if record.get("hours") == 0:
        yield "hours", "import_not_number"
    for name, largest in (("lat", 90), ("lon", 180)):
        if record.get(name) is not None and abs(record[name]) > largest:
            yield name, "import_not_coordinate"
    if table == "survey" and record.get("state") == "surveyed" and record.get("surveyed_on") is None:
        yield "surveyed_on", "import_survey_needs_date"
    if table == "survey" and record.get("state") == "not_applicable" and record.get("reason") is None:
        yield "reason", "import_survey_needs_reason"
    if table == "contact" and record.get("name") is not None and record.get("consent_scope") is None:
        yield "name", "import_needs_consent"
    if (
        table == "contact"
        and record.get("deputy_contact_id")
        and record["deputy_contact_id"] == record.get("contact_id")
    ):
        yield "deputy_contact_id", "import_deputy_itself"


def _implausible(table: str, record: Record) -> Iterator[tuple[str, str]]:
    """Numbers and texts that are far too large."""
    for field in BY_TABLE[table].fields:
        value = record.get(field.name)
        if field.type in MOST and value is not None and value > MOST[field.type]:
            yield field.name, "import_number_too_large"
        if isinstance(value, str) and len(value) > most_letters(field):
            yield field.name, "import_too_long"


def _against_today(record: Record, today: date) -> Iterator[tuple[str, str]]:
    for name in DONE:
        if (day := record.get(name)) is not None and day > today:
            yield name, "import_in_future"
    if record.get("status") == "active" and record.get("ended_on") is not None and record["ended_on"] < today:
        yield "ended_on", "import_ended_but_active"


def half_point(record: Record) -> bool:
    """Whether a record has only one of latitude and longitude."""
    return (record.get("lat") is None) != (record.get("lon") is None)
