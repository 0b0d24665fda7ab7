"""Need, reach and coverage (METHODS M1 to M4). The method is coverage.sql and gaps.sql."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from esdash.inventory import Inventory

Ids = Sequence[str] | None

CELL_COLUMNS = (
    "theme_id",
    "target_group_id",
    "district_id",
    "persons",
    "quality",
    "places_needed",
    "places_reaching",
    "coverage",
    "gap_places",
    "state",
)


def cells(inventory: Inventory) -> pd.DataFrame:
    """One row per theme × target group × district: persons, places [per week] needed and reaching, coverage, gap.

    Too small numbers of persons are already left out (METHODS M4), with all that follows from them.
    """
    columns = ", ".join(CELL_COLUMNS)
    return inventory.frame(f"SELECT {columns} FROM coverage_cell ORDER BY theme_id, target_group_id, district_id")


def matrix(
    inventory: Inventory, rows: str, columns: str, groups: Ids = None, themes: Ids = None, districts: Ids = None
) -> pd.DataFrame:
    """One row per row_id × column_id: need-weighted coverage, gap [places per week], state, counts of cells.

    `rows` and `columns` are field, theme, target_group, district or city; the lists restrict, None is all.
    """
    return inventory.frame(
        "FROM coverage_matrix($rows, $columns, $groups, $themes, $districts)",
        rows=rows,
        columns=columns,
        **_wanted(groups, themes, districts),
    )


def offer_counts(inventory: Inventory, rows: str, columns: str) -> pd.DataFrame:
    """One row per row_id × column_id (field, theme, target_group): running offers, wherever they are."""
    return inventory.frame("FROM offer_count_matrix($rows, $columns)", rows=rows, columns=columns)


def reaching_counts(inventory: Inventory, columns: str, groups: Ids = None) -> pd.DataFrame:
    """One row per district × column_id (field or theme): running offers that reach it, also uncountable ones."""
    return inventory.frame(
        "FROM offer_reach_matrix($columns, $groups)", columns=columns, groups=list(groups) if groups else None
    )


def need(inventory: Inventory, groups: Ids = None, themes: Ids = None, districts: Ids = None) -> pd.DataFrame:
    """One row per cell: persons, planning value, need with source and date, survey, coverage."""
    return inventory.frame("FROM need_of($groups, $themes, $districts)", **_wanted(groups, themes, districts))


def offers(inventory: Inventory, groups: Ids = None, themes: Ids = None, districts: Ids = None) -> pd.DataFrame:
    """One row per running offer that serves these cells: minutes away, its places that reach them [per week]."""
    return inventory.frame("FROM offers_reaching($groups, $themes, $districts)", **_wanted(groups, themes, districts))


def uncounted(inventory: Inventory) -> pd.DataFrame:
    """One row per running offer that could not be counted as supply, and what is unknown about it."""
    return inventory.frame("FROM uncounted_offer ORDER BY name")


def assessed(inventory: Inventory) -> bool:
    """Whether at least one cell could be assessed: somebody has looked, and need and supply are known."""
    return bool(matrix(inventory, "city", "city")["cells_assessed"].sum())


def survey_share(inventory: Inventory) -> float | None:
    """Share of theme × district pairs that somebody has looked at; None where none applies."""
    row = inventory.frame("FROM survey_share").iloc[0]
    return None if row["applicable"] == 0 else float(row["surveyed"] / row["applicable"])


def _wanted(groups: Ids, themes: Ids, districts: Ids) -> dict[str, list[str] | None]:
    given = {"groups": groups, "themes": themes, "districts": districts}
    return {name: list(ids) if ids else None for name, ids in given.items()}
