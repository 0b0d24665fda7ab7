"""What a coming meeting should deal with, in which order and why; minutes that fit its length."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esdash.analysis.meetings import agenda, missing, points
from esdash.inventory import Inventory
from esdash.inventory.access import Action
from esdash.inventory.steering import bodies
from esdash.inventory.steering.meetings import agenda as agendas
from esdash.inventory.steering.meetings import decisions, meetings
from esdash.inventory.steering.meetings.agenda import Point
from esdash.inventory.steering.meetings.meetings import Plan, Present
from esdash.inventory.steering.meetings.said import Said
from tests.people import ADA

TODAY = date(2026, 11, 22)
LAST = TODAY - timedelta(days=60)


@pytest.fixture
def group(tiny: Inventory) -> Inventory:
    """A group of two seats with a last meeting, closed sixty days ago, and a coming one in ten days."""
    with tiny.change(ADA, Action.ENTER_RECORDS) as change:
        change.insert("organization", [{"organization_id": key, "name": key.upper()} for key in "ab"])
    body = bodies.save(tiny, ADA, "Steuerungsgruppe", "SG", ["a", "b"], quorum=2)
    put(
        tiny,
        "meeting",
        meeting_id="last",
        body_id=body,
        name="Erste",
        held_on=LAST,
        meeting_state="closed",
        number="SG/001/2026",
    )
    put(tiny, "meeting", meeting_id="next", body_id=body, name="Zweite", held_on=TODAY + timedelta(days=10))
    return tiny


def put(inventory: Inventory, table: str, **row: Any) -> None:
    with inventory.change(ADA, Action.EDIT_AGENDA) as change:
        change.insert(table, [row])


def item(inventory: Inventory, key: str, listed_on: date, **more: Any) -> None:
    put(
        inventory,
        "priority_item",
        priority_item_id=key,
        title=f"Aufgabe {key}",
        origin="hand",
        listed_on=listed_on,
        **more,
    )


def built(inventory: Inventory) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(one.kind, one.subject or "", one.why) for one in agenda.build(inventory, "next")]


def test_reports_come_first_and_everything_says_why(group: Inventory) -> None:
    item(group, "old", LAST - timedelta(days=5))
    item(group, "new", TODAY)
    put(group, "measure", measure_id="late", title="Fällig", state="running", due_on=TODAY + timedelta(days=10))
    put(group, "measure", measure_id="soon", title="Noch Zeit", state="running", due_on=TODAY + timedelta(days=11))
    put(group, "measure", measure_id="done", title="Erledigt", state="done", finished_on=TODAY)
    put(group, "measure", measure_id="known", title="Erledigt und bekannt", state="done", noted_in_meeting_id="last")
    put(group, "commitment", commitment_id="z", organization_id="a", text="Raum", due_on=TODAY)
    put(group, "commitment", commitment_id="kept", organization_id="a", text="Raum", due_on=TODAY, state="kept")
    assert built(group) == [
        ("opening", "", ()),
        ("minutes_approval", "last", ("due",)),
        ("measure", "late", ("due",)),
        ("measure", "done", ("ended",)),
        ("commitment", "z", ("due",)),
        ("item", "new", ("new",)),
        ("item", "old", ("undecided",)),
        ("list", "", ("new",)),
    ]


def test_answers_and_silence_of_the_city(group: Inventory) -> None:
    item(group, "p", LAST)
    item(group, "q", LAST)
    put(
        group,
        "list_version",
        list_version_id="v1",
        number=1,
        title="Fassung 1",
        frozen_on=LAST,
        frozen_by="Ada",
        as_of=LAST,
        last_change=10**6,
        content="{}",
        content_sha256="x",
        files=[],
        handed_over_on=LAST,
        answer_due_on=TODAY - timedelta(days=1),
    )
    for n, key in enumerate("pq"):
        entry = {"list_entry_id": f"v1|{key}", "list_version_id": "v1", "priority_item_id": key, "sort": n}
        put(group, "list_entry", **entry, change="new", title=key, content={})
    put(
        group,
        "answer",
        answer_id="a1",
        list_entry_id="v1|p",
        verdict="accepted",
        answered_on=TODAY,
        received_via="letter",
    )
    found = {one.kind: one.facts for one in agenda.build(group, "next") if one.kind in ("answer", "unanswered")}
    assert (found["answer"]["n"], found["answer"]["verdicts"]) == (1, ["accepted"])
    assert (found["unanswered"]["waiting"], found["unanswered"]["days_waiting"]) == (1, 60)


def test_agreed_items_are_one_block_and_contested_ones_follow(group: Inventory) -> None:
    """Points from 0 to 10 of six seats: 7 7 7 8 8 8 agree; 0 0 0 10 10 10 are as far apart as can be."""
    seats = [f"s{n}" for n in range(6)]
    with group.change(ADA, Action.ENTER_RECORDS) as change:
        change.insert("organization", [{"organization_id": key, "name": key} for key in seats])
    said = {"p": (7, 7, 7, 8, 8, 8), "q": (6, 6, 6, 7, 7, 7), "r": (0, 0, 0, 10, 10, 10)}
    for key in said:
        item(group, key, TODAY)
    put(
        group,
        "voice_round",
        voice_round_id="r1",
        question="Wie wichtig?",
        method="points",
        most_per_item=10,
        state="closed",
        priority_item_ids=list(said),
        seat_organization_ids=seats,
        names_shown=True,
        opened_on=TODAY,
        opened_by="Ada",
        closed_at="2026-11-22 09:00:00",
        handed_in_ids=seats,
    )
    for key, given_points in said.items():
        for seat, value in zip(seats, given_points, strict=True):
            put(
                group,
                "voice",
                voice_id=f"r1|{seat}|{key}",
                voice_round_id="r1",
                seat_organization_id=seat,
                priority_item_id=key,
                points=value,
                recorded_by="at_the_table",
            )
    shown = [one for one in agenda.build(group, "next") if one.kind in ("block", "item")]
    assert [(one.kind, one.subject) for one in shown] == [("block", None), ("item", "r")]
    assert [one.subject for one in shown[0].inside] == ["p", "q"]
    assert shown[1].why == ("contested", "new") and shown[1].minutes == agenda.CONTESTED_MINUTES


def test_what_is_on_the_agenda_is_not_proposed_and_what_was_left_over_is(group: Inventory) -> None:
    item(group, "p", TODAY)
    put(
        group, "agenda_item", agenda_item_id="x", meeting_id="last", sort=1, name="Offen", kind="topic", state="carried"
    )
    left = [one for one in agenda.build(group, "next") if one.carried_from]
    assert [(one.kind, one.why, one.carried_from["agenda_item_id"]) for one in left] == [("topic", ("carried",), "x")]
    agendas.take_over(
        group, ADA, "next", [Point("Aufgabe", "item", "priority_item", "p"), Point("Offen", carried_from_id="x")]
    )
    assert not [one for one in agenda.build(group, "next") if one.carried_from or one.kind == "item"]


def test_a_deferred_item_rests_until_its_day(group: Inventory) -> None:
    item(group, "p", LAST)
    item(group, "q", LAST)
    for key, until in (("p", TODAY + timedelta(days=10)), ("q", TODAY + timedelta(days=11))):
        put(
            group,
            "decision",
            decision_id=key,
            number=f"2026/{key}",
            meeting_id="last",
            subject_table="priority_item",
            subject=key,
            result="deferred",
            resolution_text="Später.",
            recorded="consensus",
            decided_on=LAST,
            deferred_until=until,
        )
    assert [(one.subject, one.why) for one in agenda.build(group, "next") if one.kind == "item"] == [
        ("p", ("resumed",))
    ]
    assert [(one.subject, one.until) for one in agenda.resting(group, "next")] == [("q", TODAY + timedelta(days=11))]


@given(st.lists(st.integers(0, 60), max_size=20), st.integers(0, 300))
def test_minutes_sum_to_the_length_in_proportion(weights: list[int], length: int) -> None:
    found, some = agenda.shared(weights, length), sum(weight > 0 for weight in weights)
    if length < some or not some:
        assert found == weights
        return
    assert sum(found) == length
    assert all((minutes >= 1) == (weight > 0) for minutes, weight in zip(found, weights, strict=True))
    for minutes, weight in zip(found, weights, strict=True):
        assert abs(minutes - (weight > 0) - (length - some) * weight / sum(weights)) < 1


def test_minutes_by_hand() -> None:
    assert agenda.shared([5, 5, 10], 40) == [10, 10, 20]  # 37 to share: 9.25, 9.25, 18.5 → 9, 9, 19, and one each
    assert agenda.length_of({"begins": time(15), "ends": time(17, 30)}) == 150
    assert agenda.length_of({"begins": time(15), "ends": None}) is None


def test_what_is_missing_before_closing(group: Inventory) -> None:
    item(group, "p", LAST)
    agendas.take_over(
        group, ADA, "next", [Point("Aufgabe p", "item", "priority_item", "p"), Point("Offen"), Point("Ruht")]
    )
    meetings.change(group, ADA, "next", Plan("Zweite", TODAY))
    meetings.begin(group, ADA, "next", Present(["a"]))
    rows = points.agenda(group, "next")
    decisions.decide(group, ADA, rows[0]["agenda_item_id"], Said("adopted", "Ja."))
    agendas.edit(group, ADA, rows[2]["agenda_item_id"], resume_on=TODAY + timedelta(days=90))
    with group.change(ADA, Action.EDIT_AGENDA) as change:
        change.update(
            "agenda_item", [{"agenda_item_id": rows[n]["agenda_item_id"], "times_carried": 2} for n in (1, 2)]
        )
    meeting = points.meeting(group, "next")
    assert meeting
    found = missing.before_closing(meeting, points.agenda(group, "next"))
    assert [(one.kind, one.points, one.stops) for one in found] == [
        ("third_time", ("2 Offen",), True),  # what rests is not put off once more
        ("open", ("2 Offen", "3 Ruht"), False),
        ("lead", ("1 Aufgabe p",), False),
        ("minutes_role", (), False),
        ("quorum", (), False),
    ]
