"""Wishes of the finder are counted and nothing more: bounded, without a log, and no cache is emptied by a search."""

from collections.abc import Iterator
from typing import Any

import pytest

from esdash.errors import UserError
from esdash.inventory import Inventory
from esdash.inventory.access import Action, Actor
from esdash.inventory.city.uses import uses
from esdash.inventory.steering import wishes
from tests.people import ADA, TEST

PLANNED = "SELECT planning_value_id FROM inventory.planning_value WHERE theme_id = 'homework'"
ALL = ("homework", "02", "evening", "fa")


@pytest.fixture
def town(tiny: Inventory) -> Iterator[Inventory]:
    wishes._counted.clear()
    with tiny.change(TEST, Action.SET_UP) as change:
        change.insert("organization", [{"organization_id": "a", "name": "Haus A"}])
    yield tiny


def count(inventory: Inventory, *parts: str | None, nothing: bool = False, who: Actor = ADA) -> bool:
    return wishes.count(inventory, who, *(parts or ALL), nothing_found=nothing)  # type: ignore[arg-type, misc]


def kept(inventory: Inventory) -> list[dict[str, Any]]:
    return inventory.rows("FROM inventory.wish ORDER BY wish_id")


def test_a_search_adds_to_the_counter_of_its_week(town: Inventory) -> None:
    assert [count(town), count(town, nothing=True), count(town, "education", None, None, None)] == [True] * 3
    monday = {"week": town.today().fromisocalendar(2026, 47, 1)}  # 2026-11-22 is a Sunday
    named = {"theme_id": "homework", "district_id": "02", "time_slot": "evening", "language_id": "fa"}
    none = {"district_id": None, "time_slot": None, "language_id": None}
    assert kept(town) == [
        {"wish_id": "2026-11-16|education|||", **monday, "theme_id": "education", **none}
        | {"searches": 1, "nothing_found": 0},
        {"wish_id": "2026-11-16|homework|02|evening|fa", **monday, **named, "searches": 2, "nothing_found": 1},
    ]


def test_no_wish_is_no_count(town: Inventory) -> None:
    assert not count(town, None, None, None, None)
    assert kept(town) == []


def test_a_search_is_no_change(town: Inventory) -> None:
    """No entry in the log, no revision, nothing kept is lost; what reads the counters is worked out anew."""
    asked: list[str] = []

    def make(what: str, sql: str) -> str:
        asked.append(what)
        return str(len(town.frame(sql)))

    def look() -> None:
        town.once("names", lambda: make("names", "FROM organization"))
        town.once("wishes", lambda: make("wishes", "FROM inventory.wish"))
        town.once("log", lambda: make("log", "FROM change_log"))

    look()
    past, before = (
        town.as_of(town.today()),
        (town.revision, town.state, town.value("SELECT max(change_id) FROM change_log")),
    )
    assert count(town)
    look()
    assert asked == ["names", "wishes", "log", "wishes"]
    assert (town.revision, town.state, town.value("SELECT max(change_id) FROM change_log")) == before
    assert town.as_of(town.today()) is past
    with town.change(TEST, Action.SET_UP):
        pass
    assert town.revision == before[0] + 1  # a change that writes nothing counts as before


def test_it_is_bounded(town: Inventory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wishes, "PER_MINUTE", 3)
    now = [0.0]
    monkeypatch.setattr(wishes.time, "monotonic", lambda: now[0])
    assert [count(town) for _ in range(5)] == [True, True, True, False, False]
    now[0] = 59.9
    assert not count(town)
    now[0] = 60.0
    assert count(town)
    assert kept(town)[0]["searches"] == 4


def test_a_week_holds_only_so_many_different_wishes(town: Inventory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wishes, "DIFFERENT_PER_WEEK", 2)
    assert count(town, "homework", None, None, None) and count(town, "counselling", None, None, None)
    assert not count(town, "essentials", None, None, None)
    assert count(town, "homework", None, None, None)  # known already
    assert [row["searches"] for row in kept(town)] == [1, 2]


@pytest.mark.parametrize(
    ("parts", "key"),
    [
        (("nonsense", None, None, None), "reference_broken"),
        ((None, "99", None, None), "reference_broken"),
        ((None, None, None, "xx"), "reference_broken"),
        ((None, None, "at night", None), "rule_broken"),
    ],
)
def test_only_what_there_is(town: Inventory, parts: tuple[str | None, ...], key: str) -> None:
    with pytest.raises(UserError) as refused:
        count(town, *parts)
    assert (refused.value.key, kept(town)) == (key, [])


def test_never_in_a_look_back(town: Inventory) -> None:
    with pytest.raises(UserError) as refused:
        count(town.as_of(town.today()))
    assert (refused.value.key, kept(town)) == ("inventory_read_only", [])


def test_a_wish_goes_with_its_theme_and_does_not_keep_it(town: Inventory) -> None:
    count(town, "homework", None, None, None)
    count(town, None, "02", None, None)
    assert [use for use in uses(town, {"theme": ["homework"]}, {}) if use.by_table == "wish"] == []
    with town.change(TEST, Action.SET_UP) as change:
        change.remove("planning_value", [row["planning_value_id"] for row in change.rows(PLANNED)])
        change.remove("theme", ["homework"])
    assert [row["district_id"] for row in kept(town)] == ["02"]
