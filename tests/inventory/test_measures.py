"""Measures: numbers without a gap, lead and date, dated notes, reasons for delay, an end that a meeting noted."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest

from esdash.errors import UserError
from esdash.inventory import Inventory
from esdash.inventory.access import Action
from esdash.inventory.steering import measures
from esdash.inventory.steering.measures import Effect, Milestone, Plan, Progress
from tests.conftest import NOW
from tests.people import ADA, BEA, TEST

TODAY = NOW.date()  # 2026-11-22
DUE = date(2027, 3, 31)
PLAN = Plan("Lernhilfe in Alten aufbauen", "a", DUE, "Koordination", ("b",), date(2026, 12, 1))


@pytest.fixture
def house(tiny: Inventory) -> Inventory:
    with tiny.change(TEST, Action.SET_UP) as change:
        change.insert("organization", [{"organization_id": key, "name": f"Haus {key}"} for key in "ab"])
        meeting = {"meeting_id": "s1", "name": "Sitzung", "held_on": TODAY, "meeting_state": "held"}
        change.insert("meeting", [meeting])
    return tiny


def stored(inventory: Inventory, measure_id: str) -> dict:
    return inventory.rows("FROM inventory.measure WHERE measure_id = $id", id=measure_id)[0]


def notes(inventory: Inventory) -> list[dict]:
    return inventory.rows("FROM inventory.progress_note ORDER BY noted_on, progress_note_id")


def refused(key: str, do) -> None:
    with pytest.raises(UserError) as error:
        do()
    assert error.value.key == key


def test_a_measure_gets_the_next_number_and_a_second_click_changes_nothing(house: Inventory) -> None:
    for key in ("m1", "m1", "m2"):
        assert measures.start(house, PLAN, ADA, key) == key
    assert [(row["number"], row["state"]) for row in house.rows("FROM inventory.measure ORDER BY number")] == [
        ("M-01", "planned"),
        ("M-02", "planned"),
    ]
    with house.change(TEST, Action.SET_UP) as change:  # the hundredth
        change.insert("measure", [{"measure_id": "old", "number": "M-99", "title": "Alt"}])
    assert stored(house, measures.start(house, PLAN, ADA))["number"] == "M-100"


def test_many_at_once_get_numbers_without_a_gap(house: Inventory) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: measures.start(house, PLAN, ADA), range(12)))
    numbers = [row["number"] for row in house.rows("SELECT number FROM inventory.measure ORDER BY number")]
    assert numbers == [f"M-{n:02d}" for n in range(1, 13)]


def test_a_number_of_a_measure_that_was_refused_is_not_lost(house: Inventory) -> None:
    measures.start(house, PLAN, ADA)
    refused("reference_broken", lambda: measures.start(house, replace(PLAN, decision_id="gone"), ADA))
    assert stored(house, measures.start(house, PLAN, ADA))["number"] == "M-02"


@pytest.mark.parametrize(
    ("wrong", "key"),
    [
        ({"title": "  "}, "measure_needs_title"),
        ({"lead_organization_id": None}, "measure_needs_lead_and_date"),
        ({"due_on": None}, "measure_needs_lead_and_date"),
        ({"starts_on": date(2027, 4, 1)}, "measure_ends_before_it_begins"),
        ({"state": "waiting"}, "measure_waits_for_nothing"),
        ({"lead_organization_id": "gone"}, "reference_broken"),
        ({"initiative_ids": ("gone",)}, "reference_broken"),
    ],
)
def test_a_measure_that_nobody_could_follow_up_is_refused(house: Inventory, wrong: dict, key: str) -> None:
    refused(key, lambda: measures.start(house, replace(PLAN, **wrong), ADA))
    assert house.value("SELECT count(*) FROM inventory.measure") == 0


def test_what_is_said_is_stored_and_changed(house: Inventory) -> None:
    effect = Effect("gap_places", ("homework",), ("01",), ("children",), date(2026, 11, 1), 8.0, 0.0)
    steps = (Milestone("Raum gefunden", date(2026, 12, 15)), Milestone(" "))
    key = measures.start(house, replace(PLAN, milestones=steps, effect=effect), ADA)
    row = stored(house, key)
    assert measures._read(row["milestones"]) == [{"text": "Raum gefunden", "due_on": "2026-12-15", "done_on": None}]
    assert measures._read(row["effect"])["as_of"] == "2026-11-01"
    again = replace(PLAN, milestones=steps, effect=effect, title="Lernhilfe", due_on=date(2030, 1, 1), state="running")
    for _ in range(2):  # a second click
        measures.change_plan(house, key, again, BEA, 1 if stored(house, key)["version"] == 1 else 2)
    row = stored(house, key)
    assert (row["title"], row["due_on"], row["state"], row["version"]) == ("Lernhilfe", DUE, "planned", 2)
    refused(
        "record_changed_meanwhile", lambda: measures.change_plan(house, key, replace(again, title="X"), ADA, version=1)
    )


def test_a_note_moves_the_date_only_with_a_reason(house: Inventory) -> None:
    key = measures.start(house, PLAN, ADA)
    later = Progress("Noch kein Raum", "Koordination", TODAY, due_on=date(2027, 6, 30))
    refused("measure_delay_needs_reason", lambda: measures.note(house, key, later, ADA))
    assert notes(house) == [] and stored(house, key)["due_on"] == DUE
    measures.note(house, key, replace(later, delay_reason="Die Schule baut um"), ADA)
    measures.note(house, key, Progress("Doch schneller", "Koordination", TODAY, due_on=date(2027, 2, 1)), ADA)
    assert {(n["due_before"], n["due_after"], n["delay_reason"]) for n in notes(house)} == {
        (DUE, date(2027, 6, 30), "Die Schule baut um"),
        (date(2027, 6, 30), date(2027, 2, 1), None),
    }
    assert stored(house, key)["due_on"] == date(2027, 2, 1)


def test_a_note_changes_the_state_and_a_second_click_adds_nothing(house: Inventory) -> None:
    key = measures.start(house, PLAN, ADA)
    waits = Progress("Antrag gestellt", "Koordination", TODAY, "waiting", "Zusage des Raums")
    for _ in range(2):
        measures.note(house, key, waits, ADA, 1, "n1")
    assert (stored(house, key)["state"], stored(house, key)["waiting_for"]) == ("waiting", "Zusage des Raums")
    measures.note(house, key, Progress("Raum ist da", "Koordination", TODAY, "running"), ADA, 2, "n2")
    assert (stored(house, key)["state"], stored(house, key)["waiting_for"]) == ("running", None)
    assert [note["state_after"] for note in notes(house)] == ["waiting", "running"]
    refused("record_changed_meanwhile", lambda: measures.note(house, key, waits, BEA, 1))


@pytest.mark.parametrize(
    ("wrong", "key"),
    [
        ({"text": " "}, "measure_note_empty"),
        ({"by_role": ""}, "measure_note_needs_role"),
        ({"noted_on": date(2026, 11, 23)}, "measure_note_in_future"),
        ({"state": "waiting"}, "measure_waits_for_nothing"),
    ],
)
def test_a_note_that_says_too_little_is_refused(house: Inventory, wrong: dict, key: str) -> None:
    measure = measures.start(house, PLAN, ADA)
    said = replace(Progress("Läuft", "Koordination", TODAY), **wrong)
    refused(key, lambda: measures.note(house, measure, said, ADA))
    assert notes(house) == []


def test_an_end_has_a_closing_note_and_leaves_when_a_meeting_took_note(house: Inventory) -> None:
    key = measures.start(house, PLAN, ADA)
    refused("measure_needs_closing_note", lambda: measures.finish(house, key, " ", ADA))
    refused("measure_still_open", lambda: measures.taken_note(house, [key], "s1", ADA))
    for _ in range(2):
        measures.finish(house, key, "8 Plätze seit März", ADA, TODAY)
    for _ in range(2):
        measures.taken_note(house, [key], "s1", ADA)
    row = stored(house, key)
    assert (row["state"], row["closing_note"], row["finished_on"], row["noted_in_meeting_id"], row["version"]) == (
        *("done", "8 Plätze seit März", TODAY, "s1"),
        3,
    )
    refused("measure_closed", lambda: measures.drop(house, key, "doch nicht", ADA))
    refused("measure_closed", lambda: measures.note(house, key, Progress("Noch was", "Koordination", TODAY), ADA))


def test_a_measure_taken_up_again_is_on_the_control_list_again(house: Inventory) -> None:
    key = measures.start(house, PLAN, ADA)
    refused("measure_needs_drop_reason", lambda: measures.drop(house, key, "", ADA))
    measures.drop(house, key, "kein Raum", ADA)
    measures.taken_note(house, [key], "s1", ADA)
    measures.note(house, key, Progress("Es geht weiter", "Koordination", TODAY, "running"), ADA)
    row = stored(house, key)
    assert (row["state"], row["closing_note"], row["finished_on"], row["noted_in_meeting_id"]) == (
        *("running", None, None),
        None,
    )


def test_inside_another_transaction_all_or_nothing(house: Inventory) -> None:
    with pytest.raises(RuntimeError), house.change(ADA, Action.SET_UP) as change:
        measures.start_in(change, PLAN, "m1")
        raise RuntimeError
    assert house.value("SELECT count(*) FROM inventory.measure") == 0


def test_what_does_not_exist_is_said(house: Inventory) -> None:
    refused("measure_gone", lambda: measures.finish(house, "gone", "fertig", ADA))


def test_a_text_that_names_a_known_person_is_refused(house: Inventory) -> None:
    with house.change(TEST, Action.SET_UP) as change:
        person = {"contact_id": "p", "organization_id": "a", "role": "Leitung", "name": "Erika Musterfrau"}
        change.insert("contact", [person])
    key = measures.start(house, PLAN, ADA)
    said = Progress("Raum gefunden", "Koordination", TODAY)
    step = Milestone("Erika Musterfrau fragen")
    for attempt in (
        lambda: measures.start(house, replace(PLAN, responsible_role="Erika Musterfrau"), ADA),
        lambda: measures.start(house, replace(PLAN, milestones=(step,)), ADA),
        lambda: measures.change_plan(house, key, replace(PLAN, title="Erika Musterfrau hilft"), ADA, 1),
        lambda: measures.note(house, key, replace(said, text="Mit Erika Musterfrau besprochen"), ADA),
        lambda: measures.note(house, key, replace(said, by_role="Erika Musterfrau"), ADA),
        lambda: measures.finish(house, key, "Dank an Erika Musterfrau", ADA),
        lambda: measures.drop(house, key, "Erika Musterfrau ist weg", ADA),
    ):
        refused("names_person", attempt)
    assert house.value("SELECT count(*) FROM inventory.measure") == 1 and notes(house) == []
