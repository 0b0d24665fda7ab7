"""What is due, and the control list: which lines stand on it, what they say, and when they leave."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from esdash.analysis.measures import control, due, listed
from esdash.inventory import Inventory
from esdash.inventory.access import Action
from esdash.inventory.steering import measures
from esdash.inventory.steering.measures import Milestone, Plan, Progress
from tests.conftest import NOW
from tests.people import ADA, TEST

TODAY = NOW.date()  # 2026-11-22


def decided(key: str, number: int, result: str = "adopted", subject: str | None = None, **more: Any) -> dict[str, Any]:
    usual = {"subject_table": "priority_item" if subject else None, "deferred_until": None, "referred_to": None}
    said = {"resolution_text": f"Beschluss {number}", "recorded": "consensus", "decided_on": date(2026, 9, 16)}
    return {
        **{"decision_id": key, "number": f"2026/{number}", "meeting_id": "s1", "subject": subject, "result": result},
        **{**usual, **said, **more},
    }


@pytest.fixture
def house(town: Inventory) -> Inventory:
    """A group that has met, items of the list, and decisions d1 to d7."""
    with town.change(TEST, Action.SET_UP) as change:
        change.insert("organization", [{"organization_id": key, "name": f"Haus {key}"} for key in "ab"])
        body = {"name": "Steuerungsgruppe", "short_name": "SG", "kind": "steering", "seat_organization_ids": ["a", "b"]}
        change.insert("body", [{"body_id": "g", **body}])
        change.insert(
            "meeting",
            [
                {"meeting_id": key, "body_id": "g", "name": "Sitzung", "held_on": day, "meeting_state": "held"}
                for key, day in (("s1", date(2026, 9, 16)), ("s2", TODAY))
            ],
        )
        items = [{"priority_item_id": f"p{n}", "origin": "hand", "title": f"Punkt {n}"} for n in range(1, 8)]
        change.insert("priority_item", items)
        change.insert(
            "decision",
            [
                decided("d1", 1, subject="p1"),
                decided("d2", 2, "deferred", "p2", deferred_until=date(2026, 12, 1)),
                decided("d3", 3, "referred", "p3", referred_to="Jobcenter"),
                decided("d4", 4, "rejected", "p4"),
                decided("d5", 5, subject_table="list_version", subject=None),
                decided("d6", 6, "deferred", "p6", deferred_until=date(2026, 11, 1)),
                decided("d7", 7),
            ],
        )
    return town


def start(inventory: Inventory, key: str, due_on: date, **more: Any) -> str:
    return measures.start(inventory, replace(Plan(f"Maßnahme {key}", "a", due_on), **more), ADA, key)


def lines(inventory: Inventory, day: date = TODAY) -> list[tuple[str | None, str | None, str, str]]:
    frame = control(inventory, day).astype(object)
    frame = frame.where(frame.notna(), None)
    return list(zip(frame["decision_number"], frame["number"], frame["state"], frame["light"], strict=True))


# ---------------------------------------------------------------- due


def test_what_is_due(house: Inventory) -> None:
    start(house, "late", date(2026, 11, 21))
    start(house, "today", TODAY)
    start(house, "month", date(2026, 12, 22))  # 30 days
    start(house, "later", date(2026, 12, 23))
    start(house, "waits", date(2027, 5, 1), state="waiting", waiting_for="Raum")
    start(house, "over", date(2026, 11, 1))
    measures.finish(house, "over", "fertig", ADA)
    found = due(house, TODAY)
    assert list(zip(found["measure_id"], found["why"], found["days"], strict=True)) == [
        ("late", "overdue", -1),
        ("today", "soon", 0),
        ("month", "soon", 30),
        ("waits", "waiting", 160),
    ]
    assert due(house, date(2026, 10, 1))["measure_id"].tolist() == ["waits"]


# ---------------------------------------------------------------- the control list


def test_decisions_without_a_measure_stand_there(house: Inventory) -> None:
    """Not what was rejected (d4), and not the decision about the list itself (d5)."""
    assert lines(house) == [
        ("2026/1", None, "adopted", "no_measure"),
        ("2026/2", None, "deferred", "on_track"),
        ("2026/3", None, "referred", "no_measure"),
        ("2026/6", None, "deferred", "overdue"),
        ("2026/7", None, "adopted", "no_measure"),
    ]
    row = control(house, TODAY).set_index("decision_number").loc["2026/3"]
    assert (row["responsible_office"], row["body_name"], row["resolution_text"]) == (
        *("Jobcenter", "Steuerungsgruppe"),
        "Beschluss 3",
    )


def test_a_measure_takes_the_place_of_its_decision_until_a_meeting_took_note(house: Inventory) -> None:
    start(house, "m", date(2027, 3, 1), decision_id="d1")
    assert lines(house)[0] == ("2026/1", "M-01", "planned", "on_track")
    measures.finish(house, "m", "8 Plätze", ADA)
    assert lines(house)[0] == ("2026/1", "M-01", "done", "done")
    assert control(house, TODAY)["closing_note"].iloc[0] == "8 Plätze"
    measures.taken_note(house, ["m"], "s2", ADA)
    assert "2026/1" not in [line[0] for line in lines(house)]


def test_a_measure_of_an_item_belongs_to_its_decision(house: Inventory) -> None:
    start(house, "m", date(2027, 3, 1), priority_item_id="p2")
    assert lines(house)[1] == ("2026/2", "M-01", "planned", "on_track")
    start(house, "hand", date(2027, 3, 1))
    assert lines(house)[-1] == (None, "M-02", "planned", "on_track")  # by hand: no decision, so it comes last


def test_a_later_decision_takes_the_place_of_an_earlier_one(house: Inventory) -> None:
    with house.change(TEST, Action.SET_UP) as change:
        change.insert("decision", [decided("d8", 8, "rejected", "p2", decided_on=TODAY)])
    assert "2026/2" not in [line[0] for line in lines(house)]


def test_a_line_says_reason_for_delay_last_note_and_next_day(house: Inventory) -> None:
    steps = (Milestone("Raum", date(2026, 10, 1), date(2026, 9, 30)), Milestone("Ehrenamtliche", date(2026, 12, 5)))
    start(house, "m", date(2026, 11, 1), decision_id="d1", milestones=steps)
    moved = {"due_on": date(2027, 2, 1), "delay_reason": "Umbau"}
    measures.note(house, "m", Progress("Raum fehlt noch", "Büro", date(2026, 11, 2), **moved), ADA)
    measures.note(house, "m", Progress("Der Umbau läuft", "Büro", date(2026, 11, 20), "running"), ADA)
    row = control(house, TODAY).iloc[0]
    assert (row["delay_reason"], row["last_note"], row["next_on"].date(), row["due_on"].date()) == (
        *("Umbau", "Der Umbau läuft", date(2026, 12, 5)),
        date(2027, 2, 1),
    )
    shown = listed.measures(house).iloc[0]
    assert (shown["steps"], shown["steps_done"], shown["first_due_on"].date()) == (2, 1, date(2026, 11, 1))


def test_an_answer_of_the_city_says_office_and_next_day(house: Inventory) -> None:
    with house.change(TEST, Action.SET_UP) as change:
        frozen = {"frozen_on": TODAY, "frozen_by": "Büro", "as_of": TODAY, "last_change": 1, "content": "{}"}
        version = {"list_version_id": "v1", "number": 1, "title": "Fassung 1", "content_sha256": "x", "files": []}
        change.insert("list_version", [{**version, **frozen}])
        entry = {"list_entry_id": "v1|p1", "list_version_id": "v1", "priority_item_id": "p1", "sort": 1}
        change.insert("list_entry", [{**entry, "change": "new", "title": "Punkt 1", "content": {}}])
        said = {"verdict": "accepted", "responsible_office": "Sozialamt", "next_on": date(2027, 1, 15)}
        answered = {"answered_on": TODAY, "received_via": "letter", "list_entry_id": "v1|p1"}
        change.insert("answer", [{"answer_id": "a1", **answered, **said}])
    row = control(house, TODAY).iloc[0]
    assert (row["state"], row["responsible_office"], row["next_on"].date(), row["light"]) == (
        *("accepted", "Sozialamt"),
        date(2027, 1, 15),
        "on_track",
    )
    start(house, "m", date(2027, 3, 1), answer_id="a1")  # a measure from the answer belongs to the same decision
    assert lines(house)[0] == ("2026/1", "M-01", "planned", "on_track")
    assert control(house, TODAY)["responsible_office"].iloc[0] == "Sozialamt"


def test_every_state_has_a_light(example: Inventory) -> None:
    assert set(control(example, TODAY)["light"]) <= listed.LIGHTS.keys()


def test_an_overdue_measure_has_no_next_day_until_it_gets_one(example: Inventory) -> None:
    rows = control(example, TODAY)
    late = rows[rows["light"] == "overdue"]
    assert sorted(late["number"]) == ["M-03", "M-05"]  # due on 31 October and 15 November
    assert late["next_on"].isna().all()
    (alten,) = rows.loc[rows["number"] == "M-02", "next_on"]
    assert alten.date() == date(2026, 12, 15)  # its next step, before it is due
