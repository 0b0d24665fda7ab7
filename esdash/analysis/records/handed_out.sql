-- Lists as they leave: one row per record with all its fields that may leave, archived ones too, so that every key that
-- another list names is found; with names, addresses and contacts for people who read them.

-- One row per initiative with its place, and whom to ask: the function, its person only with public consent of today,
-- and the organisation's own numbers.
CREATE VIEW initiative_handed_out AS
SELECT i.*, c.role AS contact_role, c.name AS contact_name, c.phone AS contact_phone, c.email AS contact_email,
    o.phone AS organization_phone, o.email AS organization_email, o.website AS organization_website
FROM initiative_listed AS i JOIN organization AS o USING (organization_id)
LEFT JOIN contact_shown AS c ON c.contact_id = i.contact_id AND c.status <> 'archived'
ORDER BY i.name COLLATE de, i.initiative_id;

-- One row per course with its provider and its coming dates.
CREATE VIEW course_handed_out AS
SELECT c.* EXCLUDE (version), o.name AS organization, coalesce(l.sessions, 0) AS sessions,
    coalesce(l.upcoming, 0) AS upcoming, l.next_on, l.free, l.waiting
FROM course AS c JOIN organization AS o USING (organization_id) LEFT JOIN course_listed AS l USING (course_id)
ORDER BY next_on NULLS LAST, c.name COLLATE de, c.course_id;

-- One row per session with its course, its provider, and its place by name, street and postcode: two places of one name
-- are told apart.
CREATE VIEW session_handed_out AS
SELECT s.* EXCLUDE (version), c.name AS course, c.organization_id, o.name AS organization, c.module_ids, c.level, c.hours,
    c.language_ids, l.name AS place, l.street, l.postcode, l.district_id, d.name AS district, t.free,
    coalesce(t.upcoming, false) AS upcoming
FROM session AS s JOIN course AS c USING (course_id) JOIN organization AS o USING (organization_id)
LEFT JOIN session_listed AS t USING (session_id)
LEFT JOIN located AS l ON l.location_id = s.location_id LEFT JOIN district AS d ON d.district_id = l.district_id
ORDER BY s.starts_on, s.begins, s.session_id;

-- One row per place.
CREATE VIEW location_handed_out AS
SELECT l.* EXCLUDE (version), d.name AS district
FROM location AS l LEFT JOIN district AS d USING (district_id)
ORDER BY l.name COLLATE de, l.location_id;

-- One row per contact: its function and its hours; the person and the days of consent only with public consent of
-- today, and not of an archived one. Never absences, internal notes, and where consent was given.
CREATE VIEW contact_handed_out AS
WITH person AS (
    FROM contact_shown WHERE status <> 'archived' AND coalesce(name, email, phone) IS NOT NULL
)
SELECT c.contact_id, c.role, c.organization_id, o.name AS organization, c.language_ids, c.opening_hours, c.fortnightly,
    c.appointment, c.last_reached_on, c.deputy_contact_id, c.successor_contact_id, p.name, p.email, p.phone,
    CASE WHEN p.contact_id IS NOT NULL THEN c.consent_scope END AS consent_scope,
    CASE WHEN p.contact_id IS NOT NULL THEN c.consent_on END AS consent_on,
    CASE WHEN p.contact_id IS NOT NULL THEN c.consent_until END AS consent_until,
    c.status, c.assured_on, c.assured_by
FROM contact AS c JOIN organization AS o USING (organization_id) LEFT JOIN person AS p USING (contact_id)
ORDER BY o.name COLLATE de, c.role COLLATE de, c.contact_id;

-- One row per theme and district that somebody has looked at.
CREATE VIEW survey_handed_out AS
SELECT s.* EXCLUDE (version), t.name_de AS theme, d.name AS district
FROM survey AS s JOIN theme AS t USING (theme_id) JOIN district AS d USING (district_id)
ORDER BY t.sort, d.sort, s.survey_id;
