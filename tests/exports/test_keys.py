"""Every key that an exported list names is found: in the list of those records, or where README says it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from esdash.analysis.records import handed_out
from esdash.commands.records import tables
from esdash.inventory import Inventory
from esdash.inventory.access import Action
from esdash.inventory.city import declared
from esdash.model.kinds import KINDS
from esdash.model.references import REFERENCES
from tests import first_state
from tests.conftest import NOW
from tests.people import TEST

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
NAMES = {kind.table: name for name, kind in KINDS.items()}  # table → its name in `export`
# Columns of lists that are no kind of record; those of kinds say themselves what they name.
MEANT = {
    **{("ties", "a_id"): "organization", ("ties", "b_id"): "organization"},
    **{("overlaps", "a_id"): "initiative", ("overlaps", "b_id"): "initiative"},
    **{("overlaps", "a_organization_id"): "organization", ("overlaps", "b_organization_id"): "organization"},
}
# The key of the row itself, and keys of any kind of record, whose table stands beside them.
OWN = {("priorities", "item_id"), ("priorities", "priority_item_id"), ("changes", "change_id")}
BESIDE = {("changes", "record_id"), ("duplicates", "a_id"), ("duplicates", "b_id"), ("ties", "record_ids")}
OF_THE_CITY = {f"{table}_id" for table in ("theme", "target_group", "language", "district", "module")}


@pytest.fixture(scope="module")
def lists(example_made: Path, lender: first_state.Lender) -> Iterator[dict[str, pd.DataFrame]]:
    """Name of `export` → rows, of the example in which a course, a place and a contact in use are archived."""
    with lender.lend(example_made.read_bytes(), lambda: NOW) as inventory:
        archive_what_is_used(inventory)
        found = {name: ask(inventory) for name, ask in tables().items()}
        yield {**found, "contacts": handed_out.listed(inventory, "contact")}


def archive_what_is_used(inventory: Inventory) -> None:
    with inventory.change(TEST, Action.EDIT_RECORDS) as change:
        for table, asked in (("course", "session"), ("location", "session"), ("contact", "initiative")):
            (row,) = change.rows(
                f"SELECT {table}_id AS id FROM inventory.{asked} WHERE {table}_id IS NOT NULL ORDER BY 1 LIMIT 1"
            )
            change.update(table, [{f"{table}_id": row["id"], "status": "archived"}])


def named(name: str, column: str) -> str | None:
    """The table whose keys a column of a list holds; None for a key of its own, or of any table."""
    if (name, column) in OWN | BESIDE:
        return None
    table = KINDS[name].table if name in KINDS else ""
    return (
        MEANT.get((name, column))
        or REFERENCES.get((table, column))
        or re.sub(r"^successor_|^deputy_|_ids?$", "", column).replace("partner", "organization")
    )


def keys(frame: pd.DataFrame, column: str) -> set[str]:
    found: set[str] = set()
    for value in frame[column]:
        found |= set(value) if isinstance(value, list | np.ndarray) else {value} if isinstance(value, str) else set()
    return found


def test_every_key_is_found(lists: dict[str, pd.DataFrame]) -> None:
    """In the list of its records, archived ones included; keys of the city's lists in the files of the city."""
    missing: dict[tuple[str, str], set[str]] = {}
    checked = set()
    for name, frame in lists.items():
        for column in (column for column in frame.columns if re.search(r"_ids?$", str(column))):
            table = named(name, column)
            if table is None or f"{table}_id" in OF_THE_CITY:
                continue
            if table not in NAMES:
                assert f"`{column}`" in README, (name, column)  # said there not to be exported
                continue
            checked.add(table)
            assert NAMES[table] in lists, (name, column)
            if gone := keys(frame, column) - keys(lists[NAMES[table]], f"{table}_id"):
                missing[name, column] = gone
    assert missing == {}
    assert checked >= {"organization", "location", "contact", "course", "initiative"}


def test_the_lists_carry_the_keys_that_others_name(lists: dict[str, pd.DataFrame]) -> None:
    for name in KINDS:
        assert {KINDS[name].key} <= set(lists[name].columns), name
        needed = {field.name for field in KINDS[name].fields if field.refers and field.name != "field_ids"}
        stored = {field.name for field in KINDS[name].fields if field.stored}
        assert (needed & stored) - set(lists[name].columns) == set(), name


def test_readme_says_where_the_keys_of_the_city_are() -> None:
    for column in OF_THE_CITY:
        table = column.removesuffix("_id")
        assert f"`{column}`" in README and declared.BY_TABLE[table].name in README


def test_archived_records_are_in_and_say_so(lists: dict[str, pd.DataFrame]) -> None:
    for name in ("courses", "locations", "contacts"):
        assert "archived" in set(lists[name]["status"])
    archived = lists["contacts"].set_index("status").loc[["archived"]]
    assert archived[["name", "email", "phone", "consent_scope"]].isna().all(axis=None)


def test_the_days_are_those_of_the_session(lists: dict[str, pd.DataFrame]) -> None:
    """A list of dates has all fields of a date, and the address of its place."""
    fields = {field.name for field in KINDS["sessions"].fields if field.stored}
    assert fields | {"street", "postcode", "place", "district", "course", "organization"} <= set(
        lists["sessions"].columns
    )
    first = lists["sessions"]["starts_on"].min()
    assert date(first.year, first.month, first.day) == date(2025, 6, 12)  # data/example/session.csv
