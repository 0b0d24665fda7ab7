"""An organisation that a new record names for the first time, added together with the record."""

from collections.abc import Sequence

from esdash.inventory.editing.fields import Fault, read
from esdash.inventory.file.store import Change, Inventory
from esdash.inventory.importing.keys import Keys
from esdash.model.folding import fold
from esdash.model.kinds import BY_TABLE

FIELD = "organization_id"  # of the record that names it


def faults(inventory: Inventory, found: Sequence[Fault], carrier: str | None) -> tuple[Fault, ...]:
    """The faults of a record whose organisation has this name: it is not missing, but its name may be at fault."""
    if not carrier:
        return tuple(found)
    of_record = [one for one in found if (one.field, one.error.key) != (FIELD, "edit_required")]
    of_name = () if known(inventory, carrier) else read(inventory, "organization", {"name": carrier}, None).faults
    return (*of_record, *(Fault(FIELD, one.error) for one in of_name))


def settle(inventory: Inventory, change: Change, carrier: str) -> str:
    """The id of the organisation of this name, which is added if there is none. The name must have no faults."""
    if found := known(inventory, carrier):
        return found[0]
    given = read(inventory, "organization", {"name": carrier}, None).given
    key = Keys(inventory, "organization").for_record(BY_TABLE["organization"], given)
    change.insert("organization", [{FIELD: key, **given}])
    return key


def known(inventory: Inventory, carrier: str) -> tuple[str, str] | None:
    """Id and name of the organisation whose whole name this is, but for capitals, accents and punctuation.

    A part of a name is not enough, as it is in the import: "Elbaue" may be another one than the family centre Elbaue.
    """
    rows = inventory.rows("SELECT organization_id, name FROM inventory.organization WHERE status <> 'archived'")
    found = [(row["organization_id"], row["name"]) for row in rows if fold(row["name"]) == fold(carrier)]
    return found[0] if len(found) == 1 else None
