"""Records that a fault means, by what people call them: keys are for programs."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from esdash.errors import UserError
from esdash.inventory.file.store import Inventory
from esdash.inventory.importing.preview import Fault
from esdash.model.fields import Kind

# Key of a fault → the value that holds keys of records. That of the table is "table", else they are of the file's kind.
_KEYS = {"import_ambiguous": "records", "import_several_records": "records", "import_other_key": "other"}
_AND_ORGANIZATION = "LEFT JOIN inventory.organization AS o USING (organization_id)"
# Table → key, name, and what tells apart records of one name: organisation, address, day.
_DESCRIBED = {
    "organization": "SELECT organization_id AS id, name, [street, postcode] AS more FROM inventory.organization",
    "initiative": "SELECT initiative_id AS id, r.name, [o.name, l.name] AS more FROM inventory.initiative AS r "
    f"{_AND_ORGANIZATION} LEFT JOIN inventory.location AS l USING (location_id)",
    "contact_point": "SELECT contact_point_id AS id, r.name, [o.name, l.name] AS more "
    f"FROM inventory.contact_point AS r {_AND_ORGANIZATION} LEFT JOIN inventory.location AS l USING (location_id)",
    "course": f"SELECT course_id AS id, r.name, [o.name] AS more FROM inventory.course AS r {_AND_ORGANIZATION}",
    "session": "SELECT session_id AS id, c.name, [strftime(r.starts_on, '%d.%m.%Y'), "
    "strftime(DATE '2000-01-01' + r.begins, '%H:%M'), l.name] AS more FROM inventory.session AS r "
    "LEFT JOIN inventory.course AS c USING (course_id) LEFT JOIN inventory.location AS l USING (location_id)",
    "contact": f"SELECT contact_id AS id, role AS name, [o.name] AS more FROM inventory.contact {_AND_ORGANIZATION}",
    "location": "SELECT location_id AS id, r.name, [street, postcode, d.name] AS more FROM inventory.location AS r "
    "LEFT JOIN inventory.district AS d USING (district_id)",
    "district": "SELECT district_id AS id, name, [short_name] AS more FROM inventory.district",
    "theme": "SELECT t.theme_id AS id, t.name_de AS name, [p.name_de] AS more FROM inventory.theme AS t "
    "LEFT JOIN inventory.theme AS p ON p.theme_id = t.parent_id",
    "target_group": "SELECT target_group_id AS id, name_de AS name, [] AS more FROM inventory.target_group",
    "language": "SELECT language_id AS id, name_de AS name, [] AS more FROM inventory.language",
    "module": "SELECT module_id AS id, name_de AS name, [] AS more FROM inventory.module",
}


def described(inventory: Inventory, table: str, keys: Iterable[str]) -> dict[str, str]:
    """Key → "Beratung (AWO, Markt 1)", for those of these records that there are."""
    if table not in _DESCRIBED:
        return {}
    rows = inventory.rows(f"FROM ({_DESCRIBED[table]}) WHERE list_contains($keys, id)", keys=sorted(set(keys)))
    return {row["id"]: _sentence(row) for row in rows}


def _sentence(row: dict[str, Any]) -> str:
    more = ", ".join(filter(None, row["more"] or ()))
    return f"{row['name']} ({more})" if more else str(row["name"])


def by_name(inventory: Inventory, kind: Kind, faults: Sequence[Fault]) -> tuple[Fault, ...]:
    """The faults, with names in place of keys; the keys stay as the value `keys`, for whoever has to write one."""
    meant: dict[str, set[str]] = {}
    for fault in faults:
        if fault.error.key in _KEYS:
            meant.setdefault(_table(fault, kind), set()).update(_keys(fault))
    names = {table: described(inventory, table, keys) for table, keys in meant.items()}
    return tuple(_renamed(fault, names[_table(fault, kind)]) if fault.error.key in _KEYS else fault for fault in faults)


def _table(fault: Fault, kind: Kind) -> str:
    return str(fault.error.values.get("table", kind.table))


def _keys(fault: Fault) -> list[str]:
    return str(fault.error.values[_KEYS[fault.error.key]]).split(", ")


def _renamed(fault: Fault, names: dict[str, str]) -> Fault:
    keys = _keys(fault)
    said = "; ".join(names.get(key, key) for key in keys)
    values = {**fault.error.values, _KEYS[fault.error.key]: said, "keys": ", ".join(keys)}
    return replace(fault, error=UserError(fault.error.key, **values))
