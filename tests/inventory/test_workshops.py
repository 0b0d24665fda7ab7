"""Workshops, ideas and promises: written once, by one person at a time, without names, and every step undone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import duckdb
import pytest

from esdash.errors import UserError
from esdash.inventory import Inventory, merging
from esdash.inventory.access import Action
from esdash.inventory.file import layout
from esdash.inventory.steering import commitments, ideas, items, measures, workshops
from esdash.inventory.steering.commitments import Promise
from esdash.inventory.steering.ideas import Idea
from esdash.inventory.steering.workshops import Workshop
from tests.conftest import NOW
from tests.people import ADA, BEA, TEST

TODAY = NOW.date()  # 2026-11-22
JULY = date(2026, 7, 8)
TALK = Workshop("Werkstattgespräch Ehrenamt", JULY, None, "a", ("a", "b"), 12, ("homework",), "Drei erste Schritte.")
ROOM = Promise("Stellt einen Raum bereit", "a", "Projektleitung", date(2026, 12, 15))


@pytest.fixture
def house(tiny: Inventory) -> Inventory:
    with tiny.change(TEST, Action.SET_UP) as change:
        change.insert("organization", [{"organization_id": key, "name": f"Haus {key}"} for key in "ab"])
        person = {"contact_id": "p", "organization_id": "a", "role": "Leitung", "name": "Erika Musterfrau"}
        change.insert("contact", [person])
    return tiny


def stored(inventory: Inventory, table: str, key: str) -> dict[str, Any]:
    (row,) = inventory.rows(f"FROM inventory.{table} WHERE {table}_id = $key", key=key)
    return row


def count(inventory: Inventory, table: str) -> int:
    return int(inventory.value(f"SELECT count(*) FROM inventory.{table}"))


def refused(key: str, act: Callable[[], object]) -> None:
    with pytest.raises(UserError) as caught:
        act()
    assert caught.value.key == key


# ---------------------------------------------------------------- workshops


def test_a_workshop_is_recorded_once_and_changed_by_one_person_at_a_time(house: Inventory) -> None:
    for _ in range(2):
        assert workshops.record(house, TALK, ADA, "ws") == "ws"
    row = stored(house, "workshop", "ws")
    assert (row["held_on"], row["guests"], row["participant_organization_ids"]) == (JULY, 12, ["a", "b"])
    nobody = replace(TALK, guests=0, theme_ids=())
    assert workshops.change_said(house, "ws", nobody, ADA, 1)
    assert not workshops.change_said(house, "ws", nobody, ADA, 1)  # a second click
    row = stored(house, "workshop", "ws")
    assert (row["guests"], row["theme_ids"], row["version"]) == (0, None, 2)  # nobody came: 0 is not unknown
    refused("record_changed_meanwhile", lambda: workshops.change_said(house, "ws", TALK, BEA, 1))
    refused("workshop_known", lambda: workshops.record(house, TALK, ADA, "again"))


@pytest.mark.parametrize(
    ("wrong", "key"),
    [
        ({"name": " \u200b"}, "workshop_needs_name_and_day"),
        ({"held_on": None}, "workshop_needs_name_and_day"),
        ({"held_on": TODAY + timedelta(days=1)}, "workshop_in_future"),
        ({"guests": -1}, "workshop_guests"),
        ({"name": "x" * 121}, "workshop_too_long"),
        ({"minutes": "x" * 20_001}, "workshop_too_long"),
        ({"organizer_id": "gone"}, "reference_broken"),
        ({"participant_organization_ids": ("gone",)}, "reference_broken"),
        ({"minutes": "Erika Musterfrau berichtet."}, "names_person"),
        ({"name": "Gespräch mit Erika Musterfrau"}, "names_person"),
    ],
)
def test_a_workshop_that_says_too_little_or_too_much_is_refused(house: Inventory, wrong: dict, key: str) -> None:
    refused(key, lambda: workshops.record(house, replace(TALK, **wrong), ADA))
    assert count(house, "workshop") == 0


def test_a_workshop_of_a_mistake_goes_only_empty(house: Inventory) -> None:
    workshops.record(house, TALK, ADA, "ws")
    (idea,) = ideas.add(house, [Idea("Räume teilen", "ws")], ADA)
    refused("workshop_not_empty", lambda: workshops.take_back(house, "ws", ADA))
    ideas.take_back(house, idea, ADA)
    for _ in range(2):
        workshops.take_back(house, "ws", ADA)
    assert count(house, "workshop") == 0


def test_a_merged_organisation_takes_its_workshops_ideas_and_promises_along(house: Inventory) -> None:
    workshops.record(house, TALK, ADA, "ws")
    (idea,) = ideas.add(house, [Idea("Räume teilen", "ws", organization_id="a")], ADA)
    (promise,) = commitments.add(house, [ROOM], ADA)
    merging.merge(house, "organization", "b", "a", {}, ADA)
    row = stored(house, "workshop", "ws")
    assert (row["organizer_id"], set(row["participant_organization_ids"])) == ("b", {"b"})
    assert (
        stored(house, "idea", idea)["organization_id"] == stored(house, "commitment", promise)["organization_id"] == "b"
    )


# ---------------------------------------------------------------- ideas


def test_ideas_are_added_together_or_not_at_all(house: Inventory) -> None:
    workshops.record(house, TALK, ADA, "ws")
    said = [
        Idea("Räume teilen", "ws"),
        Idea(" ", "ws"),
        Idea("Ein  Kalender\nfür alle", "ws", JULY, "a", "homework", "01"),
    ]
    for _ in range(2):
        keys = ideas.add(house, said, ADA, "k")
    assert keys == ["dk-1", "dk-2"] and count(house, "idea") == 2
    row = stored(house, "idea", "dk-2")
    assert (row["text"], row["collected_on"], row["theme_id"]) == ("Ein Kalender für alle", None, "homework")
    for key, more in (
        ("idea_needs_words", [Idea("")]),
        ("idea_known", [Idea("Neu", "ws"), Idea("räume teilen", "ws")]),
        ("idea_known", [Idea("Neu", "ws"), Idea("NEU", "ws")]),
        ("idea_too_long", [Idea("Neu", "ws"), Idea("x" * 401)]),
        ("idea_in_future", [Idea("Neu", None, TODAY + timedelta(days=1))]),
        ("names_person", [Idea("Neu", "ws"), Idea("Erika Musterfrau fragen", "ws")]),
        ("reference_broken", [Idea("Neu", "gone")]),
    ):
        refused(key, lambda more=more: ideas.add(house, more, ADA))
    assert count(house, "idea") == 2


def test_an_idea_is_edited_by_one_person_at_a_time(house: Inventory) -> None:
    (key,) = ideas.add(house, [Idea("Räume teilen")], ADA)
    assert ideas.edit(house, key, Idea("Räume am Abend teilen", district_id="01"), ADA, 1)
    assert not ideas.edit(house, key, Idea("Räume am Abend teilen", district_id="01"), ADA, 1)
    refused("record_changed_meanwhile", lambda: ideas.edit(house, key, Idea("Anders"), BEA, 1))
    refused("idea_gone", lambda: ideas.edit(house, "gone", Idea("Anders"), BEA))


def test_merged_ideas_stay_and_can_be_separated(house: Inventory) -> None:
    a, b, c = ideas.add(house, [Idea(f"Idee {n}") for n in "abc"], ADA, "k")
    for _ in range(2):  # a second click
        ideas.merge(house, a, [a, b], ADA)
    ideas.merge(house, c, [a], ADA)
    assert [
        (stored(house, "idea", key)["state"], stored(house, "idea", key)["similar_to_id"]) for key in (a, b, c)
    ] == [
        *(("merged", c), ("merged", a)),
        ("new", None),
    ]
    refused("idea_not_new", lambda: ideas.merge(house, a, [c], ADA))  # no circle
    refused("idea_stands_for_others", lambda: ideas.take_back(house, a, ADA))
    for _ in range(2):
        ideas.separate(house, a, ADA)
    row = stored(house, "idea", a)
    assert (row["state"], row["similar_to_id"], stored(house, "idea", b)["similar_to_id"]) == ("new", None, a)


def test_an_idea_on_the_list_is_neither_merged_nor_parked_and_a_parked_one_not_listed(house: Inventory) -> None:
    a, b = ideas.add(house, [Idea("Idee a"), Idea("Idee b")], ADA, "k")
    item = items.take(house, f"idea|{a}", ADA, "oft gefragt")
    refused("idea_is_listed", lambda: ideas.merge(house, b, [a], ADA))
    refused("idea_is_listed", lambda: ideas.park(house, a, "zu teuer", ADA))
    ideas.merge(house, a, [b], ADA)  # the one on the list stands for both
    refused("idea_not_new", lambda: items.take(house, f"idea|{b}", ADA, "auch"))
    items.take_back(house, item, ADA)
    refused("idea_needs_reason", lambda: ideas.park(house, a, " ", ADA))
    refused("names_person", lambda: ideas.park(house, a, "Erika Musterfrau ist dagegen", ADA))
    for _ in range(2):
        ideas.park(house, a, "zu teuer", ADA)
    assert stored(house, "idea", a)["parked_reason"] == "zu teuer"
    refused("idea_not_new", lambda: items.take(house, f"idea|{a}", ADA, "doch"))
    for _ in range(2):
        ideas.take_up(house, a, ADA)
    assert (stored(house, "idea", a)["state"], stored(house, "idea", a)["parked_reason"]) == ("new", None)


def test_ideas_told_apart_are_compared_again_when_people_say_so(house: Inventory) -> None:
    keys = ideas.add(house, [Idea("Idee a"), Idea("Idee b"), Idea("Idee c")], ADA, "k")
    for _ in range(2):
        ideas.tell_apart(house, keys, ADA)
    assert count(house, "duplicate_decision") == 3  # each from each
    refused("reference_broken", lambda: ideas.tell_apart(house, [keys[0], "gone"], ADA))
    ideas.compare_again(house, keys[0], ADA)
    assert count(house, "duplicate_decision") == 1
    ideas.take_back(house, keys[1], ADA)  # and with it what was decided of it
    assert count(house, "duplicate_decision") == 0


# ---------------------------------------------------------------- promises


def test_promises_are_added_together_or_not_at_all(house: Inventory) -> None:
    workshops.record(house, TALK, ADA, "ws")
    said = [replace(ROOM, workshop_id="ws"), Promise("", None), Promise("Lädt ein", "b", given_on=TODAY)]
    for _ in range(2):
        keys = commitments.add(house, said, ADA, "k")
    assert keys == ["zk-1", "zk-2"] and count(house, "commitment") == 2
    assert (stored(house, "commitment", "zk-1")["given_on"], stored(house, "commitment", "zk-1")["state"]) == (
        JULY,
        "open",
    )
    for key, more in (
        ("commitment_needs_words", Promise(" ", "a")),
        ("commitment_needs_organization", Promise("Hilft", None)),
        ("commitment_known", replace(ROOM, workshop_id="ws")),
        ("commitment_too_long", Promise("x" * 301, "a")),
        ("commitment_in_future", Promise("Hilft", "a", given_on=TODAY + timedelta(days=1))),
        ("commitment_due_before_given", Promise("Hilft", "a", due_on=date(2026, 7, 7), workshop_id="ws")),
        ("names_person", Promise("Erika Musterfrau hilft", "a")),
        ("names_person", Promise("Hilft", "a", "Erika Musterfrau")),
        ("reference_broken", Promise("Hilft", "gone")),
    ):
        refused(key, lambda more=more: commitments.add(house, [Promise("Neu", "a"), more][more.text == " " :], ADA))
    assert count(house, "commitment") == 2


@pytest.mark.parametrize("state", commitments.ENDED)
def test_an_end_is_said_once_with_day_and_note_and_taken_back(house: Inventory, state: commitments.Ended) -> None:
    (key,) = commitments.add(house, [ROOM], ADA)
    if state != "kept":
        refused("commitment_needs_note", lambda: commitments.end(house, key, state, " ", ADA))
    later = TODAY + timedelta(days=1)
    refused("commitment_in_future", lambda: commitments.end(house, key, state, "So war es", ADA, later))
    refused("names_person", lambda: commitments.end(house, key, state, "Erika Musterfrau war krank", ADA))
    for _ in range(2):
        commitments.end(house, key, state, "So war es", ADA, JULY, 1)
    row = stored(house, "commitment", key)
    assert (row["state"], row["checked_on"], row["note"], row["version"]) == (state, JULY, "So war es", 2)
    other: commitments.Ended = "kept" if state != "kept" else "broken"
    refused("commitment_has_ended", lambda: commitments.end(house, key, other, "doch", BEA))
    refused("commitment_in_use", lambda: commitments.take_back(house, key, ADA))
    for _ in range(2):
        commitments.reopen(house, key, ADA)
    assert (stored(house, "commitment", key)["state"], stored(house, "commitment", key)["note"]) == ("open", None)


def test_a_later_day_needs_a_reason_an_earlier_or_first_one_none(house: Inventory) -> None:
    first, without = commitments.add(house, [ROOM, Promise("Lädt ein", "b")], ADA, "k")
    later = date(2027, 1, 31)
    refused("commitment_delay_needs_reason", lambda: commitments.move(house, first, later, "", ADA))
    refused("commitment_needs_day", lambda: commitments.move(house, first, None, "", ADA))
    for _ in range(2):
        commitments.move(house, first, later, "Der Raum wird gestrichen", ADA, 1)
    commitments.move(house, first, date(2027, 1, 15), "", ADA)
    commitments.move(house, without, later, "", ADA)
    assert [stored(house, "commitment", key)["due_on"] for key in (first, without)] == [date(2027, 1, 15), later]
    refused("record_changed_meanwhile", lambda: commitments.move(house, first, later, "doch", BEA, 1))
    commitments.end(house, first, "kept", None, ADA)
    refused("commitment_has_ended", lambda: commitments.move(house, first, later, "doch", ADA))


def test_the_words_of_a_promise_change_and_its_day_stays(house: Inventory) -> None:
    (key,) = commitments.add(house, [ROOM], ADA)
    said = replace(ROOM, text="Stellt den Saal bereit", due_on=date(2030, 1, 1))
    assert commitments.edit(house, key, said, ADA, 1) and not commitments.edit(house, key, said, ADA, 1)
    row = stored(house, "commitment", key)
    assert (row["text"], row["due_on"]) == ("Stellt den Saal bereit", ROOM.due_on)
    refused("record_changed_meanwhile", lambda: commitments.edit(house, key, ROOM, BEA, 1))


def test_a_promise_becomes_one_measure_at_a_time(house: Inventory) -> None:
    (key,) = commitments.add(house, [ROOM], ADA)
    plan = measures.Plan("Raum bereitstellen", "a", ROOM.due_on)
    refused("measure_needs_lead_and_date", lambda: commitments.to_measure(house, key, replace(plan, due_on=None), ADA))
    for _ in range(2):
        assert commitments.to_measure(house, key, plan, ADA, "m1") == "m1"
    assert (stored(house, "commitment", key)["measure_id"], stored(house, "measure", "m1")["number"]) == ("m1", "M-01")
    refused("commitment_is_measure", lambda: commitments.to_measure(house, key, plan, BEA, "m2"))
    refused("commitment_in_use", lambda: commitments.take_back(house, key, ADA))
    measures.drop(house, "m1", "kein Raum", ADA)
    assert commitments.to_measure(house, key, plan, BEA, "m2") == "m2"  # another try
    commitments.end(house, key, "kept", None, ADA)
    refused("commitment_has_ended", lambda: commitments.to_measure(house, key, plan, ADA, "m3"))


# ---------------------------------------------------------------- an inventory of version 12


def test_ideas_and_promises_of_version_12_come_over_whole() -> None:
    with duckdb.connect() as connection:
        connection.execute("ATTACH ':memory:' AS inventory; USE inventory")
        for number, statements in sorted({1: layout.SCHEMA, **layout.MIGRATIONS}.items()):
            if number < 13:
                connection.execute(statements)
        connection.execute(
            "INSERT INTO idea (idea_id, text, workshop, collected_on, theme_id) VALUES "
            "('i1', 'A', 'Gespräch', '2026-05-20', 't'), ('i2', 'B', 'Gespräch', '2026-05-20', NULL), "
            "('i3', 'C', 'Gespräch', '2026-10-14', NULL), ('i4', 'D', 'Gespräch', NULL, NULL), "
            "('i5', 'E', NULL, '2026-01-01', NULL), ('i6', 'F', ' ', NULL, NULL)"
        )
        connection.execute(
            "INSERT INTO commitment (commitment_id, organization_id, text, given_on, due_on, kept) VALUES "
            "('z1', 'o', 'X', '2026-05-20', '2026-06-30', true), ('z2', NULL, 'Y', NULL, NULL, false), "
            "('z3', 'o', 'Z', NULL, '2026-12-01', NULL)"
        )
        connection.execute(
            "INSERT INTO duplicate_decision "
            "(duplicate_decision_id, table_name, a_id, b_id, verdict, decided_by, decided_on) "
            "VALUES ('location|a|b', 'location', 'a', 'b', 'not_duplicate', 'Ada', '2026-05-20')"
        )
        connection.execute("USE memory")
        layout.migrate(connection, 12)
        found = connection.execute(
            "SELECT idea_id, text, theme_id, state, name, held_on, collected_on FROM inventory.idea "
            "LEFT JOIN inventory.workshop USING (workshop_id) ORDER BY idea_id"
        ).fetchall()
        may, october = date(2026, 5, 20), date(2026, 10, 14)
        assert found == [
            *(("i1", "A", "t", "new", "Gespräch", may, None), ("i2", "B", None, "new", "Gespräch", may, None)),
            *(("i3", "C", None, "new", "Gespräch", october, None), ("i4", "D", None, "new", "Gespräch", None, None)),
            ("i5", "E", None, "new", None, None, date(2026, 1, 1)),
            ("i6", "F", None, "new", None, None, None),
        ]
        assert connection.execute("SELECT count(*) FROM inventory.workshop").fetchone() == (3,)
        promises = connection.execute(
            "SELECT commitment_id, organization_id, text, given_on, due_on, state FROM inventory.commitment ORDER BY 1"
        ).fetchall()
        assert promises == [
            ("z1", "o", "X", may, date(2026, 6, 30), "kept"),
            ("z2", None, "Y", None, None, "broken"),
            ("z3", "o", "Z", None, date(2026, 12, 1), "open"),
        ]
        kept = connection.execute(
            "SELECT duplicate_decision_id, decided_by FROM inventory.duplicate_decision"
        ).fetchall()
        assert kept == [("location|a|b", "Ada")]
