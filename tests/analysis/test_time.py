"""METHODS M10: "since the last meeting" is the same question to the state of that day.

Expected figures are counted from data/example/*.csv with pandas: rows entered by a day, then the changes up to it.
"""

from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest

from esdash.analysis.overview import situation
from esdash.inventory import Inventory
from tests.conftest import NOW

EXAMPLE = Path(__file__).parents[2] / "data" / "example"
MEETING = date(2026, 6, 17)
TODAY = NOW.date()  # the anchor of the example: its dates are read as they stand


def state_of(table: str, day: date) -> pd.DataFrame:
    """The records of one table at the end of `day`, by hand."""
    rows = pd.read_csv(EXAMPLE / f"{table}.csv", dtype=str)
    rows = rows[rows["entered_on"] <= day.isoformat()].set_index(f"{table}_id")
    changes = pd.read_csv(EXAMPLE / "changes.csv", dtype=str)
    for change in changes[(changes["table"] == table) & (changes["changed_on"] <= day.isoformat())].itertuples():
        rows.loc[change.record_id, change.field] = change.value
    return rows


def running(day: date) -> pd.DataFrame:
    offers = state_of("initiative", day)
    return offers[(offers["status"] == "active") & ~(offers["ended_on"] < day.isoformat())]


def counted(day: date) -> dict[str, float]:
    offers = running(day)
    figures: dict[str, float] = {
        "initiatives": len(offers),
        "organizations": (state_of("organization", day)["status"] == "active").sum(),
        "fresh": (offers["assured_on"] >= (day - timedelta(days=90)).isoformat()).sum(),
    }
    for tile, column in {
        "places": "capacity",
        "volunteers_active": "volunteers_active",
        "volunteers_wanted": "volunteers_wanted",
    }.items():
        figures[tile] = pd.to_numeric(offers[column]).sum()
        figures[f"{tile}_unknown"] = offers[column].isna().sum()
    figures["fresh_share"] = figures["fresh"] / figures["initiatives"]
    return figures


def test_the_days_differ() -> None:
    then, now = counted(MEETING), counted(TODAY)
    assert sum(then[name] != now[name] for name in then) >= 6


@pytest.mark.parametrize("day", [MEETING, date(2025, 9, 30), date(2026, 9, 16)])
def test_tiles_of_an_earlier_day(example: Inventory, day: date) -> None:
    tiles = situation.tiles(example.as_of(day))
    expected = counted(day)
    assert {name: tiles[name] for name in expected} == pytest.approx(expected)


def test_tiles_today(example: Inventory) -> None:
    tiles, expected = situation.tiles(example), counted(TODAY)
    assert {name: tiles[name] for name in expected} == pytest.approx(expected)


def test_changes_since_the_meeting(example: Inventory) -> None:
    changes = situation.changes_since(example, MEETING)
    then, now = counted(MEETING), counted(TODAY)
    expected = {name: now[name] - then[name] for name in now}
    assert {name: changes[name] for name in expected} == pytest.approx(expected)


def test_nothing_changed_since_today(example: Inventory) -> None:
    assert set(situation.changes_since(example, TODAY).values()) == {0}


def test_growth_month_by_month(example: Inventory) -> None:
    growth = situation.growth(example)
    days = [moment.date() for moment in growth["day"]]
    assert days[0] == date(2025, 5, 31)
    assert days[-1] == TODAY
    assert all((day + timedelta(days=1)).day == 1 for day in days[:-1])
    assert len(days) == 19  # 18 month ends and today
    assert growth["offers"].tolist() == [len(running(day)) for day in days]
    assert growth["places"].tolist() == [pd.to_numeric(running(day)["capacity"]).sum() for day in days]


def test_growth_as_it_was_seen_then(example: Inventory) -> None:
    then = situation.growth(example.as_of(MEETING)).set_index("day")["offers"]
    now = situation.growth(example).set_index("day")["offers"]
    shared = then.index.intersection(now.index)
    assert len(shared) >= 12
    assert then[shared].tolist() == now[shared].tolist()
