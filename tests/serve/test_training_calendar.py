"""The calendar to subscribe to: all trainings, cancelled and moved ones too, asked often, and nothing internal."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from esdash import exports
from esdash.analysis.trainings import calendar
from esdash.errors import UserError
from esdash.inventory import Inventory
from esdash.inventory.access import Action
from esdash.serve import training_calendar
from esdash.texts import Text
from esdash.ui.shell import session as opening
from esdash.ui.shell import url
from tests.analysis.training_entries import enter, session
from tests.people import ADA, TEST
from tests.serve.asking import Ask

PATH = url.CALENDAR


@pytest.fixture
def town(ask: Ask, opened: Path) -> Inventory:
    """Musterstadt with a date to come, one called off, one that is over, and one over three days."""
    found = opening.at(opened)
    rows = [session("a"), session("b", status="cancelled", starts_on="2026-12-08", waiting=4)]
    enter(found, *rows, session("c", starts_on="2026-01-05", status="held"), session("d", starts_on="2026-11-21"))
    with found.change(TEST, Action.EDIT_RECORDS) as change:
        change.update("session", [{"session_id": "d", "ends_on": "2026-11-23", "note": "Schlüssel bei Frau Ernst"}])
        contact = {"contact_id": "k", "organization_id": "o1", "role": "Bildung", "name": "Rita Ernst"}
        change.insert("contact", [contact | {"phone": "0340 1", "email": "ernst@example.org"}])
    return found


def events(content: bytes) -> dict[str, Any]:
    return {str(e["uid"]).partition("@")[0]: e for e in Calendar.from_ical(content).walk("VEVENT")}


def test_it_holds_all_dates_with_their_state(ask: Ask, town: Inventory) -> None:
    got = ask(PATH)
    assert (got.status, got.headers["content-type"]) == (200, "text/calendar; charset=utf-8")
    found = events(got.body)
    assert {key: str(event["status"]) for key, event in found.items()} == {
        **{"session-a": "CONFIRMED", "session-b": "CANCELLED"},
        **{"session-c": "CONFIRMED", "session-d": "CONFIRMED"},
    }
    assert (found["session-d"]["dtstart"].dt, found["session-d"]["dtend"].dt) == (
        date(2026, 11, 21),
        date(2026, 11, 24),
    )
    assert str(found["session-b"]["summary"]).startswith("Abgesagt: ")
    assert str(Calendar.from_ical(got.body)["refresh-interval"].to_ical(), "ascii") == "PT12H"


def test_nothing_that_is_internal_leaves(ask: Ask, town: Inventory) -> None:
    said = ask(PATH).body.decode().replace("\r\n ", "")
    assert [word for word in ("Ernst", "0340", "ernst@", "Schlüssel", "Bildung", "warten") if word in said] == []


def test_a_moved_date_keeps_its_name_and_counts_up(ask: Ask, town: Inventory) -> None:
    before = ask(PATH)
    with town.change(ADA, Action.EDIT_RECORDS) as change:
        change.update("session", [{"session_id": "a", "starts_on": "2026-12-14"}])
    after = ask(PATH, **{"If-None-Match": before.headers["etag"]})
    assert after.status == 200 and after.headers["etag"] != before.headers["etag"]
    old, new = events(before.body)["session-a"], events(after.body)["session-a"]
    assert (old["dtstart"].dt, new["dtstart"].dt) == (datetime(2026, 12, 7, 9), datetime(2026, 12, 14, 9))
    assert (old["sequence"], new["sequence"]) == (1, 2)


def test_a_new_name_of_the_place_reaches_calendars_too(ask: Ask, town: Inventory) -> None:
    before = events(ask(PATH).body)["session-a"]
    with town.change(ADA, Action.EDIT_RECORDS, at=town.now() + timedelta(hours=1)) as change:
        change.update("location", [{"location_id": "centre_01", "name": "Neues Haus"}])
    after = events(ask(PATH).body)["session-a"]
    assert str(after["location"]).startswith("Neues Haus")
    assert after["dtstamp"].dt > before["dtstamp"].dt  # at the same SEQUENCE the later stamp counts (RFC 5546)


@pytest.mark.parametrize("with_weak", [False, True])
def test_whoever_has_it_gets_no_second_copy(ask: Ask, town: Inventory, with_weak: bool) -> None:
    got = ask(PATH)
    mark = got.headers["etag"]
    same = ask(PATH, **{"If-None-Match": f'"other", {"W/" if with_weak else ""}{mark}'})
    assert (same.status, same.body, same.headers["etag"]) == (304, b"", mark)
    assert ask(PATH).body == got.body  # nothing in it depends on when one asks


def test_by_time_as_well_and_the_mark_counts_first(ask: Ask, town: Inventory) -> None:
    got = ask(PATH)
    at = got.headers["last-modified"]
    assert parsedate_to_datetime(at) == calendar.changed(town).replace(microsecond=0)
    assert ask(PATH, **{"If-Modified-Since": at}).status == 304
    assert ask(PATH, **{"If-Modified-Since": "Mon, 01 Jan 2024 00:00:00 GMT"}).status == 200
    assert ask(PATH, **{"If-Modified-Since": "gestern"}).status == 200
    assert ask(PATH, **{"If-Modified-Since": at, "If-None-Match": '"other"'}).status == 200


def test_a_question_for_the_head_alone(ask: Ask, town: Inventory) -> None:
    got, head = ask(PATH), ask(PATH, "HEAD")
    assert (head.status, head.body) == (200, b"")
    assert head.headers == got.headers
    assert int(head.headers["content-length"]) == len(got.body)


def test_in_english(ask: Ask, town: Inventory) -> None:
    got = ask(f"{PATH}?lang=en")
    assert got.headers["content-language"] == "en"
    assert "Cancelled: " in got.body.decode() and got.headers["etag"] != ask(PATH).headers["etag"]


def test_without_a_training_it_is_an_empty_calendar(ask: Ask) -> None:
    got = ask(PATH)
    assert (got.status, events(got.body)) == (200, {})


@pytest.mark.parametrize("path", ["/kalender/", "/kalender/schulungen", "/kalender/a/b.ics", "/kalender/%00.ics"])
def test_another_address_is_answered_in_words(ask: Ask, path: str) -> None:
    got = ask(path)
    assert (got.status, got.headers["content-type"]) == (404, "text/plain; charset=utf-8")
    assert "gibt es keinen Kalender" in got.body.decode() and PATH in got.body.decode()


def test_an_inventory_that_does_not_open_is_said_and_asked_again(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> Inventory:
        raise UserError("inventory_in_use", path=path)

    with monkeypatch.context() as patch:
        patch.setattr(training_calendar.session, "at", refuse)
        got = ask(PATH)
    assert (got.status, got.headers["retry-after"]) == (503, "600")
    assert "lässt sich gerade nicht lesen" in got.body.decode()


def test_the_command_and_the_address_hold_the_same_dates(ask: Ask, town: Inventory) -> None:
    own = events(exports.trainings_calendar(town, Text("de")))
    assert own.keys() == events(ask(PATH).body).keys()
    assert "4 Personen warten" in str(own["session-b"]["description"])


def test_the_address_on_the_page() -> None:
    assert url.calendar("https://esdash.example.org/trainings?x=1", Text("de")) == f"https://esdash.example.org{PATH}"
    assert url.calendar("http://127.0.0.1:8501/trainings", Text("en")) == f"http://127.0.0.1:8501{PATH}?lang=en"
    assert url.calendar("", Text("de")) == PATH
