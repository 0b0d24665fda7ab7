"""METHODS M10: "since the last meeting" is the same question to the state of that day.

Expected figures are counted from data/example/*.csv with pandas: rows entered by a day, then the changes up to it.
"""

from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest

from esdash.analysis.overview import changed, situation
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
        "places_unknown": offers["capacity"].isna().sum(),
    }
    return figures


def test_the_days_differ() -> None:
    then, now = counted(MEETING), counted(TODAY)
    assert then["initiatives"] != now["initiatives"]


@pytest.mark.parametrize("day", [MEETING, date(2025, 9, 30), date(2026, 9, 16)])
def test_figures_of_an_earlier_day(example: Inventory, day: date) -> None:
    found = situation.figures(example.as_of(day))
    assert {name: getattr(found, name) for name in counted(day)} == counted(day)


def test_figures_today(example: Inventory) -> None:
    found = situation.figures(example)
    assert {name: getattr(found, name) for name in counted(TODAY)} == counted(TODAY)


@pytest.mark.parametrize("day", [MEETING, date(2026, 9, 16)])
def test_offers_that_are_new_and_that_ended_make_the_difference(example: Inventory, day: date) -> None:
    then, now = set(running(day).index), set(running(TODAY).index)
    found = changed.records(example, day)
    offers = found[found["table_name"] == "initiative"]
    assert set(offers.loc[offers["way"] == "new", "record_id"]) == now - then
    assert set(offers.loc[offers["way"] == "ended", "record_id"]) == then - now


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
