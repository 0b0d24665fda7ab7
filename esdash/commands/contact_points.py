"""What `export` writes about contact points: cards for address books, the table for the city's welcome guide."""

from collections.abc import Mapping
from typing import Any

from esdash import exports
from esdash.commands.terminal import Terminal
from esdash.inventory import Inventory


def written_contacts(inventory: Inventory, form: str, wish: Mapping[str, Any], terminal: Terminal) -> bytes:
    """Contacts: as a vCard file those with public consent of today, as a table all, persons only with that consent."""
    from esdash.analysis.contact_points import cards
    from esdash.analysis.records import handed_out
    from esdash.wording.names import names_of

    notes = _notes(inventory, terminal)
    notice, now = notes[0] if notes else None, inventory.now()
    if form != "vcf":
        frame = handed_out.listed(inventory, "contact")
        return exports.table_file("contacts", form, frame, notice, now, terminal.text)
    names = names_of(inventory, terminal.text)
    return exports.vcard_file(cards.cards(inventory), names, names.city, now, notice)


def written_welcome(inventory: Inventory, form: str, wish: Mapping[str, Any], terminal: Terminal) -> bytes:
    """Active contact points as the city's welcome guide takes them."""
    from esdash.wording.contact_points import welcome
    from esdash.wording.names import names_of

    frame, columns = welcome(inventory, names_of(inventory, terminal.text))
    day = terminal.text("export.as_of", day=inventory.now())
    return exports.csv_file(frame, columns, terminal.text, [*_notes(inventory, terminal), day])


def _notes(inventory: Inventory, terminal: Terminal) -> list[str]:
    kind = str(inventory.value("SELECT kind FROM meta"))
    return [terminal.text("app.example_note")] if kind in ("example", "generated") else []
