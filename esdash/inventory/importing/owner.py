"""The organisation of all rows that name none: a partner's own list has no column for the partner."""

from dataclasses import replace

from esdash.errors import UserError
from esdash.inventory.file.store import Inventory
from esdash.inventory.importing.columns import OWNER, Mapping
from esdash.inventory.importing.lookup import Lookup
from esdash.inventory.importing.preview import Notice
from esdash.model.fields import Kind
from esdash.model.values import Wrong


def looked_up(inventory: Inventory, kind: Kind, mapping: Mapping) -> Mapping:
    """The mapping with the key of the owner as the meaning of an empty cell. Raises UserError for an unknown name."""
    if not mapping.owner:
        return mapping
    if OWNER not in kind.by_name or kind.by_name[OWNER].type != "reference":
        raise UserError("import_owner_of_none", kind=kind.label)
    try:
        key = Lookup(inventory).find("organization", mapping.owner)
    except Wrong as wrong:
        near = str(wrong.values.get("near", ""))
        raise UserError("import_owner_near" if near else "import_owner", owner=mapping.owner, near=near) from wrong
    return replace(mapping, owner=None) | Mapping(values={OWNER: {"": key}})


def owner_named(inventory: Inventory, mapping: Mapping) -> list[Notice]:
    """A notice to whom rows without an organisation belong, also where that is known of the sender."""
    key = mapping.values.get(OWNER, {}).get("")
    name = inventory.value("SELECT name FROM inventory.organization WHERE organization_id = $key", key=key)
    return [Notice("import_kind.notice_owner", {"owner": name})] if name else []
