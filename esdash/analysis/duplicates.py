"""The same record twice (METHODS M5). The method is duplicates.sql."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from esdash.analysis.judgements import DUPLICATE_SHARED_BY_AT_MOST, DUPLICATE_WEIGHTS
from esdash.inventory import Inventory

TABLES = tuple(DUPLICATE_WEIGHTS)
FIELDS = tuple(dict.fromkeys(field for weights in DUPLICATE_WEIGHTS.values() for field in weights))

_LIKENESS = "FROM draft_likeness($record_id, $field, $weight, $is_text, $drafted, $content, $cosine)"


def pairs(inventory: Inventory, table: str) -> pd.DataFrame:
    """One row per pair of records that may be the same, the likeliest first: score [0 to 1], share of each field.

    A share is NULL where a side does not fill the field. Archived records and dismissed pairs are left out.
    """
    found = inventory.frame("FROM duplicate_pair($table)", table=_compared(table))
    return found.drop(columns=[f"{field}_share" for field in FIELDS if field not in DUPLICATE_WEIGHTS[table]])


def all_pairs(inventory: Inventory) -> pd.DataFrame:
    """One row per pair of records that may be the same, of all tables, with all shares."""
    found = [inventory.frame("FROM duplicate_pair($table)", table=table) for table in TABLES]
    return pd.concat([frame for frame in found if len(frame)] or found[:1], ignore_index=True)


def similar(inventory: Inventory, table: str, draft: Mapping[str, Any]) -> pd.DataFrame:
    """One row per record that may be what somebody is typing, the likeliest first: id, name, score, shares.

    `draft` holds columns of the table as far as they are filled. With its key it is a record being edited, which is
    not compared with itself nor with what was dismissed for it. Fast from the second call after a change on, because
    the words of all records are kept until then.
    """
    written = json.dumps(dict(draft), default=str, ensure_ascii=False)
    fields = inventory.rows("FROM draft_field($table, CAST($draft AS JSON))", table=_compared(table), draft=written)
    drafted = pd.DataFrame(fields, columns=["field", "weight", "is_text", "content"])
    names = [f"{field}_share" for field in DUPLICATE_WEIGHTS[table]]
    content = inventory.frame("FROM match_field($table)", table=table)
    words, cosine = _shared_words(inventory, table, drafted)
    candidates = _candidates(drafted, content, words) - _left_out(inventory, table, draft.get(f"{table}_id"))
    compared = (
        content[content["record_id"].isin(list(candidates))]
        .merge(drafted[["field", "content"]].rename(columns={"content": "drafted"}), on="field")
        .merge(cosine, on=["record_id", "field"], how="left")
        .fillna({"cosine": 0.0})
    )
    values = ("record_id", "field", "weight", "is_text", "drafted", "content", "cosine")
    found = inventory.rows(_LIKENESS, **{name: compared[name].tolist() for name in values}) if len(compared) else []
    labels = inventory.frame("SELECT record_id, name FROM match_record WHERE table_name = $table", table=table)
    label = labels.set_index("record_id")["name"]
    rows = [
        {"record_id": row["record_id"], "name": label[row["record_id"]], "score": row["score"]}
        | {f"{field}_share": share for field, share in row["shares"].items()}
        for row in found
    ]
    return pd.DataFrame(rows, columns=["record_id", "name", "score", *names])


def _shared_words(inventory: Inventory, table: str, drafted: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Rows of match_word whose word the draft has in the same field; and the cosine per record and field."""
    words = inventory.frame("FROM match_word($table)", table=table)
    unseen = inventory.frame(
        "SELECT field, word_rarity(0, count(*)) AS rarity FROM match_field($table) GROUP BY field", table=table
    )
    rarity_of_new = dict(zip(unseen["field"], unseen["rarity"], strict=True))
    shared, cosines = [words[:0]], [words[:0].assign(cosine=0.0)]
    for row in drafted[drafted["is_text"].astype(bool)].itertuples():
        counts = Counter(str(row.content).split(" "))
        hits = words[words["word"].isin(list(counts)) & (words["field"] == row.field)]
        rarity = dict(zip(hits["word"], hits["rarity"], strict=True))
        rating = {word: n * rarity.get(word, rarity_of_new.get(row.field, 1.0)) for word, n in counts.items()}
        length = float(np.sqrt(sum(value**2 for value in rating.values())))
        shared.append(hits)
        cosines.append(hits.assign(cosine=hits["part"] * hits["word"].map(rating).astype(float) / length))
    products = pd.concat(cosines)[["record_id", "field", "cosine"]]
    return pd.concat(shared), products.groupby(["record_id", "field"], as_index=False)["cosine"].sum()


def _candidates(drafted: pd.DataFrame, content: pd.DataFrame, words: pd.DataFrame) -> set[str]:
    """Records that share a rare word of name or address with the draft, an identifier, or the name written as one."""
    rare = words[words["field"].isin(["name", "address"]) & (words["records"] <= DUPLICATE_SHARED_BY_AT_MOST)]
    found = set(rare["record_id"])
    for row in drafted[drafted["field"].isin(["phone", "email", "website"])].itertuples():
        equal = content[(content["field"] == row.field) & (content["content"] == row.content)]["record_id"]
        found |= set(equal) if len(equal) <= DUPLICATE_SHARED_BY_AT_MOST else set()
    joined = {str(name).replace(" ", "") for name in drafted.loc[drafted["field"] == "name", "content"]}
    entered = content[content["field"] == "name"]
    return found | set(entered.loc[entered["content"].str.replace(" ", "").isin(list(joined)), "record_id"])


def _left_out(inventory: Inventory, table: str, key: Any) -> set[str]:
    """The record itself, and the other side of every pair that people dismissed for it."""
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
