"""What changed since a day: records, fields of the matrix, decisions; one count for every face."""

from datetime import date, timedelta
from typing import NamedTuple

import pandas as pd

from esdash.analysis.coverage import comparison
from esdash.analysis.meetings import points
from esdash.analysis.records import records as of_records
from esdash.inventory import Inventory
from esdash.inventory.cached import cached

RECORDS = ("initiative", "course", "session", "contact_point", "organization", "contact", "location")
KINDS = (*RECORDS, "field", "decision")
# Ways in which records and fields (theme × district) change; decisions are made.
WAYS = {
    **dict.fromkeys(RECORDS, ("new", "ended", "changed", "confirmed", "aside")),
    "field": ("closed", "opened", "surveyed"),
    "decision": ("made",),
}


class Met(NamedTuple):
    """Which part of the need is met (0 to 1) in the cells assessed on both days; None: there are none."""

    before: float | None
    after: float | None


def days(inventory: Inventory) -> dict[date, str]:
    """The days worth comparing with, the last meeting first, with their names; none if there is no earlier day."""
    first, today = of_records.first_day(inventory), inventory.today()
    if first >= today:
        return {}
    known = {day: name for day, name in of_records.comparison_days(inventory) if day >= first}
    month_ago = max(first, today - timedelta(days=30))
    return known | {month_ago: ""}


@cached
def records(inventory: Inventory, day: date) -> pd.DataFrame:
    """One row per record that differs from the end of that day: kind, id, name, organisation, `way`, `fields`."""
    return inventory.frame("FROM record_changes($day)", day=day)


@cached
def fields(inventory: Inventory, day: date) -> pd.DataFrame:
    """One row per theme × district and `way`: closed or opened (white spots), or surveyed since; `state` today.

    A field that was surveyed and is a white spot is no new one (METHODS M3). Raises UserError without data of that day.
    """
    found = _compared(inventory, day)
    ways = found["change"].where(found["change"].isin(["closed", "opened"]))
    ways = ways.mask(found["surveyed"], "surveyed")
    called = {"row_id": "theme_id", "column_id": "district_id", "state_after": "state"}
    return found.assign(way=ways).rename(columns=called)[[*called.values(), "way"]].dropna(subset="way")


@cached
def met(inventory: Inventory, day: date) -> Met:
    """Which part of the need was met at the end of that day, and which is today, over the cells assessed on both."""
    found = _compared(inventory, day)
    shares = []
    for side in comparison.SIDES:
        needed = found[f"places_needed_{side}"].sum(min_count=1)
        shares.append(None if pd.isna(needed) or not needed else float(found[f"places_met_{side}"].sum() / needed))
    return Met(*shares)


@cached
def decisions(inventory: Inventory, day: date) -> pd.DataFrame:
    """One row per decision made after that day, the newest number first."""
    made = points.decisions(inventory)
    return made[[decided > day for decided in pd.to_datetime(made["decided_on"]).dt.date]]


@cached
def counts(inventory: Inventory, day: date) -> dict[tuple[str, str], int]:
    """Kind and way → how many. Raises UserError without data of that day."""
    found = dict.fromkeys([(kind, way) for kind in KINDS for way in WAYS[kind]], 0)
    for kind, way in records(inventory, day)[["table_name", "way"]].itertuples(index=False):
        found[kind, way] += 1
    for way in fields(inventory, day)["way"]:
        found["field", way] += 1
    found["decision", "made"] = len(decisions(inventory, day))
    return found


@cached
def _compared(inventory: Inventory, day: date) -> pd.DataFrame:
    """Theme × district on both days."""
    return comparison.fields(inventory.as_of(day), inventory)
