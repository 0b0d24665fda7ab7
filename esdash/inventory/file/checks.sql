-- One row per record and fault: records that are wrong (error) and records that are incomplete (notice).
WITH
offer AS (FROM initiative WHERE status = 'active'),
weekly_time AS (SELECT initiative_id, name, unnest(times) AS t FROM initiative)

-- wrong
SELECT 'error' AS level, 'ended_but_running' AS code, 'initiative' AS table_name, initiative_id AS record_id, name,
    CAST(ended_on AS VARCHAR) AS detail
FROM initiative, clock
WHERE ended_on < today AND status IN ('planned', 'active', 'paused')
UNION ALL
SELECT 'error', 'impossible_time', 'initiative', initiative_id, name, CAST(t AS VARCHAR)
FROM weekly_time
WHERE t.weekday NOT BETWEEN 1 AND 7 OR t.ends <= t.begins
UNION ALL
SELECT 'error', 'overbooked', 'session', session_id, course.name, concat(booked, ' > ', seats)
FROM session LEFT JOIN course USING (course_id)
WHERE booked > seats AND session.status <> 'archived'
UNION ALL
SELECT 'error', 'held_in_future', 'session', session_id, course.name, CAST(coalesce(ends_on, starts_on) AS VARCHAR)
FROM clock, session LEFT JOIN course USING (course_id)
WHERE session.status = 'held' AND coalesce(ends_on, starts_on) > today
UNION ALL
SELECT 'error', 'population_twice', 'population', min(population_id), district_id, target_group_id
FROM population
GROUP BY district_id, target_group_id HAVING count(*) > 1

-- incomplete
UNION ALL
SELECT 'notice', 'no_theme', 'initiative', initiative_id, name, NULL FROM offer WHERE len(coalesce(theme_ids, [])) = 0
UNION ALL
SELECT 'notice', 'no_target_group', 'initiative', initiative_id, name, NULL
FROM offer WHERE len(coalesce(target_group_ids, [])) = 0
UNION ALL
SELECT 'notice', 'no_place', 'initiative', initiative_id, name, NULL
FROM offer WHERE location_id IS NULL AND district_ids IS NULL AND coalesce(mode, 'on_site') = 'on_site'
UNION ALL
SELECT 'notice', 'no_capacity', 'initiative', initiative_id, name, NULL FROM offer WHERE capacity IS NULL
UNION ALL
SELECT 'notice', 'offer_of_archived', 'initiative', initiative_id, offer.name, organization.name
FROM offer JOIN organization USING (organization_id) WHERE organization.status = 'archived'
UNION ALL
SELECT 'notice', 'no_modules', 'course', course_id, name, NULL
FROM course WHERE status = 'active' AND len(coalesce(module_ids, [])) = 0
UNION ALL
SELECT 'notice', 'still_planned', 'session', session_id, course.name, CAST(starts_on AS VARCHAR)
FROM clock, session LEFT JOIN course USING (course_id)
WHERE session.status IN ('planned', 'confirmed') AND coalesce(ends_on, starts_on) < today
UNION ALL
SELECT 'notice', 'no_consent', 'contact', contact_id, role, CAST(consent_until AS VARCHAR)
FROM contact, clock
WHERE status = 'active' AND name IS NOT NULL AND (consent_scope IS NULL OR consent_until < today)
UNION ALL
SELECT 'notice', 'no_contact', 'contact_point', contact_point_id, name, NULL
FROM contact_point WHERE status = 'active' AND contact_id IS NULL AND phone IS NULL AND email IS NULL
UNION ALL
SELECT 'notice', 'no_district', 'location', location_id, name, NULL
FROM located WHERE status = 'active' AND district_id IS NULL
UNION ALL
SELECT 'notice', 'planned_for_field', 'planning_value', planning_value_id, parent.name_de, NULL
FROM planning_value JOIN theme AS parent USING (theme_id) WHERE parent.parent_id IS NULL
ORDER BY level, code, table_name, record_id, detail
