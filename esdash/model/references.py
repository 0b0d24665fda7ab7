"""Which column refers to which table: for checking that the record exists, for merging, and for lists of links."""

from esdash.model.fields import target_of
from esdash.model.kinds import BY_TABLE, TABLES

# Tables that are not a kind of record, with their columns that refer to other tables.
_BESIDE = {
    "district_travel": "from_district_id to_district_id",
    "population_point": "district_id",
    "point_travel": "from_district_id population_point_id",
    "theme": "parent_id",
    "population": "district_id target_group_id",
    "city_total": "target_group_id",
    "planning_value": "theme_id target_group_id",
    "capacity_range": "theme_id",
    "overlap_case": "initiative_ids",
    "bundling_decision": "session_id kept_session_id",
    "workshop": "location_id organizer_id participant_organization_ids theme_ids",
    "idea": "workshop_id organization_id theme_id district_id similar_to_id",
    "commitment": "organization_id workshop_id meeting_id theme_id district_id measure_id",
    "contact_attempt": "contact_id contact_point_id",
    "leaflet_text": "language_id",
    "print_run": "language_id",
    "wish": "theme_id district_id language_id",
    "priority_item": "target_group_ids theme_ids district_ids lead_organization_id partner_ids",
    "body": "seat_organization_ids",
    "meeting": "body_id location_id present_organization_ids excused_organization_ids minutes_approved_in_id",
    "agenda_item": "meeting_id block_id carried_from_id",
    "decision": "meeting_id agenda_item_id supersedes_id",
    "voice_round": "body_id meeting_id priority_item_ids seat_organization_ids handed_in_ids",
    "open_voice": "voice_round_id priority_item_id",  # its seat follows no merge: without a log that cannot be undone
    "voice": "voice_round_id seat_organization_id priority_item_id",
    "list_version": "meeting_id decision_id",
    "list_file": "list_version_id",
    "list_entry": "list_version_id priority_item_id",
    "answer": "list_entry_id supersedes_id",
    "measure": "priority_item_id decision_id answer_id bundling_decision_id "
    + "lead_organization_id partner_ids initiative_ids noted_in_meeting_id",
    "progress_note": "measure_id",
    "budget_entry": "budget_line_id measure_id payee_organization_id",
}
_ORGANIZATIONS = (
    *("lead_organization_id", "payee_organization_id", "seat_organization_id", "seat_organization_ids"),
    *("present_organization_ids", "excused_organization_ids", "partner_ids", "handed_in_ids"),
    *("organizer_id", "participant_organization_ids"),
)
_NAMED_OTHERWISE = {
    **{"parent_id": "theme", "kept_session_id": "session", "carried_from_id": "agenda_item", "block_id": "agenda_item"},
    "similar_to_id": "idea",
    **dict.fromkeys(("minutes_approved_in_id", "noted_in_meeting_id"), "meeting"),
    **dict.fromkeys(("from_district_id", "to_district_id"), "district"),
    **dict.fromkeys(_ORGANIZATIONS, "organization"),
}
_EARLIER = "supersedes_id"  # an earlier row of the same table

# (table, column) → table that the column refers to. A column …_ids holds a list of keys.
REFERENCES = {
    (table, column): table if column == _EARLIER else _NAMED_OTHERWISE.get(column) or target_of(column)
    for table, columns in _BESIDE.items()
    for column in columns.split()
} | {(kind.table, field.name): field.target for kind in BY_TABLE.values() for field in kind.fields if field.refers}

# Tables whose records can be merged. A row about a pair of records has their table in table_name.
MERGED_TABLES = tuple(kind.table for kind in BY_TABLE.values() if kind.mergeable)
PAIRED_TABLES = (*MERGED_TABLES, "idea", "contact")  # two of one table stand in a row of PAIRS
PAIRS = (
    *(("duplicate_decision", "a_id"), ("duplicate_decision", "b_id")),
    *(("record_alias", "old_id"), ("record_alias", "kept_id")),
    *(("succession", "archived_id"), ("succession", "successor_id")),
)


def as_sql() -> str:
    """The SQL of the view record_link: one row per record (table_name, record_id) and record that it refers to (target,
    target_id), both of kinds that people enter."""
    links = [
        f"SELECT '{target}' AS target, {f'unnest({column})' if column.endswith('_ids') else column} AS target_id, "
        f"'{table}' AS table_name, {table}_id AS record_id FROM {table} WHERE {column} IS NOT NULL"
        for (table, column), target in REFERENCES.items()
        if table in TABLES and target in TABLES
    ]
    return f"CREATE VIEW record_link AS {' UNION ALL '.join(links)};"
