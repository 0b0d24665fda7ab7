"""How long finding overlapping offers takes, compared with only joining the same pairs and their distances."""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks import inventories, table
from esdash import analysis
from esdash.analysis.overlaps import overlaps
from esdash.analysis.priorities import priorities
from esdash.inventory import Inventory

REPEAT = 5
LONGEST = {"example": 0.5, f"{inventories.LARGE} initiatives": 3.0}  # seconds for pairs with verdicts, and cases

# Pairs that share a theme and a target group, with their distance: every method needs at least this.
_FLOOR = """
SELECT count(*), sum(kilometres(a.lat, a.lon, b.lat, b.lon))
FROM (SELECT DISTINCT a.initiative_id AS a_id, b.initiative_id AS b_id FROM offer_cell AS a
      JOIN offer_cell AS b USING (theme_id, target_group_id) WHERE a.initiative_id < b.initiative_id)
JOIN comparable_offer AS a ON a.initiative_id = a_id JOIN comparable_offer AS b ON b.initiative_id = b_id
"""


def run() -> bool:
    """Print the table. False if it takes longer than allowed."""
    with tempfile.TemporaryDirectory() as folder:
        rows = [_measure(name, Path(folder)) for name in inventories.NAMES]
    heading = (
        *("inventory", "pairs", "alike", "cases", "pairs [ms]", "cases [ms]", "floor [ms]", "ratio"),
        *("priority list [ms]", "in time"),
    )
    table.show(f"Overlap, never asked before. Milliseconds, median of {REPEAT}", heading, rows)
    print("\nratio: pairs and cases to joining the same pairs and measuring how far apart they are, in the same run.")
    return all(row[-1] == "yes" for row in rows)


def _measure(name: str, folder: Path) -> tuple[str | int | float, ...]:
    inventory = analysis.open_inventory(inventories.copy_of(name, folder), inventories.clock)
    compared = int(inventory.frame(_FLOOR).iloc[0, 0])
    alike, cases = len(overlaps.pairs(inventory)), len(overlaps.open_cases(inventory))
    pairs_took = table.median_milliseconds(lambda: overlaps.pairs(_anew(inventory)), REPEAT)
    cases_took = table.median_milliseconds(lambda: overlaps.open_cases(_anew(inventory)), REPEAT)
    floor = table.median_milliseconds(lambda: _anew(inventory).frame(_FLOOR), REPEAT)
    listed = table.median_milliseconds(lambda: priorities.ranked(_anew(inventory)), REPEAT)
    inventory.close()
    both = pairs_took + cases_took
    in_time = "yes" if both < 1000 * LONGEST[name] else "NO"
    return (name, compared, alike, cases, pairs_took, cases_took, floor, table.ratio(both, floor), listed, in_time)


def _anew(inventory: Inventory) -> Inventory:
    """The same inventory with an empty cache, as after a change."""
    inventory.forget()
    return inventory
