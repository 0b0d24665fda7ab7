-- Version 13: contact points that can be relied on, the finder, printed lists and flyers, workshops.
--
-- What an idea and a promise say of their workshop moves to one row per workshop; whether a promise was kept becomes a
-- state. change_log keeps the earlier columns. People appear as a function, never by name.

-- ---------------------------------------------------------------- the city

ALTER TABLE city ADD COLUMN IF NOT EXISTS land VARCHAR;              -- of the public holidays, ISO 3166-2 without "DE-"; NULL: only nationwide ones
ALTER TABLE city ADD COLUMN IF NOT EXISTS public_address VARCHAR;    -- where the QR code of printed papers leads; NULL: no QR code
ALTER TABLE city ADD COLUMN IF NOT EXISTS leaflet_languages VARCHAR; -- languages of the flyer: "de, en, ar"; NULL: those with texts
ALTER TABLE city ADD COLUMN IF NOT EXISTS leaflet_weeks INTEGER;     -- weeks that a print should hold at least; NULL: the usual number

-- ---------------------------------------------------------------- opening hours
-- opening_hours: every week, in OpenStreetMap syntax, without appointments and without holidays.
-- fortnightly: every second week from a first day on, whose weekday is the weekday.
-- holiday_hours: on public holidays closed, open as usual, or to be asked; NULL counts as closed, with a word.

ALTER TABLE contact_point ADD COLUMN phone VARCHAR;    -- of the place or its function: needs no contact
ALTER TABLE contact_point ADD COLUMN email VARCHAR;
ALTER TABLE contact_point ADD COLUMN theme_ids VARCHAR[];  -- what one can ask about there
ALTER TABLE contact_point ADD COLUMN fortnightly STRUCT(starts_on DATE, begins TIME, ends TIME)[];
ALTER TABLE contact_point ADD COLUMN appointment VARCHAR;  -- none, possible (beside the hours), required
ALTER TABLE contact_point ADD COLUMN appointment_url VARCHAR;
ALTER TABLE contact_point ADD COLUMN closures STRUCT(first_day DATE, last_day DATE, reason VARCHAR)[];
ALTER TABLE contact_point ADD COLUMN holiday_hours VARCHAR;  -- closed, open, ask
ALTER TABLE contact_point ADD COLUMN hours_note VARCHAR;   -- what people wrote that is no hours
ALTER TABLE contact_point ADD COLUMN hours_assured_on DATE;  -- the hours alone; NULL: as assured_on
ALTER TABLE contact_point ADD COLUMN successor_contact_point_id VARCHAR;  -- who took over when it was archived

ALTER TABLE contact ADD COLUMN opening_hours VARCHAR;  -- a contact's own hours win over those of the place
ALTER TABLE contact ADD COLUMN fortnightly STRUCT(starts_on DATE, begins TIME, ends TIME)[];
ALTER TABLE contact ADD COLUMN appointment VARCHAR;
ALTER TABLE contact ADD COLUMN absences STRUCT(first_day DATE, last_day DATE, reason VARCHAR)[];
ALTER TABLE contact ADD COLUMN deputy_contact_id VARCHAR;
ALTER TABLE contact ADD COLUMN successor_contact_id VARCHAR;

ALTER TABLE location ADD COLUMN directions VARCHAR;    -- how to get there
ALTER TABLE location ADD COLUMN successor_location_id VARCHAR;  -- where it moved to when it was archived

-- One row per attempt to reach a contact, or a contact point by its own phone or mail.
CREATE TABLE contact_attempt (
    contact_attempt_id VARCHAR PRIMARY KEY,
    contact_id VARCHAR, contact_point_id VARCHAR,
    attempted_on DATE NOT NULL,
    channel VARCHAR NOT NULL CHECK (channel IN ('phone', 'mail', 'visit')),
    outcome VARCHAR NOT NULL CHECK (outcome IN ('reached', 'no_answer', 'bounced', 'wrong', 'refused')),
    by_role VARCHAR NOT NULL CHECK (trim(by_role) <> ''),
    version INTEGER NOT NULL DEFAULT 1,
    CHECK ((contact_id IS NULL) <> (contact_point_id IS NULL))
);

-- One row per contact, place or contact point that was archived with what refers to it, as long as nobody took that back:
-- the numbers of the changes allow undoing it as a whole.
CREATE TABLE succession (
    succession_id VARCHAR PRIMARY KEY,
    table_name VARCHAR NOT NULL CHECK (table_name IN ('contact', 'location', 'contact_point')),
    archived_id VARCHAR NOT NULL,
    successor_id VARCHAR,                       -- NULL: nobody takes over
    first_change_id BIGINT NOT NULL, last_change_id BIGINT NOT NULL,
    version INTEGER NOT NULL DEFAULT 1,
    UNIQUE (table_name, archived_id),
    CHECK (archived_id IS DISTINCT FROM successor_id)
);

-- ---------------------------------------------------------------- finder

ALTER TABLE initiative ADD COLUMN without_commitment BOOLEAN;  -- volunteers may come once, without a fixed bond
ALTER TABLE initiative ADD COLUMN little_german BOOLEAN;       -- volunteers need little German

-- One row per week, theme, district, time of day and language that volunteers wished for in the finder: how often, and how
-- often nothing was found. Not logged, no text, no person: only counters.
CREATE TABLE wish (
    wish_id VARCHAR PRIMARY KEY,                -- its parts, joined by |
    week DATE NOT NULL,                         -- its Monday
    theme_id VARCHAR, district_id VARCHAR,
    time_slot VARCHAR CHECK (time_slot IN ('morning', 'afternoon', 'evening', 'weekend')),
    language_id VARCHAR,
    searches INTEGER NOT NULL CHECK (searches >= 0),
    nothing_found INTEGER NOT NULL CHECK (nothing_found BETWEEN 0 AND searches)
);

-- ---------------------------------------------------------------- print

-- One row per text of the flyer and language. The German text is the source; a translation knows which source it is of.
CREATE TABLE leaflet_text (
    leaflet_text_id VARCHAR PRIMARY KEY,        -- passage|language
    passage VARCHAR NOT NULL,                   -- title, question_1, answer_1, word_opening …
    language_id VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    source_sha256 VARCHAR,                      -- of the German text it was checked against; German: NULL
    reviewed_on DATE, reviewed_by VARCHAR,      -- a function; NULL: nobody has read it
    version INTEGER NOT NULL DEFAULT 1
);

-- One row per print: what was printed when, how many, where it lies.
CREATE TABLE print_run (
    print_run_id VARCHAR PRIMARY KEY,
    kind VARCHAR NOT NULL CHECK (kind IN ('contact_list', 'wall_list', 'flyer')),
    audience VARCHAR NOT NULL DEFAULT 'volunteers' CHECK (audience IN ('volunteers', 'newcomers')),
    language_id VARCHAR NOT NULL,
    as_of DATE NOT NULL, valid_to DATE NOT NULL,
    printed_on DATE NOT NULL, printed_by VARCHAR NOT NULL,
    copies INTEGER NOT NULL CHECK (copies > 0),
    laid_out JSON NOT NULL,                     -- [{location_id or place, copies}]: where they lie; place in words
    printed JSON NOT NULL,                      -- [{contact_point_id, contact_id, sha256}]: salted, of what was printed;
                                                -- sha256 NULL: the contact has withdrawn since, or was erased
    salt VARCHAR NOT NULL,
    collected_on DATE,                          -- the copies were collected or replaced; NULL: they lie there
    version INTEGER NOT NULL DEFAULT 1
);

-- ---------------------------------------------------------------- workshops

-- One row per workshop (OParl Meeting): who took part, what was said.
CREATE TABLE workshop (
    workshop_id VARCHAR PRIMARY KEY,
    name VARCHAR NOT NULL CHECK (trim(name) <> ''),
    held_on DATE,                               -- NULL only where an earlier inventory did not know it
    location_id VARCHAR, organizer_id VARCHAR,
    participant_organization_ids VARCHAR[],
    guests INTEGER CHECK (guests >= 0),         -- people who spoke for no organisation: a number, no names
    theme_ids VARCHAR[],
    minutes VARCHAR,
    version INTEGER NOT NULL DEFAULT 1
);
INSERT INTO workshop BY NAME
SELECT 'ws' || row_number() OVER (
    ORDER BY held_on, name COLLATE de
) AS workshop_id, name, held_on
FROM (SELECT DISTINCT workshop AS name, collected_on AS held_on FROM idea WHERE trim(workshop) <> '');

CREATE TEMP TABLE idea_before AS FROM idea;
DROP TABLE idea;
-- One row per idea, of a workshop or sent in otherwise.
CREATE TABLE idea (
    idea_id VARCHAR PRIMARY KEY,
    text VARCHAR NOT NULL,
    workshop_id VARCHAR,
    collected_on DATE,                          -- only without a workshop, which has a day of its own
    organization_id VARCHAR,                    -- who had it; NULL: a guest, or not noted
    theme_id VARCHAR, district_id VARCHAR,
    state VARCHAR NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'merged', 'parked')),  -- on the list: see priority_item
    similar_to_id VARCHAR,                      -- merged: the idea that stands for it
    parked_reason VARCHAR,
    version INTEGER NOT NULL DEFAULT 1,
    CHECK ((state = 'merged') = (similar_to_id IS NOT NULL)),
    CHECK (state <> 'parked' OR trim(parked_reason) <> '')
);
INSERT INTO idea BY NAME
SELECT i.* EXCLUDE (workshop) REPLACE (CASE WHEN w.workshop_id IS NULL THEN i.collected_on END AS collected_on), w.workshop_id
FROM idea_before AS i LEFT JOIN workshop AS w ON w.name = i.workshop AND w.held_on IS NOT DISTINCT FROM i.collected_on;

CREATE TEMP TABLE commitment_before AS FROM commitment;
DROP TABLE commitment;
-- One row per promise of an organisation: who does what until when.
CREATE TABLE commitment (
    commitment_id VARCHAR PRIMARY KEY,
    organization_id VARCHAR, contact_role VARCHAR,  -- a function, no name
    text VARCHAR NOT NULL,
    workshop_id VARCHAR, meeting_id VARCHAR,    -- where it was given
    given_on DATE, due_on DATE,
    theme_id VARCHAR, district_id VARCHAR,
    state VARCHAR NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'kept', 'broken', 'released')),  -- broken: internal only
    checked_on DATE,                            -- when its state was last looked at
    measure_id VARCHAR,                         -- the measure that it became
    note VARCHAR,
    version INTEGER NOT NULL DEFAULT 1
);
INSERT INTO commitment BY NAME
SELECT * EXCLUDE (kept), CASE kept WHEN true THEN 'kept' WHEN false THEN 'broken' ELSE 'open' END AS state
FROM commitment_before;

DROP TABLE idea_before;
DROP TABLE commitment_before;

-- Two ideas can be found to be different as well.
CREATE TEMP TABLE duplicate_decision_before AS FROM duplicate_decision;
DROP TABLE duplicate_decision;
-- One row per pair of records that people found not to be the same.
CREATE TABLE duplicate_decision (
    duplicate_decision_id VARCHAR PRIMARY KEY,  -- table|a|b, with a < b
    table_name VARCHAR NOT NULL CHECK
        (table_name IN ('organization', 'initiative', 'course', 'contact_point', 'location', 'idea')),
    a_id VARCHAR NOT NULL, b_id VARCHAR NOT NULL,
    verdict VARCHAR NOT NULL CHECK (verdict = 'not_duplicate'),
    decided_by VARCHAR NOT NULL, decided_on DATE NOT NULL, reason VARCHAR,
    version INTEGER NOT NULL DEFAULT 1,
    CHECK (a_id < b_id)
);
INSERT INTO duplicate_decision BY NAME FROM duplicate_decision_before;
DROP TABLE duplicate_decision_before;
