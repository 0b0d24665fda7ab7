"""Rules between the fields of one record: the CHECKs of the schema, each with a message for people."""

from collections.abc import Iterator, Mapping
from typing import Any

Record = Mapping[str, Any]


def broken(table: str, record: Record) -> Iterator[tuple[str, str]]:
    """(field, text key) of every rule that the record, with its new values, breaks."""
    for first, last in (("started_on", "ended_on"), ("starts_on", "ends_on"), ("begins", "ends")):
        begin, end = record.get(first), record.get(last)
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


def half_point(record: Record) -> bool:
    """Whether a record has only one of latitude and longitude."""
    return (record.get("lat") is None) != (record.get("lon") is None)
