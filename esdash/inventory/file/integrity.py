"""What must hold between records: every id that a record names exists."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

# (table, column) → table whose key it names. Columns of lists name several.
REFERENCES = {
    ("district_travel", "from_district_id"): "district",
    ("district_travel", "to_district_id"): "district",
    ("population_point", "district_id"): "district",
    ("point_travel", "from_district_id"): "district",
    ("point_travel", "population_point_id"): "population_point",
    ("theme", "parent_id"): "theme",
    ("population", "district_id"): "district",
    ("population", "target_group_id"): "target_group",
    ("city_total", "target_group_id"): "target_group",
    ("planning_value", "theme_id"): "theme",
    ("planning_value", "target_group_id"): "target_group",
    ("organization", "district_id"): "district",
    ("contact", "organization_id"): "organization",
    ("contact", "language_ids"): "language",
    ("location", "district_id"): "district",
    ("initiative", "organization_id"): "organization",
    ("initiative", "partner_ids"): "organization",
    ("initiative", "theme_ids"): "theme",
    ("initiative", "target_group_ids"): "target_group",
    ("initiative", "language_ids"): "language",
    ("initiative", "location_id"): "location",
    ("initiative", "district_ids"): "district",
    ("initiative", "contact_id"): "contact",
    ("course", "organization_id"): "organization",
    ("course", "module_ids"): "module",
    ("course", "language_ids"): "language",
    ("session", "course_id"): "course",
    ("session", "location_id"): "location",
    ("session", "contact_id"): "contact",
    ("contact_point", "organization_id"): "organization",
    ("contact_point", "location_id"): "location",
    ("contact_point", "contact_id"): "contact",
    ("contact_point", "language_ids"): "language",
    ("survey", "theme_id"): "theme",
    ("survey", "district_id"): "district",
    ("overlap_case", "initiative_ids"): "initiative",
    ("bundling_decision", "session_id"): "session",
    ("bundling_decision", "kept_session_id"): "session",
    ("list_entry", "list_version_id"): "list_version",
    ("vote", "meeting_id"): "meeting",
    ("decision", "meeting_id"): "meeting",
    ("idea", "theme_id"): "theme",
    ("idea", "district_id"): "district",
    ("commitment", "organization_id"): "organization",
    ("budget_entry", "measure_id"): "measure",
}

# Tables of which two records can be one. What is kept about such a pair names its table in table_name.
MERGED_TABLES = ("organization", "initiative", "course", "contact_point", "location")
PAIRS = (
    ("duplicate_decision", "a_id"),
    ("duplicate_decision", "b_id"),
    ("record_alias", "old_id"),
    ("record_alias", "kept_id"),
)


class Reader(Protocol):
    """An inventory, or the inside of a change."""

    def rows(self, sql: str, **values: Any) -> list[dict[str, Any]]:
        """Rows of a query as dictionaries."""
        ...


def broken_references(reader: Reader, tables: Iterable[str] | None = None) -> list[dict[str, Any]]:
    """One row per id that is named but does not exist: table_name, record_id, column_name, named, target."""
    wanted = None if tables is None else set(tables)
    found: list[dict[str, Any]] = []
    for table, column, target, where in _named():
        if wanted is None or table in wanted or target in wanted:
            ids = f"unnest({column})" if column.endswith("_ids") else column
            key = "target_group_id" if table == "city_total" else f"{table}_id"
            found += reader.rows(
                f"SELECT '{table}' AS table_name, record_id, '{column}' AS column_name, named, '{target}' AS target "
                f"FROM (SELECT {key} AS record_id, {ids} AS named FROM inventory.{table} WHERE {where}) "
                f"WHERE named IS NOT NULL AND named NOT IN (SELECT {target}_id FROM inventory.{target}) "
                "ORDER BY record_id, named"
            )
    return found


def _named() -> list[tuple[str, str, str, str]]:
    """Table, column, table whose key it names, and in which rows it does."""
    fixed = [(table, column, target, "true") for (table, column), target in REFERENCES.items()]
    pairs = [(table, column, target, f"table_name = '{target}'") for table, column in PAIRS for target in MERGED_TABLES]
    return fixed + pairs
