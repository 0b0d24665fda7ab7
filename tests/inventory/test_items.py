"""Items of the priority list: taken with what was seen, changed by one person at a time, and never lost."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from esdash.errors import UserError
from esdash.inventory import Inventory, merging
from esdash.inventory.access import Action, Actor
from esdash.inventory.steering import items
from esdash.inventory.steering.tasks import LONGEST_TITLE, Evidence, Task
from tests.people import ADA, BEN, TEST

GAP = "gap|homework|01"
TODAY = date(2026, 11, 22)
POINTS = {"size": 40.0, "seriousness": 100.0, "inequity": 0.0, "effectiveness": 12.5}


@pytest.fixture
def town(tiny: Inventory) -> Inventory:
    """Musterstadt with two organisations, an offer, an idea, and two dates of a training."""
    with tiny.change(TEST, Action.ENTER_RECORDS) as change:
        change.insert("organization", [{"organization_id": key, "name": f"Haus {key}"} for key in ("a", "b")])
        offer = {"initiative_id": "x", "organization_id": "a", "name": "Lernkreis"}
        change.insert("initiative", [{**offer, "theme_ids": ["homework"], "target_group_ids": ["children"]}])
        change.insert("idea", [{"idea_id": "i1", "text": "Ein Kalender", "district_id": "02"}])
        change.insert("course", [{"course_id": "c", "organization_id": "b", "name": "Grundkurs"}])
        dates = [("s1", "2026-12-01"), ("s2", "2026-12-08")]
        change.insert("session", [{"session_id": key, "course_id": "c", "starts_on": day} for key, day in dates])
    return tiny


def item(inventory: Inventory, item_id: str) -> dict[str, Any]:
    (row,) = inventory.rows("FROM inventory.priority_item WHERE priority_item_id = $id", id=item_id)
    return row


def log_length(inventory: Inventory) -> int:
    return int(inventory.value("SELECT count(*) FROM inventory.change_log"))


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(UserError) as caught:
        act()
    return caught.value.key


def freeze(inventory: Inventory, item_id: str) -> None:
    """A version of the list that holds the item."""
    version = {"list_version_id": "v1", "number": 1, "title": "Fassung 1", "frozen_on": TODAY, "frozen_by": "Ada"}
    stored = {"as_of": TODAY, "last_change": 1, "content": "{}", "content_sha256": "0", "files": []}
    entry = {"list_entry_id": f"v1|{item_id}", "list_version_id": "v1", "priority_item_id": item_id, "sort": 1}
    with inventory.change(TEST, Action.EDIT_RECORDS) as change:
        change.insert("list_version", [version | stored])
        change.insert("list_entry", [entry | {"change": "new", "title": "Lernhilfe", "content": {}}])


# ---------------------------------------------------------------- onto the list


def test_a_finding_is_taken_with_what_was_seen(town: Inventory) -> None:
    task = Task(
        **{"title": "  Lernhilfe in der  Mitte aufbauen ", "measure": "Raum suchen", "lead_organization_id": "a"},
        **{"partner_ids": ["b", "a", "b"], "cost_eur": Decimal("1200.50"), "due_on": date(2027, 6, 30)},
    )
    seen = Evidence({"gap_places": 12.5}, "/gaps?theme_in=homework&district_in=01", TODAY, ["b", "a"])
    key = items.take(town, GAP, ADA, " Viele Anfragen ", task, seen)
    row = item(town, key)
    assert json.loads(row["evidence"]) == {
        **{"by": "Ada", "on": "2026-11-22", "reason": "Viele Anfragen", "figures": {"gap_places": 12.5}},
        **{"url": "/gaps?theme_in=homework&district_in=01", "as_of": "2026-11-22", "organization_ids": ["a", "b"]},
    }
    assert (row["finding_id"], row["origin"], row["listed_on"], row["listed_by"]) == (GAP, "gap", TODAY, "Ada")
    assert (row["title"], row["measure"]) == ("Lernhilfe in der Mitte aufbauen", "Raum suchen")
    assert (row["theme_ids"], row["district_ids"], row["target_group_ids"]) == (["homework"], ["01"], None)
    assert (row["lead_organization_id"], row["partner_ids"]) == ("a", ["b"])  # who leads is no partner
    assert (row["cost_eur"], row["due_on"]) == (Decimal("1200.50"), date(2027, 6, 30))


@pytest.mark.parametrize(
    ("finding", "origin", "about"),
    [
        ("overlap|x", "overlap", (["homework"], None, ["children"])),
        ("bundling|s1|s2", "bundling", (None, None, None)),
        ("idea|i1", "idea", (None, ["02"], None)),
    ],
)
def test_every_kind_of_finding(town: Inventory, finding: str, origin: str, about: tuple[Any, ...]) -> None:
    row = item(town, items.take(town, finding, ADA, "so besprochen"))
    assert row["origin"] == origin
    assert (row["theme_ids"], row["district_ids"], row["target_group_ids"]) == about
    assert (row["title"], row["cost_eur"], row["lead_organization_id"]) == (None, None, None)  # open, not zero


@pytest.mark.parametrize(
    "finding",
    [
        *("gap|no|01", "gap|homework|99", "gap|homework", "x|homework|01", "", "gap|a|b|c", "hand|1"),
        *("overlap|no", "bundling|s1", "bundling|s1|no", "idea|no", "session|s1|s2"),
    ],
)
def test_a_finding_that_does_not_exist(town: Inventory, finding: str) -> None:
    before = log_length(town)
    assert refused(lambda: items.take(town, finding, ADA, "weil")) == "item_unknown_finding"
    assert log_length(town) == before


def test_a_second_click_changes_nothing_and_a_second_person_is_told(town: Inventory) -> None:
    key = items.take(town, GAP, ADA, "Viele Anfragen")
    before = log_length(town)
    assert items.take(town, GAP, ADA, "Viele Anfragen") == key
    with pytest.raises(UserError) as caught:
        items.take(town, GAP, BEN, "noch einmal")
    assert (caught.value.key, caught.value.values) == ("item_listed_already", {"by": "Ada", "day": TODAY})
    assert log_length(town) == before


def test_what_was_said_of_a_finding_before_stays_with_its_item(town: Inventory) -> None:
    with town.change(TEST, Action.EDIT_RECORDS) as change:
        change.insert("priority_item", [{"priority_item_id": "p", "finding_id": GAP, "measure": "Raum suchen"}])
    assert items.take(town, GAP, ADA, "Viele Anfragen") == "p"
    assert (item(town, "p")["measure"], item(town, "p")["listed_by"]) == ("Raum suchen", "Ada")


@pytest.mark.parametrize("reason", ["", "  \n "])
def test_without_a_reason_nothing_comes_onto_the_list(town: Inventory, reason: str) -> None:
    assert refused(lambda: items.take(town, GAP, ADA, reason)) == "item_needs_reason"
    assert refused(lambda: items.write(town, Task(title="Kalender"), ADA, reason)) == "item_needs_reason"


# ---------------------------------------------------------------- tasks with faults

FAULTS: list[tuple[Task, str]] = [
    (Task(title="x" * (LONGEST_TITLE + 1)), "item_title_long"),
    (Task(title="a", lead_organization_id="no"), "item_unknown_organization"),
    (Task(title="a", partner_ids=["a", "no"]), "item_unknown_organization"),
    *(
        (Task(title="a", cost_eur=Decimal(cost)), "item_cost_wrong")
        for cost in ("-0.01", "NaN", "Infinity", "1.005", "1e12")
    ),
    (Task(title="a", theme_ids=["no"]), "reference_broken"),
    (Task(title="a", district_ids=["99"]), "reference_broken"),
]


@pytest.mark.parametrize(("task", "key"), FAULTS, ids=[f"{number}-{key}" for number, (_, key) in enumerate(FAULTS)])
def test_a_task_with_a_fault_is_told_and_nothing_is_saved(town: Inventory, task: Task, key: str) -> None:
    kept = items.write(town, Task(title="Kalender"), ADA, "weil")
    before = log_length(town)
    assert refused(lambda: items.take(town, GAP, ADA, "weil", task)) == key
    assert refused(lambda: items.write(town, task, ADA, "weil")) == key
    assert refused(lambda: items.edit(town, kept, task, ADA)) == key
    assert log_length(town) == before


def test_the_longest_title_and_a_cost_of_nothing_are_no_faults(town: Inventory) -> None:
    task = Task(title="x" * LONGEST_TITLE, cost_eur=Decimal("0"))
    row = item(town, items.write(town, task, ADA, "weil"))
    assert (len(row["title"]), row["cost_eur"]) == (120, Decimal("0.00"))


def test_a_due_date_in_the_past_is_a_doubt_and_no_fault(town: Inventory) -> None:
    task = Task(title="Kalender", due_on=date(2026, 11, 21))
    assert task.past_due(TODAY)
    assert not Task(title="Kalender", due_on=TODAY).past_due(TODAY)
    assert not Task(title="Kalender").past_due(TODAY)
    assert item(town, items.write(town, task, ADA, "weil"))["due_on"] == date(2026, 11, 21)


# ---------------------------------------------------------------- by hand


def test_an_item_by_hand_is_judged_or_not(town: Inventory) -> None:
    plain = item(town, items.write(town, Task(title="Kalender"), ADA, "weil"))
    assert (plain["origin"], plain["finding_id"], plain["judged"], plain["listed_by"]) == ("hand", None, None, "Ada")
    rated = item(town, items.write(town, Task(title="Fahrdienst"), ADA, "weil", POINTS, "Umfrage im Mai"))
    assert (json.loads(rated["judged"]), rated["score_reason"]) == (POINTS, "Umfrage im Mai")


def test_an_item_by_hand_needs_a_title(town: Inventory) -> None:
    assert refused(lambda: items.write(town, Task(title=" "), ADA, "weil")) == "item_needs_title"
    key = items.write(town, Task(title="Kalender"), ADA, "weil")
    assert refused(lambda: items.edit(town, key, Task(), ADA)) == "item_needs_title"


def test_writing_twice_makes_one(town: Inventory) -> None:
    key = items.write(town, Task(title="Kalender"), ADA, "weil")
    assert items.write(town, Task(title=" Kalender"), ADA, "weil") == key
    assert refused(lambda: items.write(town, Task(title="Kalender"), BEN, "weil")) == "item_listed_already"


@pytest.mark.parametrize(
    ("points", "reason", "key"),
    [
        ({"size": 40.0}, "Umfrage", "item_points_all"),
        (POINTS | {"cost": 1.0}, "Umfrage", "item_points_all"),
        (POINTS | {"size": 100.1}, "Umfrage", "item_points_wrong"),
        (POINTS | {"size": -1.0}, "Umfrage", "item_points_wrong"),
        (POINTS | {"size": float("nan")}, "Umfrage", "item_points_wrong"),
        (POINTS, " ", "item_points_need_reason"),
        (POINTS, None, "item_points_need_reason"),
    ],
)
def test_points_with_a_fault(town: Inventory, points: dict[str, float], reason: str | None, key: str) -> None:
    kept = items.write(town, Task(title="Kalender"), ADA, "weil")
    assert refused(lambda: items.write(town, Task(title="Fahrdienst"), ADA, "weil", points, reason)) == key
    assert refused(lambda: items.rate(town, kept, points, reason, ADA)) == key
    assert item(town, kept)["judged"] is None


def test_points_come_and_go_and_never_beside_measured_ones(town: Inventory) -> None:
    key = items.take(town, "idea|i1", ADA, "weil")
    items.rate(town, key, POINTS, "Umfrage", ADA, 1)
    before = log_length(town)
    items.rate(town, key, POINTS, "Umfrage", ADA, 1)  # a second click
    assert (json.loads(item(town, key)["judged"]), log_length(town)) == (POINTS, before)
    items.rate(town, key, None, None, ADA, 2)
    assert (item(town, key)["judged"], item(town, key)["score_reason"]) == (None, None)
    gap = items.take(town, GAP, ADA, "weil")
    assert refused(lambda: items.rate(town, gap, POINTS, "Umfrage", ADA)) == "item_is_measured"


# ---------------------------------------------------------------- changing


def test_two_people_edit_at_once(town: Inventory) -> None:
    key = items.write(town, Task(title="Kalender"), ADA, "weil")
    items.edit(town, key, Task(title="Kalender der Träger", partner_ids=["b"]), ADA, 1)
    before = log_length(town)
    items.edit(town, key, Task(title="Kalender der Träger", partner_ids=["b"]), ADA, 1)  # a second click
    assert log_length(town) == before
    with pytest.raises(UserError) as caught:
        items.edit(town, key, Task(title="Ein Kalender"), BEN, 1)
    assert (caught.value.key, caught.value.values) == ("item_changed_meanwhile", {"by": "Ada"})
    items.edit(town, key, Task(title="Ein Kalender"), BEN, 2)
    row = item(town, key)
    assert (row["title"], row["partner_ids"], row["version"]) == ("Ein Kalender", None, 3)


def test_a_no_puts_aside_with_its_reason(town: Inventory) -> None:
    key = items.take(town, GAP, ADA, "weil")
    no = {"proper": True, "resourced": False}
    assert refused(lambda: items.judge(town, key, no, " ", ADA)) == "item_aside_needs_reason"
    items.judge(town, key, no, "Es fehlt eine Fachkraft", ADA, 1)
    before = log_length(town)
    items.judge(town, key, no, "Es fehlt eine Fachkraft", ADA, 1)
    assert log_length(town) == before
    row = item(town, key)
    assert [row[name] for name in items.PEARL] == [True, None, None, False, None]
    assert (row["pearl_reason"], row["listed_on"]) == ("Es fehlt eine Fachkraft", TODAY)
    assert refused(lambda: items.take_back(town, key, ADA)) == "item_aside_stays"
    assert refused(lambda: items.judge(town, key, {"legal": False}, "anders", BEN, 1)) == "item_changed_meanwhile"
    items.judge(town, key, {"proper": True, "resourced": True}, None, ADA, 2)
    items.take_back(town, key, ADA)


# ---------------------------------------------------------------- off the list


def test_taking_back_leaves_nothing_but_the_log(town: Inventory) -> None:
    key = items.take(town, GAP, ADA, "weil")
    items.take_back(town, key, BEN, "Versehen")
    assert town.rows("FROM inventory.priority_item") == []
    before = log_length(town)
    items.take_back(town, key, BEN, "Versehen")
    items.take_back(town, "never", BEN)
    assert log_length(town) == before
    assert items.take(town, GAP, BEN, "doch") != key


def test_what_a_decision_names_stays_as_a_record(town: Inventory) -> None:
    key = items.take(town, GAP, ADA, "weil", Task(title="Lernhilfe"))
    decision = {"decision_id": "d", "number": "2026/1", "subject_table": "priority_item", "subject": key}
    said = {"result": "deferred", "resolution_text": "Später", "recorded": "consensus", "decided_on": TODAY}
    with town.change(TEST, Action.EDIT_RECORDS) as change:
        change.insert("decision", [decision | said])
    items.take_back(town, key, ADA)
    row = item(town, key)
    assert (row["title"], row["listed_on"], row["evidence"]) == ("Lernhilfe", None, None)
    assert items.take(town, GAP, ADA, "doch") == key  # the same key over all its history


def test_what_a_version_holds_only_ends(town: Inventory) -> None:
    key = items.take(town, GAP, ADA, "weil")
    freeze(town, key)
    with pytest.raises(UserError) as caught:
        items.take_back(town, key, ADA)
    assert (caught.value.key, caught.value.values) == ("item_in_version", {"number": 1})
    assert refused(lambda: items.end(town, key, "dropped", " ", ADA)) == "item_end_needs_reason"
    items.end(town, key, "done", "Die Gruppe läuft.", ADA)
    before = log_length(town)
    items.end(town, key, "done", "Die Gruppe läuft.", ADA)
    assert log_length(town) == before
    row = item(town, key)
    assert (row["ended_on"], row["ended_as"], row["ended_reason"]) == (TODAY, "done", "Die Gruppe läuft.")
    assert row["listed_on"] == TODAY  # it stays listed
    with pytest.raises(UserError) as caught:
        items.end(town, key, "dropped", "Kein Raum", BEN)
    assert (caught.value.key, caught.value.values) == ("item_ended_already", {"by": "Ada", "day": TODAY})
    assert refused(lambda: items.take_back(town, key, ADA)) == "item_ended_already"
    assert refused(lambda: items.edit(town, key, Task(title="Neu"), ADA)) == "item_not_listed"
    assert items.take(town, GAP, BEN, "Die Gruppe gibt es nicht mehr") != key  # a new item; the old one stays


@pytest.mark.parametrize("key", ["never", ""])
def test_an_item_that_is_not_there(town: Inventory, key: str) -> None:
    acts: list[Callable[[], object]] = [
        lambda: items.edit(town, key, Task(title="Neu"), ADA),
        lambda: items.rate(town, key, POINTS, "weil", ADA),
        lambda: items.judge(town, key, {"legal": False}, "weil", ADA),
        lambda: items.end(town, key, "done", "weil", ADA),
    ]
    assert [refused(act) for act in acts] == ["item_not_listed"] * 4


def test_the_log_says_who_and_why(town: Inventory) -> None:
    key = items.take(town, GAP, Actor("Cem"), "Viele Anfragen")
    items.end(town, key, "dropped", "Kein Raum", BEN)
    rows = town.rows(
        "SELECT actor, reason FROM inventory.change_log WHERE table_name = 'priority_item' ORDER BY change_id"
    )
    assert [(row["actor"], row["reason"]) for row in rows] == [("Cem", "Viele Anfragen"), ("Ben", "Kein Raum")]


def test_a_merge_of_offers_takes_ended_and_present_items_along(town: Inventory) -> None:
    offer = {"initiative_id": "y", "organization_id": "a", "name": "Lernkreis"}
    with town.change(TEST, Action.ENTER_RECORDS) as change:
        change.insert("initiative", [offer])
    old = items.take(town, "overlap|y", ADA, "weil")
    items.end(town, old, "dropped", "kein Raum", ADA)
    new = items.take(town, "overlap|y", ADA, "doch")
    merging.merge(town, "initiative", "x", "y", {}, ADA)
    assert {item(town, key)["finding_id"] for key in (old, new)} == {"overlap|x"}


@pytest.mark.parametrize("title", ["\x00\x07", "\ufffe\uffff", "\u200b \u202e"])
def test_a_title_of_which_nothing_shows_is_none(town: Inventory, title: str) -> None:
    """No PDF can set it as a heading: with such an item on the list no version could be frozen."""
    assert refused(lambda: items.write(town, Task(title=title), ADA, "Wunsch")) == "item_needs_title"
