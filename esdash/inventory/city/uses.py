"""What uses an entry of the city, such as a theme, that a folder would take away."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from esdash.inventory.city.declared import TABLES
from esdash.inventory.file import changelog
from esdash.inventory.file.integrity import Reader
from esdash.model.fields import target_of
from esdash.model.references import REFERENCES

NAMES_SHOWN = 3  # records named in one refusal; more are a number

# One row per entry that is named: how many records name it, and what they are called. Of a contact the function, never
# the person.
_NAMED = """
SELECT named, count(DISTINCT record_id) AS n, list(DISTINCT name ORDER BY name COLLATE de) AS names
FROM (
    SELECT {key} AS record_id, coalesce(to_json(t) ->> 'role', to_json(t) ->> 'name', to_json(t) ->> 'text') AS name,
        {ids} AS named
    FROM inventory.{table} AS t
)
WHERE named IN $gone AND ($all OR record_id IN $staying)
GROUP BY named
ORDER BY named
"""


@dataclass(frozen=True)
class Use:
    """Records of one table that use an entry: how many, and the names of some, if they have any."""

    table: str
    key: str
    by_table: str
    n: int
    names: tuple[str, ...]


def uses(reader: Reader, gone: Mapping[str, Collection[str]], replaced: Mapping[str, Collection[str]]) -> list[Use]:
    """One entry per table and entry of `gone` (table → keys) that it uses.

    `replaced`: reference tables that the folder gives as well, with the rows of them that stay nevertheless.
    """
    gone = {table: keys for table, keys in gone.items() if keys}
    found = []
    for (by_table, column), target in REFERENCES.items():
        if target not in gone or (by_table in replaced and not replaced[by_table]):
            continue
        if by_table in changelog.COUNTERS:  # they go with what they count (Change.remove)
            continue
        ids = f"unnest({column})" if column.endswith("_ids") else column
        rows = reader.rows(
            _NAMED.format(key=changelog.key_column(by_table), ids=ids, table=by_table),
            gone=list(gone[target]),
            all=by_table not in replaced,
            staying=list(replaced.get(by_table, ())),
        )
        left = gone.get(by_table, ())  # rows that go together with what they name are no use of it
        found += [
            Use(target, row["named"], by_table, row["n"], _some(row["names"]))
            for row in rows
            if row["named"] not in left
        ]
    return [*_merged(found), *_inside(reader, gone)]


def _merged(found: list[Use]) -> Iterator[Use]:
    """One entry where two columns of a table name the same entry."""
    largest: dict[tuple[str, str, str], Use] = {}
    for use in found:
        place = (use.table, use.key, use.by_table)
        if place not in largest or largest[place].n < use.n:
            largest[place] = use
    yield from largest.values()


def _inside(reader: Reader, gone: Mapping[str, Collection[str]]) -> Iterator[Use]:
    """Uses that no column holds: in saved scenarios, and in the keys of proposals (gap|theme|district)."""
    named: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for row in reader.rows("SELECT name, content FROM inventory.scenario ORDER BY name COLLATE de"):
        for table, key in set(_keys_in(json.loads(row["content"]))):
            named[table, key, "scenario"].append(row["name"])
    for row in reader.rows(
        "SELECT finding_id, title FROM inventory.priority_item WHERE finding_id IS NOT NULL ORDER BY finding_id"
    ):
        kind, *keys = row["finding_id"].split("|")
        if kind == "gap" and len(keys) == 2:
            for table, key in zip(("theme", "district"), keys, strict=True):
                named[table, key, "priority_item"].append(row["title"] or row["finding_id"])
    for (table, key, by_table), names in named.items():
        if key in gone.get(table, ()):
            yield Use(table, key, by_table, len(names), _some(names))


def _keys_in(content: Any, table: str = "") -> Iterator[tuple[str, str]]:
    """Table and key of every entry of the city that a document names."""
    if isinstance(content, dict):
        for name, value in content.items():
            yield from _keys_in(value, target_of(name))
    elif isinstance(content, list):
        for value in content:
            yield from _keys_in(value, table)
    elif isinstance(content, str) and table in TABLES:
        yield table, content


def _some(names: Collection[str | None]) -> tuple[str, ...]:
    return tuple(name for name in names if name)[:NAMES_SHOWN]
