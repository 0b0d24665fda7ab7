"""Records entered twice (METHODS M5), found by duplicates.sql."""

import json
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

import pandas as pd

from esdash.analysis.duplicates import words
from esdash.analysis.judgements import DUPLICATE_WEIGHTS
from esdash.inventory import Inventory
from esdash.inventory.cached import cached
from esdash.inventory.file import versions
from esdash.model import phones

TABLES = tuple(DUPLICATE_WEIGHTS)
FIELDS = tuple(dict.fromkeys(field for weights in DUPLICATE_WEIGHTS.values() for field in weights))

_LISTS = (
    *("numbers", "records", "fields", "weights", "againsts", "texts", "drafted", "entered", "cosines", "tellings"),
)
_AT_ONCE = 200  # drafts that one query compares; each has up to some hundred candidates
_LIKENESS = f"FROM draft_likeness($table, {', '.join(f'${name}' for name in _LISTS)})"


def pairs(inventory: Inventory, table: str) -> pd.DataFrame:
    """One row per pair of records that may be the same, the likeliest first: score [0 to 1], share of each field.

    A share is NULL if one record does not fill the field. Archived records and dismissed pairs are left out.
    """
    found = _found(inventory, _compared(table))
    return found.drop(columns=[f"{field}_share" for field in FIELDS if field not in DUPLICATE_WEIGHTS[table]])


def all_pairs(inventory: Inventory) -> pd.DataFrame:
    """One row per pair of records that may be the same, of all tables, with all shares."""
    found = [_found(inventory, table) for table in TABLES]
    return pd.concat([frame for frame in found if len(frame)] or found[:1], ignore_index=True)


@cached
def queue(inventory: Inventory) -> pd.DataFrame:
    """The rows of all_pairs, the likeliest first."""
    return all_pairs(inventory).sort_values("score", ascending=False, kind="stable", ignore_index=True)


def _found(inventory: Inventory, table: str) -> pd.DataFrame:
    """The pairs of one table, cached until a change that can add or remove a pair.

    So confirming one record after the other does not compare all records again each time.
    """
    marks = inventory.frame("FROM duplicate_mark")
    mark = tuple(marks.loc[marks["table_name"] == table, "mark"])
    sql = "FROM duplicate_pair($table)"
    found: pd.DataFrame = inventory.once((sql, table), lambda: inventory.frame(sql, table=table), mark)
    return found


def sides(inventory: Inventory, table: str, a: str, b: str) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """Two records to compare, each with all its columns and its version; None if one is gone or archived.

    Also `place`, `contact_role`, and `contact_phone` and `contact_email` if there is consent.
    """
    found = [versions.current(inventory, _compared(table), record) for record in (a, b)]
    if any(record is None or record["status"] == "archived" for record in found):
        return None
    first, second = ((record or {}) | _named(inventory, record or {}) for record in found)
    return first, second


def _named(inventory: Inventory, record: Mapping[str, Any]) -> dict[str, Any]:
    rows = inventory.rows(
        "FROM named_beside($location, $contact)", location=record.get("location_id"), contact=record.get("contact_id")
    )
    return rows[0]


def merges(inventory: Inventory) -> pd.DataFrame:
    """One row per merge that was not undone, the newest first: merge_id, both records, when, who, why."""
    return inventory.frame("FROM merge_listed")


def dismissals(inventory: Inventory) -> pd.DataFrame:
    """One row per pair found to be no duplicate, the newest first: decision_id, both records, when, who, why."""
    return inventory.frame("FROM dismissal_listed")


def similar(inventory: Inventory, table: str, draft: Mapping[str, Any]) -> pd.DataFrame:
    """One row per record that may be the same as the draft, the likeliest first: id, name, score, shares.

    `draft` holds the filled columns of the table. If it has a key, it is an existing record, which is not compared
    with itself or with records dismissed for it. The first call after a change reads the words of all records; later
    calls are fast.
    """
    return similar_to_each(inventory, table, [draft]).drop(columns="number")


def similar_to_each(inventory: Inventory, table: str, drafts: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """As `similar` for many drafts at once: one row per draft (its number from 0) and record that it may be."""
    found: list[dict[str, Any]] = []
    for first in range(0, len(drafts), _AT_ONCE):
        for row in _alike(inventory, _compared(table), drafts[first : first + _AT_ONCE]):
            of_fields = {f"{field}_share": share for field, share in row.pop("shares").items()}
            found.append(row | of_fields | {"number": first + row["number"]})
    shares = [f"{field}_share" for field in DUPLICATE_WEIGHTS[_compared(table)]]
    return pd.DataFrame(found, columns=["number", "record_id", "name", "score", *shares])


def _alike(inventory: Inventory, table: str, drafts: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """One row per draft and record that it may be: number, record_id, name, score, shares."""
    typed = [{**draft, "phone": phones.key(draft["phone"])} if draft.get("phone") else dict(draft) for draft in drafts]
    written = json.dumps(typed, default=str, ensure_ascii=False)
    rows = inventory.rows(
        "FROM draft_field($table, CAST(CAST($drafts AS JSON) AS JSON[]))", table=table, drafts=written
    )
    known = words.words(inventory, table)
    compared = []
    for number, of_draft in groupby(rows, key=lambda row: row["number"]):
        fields = list(of_draft)
        candidates = known.candidates(fields)
        cosines = known.cosines(fields) if candidates else {}
        tellings = known.tellings(fields) if candidates else {}
        key = drafts[number].get(f"{table}_id")
        for record in candidates - (_left_out(inventory, table, key) if key else set()):
            for row in fields:
                entered = known.contents[record].get(row["field"])
                if entered is not None:
                    of_field = (row["field"], row["weight"], row["against"], row["is_text"], row["content"], entered)
                    of_pair = (cosines.get((record, row["field"]), 0.0), tellings.get(record, 1.0))
                    compared.append((number, record, *of_field, *of_pair))
    if not compared:
        return []
    return inventory.rows(
        _LIKENESS, table=table, **dict(zip(_LISTS, map(list, zip(*compared, strict=True)), strict=True))
    )


def _left_out(inventory: Inventory, table: str, key: Any) -> set[str]:
    """The ids of the record itself and of the records that people dismissed for it."""
    dismissed = inventory.rows(
        "SELECT a_id, b_id FROM duplicate_dismissed WHERE table_name = $table AND $key IN (a_id, b_id)",
        table=table,
        key=key,
    )
    return {key} | {record for row in dismissed for record in (row["a_id"], row["b_id"])}


def _compared(table: str) -> str:
    if table not in DUPLICATE_WEIGHTS:
        raise ValueError(f"records of {table} are not compared")
    return table
