"""The files of the part "Anlaufstellen": cards for address books, and the table for the city's welcome guide."""

from esdash import exports
from esdash.analysis.contact_points import cards
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.ui.widgets import tables
from esdash.wording import contact_points as words
from esdash.wording.names import names_of


def vcf(inventory: Inventory, text: Text) -> bytes:
    """Public contacts as cards."""
    names = names_of(inventory, text)
    example = names.city["kind"] in ("example", "generated")
    notice = text("app.example_note") if example else None
    return exports.vcard_file(cards.cards(inventory), names, names.city, inventory.now(), notice)


def welcome(inventory: Inventory, text: Text) -> bytes:
    """Contact points for the city's welcome guide."""
    frame, columns = words.welcome(inventory, names_of(inventory, text))
    return exports.csv_file(frame, columns, text, tables.export_notes(inventory, text))
