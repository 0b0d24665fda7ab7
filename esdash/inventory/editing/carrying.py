"""An organisation that a new record names for the first time, added together with the record."""

from collections.abc import Sequence

from esdash.inventory.editing.fields import Fault, read
from esdash.inventory.file.store import Change, Inventory
from esdash.inventory.importing.keys import Keys
from esdash.inventory.importing.lookup import Lookup
from esdash.model.kinds import BY_TABLE
from esdash.model.values import Wrong

FIELD = "organization_id"  # of the record that names it


def faults(inventory: Inventory, found: Sequence[Fault], carrier: str | None) -> tuple[Fault, ...]:
    """The faults of a record whose organisation has this name: it is not missing, but its name may be at fault."""
    if not carrier:
        return tuple(found)
    of_record = [one for one in found if (one.field, one.error.key) != (FIELD, "edit_required")]
    of_name = () if _known(inventory, carrier) else read(inventory, "organization", {"name": carrier}, None).faults
    return (*of_record, *(Fault(FIELD, one.error) for one in of_name))


def settle(inventory: Inventory, change: Change, carrier: str) -> str:
    """The id of the organisation of this name, which is added if there is none. The name must have no faults."""
    if known := _known(inventory, carrier):
        return known
    given = read(inventory, "organization", {"name": carrier}, None).given
    key = Keys(inventory, "organization").for_record(BY_TABLE["organization"], given)
    change.insert("organization", [{FIELD: key, **given}])
    return key


def _known(inventory: Inventory, carrier: str) -> str | None:
    try:
        return Lookup(inventory).find("organization", carrier)
    except Wrong:
        return None
