-- Bundling of trainings (METHODS M7): sessions, pairs of sessions, and decisions, as the plan needs them.

-- Whether people who work by day can come: on a weekend or in the evening. NULL: the begin is unknown.
CREATE MACRO in_free_time(starts_on, begins) AS
CASE WHEN isodow(starts_on) >= 6 THEN true ELSE begins >= evening_from() END;

-- One row per session that comes, with its topic (modules and level), its place and its figures.
CREATE VIEW coming_session AS
SELECT s.session_id, s.version, s.course_id, c.name AS course, fold_words(c.name) AS folded_course,
    c.organization_id, o.name AS organization, contact.role AS contact_role,
    list_sort(list_distinct(c.module_ids)) AS module_ids, c.level, c.hours,
    list_sort(list_distinct(c.language_ids)) AS language_ids,
    s.starts_on, s.begins, in_free_time(s.starts_on, s.begins) AS free_time,
    s.mode, s.location_id, l.name AS place, l.district_id, d.name AS district, l.barrier_free,
    coalesce(l.lat, d.lat) AS lat, coalesce(l.lon, d.lon) AS lon,
    s.seats, s.booked, s.waiting, s.cost_eur
FROM session AS s JOIN course AS c USING (course_id) JOIN organization AS o ON o.organization_id = c.organization_id
CROSS JOIN clock
LEFT JOIN contact ON contact.contact_id = s.contact_id
LEFT JOIN located AS l ON l.location_id = s.location_id
LEFT JOIN district AS d ON d.district_id = l.district_id
WHERE s.starts_on >= today AND s.status IN ('planned', 'confirmed') AND c.status <> 'archived'
ORDER BY s.starts_on, s.begins, s.session_id;

-- One row per coming session that was entered twice, and the entry that counts instead of it: two courses
-- of one provider with a like name, on the same day, at the same time and place, unless people decided otherwise.
CREATE VIEW session_twin AS
SELECT b.session_id, min(a.session_id) AS twin_id
FROM coming_session AS a JOIN coming_session AS b
    ON a.organization_id = b.organization_id AND a.starts_on = b.starts_on AND a.course_id <> b.course_id
    AND a.session_id < b.session_id
WHERE a.begins IS NOT DISTINCT FROM b.begins AND a.mode IS NOT DISTINCT FROM b.mode
    AND (
        a.mode = 'online' OR a.location_id = b.location_id
        OR kilometres(a.lat, a.lon, b.lat, b.lon) <= same_place_km()
    )
    AND jaro_winkler_similarity(a.folded_course, b.folded_course) >= same_name()
    AND NOT EXISTS (
        SELECT 1 FROM duplicate_dismissed AS d
        WHERE d.table_name = 'course' AND d.a_id = least(a.course_id, b.course_id)
            AND d.b_id = greatest(a.course_id, b.course_id)
    )
GROUP BY b.session_id
ORDER BY b.session_id;

-- One row per coming session; `reason` says why the plan cannot consider it, NULL where it can.
CREATE VIEW bundling_session AS
SELECT s.* EXCLUDE (folded_course), t.twin_id,
    CASE
        WHEN t.twin_id IS NOT NULL THEN 'twin'
        WHEN len(coalesce(module_ids, [])) = 0 THEN 'modules'
        WHEN level IS NULL THEN 'level'
        WHEN len(coalesce(language_ids, [])) = 0 THEN 'language'
        WHEN mode IS NULL THEN 'mode'
        WHEN mode = 'on_site' AND district_id IS NULL THEN 'place'
        WHEN seats IS NULL THEN 'seats'
        WHEN booked IS NULL THEN 'booked'
        WHEN booked > seats THEN 'overbooked'
    END AS reason
FROM coming_session AS s LEFT JOIN session_twin AS t USING (session_id)
ORDER BY starts_on, begins, session_id;

-- One row per ordered pair of sessions of one topic and kind (on site, online) with a common language, at most so many
-- days and kilometres apart. `losses`: who would lose access if the people of session_id went to kept_id instead.
CREATE MACRO bundling_pair(most_days, most_km) AS TABLE
WITH considered AS MATERIALIZED (FROM bundling_session WHERE reason IS NULL),
near AS MATERIALIZED (
    SELECT a.session_id, b.session_id AS kept_id, a.mode, a.district_id AS from_id, b.district_id AS to_id,
        abs(b.starts_on - a.starts_on) AS days,
        CASE WHEN a.mode = 'on_site' THEN kilometres(a.lat, a.lon, b.lat, b.lon) ELSE 0 END AS km,
        list_filter(a.language_ids, lambda language: NOT list_contains(b.language_ids, language)) AS lost_language_ids,
        a.free_time AND b.free_time IS DISTINCT FROM true AS loses_free_time,
        a.mode = 'on_site' AND a.barrier_free AND b.barrier_free IS DISTINCT FROM true AS loses_barrier_free
    FROM considered AS a JOIN considered AS b
        ON a.module_ids = b.module_ids AND a.level = b.level AND a.mode = b.mode AND a.session_id <> b.session_id
    WHERE abs(b.starts_on - a.starts_on) <= most_days AND list_has_any(a.language_ids, b.language_ids)
),
way AS (SELECT DISTINCT from_id, to_id FROM near WHERE mode = 'on_site' AND km <= most_km),
-- districts whose people need at most 30 minutes now, and more than 45 minutes after the merge
cut_off AS (
    SELECT w.from_id, w.to_id, list(d.district_id ORDER BY d.sort, d.district_id) AS district_ids
    FROM way AS w
    JOIN district_travel AS old ON old.to_district_id = w.from_id
    JOIN district_travel AS new ON new.from_district_id = old.from_district_id AND new.to_district_id = w.to_id
    JOIN district AS d ON d.district_id = old.from_district_id
    WHERE (old.minutes <= easy_way_minutes() OR old.from_district_id = w.from_id) AND new.minutes > longest_way_minutes()
    GROUP BY ALL
)
SELECT n.session_id, n.kept_id, n.days, n.km,
    CASE WHEN n.mode = 'on_site' THEN t.minutes END AS minutes,
    coalesce(c.district_ids, []) AS lost_district_ids, n.lost_language_ids,
    list_concat(
        CASE WHEN c.district_ids IS NOT NULL THEN ['way']
            WHEN n.mode = 'on_site' AND n.from_id <> n.to_id AND t.minutes IS NULL THEN ['way_unknown'] ELSE [] END,
        CASE WHEN n.loses_barrier_free THEN ['barrier_free'] ELSE [] END,
        CASE WHEN len(n.lost_language_ids) > 0 THEN ['language'] ELSE [] END,
        CASE WHEN n.loses_free_time THEN ['free_time'] ELSE [] END
    ) AS losses
FROM near AS n
LEFT JOIN district_travel AS t ON t.from_district_id = n.from_id AND t.to_district_id = n.to_id
LEFT JOIN cut_off AS c USING (from_id, to_id)
WHERE n.km <= most_km
ORDER BY n.session_id, n.kept_id;

-- One row per accepted merge, the newest first: what it rested on, and both sessions as they are now.
CREATE VIEW bundling_decided AS
SELECT b.bundling_decision_id AS decision_id, b.version, b.session_id, b.kept_session_id AS kept_id,
    b.decided_by, b.decided_on, b.reason,
    b.booked AS booked_then, b.kept_booked AS kept_booked_then, b.kept_seats AS kept_seats_then,
    b.starts_on AS starts_then, b.kept_starts_on AS kept_starts_then, b.losses AS losses_then,
    s.starts_on, s.status, sc.name AS course, so.name AS organization, s.starts_on >= today AS still_ahead,
    k.starts_on AS kept_starts_on, k.status AS kept_status, kc.name AS kept_course, ko.name AS kept_organization,
    k.starts_on >= today AS kept_still_ahead
FROM bundling_decision AS b CROSS JOIN clock
JOIN session AS s ON s.session_id = b.session_id
JOIN course AS sc ON sc.course_id = s.course_id JOIN organization AS so ON so.organization_id = sc.organization_id
JOIN session AS k ON k.session_id = b.kept_session_id
JOIN course AS kc ON kc.course_id = k.course_id JOIN organization AS ko ON ko.organization_id = kc.organization_id
ORDER BY b.decided_on DESC, b.bundling_decision_id;

-- One row per accepted merge whose sessions still fit, without the limits of days and kilometres.
CREATE VIEW bundling_decided_pair AS
SELECT p.* FROM bundling_pair(1000000, 1000000) AS p
SEMI JOIN bundling_decision AS b ON b.session_id = p.session_id AND b.kept_session_id = p.kept_id
ORDER BY session_id, kept_id;
