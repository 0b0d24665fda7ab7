-- One row per dated session of a course, for a calendar file; cancelled ones too, so that calendars remove them.
-- Without contacts, because a calendar file is passed on freely. It was changed when the date was, or what a calendar
-- says of its course, its provider or its place.
CREATE VIEW session_in_calendar AS
WITH edited AS (
    SELECT table_name, record_id, max(changed_at) AS at
    FROM inventory.change_log WHERE table_name IN ('session', 'course', 'organization', 'location') GROUP BY ALL
)
SELECT s.session_id, s.course_id, c.name AS course, c.organization_id, o.name AS organization, c.module_ids,
    c.description, c.hours, s.starts_on, s.ends_on, s.begins, s.ends, s.mode, l.name AS place, l.street, l.postcode,
    s.seats, s.booked, s.waiting, s.status, s.version, greatest(es.at, ec.at, eo.at, el.at) AS changed_at,
    CASE WHEN s.seats - s.booked IS NOT NULL THEN greatest(0, s.seats - s.booked) END AS free  -- greatest(0, NULL) is 0
FROM session AS s
JOIN course AS c USING (course_id)
JOIN organization AS o USING (organization_id)
LEFT JOIN location AS l USING (location_id)
LEFT JOIN edited AS es ON es.table_name = 'session' AND es.record_id = s.session_id
LEFT JOIN edited AS ec ON ec.table_name = 'course' AND ec.record_id = s.course_id
LEFT JOIN edited AS eo ON eo.table_name = 'organization' AND eo.record_id = c.organization_id
LEFT JOIN edited AS el ON el.table_name = 'location' AND el.record_id = s.location_id
WHERE s.status <> 'archived'
ORDER BY s.starts_on, s.begins, s.session_id;
