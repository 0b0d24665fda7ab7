-- Trainings for volunteers: courses, their dated sessions, and who teaches what.

-- One row per session: course, provider, seats, free seats; unknown stays unknown.
CREATE VIEW session_listed AS
SELECT s.session_id, s.course_id, c.name AS course, c.organization_id, o.name AS organization, c.module_ids, c.level,
    c.hours, c.language_ids, s.starts_on, s.ends_on, s.begins, s.ends, s.mode, l.name AS place,
    l.district_id, d.name AS district, s.seats, s.booked, s.waiting,
    greatest(0, s.seats - s.booked) AS free, s.status, s.assured_on,
    s.starts_on >= today AND s.status IN ('planned', 'confirmed') AS upcoming
FROM session AS s JOIN course AS c USING (course_id) JOIN organization AS o USING (organization_id)
CROSS JOIN clock LEFT JOIN location AS l USING (location_id) LEFT JOIN district AS d ON d.district_id = l.district_id
WHERE s.status <> 'archived'
ORDER BY s.starts_on, s.begins, s.session_id;

-- One row per course: how often it ran, when it comes next, how many seats are free.
CREATE VIEW course_listed AS
SELECT c.course_id, c.name, c.organization_id, o.name AS organization, c.module_ids, c.level, c.hours, c.language_ids,
    c.status, c.description, c.assured_on,
    count(s.session_id) AS sessions,
    count(s.session_id) FILTER (s.upcoming) AS upcoming,
    min(s.starts_on) FILTER (s.upcoming) AS next_on,
    sum(s.free) FILTER (s.upcoming) AS free,
    sum(s.waiting) FILTER (s.upcoming) AS waiting
FROM course AS c JOIN organization AS o USING (organization_id) LEFT JOIN session_listed AS s USING (course_id)
WHERE c.status <> 'archived'
GROUP BY ALL
ORDER BY next_on NULLS LAST, c.name;

-- One row per module: who teaches it, when it comes next; modules nobody teaches are in.
CREATE VIEW module_listed AS
SELECT m.module_id, m.name_de, m.name_en, m.sort,
    count(DISTINCT c.organization_id) AS providers,
    count(DISTINCT c.course_id) AS courses,
    min(c.next_on) AS next_on,
    (
        SELECT sum(s.free) FROM session_listed AS s WHERE s.upcoming AND list_contains(s.module_ids, m.module_id)
    ) AS free,
    (
        SELECT sum(s.waiting) FROM session_listed AS s WHERE s.upcoming AND list_contains(s.module_ids, m.module_id)
    ) AS waiting
FROM module AS m
LEFT JOIN course_listed AS c ON list_contains(c.module_ids, m.module_id) AND c.status IN ('active', 'planned')
GROUP BY ALL
ORDER BY m.sort;
