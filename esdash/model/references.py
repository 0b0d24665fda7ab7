"""Which columns name records of which table: for the check that they exist, for merging, and for what names what."""

from esdash.model.fields import target_of
from esdash.model.kinds import BY_TABLE, TABLES

# Tables that hold no kind of record, with their columns that name others.
_BESIDE = {
    "district_travel": "from_district_id to_district_id",
    "population_point": "district_id",
    "point_travel": "from_district_id population_point_id",
    "theme": "parent_id",
    "population": "district_id target_group_id",
    "city_total": "target_group_id",
    "planning_value": "theme_id target_group_id",
    "overlap_case": "initiative_ids",
    "bundling_decision": "session_id kept_session_id",
    "list_entry": "list_version_id",
    "vote": "meeting_id",
    "decision": "meeting_id",
    "idea": "theme_id district_id",
    "commitment": "organization_id",
    "budget_entry": "measure_id",
}
_NAMED_OTHERWISE = {"parent_id": "theme", "kept_session_id": "session"} | dict.fromkeys(
    ("from_district_id", "to_district_id"), "district"
)

# (table, column) → table whose key it names. Columns of lists name several.
REFERENCES = {
    (table, column): _NAMED_OTHERWISE.get(column) or target_of(column)
    for table, columns in _BESIDE.items()
    for column in columns.split()
} | {(kind.table, field.name): field.target for kind in BY_TABLE.values() for field in kind.fields if field.refers}

# Tables of which two records can be one. What is kept about such a pair names its table in table_name.
MERGED_TABLES = tuple(kind.table for kind in BY_TABLE.values() if kind.mergeable)
PAIRS = (
    *(("duplicate_decision", "a_id"), ("duplicate_decision", "b_id")),
    *(("record_alias", "old_id"), ("record_alias", "kept_id")),
)


def as_sql() -> str:
    """The view record_link: one row per record that people keep (table_name, record_id), column of it and record of
    such a kind that it names there (target, target_id)."""
    links = [
        f"SELECT '{target}' AS target, {f'unnest({column})' if column.endswith('_ids') else column} AS target_id, "
        f"'{table}' AS table_name, {table}_id AS record_id FROM {table} WHERE {column} IS NOT NULL"
        for (table, column), target in REFERENCES.items()
        if table in TABLES and target in TABLES
    ]
    return f"CREATE VIEW record_link AS {' UNION ALL '.join(links)};"
