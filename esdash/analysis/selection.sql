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

-- One row per initiative: all its words, folded.
CREATE VIEW search_text AS
SELECT i.initiative_id,
    fold(concat_ws(' ', i.name, i.description, i.organization, i.organization_short, i.place, i.street, i.postcode,
        i.district, i.note, i.source,
        (SELECT string_agg(t.name_de || ' ' || t.name_en, ' ') FROM theme AS t WHERE list_contains(i.theme_ids, t.theme_id)),
        (SELECT string_agg(g.name_de || ' ' || g.name_en, ' ') FROM target_group AS g
            WHERE list_contains(i.target_group_ids, g.target_group_id)),
        (SELECT string_agg(l.name_de || ' ' || l.name_en, ' ') FROM language AS l
            WHERE list_contains(i.language_ids, l.language_id))
    )) AS words
FROM initiative_listed AS i WHERE i.status <> 'archived';

-- One row per initiative whose text holds every word of the query, as a part of a word or with a typing error.
CREATE MACRO text_match(query) AS TABLE
WITH asked AS (SELECT DISTINCT unnest(string_split(fold(query), ' ')) AS word),
spelled AS (SELECT DISTINCT initiative_id, unnest(string_split(words, ' ')) AS word FROM search_text WHERE fold(query) <> ''),
alike AS (
    SELECT a.word AS asked_word, v.word
    FROM asked AS a JOIN (SELECT DISTINCT word FROM spelled) AS v
        ON contains(v.word, a.word)
        OR (typing_errors(a.word) > 0 AND abs(length(v.word) - length(a.word)) <= typing_errors(a.word)
            AND levenshtein(v.word, a.word) <= typing_errors(a.word))
),
found AS (
    SELECT initiative_id FROM spelled JOIN alike USING (word)
    GROUP BY initiative_id HAVING count(DISTINCT asked_word) = (SELECT count(*) FROM asked WHERE word <> '')
)
SELECT initiative_id FROM found
UNION ALL SELECT initiative_id FROM initiative WHERE coalesce(fold(query), '') = '' AND status <> 'archived';

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
