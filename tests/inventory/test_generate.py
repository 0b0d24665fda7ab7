"""The generated inventory: as large as asked, the same every time, plausible, and quick to make."""

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from esdash.examples.generate import make
from esdash.inventory import Inventory, default_city, open_file
from esdash.inventory.file.checks import faults

INVENTED = ("organization", "contact", "location", "initiative", "course", "session", "contact_point", "survey")


def clock() -> datetime:
    return datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Inventory]:
    path = tmp_path_factory.mktemp("generated") / "i.duckdb"
    make(path, default_city(), 300, seed=7, clock=clock)
    inventory = open_file(path, clock=clock)
    yield inventory
    inventory.close()


def test_as_many_as_asked(generated: Inventory) -> None:
    counts = {table: generated.value(f"SELECT count(*) FROM {table}") for table in INVENTED}
    cells = generated.value(
        "SELECT count(*) FROM district, theme "
        "WHERE theme_id NOT IN (SELECT parent_id FROM theme WHERE parent_id IS NOT NULL)"
    )
    assert counts == {
        "organization": 60,
        "contact": 60,
        "location": 100,
        "initiative": 300,
        "course": 100,
        "session": 300,
        "contact_point": 12,
        "survey": round(cells * 0.8),
    }
    assert generated.value("SELECT kind FROM meta") == "generated"


def test_nothing_in_it_is_wrong(generated: Inventory) -> None:
    assert [fault for fault in faults(generated) if fault["level"] == "error"] == []


def test_about_one_value_in_ten_is_unknown(generated: Inventory) -> None:
    for field in ("theme_ids", "target_group_ids", "capacity", "times", "contact_id", "mode", "description"):
        assert 0.04 < generated.value(f"SELECT avg(CAST({field} IS NULL AS INTEGER)) FROM initiative") < 0.18, field


def test_every_column_is_filled_somewhere(generated: Inventory) -> None:
    left_empty = {("organization", "note"), ("contact", "note"), ("location", "note"), ("initiative", "note")}
    left_empty |= {("course", "note"), ("session", "note"), ("contact_point", "note")}
    left_empty |= {(table, f"successor_{table}_id") for table in ("contact", "contact_point", "location")}
    left_empty |= {("initiative", "asked_on")}  # nobody had to say that nobody knows
    empty = {
        (table, column)
        for table in INVENTED
        for column in generated.columns(table)
        if generated.value(f"SELECT count({column}) FROM {table}") == 0
    }
    assert empty == left_empty


def test_entries_are_spread_over_eighteen_months(generated: Inventory) -> None:
    months = generated.rows("SELECT DISTINCT CAST(changed_at AS DATE) AS day FROM change_log ORDER BY day")
    assert len(months) == 19  # the city, then 18 months
    assert (months[0]["day"], months[-1]["day"]) == (date(2025, 5, 31), date(2026, 10, 24))
    then = generated.as_of(date(2026, 1, 31))
    assert 0 < then.value("SELECT count(*) FROM initiative") < 300


def test_where_more_people_live_there_are_more_places(generated: Inventory) -> None:
    largest = generated.value(
        "SELECT arg_max(district_id, p) FROM (SELECT district_id, sum(persons) AS p FROM population GROUP BY ALL)"
    )
    smallest = generated.value(
        "SELECT arg_min(district_id, p) FROM (SELECT district_id, sum(persons) AS p FROM population GROUP BY ALL)"
    )
    count = "SELECT count(*) FROM location WHERE district_id = $district"
    assert generated.value(count, district=largest) > generated.value(count, district=smallest)
    far = generated.value(
        "SELECT count(*) FROM location l JOIN district d USING (district_id) WHERE abs(l.lat - d.lat) > 0.02"
    )
    assert far == 0


def everything(path: Path) -> list[dict]:
    inventory = open_file(path, clock=clock)
    found = inventory.rows("SELECT table_name, record_id, CAST(after AS VARCHAR) FROM change_log ORDER BY change_id")
    inventory.close()
    return found


def test_equal_seed_gives_the_equal_inventory(tmp_path: Path) -> None:
    for name, seed in (("a", 3), ("b", 3), ("c", 4)):
        make(tmp_path / name, default_city(), 40, seed, clock)
    assert everything(tmp_path / "a") == everything(tmp_path / "b")
    assert everything(tmp_path / "a") != everything(tmp_path / "c")


@pytest.mark.parametrize("number", [1, 2, 17])
def test_small_ones_work_too(number: int, tmp_path: Path) -> None:
    make(tmp_path / "i.duckdb", default_city(), number, clock=clock)
    inventory = open_file(tmp_path / "i.duckdb", clock=clock)
    assert inventory.value("SELECT count(*) FROM initiative") == number
    inventory.close()


def test_five_thousand_take_less_than_half_a_minute(tmp_path: Path) -> None:
    begun = time.monotonic()
    make(tmp_path / "i.duckdb", default_city(), 5000, clock=clock)
    assert time.monotonic() - begun < 30
