"""What looks wrong in the entries of a form: said below the field, and saved all the same."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from esdash.inventory.editing.fields import readable
from esdash.inventory.file.around import around
from esdash.inventory.file.store import Inventory
from esdash.model import plausible
from esdash.model.plausible import Doubt


def doubts(
    inventory: Inventory, table: str, values: Mapping[str, Any], place: Mapping[str, Any] | None = None
) -> tuple[Doubt, ...]:
    """The doubts about what is entered; those about a new place beside fields named location_<part>."""
    city = around(inventory)
    found = list(plausible.doubts(readable(inventory, table, values), city))
    if place:
        of_place = plausible.doubts(readable(inventory, "location", place), city)
        found += [replace(one, beside=f"location_{one.beside}") for one in of_place]
    return tuple(found)
