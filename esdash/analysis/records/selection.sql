-- Choosing records: search that tolerates typing errors, and facets that narrow each other.

-- One row per initiative × facet × option it has; 'unknown' if the field is unknown.
CREATE VIEW facet_option AS
WITH i AS (SELECT * FROM initiative_listed WHERE status <> 'archived'),
named_theme AS (SELECT initiative_id, unnest(theme_ids) AS theme_id FROM i)
SELECT initiative_id, 'theme' AS facet, theme_id AS option FROM named_theme
UNION SELECT initiative_id, 'theme', parent_id FROM named_theme JOIN theme USING (theme_id) WHERE parent_id IS NOT NULL
UNION SELECT initiative_id, 'theme', 'unknown' FROM i WHERE coalesce(len(theme_ids), 0) = 0
UNION SELECT initiative_id, 'target_group', unnest(target_group_ids) FROM i
UNION SELECT initiative_id, 'target_group', 'unknown' FROM i WHERE coalesce(len(target_group_ids), 0) = 0
UNION SELECT initiative_id, 'district', district_id FROM i WHERE district_id IS NOT NULL
UNION SELECT initiative_id, 'district', unnest(district_ids) FROM i
UNION SELECT initiative_id, 'district', 'unknown' FROM i
    WHERE district_id IS NULL AND coalesce(len(district_ids), 0) = 0 AND coalesce(mode, '') <> 'online'
UNION SELECT initiative_id, 'language', unnest(language_ids) FROM i
UNION SELECT initiative_id, 'language', 'unknown' FROM i WHERE language_ids IS NULL
UNION SELECT initiative_id, 'weekday', CAST(t.weekday AS VARCHAR) FROM (SELECT initiative_id, unnest(times) AS t FROM i)
UNION SELECT initiative_id, 'weekday', 'unknown' FROM i WHERE times IS NULL
UNION SELECT initiative_id, 'organization', organization_id FROM i
UNION SELECT initiative_id, 'organization', unnest(partner_ids) FROM i
UNION SELECT initiative_id, 'status', status_today FROM i
UNION SELECT initiative_id, 'freshness', freshness FROM i
UNION SELECT initiative_id, 'wanted', CASE WHEN volunteers_wanted > 0 THEN 'yes' WHEN volunteers_wanted = 0 THEN 'no' ELSE 'unknown' END FROM i
UNION FROM declared_option;

-- One row per contact point × facet of its own × option it has, archived ones left out.
CREATE VIEW contact_point_facet AS
WITH p AS (SELECT * FROM contact_point_shown WHERE status <> 'archived'),
named AS (SELECT contact_point_id, unnest(theme_ids) AS theme_id FROM p),
has_option AS (
    SELECT contact_point_id, 'theme' AS facet, theme_id AS option FROM named
    UNION SELECT contact_point_id, 'theme', parent_id FROM named JOIN theme USING (theme_id) WHERE parent_id IS NOT NULL
    UNION SELECT contact_point_id, 'theme', 'unknown' FROM p WHERE coalesce(len(theme_ids), 0) = 0
    UNION SELECT contact_point_id, 'audience', unnest(audiences) FROM p
    UNION SELECT contact_point_id, 'audience', 'unknown' FROM p WHERE coalesce(len(audiences), 0) = 0
    UNION SELECT contact_point_id, 'barrier_free',
        CASE WHEN barrier_free THEN 'yes' WHEN NOT barrier_free THEN 'no' ELSE 'unknown' END FROM p
)
SELECT 'contact_point' AS table_name, contact_point_id AS record_id, facet, option FROM has_option
ORDER BY ALL;

-- One row per record × facet × option it has, archived records left out; 'unknown' if the field is unknown.
CREATE MATERIALIZED VIEW record_facet AS
WITH other AS (
    SELECT r.*, CASE r.table_name WHEN 'organization' THEN g.district_id ELSE l.district_id END AS district_id
    FROM any_record AS r
    LEFT JOIN organization AS g ON r.table_name = 'organization' AND g.organization_id = r.record_id
    LEFT JOIN contact_point AS p ON r.table_name = 'contact_point' AND p.contact_point_id = r.record_id
    LEFT JOIN session AS s ON r.table_name = 'session' AND s.session_id = r.record_id
    LEFT JOIN located AS l ON l.location_id = CASE r.table_name
        WHEN 'location' THEN r.record_id WHEN 'contact_point' THEN p.location_id WHEN 'session' THEN s.location_id END
    WHERE r.status <> 'archived' AND r.table_name <> 'initiative'
),
spoken AS (
    SELECT 'course' AS table_name, course_id AS record_id, language_ids FROM course WHERE status <> 'archived'
    UNION ALL SELECT 'contact_point', contact_point_id, language_ids FROM contact_point WHERE status <> 'archived'
    UNION ALL SELECT 'contact', contact_id, language_ids FROM contact WHERE status <> 'archived'
)
SELECT 'initiative' AS table_name, initiative_id AS record_id, facet, option FROM facet_option
UNION ALL SELECT table_name, record_id, 'organization', organization_id FROM other WHERE organization_id IS NOT NULL
UNION ALL SELECT table_name, record_id, 'status', status FROM other
UNION ALL SELECT table_name, record_id, 'freshness', traffic_light(assured_on, keep_days, today) FROM other CROSS JOIN clock
UNION ALL SELECT table_name, record_id, 'district', coalesce(district_id, 'unknown') FROM other
    WHERE table_name IN ('organization', 'location', 'contact_point', 'session')
UNION ALL SELECT table_name, record_id, 'language', unnest(coalesce(language_ids, ['unknown'])) FROM spoken
UNION ALL FROM contact_point_facet;

-- One row per record of a kind, archived ones left out: which of the asked facets it misses. found, among: the records that a
-- query finds (search.matching), and those among which it is looked for; NULL: all. wanted: list of 'facet=option'. Options of
-- one facet are alternatives, facets must all hold.
CREATE MACRO facet_misses(of_table, found, wanted, among) AS TABLE
WITH asked AS (
    SELECT DISTINCT split_part(w, '=', 1) AS facet, split_part(w, '=', 2) AS option FROM (SELECT unnest(wanted) AS w)
),
hit AS (
    SELECT record_id, list(DISTINCT facet) AS facets FROM record_facet JOIN asked USING (facet, option)
    WHERE table_name = of_table GROUP BY record_id
)
SELECT r.record_id,
    list_filter(
        (SELECT coalesce(list(DISTINCT facet), []) FROM asked),
        lambda facet: NOT list_contains(coalesce(h.facets, []), facet)
    ) AS missed
FROM record_facet AS r LEFT JOIN hit AS h USING (record_id)
WHERE r.table_name = of_table AND r.facet = 'status'
    AND (found IS NULL OR r.record_id IN (SELECT unnest(found)))
    AND (among IS NULL OR r.record_id IN (SELECT unnest(among)));

-- One row per chosen initiative, as a list shows it: what fits the query best first (fits: how well, as search.matching has
-- it), then by name.
CREATE MACRO initiative_selected(found, fits, wanted) AS TABLE
SELECT i.* FROM initiative_listed AS i
JOIN facet_misses('initiative', found, wanted, NULL) AS m ON m.record_id = i.initiative_id
LEFT JOIN (SELECT unnest(found) AS record_id, unnest(fits) AS fit) AS f ON f.record_id = i.initiative_id
WHERE len(m.missed) = 0
ORDER BY f.fit, i.name COLLATE de, i.initiative_id;

-- One row per chosen record of any kind, with its place; in the same order.
CREATE MACRO record_selected(of_table, found, fits, wanted, among) AS TABLE
SELECT r.record_id, r.* EXCLUDE (record_id), l.district_id, l.lat, l.lon, l.name AS place
FROM record_listed AS r JOIN facet_misses(of_table, found, wanted, among) AS m USING (record_id)
LEFT JOIN (SELECT unnest(found) AS record_id, unnest(fits) AS fit) AS f USING (record_id)
LEFT JOIN contact_point AS p ON r.table_name = 'contact_point' AND p.contact_point_id = r.record_id
LEFT JOIN session AS s ON r.table_name = 'session' AND s.session_id = r.record_id
LEFT JOIN located AS l ON l.location_id = CASE of_table
    WHEN 'location' THEN r.record_id WHEN 'contact_point' THEN p.location_id WHEN 'session' THEN s.location_id END
WHERE r.table_name = of_table AND len(m.missed) = 0
ORDER BY f.fit, r.name COLLATE de, r.record_id;

-- One row per facet × option: number of records of a kind that it would show, given the choices in the other facets.
CREATE MACRO facet_counts(of_table, found, wanted, among) AS TABLE
SELECT facet, option, count(*) AS records
FROM record_facet AS f JOIN facet_misses(of_table, found, wanted, among) AS m USING (record_id)
WHERE f.table_name = of_table AND (len(m.missed) = 0 OR m.missed = [facet])
GROUP BY ALL
ORDER BY facet, option;
