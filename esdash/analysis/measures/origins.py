"""What a measure can follow from and does not yet: decisions, answers of the city, accepted merges of trainings."""

from typing import Any

from esdash.inventory import Inventory
from esdash.inventory.cached import cached


@cached
def waiting(inventory: Inventory) -> list[dict[str, Any]]:
    """One row per decision, accepting answer, and accepted merge that has no measure yet, the newest first.

    key; kind: decision, answer, bundling; number and day of it; its words; and what a measure takes from it: title,
    lead_organization_id, partner_ids, due_on, and the ids of where it comes from.
    """
    return inventory.rows("FROM measure_origin")
