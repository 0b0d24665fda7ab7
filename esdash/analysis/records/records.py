"""The inventory as lists and single records (records.sql)."""

from datetime import date
from typing import Any

import pandas as pd

from esdash.inventory import Inventory, merging
from esdash.inventory.cached import cached


def initiatives(inventory: Inventory) -> pd.DataFrame:
    """One row per initiative, also ended ones, with names of organisation, place and district."""
    return inventory.frame("FROM initiative_listed")


def initiative(inventory: Inventory, initiative_id: str) -> dict[str, Any] | None:
    """One initiative with all its fields, the kept one if it was merged; None if there is none with this id."""
    current = merging.resolve(inventory, "initiative", initiative_id)
    rows = inventory.rows("FROM initiative_listed WHERE initiative_id = $id", id=current)
    return rows[0] if rows else None


def contact(inventory: Inventory, contact_id: str | None) -> dict[str, Any] | None:
    """A contact: its function, and the person only with public consent."""
    rows = inventory.rows(
        "SELECT role, language_ids, last_reached_on, email, phone, name FROM contact_shown WHERE contact_id = $id",
        id=contact_id,
    )
    return rows[0] if rows else None


def organizations(inventory: Inventory) -> pd.DataFrame:
    """One row per organisation with the number of its running offers and courses."""
    return inventory.frame("FROM organization_listed")


def organization_names(inventory: Inventory) -> pd.DataFrame:
    """One row per organisation in the order of their names: id and name."""
    return inventory.frame("SELECT organization_id, name FROM organization ORDER BY name COLLATE de, organization_id")


def contact_points(inventory: Inventory) -> pd.DataFrame:
    """One row per contact point; contact data of people only with public consent."""
    return inventory.frame("FROM contact_point_listed")


def changes(inventory: Inventory, table: str | None = None, record_id: str | None = None) -> pd.DataFrame:
    """One row per changed field, the newest first: when, who, which record and field, before, after.

    Entries are numbered as listed: the numbers of the log itself would tell how many districts changed (METHODS M4).
    """
    return inventory.frame(
        "SELECT * REPLACE (dense_rank() OVER (ORDER BY change_id) AS change_id) FROM change_listed "
        "WHERE ($table IS NULL OR table_name = $table) "
        "AND ($record_id IS NULL OR record_id = $record_id) ORDER BY change_id DESC, field",
        table=table,
        record_id=record_id,
    )


def status(inventory: Inventory) -> dict[str, Any]:
    """What the inventory is: kind (example, public, …), the city, and today."""
    return inventory.rows("SELECT kind, city.*, today FROM meta CROSS JOIN city CROSS JOIN clock")[0]


def reference(inventory: Inventory, table: str) -> pd.DataFrame:
    """One row per record of a reference table (theme, target_group, language, district, module, …), in its order."""
    known = {"theme", "target_group", "language", "district", "module", "planning_value", "criterion", "city_total"}
    if table not in known:
        raise ValueError(f"{table} is no reference table")
    order = "sort" if table not in {"planning_value", "city_total"} else "ALL"
    shown = "city_total_shown" if table == "city_total" else table  # METHODS M4: a total can be too small too
    return inventory.frame(f"FROM {shown} ORDER BY {order}")


@cached
def hidden_people(inventory: Inventory) -> list[tuple[str, str]]:
    """Table and key of each number of people that is stored but not shown (METHODS M4)."""
    rows = inventory.rows(
        "SELECT 'population' AS table_name, district_id || '|' || target_group_id AS record_id "
        "FROM population_shown WHERE quality = 'suppressed' "
        "UNION ALL SELECT 'city_total', target_group_id FROM city_total_shown WHERE persons IS NULL ORDER BY ALL"
    )
    return [(row["table_name"], row["record_id"]) for row in rows]


@cached
def comparison_days(inventory: Inventory) -> list[tuple[date, str]]:
    """Days worth comparing with, the latest first, with their names."""
    return [(row["day"], row["name"]) for row in inventory.rows("FROM comparison_day")]


@cached
def first_day(inventory: Inventory) -> date:
    """The day of the first entry in the log."""
    first = inventory.value("SELECT min(changed_at) FROM change_log")
    return inventory.today() if first is None else first.date()


def exchange(inventory: Inventory) -> dict[str, list[dict[str, Any]]]:
    """Table → records for other networks: without archived ones, and persons only with public consent."""
    return {
        table: inventory.rows(f"FROM {table}_exchanged ORDER BY {table}_id")
        for table in ("initiative", "contact_point", "organization", "location", "contact", "city")
    }
