-- What to check next (METHODS M9). The day of the last confirmation counts, not that of the last edit.

-- One row per record of the seven kinds that people enter, of every status, with the organisation and contact to ask.
-- A contact is called by its function. keep_days: how long a confirmation holds; phone, times and contact age faster
-- than the rest.
CREATE VIEW any_record AS
SELECT 'initiative' AS table_name, initiative_id AS record_id, name, organization_id, contact_id, status, assured_on,
    assured_by, contact_stale_after() AS keep_days
FROM initiative
UNION ALL BY NAME
SELECT 'contact_point' AS table_name, contact_point_id AS record_id, name, organization_id, contact_id, status,
    assured_on, assured_by, contact_stale_after() AS keep_days
FROM contact_point
UNION ALL BY NAME
SELECT 'contact' AS table_name, contact_id AS record_id, role AS name, organization_id, contact_id, status,
    assured_on, assured_by, contact_stale_after() AS keep_days
FROM contact
UNION ALL BY NAME
SELECT 'organization' AS table_name, organization_id AS record_id, name, organization_id, status, assured_on, assured_by,
    CASE WHEN phone IS NULL AND email IS NULL THEN description_stale_after() ELSE contact_stale_after() END AS keep_days
FROM organization
UNION ALL BY NAME
SELECT 'course' AS table_name, course_id AS record_id, name, organization_id, status, assured_on, assured_by,
    description_stale_after() AS keep_days
FROM course
UNION ALL BY NAME
SELECT 'session' AS table_name, session_id AS record_id, course.name, organization_id, contact_id, session.status,
    session.assured_on, session.assured_by, NULL AS keep_days  -- sessions need no confirmation
FROM session JOIN course USING (course_id)
UNION ALL BY NAME
SELECT 'location' AS table_name, location_id AS record_id, name, status, assured_on, assured_by,
    description_stale_after() AS keep_days
FROM location;

-- One row per record that must be kept up to date: neither over nor archived.
CREATE VIEW kept_record AS
SELECT * EXCLUDE (status, assured_by) FROM any_record
WHERE status IN ('planned', 'active', 'paused', 'confirmed')
ORDER BY table_name, record_id;

-- The freshness of a record of any kind, from the days that its confirmation holds; as `freshness` for offers.
CREATE MACRO traffic_light(assured, keep_days, today) AS
CASE
    WHEN assured IS NULL THEN 'never'
    WHEN keep_days IS NULL OR today - assured <= keep_days THEN 'fresh'
    WHEN today - assured <= description_stale_after() THEN 'check'
    ELSE 'stale'
END;

-- One row per record that needs confirmation: fresh (within its time), check (past it), stale (longer ago than
-- descriptions hold), never (confirmed). due_on: the last day of its time.
CREATE VIEW kept_state AS
SELECT k.table_name, k.record_id, k.name, k.organization_id, o.name AS organization, k.assured_on,
    CAST(k.assured_on + CAST(keep_days AS INTEGER) AS DATE) AS due_on,
    traffic_light(k.assured_on, keep_days, today) AS state
FROM kept_record AS k CROSS JOIN clock LEFT JOIN organization AS o USING (organization_id)
WHERE keep_days IS NOT NULL
ORDER BY k.assured_on NULLS FIRST, k.table_name, k.name COLLATE de, k.record_id;

-- One row per kind of record: how many of them are fresh, to be checked, stale, never confirmed.
CREATE VIEW kept_state_by_kind AS
SELECT table_name, count(*) AS records,
    count(*) FILTER (state = 'fresh') AS fresh, count(*) FILTER (state = 'check') AS "check",
    count(*) FILTER (state = 'stale') AS stale, count(*) FILTER (state = 'never') AS never
FROM kept_state
GROUP BY table_name
ORDER BY records DESC, table_name;

-- One row per record and record that refers to it, with the places per week of the latter. Records that are over or
-- archived are not counted.
CREATE VIEW record_use AS
WITH live AS (
    SELECT 'initiative' AS table_name, initiative_id AS record_id, capacity AS places FROM active_offer
    UNION ALL SELECT 'session', session_id, NULL FROM session WHERE status IN ('planned', 'confirmed')
    UNION ALL SELECT 'course', course_id, NULL FROM course WHERE status = 'active'
    UNION ALL SELECT 'contact', contact_id, NULL FROM contact WHERE status = 'active'
    UNION ALL SELECT 'contact_point', contact_point_id, NULL FROM contact_point WHERE status = 'active'
)
SELECT target AS table_name, target_id AS record_id, places FROM live JOIN record_link USING (table_name, record_id)
UNION ALL SELECT 'initiative', unnest(initiative_ids), NULL FROM overlap_case
ORDER BY ALL;

-- One row per contact, or contact point with a phone or mail of its own, that has to be reached (METHODS M18): bounced,
-- silent, not_reached within the half-life. A contact point that has a contact too need not be reached by its own phone.
-- nobody_there: a contact and its deputy are both away, today or on a day to come.
CREATE VIEW reach_reason AS
WITH tried AS (
    SELECT 'contact' AS table_name, r.contact_id AS record_id, r.state, r.reached_on, r.tried_on, true AS must
    FROM contact_reach AS r JOIN contact AS c USING (contact_id) WHERE coalesce(c.phone, c.email) IS NOT NULL
    UNION ALL
    SELECT 'contact_point', r.contact_point_id, r.state, r.reached_on, r.tried_on, p.contact_id IS NULL
    FROM contact_reach AS r JOIN contact_point AS p USING (contact_point_id) WHERE coalesce(p.phone, p.email) IS NOT NULL
),
away AS (SELECT contact_id, deputy_contact_id, unnest(absences) AS a FROM contact WHERE status = 'active'),
both_away AS (
    SELECT c.contact_id, greatest(today, c.a.first_day, d.a.first_day) AS first_day,
        least(coalesce(c.a.last_day, DATE '9999-12-31'), coalesce(d.a.last_day, DATE '9999-12-31')) AS last_day
    FROM away AS c JOIN away AS d ON d.contact_id = c.deputy_contact_id CROSS JOIN clock
)
SELECT table_name, record_id, state AS kind, tried_on AS since, CAST(tried_on AS VARCHAR) AS detail
FROM tried WHERE state IN ('bounced', 'silent')
UNION ALL
SELECT table_name, record_id, 'not_reached', CAST(reached_on + CAST(contact_stale_after() AS INTEGER) AS DATE),
    CAST(reached_on AS VARCHAR)
FROM tried WHERE state = 'due' AND must
UNION ALL
SELECT 'contact', contact_id, 'nobody_there', NULL, CAST(min(first_day) AS VARCHAR)
FROM both_away WHERE first_day <= last_day GROUP BY contact_id
ORDER BY ALL;

-- One row per record and reason to check it: kind, since when, the value that shows it.
CREATE VIEW check_reason AS
WITH seen AS (  -- when a record was added, and when it was last changed
    SELECT table_name, record_id, CAST(min(changed_at) AS DATE) AS added_on, CAST(max(changed_at) AS DATE) AS changed_on
    FROM change_log GROUP BY table_name, record_id
),
reach AS (  -- mail and phone, if filled; a valid phone number has enough digits
    SELECT 'contact' AS table_name, contact_id AS record_id, email, phone FROM contact
    UNION ALL SELECT 'organization', organization_id, email, phone FROM organization
    UNION ALL SELECT 'contact_point', contact_point_id, email, phone FROM contact_point
),
reason AS (
    SELECT table_name, record_id, 'never' AS kind, NULL AS since, NULL AS detail
    FROM kept_record WHERE assured_on IS NULL AND keep_days IS NOT NULL
    UNION ALL
    SELECT table_name, record_id, 'stale', CAST(assured_on + CAST(keep_days AS INTEGER) AS DATE), CAST(assured_on AS VARCHAR)
    FROM kept_record CROSS JOIN clock WHERE today - assured_on > keep_days
    UNION ALL
    SELECT table_name, record_id, 'mail_broken', NULL, NULL FROM reach WHERE email NOT LIKE '_%@_%'
    UNION ALL
    SELECT table_name, record_id, 'phone_broken', NULL, NULL
    FROM reach WHERE length(regexp_replace(phone, '[^0-9]', '', 'g')) < least_phone_digits()
    UNION ALL
    SELECT table_name, record_id, 'contact_missing', NULL, NULL
    FROM reach WHERE table_name = 'contact' AND email IS NULL AND phone IS NULL
    UNION ALL
    SELECT 'contact_point', contact_point_id, 'contact_missing', NULL, NULL
    FROM contact_point WHERE contact_id IS NULL AND phone IS NULL AND email IS NULL
    UNION ALL
    FROM reach_reason
    UNION ALL
    SELECT 'initiative', initiative_id, 'contact_missing', NULL, NULL
    FROM initiative JOIN organization AS o USING (organization_id)
    WHERE contact_id IS NULL AND o.email IS NULL AND o.phone IS NULL
    UNION ALL
    SELECT 'initiative', initiative_id, 'past_end', ended_on, CAST(ended_on AS VARCHAR)
    FROM initiative CROSS JOIN clock WHERE ended_on < today
    UNION ALL
    SELECT 'session', session_id, 'past_end', coalesce(ends_on, starts_on), CAST(coalesce(ends_on, starts_on) AS VARCHAR)
    FROM session CROSS JOIN clock WHERE coalesce(ends_on, starts_on) < today
    UNION ALL
    SELECT 'initiative', initiative_id, 'no_theme', NULL, NULL FROM active_offer WHERE len(coalesce(theme_ids, [])) = 0
    UNION ALL
    SELECT 'initiative', initiative_id, 'no_target_group', NULL, NULL
    FROM active_offer WHERE len(coalesce(target_group_ids, [])) = 0
    UNION ALL
    SELECT 'initiative', initiative_id, 'no_place', NULL, NULL
    FROM active_offer WHERE location_id IS NULL AND district_ids IS NULL AND coalesce(mode, 'on_site') = 'on_site'
    UNION ALL
    SELECT 'session', session_id, 'overbooked', NULL, concat(booked, ' > ', seats) FROM session WHERE booked > seats
)
SELECT table_name, record_id, kind, detail,
    -- `since`: for a broken mail the last change of the record, for one never confirmed the day it was added
    coalesce(since, CASE WHEN kind = 'never' THEN added_on ELSE changed_on END) AS since
FROM reason LEFT JOIN seen USING (table_name, record_id)
ORDER BY table_name, record_id, kind;

-- One row per record and reason to check it, the most used record first: its use is the places per week that reach
-- people through it plus the number of records that name it. Unknown places add nothing.
CREATE MATERIALIZED VIEW todo AS
WITH used AS (
    SELECT table_name, record_id, coalesce(sum(places), 0) AS places, count(*) AS records
    FROM record_use GROUP BY table_name, record_id
),
own AS (SELECT 'initiative' AS table_name, initiative_id AS record_id, capacity FROM active_offer)
SELECT k.table_name, k.record_id, k.name, k.organization_id, o.name AS organization, k.contact_id, r.kind, r.since, r.detail,
    CAST(coalesce(used.places, 0) + coalesce(own.capacity, 0) AS BIGINT) AS places,
    CAST(coalesce(used.records, 0) AS BIGINT) AS named_by,
    CAST(coalesce(used.places, 0) + coalesce(own.capacity, 0) + coalesce(used.records, 0) AS BIGINT) AS use
FROM kept_record AS k JOIN check_reason AS r USING (table_name, record_id)
LEFT JOIN used USING (table_name, record_id) LEFT JOIN own USING (table_name, record_id)
LEFT JOIN organization AS o ON o.organization_id = k.organization_id
ORDER BY use DESC, since NULLS FIRST, table_name, record_id, kind;
