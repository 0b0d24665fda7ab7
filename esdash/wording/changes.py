"""What changed since a day in words: the counts, the lists behind them, one sentence."""

from collections.abc import Mapping
from datetime import date

import pandas as pd

from esdash.analysis.overview import changed
from esdash.inventory import Inventory
from esdash.inventory.cached import cached
from esdash.model.kinds import BY_TABLE
from esdash.texts import Text
from esdash.wording import decisions, labels
from esdash.wording.columns import Column, headed
from esdash.wording.names import names_of

Counts = Mapping[tuple[str, str], int]

# What Lagebild and the sentence name, in this order; the page of changes counts everything.
NAMED = (
    ("initiative", "new"),
    ("initiative", "ended"),
    ("field", "closed"),
    ("field", "opened"),
    ("field", "surveyed"),
    ("decision", "made"),
)


def counted(kind: str, way: str, number: int, text: Text) -> str:
    """One count with its noun: "7 neue Angebote"."""
    return text.count(f"changes.{kind}_{way}", number)


def short(kind: str, way: str, number: int, text: Text) -> str:
    """One count beside the name of its kind: "7 neu"; that of the white spots says what it counts."""
    if kind in changed.RECORDS:
        return text("changes.count", n=number, way=text(f"changes.way_{way}"))
    return counted(kind, way, number, text)


def named(counts: Counts, text: Text) -> list[tuple[str, str, str]]:
    """Kind, way and words of the counts that Lagebild names; those of 0 are left out."""
    return [(*of, counted(*of, counts[of], text)) for of in NAMED if counts[of]]


def sentence(counts: Counts, text: Text, day: date) -> str:
    """What changed since the end of that day, in one sentence."""
    said = [words for _, _, words in named(counts, text)]
    records = sum(counts[kind, way] for kind in changed.RECORDS for way in changed.WAYS[kind])
    if not said and not records:
        return text("changes.nothing", day=day)
    return text("changes.sentence", day=day, what="; ".join([*said, text.count("changes.records", records)]))


def kind(name: str, text: Text) -> str:
    """The name of a kind: records, fields of the matrix, or decisions."""
    return labels.kind(text, name, several=True) if name in changed.RECORDS else text(f"changes.kind_{name}")


def heading(name: str, way: str, number: int, text: Text) -> str:
    """The heading of a list: what it holds, and how many."""
    return text("changes.heading", kind=kind(name, text), way=text(f"changes.way_{way}"), n=number)


@cached
def listed(inventory: Inventory, text: Text, day: date, name: str, way: str) -> pd.DataFrame:
    """The rows behind one count, as `columns` shows them; the first column is what a link needs."""
    if name == "decision":
        made = decisions.listed(inventory, text)
        return made[made["number"].isin(changed.decisions(inventory, day)["number"])].reset_index(drop=True)
    if name == "field":
        return _fields(inventory, text, day, way)
    found = changed.records(inventory, day)
    found = found[(found["table_name"] == name) & (found["way"] == way)].reset_index(drop=True)
    return pd.DataFrame(
        {
            "record_id": found["record_id"],
            "name": [_name(row, text) for row in found.to_dict("records")],
            "organization": found["organization"],
            "fields": [_fields_of(name, fields, text) for fields in found["fields"]],
            "changed_on": found["changed_on"],
        }
    )


def columns(name: str, way: str, text: Text) -> list[Column]:
    """Columns of the list behind one count."""
    if name == "decision":
        return [one for one in decisions.columns(text) if one.name in ("number", "decided_on", "point", "result")]
    if name == "field":
        state = Column("state_word", text("changes.state_today"), width=24)
        return [*headed(text, "", "theme", "district"), *([state] if way != "closed" else [])]
    named = Column("name", labels.kind(text, name), width=34)
    organization = headed(text, "", ("organization", "facet.organization")) if name not in _WITHOUT else []
    what = [Column("fields", text("changes.what"), width=34)] if way in ("changed", "aside") else []
    return [named, *organization, *what, Column("changed_on", text("changes.on"), "date", 12)]


_WITHOUT = ("organization", "location")  # kinds that no organisation has


def _fields(inventory: Inventory, text: Text, day: date, way: str) -> pd.DataFrame:
    names, found = names_of(inventory, text), changed.fields(inventory, day)
    found = found[found["way"] == way]
    return pd.DataFrame(
        {
            "key": found["theme_id"] + "|" + found["district_id"],
            "theme": [names.of("theme", key) for key in found["theme_id"]],
            "district": [names.of("district", key) for key in found["district_id"]],
            "state_word": [text(f"state.{state}") for state in found["state"]],
        }
    )


def _name(row: Mapping[str, object], text: Text) -> str:
    if row["name"] is None or pd.isna(row["name"]):
        return text("word.unknown")
    dated = row["table_name"] == "session" and not pd.isna(row["starts_on"])
    return labels.title(text, row) if dated or row["table_name"] != "session" else str(row["name"])


def _fields_of(table: str, names: list[str], text: Text) -> str:
    """The names of the fields that differ, never what they hold: some of it is personal."""
    return labels.labels(text, table, (name for name in names if name in BY_TABLE[table].by_name))
