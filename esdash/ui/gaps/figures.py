"""The matrix and the maps of the page Weiße Flecken, cached for each choice."""

from typing import Any

import pandas as pd

from esdash import charts
from esdash.analysis.coverage import comparison, coverage
from esdash.analysis.records import records
from esdash.analysis.selection import Selection, View
from esdash.inventory import Inventory
from esdash.inventory.cached import cached
from esdash.texts import Text
from esdash.wording import gaps as wording
from esdash.wording.columns import Column
from esdash.wording.names import names_of


@cached
def matrix(inventory: Inventory, text: Text, view: View) -> Any:
    """The matrix of the page Weiße Flecken."""
    rows, columns = wording.axes(inventory, names_of(inventory, text), view)
    return charts.matrix(coverage.seen(inventory, view), rows, columns, text, view.measure)


def change_matrix(before: Inventory, after: Inventory, text: Text, view: View) -> Any:
    """The matrix of the differences between two states."""
    rows, columns = wording.axes(after, names_of(after, text), view)
    compared = comparison.compare(before, after, *view.axes, view.beyond)
    return charts.change_matrix(compared, rows, columns, text, view.measure)


@cached
def district_map(inventory: Inventory, text: Text, view: View, offer: str | None) -> Any:
    """The map of the page Weiße Flecken: the measure, the offers as points, or the reach of one offer."""
    names = names_of(inventory, text)
    values, hovers = (
        wording.reach_values(inventory, names, offer) if offer else wording.map_values(inventory, text, view)
    )
    return charts.district_map(
        records.reference(inventory, "district"),
        values,
        hovers,
        view.selection.district,
        points=coverage.offer_points(inventory, view.selection, offer),
        outline=names.city["outline"],
        ramp="calm" if offer or view.measure == "offers" else "attention",
    )


@cached
def small_maps(inventory: Inventory, text: Text, selection: Selection) -> Any:
    """One small map per field of action."""
    names = names_of(inventory, text)
    frame = coverage.matrix(inventory, "district", "field", selection)
    whole = coverage.matrix(inventory, "field", "city", selection).set_index("row_id")
    fields = names.axis("field")
    titles = [
        f"<b>{name}</b><br>" + text("gaps.small_title", coverage=text.percent(whole["coverage"].get(key)))
        for key, name in zip(fields.ids, fields.short, strict=True)
    ]
    return charts.small_maps(records.reference(inventory, "district"), frame, fields, titles, text)


@cached
def as_table(inventory: Inventory, text: Text, view: View) -> tuple[pd.DataFrame, list[Column]]:
    """The matrix as a table: one row per row, one column per column, each cell in words."""
    rows, columns = wording.axes(inventory, names_of(inventory, text), view)
    frame = coverage.seen(inventory, view)
    words = {(cell.row_id, cell.column_id): charts.matrix_word(cell, view.measure, text) for cell in frame.itertuples()}
    unknown = text("state.unknown")
    table = pd.DataFrame(
        {
            "row": rows.full,
            **{key: [words.get((row, key), unknown) for row in rows.ids] for key in columns.ids},
        }
    )
    label = text(f"axis.{view.rows}")
    named = [Column(key, name, "text", 16) for key, name in zip(columns.ids, columns.short, strict=True)]
    return table, [Column("row", label, "text", 30), *named]
