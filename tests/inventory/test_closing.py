"""Closing a meeting: open points go on, the list is frozen, minutes stay; twice, at once, and beside an import."""

import json
import threading
from datetime import date, time, timedelta
from typing import Any

import pytest

from esdash.errors import UserError
from esdash.inventory import Inventory, importing
from esdash.inventory.access import Action
from esdash.inventory.steering.meetings import agenda, closing, decisions, meetings, minutes
from esdash.inventory.steering.meetings.agenda import Point
from esdash.inventory.steering.meetings.closing import Seen
from esdash.inventory.steering.meetings.meetings import Plan
from esdash.inventory.steering.meetings.said import Said
from esdash.inventory.steering.versions import Draft, last_change_of
from esdash.model.canonical import canonical, sha256
from tests.inventory.meetings import THERE, run
from tests.people import ADA, BEA

TODAY = date(2026, 11, 22)
FOLLOWS = Plan("Zweite Sitzung", TODAY + timedelta(days=90), time(15))
TEXT = "Niederschrift\n\nAlles besprochen."


def seen(inventory: Inventory, draft: Draft | None = None, text: str = TEXT) -> Seen:
    return Seen(text, last_change_of(inventory), draft, FOLLOWS)


def adopted(inventory: Inventory) -> tuple[str, Draft]:
    """A running meeting that adopted the list, and the version that closing would freeze."""
    meeting, _ = run(inventory)
    with inventory.change(ADA, Action.EDIT_AGENDA) as change:
        change.insert("priority_item", [{"priority_item_id": "p1", "title": "Lernhilfe"}])
    agenda.take_over(inventory, ADA, meeting, [Point("Prioritätenliste", "list"), Point("Offen geblieben")])
    item = inventory.value("SELECT agenda_item_id FROM agenda_item WHERE kind = 'list'")
    decision = decisions.decide(inventory, ADA, item, Said("adopted", "Die Liste gilt."))
    entry = {"entry_key": "p1", "title": "Lernhilfe", "change": "new"}
    content = {"number": 1, "previous_sha256": None, "entries": [entry]}
    files = {"liste.json": canonical(content).encode()}
    draft = Draft(1, "Fassung 1", canonical(content), files, last_change_of(inventory), TODAY, meeting, decision)
    return meeting, draft


def row(inventory: Inventory, meeting: str) -> dict[str, Any]:
    return inventory.rows("FROM meeting WHERE meeting_id = $id", id=meeting)[0]


def counts(inventory: Inventory) -> tuple[int, ...]:
    tables = ("list_version", "list_file", "list_entry", "meeting", "agenda_item")
    return tuple(int(inventory.value(f"SELECT count(*) FROM inventory.{table}")) for table in tables)


def test_closing_keeps_minutes_freezes_the_list_and_carries_what_is_open(tiny: Inventory) -> None:
    meeting, draft = adopted(tiny)
    before = last_change_of(tiny)
    closing.close(tiny, ADA, meeting, seen(tiny, draft))
    kept = row(tiny, meeting)
    assert (kept["meeting_state"], kept["minutes"], kept["minutes_sha256"]) == ("closed", TEXT, sha256(TEXT))
    assert (kept["last_change"], kept["closed_by"]) == (before, "Ada")
    assert counts(tiny) == (1, 1, 1, 2, 3)  # one version with a file and an entry, the next meeting, one point more
    assert tiny.value("SELECT decision_id FROM list_version") == draft.decision_id
    (point,) = tiny.rows("FROM agenda_item WHERE meeting_id <> $id", id=meeting)
    assert (point["name"], point["times_carried"], point["why"]) == ("Offen geblieben", 1, ["carried"])
    assert (
        tiny.value("SELECT state FROM agenda_item WHERE agenda_item_id = $id", id=point["carried_from_id"]) == "carried"
    )


def test_closing_twice_has_one_outcome(tiny: Inventory) -> None:
    meeting, draft = adopted(tiny)
    same, ready, refused = seen(tiny, draft), threading.Barrier(4), []

    def act(text: str) -> None:
        ready.wait()
        try:
            closing.close(tiny, ADA, meeting, Seen(text, same.last_change, draft, FOLLOWS))
        except UserError as error:
            refused.append(error.key)

    threads = [threading.Thread(target=act, args=(text,)) for text in (TEXT, TEXT, "Anders.", "Anders.")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert refused == ["meeting_closed"] * 2  # those who had another text are told; the same text is a second click
    assert counts(tiny) == (1, 1, 1, 2, 3)
    with pytest.raises(UserError, match="meeting_closed"):
        meetings.attend(tiny, BEA, meeting, THERE)


def test_freezing_beside_an_import_has_one_outcome_each(tiny: Inventory, tmp_path: Any) -> None:
    """The import holds the write lock while the meeting is closed; then the version would rest on older data."""
    meeting, draft = adopted(tiny)
    table = tmp_path / "tabelle.csv"
    table.write_text("Angebot;Organisation\nLesekreis;Haus A\n", encoding="utf-8")
    plan, shown, refused = importing.plan(tiny, table), seen(tiny, draft), []

    def close() -> None:
        try:
            closing.close(tiny, BEA, meeting, shown)
        except UserError as error:
            refused.append(error.key)

    with tiny.exclusive(ADA, Action.IMPORT_TABLE):  # the lock that an import holds
        other = threading.Thread(target=close)
        other.start()
        importing.run(tiny, plan, ADA)
    other.join()
    assert refused == ["meeting_changed_meanwhile"]
    assert tiny.value("SELECT count(*) FROM initiative") == 1 and counts(tiny)[:4] == (0, 0, 0, 1)
    assert row(tiny, meeting)["meeting_state"] == "held"


def test_an_adopted_list_is_frozen_and_only_that(tiny: Inventory) -> None:
    meeting, draft = adopted(tiny)
    with pytest.raises(UserError, match="meeting_needs_version"):
        closing.close(tiny, ADA, meeting, seen(tiny))
    decisions.decide(
        tiny, ADA, tiny.value("SELECT agenda_item_id FROM agenda_item WHERE kind = 'list'"),
        Said("rejected", "Nein."), draft.decision_id,
    )  # fmt: skip
    with pytest.raises(UserError, match="meeting_list_not_adopted"):
        closing.close(tiny, ADA, meeting, seen(tiny, draft))
    closing.close(tiny, ADA, meeting, seen(tiny))
    assert counts(tiny)[0] == 0


def test_a_point_is_carried_twice_and_then_decided_deferred_or_dropped(tiny: Inventory) -> None:
    meeting, (item,) = run(tiny, "Immer wieder")
    with tiny.change(ADA, Action.EDIT_AGENDA) as change:
        change.update("agenda_item", [{"agenda_item_id": item, "times_carried": 2}])
    with pytest.raises(UserError, match="point_third_time"):
        closing.close(tiny, ADA, meeting, seen(tiny))
    with pytest.raises(UserError, match="point_third_time"):
        decisions.decide(tiny, ADA, item, Said("deferred", "Später."))
    decisions.decide(tiny, ADA, item, Said("deferred", "Im Mai.", deferred_until=date(2027, 5, 1)))
    closing.close(tiny, ADA, meeting, seen(tiny))
    assert tiny.rows("FROM agenda_item WHERE carried_from_id IS NOT NULL") == []  # it rests until May


def test_deferred_without_a_day_goes_on_and_a_resting_point_is_not_counted(tiny: Inventory) -> None:
    meeting, (first, second, _) = run(tiny, "Ohne Tag", "Ruht", "Zurückgezogen")
    decisions.decide(tiny, ADA, first, Said("deferred", "Später."))
    agenda.edit(tiny, ADA, second, resume_on=date(2027, 1, 1))
    agenda.remove(tiny, ADA, f"{meeting}3")
    closing.close(tiny, ADA, meeting, seen(tiny))
    going = tiny.rows("FROM agenda_item WHERE meeting_id <> $id ORDER BY sort", id=meeting)
    assert [(one["name"], one["times_carried"]) for one in going] == [("Ohne Tag", 1), ("Ruht", 0)]


def test_a_meeting_takes_note_of_ended_measures_and_approves_minutes(tiny: Inventory) -> None:
    meeting, _ = run(tiny)
    closing.close(tiny, ADA, meeting, seen(tiny))
    second = tiny.value("SELECT meeting_id FROM meeting WHERE meeting_state = 'scheduled'")
    with tiny.change(ADA, Action.EDIT_AGENDA) as change:
        done = {"measure_id": "x", "title": "Erledigt", "state": "done", "lead_organization_id": "a"}
        change.insert("measure", [done, {**done, "measure_id": "y", "state": "running"}])
    points = [Point(key, "measure", "measure", key) for key in "xy"]
    agenda.take_over(tiny, ADA, second, [Point("Niederschrift", "minutes_approval", "meeting", meeting), *points])
    meetings.begin(tiny, ADA, second, THERE, TODAY)
    for item in tiny.rows("FROM agenda_item WHERE meeting_id = $id", id=second):
        decisions.decide(tiny, ADA, item["agenda_item_id"], Said("adopted" if item["sort"] == 1 else "noted", "Ja."))
    closing.close(tiny, ADA, second, Seen(TEXT, last_change_of(tiny)))
    assert row(tiny, meeting)["minutes_approved_in_id"] == second
    noted = tiny.rows("FROM measure ORDER BY measure_id")
    assert [one["noted_in_meeting_id"] for one in noted] == [second, None]  # what still runs is not over


def test_minutes_are_edited_by_one_of_two_and_corrected_after_closing(tiny: Inventory) -> None:
    meeting, _ = run(tiny)
    minutes.write(tiny, ADA, meeting, "Von Hand.  \n", version=2)
    with pytest.raises(UserError, match="record_changed_meanwhile"):
        minutes.write(tiny, BEA, meeting, "Anders.", version=2)
    minutes.append(tiny, BEA, meeting, "Nachtrag.\n\nVon Hand.")
    minutes.append(tiny, BEA, meeting, "Nachtrag.")
    assert row(tiny, meeting)["minutes"] == "Von Hand.\n\nNachtrag." and row(tiny, meeting)["minutes_edited"]
    with pytest.raises(UserError, match="minutes_not_closed"):
        minutes.correct(tiny, ADA, meeting, "Hand", "Kopf", "Versehen")
    closing.close(tiny, ADA, meeting, seen(tiny, text="Von Hand.\n\nNachtrag."))
    with pytest.raises(UserError, match="meeting_closed"):
        minutes.write(tiny, ADA, meeting, "Zu spät.")
    for _ in range(2):  # a second click
        minutes.correct(tiny, ADA, meeting, "Nachtrag.", "Nachtrag der Runde.", "unvollständig")
    minutes.correct(tiny, ADA, meeting, "der Runde", "der Gruppe", "falsches Wort")  # of what was corrected
    kept = row(tiny, meeting)
    assert sha256(kept["minutes"]) == kept["minutes_sha256"]
    assert [(one["on"], one["old"], one["new"]) for one in json.loads(kept["corrections"])] == [
        ("2026-11-22", "Nachtrag.", "Nachtrag der Runde."),
        ("2026-11-22", "der Runde", "der Gruppe"),
    ]
    for old, new, why, key in (
        ("steht nicht da", "x", "y", "minutes_old_wording"),
        ("Von Hand.", " ", "y", "minutes_correction_incomplete"),
        ("Von Hand.", "Von Käthe Möller.", "y", "names_person"),
    ):
        with pytest.raises(UserError, match=key):
            minutes.correct(tiny, ADA, meeting, old, new, why)


def test_what_is_refused_closes_nothing(tiny: Inventory) -> None:
    meeting, _ = run(tiny, "Offen")
    now = last_change_of(tiny)
    early = Plan("Davor", TODAY)
    for attempt, key in (
        (Seen(" ", now, None, FOLLOWS), "minutes_empty"),
        (Seen(TEXT, now), "meeting_needs_next"),
        (Seen(TEXT, now, None, early), "meeting_next_before"),
        (Seen("Käthe Möller war da.", now, None, FOLLOWS), "names_person"),
        (Seen(TEXT, now - 1, None, FOLLOWS), "meeting_changed_meanwhile"),
    ):
        with pytest.raises(UserError, match=key):
            closing.close(tiny, ADA, meeting, attempt)
    assert row(tiny, meeting)["meeting_state"] == "held" and counts(tiny) == (0, 0, 0, 1, 1)
