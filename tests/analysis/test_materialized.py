"""Views that are computed once say the same as if they were computed anew by every question."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from esdash.inventory import Inventory
from esdash.inventory.access import Action
from esdash.inventory.file.conditions import NOTHING, Conditions, Growth
from tests.people import ADA

QUESTIONS = (
    "FROM coverage_matrix('theme', 'district', NULL, NULL, NULL)",
    "FROM overlap_judged ORDER BY a_id, b_id",
    "FROM priority_measured('priority_gap')",
    "FROM priority_measured('priority_overlap')",
    "FROM initiative_selected(CAST(NULL AS VARCHAR[]), CAST(NULL AS BIGINT[]), [])",
    "FROM facet_counts('initiative', CAST(NULL AS VARCHAR[]), [], NULL)",
    "FROM record_matching('initiative', ['muster'], CAST([] AS VARCHAR[]), CAST([] AS VARCHAR[]), '', 'muster')",
    "FROM record_listed ORDER BY table_name, record_id",
    "FROM todo",
    "FROM city_total_shown ORDER BY ALL",
)
CHANGES: tuple[tuple[str, dict[str, Any]], ...] = (
    ("initiative", {"initiative_id": "i001", "capacity": 77, "name": "Neu"}),
    ("initiative", {"initiative_id": "i002", "status": "archived"}),
    ("organization", {"organization_id": "o01", "name": "Anders e. V.", "assured_on": "2020-01-01"}),
)


def scanned(node: dict[str, Any]) -> set[str]:
    """Tables of the inventory that a plan reads."""
    table = str(node.get("extra_info", {}).get("Table", ""))
    own = {table.rsplit(".", 1)[-1].strip('"')} if table.startswith("inventory.") else set()
    return own.union(*(scanned(child) for child in node.get("children", [])))


def test_what_a_view_reads_is_known(any_town: Inventory) -> None:
    """Else an answer would outlive a change that it rests on. DuckDB's plan is asked, through all views between."""
    views = any_town.rows("SELECT view_name FROM duckdb_views() WHERE database_name = 'analysis' ORDER BY view_name")
    names = [row["view_name"] for row in views]
    assert {"made_need", "overlap_decision"} <= set(names)
    found: set[str] = set()
    for name in names:
        reads = any_town._catalogue.reads(name.removeprefix("made_"), NOTHING).tables
        with any_town._cursor(date(2026, 11, 22), name.removeprefix("made_")) as cursor:
            (_, plan) = cursor.execute(f"EXPLAIN (FORMAT json) FROM {name}").fetchall()[0]
        tables = set().union(*(scanned(node) for node in json.loads(plan)))
        assert tables <= reads, name
        found |= tables
    assert {"initiative", "survey", "planning_value", "overlap_case"} <= found


def test_with_assumptions_another_view_stands_behind_the_same_name(example: Inventory) -> None:
    """Its tables are known as well, and without assumptions nothing is computed that only it reads."""
    sql, assumed = "FROM coverage_cell ORDER BY ALL", Conditions(assumed=True)
    usual, other = (example._catalogue.reads(sql, conditions) for conditions in (NOTHING, assumed))
    assert "capacity_range" in other.tables - usual.tables
    assert "bound_cell" in other.views and not [view for view in usual.views if view.startswith("bound_")]
    shown = example.under(assumed).frame(sql)
    found = example.frame(sql)
    assert set(found.columns) == set(shown.columns)
    assert found["places_met"].sum() < shown["places_met"].sum()
    pd.testing.assert_frame_equal(example.under(assumed).frame(sql), shown)


@pytest.mark.parametrize(("table", "row"), CHANGES)
def test_after_a_change_nothing_old_is_said(lived: Inventory, table: str, row: dict[str, Any]) -> None:
    before = [lived.frame(sql) for sql in QUESTIONS]
    with lived.change(ADA, Action.EDIT_RECORDS) as change:
        change.update(table, [row])
    after = [lived.frame(sql) for sql in QUESTIONS]
    lived.forget()  # everything is computed anew
    for question, said, anew in zip(QUESTIONS, after, (lived.frame(sql) for sql in QUESTIONS), strict=True):
        assert_frame_equal(said, anew, obj=question)
    assert any(not one.equals(other) for one, other in zip(before, after, strict=True))


def test_conditions_have_rows_of_their_own(example: Inventory) -> None:
    sql = "SELECT sum(places_needed) AS n FROM coverage_cell"
    usual = example.frame(sql)
    district, group = example.frame("SELECT district_id, target_group_id FROM need WHERE places_needed > 0").iloc[0]
    for persons in (100.0, 200.0, 300.0, 400.0, 500.0, 100.0):  # more of them than are kept
        grown = example.under(Conditions(growth=(Growth(group, district, persons),))).frame(sql)
        assert grown.loc[0, "n"] > usual.loc[0, "n"]
    assert example.frame(sql).equals(usual)
    assert len(example._rows._states) < 60


def test_many_ask_while_one_changes(lived: Inventory) -> None:
    def ask(number: int) -> pd.DataFrame:
        return lived.frame(QUESTIONS[number % len(QUESTIONS)])

    with ThreadPoolExecutor(4) as threads:
        asked = threads.map(ask, range(36))
        for capacity in range(5):
            with lived.change(ADA, Action.EDIT_RECORDS) as change:
                change.update("initiative", [{"initiative_id": "i001", "capacity": capacity}])
        assert all(len(frame) for frame in asked)
    assert lived.frame("SELECT capacity FROM initiative_listed WHERE initiative_id = 'i001'").loc[0, "capacity"] == 4
