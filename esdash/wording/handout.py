"""The texts of the files about gaps: exactly the view on screen, its evidence, and the printed report."""

from typing import NamedTuple

import pandas as pd

from esdash.analysis.bounds import bounds
from esdash.analysis.coverage import comparison, handout
from esdash.analysis.selection import View
from esdash.inventory import Inventory
from esdash.wording import bounds as words
from esdash.wording import classes, conditions, ends, evidence, faces, figures, gaps, tiles
from esdash.wording.classes import Entry
from esdash.wording.faces import Face
from esdash.wording.names import Names
from esdash.wording.tiles import TileMap


class Handout(NamedTuple):
    """A matrix with its evidence, in one language."""

    face: Face
    names: Names
    evidence: pd.DataFrame  # one row per theme × target group × district of the selection, in words
    apart: pd.DataFrame  # one row per cell of the matrix that hangs on something unknown, the widest first
    uncounted: pd.DataFrame  # one row per running offer that could not be counted, and what is unknown about it
    surveyed: float | None  # share of theme × district pairs of the city that somebody has looked at
    notes: list[str]  # what is supposed, what counts as reachable, what it is compared with, what is chosen
    supposed: bool
    assumed: bool  # the figures are those with assumptions for what is unknown


class Report(NamedTuple):
    """What the printed report shows besides the matrix."""

    handout: Handout
    tiles: TileMap  # the measure by district
    fields: Face  # district × field of action: the small maps
    key: list[Entry]  # of matrix and tile map
    fields_key: list[Entry]
    districts: pd.DataFrame  # one row per district, with its shape
    sentence: str
    gaps: pd.DataFrame  # one row per theme × district of the selection with a gap, in words
    hidden: int  # how many numbers of people in a district are hidden (METHODS M4)


def of(inventory: Inventory, names: Names, view: View) -> Handout:
    """The matrix of `view` with its evidence."""
    keys = ("theme_id", "target_group_id", "district_id")
    found = ends.beside(handout.evidence(inventory, view.selection), bounds.cells(inventory, view.selection), keys)
    found = evidence.in_words(found, inventory, names.text)
    behind = found.sort_values("gap_places", ascending=False, kind="stable", ignore_index=True)
    behind["field"] = [names.of("theme", key) for key in behind["field_id"]]
    face = faces.face(inventory, names.text, view)
    return Handout(
        face,
        names,
        behind,
        _apart(inventory, face),
        gaps.uncounted(inventory, names.text),
        handout.survey_share(inventory),
        _notes(inventory, names, view),
        inventory.conditions.supposing,
        inventory.conditions.assumed,
    )


def report(inventory: Inventory, names: Names, view: View) -> Report:
    """The printed report of `view`."""
    text, shown = names.text, of(inventory, names, view)
    by_district, fields = tiles.tile_map(inventory, text, view), faces.face(inventory, text, faces.of_fields(view))
    drawn = [*shown.face.steps, *by_district.face.steps]
    return Report(
        shown,
        by_district,
        fields,
        classes.key(view.measure, shown.face.compared, drawn, text),
        classes.key("coverage", fields.compared, fields.steps, text),
        handout.districts(inventory, view.selection.everywhere),
        gaps.sentence(inventory, names, view.selection.only_groups, str),
        gaps.ranked(inventory, text, view.selection),
        handout.hidden(inventory, view.selection),
    )


def _apart(inventory: Inventory, face: Face) -> pd.DataFrame:
    """The cells of a matrix whose figures have two ends; none of a comparison."""
    rows, columns = (dict(zip(axis.ids, axis.full, strict=True)) for axis in (face.rows, face.columns))
    cells = pd.DataFrame(
        [(row, column) for (row, column), cell in face.cells.items() if not face.compared],
        columns=["row_id", "column_id"],
        dtype=object,
    )
    found = ends.beside(cells, bounds.seen(inventory, face.view), ("row_id", "column_id"))
    found = found[found[list(ends.COLUMNS)].notna().any(axis=1)]
    width = found["gap_places_high"].fillna(0) - found["gap_places_low"].fillna(0)
    found = found.assign(row=found["row_id"].map(rows), column=found["column_id"].map(columns), width=width)
    return figures.shown(found.sort_values("width", ascending=False, kind="stable", ignore_index=True))


def _notes(inventory: Inventory, names: Names, view: View) -> list[str]:
    """What a reader must know before the first figure."""
    text, asked, before = names.text, inventory.conditions, comparison.before(inventory, view)
    lines = [text("handout.supposed", what=" · ".join(conditions.supposed(asked, names)))] if asked.supposing else []
    if asked.assumed:
        lines.append(text("handout.assumed", what=words.assumption_note(inventory, text, view.beyond)))
    if reachable := conditions.reachable(asked, names):
        lines.append(text("handout.reachable", what=", ".join(reachable)))
    if before is not None:
        groups = view.selection.only_groups
        day = None if asked.supposing else view.since
        lines.append(gaps.compared_sentence(before, inventory, text, groups, day, str))
    if view.selection:
        lines.append(text("handout.chosen", names=names.chosen(view.selection)))
    return lines
