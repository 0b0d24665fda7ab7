"""The next version as it would be frozen now, for the part "Fassungen" and for closing a meeting."""

from esdash.exports.lists import drafting
from esdash.inventory import Inventory
from esdash.inventory.steering.versions import Draft
from esdash.texts import Text


def draft(inventory: Inventory, text: Text, meeting_id: str | None = None, decision_id: str | None = None) -> Draft:
    """The draft of the next version with its files, which a meeting adopts by a decision, or which is only frozen.

    It is in the language of the city, whatever `text` a visitor reads: one list has one content and one checksum.
    Raises UserError for a meeting or decision that does not exist.
    """
    return drafting.draft(inventory, meeting_id, decision_id)
