-- Ties between organisations: what they did together, from facts with their day (METHODS M20).

-- One row per fact that ties two or more organisations, and organisation in it (archived ones left out). A fact of the
-- future ties nobody. first_on, last_on: its days; last_on is today while it runs; NULL: unknown.
CREATE MATERIALIZED VIEW tied_organization AS
WITH offers AS (
    SELECT initiative_id AS record_id, name, started_on AS first_on,
        CASE WHEN status = 'active' THEN least(ended_on, today) ELSE ended_on END AS last_on,
        list_append(coalesce(partner_ids, []), organization_id) AS organization_ids
    FROM initiative CROSS JOIN clock
    WHERE status IN ('active', 'paused', 'ended') AND coalesce(started_on <= today, true)
),
meetings AS (
    SELECT meeting_id AS record_id, name, held_on AS first_on, held_on AS last_on, present_organization_ids AS organization_ids
    FROM meeting CROSS JOIN clock
    WHERE meeting_state IN ('held', 'closed') AND NOT cancelled AND held_on <= today
),
workshops AS (
    SELECT workshop_id AS record_id, name, held_on AS first_on, held_on AS last_on,
        list_append(coalesce(participant_organization_ids, []), organizer_id) AS organization_ids
    FROM workshop CROSS JOIN clock
    WHERE held_on <= today
),
measures AS (
    SELECT measure_id AS record_id, title AS name, starts_on AS first_on,
        CASE WHEN state = 'done' THEN finished_on ELSE today END AS last_on,
        list_append(coalesce(partner_ids, []), lead_organization_id) AS organization_ids
    FROM measure CROSS JOIN clock
    WHERE state IN ('running', 'waiting', 'done') AND coalesce(starts_on <= today, true)
),
-- A kept promise ties to those it was given for: lead and partners of the measure that it became, otherwise whoever held
-- the workshop.
promises AS (
    SELECT c.commitment_id AS record_id, c.text AS name, c.checked_on AS first_on, c.checked_on AS last_on,
        list_append(CASE WHEN m.measure_id IS NOT NULL THEN list_append(coalesce(m.partner_ids, []), m.lead_organization_id)
            ELSE [w.organizer_id] END, c.organization_id) AS organization_ids
    FROM commitment AS c CROSS JOIN clock LEFT JOIN measure AS m USING (measure_id) LEFT JOIN workshop AS w USING (workshop_id)
    WHERE c.state = 'kept' AND coalesce(c.checked_on <= today, true)
),
told AS (
    SELECT 'offer' AS kind, 'initiative' AS table_name, * FROM offers
    UNION ALL BY NAME SELECT 'meeting' AS kind, 'meeting' AS table_name, * FROM meetings
    UNION ALL BY NAME SELECT 'workshop' AS kind, 'workshop' AS table_name, * FROM workshops
    UNION ALL BY NAME SELECT 'measure' AS kind, 'measure' AS table_name, * FROM measures
    UNION ALL BY NAME SELECT 'promise' AS kind, 'commitment' AS table_name, * FROM promises
),
each AS (SELECT DISTINCT * EXCLUDE (organization_ids), unnest(organization_ids) AS organization_id FROM told)
SELECT * FROM each SEMI JOIN (FROM organization WHERE status = 'active') USING (organization_id)
QUALIFY count(*) OVER (PARTITION BY kind, record_id) > 1
ORDER BY kind, record_id, organization_id;

-- One row per fact and pair of organisations that it ties (a_id < b_id).
CREATE VIEW tie_fact AS
SELECT a.organization_id AS a_id, b.organization_id AS b_id, a.kind, a.table_name, a.record_id, a.name, a.first_on, a.last_on
FROM tied_organization AS a JOIN tied_organization AS b USING (kind, record_id)
WHERE a.organization_id < b.organization_id
ORDER BY a_id, b_id, first_on NULLS LAST, kind, record_id;

-- One row per pair of organisations and kind of tie: how often, first and last known day, and the records.
CREATE VIEW tie AS
SELECT a_id, b_id, kind, count(*) AS n, min(first_on) AS first_on, max(last_on) AS last_on,
    list(record_id ORDER BY first_on NULLS LAST, record_id) AS record_ids
FROM tie_fact
GROUP BY ALL
ORDER BY a_id, b_id, kind;

-- The same with the names of both, for people and files.
CREATE VIEW tie_listed AS
SELECT t.a_id, a.name AS a_name, t.b_id, b.name AS b_name, t.* EXCLUDE (a_id, b_id)
FROM tie AS t JOIN organization AS a ON a.organization_id = t.a_id JOIN organization AS b ON b.organization_id = t.b_id
ORDER BY a_name COLLATE de, a_id, b_name COLLATE de, b_id, kind;

-- One row per pair of organisations with a tie: its kinds, how many facts, first and last known day.
CREATE VIEW tied_pair AS
SELECT a_id, b_id, list(kind ORDER BY kind) AS kinds, CAST(sum(n) AS BIGINT) AS n, min(first_on) AS first_on,
    max(last_on) AS last_on
FROM tie
GROUP BY ALL
ORDER BY a_id, b_id;

-- One row per quarter (its first day) and kind: pairs that were tied for the first time then, counted by what tied them
-- first; of several on one day the most binding counts. NULL: pairs of which no fact has a day.
CREATE VIEW tie_quarter AS
WITH first_tie AS (
    SELECT a_id, b_id, kind, first_on FROM tie_fact
    QUALIFY row_number() OVER (PARTITION BY a_id, b_id
        ORDER BY first_on NULLS LAST, list_position(['offer', 'measure', 'promise', 'workshop', 'meeting'], kind), record_id) = 1
)
SELECT CAST(date_trunc('quarter', first_on) AS DATE) AS quarter, kind, count(*) AS ties
FROM first_tie
GROUP BY ALL
ORDER BY quarter NULLS LAST, kind;

-- One row per day on which something was counted or decided that a rise may come from: meetings, workshops, imports.
CREATE VIEW tie_mark AS
SELECT held_on AS day, 'meeting' AS kind, name FROM meeting CROSS JOIN clock
WHERE meeting_state IN ('held', 'closed') AND NOT cancelled AND held_on <= today
UNION ALL SELECT held_on, 'workshop', name FROM workshop CROSS JOIN clock WHERE held_on <= today
UNION ALL SELECT CAST(imported_at AS DATE), 'import', file_name FROM import_run WHERE undone_at IS NULL
ORDER BY day, kind, name COLLATE de;

-- One row per active organisation without a tie and other organisation whose offers complement its own (M6), the strongest
-- three: target groups and districts that both serve without a common theme. Without any: one row with NULL.
CREATE VIEW untied AS
WITH alone AS (
    SELECT organization_id FROM organization WHERE status = 'active'
    EXCEPT SELECT organization_id FROM tied_organization
),
complement AS (
    SELECT a_id AS organization_id, b_id AS other_id, strength, target_group_ids, district_ids
    FROM organization_tie WHERE kind = 'complement'
    UNION ALL SELECT b_id, a_id, strength, target_group_ids, district_ids FROM organization_tie WHERE kind = 'complement'
)
SELECT alone.organization_id, c.other_id, c.target_group_ids, c.district_ids
FROM alone LEFT JOIN complement AS c USING (organization_id)
QUALIFY row_number() OVER (PARTITION BY organization_id ORDER BY c.strength DESC NULLS LAST, c.other_id) <= 3
ORDER BY organization_id, c.strength DESC NULLS LAST, c.other_id;

-- One row: contacts (active ones), of them reached within the half-life (M18).
CREATE VIEW contacts_reached AS
SELECT count(*) AS contacts, count(*) FILTER (r.state = 'reached') AS reached
FROM contact_reach AS r JOIN contact AS c USING (contact_id)
WHERE c.status = 'active';
