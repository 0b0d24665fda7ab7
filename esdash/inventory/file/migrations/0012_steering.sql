-- Version 12: from a finding to a decided list, to the city's answer, to what became of it.
--
-- The steering tables of version 1 that no function ever wrote (list_version, list_entry, vote, decision, measure,
-- budget_entry) are laid out anew. A row that somebody wrote into them past the write door is moved where it has a home
-- here; change_log keeps all of them. People appear as a function or as the seat of an organisation, never by name.

CREATE TEMP TABLE item_before AS FROM priority_item;
CREATE TEMP TABLE meeting_before AS FROM meeting;
CREATE TEMP TABLE measure_before AS FROM measure;
DROP TABLE priority_item;
DROP TABLE list_entry;
DROP TABLE list_version;
DROP TABLE vote;
DROP TABLE decision;
DROP TABLE measure;
DROP TABLE budget_entry;
DROP TABLE meeting;

-- One row per finding or own proposal to which people said something. On the list: listed_on is set and ended_on is not.
-- The id stays the same over all versions of the list; the finding it rests on may get another id when offers are merged.
CREATE TABLE priority_item (
    priority_item_id VARCHAR PRIMARY KEY,
    finding_id VARCHAR,                         -- gap|theme|district, overlap|case, bundling|session|kept, idea|idea; NULL: by hand
    origin VARCHAR CHECK (origin IN ('gap', 'overlap', 'bundling', 'idea', 'hand')),
    title VARCHAR,                              -- names a task; NULL: worked out from the finding
    measure VARCHAR,                            -- what is proposed to do
    target_group_ids VARCHAR[], theme_ids VARCHAR[], district_ids VARCHAR[],
    lead_organization_id VARCHAR, partner_ids VARCHAR[],
    cost_eur DECIMAL(12, 2) CHECK (cost_eur >= 0),  -- NULL: left open
    due_on DATE,
    evidence JSON,                              -- when it was taken: {by, on, reason, url, as_of, figures, organization_ids}
    proper BOOLEAN, economic BOOLEAN, acceptable BOOLEAN, resourced BOOLEAN, legal BOOLEAN,  -- PEARL; NULL: not judged
    pearl_reason VARCHAR,
    judged JSON,                                -- criterion → 0 to 100, judged by people where no finding measures it
    score_reason VARCHAR,                       -- why people see it elsewhere than the computation
    listed_on DATE, listed_by VARCHAR,
    ended_on DATE, ended_as VARCHAR CHECK (ended_as IN ('done', 'dropped')), ended_reason VARCHAR,
    version INTEGER NOT NULL DEFAULT 1
);
INSERT INTO priority_item BY NAME
SELECT * EXCLUDE (status), priority_item_id AS finding_id, split_part(priority_item_id, '|', 1) AS origin,
    TRY_CAST(evidence ->> 'on' AS DATE) AS listed_on, evidence ->> 'by' AS listed_by
FROM item_before WHERE split_part(priority_item_id, '|', 1) IN ('gap', 'overlap');

-- ---------------------------------------------------------------- meetings

-- One row per group that meets: who has a seat, and by which rule it decides.
CREATE TABLE body (
    body_id VARCHAR PRIMARY KEY,
    name VARCHAR NOT NULL CHECK (trim(name) <> ''),
    short_name VARCHAR NOT NULL,                -- in numbers of meetings: SG/004/2026
    kind VARCHAR NOT NULL CHECK (kind IN ('steering', 'working_group')),
    seat_organization_ids VARCHAR[] NOT NULL,
    quorum INTEGER CHECK (quorum > 0),          -- seats that must be present; NULL: none
    majority VARCHAR NOT NULL DEFAULT 'simple' CHECK (majority IN ('simple', 'two_thirds')),
    version INTEGER NOT NULL DEFAULT 1
);

-- One row per meeting (OParl Meeting). The number is given when it is held; a cancelled one has none.
CREATE TABLE meeting (
    meeting_id VARCHAR PRIMARY KEY,
    body_id VARCHAR,
    number VARCHAR UNIQUE,                      -- SG/004/2026
    name VARCHAR NOT NULL CHECK (trim(name) <> ''),
    meeting_state VARCHAR NOT NULL DEFAULT 'scheduled' CHECK (meeting_state IN ('scheduled', 'invited', 'held', 'closed')),
    cancelled BOOLEAN NOT NULL DEFAULT false,
    held_on DATE NOT NULL, begins TIME, ends TIME,
    location_id VARCHAR,
    chair_role VARCHAR, minutes_role VARCHAR,   -- functions, no names
    present_organization_ids VARCHAR[], excused_organization_ids VARCHAR[],
    guests INTEGER CHECK (guests >= 0),
    last_change BIGINT,                         -- the change_log when it was closed
    minutes VARCHAR, minutes_edited BOOLEAN NOT NULL DEFAULT false,  -- edited: never drafted anew
    minutes_approved_in_id VARCHAR,             -- the meeting that approved them
    minutes_sha256 VARCHAR,
    closed_at TIMESTAMP, closed_by VARCHAR,     -- UTC
    corrections JSON,                           -- [{on, by, field, old, new, reason}] after closing
    version INTEGER NOT NULL DEFAULT 1
);
INSERT INTO meeting BY NAME
SELECT meeting_id, held_on, title AS name, minutes, minutes IS NOT NULL AS minutes_edited, version,
    CASE WHEN held_on > current_date THEN 'scheduled' ELSE 'held' END AS meeting_state
FROM meeting_before;

-- One row per point of an agenda (OParl AgendaItem).
CREATE TABLE agenda_item (
    agenda_item_id VARCHAR PRIMARY KEY,
    meeting_id VARCHAR NOT NULL,
    sort INTEGER NOT NULL,
    number VARCHAR,                             -- 4.1
    name VARCHAR NOT NULL CHECK (trim(name) <> ''),
    kind VARCHAR NOT NULL CHECK (kind IN ('opening', 'minutes_approval', 'measure', 'commitment', 'unanswered', 'answer',
        'item', 'block', 'list', 'finding', 'topic')),
    subject_table VARCHAR, subject VARCHAR,     -- the record it is about
    why VARCHAR[],                              -- due, unanswered, answered, new, changed, carried, contested, brought
    block_id VARCHAR,                           -- the point under which agreed items are adopted together
    carried_from_id VARCHAR, times_carried INTEGER NOT NULL DEFAULT 0,
    resume_on DATE,                             -- rests until then
    public BOOLEAN NOT NULL DEFAULT true,
    planned_minutes INTEGER CHECK (planned_minutes >= 0),
    state VARCHAR NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'discussed', 'decided', 'carried', 'withdrawn')),
    view_url VARCHAR, as_of DATE,               -- what the group saw
    note VARCHAR,
    version INTEGER NOT NULL DEFAULT 1
);

-- One row per decision of a meeting, with the figures that it rests on. Numbers have no gap in a year and are never used twice.
CREATE TABLE decision (
    decision_id VARCHAR PRIMARY KEY,
    number VARCHAR NOT NULL UNIQUE,             -- 2026/17
    meeting_id VARCHAR, agenda_item_id VARCHAR,
    subject_table VARCHAR, subject VARCHAR,     -- e.g. priority_item and its id
    result VARCHAR NOT NULL CHECK (result IN ('adopted', 'adopted_changed', 'deferred', 'referred', 'rejected', 'withdrawn', 'noted')),
    resolution_text VARCHAR NOT NULL, reason VARCHAR,
    recorded VARCHAR NOT NULL CHECK (recorded IN ('consensus', 'counts', 'by_seat')),
    yes INTEGER CHECK (yes >= 0), no INTEGER CHECK (no >= 0), abstain INTEGER CHECK (abstain >= 0),
    recused INTEGER CHECK (recused >= 0), seats JSON,  -- by seat: organisation → yes, no, abstain, recused
    majority VARCHAR CHECK (majority IN ('simple', 'two_thirds')), carried BOOLEAN,  -- the rule, and whether it was met
    deferred_until DATE, referred_to VARCHAR,
    evidence JSON, view_url VARCHAR, as_of DATE,
    decided_on DATE NOT NULL,
    supersedes_id VARCHAR, communicated_on DATE,
    version INTEGER NOT NULL DEFAULT 1,
    CHECK (recorded <> 'consensus' OR (yes IS NULL AND no IS NULL))  -- "ohne Gegenstimme" invents no votes
);

-- ---------------------------------------------------------------- voices

-- One row per round of voices over chosen items. A round informs; it does not decide.
CREATE TABLE voice_round (
    voice_round_id VARCHAR PRIMARY KEY,
    body_id VARCHAR, meeting_id VARCHAR,
    question VARCHAR NOT NULL CHECK (trim(question) <> ''),
    method VARCHAR NOT NULL CHECK (method IN ('dots', 'points')),
    dots INTEGER CHECK (dots > 0), most_per_item INTEGER CHECK (most_per_item > 0),  -- points: 0 to most_per_item
    priority_item_ids VARCHAR[] NOT NULL,
    seat_organization_ids VARCHAR[] NOT NULL,   -- who may hand in
    names_shown BOOLEAN NOT NULL DEFAULT false, -- agreed before the first voice
    state VARCHAR NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'closed')),
    handed_in_ids VARCHAR[] NOT NULL DEFAULT [],  -- seats that have handed in: that is seen, what they gave is not
    named JSON,                                 -- when it was closed: item → seats that handed in and that it names
    opened_on DATE NOT NULL, opened_by VARCHAR NOT NULL,
    closed_at TIMESTAMP, closed_by VARCHAR,     -- UTC
    version INTEGER NOT NULL DEFAULT 1
);

-- One row per seat and item of an open round, also for 0 points. Not logged and in no look-back; closing the round moves
-- the rows to `voice`. A merge of organisations leaves them alone: it could not take that back without a log.
CREATE TABLE open_voice (
    open_voice_id VARCHAR PRIMARY KEY,          -- round|seat|item
    voice_round_id VARCHAR NOT NULL, seat_organization_id VARCHAR NOT NULL, priority_item_id VARCHAR NOT NULL,
    points INTEGER NOT NULL CHECK (points >= 0),
    reason VARCHAR,
    recorded_by VARCHAR NOT NULL CHECK (recorded_by IN ('self', 'at_the_table'))
);

-- One row per voice on an item of a closed round. Where names were not agreed, no row says whose it is: the points of an
-- item stand in their order, its reasons in theirs (a reason belongs to the item, not to the points beside it), and
-- `conflict` is kept only where that says nothing about a few seats.
CREATE TABLE voice (
    voice_id VARCHAR PRIMARY KEY,               -- round|item|place
    voice_round_id VARCHAR NOT NULL,
    seat_organization_id VARCHAR,               -- NULL: names were not agreed
    priority_item_id VARCHAR NOT NULL,
    points INTEGER NOT NULL CHECK (points >= 0),
    reason VARCHAR,
    conflict BOOLEAN,                           -- the item names this seat; NULL: not kept
    recorded_by VARCHAR NOT NULL CHECK (recorded_by IN ('self', 'at_the_table')),
    version INTEGER NOT NULL DEFAULT 1
);

-- ---------------------------------------------------------------- versions of the list, hand-over, answers

-- One row per frozen version of the list; nothing of it changes later but hand-over and note.
CREATE TABLE list_version (
    list_version_id VARCHAR PRIMARY KEY,
    number INTEGER NOT NULL UNIQUE CHECK (number > 0),
    title VARCHAR NOT NULL,
    meeting_id VARCHAR, decision_id VARCHAR,    -- who adopted it; NULL: frozen without a decision
    frozen_on DATE NOT NULL, frozen_by VARCHAR NOT NULL,
    as_of DATE NOT NULL, last_change BIGINT NOT NULL,  -- the day of the data, and the last entry of change_log
    content VARCHAR NOT NULL,                   -- canonical JSON: weights, anchors, method, entries, differences
    content_sha256 VARCHAR NOT NULL,
    previous_sha256 VARCHAR,                    -- of the version before: a chain; NULL: the first
    files JSON NOT NULL,                        -- [{name, media_type, size, sha256}]
    handed_over_on DATE, handed_over_by VARCHAR, recipient VARCHAR, hand_over_note VARCHAR,
    receipt_on DATE, answer_due_on DATE, reminded_on DATE,
    version INTEGER NOT NULL DEFAULT 1
);

-- One row per file of a version, as it was handed over. Not logged: list_version holds its checksum.
CREATE TABLE list_file (
    list_file_id VARCHAR PRIMARY KEY,           -- version|name
    list_version_id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    content BLOB NOT NULL
);

-- One row per item of a version.
CREATE TABLE list_entry (
    list_entry_id VARCHAR PRIMARY KEY,          -- version|item
    list_version_id VARCHAR NOT NULL,
    priority_item_id VARCHAR NOT NULL,          -- the same over all versions
    sort INTEGER NOT NULL,
    rank INTEGER, previous_rank INTEGER,        -- equal scores share a rank; NULL: not ranked
    change VARCHAR NOT NULL CHECK (change IN ('new', 'up', 'down', 'same', 'changed')),
    change_reason VARCHAR,
    title VARCHAR NOT NULL,
    content JSON NOT NULL,                      -- all that the files say about it
    version INTEGER NOT NULL DEFAULT 1
);

-- One row per answer of the city to an entry. A later answer is a new row; nothing is overwritten.
CREATE TABLE answer (
    answer_id VARCHAR PRIMARY KEY,
    list_entry_id VARCHAR NOT NULL,
    verdict VARCHAR NOT NULL CHECK (verdict IN ('accepted', 'accepted_in_part', 'deferred', 'rejected', 'not_responsible', 'noted')),
    reason VARCHAR, responsible_office VARCHAR, office_reference VARCHAR,
    next_on DATE, cost_committed_eur DECIMAL(12, 2) CHECK (cost_committed_eur >= 0),
    answered_on DATE NOT NULL,
    received_via VARCHAR NOT NULL CHECK (received_via IN ('sheet', 'letter', 'meeting')),
    letter VARCHAR,                             -- one key for all answers of one letter
    supersedes_id VARCHAR,
    version INTEGER NOT NULL DEFAULT 1
);

-- ---------------------------------------------------------------- measures and money

-- One row per measure: what follows from a decision, an answer or an accepted merge of trainings.
CREATE TABLE measure (
    measure_id VARCHAR PRIMARY KEY,
    number VARCHAR UNIQUE,                      -- M-07, for letters and receipts
    title VARCHAR NOT NULL CHECK (trim(title) <> ''),
    priority_item_id VARCHAR, decision_id VARCHAR, answer_id VARCHAR, bundling_decision_id VARCHAR,
    lead_organization_id VARCHAR, responsible_role VARCHAR, partner_ids VARCHAR[],
    starts_on DATE, due_on DATE,
    state VARCHAR NOT NULL DEFAULT 'planned' CHECK (state IN ('planned', 'running', 'waiting', 'done', 'dropped')),
    waiting_for VARCHAR,
    milestones JSON,                            -- [{text, due_on, done_on}]
    effect JSON,                                -- what it should change: {theme_ids, district_ids, target_group_ids, as_of, target}
    initiative_ids VARCHAR[],                   -- offers that came from it
    finished_on DATE, closing_note VARCHAR,
    noted_in_meeting_id VARCHAR,                -- the meeting that took note; only then it leaves the control list
    version INTEGER NOT NULL DEFAULT 1
);
INSERT INTO measure BY NAME
SELECT measure_id, title, responsible AS responsible_role, due_on, version,
    CASE status WHEN 'open' THEN 'planned' ELSE status END AS state
FROM measure_before;

-- One row per dated note about a measure.
CREATE TABLE progress_note (
    progress_note_id VARCHAR PRIMARY KEY,
    measure_id VARCHAR NOT NULL,
    noted_on DATE NOT NULL, by_role VARCHAR NOT NULL,
    text VARCHAR NOT NULL CHECK (trim(text) <> ''),
    state_after VARCHAR, due_before DATE, due_after DATE, delay_reason VARCHAR,
    version INTEGER NOT NULL DEFAULT 1
);

-- One row per category and year of the approved plan; what is to come in and what is to be spent are lines of their own.
CREATE TABLE budget_line (
    budget_line_id VARCHAR PRIMARY KEY,
    programme VARCHAR NOT NULL, funder VARCHAR,
    direction VARCHAR NOT NULL DEFAULT 'expense' CHECK (direction IN ('income', 'expense')),
    category VARCHAR NOT NULL CHECK (trim(category) <> ''),
    year INTEGER NOT NULL CHECK (year BETWEEN 2000 AND 2100),
    planned_eur DECIMAL(12, 2) NOT NULL CHECK (planned_eur >= 0),
    note VARCHAR, sort INTEGER NOT NULL,
    version INTEGER NOT NULL DEFAULT 1,
    UNIQUE (programme, direction, category, year)
);

-- One row per amount of a line: planned for a measure, committed, or paid. No name of a natural person. A cancelled one
-- stays with its reason and counts in no sum.
CREATE TABLE budget_entry (
    budget_entry_id VARCHAR PRIMARY KEY,
    budget_line_id VARCHAR NOT NULL, measure_id VARCHAR,
    direction VARCHAR NOT NULL DEFAULT 'expense' CHECK (direction IN ('income', 'expense')),  -- as its line
    state VARCHAR NOT NULL CHECK (state IN ('planned', 'committed', 'paid')),
    booked_on DATE NOT NULL,
    payee_organization_id VARCHAR, receipt_number VARCHAR,
    reason VARCHAR NOT NULL CHECK (trim(reason) <> ''),
    amount_eur DECIMAL(12, 2) NOT NULL CHECK (amount_eur > 0),
    cancelled_on DATE, cancelled_reason VARCHAR CHECK (cancelled_on IS NULL OR trim(cancelled_reason) <> ''),
    version INTEGER NOT NULL DEFAULT 1,
    CHECK (state <> 'paid' OR payee_organization_id IS NOT NULL OR receipt_number IS NOT NULL)
);

DROP TABLE item_before;
DROP TABLE meeting_before;
DROP TABLE measure_before;
