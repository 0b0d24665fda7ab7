-- Searching that forgives umlauts and typing errors.

-- One row per record of the kinds that people keep: all its words, folded. A contact is also found by the person, because
-- the office looks for people that way; results show the function only.
CREATE VIEW search_text AS
SELECT 'initiative' AS table_name, i.initiative_id AS record_id,
    fold_words(concat_ws(' ', i.name, i.description, i.organization, i.organization_short, i.place, i.street, i.postcode,
        i.district, i.note, i.source,
        (SELECT string_agg(t.name_de || ' ' || t.name_en, ' ') FROM theme AS t WHERE list_contains(i.theme_ids, t.theme_id)),
        (SELECT string_agg(g.name_de || ' ' || g.name_en, ' ') FROM target_group AS g
            WHERE list_contains(i.target_group_ids, g.target_group_id)),
        (SELECT string_agg(l.name_de || ' ' || l.name_en, ' ') FROM language AS l
            WHERE list_contains(i.language_ids, l.language_id))
    )) AS words
FROM initiative_listed AS i
UNION ALL BY NAME
SELECT 'organization' AS table_name, organization_id AS record_id,
    fold_words(concat_ws(' ', o.name, o.short_name, kind, description, website, email, phone, street, postcode, d.name, o.note, o.source))
        AS words
FROM organization AS o LEFT JOIN district AS d USING (district_id)
UNION ALL BY NAME
SELECT 'course' AS table_name, course_id AS record_id,
    fold_words(concat_ws(' ', c.name, c.description, o.name, o.short_name, certificate, c.note, c.source,
        (SELECT string_agg(m.name_de || ' ' || m.name_en, ' ') FROM module AS m WHERE list_contains(c.module_ids, m.module_id))
    )) AS words
FROM course AS c JOIN organization AS o USING (organization_id)
UNION ALL BY NAME
SELECT 'session' AS table_name, session_id AS record_id,
    fold_words(concat_ws(' ', c.name, o.name, o.short_name, l.name, l.street, strftime(s.starts_on, '%d.%m.%Y'), s.note, s.source))
        AS words
FROM session AS s JOIN course AS c USING (course_id) JOIN organization AS o USING (organization_id)
LEFT JOIN located AS l USING (location_id)
UNION ALL BY NAME
SELECT 'contact_point' AS table_name, contact_point_id AS record_id,
    fold_words(concat_ws(' ', p.name, p.description, o.name, o.short_name, l.name, l.street, l.postcode, d.name, c.role,
        p.note, p.source,
        (SELECT string_agg(t.name_de || ' ' || t.name_en, ' ') FROM theme AS t WHERE list_contains(p.theme_ids, t.theme_id)),
        (SELECT string_agg(s.name_de || ' ' || s.name_en, ' ') FROM language AS s
            WHERE list_contains(p.language_ids, s.language_id))
    )) AS words
FROM contact_point AS p JOIN organization AS o USING (organization_id) LEFT JOIN located AS l USING (location_id)
LEFT JOIN district AS d ON d.district_id = l.district_id LEFT JOIN contact AS c USING (contact_id)
UNION ALL BY NAME
SELECT 'contact' AS table_name, contact_id AS record_id,
    fold_words(concat_ws(' ', role, o.name, o.short_name, c.name, c.email, c.phone)) AS words
FROM contact AS c JOIN organization AS o USING (organization_id)
UNION ALL BY NAME
SELECT 'location' AS table_name, location_id AS record_id,
    fold_words(concat_ws(' ', l.name, street, postcode, d.name, l.note)) AS words
FROM located AS l LEFT JOIN district AS d USING (district_id);

-- One row per record of a kind whose text holds every word of the query, as a part of a word or with a typing error.
CREATE MACRO words_match(of_table, query) AS TABLE
WITH asked AS (SELECT DISTINCT unnest(string_split(fold_words(query), ' ')) AS word),
spelled AS (
    SELECT DISTINCT record_id, unnest(string_split(words, ' ')) AS word
    FROM search_text WHERE table_name = of_table AND fold_words(query) <> ''
),
alike AS (
    SELECT a.word AS asked_word, v.word
    FROM asked AS a JOIN (SELECT DISTINCT word FROM spelled) AS v
        ON contains(v.word, a.word)
        OR (typing_errors(a.word) > 0 AND abs(length(v.word) - length(a.word)) <= typing_errors(a.word)
            AND levenshtein(spelled(v.word), spelled(a.word)) <= typing_errors(a.word))
),
found AS (
    SELECT record_id FROM spelled JOIN alike USING (word)
    GROUP BY record_id HAVING count(DISTINCT asked_word) = (SELECT count(*) FROM asked WHERE word <> '')
)
SELECT record_id FROM found
UNION ALL SELECT record_id FROM search_text WHERE table_name = of_table AND coalesce(fold_words(query), '') = '';
