"""Remembering for each sender which header is which field in their tables, and what their words mean.

Headers and words are stored as they were written, so that erasing a person finds a name in them; words from cells
about people are not stored.
"""

import re
from collections import defaultdict
from typing import Any
from uuid import uuid4

from esdash.inventory import merging
from esdash.inventory.access import Action, Actor
from esdash.inventory.cached import cached
from esdash.inventory.file.store import Inventory
from esdash.inventory.importing import memory
from esdash.inventory.importing.columns import OWNER, Columns, Learned, Mapping
from esdash.inventory.importing.preview import Plan
from esdash.inventory.importing.read.spreadsheets import Table
from esdash.inventory.importing.read.told import Told, properties
from esdash.model.fields import Field
from esdash.model.folding import fold
from esdash.model.kinds import KINDS
from esdash.model.references import MERGED_TABLES

PARTS = re.compile(r"[;,\n|]")  # separators of the words of a list
LONGEST_WORD = 200  # characters; a longer entry is a text, not a word, and is not stored
_TABLES = ("theme", "target_group", "language", "module", "district", "organization", "location", "course")

Row = dict[str, Any]


@cached
def senders(inventory: Inventory) -> list[str]:
    """The names of the senders of earlier files, each once, the latest first."""
    rows = inventory.rows(
        "SELECT sender FROM (SELECT sender, imported_at AS used FROM inventory.import_run WHERE sender IS NOT NULL "
        "UNION ALL SELECT sender, learned_on FROM inventory.sender_mapping) "
        "GROUP BY sender ORDER BY max(used) DESC, sender"
    )
    return list({fold(row["sender"]): row["sender"] for row in reversed(rows)}.values())[::-1]


def as_known(inventory: Inventory, sender: str | None) -> str | None:
    """A sender as spelled with the first file, so that "jobcenter" and "Jobcenter" are one; None for an empty name."""
    written = " ".join((sender or "").split())
    return next((known for known in senders(inventory) if fold(known) == fold(written)), written) or None


def learned(inventory: Inventory, sender: str | None) -> Learned:
    """Name of a kind → mapping of this sender's headers and words, without meanings that refer to records now gone."""
    found: dict[str, Mapping] = {}
    if not sender:
        return found
    there = _there(inventory)
    for row in _rows_of(inventory, sender):
        kind = KINDS.get(row["kind"])
        names = {field.name: field for field in kind.fields} if kind else {}
        meaning = row["meaning"]
        mapping = found.get(row["kind"], Mapping())
        if row["field"] is None:
            if meaning is None or meaning in names:
                found[row["kind"]] = mapping | Mapping({fold(row["word"]): meaning})
        elif row["field"] in names:
            field = names[row["field"]]
            target = field.target
            if meaning is not None and target in MERGED_TABLES:
                meaning = merging.resolve(inventory, target, meaning)
            if meaning is None or not target or meaning in there[target]:
                found[row["kind"]] = mapping | Mapping(values={field.name: {fold(row["word"]): meaning}})
    return found


def learn(inventory: Inventory, plan: Plan, actor: Actor) -> int:
    """Store what headers and words of this file mean, and the answers to its questions, for the sender's next file.

    Returns how many of them are new.

    This is not a part of the import: undoing the import does not remove it.
    """
    sender = plan.sender
    said = _said(plan)
    answered, otherwise = memory.new_rows(inventory, plan)
    if not sender or not (said or answered or otherwise):
        return 0
    day = inventory.today()
    with inventory.change(actor, Action.LEARN_SENDER) as change:
        known = {
            (row["field"], fold(row["word"])): row
            for row in _rows_of(inventory, sender)
            if row["kind"] == plan.kind.name
        }
        added, changed = [], []
        for (field, folded), (word, meaning) in said.items():
            before = known.get((field, folded))
            if before is None:
                row = {"sender_mapping_id": uuid4().hex, "sender": sender, "kind": plan.kind.name, "field": field}
                added.append({**row, "word": word, "meaning": meaning, "learned_on": day})
            elif before["meaning"] != meaning:
                row = {"sender_mapping_id": before["sender_mapping_id"], "version": before["version"]}
                changed.append({**row, "meaning": meaning, "learned_on": day})
        change.insert("sender_mapping", added)
        change.update("sender_mapping", changed)
        change.insert("sender_answer", answered)
        change.update("sender_answer", otherwise)
    return len(added) + len(changed) + len(answered) + len(otherwise)


def forget(inventory: Inventory, sender: str, kind: str, actor: Actor) -> int:
    """Delete the stored headers and words of a sender for tables of this kind; returns how many there were."""
    with inventory.change(actor, Action.FORGET_SENDER) as change:
        keys = [row["sender_mapping_id"] for row in _rows_of(inventory, sender) if row["kind"] == kind]
        change.remove("sender_mapping", keys)
    return len(keys)


def told_with(plan: Plan) -> dict[str, str]:
    """The properties by which a file with rows of this plan is known again when it comes back; none for a document."""
    if any(row.source for row in plan.table.rows):
        return {}
    said = _said(plan).items()
    columns = {folded: meaning for (field, folded), (_, meaning) in said if field is None}
    values: dict[str, dict[str, str | None]] = defaultdict(dict)
    for (field, folded), (_, meaning) in said:
        if field is not None:
            values[field][folded] = meaning
    return properties(Told(plan.kind.name, plan.sender, columns, values))


def occurring(table: Table, columns: Columns, mapping: Mapping) -> list[str]:
    """The headers and words of a table that a mapping has an entry for, as written in the table, each once."""
    spoken = [text for text in dict.fromkeys(table.header) if fold(text) in mapping.columns]
    for position, field in columns.fields.items():
        words = mapping.values.get(field.name, {})
        if words:
            spoken += [word for folded, word in written(table, position, field).items() if folded in words]
    return spoken


def written(table: Table, position: int, field: Field) -> dict[str, str]:
    """Folded word → its first spelling, for one column; a cell with a list has several words."""
    found: dict[str, str] = {}
    for text in dict.fromkeys(row.cells[position] for row in table.rows):
        listed = field.type in ("references", "choices")
        for word in (text, *(PARTS.split(text) if listed else ())):
            if word.strip() and len(word) <= LONGEST_WORD:
                found.setdefault(fold(word), word.strip())
    return found


def _said(plan: Plan) -> dict[tuple[str | None, str], tuple[str, str | None]]:
    """(field, or None for headers; folded word) → its spelling and meaning, for those that occur in this file."""
    said: dict[tuple[str | None, str], tuple[str, str | None]] = {}
    if plan.mapping.owned:  # the organisation of rows without one
        said[OWNER, ""] = "", plan.mapping.values[OWNER][""]
    for text in plan.table.header:
        if text and fold(text) in plan.mapping.columns and len(text) <= LONGEST_WORD:
            said[None, fold(text)] = text, plan.mapping.columns[fold(text)]
    for position, field in plan.columns.fields.items():
        words = plan.mapping.values.get(field.name, {})
        if words and field.target != "contact":
            for folded, word in written(plan.table, position, field).items():
                if folded in words:
                    said[field.name, folded] = word, words[folded]
    return said


def _rows_of(inventory: Inventory, sender: str) -> list[Row]:
    rows = inventory.rows("FROM inventory.sender_mapping ORDER BY learned_on, sender_mapping_id")
    return [row for row in rows if fold(row["sender"]) == fold(sender)]


def _there(inventory: Inventory) -> dict[str, set[str]]:
    ids: dict[str, set[str]] = defaultdict(set)
    for table in _TABLES:
        ids[table] = {row["id"] for row in inventory.rows(f"SELECT {table}_id AS id FROM inventory.{table}")}
    return ids
