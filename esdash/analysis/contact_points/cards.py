"""Functions that may be handed out as cards of an address book (cards.sql)."""

from typing import Any

from esdash.inventory import Inventory


def cards(inventory: Inventory) -> list[dict[str, Any]]:
    """One row per contact with public consent today, or contact point that has a phone or mail and no contact.

    table_name and record_id, role, person (with consent), phone, email, language_ids, organization, place, street,
    postcode, website, changed_at.
    """
    return inventory.rows("FROM contact_card")
