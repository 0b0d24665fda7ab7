"""Archiving a contact, a place or a contact point that is in use: who or what follows is said in the same step.

Everything that refers to it changes in one transaction, and can be taken back as a whole.
"""

from collections.abc import Iterator
from typing import Any, Literal, NamedTuple
from uuid import uuid4

from esdash.errors import UserError
from esdash.inventory import reverting
from esdash.inventory.access import Action, Actor
from esdash.inventory.editing.ending import ended
from esdash.inventory.file import versions
from esdash.inventory.file.integrity import Reader
from esdash.inventory.file.store import Change, Inventory
from esdash.model.kinds import TABLES
from esdash.model.references import REFERENCES

Then = Literal["successor", "end", "open"]

SUCCEEDED = ("contact", "location", "contact_point")
# Table → columns of other records that name it and follow its successor, with which of these records still need it.
_NEEDED = {
    "initiative": "status IN ('planned', 'active', 'paused') AND (ended_on IS NULL OR ended_on >= $today)",
    "session": "status IN ('planned', 'confirmed') AND coalesce(ends_on, starts_on) >= $today",
    "contact_point": "status IN ('planned', 'active', 'paused')",
    "contact": "status = 'active'",
    "meeting": "meeting_state IN ('scheduled', 'invited') AND NOT cancelled AND held_on >= $today",
}


class SuccessionConflicts(UserError):
    """A succession that cannot be undone; `records`: pairs (table, key) of records that were edited since."""

    def __init__(self, records: list[tuple[str, str]]) -> None:
        named = ", ".join(sorted(f"{record} ({table})" for table, record in records))
        super().__init__("succession_undo_conflict", conflicts=named)
        self.records = records


class Use(NamedTuple):
    """A record that needs the one to be archived: its table, key and version, and the column that names it."""

    table: str
    record_id: str
    version: int
    column: str


def column_of(table: str) -> str:
    """The column of a table that names the successor."""
    return f"successor_{table}_id"


def uses(inventory: Inventory, table: str, record_id: str) -> list[Use]:
    """The records that need this one today: offers, training dates to come, contact points, deputies, meetings."""
    return list(_uses(inventory, inventory, table, record_id))


def last(inventory: Inventory, table: str, record_id: str) -> dict[str, Any] | None:
    """The succession of an archived record that can be taken back: its id and successor_id; None if there is none."""
    found = inventory.rows(
        "SELECT succession_id, successor_id FROM inventory.succession WHERE table_name = $table AND archived_id = $id",
        table=table,
        id=record_id,
    )
    return found[0] if found else None


def archive(
    inventory: Inventory,
    table: str,
    record_id: str,
    then: Then,
    actor: Actor,
    reason: str | None = None,
    successor_id: str | None = None,
    seen: int | None = None,
) -> str:
    """Archive a record and say what becomes of its uses, in one transaction; returns the id for `take_back`.

    successor: the uses name `successor_id` instead. end: offers and contact points end today, training dates are
    cancelled. open: nobody follows yet; the uses name nobody. A deputy who becomes the contact is nobody's deputy any
    more. A second call (double click) changes nothing. Raises UserError for a record that is gone, archived
    otherwise, or changed since version `seen`, and for a successor that is missing, archived or the record itself.
    """
    successor = successor_id if then == "successor" else None
    with inventory.change(actor, Action.ARCHIVE, reason) as change:
        record = versions.current(change, table, record_id)
        if record is None:
            raise UserError("edit_no_record", record=record_id)
        if record["status"] == "archived":
            if done := _done(change, table, record_id, successor):
                return done
            raise UserError("edit_no_action", record=record_id)
        if seen is not None and seen != record["version"]:
            raise UserError("record_changed_meanwhile", table=table, record=record_id)
        if then == "successor":
            _refuse_successor(change, table, record_id, successor)
        before = reverting.last_change(change)
        for use in _uses(inventory, change, table, record_id):
            _settle(inventory, change, use, then, successor)
        key = f"{table}_id"
        kept = {"version": record["version"], "status": "archived", column_of(table): successor}
        change.update(table, [{key: record_id, **kept}])
        succession = {"succession_id": uuid4().hex, "table_name": table, "archived_id": record_id}
        written = {"first_change_id": before + 1, "last_change_id": reverting.last_change(change)}
        change.insert("succession", [{**succession, "successor_id": successor, **written}])
        return succession["succession_id"]


def take_back(inventory: Inventory, succession_id: str, actor: Actor, reason: str | None = None) -> None:
    """Take archiving back with everything that it changed, in one transaction.

    Raises SuccessionConflicts with the records edited since, UserError for a succession that does not exist any more.
    """
    with inventory.change(actor, Action.ARCHIVE, reason) as change:
        found = change.rows("FROM inventory.succession WHERE succession_id = $id", id=succession_id)
        if not found:
            raise UserError("succession_missing")
        if edited := reverting.revert(inventory, change, found[0]["first_change_id"], found[0]["last_change_id"]):
            raise SuccessionConflicts(edited)
        change.remove("succession", [succession_id])


def refuse_in_use(inventory: Inventory, change: Change, table: str, record_id: str) -> None:
    """Raises UserError for a contact or place that others need: archiving it alone would leave them with nobody."""
    if table in SUCCEEDED and (found := list(_uses(inventory, change, table, record_id))):
        record = versions.current(change, table, record_id) or {}
        called = record.get("role" if table == "contact" else "name", record_id)  # a contact is called by its function
        raise UserError("edit_in_use", record=called, n=len({use[:2] for use in found}))


def forget(change: Change, table: str, record_id: str) -> None:
    """Forget the succession of a record that is brought back alone: what followed its successor stays with it."""
    found = change.rows(
        "SELECT succession_id FROM inventory.succession WHERE table_name = $table AND archived_id = $id",
        table=table,
        id=record_id,
    )
    if found:
        change.remove("succession", [found[0]["succession_id"]])


# ---------------------------------------------------------------- inside


def _uses(inventory: Inventory, reader: Reader, table: str, record_id: str) -> Iterator[Use]:
    for (by, column), target in REFERENCES.items():
        if (
            target == table
            and by in _NEEDED
            and (by in TABLES or by == "meeting")
            and not column.startswith("successor")
        ):
            asked: dict[str, Any] = {"today": inventory.today()} if "$today" in _NEEDED[by] else {}
            for row in reader.rows(
                f"SELECT {by}_id AS key, version FROM inventory.{by} "
                f"WHERE {column} = $id AND {_NEEDED[by]} ORDER BY key",
                id=record_id,
                **asked,
            ):
                yield Use(by, row["key"], row["version"], column)


def _done(change: Change, table: str, record_id: str, successor: str | None) -> str | None:
    """The id of the succession if this very one was recorded already."""
    found = change.rows(
        "SELECT succession_id FROM inventory.succession WHERE table_name = $table AND archived_id = $id "
        "AND successor_id IS NOT DISTINCT FROM $successor",
        table=table,
        id=record_id,
        successor=successor,
    )
    return str(found[0]["succession_id"]) if found else None


def _refuse_successor(change: Change, table: str, record_id: str, successor: str | None) -> None:
    if not successor:
        raise UserError("succession_needs_successor")
    if successor == record_id:
        raise UserError("succession_itself")
    found = versions.current(change, table, successor)
    if found is None or found["status"] not in ("active", "planned"):
        raise UserError("succession_not_active", record=successor)


def _settle(inventory: Inventory, change: Change, use: Use, then: Then, successor: str | None) -> None:
    """Change one use: it names the successor, ends, or names nobody. A person is never their own deputy."""
    key = f"{use.table}_id"
    record = versions.current(change, use.table, use.record_id) or {}
    follows: dict[str, Any] = {use.column: successor if successor != use.record_id else None}
    if then == "end" and use.table in ("initiative", "session", "contact_point"):
        follows = ended(record, use.table, inventory.today())
    change.update(use.table, [{key: use.record_id, "version": record["version"], **follows}])
