"""To be replaced."""

from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.wording.names import Names


def sentence(inventory: Inventory, text: Text) -> str:
    """The answer in one sentence."""
    return text("contact_points.soon")


def show(inventory: Inventory, text: Text, names: Names) -> None:
    """The part."""
