"""The tile map in words: one tile for each district, with the figures of map and matrix."""

from typing import NamedTuple

import pandas as pd

from esdash.analysis.coverage import tiles
from esdash.analysis.selection import View
from esdash.inventory import Inventory
from esdash.inventory.cached import cached
from esdash.texts import Text
from esdash.wording import classes, figures
from esdash.wording.columns import Column
from esdash.wording.faces import Cell, Face, face, map_title, of_districts
from esdash.wording.names import names_of


class Tile(NamedTuple):
    """One district: its tile (column from the west, row from the north, both from 1), its name and its cell."""

    district_id: str
    column: int
    row: int
    name: str
    cell: Cell
    why: str  # one or two words why there is no figure; empty where there is one, and in a comparison
    chosen: bool

    @property
    def quiet(self) -> bool:
        """Whether it does not stand out: hardly anything is missing, or there is no figure."""
        return self.cell.quiet or self.cell.step in classes.UNASSESSED

    @property
    def met(self) -> float | None:
        """Which part of the need is met, for the bar; None where words stand in its place."""
        return None if self.why else self.cell.met


class TileMap(NamedTuple):
    """The measure of a view by district, in one language."""

    face: Face
    tiles: list[Tile]
    rivers: dict[str, list[tuple[float, float]]]  # name → points, in tiles from the west and from the north
    title: str
    note: str  # what the bar means, and that positions are simplified
    alt: str  # what the picture shows: each district with its figure

    @property
    def size(self) -> tuple[int, int]:
        """The number of columns and rows."""
        return max((tile.column for tile in self.tiles), default=1), max((tile.row for tile in self.tiles), default=1)


@cached
def tile_map(inventory: Inventory, text: Text, view: View) -> TileMap:
    """The tile map of a view: its measure by district, for what is chosen of target groups and themes."""
    shown, placed = face(inventory, text, of_districts(view)), tiles.positions(inventory)
    hidden, names = tiles.hidden(inventory, view.selection), names_of(inventory, text)
    found = [
        Tile(
            key,
            *placed[key],
            names.short("district", key),
            shown.cells[key, "city"],
            "" if shown.compared else _why(shown.cells[key, "city"], key in hidden, text),
            key == view.selection.district,
        )
        for key in shown.rows.ids
    ]
    listed = "; ".join(f"{tile.name}: {_said(tile)}" for tile in found)
    title = map_title(shown, text)
    return TileMap(
        shown,
        found,
        tiles.rivers(inventory),
        title,
        text("tiles.note" if any(tile.met is not None for tile in found) else "tiles.note_no_bar"),
        text("tiles.alt", title=title, n=len(found), listed=listed),
    )


def as_table(drawn: TileMap, text: Text) -> tuple[pd.DataFrame, list[Column]]:
    """The tile map as a table: one row per district, its figure, and the part of the need that is met, in words."""
    frame = pd.DataFrame(
        {
            "district": drawn.face.rows.full,
            "figure": [_said(tile) for tile in drawn.tiles],
            "met": [figures.word("coverage", tile.met, text) for tile in drawn.tiles],
        }
    )
    columns = [Column("district", text("column.district"), width=30), Column("figure", drawn.title, width=24)]
    barred = drawn.face.view.measure != "coverage" and not drawn.face.compared
    return frame, [*columns, *([Column("met", text("measure.coverage"), width=24)] if barred else [])]


def _said(tile: Tile) -> str:
    """The figure of a tile in words; where there is none, why, and what is known instead."""
    if not tile.why:
        return tile.cell.figure
    return tile.why if tile.cell.word == tile.cell.sign else f"{tile.cell.figure} ({tile.why})"


def _why(cell: Cell, hidden: bool, text: Text) -> str:
    """Why a tile has no figure: hidden, unknown, not surveyed, not applicable, or no offer is known."""
    step = cell.step
    if step not in classes.UNASSESSED:
        return text("quality.suppressed") if hidden and cell.value is None else ""
    if step == "none_known":
        return text("tiles.none_known")
    return text("quality.suppressed") if hidden and step == "unknown" else text(f"state.{step}")
