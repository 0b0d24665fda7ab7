"""What is handed out about white spots: the matrix as seen, its evidence, and the districts with their figures."""

from __future__ import annotations

from dataclasses import astuple
from typing import Any, NamedTuple

import pandas as pd

from esdash.analysis.coverage import coverage, gaps
from esdash.analysis.coverage.gaps import Summary
from esdash.analysis.records import records
from esdash.analysis.selection import Selection, View
from esdash.inventory import Inventory


class Handout(NamedTuple):
    """A matrix with all that stands behind it, in one language."""

    view: View
    matrix: pd.DataFrame  # one row per row_id × column_id, as coverage.matrix, and the offers that reach it
    rows: list[tuple[str, str]]  # id and name, in the order of the city; the id "city" has no name
    columns: list[tuple[str, str]]
    evidence: pd.DataFrame  # one row per theme × target group × district with its names: handout.sql
    uncounted: pd.DataFrame  # one row per running offer that could not be counted, and what is unknown about it
    surveyed: float | None  # share of theme × district pairs of the selection that somebody has looked at
    chosen: list[str]  # names of the target groups, themes and districts it is restricted to
    status: dict[str, Any]  # city, day, kind of inventory


class Report(NamedTuple):
    """What the printed report says beside the matrix."""

    handout: Handout
    districts: pd.DataFrame  # one row per district, as districts()
    fields: list[tuple[str, str]]  # id and name of each field of action
    figures: Summary  # over themes × districts
    worst: tuple[str, str, float] | None  # theme, district and places per week of the largest gap; None: none known
    hidden: int  # numbers of people in a district that are hidden (METHODS M4)


class Named:
    """Names of themes, target groups and districts in one language, in the order of the city."""

    def __init__(self, inventory: Inventory, language: str) -> None:
        self.frames = {table: records.reference(inventory, table) for table in ("theme", "target_group", "district")}
        place = inventory.frame("FROM theme_place ORDER BY place")
        self.fields = place.loc[place["level"] == 0, "theme_id"].tolist()
        leaves = set(inventory.frame("SELECT theme_id FROM leaf_theme")["theme_id"])
        self.themes = [theme for theme in place["theme_id"] if theme in leaves]
        self.of: dict[str, dict[str, str]] = {}
        for table, frame in self.frames.items():
            column = "name" if table == "district" else f"name_{language}"
            self.of[table] = dict(zip(frame[f"{table}_id"], frame[column].astype(str), strict=True))

    def axis(self, kind: str, present: set[str]) -> list[tuple[str, str]]:
        """Rows or columns: id and name of those that the matrix has."""
        if kind == "city":
            return [("city", "")]
        ids = {"field": self.fields, "theme": self.themes}.get(kind) or list(self.of[kind])
        names = self.of["theme" if kind in ("field", "theme") else kind]
        return [(key, names[key]) for key in ids if key in present]


def of(inventory: Inventory, view: View, language: str) -> Handout:
    """The matrix of `view` and everything behind it; `language` chooses the names."""
    named = Named(inventory, language)
    matrix = coverage.matrix(inventory, *view.axes, view.selection)
    offers = coverage.reaching_counts(inventory, *view.axes, view.selection)
    matrix = matrix.merge(offers, on=["row_id", "column_id"], how="left")
    matrix["offers"] = matrix["offers"].fillna(0).astype(int)
    surveys = _surveyed(inventory, view.selection)
    return Handout(
        view,
        matrix,
        named.axis(view.rows, set(matrix["row_id"])),
        named.axis(view.columns, set(matrix["column_id"])),
        _evidence(inventory, named, view.selection),
        coverage.uncounted(inventory),
        _share(surveys["surveyed"].sum(), surveys["applicable"].sum()),
        [
            named.of[table].get(key, key)
            for table, ids in zip(("target_group", "theme", "district"), astuple(view.selection), strict=True)
            for key in ids
        ],
        records.status(inventory),
    )


def report(inventory: Inventory, view: View, language: str) -> Report:
    """The printed report of `view`."""
    named = Named(inventory, language)
    worst = gaps.worst(inventory, view.selection)
    people = inventory.frame("SELECT target_group_id, district_id FROM population_shown WHERE quality = 'suppressed'")
    if view.selection.groups:
        people = people[people["target_group_id"].isin(view.selection.groups)]
    if view.selection.districts:
        people = people[people["district_id"].isin(view.selection.districts)]
    found = districts(inventory, view.selection)
    return Report(
        of(inventory, view, language),
        found,
        [(key, named.of["theme"][key]) for key in named.fields if f"state_{key}" in found],
        gaps.summary(inventory, view.selection),
        None
        if worst is None
        else (named.of["theme"][worst["row_id"]], named.of["district"][worst["column_id"]], float(worst["gap_places"])),
        len(people),
    )


def districts(inventory: Inventory, selection: Selection) -> pd.DataFrame:
    """One row per district with its shape (GeoJSON): coverage, gap, people, share surveyed, and each field of action.

    persons_<group> is NULL where nobody knows or may know (quality_<group> says which: METHODS M4). state_<field>,
    coverage_<field> and gap_places_<field> are those of one field of action.
    """
    frame = records.reference(inventory, "district")[
        ["district_id", "name", "short_name", "lat", "lon", "residents", "geometry"]
    ]
    whole = coverage.matrix(inventory, "district", "city", selection).set_index("row_id")
    figures = ["state", "coverage", "gap_places", "gap_per_100", "places_needed", "places_reaching"]
    surveys = _surveyed(inventory, selection).set_index("district_id")
    share = pd.Series({key: _share(row["surveyed"], row["applicable"]) for key, row in surveys.iterrows()}, dtype=float)
    parts = [whole[figures], share.rename("survey_share")]
    people = inventory.frame("SELECT district_id, target_group_id, persons, quality FROM population_shown")
    for group in selection.groups or list(records.reference(inventory, "target_group")["target_group_id"]):
        of_group = people[people["target_group_id"] == group].set_index("district_id")[["persons", "quality"]]
        parts.append(of_group.add_suffix(f"_{group}"))
    fields = coverage.matrix(inventory, "district", "field", selection)
    for field in records.reference(inventory, "theme").query("parent_id.isna()", engine="python")["theme_id"]:
        of_field = fields[fields["column_id"] == field].set_index("row_id")[["state", "coverage", "gap_places"]]
        if len(of_field):
            parts.append(of_field.add_suffix(f"_{field}"))
    wanted = frame if not selection.districts else frame[frame["district_id"].isin(selection.districts)]
    return wanted.set_index("district_id").join(parts).reset_index().assign(as_of=inventory.today())


def _evidence(inventory: Inventory, named: Named, selection: Selection) -> pd.DataFrame:
    frame = inventory.frame("FROM evidence_of($groups, $themes, $districts)", **selection.bound())
    for column, table, key in (
        ("field", "theme", "field_id"),
        ("theme", "theme", "theme_id"),
        ("target_group", "target_group", "target_group_id"),
        ("district", "district", "district_id"),
    ):
        frame[column] = [named.of[table].get(value, value) for value in frame[key]]
    return frame


def _surveyed(inventory: Inventory, selection: Selection) -> pd.DataFrame:
    frame = inventory.frame("FROM survey_of($themes)", themes=selection.bound()["themes"])
    return frame if not selection.districts else frame[frame["district_id"].isin(selection.districts)]


def _share(surveyed: float, applicable: float) -> float | None:
    return float(surveyed / applicable) if applicable else None
