-- Trainings for volunteers: courses, their dated sessions, and who teaches what.

-- One row per session: course, provider, seats, free seats; unknown stays unknown. One over several days is to come
-- until its last day.
CREATE VIEW session_listed AS
SELECT s.session_id, s.course_id, c.name AS course, c.organization_id, o.name AS organization, c.module_ids, c.level,
    c.hours, c.language_ids, s.starts_on, s.ends_on, s.begins, s.ends, s.mode, l.name AS place,
    l.district_id, d.name AS district, s.seats, s.booked, s.waiting,
    CASE WHEN s.seats - s.booked IS NOT NULL THEN greatest(0, s.seats - s.booked) END AS free, s.status, s.assured_on,
    coalesce(s.ends_on, s.starts_on) >= today AND s.status IN ('planned', 'confirmed') AS upcoming
FROM session AS s JOIN course AS c USING (course_id) JOIN organization AS o USING (organization_id)
CROSS JOIN clock LEFT JOIN located AS l USING (location_id) LEFT JOIN district AS d ON d.district_id = l.district_id
WHERE s.status <> 'archived'
ORDER BY s.starts_on, s.begins, s.session_id;

-- One row per course: how often it ran, its next day (of one that runs over several days: today), how many seats are free.
CREATE VIEW course_listed AS
SELECT c.course_id, c.name, c.organization_id, o.name AS organization, c.module_ids, c.level, c.hours, c.language_ids,
    c.status, c.description, c.assured_on,
    count(s.session_id) AS sessions,
    count(s.session_id) FILTER (s.upcoming) AS upcoming,
    min(greatest(s.starts_on, today)) FILTER (s.upcoming) AS next_on,
    sum(s.free) FILTER (s.upcoming) AS free,
    sum(s.waiting) FILTER (s.upcoming) AS waiting
FROM course AS c JOIN organization AS o USING (organization_id) LEFT JOIN session_listed AS s USING (course_id)
CROSS JOIN clock
WHERE c.status <> 'archived'
GROUP BY ALL
ORDER BY next_on NULLS LAST, any_value(c.name) COLLATE de;

-- One row per module, also those that nobody teaches: who teaches it, number of coming sessions, the next one.
-- Free seats and waiting people are those of coming sessions: 0 if none is coming, NULL if all of them are unknown.
CREATE VIEW module_listed AS
WITH taught AS (
    SELECT module_id, list(DISTINCT organization ORDER BY organization COLLATE de) AS organizations,
        count(DISTINCT organization_id) AS providers, count(*) AS courses
    FROM (SELECT *, unnest(list_distinct(module_ids)) AS module_id FROM course_listed)
    WHERE status IN ('active', 'planned')
    GROUP BY module_id
),
coming AS (
    SELECT module_id, count(*) AS sessions, min(greatest(starts_on, today)) AS next_on, sum(free) AS free, sum(waiting) AS waiting
    FROM (SELECT *, unnest(list_distinct(module_ids)) AS module_id FROM session_listed WHERE upcoming) CROSS JOIN clock
    GROUP BY module_id
)
SELECT m.module_id, m.name_de, m.name_en, m.sort,
    coalesce(t.providers, 0) AS providers, coalesce(t.courses, 0) AS courses,
    coalesce(t.organizations, []) AS organizations,
    coalesce(c.sessions, 0) AS sessions, c.next_on,
    CASE WHEN c.module_id IS NULL THEN 0 ELSE c.free END AS free,
    CASE WHEN c.module_id IS NULL THEN 0 ELSE c.waiting END AS waiting
FROM module AS m LEFT JOIN taught AS t USING (module_id) LEFT JOIN coming AS c USING (module_id)
ORDER BY m.sort, m.module_id;
