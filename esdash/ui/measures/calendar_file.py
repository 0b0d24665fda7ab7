"""Due dates and steps of measures as a calendar file."""

from esdash.exports.measures import dates
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.ui.widgets.files import File


def of(lead: str | None) -> File:
    """The calendar file of the open measures, of one organisation or of all."""
    return File("measures.download_ics", "measures", "ics", _content, (lead,))


def _content(inventory: Inventory, text: Text, lead: str | None) -> bytes:
    return dates.calendar(inventory, text, lead)
