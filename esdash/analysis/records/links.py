"""What a record can point to: organisations, contacts, locations and courses by name. The list is links.sql."""

from typing import Any

from esdash.inventory import Inventory

TABLES = ("organization", "contact", "location", "course")


def choices(inventory: Inventory, table: str) -> list[dict[str, Any]]:
    """One dict per record, by name: record_id, name, detail (organisation or street), organization_id, archived.

    Contacts are named by their function, never by the person.
    """
    if table not in TABLES:
        raise ValueError(f"nothing points to {table}")
    return inventory.rows("FROM link_choice WHERE table_name = $table", table=table)


def owner_names(inventory: Inventory, table: str) -> dict[str, str | None]:
    """Record → what tells it from others of its name: its organisation; the street of a place or an organisation."""
    rows = inventory.rows("FROM record_owner WHERE table_name = $table", table=table)
    return {row["record_id"]: row["owner"] for row in rows}
