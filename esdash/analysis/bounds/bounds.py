"""What can be said although something is unknown (METHODS M11): need.sql, offers.sql and bounds.sql work it out.

low and high: whatever the unknown turns out to be, within the agreed ranges, the figure lies between them. central is
the figure with assumptions: a convention, no estimate. Where nothing is unknown, the three are equal.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from esdash.analysis.selection import EVERYTHING, Selection, View
from esdash.inventory import Inventory

# What may be unknown: of an offer, of the people in a district, of the planning values of the city.
FACTS = (
    *("theme", "target_group", "capacity", "mode", "place", "times", "languages", "barrier_free"),
    *("persons", "planning"),
)
# States beside white, thin, partial, covered, not_surveyed and not_applicable.
OPEN, NONE_KNOWN = "open", "none_known"
EQUAL_WITHIN = 1e-9  # bounds that differ less are one figure


@dataclass(frozen=True)
class Reason:
    """One unknown fact (of FACTS): how often it is unknown, and of which offers (none for persons and planning)."""

    fact: str
    number: int
    initiative_ids: tuple[str, ...]


def cells(inventory: Inventory, selection: Selection = EVERYTHING) -> pd.DataFrame:
    """One row per theme × target group × district, each figure with the ends _low, _central and _high.

    coverage (1: all that is needed), and needed, met and missing [places per week]. A figure without an upper bound is
    infinite. settled: the word for the cell is certain. state: white, thin, partial or covered where that is certain,
    else open; not_applicable; where nobody has looked none_known (nothing known reaches it) or not_surveyed.
    persons_unknown and planning_unknown: a factor of the need is hidden or missing.
    reached_low and reached_high: an offer certainly, or possibly, reaches the cell, whether or not it is needed there.
    """
    return inventory.frame(
        "FROM bound_cell WHERE ($groups IS NULL OR list_contains($groups, target_group_id)) "
        "AND ($themes IS NULL OR list_has_any($themes, [theme_id, field_id])) "
        "AND ($districts IS NULL OR list_contains($districts, district_id)) "
        "ORDER BY theme_id, target_group_id, district_id",
        **selection.bound(),
    )


def table(
    inventory: Inventory, rows: str, columns: str, selection: Selection = EVERYTHING, everywhere: bool = False
) -> pd.DataFrame:
    """One row per row_id × column_id: needed, met and missing [places per week] and share (met of needed, 0 to 1).

    Each figure has the ends _low, _central and _high; it is NULL where no cell counts. Counted are the cells where
    somebody has looked; with `everywhere` all that need something, and the figures then speak of the known offers only.
    cells_counted, cells_open (of them; the word is not certain), cells_white, cells_none_known, cells_not_surveyed.
    state: as in coverage.matrix (white, small, a quarter) where the word is the same at both ends, else open; or as in
    `cells` where nothing counts. `rows` and `columns` are two of AXES.
    """
    return _table(inventory, rows, columns, selection, everywhere)


def seen(inventory: Inventory, view: View) -> pd.DataFrame:
    """The rows of `table` for the cells of a matrix.

    Where nobody has looked at any part of a cell (cells_surveyed is 0), its figures speak of the known offers only.
    """
    frame = _table(inventory, *view.axes, view.beyond, None)
    return frame.assign(cells_surveyed=frame["cells"] - frame["cells_not_applicable"] - frame["cells_not_surveyed"])


def city(inventory: Inventory, selection: Selection = EVERYTHING, everywhere: bool = False) -> pd.Series:
    """The one row of `table` for everything that the selection names."""
    return table(inventory, "city", "city", selection, everywhere).iloc[0]


def reasons(inventory: Inventory, selection: Selection = EVERYTHING) -> list[Reason]:
    """Why the bounds of the cells of the selection differ: one entry per unknown fact, in the order of FACTS.

    An offer of which two facts are unknown is in both entries. Offers of unknown theme are always named: they count
    nowhere, and the bounds hold for the offers of known theme.
    """
    found = inventory.frame("FROM bounds_reasons($groups, $themes, $districts)", **selection.bound())
    return [Reason(row.fact, int(row.number), tuple(map(str, row.initiative_ids))) for row in found.itertuples()]


def _table(
    inventory: Inventory, rows: str, columns: str, selection: Selection, everywhere: bool | None
) -> pd.DataFrame:
    return inventory.frame(
        "FROM bounds_matrix($rows, $columns, $groups, $themes, $districts, CAST($everywhere AS BOOLEAN))",
        rows=rows,
        columns=columns,
        everywhere=everywhere,
        **selection.bound(),
    )


def ranges(inventory: Inventory) -> pd.DataFrame:
    """One row per field of action: low, central and high [places per week] of an offer of unknown size.

    agreed_on, agreed_by and reason are NULL where people have not agreed yet, and the usual range holds.
    """
    return inventory.frame("FROM capacity_agreed ORDER BY field_id")
