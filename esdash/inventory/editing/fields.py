"""The fields of a form, and its entries read as values with the rules of the import."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from esdash.errors import UserError
from esdash.inventory.file.store import Inventory
from esdash.inventory.importing import apart
from esdash.inventory.importing.draft import shown
from esdash.inventory.importing.lookup import Lookup
from esdash.inventory.importing.read.cells import Unreadable, tidied
from esdash.inventory.importing.records import Records, same_value
from esdash.inventory.importing.rows import choice, parse
from esdash.model import entries, rules
from esdash.model.fields import Field, Kind
from esdash.model.folding import fold
from esdash.model.kinds import BY_TABLE
from esdash.model.values import Wrong, written_out

Record = dict[str, Any]


@dataclass(frozen=True)
class Fault:
    """Why an entry is not saved: the field, and what to do (Text.error(fault.error))."""

    field: str
    error: UserError


class Faulty(UserError):
    """Entries that were not saved; the message is that of the first fault, `faults` holds all."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(faults[0].error.key, **faults[0].error.values)
        self.faults = faults


@dataclass(frozen=True)
class Entry:
    """The entries of a form: those that could be read, as values of columns, and the faults of the others."""

    given: Record
    faults: tuple[Fault, ...]


def fields(inventory: Inventory, table: str) -> tuple[Field, ...]:
    """The fields that a form may hold, in the order of the form, without the key."""
    columns = inventory.columns(table)
    kind = BY_TABLE[table]
    return tuple(field for field in kind.fields if field.name in columns and field.name != kind.key)


def read(inventory: Inventory, table: str, values: Mapping[str, Any], base: Record | None) -> Entry:
    """Read the entries of a form: texts as people write them, or values. `base`: the stored record, None for a new one.

    Entries equal to `base` are not checked, so that an old fault does not block other changes. None, an empty text
    and "unbekannt" mean unknown. Raises ValueError for a name that is not a field.
    """
    kind = BY_TABLE[table]
    known = {field.name: field for field in fields(inventory, table)}
    if strange := values.keys() - known.keys() - {kind.key, "version"}:
        raise ValueError(f"{table} has no fields {sorted(strange)}")
    given, faults = parsed(inventory, known, values, base)
    if not faults:
        faults = _broken(inventory, kind, given, base)
    return Entry(given, tuple(faults))


def readable(inventory: Inventory, table: str, values: Mapping[str, Any]) -> Record:
    """The entries that can be read, as values; faulty ones are left out."""
    return parsed(inventory, {field.name: field for field in fields(inventory, table)}, values)[0]


def parsed(
    inventory: Inventory, known: Mapping[str, Field], values: Mapping[str, Any], base: Record | None = None
) -> tuple[Record, list[Fault]]:
    """Each entry read for itself, without the rules between fields; names that are not fields are left out."""
    lookup = Lookup(inventory)
    given: Record = {}
    faults: list[Fault] = []
    for name, value in values.items():
        if name not in known:
            continue
        if base is not None and same_value(base.get(name), value):
            given[name] = base[name]
            continue
        try:
            given[name] = _value(known[name], value, lookup)
        except Wrong as wrong:
            faults.append(fault(name, wrong.key, **{"value": shown(_written(value)), **wrong.values}))
    return given, faults


def _broken(inventory: Inventory, kind: Kind, given: Record, base: Record | None) -> list[Fault]:
    """Rules between fields that the record would break, without those that the stored record breaks already."""
    record = {**(base or {}), **given}
    faults = [
        Fault(field.name, UserError("edit_required", field=field.label))
        for field in kind.fields
        if field.required and record.get(field.name) is None
    ]
    if base is not None and record.get("status", "") is None:
        faults.append(Fault("status", UserError("edit_required", field=kind.field("status").label)))
    today = inventory.today()
    before = set(rules.broken(kind.table, base, today)) if base else set()
    for name, key in rules.broken(kind.table, record, today):
        if (name, key) not in before:
            faults.append(fault(name, key, value=record.get(name), **rules.measured(kind.field(name), record)))
    if not faults and kind.table == "location" and rules.half_point(record) and not (base and rules.half_point(base)):
        faults.append(Fault("lat", UserError("edit_half_point")))
    if not faults and kind.table == "contact" and _archived_deputy(inventory, given, base):
        faults.append(Fault("deputy_contact_id", UserError("edit_deputy_archived")))
    if faults:
        return faults
    renamed = base is None or _named(kind, base) != _named(kind, record)
    if renamed and base is not None and kind.table == "survey":  # its key is made of theme and district
        return [Fault("theme_id", UserError("edit_survey_fixed"))]
    if renamed and (other := _same(inventory, kind, record, base)):
        return [Fault(kind.same_by[-1], UserError("edit_same_record", other=other))]
    return []


def _archived_deputy(inventory: Inventory, given: Record, base: Record | None) -> bool:
    """Whether the entries name a deputy, not the one of before, who is archived."""
    deputy = given.get("deputy_contact_id")
    if not deputy or (base and base.get("deputy_contact_id") == deputy):
        return False
    found = inventory.rows("SELECT status FROM inventory.contact WHERE contact_id = $id", id=deputy)
    return bool(found) and found[0]["status"] == "archived"


def _named(kind: Kind, record: Record) -> list[Any]:
    """What the record is called, as it is compared."""
    values = (record.get(name) for name in kind.same_by + kind.same_if_given)
    return [fold(value) if isinstance(value, str) else value for value in values]


def _same(inventory: Inventory, kind: Kind, record: Record, base: Record | None) -> str | None:
    """The keys of other records, not archived, that the import would take for the same one."""
    own = base[kind.key] if base else None
    found = [
        str(other[kind.key])
        for other in Records(inventory, kind).of_name(record)
        if other.get("status") != "archived" and other[kind.key] != own
        if not apart.compared(kind.table, record, other).two
    ]
    return ", ".join(found) or None


def _value(field: Field, value: Any, lookup: Lookup) -> Any:
    """One entry as a value of its column. Raises Wrong."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, list | tuple | set):
        if field.type in entries.TYPES:
            return entries.checked(value, field.type)
        if field.type == "references":
            return list(dict.fromkeys(lookup.find(field.target, str(item)) for item in value))
        return list(dict.fromkeys(choice(field, str(item)) for item in value))
    try:
        text = tidied(_written(value))
    except Unreadable as error:
        raise Wrong("import_not_text") from error
    if not text:
        return None
    if field.type == "place":
        return lookup.find("location", text)
    return parse(field, text, lookup)


def _written(value: Any) -> str:
    """The text that the import reads as this value."""
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, float):
        return written_out(value).replace(".", ",")  # 1.234 would be read as 1234
    if isinstance(value, date):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, list | tuple | set):
        return "; ".join(_written(item) for item in value)
    if entries.kind_of(value):
        return entries.written(value)
    if isinstance(value, dict):  # of times that are none
        return " ".join(_written(part) for part in value.values())
    return "" if value is None else str(value)


def fault(name: str, key: str, **values: object) -> Fault:
    """A message of the import about a cell as a message about a field: without row and column."""
    return Fault(name, UserError(f"edit_{key.removeprefix('import_')}", **values))
