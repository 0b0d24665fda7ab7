"""The tile map of the city: where each district lies, the rivers between the tiles, and where people are hidden."""

from esdash.analysis.records import records
from esdash.analysis.selection import Selection
from esdash.inventory import Inventory, tiles
from esdash.inventory.cached import cached
from esdash.inventory.tiles import Tile


@cached
def positions(inventory: Inventory) -> dict[str, Tile]:
    """District → its tile, as the city's folder has it, or worked out where some district has none."""
    return _given(inventory) or _worked_out(inventory)


@cached
def rivers(inventory: Inventory) -> dict[str, list[tuple[float, float]]]:
    """River → the points of its line, in tiles from the western and from the northern edge.

    None where the tiles are worked out: the city drew the lines between its own.
    """
    found: dict[str, list[tuple[float, float]]] = {}
    for row in inventory.rows("FROM tile_river ORDER BY river, bend") if _given(inventory) else ():
        found.setdefault(row["river"], []).append((row["west"], row["north"]))
    return found


def hidden(inventory: Inventory, selection: Selection) -> frozenset[str]:
    """The districts in which the number of people of every group of the selection is hidden (METHODS M4)."""
    rows = inventory.rows(
        "SELECT district_id FROM population_shown WHERE $groups IS NULL OR list_contains($groups, target_group_id) "
        "GROUP BY district_id HAVING bool_and(quality = 'suppressed')",
        groups=selection.bound()["groups"],
    )
    return frozenset(row["district_id"] for row in rows)


def _given(inventory: Inventory) -> dict[str, Tile]:
    """District → the tile that the city set; empty if some district has none."""
    districts = records.reference(inventory, "district")
    sides = districts[list(tiles.SIDES)]
    if sides.isna().any(axis=None):
        return {}
    places = zip(districts["district_id"].tolist(), sides.to_numpy().tolist(), strict=True)
    return {key: Tile(int(column), int(row)) for key, (column, row) in places}


def _worked_out(inventory: Inventory) -> dict[str, Tile]:
    districts = records.reference(inventory, "district")
    centres = zip(districts["lon"].tolist(), districts["lat"].tolist(), strict=True)
    return tiles.worked_out(dict(zip(districts["district_id"].tolist(), centres, strict=True)))
