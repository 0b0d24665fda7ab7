"""The texts of the files about gaps: exactly the view on screen, its evidence, and the printed report."""

from typing import NamedTuple

import pandas as pd

from esdash.analysis.coverage import comparison, handout
from esdash.analysis.selection import View
from esdash.inventory import Inventory
from esdash.wording import classes, conditions, faces, figures, gaps
from esdash.wording.classes import Entry
from esdash.wording.faces import Face
from esdash.wording.names import Names


class Handout(NamedTuple):
    """A matrix with its evidence, in one language."""

    face: Face
    names: Names
    evidence: pd.DataFrame  # one row per theme × target group × district of the selection, in words
    uncounted: pd.DataFrame  # one row per running offer that could not be counted, and what is unknown about it
    surveyed: float | None  # share of theme × district pairs of the city that somebody has looked at
    notes: list[str]  # what is supposed, what counts as reachable, what it is compared with, what is chosen
    supposed: bool


class Report(NamedTuple):
    """What the printed report shows besides the matrix."""

    handout: Handout
    map: Face  # by district
    fields: Face  # district × field of action: the small maps
    key: list[Entry]  # of matrix and map
    fields_key: list[Entry]
    districts: pd.DataFrame  # one row per district, with its shape
    sentence: str
    gaps: pd.DataFrame  # one row per theme × district of the selection with a gap, in words
    hidden: int  # how many numbers of people in a district are hidden (METHODS M4)


def of(inventory: Inventory, names: Names, view: View) -> Handout:
    """The matrix of `view` with its evidence."""
    shown = figures.shown(handout.evidence(inventory, view.selection))
    evidence = gaps.in_words(shown.sort_values("gap_places", ascending=False, kind="stable", ignore_index=True), names)
    evidence["field"] = [names.of("theme", key) for key in evidence["field_id"]]
    return Handout(
        faces.face(inventory, names.text, view),
        names,
        evidence,
        gaps.uncounted(inventory, names.text),
        handout.survey_share(inventory),
        _notes(inventory, names, view),
        inventory.conditions.supposing,
    )


def report(inventory: Inventory, names: Names, view: View) -> Report:
    """The printed report of `view`."""
    text, shown = names.text, of(inventory, names, view)
    by_district, fields = (faces.face(inventory, text, one(view)) for one in (faces.of_districts, faces.of_fields))
    drawn = [cell.step for face in (shown.face, by_district) for cell in face.cells.values()]
    return Report(
        shown,
        by_district,
        fields,
        classes.key(view.measure, shown.face.compared, drawn, text),
        classes.key("coverage", fields.compared, [cell.step for cell in fields.cells.values()], text),
        handout.districts(inventory, view.selection.everywhere),
        gaps.sentence(inventory, names, view.selection.only_groups, str),
        gaps.ranked(inventory, text, view.selection),
        handout.hidden(inventory, view.selection),
    )


def _notes(inventory: Inventory, names: Names, view: View) -> list[str]:
    """What a reader must know before the first figure."""
    text, asked, before = names.text, inventory.conditions, comparison.before(inventory, view)
    lines = [text("handout.supposed", what=" · ".join(conditions.supposed(asked, names)))] if asked.supposing else []
    if reachable := conditions.reachable(asked, names):
        lines.append(text("handout.reachable", what=", ".join(reachable)))
    if before is not None:
        groups = view.selection.only_groups
        day = None if asked.supposing else view.since
        lines.append(gaps.compared_sentence(before, inventory, text, groups, day, str))
    if view.selection:
        lines.append(text("handout.chosen", names=gaps.chosen(names, view.selection)))
    return lines
