"""The city around the records of an inventory, as the rules of what is plausible need it."""

from collections import defaultdict
from typing import cast

from esdash.inventory.file.store import Inventory
from esdash.model.plausible import Around, Edge


def around(inventory: Inventory) -> Around:
    """The districts of the city with their names, centres and shapes."""
    return cast("Around", inventory.once("around", lambda: _read(inventory)))


def _read(inventory: Inventory) -> Around:
    edges: dict[str, list[Edge]] = defaultdict(list)
    for row in inventory.rows("FROM district_edge"):
        edges[row["district_id"]].append((row["lat_a"], row["lon_a"], row["lat_b"], row["lon_b"]))
    districts = inventory.rows("SELECT district_id, name, lat, lon FROM district")
    names = {row["district_id"]: row["name"] for row in districts}
    return Around(names, [(row["lat"], row["lon"]) for row in districts], dict(edges))
