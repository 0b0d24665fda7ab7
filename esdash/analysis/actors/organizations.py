"""Organisations: what each offers, seeks and promised (organizations.sql)."""

from typing import Any

import pandas as pd

from esdash.inventory import Inventory, merging
from esdash.inventory.cached import cached

Row = dict[str, Any]


def actors(inventory: Inventory) -> pd.DataFrame:
    """One row per active organisation, as the view actor."""
    return inventory.frame("FROM actor")


@cached
def actor(inventory: Inventory, organization_id: str) -> Row | None:
    """One active organisation, the kept one if it was merged; None if there is none with this id."""
    current = merging.resolve(inventory, "organization", organization_id)
    rows = inventory.rows("FROM actor WHERE organization_id = $id", id=current)
    return rows[0] if rows else None


@cached
def offers(inventory: Inventory, organization_id: str) -> list[Row]:
    """One dict per running offer that it carries alone or with others: id, name, themes, waiting, wanted."""
    return inventory.rows(
        "SELECT initiative_id, name, organization_id, theme_ids, waiting, volunteers_wanted, assured_on "
        "FROM active_offer WHERE organization_id = $id OR list_contains(partner_ids, $id) "
        "ORDER BY name COLLATE de, initiative_id",
        id=organization_id,
    )


@cached
def courses(inventory: Inventory, organization_id: str) -> list[Row]:
    """One dict per training that it holds: course_id, name."""
    return inventory.rows(
        "SELECT course_id, name FROM course WHERE organization_id = $id AND status = 'active' "
        "ORDER BY name COLLATE de, course_id",
        id=organization_id,
    )


@cached
def contact_points(inventory: Inventory, organization_id: str) -> list[Row]:
    """One dict per contact point that it runs: contact_point_id, name."""
    return inventory.rows(
        "SELECT contact_point_id, name FROM contact_point WHERE organization_id = $id AND status = 'active' "
        "ORDER BY name COLLATE de, contact_point_id",
        id=organization_id,
    )


@cached
def places(inventory: Inventory, organization_id: str) -> list[Row]:
    """One dict per place that it uses: location_id, name, street, district_id, barrier_free."""
    return inventory.rows("FROM organization_place WHERE organization_id = $id", id=organization_id)


@cached
def promises(inventory: Inventory, organization_id: str) -> list[Row]:
    """One dict per promise, open ones first, then by the day until which it holds; broken ones are internal."""
    return inventory.rows(
        "SELECT commitment_id, text, given_on, due_on, state, checked_on, workshop_id, measure_id, "
        "standing = 'overdue' AS late FROM commitment_listed "
        "WHERE organization_id = $id AND state <> 'released' "
        "ORDER BY list_position(['open', 'kept', 'broken'], state), due_on NULLS LAST, commitment_id",
        id=organization_id,
    )


@cached
def contact(inventory: Inventory, organization_id: str) -> Row | None:
    """Whom one asks there (M18): function, phone, mail, the person only with public consent; None: nobody entered."""
    rows = inventory.rows("FROM organization_contact WHERE organization_id = $id", id=organization_id)
    return rows[0] if rows else None
