"""What a report about a year tells: aims, decisions, measures, effects, money, and what did not come about."""

from typing import Any

from esdash.analysis.budget import budget
from esdash.analysis.measures import effect, listed
from esdash.analysis.measures.effect import Effect
from esdash.errors import UserError
from esdash.inventory import Inventory

Row = dict[str, Any]


def years(inventory: Inventory) -> list[int]:
    """The years about which there can be a report: those of the plan, of decisions and of measures until today."""
    found = inventory.rows(
        "SELECT DISTINCT y FROM (SELECT year AS y FROM budget_line UNION ALL SELECT year(decided_on) FROM decision "
        "UNION ALL SELECT year(starts_on) FROM measure) WHERE y <= $year ORDER BY y",
        year=inventory.today().year,
    )
    return [int(row["y"]) for row in found]


def items(inventory: Inventory, year: int) -> list[Row]:
    """The items that were on the list in the year, as the view listed_item."""
    return inventory.rows("FROM year_item($year)", year=year)


def decisions(inventory: Inventory, year: int) -> list[Row]:
    """The decisions of the year, in the order of their numbers."""
    return inventory.rows("FROM year_decision($year)", year=year)


def measures(inventory: Inventory, year: int) -> list[Row]:
    """The measures that ran, or should have, in the year; `overdue` on the day of the inventory."""
    return inventory.rows("FROM year_measure($year)", year=year)


def refusals(inventory: Inventory, year: int) -> list[Row]:
    """The answers of the city in the year that did not take something on."""
    return inventory.rows("FROM year_refusal($year)", year=year)


def unbooked(inventory: Inventory, rows: list[Row]) -> list[Row]:
    """Of these measures those on which nothing is booked: what they cost is unknown."""
    booked = set(budget.by_measure(inventory)["measure_id"])
    return [row for row in rows if row["measure_id"] not in booked]


def effect_of(inventory: Inventory, row: Row) -> tuple[str, Effect] | None:
    """The figure that a measure aims at, and its effect split by cause; None without an aim, or of an unknown day."""
    aim = listed.aim(row)
    if aim is None:
        return None
    figure, selection, day, _ = aim
    try:
        return figure, effect.of(inventory, figure, selection, day, row["initiative_ids"] or [])
    except UserError:
        return None
