"""Records to choose from in a form: organisations, contacts, locations and courses by name (links.sql)."""

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
    """Record → what distinguishes it from others of the same name: its organisation, or the street of a place."""
    rows = inventory.rows("FROM record_owner WHERE table_name = $table", table=table)
    return {row["record_id"]: row["owner"] for row in rows}
