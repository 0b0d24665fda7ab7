"""Agreeing on ranges for offers of unknown size: stored with day and reason, only through the write door."""

from datetime import date
from pathlib import Path
from shutil import copytree

import pytest

from esdash.errors import UserError
from esdash.inventory import Inventory, city, create
from esdash.inventory.access import Action
from esdash.inventory.steering.ranges import Range, agree
from tests.conftest import NOW, TINY_CITY
from tests.people import ADA, BEA, TEST, TESTER


def stored(inventory: Inventory) -> dict[str, tuple[float, float, float, str, date]]:
    rows = inventory.rows("FROM inventory.capacity_range ORDER BY capacity_range_id")
    return {r["theme_id"]: (r["low"], r["central"], r["high"], r["agreed_by"], r["agreed_on"]) for r in rows}


def test_what_was_agreed_is_stored_with_who_when_and_why(tiny: Inventory) -> None:
    agree(tiny, [Range("living", 5, 12, 25)], ADA, "  Auszählung  ", date(2026, 11, 3))
    agree(tiny, [Range("education", 6, 16, 30)], BEA, "Sitzung")
    assert stored(tiny) == {
        "living": (5, 12, 25, "Ada", date(2026, 11, 3)),
        "education": (6, 16, 30, "Bea", NOW.date()),
    }
    log = tiny.rows("SELECT actor, reason FROM change_log WHERE table_name = 'capacity_range' ORDER BY change_id")
    assert [(row["actor"], row["reason"]) for row in log] == [("Ada", "Auszählung"), ("Bea", "Sitzung")]


def test_agreeing_anew_changes_the_row_and_a_second_click_nothing(tiny: Inventory) -> None:
    for high in (25, 30, 30):
        agree(tiny, [Range("living", 5, 12, high)], ADA, "Sitzung")
    assert stored(tiny)["living"][:3] == (5, 12, 30)
    assert tiny.value("SELECT version FROM inventory.capacity_range") == 2


@pytest.mark.parametrize(
    ("wrong", "reason", "day", "key"),
    [
        (Range("living", 5, 12, 25), " ", None, "range_needs_reason"),
        (Range("living", 5, 12, 25), "Sitzung", date(2026, 11, 23), "range_in_the_future"),
        (Range("living", 13, 12, 25), "Sitzung", None, "range_wrong"),
        (Range("living", 5, 26, 25), "Sitzung", None, "range_wrong"),
        (Range("living", -1, 2, 25), "Sitzung", None, "range_wrong"),
        (Range("living", 0, 0, 0), "Sitzung", None, "range_wrong"),
        (Range("living", 0, 0, 10_001), "Sitzung", None, "range_wrong"),
        (Range("living", 0, float("nan"), 10), "Sitzung", None, "range_wrong"),
        (Range("counselling", 5, 12, 25), "Sitzung", None, "range_unknown"),  # a theme, no field of action
        (Range("elsewhere", 5, 12, 25), "Sitzung", None, "range_unknown"),
    ],
)
def test_what_is_no_range_is_refused(tiny: Inventory, wrong: Range, reason: str, day: date | None, key: str) -> None:
    with pytest.raises(UserError) as refused:
        agree(tiny, [Range("education", 6, 15, 30), wrong], ADA, reason, day)
    assert refused.value.key == key
    assert stored(tiny) == {}  # all or none


def test_the_ranges_of_a_city_come_with_its_folder(tmp_path: Path) -> None:
    folder = copytree(TINY_CITY, tmp_path / "city")
    head = "theme_id,low,central,high,agreed_on,agreed_by,reason\n"
    (folder / "capacity_ranges.csv").write_text(f"{head}living,4,8,20,2026-11-01,Büro,Vorschlag\n", encoding="utf-8")

    def fill(inventory: Inventory) -> None:
        with inventory.change(TEST, Action.SET_UP) as change:
            city.load(change, folder)
        assert stored(inventory) == {"living": (4, 8, 20, "Büro", date(2026, 11, 1))}

    create(tmp_path / "i.duckdb", "empty", fill, TESTER, lambda: NOW)
    assert (tmp_path / "i.duckdb").exists()
    (folder / "capacity_ranges.csv").write_text(f"{head}living,9,8,20,2026-11-01,Büro,Vorschlag\n", encoding="utf-8")
    with pytest.raises(UserError) as wrong:
        create(tmp_path / "j.duckdb", "empty", fill, TESTER, lambda: NOW)
    assert wrong.value.key == "city_range_order"
