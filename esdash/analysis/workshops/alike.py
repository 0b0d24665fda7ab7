"""Ideas that say nearly the same, in groups (METHODS M5)."""

from esdash.inventory import Inventory
from esdash.inventory.cached import cached


@cached
def groups(inventory: Inventory) -> list[list[str]]:
    """Groups of ideas that are similar, directly or through others, the likest first; each in the order of its ids."""
    found: list[set[str]] = []
    for row in inventory.rows("FROM idea_pair"):
        pair = {row["a_id"], row["b_id"]}
        touched = [group for group in found if group & pair]
        if not touched:
            found.append(pair)
            continue
        touched[0] |= pair.union(*touched[1:])
        found = [group for group in found if group not in touched[1:]]
    return [sorted(group) for group in found]
