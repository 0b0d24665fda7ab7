"""A round of voices: opening, handing in, taking back, closing once, and what is kept of whom."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from esdash.analysis import voices as results
from esdash.errors import UserError
from esdash.inventory import Inventory, merging
from esdash.inventory.access import Action, Actor
from esdash.inventory.steering import voices
from tests import planted_voices
from tests.people import ADA, BEA, CEM, OFFICE
from tests.planted_voices import ITEMS, SEATS


@pytest.fixture
def town(tiny: Inventory) -> Inventory:
    planted_voices.items(tiny)
    return tiny


def opened(inventory: Inventory, **more: Any) -> str:
    given = {"question": "Was zuerst?", "item_ids": ITEMS, "seats": SEATS[:5], "dots": 3, "most_per_item": 2, **more}
    return voices.open_round(inventory, ADA, **given)


def close(inventory: Inventory, who: Actor, round_id: str, without: Sequence[str] = ()) -> bool:
    return voices.close_round(inventory, who, round_id, results.named(inventory, ITEMS), without)


def refused(act: Callable[[], Any]) -> str:
    with pytest.raises(UserError) as error:
        act()
    return error.value.key


def stored(inventory: Inventory) -> list[tuple[Any, ...]]:
    """item, seat, points, reason, conflict of every voice of closed rounds."""
    rows = inventory.rows("FROM inventory.voice ORDER BY voice_id")
    names = ("priority_item_id", "seat_organization_id", "points", "reason", "conflict")
    return [tuple(row[name] for name in names) for row in rows]


def state(inventory: Inventory) -> dict[str, Any]:
    tables = ("voice_round", "open_voice", "voice")
    return {table: inventory.rows(f"FROM inventory.{table} ORDER BY ALL") for table in tables}


# ---------------------------------------------------------------- opening


def test_a_quarter_of_the_items_is_the_usual_number_of_dots(town: Inventory) -> None:
    assert [voices.usual_dots(n) for n in (2, 4, 5, 12, 13, 30)] == [1, 1, 2, 3, 4, 8]
    key = voices.open_round(town, ADA, "  Was   zuerst? ", ITEMS, SEATS[:4])
    (found,) = voices.rounds(town)
    assert (found.voice_round_id, found.question, found.dots, found.most_per_item) == (key, "Was zuerst?", 1, 1)
    assert (found.seats, found.handed_in, found.missing, found.names_shown) == (SEATS[:4], (), SEATS[:4], False)
    assert voices.open_round(town, ADA, "Was zuerst?", ITEMS, SEATS[:4]) == key  # a second click


def test_points_go_from_0_to_5_if_nothing_else_is_agreed(town: Inventory) -> None:
    voices.open_round(town, ADA, "Wie wichtig?", ITEMS, SEATS[:4], "points")
    (found,) = voices.rounds(town)
    assert (found.method, found.dots, found.most_per_item) == ("points", None, 5)


def test_one_open_round_for_each_group(town: Inventory) -> None:
    with town.change(OFFICE, Action.ENTER_BODY) as change:
        for key in ("x", "y"):
            body = {"body_id": key, "name": key, "short_name": key, "kind": "steering"}
            change.insert("body", [{**body, "seat_organization_ids": list(SEATS)}])
    opened(town, body_id="x")
    assert refused(lambda: opened(town, body_id="x", question="Was noch?")) == "voices_open_already"
    opened(town, body_id="y")
    assert len(voices.rounds(town)) == 2


@pytest.mark.parametrize(
    ("given", "key"),
    [
        ({"question": " "}, "voices_question"),
        ({"question": "x" * 201}, "voices_question"),
        ({"item_ids": ["p1", "p1"]}, "voices_items"),
        ({"item_ids": ["p1", "gone"]}, "voices_item_gone"),
        ({"seats": ["a"], "names_shown": True}, "voices_seats"),
        ({"seats": ["a", "b", "c"]}, "voices_seats_unnamed"),
        ({"seats": ["a", "b", "c", "z"]}, "reference_broken"),
        ({"most_per_item": 11, "dots": 12}, "voices_most"),
        ({"dots": 9}, "voices_dots"),
        ({"dots": 1}, "voices_dots"),
    ],
)
def test_what_is_no_round(town: Inventory, given: dict[str, Any], key: str) -> None:
    assert refused(lambda: opened(town, **given)) == key
    assert voices.rounds(town) == []


def test_what_was_taken_from_the_list_is_in_no_round(town: Inventory) -> None:
    with town.change(OFFICE, Action.EDIT_RECORDS) as change:
        change.update("priority_item", [{"priority_item_id": "p2", "ended_on": "2026-11-20", "ended_as": "done"}])
    assert refused(lambda: opened(town)) == "voices_item_gone"


# ---------------------------------------------------------------- handing in


def test_a_later_hand_in_replaces_the_earlier_one(town: Inventory) -> None:
    key = opened(town)
    voices.hand_in(town, ADA, key, "a", {"p1": 2, "p2": 1}, {"p1": " eilig ", "p2": "  "})
    voices.hand_in(town, BEA, key, "a", {"p3": 1, "p4": 2}, {"p4": "fehlt   ganz"})
    rows = town.rows("SELECT priority_item_id, points, reason FROM inventory.open_voice ORDER BY priority_item_id")
    assert [tuple(row.values()) for row in rows] == [
        ("p1", 0, None),
        ("p2", 0, None),
        ("p3", 1, None),
        ("p4", 2, "fehlt ganz"),
    ]
    assert [one.handed_in for one in voices.rounds(town)] == [("a",)]
    voices.take_back(town, ADA, key, "a")
    voices.take_back(town, ADA, key, "a")
    assert town.rows("FROM inventory.open_voice") == []
    assert [one.missing for one in voices.rounds(town)] == [SEATS[:5]]


@pytest.mark.parametrize(
    ("seat", "points", "key"),
    [
        ("a", {"p1": 2}, "voices_total"),
        ("a", {"p1": 2, "p2": 2}, "voices_total"),
        ("a", {}, "voices_total"),
        ("a", {"p1": 3}, "voices_out_of_range"),
        ("a", {"p1": -1, "p2": 2, "p3": 2}, "voices_out_of_range"),
        ("a", {"p1": 2, "other": 1}, "voices_other_item"),
        ("f", {"p1": 2, "p2": 1}, "voices_no_seat"),
    ],
)
def test_what_cannot_be_handed_in(town: Inventory, seat: str, points: dict[str, int], key: str) -> None:
    round_id = opened(town)
    before = state(town)
    assert refused(lambda: voices.hand_in(town, ADA, round_id, seat, points)) == key
    assert state(town) == before


def test_what_nobody_judged_is_not_0(town: Inventory) -> None:
    key = opened(town, method="points", dots=None, most_per_item=5)
    assert refused(lambda: voices.hand_in(town, ADA, key, "a", {"p1": 5, "p2": 0, "p3": 3})) == "voices_incomplete"
    voices.hand_in(town, ADA, key, "a", {"p1": 5, "p2": 0, "p3": 3, "p4": 0})


# ---------------------------------------------------------------- closing

GIVEN = {
    "a": {"p1": 2, "p2": 1},
    "b": {"p2": 2, "p4": 1},
    "c": {"p1": 1, "p3": 2},
    "d": {"p1": 1, "p4": 2},
}


def handed_in(inventory: Inventory, given: str = "abcd", **more: Any) -> str:
    key = opened(inventory, **more)
    for seat in given:
        voices.hand_in(inventory, ADA, key, seat, GIVEN[seat], {"p1": f"weil {seat}"} if seat in "ac" else {})
    return key


def test_with_agreed_names_the_voices_are_kept_with_their_seats(town: Inventory) -> None:
    key = handed_in(town, names_shown=True)
    assert refused(lambda: close(town, BEA, key)) == "voices_missing"
    assert close(town, BEA, key, ["e"])
    assert town.rows("FROM inventory.open_voice") == []
    assert stored(town)[:8] == [
        ("p1", "a", 2, "weil a", True),  # leads it
        ("p1", "b", 0, None, False),
        ("p1", "c", 1, "weil c", False),
        ("p1", "d", 1, None, False),
        ("p2", "a", 1, None, False),
        ("p2", "b", 2, None, True),  # partner
        ("p2", "c", 0, None, False),
        ("p2", "d", 0, None, False),
    ]
    assert [(seat, conflict) for item, seat, _, _, conflict in stored(town) if item == "p3"] == [
        ("a", False),
        ("b", False),
        ("c", True),  # named by its evidence
        ("d", True),
    ]
    (found,) = voices.rounds(town)
    assert (found.state, found.closed_by, found.missing) == ("closed", "Bea", ("e",))
    assert town.value("SELECT named FROM inventory.voice_round") == json.dumps(
        {"p1": ["a"], "p2": ["b"], "p3": ["c", "d"]}, separators=(",", ":")
    )


def test_without_agreed_names_nothing_says_whose_a_voice_is(town: Inventory) -> None:
    key = handed_in(town)
    close(town, ADA, key, ["e"])
    assert stored(town) == [
        ("p1", None, 0, "weil a", None),  # points in their order, reasons in theirs; conflict not kept: one of four
        ("p1", None, 1, "weil c", None),
        ("p1", None, 1, None, None),
        ("p1", None, 2, None, None),
        ("p2", None, 0, None, None),
        ("p2", None, 0, None, None),
        ("p2", None, 1, None, None),
        ("p2", None, 2, None, None),
        ("p3", None, 0, None, None),
        ("p3", None, 0, None, None),
        ("p3", None, 0, None, None),
        ("p3", None, 2, None, None),
        ("p4", None, 0, None, False),  # names nobody
        ("p4", None, 0, None, False),
        ("p4", None, 1, None, False),
        ("p4", None, 2, None, False),
    ]


def test_without_names_three_are_too_few(town: Inventory) -> None:
    key = handed_in(town, "abc")
    assert refused(lambda: close(town, ADA, key, ["d", "e"])) == "voices_too_few"
    voices.call_off(town, ADA, key)
    voices.call_off(town, ADA, key)
    assert state(town) == {"voice_round": [], "open_voice": [], "voice": []}


def test_nobody_handed_in(town: Inventory) -> None:
    key = opened(town, names_shown=True)
    assert refused(lambda: close(town, ADA, key, SEATS)) == "voices_nobody"


def test_a_closed_round_does_not_change(town: Inventory) -> None:
    key = handed_in(town)
    close(town, ADA, key, ["e"])
    before = state(town)
    for act in (
        lambda: voices.hand_in(town, BEA, key, "e", GIVEN["a"]),
        lambda: voices.take_back(town, BEA, key, "a"),
        lambda: voices.call_off(town, BEA, key),
    ):
        assert refused(act) == "voices_closed"
    assert not close(town, BEA, key, ["e"])
    assert state(town) == before
    assert refused(lambda: voices.hand_in(town, BEA, "gone", "a", {})) == "voices_gone"


def test_two_people_close_at_once_and_a_third_hands_in(town: Inventory) -> None:
    """One outcome: closed once; what was handed in before is in the result, what came later was refused."""
    key, start = handed_in(town), threading.Barrier(3)
    closed: list[bool] = []
    late: list[str] = []

    def closing(who: Actor) -> None:
        start.wait()
        closed.append(close(town, who, key, ["e"]))

    def hand_in() -> None:
        start.wait()
        try:
            voices.hand_in(town, CEM, key, "e", {"p4": 2, "p3": 1})
            late.append("in time")
        except UserError as error:
            late.append(error.key)

    threads = [threading.Thread(target=act) for act in (lambda: closing(ADA), lambda: closing(BEA), hand_in)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(closed) == [False, True]
    (found,) = voices.rounds(town)
    assert late == ["in time" if "e" in found.handed_in else "voices_closed"]
    assert len(stored(town)) == len(ITEMS) * len(found.handed_in)
    assert town.rows("FROM inventory.open_voice") == []


# ---------------------------------------------------------------- what the log and the past hold


def test_who_has_handed_in_is_logged_and_nothing_else(town: Inventory) -> None:
    key = opened(town)
    entries = "SELECT table_name, before, after FROM change_log WHERE table_name LIKE '%voice%' ORDER BY change_id"
    before = len(town.rows(entries))
    voices.hand_in(town, ADA, key, "a", {"p1": 2, "p2": 1}, {"p1": "Geheimes"})
    voices.hand_in(town, ADA, key, "a", {"p3": 2, "p4": 1}, {"p1": "Verborgenes"})
    logged = town.rows(entries)[before:]
    assert [row["table_name"] for row in logged] == ["voice_round", "voice_round"]
    for row in logged:
        then, now = json.loads(row["before"]), json.loads(row["after"])
        assert {name for name in now if now[name] != then[name]} <= {"handed_in_ids", "version"}
    assert town.as_of(town.today()).rows("FROM inventory.open_voice") == []


def test_a_merge_of_organisations_leaves_an_open_round_whole(town: Inventory) -> None:
    key = handed_in(town, "abcd", seats=SEATS[:6], names_shown=True)
    merge_id = merging.merge(town, "organization", "a", "b", {}, ADA)
    assert [one.handed_in for one in voices.rounds(town)] == [("a", "c", "d")]
    merging.undo_merge(town, merge_id, ADA)
    assert [one.handed_in for one in voices.rounds(town)] == [("a", "b", "c", "d")]
    assert len(town.rows("FROM inventory.open_voice WHERE seat_organization_id = 'b'")) == len(ITEMS)
    merging.merge(town, "organization", "a", "b", {}, ADA)
    close(town, ADA, key, ["e", "f"])
    of_p2 = [(seat, points, conflict) for item, seat, points, _, conflict in stored(town) if item == "p2"]
    assert of_p2 == [("a", 1, True), ("c", 0, False), ("d", 0, False)]  # its own voice; b, the partner, is a now


# ---------------------------------------------------------------- reasons


def test_why_people_see_an_item_elsewhere(town: Inventory) -> None:
    voices.explain(town, ADA, "p1", "  Das Haus   schließt. ", 1)
    voices.explain(town, ADA, "p1", "Das Haus schließt.", 1)  # a second click
    row = town.rows("SELECT score_reason, version FROM inventory.priority_item WHERE priority_item_id = 'p1'")
    assert row == [{"score_reason": "Das Haus schließt.", "version": 2}]
    assert refused(lambda: voices.explain(town, BEA, "p1", "Anders.", 1)) == "record_changed_meanwhile"
    assert refused(lambda: voices.explain(town, BEA, "p1", "x" * 301)) == "voices_reason_long"
    assert refused(lambda: voices.explain(town, BEA, "gone", "Anders.")) == "voices_item_gone"


def test_no_text_of_a_round_names_a_person(town: Inventory) -> None:
    with town.change(OFFICE, Action.ENTER_RECORDS) as change:
        change.insert(
            "contact", [{"contact_id": "k", "organization_id": "a", "role": "Leitung", "name": "Zora Yxberg"}]
        )
    assert refused(lambda: opened(town, question="Was meint Zora Yxberg?")) == "names_person"
    key = opened(town)
    act = lambda: voices.hand_in(town, ADA, key, "a", GIVEN["a"], {"p1": "sagt Zora Yxberg"})  # noqa: E731
    assert refused(act) == "names_person"
    assert town.rows("FROM inventory.open_voice") == []
    assert refused(lambda: voices.explain(town, ADA, "p1", "Zora Yxberg will es")) == "names_person"
