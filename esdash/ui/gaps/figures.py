"""The matrix and the maps of the page Weiße Flecken, cached for each choice."""

from typing import Any

import pandas as pd

from esdash import charts
from esdash.analysis.coverage import coverage
from esdash.analysis.records import records
from esdash.analysis.selection import View
from esdash.inventory import Inventory
from esdash.inventory.cached import cached
from esdash.texts import Text
from esdash.wording import classes, faces, tiles
from esdash.wording import gaps as wording
from esdash.wording.columns import Column
from esdash.wording.names import names_of

MAP_HEIGHT = 390  # beside the matrix, on a projector [pixels]


@cached
def matrix(inventory: Inventory, text: Text, view: View, alone: bool = False, paper: bool = False) -> Any:
    """The matrix of the page Weiße Flecken, as high as the tile map beside it; `alone` with rows for a finger,
    on paper with low ones: both stand on one sheet.
    """
    drawn = 10_000 if alone else charts.tile_map_height(tiles.tile_map(inventory, text, view))
    if paper:
        return charts.matrix(faces.face(inventory, text, view), height=0, least=charts.ON_PAPER)
    return charts.matrix(faces.face(inventory, text, view), height=drawn)


@cached
def keys(inventory: Inventory, text: Text, view: View, small_maps: bool, width: int) -> Any:
    """The parts of the key of everything that is drawn: of matrix and map, or of the small maps."""
    views = [faces.of_fields(view)] if small_maps else [view, faces.of_districts(view)]
    drawn = [faces.face(inventory, text, one) for one in views]
    steps = [step for one in drawn for step in one.steps]
    return charts.keys(classes.key(drawn[0].view.measure, drawn[0].compared, steps, text), width)


@cached
def tile_map(inventory: Inventory, text: Text, view: View) -> Any:
    """The tile map of the page Weiße Flecken: the measure by district."""
    return charts.tile_map(tiles.tile_map(inventory, text, view))


@cached
def district_map(inventory: Inventory, text: Text, view: View) -> Any:
    """The map of the page Weiße Flecken: the measure by district, and the offers as points."""
    drawn = faces.face(inventory, text, faces.of_districts(view))
    return charts.face_map(
        drawn,
        records.reference(inventory, "district"),
        view.selection.district,
        points=coverage.offer_points(inventory, view.selection, None),
        outline=names_of(inventory, text).city["outline"],
        height=MAP_HEIGHT,
    )


@cached
def reach_map(inventory: Inventory, text: Text, view: View, offer: str) -> Any:
    """The map of the reach of one offer: near districts are stronger."""
    names = names_of(inventory, text)
    values, hovers = wording.reach_values(inventory, names, offer)
    return charts.district_map(
        records.reference(inventory, "district"),
        charts.shades(values),
        hovers,
        view.selection.district,
        points=coverage.offer_points(inventory, view.selection, offer),
        outline=names.city["outline"],
        height=MAP_HEIGHT,
    )


@cached
def small_maps(inventory: Inventory, text: Text, view: View, narrow: bool) -> Any:
    """One small map per field of action."""
    drawn, whole = faces.face(inventory, text, faces.of_fields(view)), faces.of_fields(view)
    city = faces.face(inventory, text, View("city", "field", whole.measure, whole.selection, since=whole.since))
    titles = [
        (name, text("gaps.small_title", coverage=city.cells["city", key].word))
        for key, name in zip(drawn.columns.ids, drawn.columns.short, strict=True)
    ]
    return charts.small_maps(records.reference(inventory, "district"), drawn, titles, narrow)


@cached
def as_table(inventory: Inventory, text: Text, view: View) -> tuple[pd.DataFrame, list[Column]]:
    """The matrix as a table: one row per row, one column per column, each cell in words."""
    drawn = faces.face(inventory, text, view)
    words = {key: [drawn.cells[row, key].word for row in drawn.rows.ids] for key in drawn.columns.ids}
    named = [Column(key, name, "text", 16) for key, name in zip(drawn.columns.ids, drawn.columns.short, strict=True)]
    table = pd.DataFrame({"row": drawn.rows.full, **words})
    return table, [Column("row", text(f"axis.{view.rows}"), "text", 30), *named]
