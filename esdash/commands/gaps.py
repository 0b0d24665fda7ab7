"""The files of `export coverage` and `export gaps`: tables for programs; workbook, map data and report for people."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from esdash import exports
from esdash.analysis.selection import Selection, View
from esdash.commands.terminal import Terminal
from esdash.errors import UserError
from esdash.inventory import Inventory
from esdash.inventory.file.conditions import NOTHING, Conditions
from esdash.model.folding import fold

NAMES = ("coverage", "gaps")
MEASURE = {"coverage": "coverage", "gaps": "gap"}  # the default measure
LISTED = 12  # most names that a message lists

# Option of the command line (rows, columns, measure, groups, themes, districts) → its value; None or empty: not given.
Wish = Mapping[str, Any]


def written(inventory: Inventory, name: str, form: str, wish: Wish, notice: str | None, terminal: Terminal) -> bytes:
    """The file in this format. Raises UserError for an option that the city or the format does not have."""
    from esdash.analysis.coverage.handout import districts
    from esdash.wording import handout
    from esdash.wording.names import Names

    text = terminal.text
    view = _view(inventory, name, wish)
    inventory = inventory.under(_conditions(inventory, wish))
    as_matrix = bool(wish["rows"] or wish["columns"])
    if wish["since"] and form not in ("xlsx", "pdf") and not (as_matrix and form in ("csv", "json")):
        raise UserError("handout_since", form=form)
    if wish["measure"] and form not in ("xlsx", "pdf"):
        raise UserError("handout_measure", form=form)
    if form == "xlsx":
        return exports.matrix_workbook(handout.of(inventory, Names(inventory, text), view), text, inventory.now())
    if form == "pdf":
        return exports.report_file(handout.report(inventory, Names(inventory, text), view), text, inventory.now())
    if form == "geojson":
        return exports.geojson_file(exports.marked(districts(inventory, view.selection), notice))
    writer: Callable[[pd.DataFrame], bytes] = {"csv": exports.plain_csv, "json": exports.json_file}[form]
    return writer(exports.marked(_table(inventory, name, view, as_matrix), notice))


def _table(inventory: Inventory, name: str, view: View, as_matrix: bool) -> pd.DataFrame:
    """One table of raw values: the matrix if rows or columns were given, otherwise the cells or the gaps.

    Each with the least, the central and the most coverage and missing places, where something is unknown; a comparison
    has none. Where hidden people have a part in a figure there is no single one.
    """
    from esdash.analysis.bounds import bounds
    from esdash.analysis.coverage import comparison, coverage, gaps, stand_in
    from esdash.wording import ends

    if as_matrix:
        if (before := comparison.before(inventory, view)) is not None:
            return comparison.seen(before, inventory, view)
        frame = stand_in.without_single(coverage.seen(inventory, view))
        return ends.beside(frame, bounds.seen(inventory, view), ("row_id", "column_id"))
    selection = view.selection
    if name == "gaps":
        table, fields = bounds.table(inventory, "theme", "district", selection), ("theme_id", "district_id")
        return ends.beside(stand_in.without_single(gaps.ranked(inventory, selection)), table, fields)
    cells = stand_in.without_single(coverage.cells(inventory, selection))
    return ends.beside(cells, bounds.cells(inventory, selection), ("theme_id", "target_group_id", "district_id"))


def _view(inventory: Inventory, name: str, wish: Wish) -> View:
    usual = View(measure=MEASURE[name])
    rows, columns = wish["rows"] or usual.rows, wish["columns"] or usual.columns
    if rows == columns or {rows, columns} == {"field", "theme"}:
        raise UserError("handout_axes", rows=rows, columns=columns)
    selection = Selection(
        _ids(inventory, "target_group", wish["groups"], "--group"),
        _ids(inventory, "theme", wish["themes"], "--theme"),
        _ids(inventory, "district", wish["districts"], "--district"),
    )
    field = _unfolded(inventory, selection) if "theme" in (rows, columns) else None
    return View(rows, columns, wish["measure"] or usual.measure, selection, field=field, since=wish["since"])


def _unfolded(inventory: Inventory, selection: Selection) -> str | None:
    """The field of action whose themes are the rows or columns: that of the only theme that was asked for."""
    if not selection.theme:
        return None
    return str(
        inventory.value("SELECT coalesce(parent_id, theme_id) FROM theme WHERE theme_id = $id", id=selection.theme)
    )


def _conditions(inventory: Inventory, wish: Wish) -> Conditions:
    """What counts as reachable and what is supposed. Raises UserError for what the inventory does not have."""
    supposed = Conditions.from_json(wish["suppose"]) if wish["suppose"] else NOTHING
    return replace(
        supposed,
        times=tuple(wish["times"]),
        languages=_ids(inventory, "language", wish["languages"], "--spoken"),
        barrier_free=bool(wish["barrier_free"]),
        assumed=bool(wish["assumed"]),
    )


def _ids(inventory: Inventory, table: str, wanted: Sequence[str], option: str) -> tuple[str, ...]:
    """The ids of what was written: an id, a name or a short name in any language, folded as for search and import."""
    from esdash.analysis.records import records

    if not wanted:
        return ()
    frame = records.reference(inventory, table)
    key = f"{table}_id"
    columns = [column for column in frame if column == key or column.startswith(("name", "short"))]
    rows = frame.to_dict("records")
    known = {fold(row[column]): row[key] for row in rows for column in columns[::-1] if isinstance(row[column], str)}
    missing = [word for word in wanted if fold(word) not in known]
    if missing:
        ids = frame[key].tolist()
        listed = ", ".join(ids[:LISTED]) + (" …" if len(ids) > LISTED else "")
        raise UserError("handout_unknown", option=option, value=missing[0], known=listed)
    return tuple(known[fold(word)] for word in wanted)
