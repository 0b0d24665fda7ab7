"""Archiving who or what is in use: everything that needs it changes in the same step, and can be undone as a whole."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from esdash.errors import UserError
from esdash.inventory import Inventory, editing
from esdash.inventory.access import Action
from esdash.inventory.editing import succession
from tests.conftest import NOW
from tests.people import ADA, BOB

TODAY = NOW.date()
SOON = TODAY + timedelta(days=7)
BEFORE = TODAY - timedelta(days=7)


@pytest.fixture
def town(tiny: Inventory) -> Inventory:
    """Contact `c` and place `l`, each in use, and others of their kind."""
    of = {"organization_id": "o"}
    with tiny.change(ADA, Action.ENTER_RECORDS) as change:
        change.insert("organization", [{"organization_id": "o", "name": "Verein"}])
        change.insert("location", [{"location_id": key, "name": f"Haus {key}"} for key in "lm"])
        for key, deputy in (("c", None), ("d", "c"), ("e", None)):
            change.insert("contact", [{"contact_id": key, "role": f"Büro {key}", "deputy_contact_id": deputy, **of}])
        change.insert("course", [{"course_id": "k", "name": "Kurs", **of}])
        used = {"contact_id": "c", "location_id": "l"}
        for key, status in (("i", "active"), ("j", "ended"), ("h", "archived")):
            change.insert("initiative", [{"initiative_id": key, "name": key, "status": status, **used, **of}])
        for key, day in (("s", SOON), ("t", BEFORE)):
            change.insert("session", [{"session_id": key, "course_id": "k", "starts_on": day, **used}])
        change.insert("contact_point", [{"contact_point_id": "p", "name": "Laden", **used, **of}])
        for key, day in (("m1", SOON), ("m2", BEFORE)):
            change.insert("meeting", [{"meeting_id": key, "name": "Sitzung", "held_on": day, "location_id": "l"}])
    return tiny


def column(town: Inventory, table: str, name: str) -> dict[str, Any]:
    rows = town.rows(f"SELECT {table}_id AS key, {name} AS value FROM inventory.{table} ORDER BY key")
    return {row["key"]: row["value"] for row in rows}


def everything(town: Inventory) -> dict[str, list[dict[str, Any]]]:
    """All records without their versions, which only grow."""
    tables = ("contact", "location", "contact_point", "initiative", "session", "meeting", "succession")
    return {t: town.rows(f"SELECT * EXCLUDE (version) FROM inventory.{t} ORDER BY ALL") for t in tables}


def test_who_needs_it_today(town: Inventory) -> None:
    """Not what has ended, is archived or is past: that stays as it was."""
    found = [use[:2] for use in succession.uses(town, "contact", "c")]
    assert sorted(found) == [("contact", "d"), ("contact_point", "p"), ("initiative", "i"), ("session", "s")]
    found = [use[:2] for use in succession.uses(town, "location", "l")]
    assert sorted(found) == [("contact_point", "p"), ("initiative", "i"), ("meeting", "m1"), ("session", "s")]
    assert succession.uses(town, "contact_point", "p") == []


def test_all_uses_follow_the_successor(town: Inventory) -> None:
    done = succession.archive(town, "contact", "c", "successor", ADA, "in Rente", successor_id="e", seen=1)
    assert column(town, "initiative", "contact_id") == {"i": "e", "j": "c", "h": "c"}
    assert column(town, "session", "contact_id") == {"s": "e", "t": "c"}
    assert column(town, "contact_point", "contact_id") == {"p": "e"}
    assert column(town, "contact", "deputy_contact_id") == {"c": None, "d": "e", "e": None}
    assert column(town, "contact", "status")["c"] == "archived"
    assert column(town, "contact", "successor_contact_id")["c"] == "e"
    assert succession.last(town, "contact", "c") == {"succession_id": done, "successor_id": "e"}


def test_a_deputy_who_takes_over_is_not_their_own_deputy(town: Inventory) -> None:
    succession.archive(town, "contact", "c", "successor", ADA, successor_id="d")
    assert column(town, "contact", "deputy_contact_id")["d"] is None


def test_a_place_moves_with_its_meetings_to_come(town: Inventory) -> None:
    succession.archive(town, "location", "l", "successor", ADA, successor_id="m")
    assert column(town, "meeting", "location_id") == {"m1": "m", "m2": "l"}
    assert column(town, "session", "location_id") == {"s": "m", "t": "l"}
    assert column(town, "location", "successor_location_id") == {"l": "m", "m": None}


def test_uses_end_with_it(town: Inventory) -> None:
    succession.archive(town, "location", "l", "end", ADA)
    assert column(town, "initiative", "status") == {"i": "ended", "j": "ended", "h": "archived"}
    assert column(town, "initiative", "ended_on")["i"] == TODAY
    assert column(town, "session", "status") == {"s": "cancelled", "t": "planned"}
    assert column(town, "contact_point", "status") == {"p": "ended"}
    assert column(town, "meeting", "location_id") == {"m1": None, "m2": "l"}


def test_nobody_follows_yet(town: Inventory) -> None:
    succession.archive(town, "contact", "c", "open", ADA)
    assert column(town, "initiative", "contact_id")["i"] is None
    assert column(town, "contact", "deputy_contact_id")["d"] is None
    assert column(town, "contact_point", "status") == {"p": "active"}


def test_a_contact_point_names_where_to_go_instead(town: Inventory) -> None:
    with town.change(ADA, Action.ENTER_RECORDS) as change:
        change.insert("contact_point", [{"contact_point_id": "q", "organization_id": "o", "name": "Treff"}])
    succession.archive(town, "contact_point", "p", "successor", ADA, successor_id="q")
    assert column(town, "contact_point", "successor_contact_point_id") == {"p": "q", "q": None}


@pytest.mark.parametrize("how", ["successor", "end", "open"])
def test_taking_back_puts_everything_where_it_was(town: Inventory, how: Any) -> None:
    before = everything(town)
    done = succession.archive(town, "contact", "c", how, ADA, successor_id="e" if how == "successor" else None)
    assert everything(town) != before
    succession.take_back(town, done, BOB)
    assert everything(town) == before
    with pytest.raises(UserError) as refused:
        succession.take_back(town, done, BOB)
    assert refused.value.key == "succession_missing"


def test_taking_back_is_refused_where_a_use_was_edited_since(town: Inventory) -> None:
    done = succession.archive(town, "contact", "c", "successor", ADA, successor_id="e")
    with town.change(BOB, Action.EDIT_RECORDS) as change:
        change.update("initiative", [{"initiative_id": "i", "name": "Neuer Name"}])
    before = everything(town)
    with pytest.raises(succession.SuccessionConflicts) as refused:
        succession.take_back(town, done, ADA)
    assert refused.value.records == [("initiative", "i")]
    assert everything(town) == before


def test_brought_back_alone_it_has_no_successor_any_more(town: Inventory) -> None:
    succession.archive(town, "contact", "c", "successor", ADA, successor_id="e")
    editing.set_status(town, "contact", ["c"], "restore", ADA, None)
    assert column(town, "contact", "status")["c"] == "active"
    assert column(town, "contact", "successor_contact_id")["c"] is None
    assert succession.last(town, "contact", "c") is None
    assert column(town, "initiative", "contact_id")["i"] == "e"
    succession.archive(town, "contact", "c", "open", ADA)  # and again


def test_a_double_click_archives_once(town: Inventory) -> None:
    def again() -> str:
        return succession.archive(town, "contact", "c", "successor", ADA, successor_id="e")

    assert again() == again()
    with pytest.raises(UserError) as refused:
        succession.archive(town, "contact", "c", "open", ADA)
    assert refused.value.key == "edit_no_action"


def archived(town: Inventory) -> None:
    with town.change(ADA, Action.ARCHIVE) as change:
        change.update("contact", [{"contact_id": "e", "status": "archived"}])


def edited(town: Inventory) -> None:
    with town.change(BOB, Action.EDIT_RECORDS) as change:
        change.update("contact", [{"contact_id": "c", "role": "Leitung"}])


@pytest.mark.parametrize(
    ("successor", "first", "key"),
    [
        (None, None, "succession_needs_successor"),
        ("c", None, "succession_itself"),
        ("gone", None, "succession_not_active"),
        ("e", archived, "succession_not_active"),
        ("e", edited, "record_changed_meanwhile"),
    ],
)
def test_what_is_refused(
    town: Inventory, successor: str | None, first: Callable[[Inventory], None] | None, key: str
) -> None:
    if first:
        first(town)
    before = everything(town)
    with pytest.raises(UserError) as refused:
        succession.archive(town, "contact", "c", "successor", ADA, successor_id=successor, seen=1)
    assert refused.value.key == key
    assert everything(town) == before


@pytest.mark.parametrize(("table", "key"), [("contact", "c"), ("location", "l")])
def test_what_others_need_is_not_archived_alone(town: Inventory, table: str, key: str) -> None:
    with pytest.raises(UserError) as refused:
        editing.set_status(town, table, [key], "archive", ADA, None)
    assert (refused.value.key, refused.value.values["n"]) == ("edit_in_use", 4)
    editing.set_status(town, "contact", ["e"], "archive", ADA, None)  # nobody needs this one


@pytest.mark.parametrize(("deputy", "key"), [("c", "edit_deputy_itself"), ("e", "edit_deputy_archived"), ("d", "")])
def test_a_deputy_is_another_active_contact(town: Inventory, deputy: str, key: str) -> None:
    archived(town)
    found = editing.validate(town, "contact", {"contact_id": "c", "deputy_contact_id": deputy})
    assert [fault.error.key for fault in found] == ([key] if key else [])
