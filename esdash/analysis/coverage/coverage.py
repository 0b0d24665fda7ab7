"""Need, reach and coverage (METHODS M1 to M4), computed in coverage.sql and gaps.sql."""

from typing import Literal

import pandas as pd

from esdash.analysis.records import records
from esdash.analysis.selection import EVERYTHING, Selection, View
from esdash.inventory import Inventory

CELL_COLUMNS = (
    "theme_id",
    "target_group_id",
    "district_id",
    "persons",
    "quality",
    "places_needed",
    "places_met",
    "gap_places",
    "surplus_places",
    "places_reaching",
    "coverage",
    "saturation",
    "state",
    "state_settled",
    "with_stand_in",
)


def cells(inventory: Inventory, selection: Selection = EVERYTHING) -> pd.DataFrame:
    """One row per theme × target group × district: persons, places [per week] needed, met, missing, beyond the need.

    places_needed = places_met + gap_places and places_reaching = places_met + surplus_places; coverage is met / needed
    (0 to 1), saturation reaching / needed (METHODS M2). Numbers of persons that are too small are hidden (METHODS M4).
    Figures with_stand_in rest on what the published total leaves for each of them: they lie between …_least and …_most,
    and are shown as these (stand_in.py). state_settled: both ends have the same state.
    """
    columns = ", ".join(CELL_COLUMNS)
    return inventory.frame(
        f"SELECT {columns}, COLUMNS('^(places|gap|coverage|surplus).*_(least|most)$') FROM coverage_cell "
        "WHERE ($groups IS NULL OR list_contains($groups, target_group_id)) "
        "AND ($themes IS NULL OR list_has_any($themes, [theme_id, field_id])) "
        "AND ($districts IS NULL OR list_contains($districts, district_id)) "
        "ORDER BY theme_id, target_group_id, district_id",
        **selection.bound(),
    )


def matrix(inventory: Inventory, rows: str, columns: str, selection: Selection = EVERYTHING) -> pd.DataFrame:
    """One row per row_id × column_id: places [per week] needed, met and missing, coverage (0 to 1), state, cells.

    All are sums over the assessed cells: needed = met + gap (METHODS M2); states as in METHODS M3. Also persons (only
    for a single target group), gap_per_100 (places missing per 100 people; over several groups their mean weighted by
    people), severity (gap × severity of the theme, 1 to 3) and row_severity for the whole row; NULL where no gap is
    known. with_stand_in: hidden people have a part in the figures, which lie between …_least and …_most; state_settled:
    both ends have the same state. `rows` and `columns` are two of AXES.
    """
    return inventory.frame(
        "FROM coverage_matrix($rows, $columns, $groups, $themes, $districts)",
        rows=rows,
        columns=columns,
        **selection.bound(),
    )


def cells_of(inventory: Inventory, rows: str, columns: str, selection: Selection = EVERYTHING) -> pd.DataFrame:
    """One row per theme × target group × district with the row_id and column_id of the matrix it is part of."""
    return inventory.frame(
        "FROM coverage_behind($rows, $columns, $groups, $themes, $districts)",
        rows=rows,
        columns=columns,
        **selection.bound(),
    )


def offer_counts(inventory: Inventory, rows: str, columns: str) -> pd.DataFrame:
    """One row per row_id × column_id (field, theme, target_group): running offers, wherever they are."""
    return inventory.frame("FROM offer_count_matrix($rows, $columns)", rows=rows, columns=columns)


def reaching_counts(inventory: Inventory, rows: str, columns: str, selection: Selection = EVERYTHING) -> pd.DataFrame:
    """One row per row_id × column_id: offers that reach people there, including those with unknown places.

    `rows` and `columns` as in `matrix`; unlike offer_counts, offers that reach nobody are not counted, and one is
    counted in each district that it reaches.
    """
    return inventory.frame(
        "FROM offer_reach_matrix($rows, $columns, $groups, $themes, $districts)",
        rows=rows,
        columns=columns,
        **selection.bound(),
    )


def seen(inventory: Inventory, view: View) -> pd.DataFrame:
    """One row per cell of a matrix: coverage, gap, state, and the number of offers in it or reaching it."""
    frame = matrix(inventory, *view.axes, view.beyond)
    how: Literal["outer", "left"] = "outer" if view.measure == "offers" else "left"
    frame = frame.merge(counts(inventory, view), on=["row_id", "column_id"], how=how)
    return frame.fillna({"offers": 0, "state": "unknown"})


def counts(inventory: Inventory, view: View) -> pd.DataFrame:
    """One row per cell of a matrix with offers: those that reach it, or those in it (View.counts_entries)."""
    if view.counts_entries:
        return offer_counts(inventory, *view.axes)
    return reaching_counts(inventory, *view.axes, view.beyond)


def need(inventory: Inventory, selection: Selection = EVERYTHING) -> pd.DataFrame:
    """One row per cell: persons, planning value, need with source and date, survey, coverage.

    planning_supposed and persons_supposed mark values that are only supposed.
    """
    return inventory.frame("FROM need_of($groups, $themes, $districts)", **selection.bound())


def offers(inventory: Inventory, selection: Selection = EVERYTHING) -> pd.DataFrame:
    """One row per offer that serves these cells: minutes of travel, its places that reach them [per week].

    `supposed` marks offers that are only supposed; places are unknown if the capacity is, or if it is unknown whether
    the offer meets the conditions (`reachable`).
    """
    return inventory.frame("FROM offers_reaching($groups, $themes, $districts)", **selection.bound())


def offer_points(inventory: Inventory, selection: Selection, offer: str | None) -> pd.DataFrame:
    """One row per running offer of the selection that has a place, or only the given offer: lat, lon, name, key."""
    frame = records.initiatives(inventory)
    wanted = {offer} if offer else set(offers(inventory, selection.everywhere)["initiative_id"])
    frame = frame[frame["lat"].notna() & frame["initiative_id"].isin(wanted)]
    return frame[["lat", "lon", "name"]].assign(key=frame["initiative_id"])


def reach(inventory: Inventory, initiative_id: str) -> pd.DataFrame:
    """One row per district that an offer reaches: minutes [of travel; NULL: it comes to people] and weight (0 to 1)."""
    return inventory.frame(
        "SELECT district_id, minutes, weight FROM offer_reach WHERE initiative_id = $id ORDER BY district_id",
        id=initiative_id,
    )


def planning_value(inventory: Inventory, theme_id: str, target_group_id: str) -> float | None:
    """Places per week that 100 people of a group need for a theme; None if no value was set."""
    value = inventory.value(
        "SELECT places_per_100 FROM planning_value WHERE theme_id = $theme AND target_group_id = $group",
        theme=theme_id,
        group=target_group_id,
    )
    return None if value is None else float(value)


def uncounted(inventory: Inventory) -> pd.DataFrame:
    """One row per running offer that could not be counted as supply, with what is unknown about it."""
    return inventory.frame("FROM uncounted_offer ORDER BY name COLLATE de")


def assessed(inventory: Inventory) -> bool:
    """Whether at least one cell could be assessed: it is surveyed, and need and supply are known."""
    return bool(matrix(inventory, "city", "city")["cells_assessed"].sum())
