"""What changed since a day: each record counted once, and fields as Weiße Flecken compares them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from esdash.analysis import open_inventory
from esdash.analysis.coverage import comparison
from esdash.analysis.overview import changed
from esdash.errors import UserError
from esdash.inventory import Inventory
from esdash.inventory.access import Action
from esdash.texts import Text
from esdash.wording import changes as words
from tests.conftest import NOW
from tests.people import ADA

DAY = (NOW - timedelta(days=10)).date()
OFFERS = ("stays", "told", "counted", "undone", "rests", "runs_out", "planned", "starts")


@pytest.fixture
def moved(tiny_path: Path) -> Iterator[Inventory]:
    """Ten days ago eight offers and a contact; since then one thing happened to each, and two new offers came."""
    now = [datetime.combine(DAY, datetime.min.time(), NOW.tzinfo) + timedelta(hours=12)]
    inventory = open_inventory(tiny_path, clock=lambda: now[0])

    def write(*updates: tuple[str, dict[str, Any]]) -> None:
        with inventory.change(ADA, Action.EDIT_RECORDS) as change:
            for table, row in updates:
                change.update(table, [{f"{table}_id": row["id"], **{k: v for k, v in row.items() if k != "id"}}])

    with inventory.change(ADA, Action.EDIT_RECORDS) as change:
        change.insert("organization", [{"organization_id": "awo", "name": "AWO"}])
        change.insert(
            "contact", [{"contact_id": "k", "organization_id": "awo", "role": "Leitung", "name": "Erika Geheim"}]
        )
        extra: dict[str, dict[str, Any]] = {
            "runs_out": {"ended_on": DAY + timedelta(days=3)},
            "planned": {"status": "planned"},
            "starts": {"status": "planned"},
        }
        usual = {"organization_id": "awo", "capacity": 5, "status": "active", "ended_on": None}
        change.insert(
            "initiative", [{"initiative_id": key, "name": key, **usual, **extra.get(key, {})} for key in OFFERS]
        )
    now[0] = NOW
    write(("initiative", {"id": "told", "assured_on": NOW.date(), "assured_by": "AWO"}))
    write(("initiative", {"id": "counted", "capacity": 8, "assured_on": NOW.date()}))
    write(("initiative", {"id": "undone", "capacity": 9}))
    write(("initiative", {"id": "undone", "capacity": 5}))
    write(("initiative", {"id": "rests", "status": "paused"}), ("initiative", {"id": "starts", "status": "active"}))
    write(("initiative", {"id": "planned", "capacity": 7}), ("contact", {"id": "k", "name": "Erna Geheim"}))
    with inventory.change(ADA, Action.EDIT_RECORDS) as change:
        usual = {"organization_id": "awo", "capacity": 5}
        change.insert("initiative", [{"initiative_id": "new", "name": "new", "status": "active", **usual}])
        change.insert("initiative", [{"initiative_id": "later", "name": "later", "status": "planned", **usual}])
        change.insert("initiative", [{"initiative_id": "gone", "name": "gone", "status": "active", **usual}])
    with inventory.change(ADA, Action.EDIT_RECORDS) as change:
        change.remove("initiative", ["gone"])
    yield inventory
    inventory.close()


def test_each_record_once_and_in_one_way(moved: Inventory) -> None:
    found = changed.records(moved, DAY)
    ways = {(row.table_name, row.record_id): (row.way, list(row.fields)) for row in found.itertuples()}
    assert ways == {
        ("initiative", "told"): ("confirmed", []),
        ("initiative", "counted"): ("changed", ["capacity"]),
        ("initiative", "rests"): ("ended", ["status"]),
        ("initiative", "runs_out"): ("ended", []),  # nobody wrote anything, time passed
        ("initiative", "starts"): ("new", ["status"]),
        ("initiative", "new"): ("new", []),
        ("initiative", "planned"): ("aside", ["capacity"]),
        ("initiative", "later"): ("aside", []),
        ("contact", "k"): ("changed", ["name"]),
    }
    counts = changed.counts(moved, DAY)
    assert {way: counts["initiative", way] for way in changed.WAYS["initiative"]} == {
        **{"new": 2, "ended": 2, "changed": 1, "confirmed": 1, "aside": 2},
    }
    assert changed.records(moved, moved.today()).empty


def test_nobody_is_named(moved: Inventory) -> None:
    shown = words.listed(moved, Text("de"), DAY, "contact", "changed")
    assert shown[["name", "fields"]].to_numpy().tolist() == [["Leitung", "Name"]]
    assert "Geheim" not in shown.to_string()


def test_as_it_was_seen_then(moved: Inventory) -> None:
    with pytest.raises(UserError):
        changed.counts(moved, DAY - timedelta(days=1))  # nothing is known of that day
    assert changed.records(moved.as_of(DAY), DAY - timedelta(days=1))["way"].eq("new").sum() > 0


def test_fields_are_those_that_the_page_of_white_spots_counts(example: Inventory) -> None:
    for day in (datetime(2026, 6, 17).date(), datetime(2026, 9, 16).date()):
        counts, found = changed.counts(example, day), comparison.difference(example.as_of(day), example)
        ways = [counts["field", way] for way in ("closed", "opened", "surveyed")]
        assert ways == [found.closed, found.opened, found.surveyed]
        assert sum(ways) > 0


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_list_has_as_many_rows_as_its_count(example: Inventory, language: str) -> None:
    text, day = Text(language), datetime(2026, 6, 17).date()
    counts = changed.counts(example, day)
    assert sum(counts.values()) > 100
    for (kind, way), number in counts.items():
        frame = words.listed(example, text, day, kind, way)
        assert len(frame) == number, (kind, way)
        assert {column.name for column in words.columns(kind, way, text)} <= set(frame.columns) or not number
