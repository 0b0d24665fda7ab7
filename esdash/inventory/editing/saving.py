"""Saving one record: added or changed in one transaction, once per key, and never over somebody else's change."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, timedelta
from typing import Any

from esdash.errors import UserError
from esdash.inventory.access import Action, Actor
from esdash.inventory.editing import carrying, placing
from esdash.inventory.editing.fields import Entry, Fault, Faulty, Record, fields, read
from esdash.inventory.file import versions
from esdash.inventory.file.store import Change, Inventory
from esdash.inventory.importing.keys import Keys
from esdash.inventory.importing.records import same_value
from esdash.model.fields import Field
from esdash.model.kinds import BY_TABLE

KEYS_KEPT = timedelta(days=7)  # a double click on a form is not recognised after this time


@dataclass(frozen=True)
class Draft:
    """A record as a form shows it; `record_id` and `version` are None for a new one."""

    table: str
    record_id: str | None
    fields: tuple[Field, ...]
    values: Record  # field → value, and the key of an existing record
    version: int | None


@dataclass(frozen=True)
class Clash:
    """A field changed since the form was opened: its value then, mine, and the one somebody else saved."""

    field: str
    base: Any
    mine: Any
    theirs: Any

    @property
    def both(self) -> bool:
        """Whether both changed the field, to different values."""
        return not any(
            same_value(*pair) for pair in ((self.base, self.mine), (self.base, self.theirs), (self.mine, self.theirs))
        )


class Conflict(UserError):
    """Somebody else saved the record meanwhile; nothing was saved.

    To go on, save the chosen values with `version`, the version of the state that somebody else saved.
    """

    def __init__(self, table: str, record_id: str, version: int, clashes: tuple[Clash, ...]) -> None:
        super().__init__("edit_conflict", record=record_id)
        self.table = table
        self.record_id = record_id
        self.version = version
        self.clashes = clashes


def draft(inventory: Inventory, table: str, record_id: str | None = None) -> Draft:
    """A record for a form; without `record_id` an empty one. Raises UserError for a record that does not exist."""
    shown = fields(inventory, table)
    if record_id is None:
        return Draft(table, None, shown, dict.fromkeys((field.name for field in shown), None), None)
    record = versions.current(inventory, table, record_id)
    if record is None:
        raise UserError("edit_no_record", record=record_id)
    values = {field.name: record[field.name] for field in shown}
    return Draft(table, record_id, shown, {BY_TABLE[table].key: record_id, **values}, record["version"])


def validate(
    inventory: Inventory,
    table: str,
    values: Mapping[str, Any],
    place: Mapping[str, Any] | None = None,
    carrier: str | None = None,
) -> tuple[Fault, ...]:
    """The faults for which `save` would refuse these entries; `values` holds the key of an existing record."""
    record_id = values.get(BY_TABLE[table].key)
    base = versions.current(inventory, table, record_id) if record_id else None
    found = carrying.faults(inventory, read(inventory, table, values, base).faults, carrier)
    return (*found, *placing.faults(inventory, place))


def new_key() -> str:
    """A key against saving twice by a double click: make it when the form is shown, not when it is sent."""
    return secrets.token_hex(16)


def save(
    inventory: Inventory,
    table: str,
    values: Mapping[str, Any],
    version: int | None,
    actor: Actor,
    reason: str | None,
    key: str,
    place: Mapping[str, Any] | None = None,
    carrier: str | None = None,
    correction: bool = False,
) -> str:
    """Add a record (`version` None) or change the one whose key is in `values`; returns its key.

    Texts are read as the import reads them, None is unknown, fields that are left out stay as they are. `place` is a
    location given by its parts (placing.PARTS); the record gets an existing location with these, or a new one from
    the same transaction. `carrier` names the organisation of a new record, which is added with it if nobody has
    entered it yet. The same `key` saves once: a second call returns the record of the first. `correction`: it was so
    already, and stood there wrongly (METHODS M13).
    Raises Faulty for entries that cannot be saved (faults of the place have fields named location_<part>), Conflict
    if somebody else saved the record meanwhile, UserError for a record that is gone.
    """
    editing = Action.CORRECT_RECORDS if correction else Action.EDIT_RECORDS
    action = Action.ENTER_RECORDS if version is None else editing
    with inventory.change(actor, action, reason) as change:
        done = change.rows("SELECT record_id FROM inventory.write_key WHERE write_key_id = $key", key=key)
        if done:
            return str(done[0]["record_id"])
        if version is None:
            record_id = _add(inventory, change, table, values, place, carrier)
        else:
            record_id = _edit(inventory, change, table, values, version, place)
        _remember(inventory, change, key, record_id)
    return record_id


def _add(
    inventory: Inventory,
    change: Change,
    table: str,
    values: Mapping[str, Any],
    place: Mapping[str, Any] | None,
    carrier: str | None,
) -> str:
    kind = BY_TABLE[table]
    entry = read(inventory, table, values, None)
    entry = Entry(entry.given, carrying.faults(inventory, entry.faults, carrier))
    entry = _settled(inventory, change, entry, place, None)
    given = {name: value for name, value in entry.given.items() if value is not None}  # unknown, or the default
    if carrier:
        given[carrying.FIELD] = carrying.settle(inventory, change, carrier)
    record_id = Keys(inventory, table).for_record(kind, given)
    change.insert(table, [{kind.key: record_id, **placing.with_district(inventory, table, given, {})}])
    return record_id


def _edit(
    inventory: Inventory,
    change: Change,
    table: str,
    values: Mapping[str, Any],
    version: int,
    place: Mapping[str, Any] | None,
) -> str:
    kind = BY_TABLE[table]
    record_id = str(values[kind.key])
    theirs = versions.current(change, table, record_id)
    if theirs is None:
        raise UserError("edit_no_record", record=record_id)
    base = theirs if theirs["version"] == version else versions.at_version(inventory, table, record_id, version)
    base = base or {}
    entry = read(inventory, table, values, base or theirs)
    entry = _settled(inventory, change, entry, place, base.get("location_id"))
    mine = {name: value for name, value in entry.given.items() if not same_value(base.get(name), value)}
    mine = {name: value for name, value in mine.items() if not same_value(theirs[name], value)}
    if mine and theirs["version"] != version:
        raise Conflict(table, record_id, theirs["version"], _clashes(inventory, table, base, mine, theirs))
    if mine:
        mine = placing.with_district(inventory, table, mine, theirs)
        change.update(table, [{kind.key: record_id, "version": version, **mine}])
    return record_id


def _settled(
    inventory: Inventory, change: Change, entry: Entry, place: Mapping[str, Any] | None, current: str | None
) -> Entry:
    """The entries with the id of the location of the place. Raises Faulty for faults of the entries or the place."""
    faults = (*entry.faults, *placing.faults(inventory, place))
    if faults:
        raise Faulty(faults)
    if place is None:
        return entry
    return Entry({**entry.given, "location_id": placing.settle(inventory, change, place, current)}, ())


def _clashes(inventory: Inventory, table: str, base: Record, mine: Record, theirs: Record) -> tuple[Clash, ...]:
    """The fields that either side changed since the form was opened, in the order of the form."""
    states = [
        Clash(name, base.get(name), mine.get(name, base.get(name)), theirs[name])
        for name in (field.name for field in fields(inventory, table))
    ]
    return tuple(clash for clash in states if clash.field in mine or not same_value(clash.base, clash.theirs))


def _remember(inventory: Inventory, change: Change, key: str, record_id: str) -> None:
    """Note that this key has saved, and delete keys that are too old to matter."""
    now = inventory.now().astimezone(UTC).replace(tzinfo=None)
    old = change.rows(
        "SELECT write_key_id FROM inventory.write_key WHERE written_at < CAST($before AS TIMESTAMP)",
        before=(now - KEYS_KEPT).isoformat(sep=" "),
    )
    if old:
        change.remove("write_key", [row["write_key_id"] for row in old])
    written = {"write_key_id": key, "record_id": record_id, "written_at": now.isoformat(sep=" ")}
    change.insert("write_key", [written])
