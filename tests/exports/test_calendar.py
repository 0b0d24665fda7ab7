"""Dates of trainings as iCalendar, read again by another reader (icalendar) and line by line."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from icalendar import Calendar, Event

from esdash.exports import calendar_file
from esdash.texts import Text

MADE = datetime(2026, 11, 22, 10, tzinfo=UTC)
ROW: dict[str, Any] = {
    "session_id": "s1",
    "course": "Grundkurs",
    "organization": "Verein Nord",
    "description": None,
    "starts_on": date(2026, 12, 1),
    "ends_on": None,
    "begins": time(17, 0),
    "ends": time(20, 0),
    "mode": "on_site",
    "place": "Haus Brückenschlag",
    "street": "Musterweg 1",
    "postcode": "06844",
    "seats": 16,
    "booked": 6,
    "free": 10,
    "waiting": 0,
    "status": "confirmed",
    "version": 3,
    "changed_at": datetime(2026, 11, 1, 8, 30),
}


def written(*rows: dict[str, Any], language: str = "de", notice: str | None = None) -> bytes:
    return calendar_file([ROW | row for row in rows], "musterstadt", "Schulungen", Text(language), MADE, notice)


def events(content: bytes) -> list[Event]:
    return list(Calendar.from_ical(content).walk("VEVENT"))


def event(**fields: Any) -> Event:
    return events(written(fields))[0]


def test_a_date_with_all_it_says() -> None:
    found = event()
    assert str(found["summary"]) == "Grundkurs"
    assert (found["dtstart"].dt, found["dtend"].dt) == (datetime(2026, 12, 1, 17), datetime(2026, 12, 1, 20))
    assert str(found["location"]) == "Haus Brückenschlag, Musterweg 1, 06844"
    assert str(found["description"]) == "Veranstaltet von Verein Nord\n17:00 bis 20:00 Uhr\nFreie Plätze: 10 von 16"
    assert found["status"] == "CONFIRMED"


def test_a_calendar_that_has_the_date_takes_the_change_over() -> None:
    """RFC 5545: the same UID with a higher SEQUENCE replaces, whatever else is different."""
    before, after = event(), event(starts_on=date(2026, 12, 8), version=4, status="cancelled")
    assert str(before["uid"]) == str(after["uid"]) == "session-s1@musterstadt.esdash"
    assert (before["sequence"], after["sequence"]) == (3, 4)
    assert after["status"] == "CANCELLED"
    assert before["dtstamp"].dt == datetime(2026, 11, 1, 8, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("fields", "begin", "end"),
    [
        ({"begins": None, "ends": None}, date(2026, 12, 1), date(2026, 12, 2)),  # nobody knows when: the whole day
        ({"ends": None}, datetime(2026, 12, 1, 17), None),  # an end that nobody knows is left out
        (
            {"ends_on": date(2026, 12, 3)},
            date(2026, 12, 1),
            date(2026, 12, 4),
        ),  # several days; the end is the day after
        ({"ends_on": date(2026, 12, 1)}, datetime(2026, 12, 1, 17), datetime(2026, 12, 1, 20)),
        ({"begins": time(20), "ends": time(17)}, date(2026, 12, 1), date(2026, 12, 2)),  # an impossible span
        ({"begins": time(18), "ends": time(0)}, datetime(2026, 12, 1, 18), datetime(2026, 12, 2)),  # until midnight
        ({"begins": time(22), "ends": time(1, 30)}, datetime(2026, 12, 1, 22), datetime(2026, 12, 2, 1, 30)),
        (
            {"ends_on": date(2026, 12, 2), "begins": time(22), "ends": time(1, 30)},  # the same, as lists come in
            *(datetime(2026, 12, 1, 22), datetime(2026, 12, 2, 1, 30)),
        ),
        ({"ends_on": date(2026, 12, 2), "begins": time(22), "ends": time(12)}, date(2026, 12, 1), date(2026, 12, 3)),
    ],
)
def test_span(fields: dict[str, Any], begin: date, end: date | None) -> None:
    found = event(**fields)
    assert found["dtstart"].dt == begin
    assert (found["dtend"].dt if "dtend" in found else None) == end


def test_unknown_is_said_or_left_out_never_zero() -> None:
    found = event(seats=None, booked=None, free=None, place=None, street=None, postcode=None, changed_at=None)
    assert "Freie Plätze: unbekannt von unbekannt" in str(found["description"])
    assert "location" not in found
    assert found["dtstamp"].dt == MADE


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"mode": "online"}, "location: online"),
        ({"waiting": 1}, "1 Person wartet auf einen Platz."),
        ({"waiting": 4}, "4 Personen warten auf einen Platz."),
        ({"description": "Übungen"}, "Übungen"),
        ({"status": "planned"}, "status: TENTATIVE"),
        ({"ends": None}, "Beginn 17:00 Uhr"),
        ({"ends_on": date(2026, 12, 3), "ends": None}, "Beginn 17:00 Uhr"),
    ],
)
def test_more_that_a_date_says(fields: dict[str, Any], words: str) -> None:
    found = event(**fields)
    assert words in f"{found['description']}\nlocation: {found['location']}\nstatus: {found['status']}"


def test_what_is_called_off_says_so_and_blocks_nobodys_time() -> None:
    found = event(status="cancelled")
    assert (str(found["summary"]), str(found["transp"])) == ("Abgesagt: Grundkurs", "TRANSPARENT")
    assert str(event()["transp"]) == "OPAQUE"


def test_the_calendar_says_what_it_is() -> None:
    read = Calendar.from_ical(written())
    assert str(read["x-wr-calname"]) == "Schulungen"
    assert read["refresh-interval"].dt == timedelta(hours=12)
    assert events(written()) == []
    assert "Beispieldaten" in str(events(written({}, notice="Beispieldaten"))[0]["description"])
    assert "Free places: 10 of 16" in str(events(written({}, language="en"))[0]["description"])


HOSTILE = "Kurs; A, B\\C\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:fremd\x07\u2028" + "ä" * 200


def test_words_of_people_stay_words() -> None:
    """No line of a name becomes a line of the file, and no line is longer than RFC 5545 allows (75 octets)."""
    content = written({"course": HOSTILE, "place": HOSTILE, "description": HOSTILE, "organization": HOSTILE})
    (found,) = events(content)
    assert str(found["summary"]).replace("\n", " ").startswith("Kurs; A, B\\C END:VEVENT BEGIN:VEVENT SUMMARY:fremd")
    assert "\x07" not in content.decode("utf-8")
    lines = content.split(b"\r\n")
    assert lines.count(b"BEGIN:VEVENT") == 1
    assert max(len(line) for line in lines) <= 75
