"""Records entered twice (METHODS M5): deciding that they are not the same, merging two into one, undoing a merge."""

from collections import Counter
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from esdash.errors import UserError
from esdash.inventory import backups, reverting
from esdash.inventory.access import Action, Actor
from esdash.inventory.file.changelog import key_column
from esdash.inventory.file.integrity import Reader
from esdash.inventory.file.store import Change, Inventory
from esdash.model.references import MERGED_TABLES, REFERENCES


class MergeConflicts(UserError):
    """A merge that cannot be undone; `records`: pairs (table, key) of records that were edited since."""

    def __init__(self, records: list[tuple[str, str]]) -> None:
        named = ", ".join(sorted(f"{record} ({table})" for table, record in records))
        super().__init__("merge_undo_conflict", conflicts=named)
        self.records = records


def dismiss(inventory: Inventory, table: str, a: str, b: str, actor: Actor, reason: str | None = None) -> None:
    """Record that these two are not the same, with who, when and why. A second call changes nothing.

    Raises UserError for a record that does not exist.
    """
    first, second = sorted((a, b))
    key = f"{_mergeable(table)}|{first}|{second}"
    with inventory.change(actor, Action.DECIDE_DUPLICATE, reason) as change:
        if change.rows("FROM inventory.duplicate_decision WHERE duplicate_decision_id = $key", key=key):
            return
        decision = {"table_name": table, "a_id": first, "b_id": second, "verdict": "not_duplicate"}
        signed = {"decided_by": actor.name, "decided_on": inventory.today(), "reason": reason}
        change.insert("duplicate_decision", [{"duplicate_decision_id": key, **decision, **signed}])


def take_back(inventory: Inventory, decision_id: str, actor: Actor, reason: str | None = None) -> None:
    """Take a decision of `dismiss` back: the pair is proposed again. A second call changes nothing."""
    with inventory.change(actor, Action.DECIDE_DUPLICATE, reason) as change:
        change.remove("duplicate_decision", [decision_id])


def followers(reader: Reader, table: str, record_id: str) -> dict[str, int]:
    """Table → how many of its records refer to this one, and would refer to the kept one after a merge."""
    named = {(by, key) for by, key, _, _ in _moved_references(reader, _mergeable(table), "", record_id)}
    counts = Counter(by for by, _ in sorted(named))
    return dict(counts)


def merge(
    inventory: Inventory,
    table: str,
    keep: str,
    drop: str,
    fields: Mapping[str, Any],
    actor: Actor,
    reason: str | None = None,
    seen: Mapping[str, int] | None = None,
) -> str:
    """Merge two records in one transaction, after a backup; returns the id of the merge, for undo_merge.

    `fields` are the values chosen for the kept record. Records that referred to the dropped one then refer to the
    kept one; the dropped one is archived, and its id leads to the kept one. A second call (double click) does
    nothing. `seen`: record → version that was compared. Raises UserError for a record that does not exist, is
    archived, or no longer has the version seen.
    """
    _mergeable(table)
    if done := _merged(inventory, table, keep, drop):
        return done
    _versions(inventory, table, keep, drop, seen)  # before the backup: raises if they cannot be merged
    backups.automatic(inventory, "merge", actor, Action.MERGE_RECORDS)
    with inventory.change(actor, Action.MERGE_RECORDS, reason) as change:
        if done := _merged(change, table, keep, drop):  # two clicks at once
            return done
        versions = _versions(change, table, keep, drop, seen)
        before = reverting.last_change(change)
        key = key_column(table)
        change.update(table, [{key: keep, "version": versions[keep], **fields}])
        change.update(table, [{key: drop, "version": versions[drop], "status": "archived"}])
        _write_references(change, _moved_references(change, table, keep, drop))
        if table == "initiative":
            _move_priority_items(change, keep, drop)
        if table == "organization":
            _keep_quorums_possible(change)
        alias = {"record_alias_id": uuid4().hex, "table_name": table, "old_id": drop, "kept_id": keep}
        written = {"first_change_id": before + 1, "last_change_id": reverting.last_change(change)}
        change.insert("record_alias", [{**alias, **written}])
        return alias["record_alias_id"]


def undo_merge(inventory: Inventory, merge_id: str, actor: Actor, reason: str | None = None) -> None:
    """Undo a merge in one transaction: everything it changed gets its former value; only `version` keeps growing.

    Raises MergeConflicts with the records edited since, and UserError for a merge that does not exist (any more).
    """
    if not inventory.rows("FROM inventory.record_alias WHERE record_alias_id = $id", id=merge_id):
        raise UserError("merge_missing")
    backups.automatic(inventory, "undo", actor, Action.UNDO_MERGE)
    with inventory.change(actor, Action.UNDO_MERGE, reason) as change:
        alias = change.rows("FROM inventory.record_alias WHERE record_alias_id = $id", id=merge_id)
        if not alias:
            raise UserError("merge_missing")
        edited = reverting.revert(inventory, change, alias[0]["first_change_id"], alias[0]["last_change_id"])
        if edited:
            raise MergeConflicts(edited)
        change.remove("record_alias", [merge_id])


def resolve(inventory: Reader, table: str, record_id: str) -> str:
    """The id of a record today: that of the kept record if it was merged, also after several merges."""
    return resolved(inventory, table).get(record_id, record_id)


def resolved(inventory: Reader, table: str) -> dict[str, str]:
    """Id of every merged record of a table → the id of the kept record, also after several merges."""
    aliases = inventory.rows("SELECT old_id, kept_id FROM inventory.record_alias WHERE table_name = $t", t=table)
    led = {row["old_id"]: row["kept_id"] for row in aliases}
    found: dict[str, str] = {}
    for old in led:
        seen, kept = {old}, led[old]
        while kept in led and kept not in seen:
            seen.add(kept)
            kept = led[kept]
        found[old] = kept
    return found


# ---------------------------------------------------------------- inside


def _mergeable(table: str) -> str:
    if table not in MERGED_TABLES:
        raise ValueError(f"records of {table} are not merged")
    return table


def _merged(reader: Reader, table: str, keep: str, drop: str) -> str | None:
    """The id of the merge of these two records; None if there was none."""
    sql = "FROM inventory.record_alias WHERE table_name = $table AND old_id = $drop AND kept_id = $keep"
    done = reader.rows(sql, **{"table": table, "drop": drop, "keep": keep})
    return str(done[0]["record_alias_id"]) if done else None


def _versions(reader: Reader, table: str, keep: str, drop: str, seen: Mapping[str, int] | None) -> dict[str, int]:
    """Record → version of today. Raises UserError if the two cannot be merged, or have changed since they were seen."""
    versions: dict[str, int] = {}
    for record in (keep, drop):
        sql = f"SELECT version FROM inventory.{table} WHERE {key_column(table)} = $id AND status <> 'archived'"
        rows = reader.rows(sql, id=record)
        if not rows:
            raise UserError("merge_record_missing", record=record)
        versions[record] = int(rows[0]["version"])
        if seen is not None and seen.get(record) != versions[record]:
            raise UserError("merge_changed_meanwhile", record=record)
    if keep == drop:
        raise UserError("merge_with_itself", record=keep)
    return versions


def _moved_references(reader: Reader, target: str, keep: str, drop: str) -> list[tuple[str, str, str, Any]]:
    """One entry per value that refers to the dropped record: table, record, column, new value with the kept one."""
    moved: list[tuple[str, str, str, Any]] = []
    for (table, column), named in REFERENCES.items():
        if named == target:
            of_list = column.endswith("_ids")
            where = f"list_contains({column}, $drop)" if of_list else f"{column} = $drop"
            key = key_column(table)
            for row in reader.rows(f"SELECT {key}, {column} FROM inventory.{table} WHERE {where}", drop=drop):
                follows = [keep if name == drop else name for name in row[column]] if of_list else keep
                value = list(dict.fromkeys(follows)) if of_list else follows
                moved.append((table, row[key], column, value))
    return moved if target != "organization" else moved + _own_partners(reader, keep, drop)


def _own_partners(reader: Reader, keep: str, drop: str) -> list[tuple[str, str, str, Any]]:
    """Offers of one of two organisations with the other as partner: that partner is removed, as nobody is their own."""
    rows = reader.rows(
        "SELECT initiative_id, partner_ids FROM inventory.initiative "
        "WHERE organization_id IN ($keep, $drop) AND list_has_any(partner_ids, [$keep, $drop])",
        keep=keep,
        drop=drop,
    )
    return [
        ("initiative", row["initiative_id"], "partner_ids", [p for p in row["partner_ids"] if p not in (keep, drop)])
        for row in rows
    ]


def _write_references(change: Change, moved: list[tuple[str, str, str, Any]]) -> None:
    """Write the new references: one change per record, even if several of its columns change."""
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    for table, record, column, value in moved:
        rows.setdefault((table, record), {key_column(table): record})[column] = value
    for (table, _), row in rows.items():
        change.update(table, [row])


def _move_priority_items(change: Change, keep: str, drop: str) -> None:
    """Let what people said about overlap|drop be about overlap|keep, unless they spoke about that already."""
    old, new = f"overlap|{drop}", f"overlap|{keep}"
    said = change.rows(
        "SELECT priority_item_id, finding_id, version FROM inventory.priority_item WHERE finding_id IN ($old, $new)",
        **{"old": old, "new": new},
    )
    if {row["finding_id"] for row in said} == {old}:  # several: an item that has ended, and the one that followed it
        change.update("priority_item", [{**row, "finding_id": new} for row in said])


def _keep_quorums_possible(change: Change) -> None:
    """Where two seats of a group became one, at most all of those that are left must be present."""
    rows = change.rows(
        "SELECT body_id, version, least(quorum, len(seat_organization_ids)) AS quorum FROM inventory.body "
        "WHERE quorum > len(seat_organization_ids)"
    )
    change.update("body", rows)
