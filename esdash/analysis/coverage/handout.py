"""Figures for the files about gaps: the evidence of each cell, and the districts (handout.sql)."""

import pandas as pd

from esdash.analysis.coverage import coverage, stand_in
from esdash.analysis.coverage.stand_in import LEAST, MOST
from esdash.analysis.records import records
from esdash.analysis.selection import EVERYTHING, Selection
from esdash.inventory import Inventory


def evidence(inventory: Inventory, selection: Selection) -> pd.DataFrame:
    """One row per theme × target group × district, the largest gap first: need, survey, offers that reach it."""
    return inventory.frame("FROM evidence_of($groups, $themes, $districts)", **selection.bound())


def survey_share(inventory: Inventory, selection: Selection = EVERYTHING) -> float | None:
    """The share of theme × district pairs that are surveyed (0 to 1); None if none applies."""
    surveys = _surveyed(inventory, selection)
    return _share(surveys["surveyed"].sum(), surveys["applicable"].sum())


def hidden(inventory: Inventory, selection: Selection) -> int:
    """How many numbers of people in a district are hidden (METHODS M4)."""
    people = inventory.frame("SELECT target_group_id, district_id FROM population_shown WHERE quality = 'suppressed'")
    if selection.groups:
        people = people[people["target_group_id"].isin(selection.groups)]
    return len(_within(people, selection))


def districts(inventory: Inventory, selection: Selection) -> pd.DataFrame:
    """One row per district with its shape (GeoJSON): coverage, gap, people, share surveyed, and each field of action.

    Figures in which hidden people have a part are NULL; …_least and …_most are the ends between which they lie, equal
    where nothing is hidden. persons_<group> is NULL if unknown or hidden (quality_<group> says which: METHODS M4).
    state_<field>, coverage_<field> and gap_places_<field> are those of one field of action.
    """
    frame = records.reference(inventory, "district")[
        ["district_id", "name", "short_name", "lat", "lon", "residents", "geometry"]
    ]
    whole = _sums(inventory, ("district", "city"), selection).set_index("row_id")
    figures = ["state", "coverage", "gap_places", "gap_per_100", "places_needed", "places_met", "places_reaching"]
    figures += [name for name in whole if name.endswith((LEAST, MOST))]
    surveys = _surveyed(inventory, selection).set_index("district_id")
    share = pd.Series({key: _share(row["surveyed"], row["applicable"]) for key, row in surveys.iterrows()}, dtype=float)
    parts = [whole[figures], share.rename("survey_share")]
    people = inventory.frame("SELECT district_id, target_group_id, persons, quality FROM population_shown")
    for group in selection.groups or list(records.reference(inventory, "target_group")["target_group_id"]):
        of_group = people[people["target_group_id"] == group].set_index("district_id")[["persons", "quality"]]
        parts.append(of_group.add_suffix(f"_{group}"))
    fields = _sums(inventory, ("district", "field"), selection)
    named = ["state", *(f"{name}{end}" for name in ("coverage", "gap_places") for end in ("", LEAST, MOST))]
    for field in records.reference(inventory, "theme").query("parent_id.isna()", engine="python")["theme_id"]:
        of_field = fields[fields["column_id"] == field].set_index("row_id")[named]
        if len(of_field):
            parts.append(of_field.add_suffix(f"_{field}"))
    return _within(frame, selection).set_index("district_id").join(parts).reset_index().assign(as_of=inventory.today())


def _sums(inventory: Inventory, axes: tuple[str, str], selection: Selection) -> pd.DataFrame:
    """The matrix as a program gets it."""
    return stand_in.without_single(coverage.matrix(inventory, *axes, selection))


def _surveyed(inventory: Inventory, selection: Selection) -> pd.DataFrame:
    frame = inventory.frame("FROM survey_of($themes)", themes=selection.bound()["themes"])
    return _within(frame, selection)


def _within(frame: pd.DataFrame, selection: Selection) -> pd.DataFrame:
    return frame[frame["district_id"].isin(selection.districts)] if selection.districts else frame


def _share(surveyed: float, applicable: float) -> float | None:
    return float(surveyed / applicable) if applicable else None
