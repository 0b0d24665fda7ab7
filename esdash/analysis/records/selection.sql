-- Choosing initiatives: search that forgives, facets that narrow each other.

-- One row per initiative × facet × option it has; 'unknown' where nobody knows.
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
UNION SELECT initiative_id, 'wanted', CASE WHEN volunteers_wanted > 0 THEN 'yes' WHEN volunteers_wanted = 0 THEN 'no' ELSE 'unknown' END FROM i;

-- One row per initiative whose text holds every word of the query (search.sql), archived ones left out.
CREATE MACRO text_match(query) AS TABLE
SELECT record_id AS initiative_id
FROM words_match('initiative', query) JOIN initiative ON initiative_id = record_id
WHERE status <> 'archived';

-- One row per initiative that the query finds: how many of the asked facets it misses, and which.
-- wanted: list of 'facet=option'. Options of one facet are alternatives, facets must all hold.
CREATE MACRO facet_misses(query, wanted) AS TABLE
WITH asked AS (
    SELECT DISTINCT split_part(w, '=', 1) AS facet, split_part(w, '=', 2) AS option FROM (SELECT unnest(wanted) AS w)
),
hit AS (SELECT DISTINCT initiative_id, facet FROM facet_option JOIN asked USING (facet, option))
SELECT t.initiative_id,
    list_filter(
        (SELECT coalesce(list(DISTINCT facet), []) FROM asked),
        lambda facet: NOT list_contains(coalesce(h.facets, []), facet)
    ) AS missed
FROM text_match(query) AS t
LEFT JOIN (SELECT initiative_id, list(facet) AS facets FROM hit GROUP BY initiative_id) AS h USING (initiative_id);

-- One row per chosen initiative, as a list shows it.
CREATE MACRO initiative_selected(query, wanted) AS TABLE
SELECT i.* FROM initiative_listed AS i JOIN facet_misses(query, wanted) AS m USING (initiative_id)
WHERE len(m.missed) = 0
ORDER BY lower(i.name), i.initiative_id;

-- One row per facet × option: how many initiatives it would show beside what is chosen in the other facets.
CREATE MACRO facet_counts(query, wanted) AS TABLE
SELECT facet, option, count(*) AS initiatives
FROM facet_option JOIN facet_misses(query, wanted) AS m USING (initiative_id)
WHERE len(m.missed) = 0 OR m.missed = [facet]
GROUP BY ALL
ORDER BY facet, option;
