"""Erasing a person from records, change log, file and the backups beside it; the function of the contact stays.

erase(inventory, contact_id, actor, reason)    # report: where the person was found, which backups still hold them

Present and earlier names, mail addresses and phone numbers of the contact are searched in every text of the inventory
(whole words, in any case, phone numbers by their digits) and removed. Then the file is written anew, because deleted
values stay in a DuckDB file. A row of the table `erasure` remains, which names nobody; erasing cannot be undone.

The backups beside the inventory are rewritten in the same way, so that no restore brings the person back. Backups that
cannot be rewritten (of an older version, open elsewhere) are reported. Copies in other places cannot be reached; so a
restore first repeats all erasures that the inventory in place has recorded (backups.restore).
A frozen version of the list is never rewritten, for its files were handed out and the next version names its checksum;
freezing refuses whoever is a contact already. Versions that name the person all the same (who became a contact later)
are reported.
What may name the person in other words ("Frau Muster") is listed with its place, because only a person can tell;
erasing again with these words removes them too.
Limits: nicknames and misspelt names are not found, a backup from before the contact was entered may name the person in
a note, and one restored from elsewhere may name it in such other words.
"""

import os
import secrets
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from typing import Any

import duckdb

from esdash.errors import UserError
from esdash.inventory.access import Action, Actor
from esdash.inventory.file import erasures, leftovers
from esdash.inventory.file.attaching import attach, backup_folder
from esdash.inventory.file.store import Inventory
from esdash.inventory.privacy import rewriting, traces
from esdash.inventory.privacy.person import Person, marks
from esdash.inventory.privacy.rewriting import Finds
from esdash.inventory.privacy.traces import Trace


@dataclass(frozen=True)
class Report:
    """What an erasure did, without naming the person. `found`: (table, column) → number of values with the person."""

    erasure_id: str
    found: Finds
    backups: tuple[Path, ...]  # rewritten without the person
    backups_left: tuple[Path, ...]  # not readable, so they may still hold the person
    versions_left: tuple[int, ...] = ()  # numbers of frozen versions of the list that name the person, and stay so
    traces: tuple[Trace, ...] = ()  # what may still name the person in other words, for a person to read


def erase(inventory: Inventory, contact_id: str, actor: Actor, reason: str, also: Sequence[str] = ()) -> Report:
    """Erase the person of a contact for good. The inventory stays open and usable, also for other threads.

    `also`: other words that name the person ("Frau Muster"); they go wherever the name goes, also when the name itself
    was erased before.

    Raises UserError for a contact that does not exist or has no person, without a reason, and if the new file cannot
    be written; nothing is changed then.
    """
    path = inventory.path
    if path is None:
        raise UserError("inventory_read_only")
    if not reason.strip():
        raise UserError("erase_needs_reason")
    found: Finds = Counter()
    row: dict[str, Any] = {}
    persons: list[Person] = []
    frozen: list[int] = []

    def write(cursor: duckdb.DuckDBPyConnection) -> Path:
        person = _person(cursor, contact_id, also)
        persons.append(person)
        row.update(_entry(inventory, person, contact_id, actor, reason))
        frozen.extend(rewriting.versions_naming(cursor, person))
        draft = path.with_name(path.name + ".erasing")
        found.update(rewriting.write_without(cursor, person, contact_id, [row], draft))
        return draft

    inventory.replace_file(actor, Action.ERASE_PERSON, write, attach)
    erasures.note(path, [row])
    leftovers.remove(path)
    rewritten, left = _erase_from_backups(path, persons[0], row)
    still = traces.left(inventory, persons[0])
    return Report(str(row["erasure_id"]), found, rewritten, left, tuple(frozen), still)


def _person(cursor: duckdb.DuckDBPyConnection, contact_id: str, also: Sequence[str]) -> Person:
    """The person to erase: all present and earlier values of the contact, except those that another contact has now."""
    if not cursor.execute("FROM inventory.contact WHERE contact_id = $id", {"id": contact_id}).fetchall():
        raise UserError("erase_no_contact", contact=contact_id)
    now, ever = rewriting.identifiers_of(cursor, contact_id)
    others = cursor.execute(
        "SELECT name, email, phone FROM inventory.contact WHERE contact_id <> $id", {"id": contact_id}
    ).fetchall()
    elsewhere = Person.of(dict(zip(("name", "email", "phone"), other, strict=True)) for other in others)
    person = now | ever.without(elsewhere) | Person(names=frozenset(filter(None, map(str.strip, also))))
    if not person:
        raise UserError("erase_nobody", contact=contact_id)
    return person


def _entry(inventory: Inventory, person: Person, contact_id: str, actor: Actor, reason: str) -> dict[str, Any]:
    """The row of the table `erasure`; the person is also removed from the reason."""
    salt = secrets.token_hex(16)
    return {
        "erasure_id": f"{inventory.now():%Y%m%d-%H%M%S}-{secrets.token_hex(4)}",
        "contact_id": contact_id,
        "erased_at": inventory.now().astimezone(UTC).replace(tzinfo=None, microsecond=0),
        "actor": person.removed_from(actor.name),
        "reason": person.removed_from(reason.strip()),
        "salt": salt,
        "marks": marks(person, salt),
    }


def _erase_from_backups(path: Path, person: Person, row: dict[str, Any]) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """Rewrite every backup beside the inventory; returns those rewritten and those that could not be."""
    rewritten: list[Path] = []
    left: list[Path] = []
    for backup in sorted(backup_folder(path).glob("*.duckdb")):
        draft = backup.with_name(backup.name + ".erasing")
        try:
            connection = attach(backup)
            try:
                rewriting.write_without(connection, person, row["contact_id"], [row], draft)
            finally:
                connection.close()
            backup.with_name(backup.name + ".wal").unlink(missing_ok=True)
            os.replace(draft, backup)
            rewritten.append(backup)
        except (UserError, duckdb.Error, OSError, RuntimeError):
            draft.unlink(missing_ok=True)
            left.append(backup)
    left.extend(sorted(backup_folder(path).glob(f"{path.stem}-log-*.wal")))  # damaged logs, moved here by `recover`
    return tuple(rewritten), tuple(left)
