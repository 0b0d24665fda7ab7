"""Names of what records point to, and words for their values, read once."""

from __future__ import annotations

from esdash.inventory import Inventory
from esdash.inventory.cached import cached
from esdash.texts import Text
from esdash.wording.names import Names
from esdash.wording.values import Values


@cached
def names_of(inventory: Inventory, text: Text) -> Names:
    """The names, made once."""
    return Names(inventory, text)


@cached
def values_of(inventory: Inventory, text: Text, table: str) -> Values:
    """The words for values of records of a table, made once."""
    return Values(inventory, names_of(inventory, text), table)
