-- Version 1 of the inventory file. Later versions: migrations/0002_….sql and so on, applied in order.
--
-- Conventions
--   The key of a table is <table>_id, a text that never changes and is never used for another record.
--   Unknown is NULL. An empty list means "asked, and there is none"; NULL means "unknown".
--   Links that are plain sets (themes of an offer, its languages) are lists inside the record: one record is
--   one row, one version and one entry in the change log, so history, import, undo and conflicts need no joins.
--   Every change, and `python -m esdash check`, make sure that every id in a list exists.
--   assured_on / assured_by: the last time somebody checked that the record is still true (METHODS M9).
--   version counts the changes of a record: UPDATE … WHERE id = ? AND version = ? finds the second writer.

CREATE TABLE meta (
    schema_version INTEGER NOT NULL,
    kind VARCHAR NOT NULL CHECK (kind IN ('example', 'public', 'empty', 'generated')),
    created_at TIMESTAMP NOT NULL
);

-- ---------------------------------------------------------------- reference: the city, from its folder

CREATE TABLE city (
    city_id VARCHAR PRIMARY KEY,
    name VARCHAR NOT NULL,
    programme VARCHAR,
    list_recipient VARCHAR,                     -- who receives the priority list
    map_note_de VARCHAR, map_note_en VARCHAR,   -- e.g. schematic, no official boundaries
    population_note_de VARCHAR, population_note_en VARCHAR,
    credits VARCHAR,
    small_number_threshold INTEGER NOT NULL CHECK (small_number_threshold >= 0),  -- METHODS M4
    outline JSON                                -- GeoJSON geometry of the whole city, may be missing
);

CREATE TABLE district (
    district_id VARCHAR PRIMARY KEY,
    name VARCHAR NOT NULL,
    short_name VARCHAR NOT NULL,
    lat DOUBLE NOT NULL CHECK (lat BETWEEN -90 AND 90),
    lon DOUBLE NOT NULL CHECK (lon BETWEEN -180 AND 180),
    residents INTEGER CHECK (residents >= 0),
    residents_as_of VARCHAR,
    residents_source VARCHAR,
    geometry JSON,                              -- GeoJSON geometry of the district
    note VARCHAR,
    sort INTEGER NOT NULL
);

-- Minutes between district centres by the usual means of transport, also within a district.
CREATE TABLE district_travel (
    district_travel_id VARCHAR PRIMARY KEY,     -- from|to
    from_district_id VARCHAR NOT NULL,
    to_district_id VARCHAR NOT NULL,
    minutes DOUBLE NOT NULL CHECK (minutes >= 0),
    quality VARCHAR NOT NULL CHECK (quality IN ('measured', 'estimated')),
    source VARCHAR NOT NULL
);

-- Two levels: a field of action has no parent, a theme lies below a field.
CREATE TABLE theme (
    theme_id VARCHAR PRIMARY KEY,
    parent_id VARCHAR,
    name_de VARCHAR NOT NULL, name_en VARCHAR NOT NULL,
    short_de VARCHAR NOT NULL, short_en VARCHAR NOT NULL,   -- for narrow columns
    severity INTEGER CHECK (severity BETWEEN 1 AND 3),      -- consequence of unmet need, judged by the city
    severity_reason VARCHAR,
    sort INTEGER NOT NULL
);

CREATE TABLE target_group (
    target_group_id VARCHAR PRIMARY KEY,
    name_de VARCHAR NOT NULL, name_en VARCHAR NOT NULL,
    short_de VARCHAR NOT NULL, short_en VARCHAR NOT NULL,
    sort INTEGER NOT NULL
);

CREATE TABLE language (
    language_id VARCHAR PRIMARY KEY,            -- ISO 639
    name_de VARCHAR NOT NULL, name_en VARCHAR NOT NULL,
    sort INTEGER NOT NULL
);

CREATE TABLE module (                           -- what a training teaches
    module_id VARCHAR PRIMARY KEY,
    name_de VARCHAR NOT NULL, name_en VARCHAR NOT NULL,
    source VARCHAR,
    sort INTEGER NOT NULL
);

-- People of a target group in a district. persons NULL with quality 'suppressed': known to the source, not published.
CREATE TABLE population (
    population_id VARCHAR PRIMARY KEY,          -- district|group
    district_id VARCHAR NOT NULL,
    target_group_id VARCHAR NOT NULL,
    persons DOUBLE CHECK (persons >= 0),
    as_of DATE NOT NULL,
    quality VARCHAR NOT NULL CHECK (quality IN ('official', 'estimated', 'suppressed')),
    source VARCHAR NOT NULL,
    CHECK (persons IS NOT NULL OR quality = 'suppressed')
);

CREATE TABLE city_total (                       -- people of a target group in the whole city
    target_group_id VARCHAR PRIMARY KEY,
    persons DOUBLE CHECK (persons >= 0),
    as_of DATE NOT NULL,
    quality VARCHAR NOT NULL CHECK (quality IN ('official', 'estimated', 'suppressed')),
    source VARCHAR NOT NULL
);

-- Places per week that 100 people of a group need. 0 means: not applicable, with the reason.
CREATE TABLE planning_value (
    planning_value_id VARCHAR PRIMARY KEY,      -- theme|group
    theme_id VARCHAR NOT NULL,
    target_group_id VARCHAR NOT NULL,
    places_per_100 DOUBLE NOT NULL CHECK (places_per_100 >= 0),
    reason VARCHAR NOT NULL,
    source VARCHAR NOT NULL
);

-- METHODS M8: weight and anchors of each criterion, agreed once and stored.
CREATE TABLE criterion (
    criterion_id VARCHAR PRIMARY KEY CHECK (criterion_id IN ('size', 'seriousness', 'inequity', 'effectiveness')),
    weight DOUBLE NOT NULL CHECK (weight >= 0),
    anchor_low DOUBLE NOT NULL,
    anchor_high DOUBLE NOT NULL,
    reason VARCHAR NOT NULL,
    sort INTEGER NOT NULL,
    CHECK (anchor_high > anchor_low)
);

-- ---------------------------------------------------------------- inventory

CREATE TABLE organization (
    organization_id VARCHAR PRIMARY KEY,
    name VARCHAR NOT NULL CHECK (trim(name) <> ''),
    short_name VARCHAR,
    kind VARCHAR,
    description VARCHAR,
    website VARCHAR, email VARCHAR, phone VARCHAR,
    street VARCHAR, postcode VARCHAR, district_id VARCHAR,
    source VARCHAR, note VARCHAR,
    status VARCHAR NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'archived')),
    assured_on DATE, assured_by VARCHAR,
    version INTEGER NOT NULL DEFAULT 1
);

-- First of all a function; a person's name, mail and phone are shown and exported only with consent_scope 'public'.
CREATE TABLE contact (
    contact_id VARCHAR PRIMARY KEY,
    organization_id VARCHAR NOT NULL,
    role VARCHAR NOT NULL,
    name VARCHAR, email VARCHAR, phone VARCHAR,
    language_ids VARCHAR[],
    consent_scope VARCHAR CHECK (consent_scope IN ('internal', 'public')),
    consent_on DATE, consent_source VARCHAR, consent_until DATE,
    last_reached_on DATE,
    note VARCHAR,
    status VARCHAR NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'archived')),
    assured_on DATE, assured_by VARCHAR,
    version INTEGER NOT NULL DEFAULT 1
);

CREATE TABLE location (
    location_id VARCHAR PRIMARY KEY,
    name VARCHAR NOT NULL,
    street VARCHAR, postcode VARCHAR,
    district_id VARCHAR,
    lat DOUBLE CHECK (lat BETWEEN -90 AND 90),
    lon DOUBLE CHECK (lon BETWEEN -180 AND 180),
    barrier_free BOOLEAN,
    note VARCHAR,
    status VARCHAR NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'archived')),
    assured_on DATE, assured_by VARCHAR,
    version INTEGER NOT NULL DEFAULT 1
);

CREATE TABLE initiative (
    initiative_id VARCHAR PRIMARY KEY,
    organization_id VARCHAR NOT NULL,
    partner_ids VARCHAR[],                      -- other organisations that carry it
    name VARCHAR NOT NULL CHECK (trim(name) <> ''),
    description VARCHAR,
    status VARCHAR NOT NULL DEFAULT 'active' CHECK (status IN ('planned', 'active', 'paused', 'ended', 'archived')),
    theme_ids VARCHAR[],                        -- themes, or a whole field of action where only that is known
    target_group_ids VARCHAR[],
    language_ids VARCHAR[],
    mode VARCHAR CHECK (mode IN ('on_site', 'mobile', 'online')),
    location_id VARCHAR,
    district_ids VARCHAR[],                     -- districts served; NULL: not limited
    times STRUCT(weekday TINYINT, begins TIME, ends TIME)[],  -- weekly; weekday 1 = Monday (ISO 8601)
    capacity INTEGER CHECK (capacity >= 0),     -- people who can take part per week
    waiting INTEGER CHECK (waiting >= 0),       -- people on the waiting list
    volunteers_active INTEGER CHECK (volunteers_active >= 0),
    volunteers_wanted INTEGER CHECK (volunteers_wanted >= 0),
    contact_id VARCHAR,
    started_on DATE, ended_on DATE,
    cost VARCHAR, website VARCHAR,
    source VARCHAR, note VARCHAR,
    assured_on DATE, assured_by VARCHAR,
    version INTEGER NOT NULL DEFAULT 1,
    CHECK (ended_on IS NULL OR started_on IS NULL OR ended_on >= started_on)
);

-- A training for volunteers as a curriculum.
CREATE TABLE course (
    course_id VARCHAR PRIMARY KEY,
    organization_id VARCHAR NOT NULL,
    name VARCHAR NOT NULL CHECK (trim(name) <> ''),
    description VARCHAR,
    module_ids VARCHAR[],
    level VARCHAR CHECK (level IN ('basic', 'advanced')),
    hours DOUBLE CHECK (hours > 0),
    language_ids VARCHAR[],
    certificate VARCHAR,
    status VARCHAR NOT NULL DEFAULT 'active' CHECK (status IN ('planned', 'active', 'paused', 'ended', 'archived')),
    source VARCHAR, note VARCHAR,
    assured_on DATE, assured_by VARCHAR,
    version INTEGER NOT NULL DEFAULT 1
);

-- One dated run of a course.
CREATE TABLE session (
    session_id VARCHAR PRIMARY KEY,
    course_id VARCHAR NOT NULL,
    starts_on DATE NOT NULL,
    ends_on DATE,
    begins TIME, ends TIME,
    mode VARCHAR CHECK (mode IN ('on_site', 'online')),
    location_id VARCHAR,
    seats INTEGER CHECK (seats >= 0),
    booked INTEGER CHECK (booked >= 0),
    waiting INTEGER CHECK (waiting >= 0),
    cost_eur DOUBLE CHECK (cost_eur >= 0),      -- what holding it costs the organiser
    contact_id VARCHAR,
    status VARCHAR NOT NULL DEFAULT 'planned' CHECK (status IN ('planned', 'confirmed', 'held', 'cancelled', 'archived')),
    source VARCHAR, note VARCHAR,
    assured_on DATE, assured_by VARCHAR,
    version INTEGER NOT NULL DEFAULT 1,
    CHECK (ends_on IS NULL OR ends_on >= starts_on)
);

CREATE TABLE contact_point (
    contact_point_id VARCHAR PRIMARY KEY,
    organization_id VARCHAR NOT NULL,
    name VARCHAR NOT NULL CHECK (trim(name) <> ''),
    audiences VARCHAR[],                        -- 'volunteers', 'newcomers'
    description VARCHAR,
    location_id VARCHAR, contact_id VARCHAR,
    language_ids VARCHAR[],
    opening_hours VARCHAR,                      -- OpenStreetMap syntax, e.g. "Mo,We 14:00-17:00"
    website VARCHAR, source VARCHAR, note VARCHAR,
    status VARCHAR NOT NULL DEFAULT 'active' CHECK (status IN ('planned', 'active', 'paused', 'ended', 'archived')),
    assured_on DATE, assured_by VARCHAR,
    version INTEGER NOT NULL DEFAULT 1
);

-- One row per theme × district that was surveyed, or where the theme does not apply. No row: not surveyed (METHODS M3).
CREATE TABLE survey (
    survey_id VARCHAR PRIMARY KEY,              -- theme|district
    theme_id VARCHAR NOT NULL,
    district_id VARCHAR NOT NULL,
    state VARCHAR NOT NULL CHECK (state IN ('surveyed', 'not_applicable')),
    surveyed_on DATE, surveyed_by VARCHAR, method VARCHAR, reason VARCHAR,
    version INTEGER NOT NULL DEFAULT 1,
    CHECK (state <> 'not_applicable' OR reason IS NOT NULL),
    CHECK (state <> 'surveyed' OR surveyed_on IS NOT NULL)
);

-- ---------------------------------------------------------------- steering

CREATE TABLE overlap_case (                     -- one row per decision about a case (METHODS M6)
    overlap_case_id VARCHAR PRIMARY KEY,
    initiative_ids VARCHAR[] NOT NULL,
    verdict VARCHAR CHECK (verdict IN ('duplicate', 'repeat', 'wanted', 'double_structure')),
    reason VARCHAR, decided_on DATE, decided_by VARCHAR,
    version INTEGER NOT NULL DEFAULT 1
);

-- One row per derived item to which people added something: PEARL (METHODS M8), measure, status. No row: it is open.
CREATE TABLE priority_item (
    priority_item_id VARCHAR PRIMARY KEY,       -- e.g. gap|theme|district, overlap|case
    title VARCHAR,                              -- only for items that were not derived
    evidence JSON,
    proper BOOLEAN, economic BOOLEAN, acceptable BOOLEAN, resourced BOOLEAN, legal BOOLEAN,  -- NULL: not judged
    pearl_reason VARCHAR,
    measure VARCHAR,
    status VARCHAR NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'decided', 'done', 'rejected')),
    version INTEGER NOT NULL DEFAULT 1
);

CREATE TABLE list_version (
    list_version_id VARCHAR PRIMARY KEY,
    number INTEGER NOT NULL, frozen_on DATE NOT NULL, frozen_by VARCHAR NOT NULL,
    checksum VARCHAR NOT NULL, note VARCHAR, answered_on DATE, answer VARCHAR,
    version INTEGER NOT NULL DEFAULT 1
);

CREATE TABLE list_entry (
    list_entry_id VARCHAR PRIMARY KEY,          -- version|rank
    list_version_id VARCHAR NOT NULL, rank INTEGER NOT NULL, priority_item_id VARCHAR NOT NULL,
    content JSON NOT NULL, answer VARCHAR,
    version INTEGER NOT NULL DEFAULT 1
);

CREATE TABLE meeting (
    meeting_id VARCHAR PRIMARY KEY,
    held_on DATE NOT NULL, title VARCHAR NOT NULL, minutes VARCHAR,
    version INTEGER NOT NULL DEFAULT 1
);

CREATE TABLE vote (
    vote_id VARCHAR PRIMARY KEY,
    meeting_id VARCHAR, priority_item_id VARCHAR NOT NULL, voter VARCHAR NOT NULL, points INTEGER NOT NULL,
    version INTEGER NOT NULL DEFAULT 1
);

CREATE TABLE decision (
    decision_id VARCHAR PRIMARY KEY,
    meeting_id VARCHAR, decided_on DATE NOT NULL, subject VARCHAR NOT NULL, outcome VARCHAR NOT NULL,
    priority_item_id VARCHAR, version INTEGER NOT NULL DEFAULT 1
);

CREATE TABLE measure (
    measure_id VARCHAR PRIMARY KEY,
    priority_item_id VARCHAR, title VARCHAR NOT NULL, responsible VARCHAR, due_on DATE,
    status VARCHAR NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'running', 'done', 'dropped')),
    version INTEGER NOT NULL DEFAULT 1
);

CREATE TABLE idea (
    idea_id VARCHAR PRIMARY KEY,
    text VARCHAR NOT NULL, workshop VARCHAR, collected_on DATE, theme_id VARCHAR, district_id VARCHAR,
    version INTEGER NOT NULL DEFAULT 1
);

CREATE TABLE commitment (
    commitment_id VARCHAR PRIMARY KEY,
    organization_id VARCHAR, text VARCHAR NOT NULL, given_on DATE, due_on DATE, kept BOOLEAN,
    version INTEGER NOT NULL DEFAULT 1
);

CREATE TABLE budget_entry (
    budget_entry_id VARCHAR PRIMARY KEY,
    measure_id VARCHAR, year INTEGER NOT NULL, amount_eur DOUBLE NOT NULL, purpose VARCHAR NOT NULL, funder VARCHAR,
    version INTEGER NOT NULL DEFAULT 1
);

-- ---------------------------------------------------------------- duplicates (METHODS M5)

-- One row per pair of records that people found not to be the same.
CREATE TABLE duplicate_decision (
    duplicate_decision_id VARCHAR PRIMARY KEY,  -- table|a|b, with a < b
    table_name VARCHAR NOT NULL CHECK (table_name IN ('organization', 'initiative', 'course', 'contact_point', 'location')),
    a_id VARCHAR NOT NULL, b_id VARCHAR NOT NULL,
    verdict VARCHAR NOT NULL CHECK (verdict = 'not_duplicate'),
    decided_by VARCHAR NOT NULL, decided_on DATE NOT NULL, reason VARCHAR,
    version INTEGER NOT NULL DEFAULT 1,
    CHECK (a_id < b_id)
);

-- One row per merge: old_id leads to the kept record, and the numbers of the changes allow undoing the merge.
CREATE TABLE record_alias (
    record_alias_id VARCHAR PRIMARY KEY,        -- id of the merge
    table_name VARCHAR NOT NULL CHECK (table_name IN ('organization', 'initiative', 'course', 'contact_point', 'location')),
    old_id VARCHAR NOT NULL, kept_id VARCHAR NOT NULL,
    first_change_id BIGINT NOT NULL, last_change_id BIGINT NOT NULL,  -- what the merge wrote into change_log
    version INTEGER NOT NULL DEFAULT 1,
    UNIQUE (table_name, old_id),
    CHECK (old_id <> kept_id)
);

-- ---------------------------------------------------------------- record

CREATE TABLE import_run (
    import_run_id VARCHAR PRIMARY KEY,
    imported_at TIMESTAMP NOT NULL, actor VARCHAR NOT NULL,
    file_name VARCHAR NOT NULL, file_hash VARCHAR NOT NULL, kind VARCHAR NOT NULL,
    rows_new INTEGER NOT NULL, rows_changed INTEGER NOT NULL, rows_unchanged INTEGER NOT NULL,
    undone_at TIMESTAMP
);

-- One row per form that was saved, so that a double click saves once. Deleted after a week.
CREATE TABLE write_key (
    write_key_id VARCHAR PRIMARY KEY,
    record_id VARCHAR NOT NULL,
    written_at TIMESTAMP NOT NULL               -- UTC
);

CREATE TABLE snapshot (                         -- dates worth comparing with, e.g. the last meeting
    snapshot_id VARCHAR PRIMARY KEY,
    taken_on DATE NOT NULL, name VARCHAR NOT NULL,
    version INTEGER NOT NULL DEFAULT 1
);

-- One row per changed record. Written by triggers only (see changelog.py), never by hand.
CREATE SEQUENCE change_number;
CREATE TABLE change_log (
    change_id BIGINT PRIMARY KEY DEFAULT nextval('change_number'),
    changed_at TIMESTAMP NOT NULL,              -- UTC
    actor VARCHAR NOT NULL,
    reason VARCHAR,
    means VARCHAR NOT NULL,                     -- form, correction, import, city, undo, merge, init, restore; 'direct' when written past the write door
    import_run_id VARCHAR,
    table_name VARCHAR NOT NULL,
    record_id VARCHAR NOT NULL,
    before JSON,                                -- NULL: the record was added
    after JSON                                  -- NULL: the record was removed
);
