"""A matrix as it is shown: its cells as figures, words, classes and hover texts, the same for every face.

Page, map, report, workbook and table take a Face and draw it; none of them rounds or words a figure of its own.
"""

import math
from collections.abc import Callable
from typing import Any, NamedTuple

import pandas as pd

from esdash.analysis.bounds import bounds
from esdash.analysis.coverage import comparison, coverage
from esdash.analysis.coverage.stand_in import LEAST
from esdash.analysis.judgements import LEAST_GAP_PLACES
from esdash.analysis.selection import View
from esdash.inventory import Inventory
from esdash.inventory.cached import cached
from esdash.texts import Text
from esdash.wording import bounds as bounds_in_words
from esdash.wording import classes, ends, figures, stand_in
from esdash.wording.columns import Kind
from esdash.wording.ends import Ends
from esdash.wording.names import Axis, Names, names_of

# Measure → the column of its figure, and the kind of its values.
FIGURES: dict[str, tuple[str, Kind]] = {
    "coverage": ("coverage", "percent"),
    "gap": ("gap_places", "decimal"),
    "gap_per_100": ("gap_per_100", "decimal"),
    "offers": ("offers", "integer"),
}
_CHANGES: dict[str, Kind] = {"coverage": "points", "gap": "change", "gap_per_100": "change", "offers": "points"}
_SIDES = tuple(f"_{side}" for side in comparison.SIDES)


class Cell(NamedTuple):
    """One cell of a matrix as it is shown."""

    value: float | None  # the figure as it is shown, of a comparison the difference; None: there is none
    figure: str  # the figure in words, or the reason why there is none
    word: str  # what is drawn: a sign, the figure, or both
    step: str  # its class in the key (classes.py)
    strong: bool  # drawn strongly: a white spot, or a new one
    hover: tuple[str, ...]  # lines: what it is about, its state, its figures
    sign: str = ""  # the sign alone, for small pictures; empty: there is none
    ends: Ends = ends.NOTHING  # what holds although something is unknown
    met: float | None = None  # which part of the need is met (0 to 1), as it is shown; None: not said
    quiet: bool = False  # fewer places are missing than a white spot needs
    least: float | None = None  # of a figure between two ends the lower one, for the size of its circle


class Face(NamedTuple):
    """A matrix in one language: its axes, one cell for each row and column, and what it is called."""

    view: View
    rows: Axis
    columns: Axis
    cells: dict[tuple[str, str], Cell]
    compared: bool
    chosen: tuple[frozenset[str], frozenset[str]]  # rows and columns of the selection; empty: none is chosen
    title: str
    kind: Kind
    assumed: bool  # the figures are those with assumptions for what is unknown

    @property
    def steps(self) -> list[str]:
        """The classes that are drawn, and whether a figure is open."""
        cells = self.cells.values()
        return [*(cell.step for cell in cells), *([classes.OPEN] if any(cell.ends.open for cell in cells) else [])]

    def line(self, row: str) -> list[Cell]:
        """The cells of a row, from left to right."""
        return [self.cells[row, column] for column in self.columns.ids]

    def is_chosen(self, row: str, column: str) -> bool:
        """Whether the selection names this cell, by its row and its column or by the one of them that is chosen."""
        rows, columns = self.chosen
        return bool(rows or columns) and (not rows or row in rows) and (not columns or column in columns)


@cached
def face(inventory: Inventory, text: Text, view: View) -> Face:
    """The matrix of a view, compared with the day of the view or, under suppositions, with what is."""
    names, before = names_of(inventory, text), comparison.before(inventory, view)
    if before is None:
        frame = figures.shown(coverage.seen(inventory, view))
    else:
        frame = figures.shown(comparison.seen(before, inventory, view), *_SIDES)
    rows, columns = axes(inventory, names, view)
    found = ends.by_cell(frame)
    apart = ends.by_cell(bounds.seen(inventory, view)) if before is None else {}
    likely = _likely(inventory, text, view) if before is None else {}
    cells = {
        (row, column): _plain(
            found.get((row, column)),
            apart.get((row, column)),
            view,
            (name, other),
            text,
            likely.get((row, column), ""),
        )
        if before is None
        else _changed(found.get((row, column)), view.measure, (name, other), text)
        for row, name in zip(rows.ids, rows.full, strict=True)
        for column, other in zip(columns.ids, columns.full, strict=True)
    }
    chosen = (_chosen(view, view.rows, rows), _chosen(view, view.columns, columns))
    kind = _CHANGES[view.measure] if before is not None else FIGURES[view.measure][1]
    compared, assumed = before is not None, inventory.conditions.assumed
    heading = under(title(names, view, compared), assumed, text)
    return Face(view, rows, columns, cells, compared, chosen, heading, kind, assumed)


def under(heading: str, assumed: bool, text: Text) -> str:
    """The title of a picture or table; it says where figures are those with assumptions for what is unknown."""
    return text("bounds.assumed", figure=heading) if assumed else heading


def map_title(face: Face, text: Text) -> str:
    """The title of the map of a face."""
    heading = text(f"gaps.map_{face.view.measure}")
    return under(text("gaps.map_compared", title=heading) if face.compared else heading, face.assumed, text)


def of_districts(view: View) -> View:
    """The view of the map beside a matrix: the same measure by district, for what is chosen of groups and themes."""
    return View("district", "city", view.measure, view.selection.everywhere, since=view.since)


def of_fields(view: View) -> View:
    """The view of the small maps: need met in each field of action by district."""
    return View("district", "field", "coverage", view.selection.only_groups)


def axes(inventory: Inventory, names: Names, view: View) -> tuple[Axis, Axis]:
    """Rows and columns of a matrix, in the order of the city, or the rows with the largest gaps first."""
    axis = _axis(names, view, view.rows)
    if view.order == "severity":
        frame = coverage.matrix(inventory, *view.axes, view.beyond)
        heavy = frame.groupby("row_id")["row_severity"].first().fillna(-1.0)
        axis = axis.sorted(lambda key: -float(heavy.get(key, -1.0)))
    return axis, _axis(names, view, view.columns)


def title(names: Names, view: View, compared: bool) -> str:
    """The title of a matrix: its measure, rows and columns, and what of the city it is about."""
    text = names.text
    words = text(
        "gaps.matrix_title",
        measure=text(f"gaps.change_{view.measure}" if compared else f"gaps.title_{view.measure}"),
        rows=text(f"axis.{view.rows}"),
        columns=text(f"axis.{view.columns}"),
    )
    beyond = view.beyond
    only = [names.of("theme", view.field)] if view.field else [names.of("theme", key) for key in beyond.themes]
    only += [names.of("target_group", key) for key in beyond.groups]
    only += [names.of("district", key) for key in beyond.districts]
    return f"{words} ({', '.join(only)})" if only else words


def _axis(names: Names, view: View, kind: str) -> Axis:
    """One axis; of several chosen rows or columns only these, while a single one is shown among the others."""
    axis = names.axis(kind, view.field, unknown=kind == "target_group" and view.counts_entries)
    chosen = _ids(view, kind)
    if len(chosen) < 2:
        return axis
    kept = [place for place, key in enumerate(axis.ids) if key in chosen or names.parent.get(key) in chosen]
    return Axis(*([part[place] for place in kept] for part in axis))


def _ids(view: View, kind: str) -> tuple[str, ...]:
    selection = view.selection
    named = {"district": selection.districts, "target_group": selection.groups}
    return named.get(kind, selection.themes if kind in ("field", "theme") else ())


def _chosen(view: View, kind: str, axis: Axis) -> frozenset[str]:
    ids = frozenset(_ids(view, kind)) & frozenset(axis.ids)
    return ids if len(ids) < len(axis.ids) else frozenset()


# ---------------------------------------------------------------- one cell


def _likely(inventory: Inventory, text: Text, view: View) -> dict[tuple[str, str], str]:
    """Row × column → what is probable there: only for theme × district, over all target groups (METHODS M11)."""
    if {*view.axes} != {"theme", "district"} or view.beyond.groups or view.measure == "offers":
        return {}
    found = {pair: words for pair, (words, _) in bounds_in_words.likely(inventory, text).items()}
    if view.rows == "theme":
        return found
    return {(district, theme): words for (theme, district), words in found.items()}


def _plain(row: Any, unknown: Any, view: View, about: tuple[str, str], text: Text, likely: str = "") -> Cell:
    """A cell of a matrix as it stands. `unknown`: its row of `bounds.seen`; `likely`: what is probable where open."""
    measure = view.measure
    name, _ = FIGURES[measure]
    found = ends.of(unknown, measure, text)
    said = row._asdict() if row is not None else {}
    state = "none_known" if found.none_known else getattr(row, "state", "unknown")
    assessed = state not in classes.UNASSESSED
    offers = int(getattr(row, "offers", 0) or 0)
    hover = [*about, text(f"state.{state}")]
    if assessed:
        hover += _lines(row, "", text)
    hover += [*found.hover, *([likely] if likely and found.open else [])]
    hover.append(text.count("chart.offers", offers))
    sign = classes.SIGNS.get(state, "")
    met, quiet = (float(row.coverage), row.gap_places < LEAST_GAP_PLACES) if assessed else (None, False)
    if measure == "offers":
        figure = figures.word("offers", offers, text)
        if found.none_known and not offers:
            return Cell(offers, figure, sign, state, False, tuple(hover), sign, found)
        if found.may_reach and not offers and not view.counts_entries:  # of some it is unknown whom they reach
            return Cell(None, text("state.unknown"), sign, state, False, tuple(hover), sign, found)
        return Cell(offers, figure, figure, classes.of_offers(offers), False, tuple(hover), "", found, met, quiet)
    if not assessed:
        figure = found.figure if found.short else text(f"state.{state}")
        return Cell(None, figure, found.short or sign, state, False, tuple(hover), sign, found)
    if short := stand_in.short(said, name, text):
        figure, step = stand_in.word(said, name, text), _step_between(row, measure)
        word = f"{sign} {short}".strip()  # two ends say themselves that something is unknown
        met, least = None if stand_in.short(said, "coverage", text) else met, said[f"{name}{LEAST}"]
        return Cell(None, figure, word, step, state == "white", tuple(hover), sign, found, met, quiet, float(least))
    value = float(getattr(row, name))
    figure = figures.word(name, value, text)
    step = state if measure == "coverage" else classes.of_missing(measure, value)
    parts = [sign, *([] if sign and measure == "coverage" else [figure])]
    word = " ".join([part for part in (*parts, classes.SIGNS[classes.OPEN] if found.open else "") if part])
    return Cell(value, figure, word, step, state == "white", tuple(hover), sign, found, met, quiet)


def _changed(row: Any, measure: str, about: tuple[str, str], text: Text) -> Cell:
    """A cell of a comparison: the difference of the figures as shown, over what was assessed on both sides."""
    name, _ = FIGURES[measure]
    change = getattr(row, "change", "unknown")
    shared = change not in ("found", "lost", "unknown")
    hover = [*about, text(f"change.{change}")]
    for side in comparison.SIDES:
        lines = _lines(row, f"_{side}", text) if shared else [_state(row, side, text)]
        lines.append(text.count("chart.offers", int(getattr(row, f"offers_{side}", 0) or 0)))
        hover.append(text("change.side", side=text(f"change.{side}"), figures="; ".join(lines)))
    if not shared and measure != "offers":
        word = text("change.found_short") if change == "found" else "?"
        return Cell(None, text(f"change.{change}"), word, "not_surveyed", False, tuple(hover), word)
    then, now = (float(getattr(row, f"{name}_{side}", 0) or 0) for side in comparison.SIDES)
    value = figures.difference(name, then, now)
    figure = figures.signed(name, value, text)
    sign = classes.SIGNS.get(change, "") if measure != "offers" else ""
    word, opened = f"{sign} {figure}".strip(), bool(sign) and change == "opened"
    return Cell(value, figure, word, classes.of_change(measure, value), opened, tuple(hover), sign)


def _step_between(row: Any, measure: str) -> str:
    """The class of a figure in which hidden people have a part: that of both ends, else open."""
    if measure == "coverage":
        return str(row.state) if row.state_settled else classes.OPEN
    name, _ = FIGURES[measure]
    low, high = (getattr(row, f"{name}_{end}") for end in ("least", "most"))
    steps = {
        classes.of_missing(measure, end if end == math.inf else figures.rounded(end, 1) or 0) for end in (low, high)
    }
    return steps.pop() if len(steps) == 1 else classes.OPEN


def _said(row: Any, side: str, text: Text) -> Callable[[str], str]:
    """How a figure of the row reads: as its ends where hidden people decide; of one side of a comparison as it is."""
    if side:
        return lambda name: figures.word(name, getattr(row, f"{name}{side}"), text)
    row = row._asdict()
    return lambda name: stand_in.word(row, name, text)


def _lines(row: Any, side: str, text: Text) -> list[str]:
    """The figures of a cell that was assessed, one line each."""
    named = {"needed": "places_needed", "met": "places_met", "gap": "gap_places"}
    said = _said(row, side, text)
    words = {key: said(name) for key, name in named.items()}
    lines = [text("chart.matrix_hover", **words), text("chart.hover_share", share=said("coverage"))]
    per_100 = getattr(row, f"gap_per_100{side}", None)
    if per_100 is not None and not pd.isna(per_100):
        lines.append(text("chart.hover_per_100", n=figures.word("gap_per_100", per_100, text)))
    return lines


def _state(row: Any, side: str, text: Text) -> str:
    state = getattr(row, f"state_{side}", None)
    return text(f"state.{state if isinstance(state, str) else 'unknown'}")
