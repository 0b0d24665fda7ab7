"""The texts of the files about gaps: the matrix as the page shows it, its evidence, and the printed report."""

from dataclasses import astuple
from typing import NamedTuple

import pandas as pd

from esdash.analysis.coverage import gaps, handout
from esdash.analysis.coverage.gaps import Summary
from esdash.analysis.selection import View
from esdash.inventory import Inventory
from esdash.wording.gaps import in_words, uncounted
from esdash.wording.names import Names

Axis = list[tuple[str, str]]  # id and name, in the order of the matrix; the id "city" has no name


class Handout(NamedTuple):
    """A matrix with its evidence, in one language."""

    view: View
    names: Names
    matrix: pd.DataFrame  # one row per row_id × column_id: coverage, gap, state, offers
    rows: Axis
    columns: Axis
    evidence: pd.DataFrame  # one row per theme × target group × district in words
    uncounted: pd.DataFrame  # one row per running offer that could not be counted, and what is unknown about it
    surveyed: float | None  # share of theme × district pairs of the selection that somebody has looked at
    chosen: list[str]  # names of the chosen target groups, themes and districts, and the other conditions


class Report(NamedTuple):
    """What the printed report shows besides the matrix."""

    handout: Handout
    districts: pd.DataFrame  # one row per district, as analysis.coverage.handout.districts
    fields: Axis  # the fields of action
    figures: Summary  # over themes × districts
    worst: tuple[str, str, float] | None  # theme, district and places per week of the largest gap; None: none known
    hidden: int  # how many numbers of people in a district are hidden (METHODS M4)


def of(inventory: Inventory, names: Names, view: View, conditions: list[str]) -> Handout:
    """The matrix of `view` with its evidence; `conditions` are the conditions of the inventory, in words."""
    matrix = handout.matrix(inventory, view)
    evidence = in_words(handout.evidence(inventory, view.selection), names)
    evidence["field"] = [names.of("theme", key) for key in evidence["field_id"]]
    kinds = zip(("target_group", "theme", "district"), astuple(view.selection), strict=True)
    return Handout(
        view,
        names,
        matrix,
        _axis(names, view.rows, set(matrix["row_id"])),
        _axis(names, view.columns, set(matrix["column_id"])),
        evidence,
        uncounted(inventory, names.text),
        handout.survey_share(inventory, view.selection),
        [*(names.of(kind, key) for kind, ids in kinds for key in ids), *conditions],
    )


def report(inventory: Inventory, names: Names, view: View, conditions: list[str]) -> Report:
    """The printed report of `view`."""
    found, worst = handout.districts(inventory, view.selection), gaps.worst(inventory, view.selection)
    return Report(
        of(inventory, names, view, conditions),
        found,
        [(key, names.of("theme", key)) for key in names.field_ids if f"state_{key}" in found],
        gaps.summary(inventory, view.selection),
        None
        if worst is None
        else (
            names.of("theme", worst["theme_id"]),
            names.of("district", worst["district_id"]),
            float(worst["gap_places"]),
        ),
        handout.hidden(inventory, view.selection),
    )


def _axis(names: Names, kind: str, present: set[str]) -> Axis:
    """Id and name of the rows, or of the columns, of the matrix."""
    if kind == "city":
        return [("city", "")]
    ids = {"field": names.field_ids, "theme": names.leaves}.get(kind) or names.ids(kind)
    table = "theme" if kind == "field" else kind
    return [(key, names.of(table, key)) for key in ids if key in present]
