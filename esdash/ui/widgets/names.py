"""The names of what records point to, read once."""

from __future__ import annotations

from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.ui.shell.cached import kept
from esdash.wording.names import Names


@kept
def names_of(inventory: Inventory, text: Text) -> Names:
    """The names, made once."""
    return Names(inventory, text)
