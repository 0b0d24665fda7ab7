-- Searching that forgives umlauts, hyphens and typing errors.

-- One row per text that records refer to: names of themes, of their fields of action, of groups and languages, of organisations and
-- places.
CREATE VIEW search_referred AS
SELECT 'theme' AS kind, theme_id AS id, unnest([name_de, name_en]) AS words FROM theme
UNION ALL SELECT 'field', t.theme_id, unnest([f.name_de, f.name_en]) FROM theme AS t JOIN theme AS f ON f.theme_id = t.parent_id
UNION ALL SELECT 'target_group', target_group_id, unnest([name_de, name_en]) FROM target_group
UNION ALL SELECT 'language', language_id, unnest([name_de, name_en]) FROM language
UNION ALL SELECT 'module', module_id, unnest([name_de, name_en]) FROM module
UNION ALL SELECT 'organization', organization_id, unnest([name, short_name]) FROM organization
UNION ALL SELECT 'location', location_id, concat_ws(' ', l.name, street, postcode, d.name)
    FROM located AS l LEFT JOIN district AS d USING (district_id)
UNION ALL SELECT 'course', course_id, name FROM course
UNION ALL SELECT 'contact', contact_id, role FROM contact
UNION ALL SELECT 'district', district_id, name FROM district;

-- One row per record of the kinds that people keep and text of it, with how much it counts, the most first: 1 its names, 2
-- what it is about and for whom, 3 whose it is and where, 4 the rest; 5 names of fields of action, only for compound words. A
-- contact is also found by the person, because the office looks for people that way; results show the function only.
CREATE VIEW search_text AS
WITH referring AS (
    SELECT 'initiative' AS table_name, initiative_id AS record_id, 2 AS part, 'theme' AS kind, unnest(theme_ids) AS id FROM initiative
    UNION ALL SELECT 'initiative', initiative_id, 5, 'field', unnest(theme_ids) FROM initiative
    UNION ALL SELECT 'initiative', initiative_id, 2, 'target_group', unnest(target_group_ids) FROM initiative
    UNION ALL SELECT 'initiative', initiative_id, 2, 'language', unnest(language_ids) FROM initiative
    UNION ALL SELECT 'initiative', initiative_id, 3, 'organization', organization_id FROM initiative
    UNION ALL SELECT 'initiative', initiative_id, 3, 'location', location_id FROM initiative
    UNION ALL SELECT 'organization', organization_id, 3, 'district', district_id FROM organization
    UNION ALL SELECT 'course', course_id, 2, 'module', unnest(module_ids) FROM course
    UNION ALL SELECT 'course', course_id, 3, 'organization', organization_id FROM course
    UNION ALL SELECT 'session', session_id, 1, 'course', course_id FROM session
    UNION ALL SELECT 'session', session_id, 3, 'organization', organization_id FROM session JOIN course USING (course_id)
    UNION ALL SELECT 'session', session_id, 3, 'location', location_id FROM session
    UNION ALL SELECT 'contact_point', contact_point_id, 2, 'theme', unnest(theme_ids) FROM contact_point
    UNION ALL SELECT 'contact_point', contact_point_id, 5, 'field', unnest(theme_ids) FROM contact_point
    UNION ALL SELECT 'contact_point', contact_point_id, 2, 'language', unnest(language_ids) FROM contact_point
    UNION ALL SELECT 'contact_point', contact_point_id, 3, 'organization', organization_id FROM contact_point
    UNION ALL SELECT 'contact_point', contact_point_id, 3, 'location', location_id FROM contact_point
    UNION ALL SELECT 'contact_point', contact_point_id, 3, 'contact', contact_id FROM contact_point
    UNION ALL SELECT 'contact', contact_id, 3, 'organization', organization_id FROM contact
)
SELECT table_name, record_id, part, words FROM referring JOIN search_referred USING (kind, id)
UNION ALL SELECT 'initiative', initiative_id, 1, name FROM initiative
UNION ALL SELECT 'initiative', initiative_id, 4, unnest([description, note, source]) FROM initiative
UNION ALL SELECT 'organization', organization_id, 1, unnest([name, short_name]) FROM organization
UNION ALL SELECT 'organization', organization_id, 2, kind FROM organization
UNION ALL SELECT 'organization', organization_id, 3, concat_ws(' ', street, postcode) FROM organization
UNION ALL SELECT 'organization', organization_id, 4, unnest([description, website, email, phone, note, source]) FROM organization
UNION ALL SELECT 'course', course_id, 1, name FROM course
UNION ALL SELECT 'course', course_id, 4, unnest([description, certificate, note, source]) FROM course
UNION ALL SELECT 'session', session_id, 2, strftime(starts_on, '%d.%m.%Y') FROM session
UNION ALL SELECT 'session', session_id, 4, unnest([note, source]) FROM session
UNION ALL SELECT 'contact_point', contact_point_id, 1, name FROM contact_point
UNION ALL SELECT 'contact_point', contact_point_id, 4, unnest([description, note, source]) FROM contact_point
UNION ALL SELECT 'contact', contact_id, 1, role FROM contact
UNION ALL SELECT 'contact', contact_id, 4, unnest([name, email, phone]) FROM contact
UNION ALL SELECT 'location', location_id, 1, name FROM located
UNION ALL SELECT 'location', location_id, 3, concat_ws(' ', street, postcode, d.name)
    FROM located AS l LEFT JOIN district AS d USING (district_id)
UNION ALL SELECT 'location', location_id, 4, note FROM located;

-- One row per record, text of it and how much it counts (search_text). Many records share a text, which is folded only once.
CREATE MATERIALIZED VIEW search_said AS
SELECT table_name, record_id, part, hash(words) AS text_id FROM search_text WHERE words <> '';

-- One row per text and word of it. form: word; pair, two words side by side as one, so that "Sprach Café" is found as
-- "Sprachcafé", of all texts but descriptions; whole, a name as one word.
CREATE MATERIALIZED VIEW search_word AS
WITH parted AS (
    SELECT hash(words) AS text_id, part, string_split(searched_words(words), ' ') AS words
    FROM (SELECT words, min(part) AS part FROM search_text WHERE words <> '' GROUP BY words)
),
word AS (
    SELECT text_id, 'word' AS form, unnest(words) AS word FROM parted
    UNION ALL
    SELECT text_id, 'pair', unnest(list_transform(list_zip(words[:-2], words[2:]), lambda two: two[1] || two[2])) FROM parted WHERE part < 4
    UNION ALL SELECT text_id, 'whole', array_to_string(words, '') FROM parted WHERE part = 1
)
SELECT DISTINCT text_id, form, word FROM word WHERE word <> '';

-- One row per word and form of it: plain, as it is compared whatever the umlauts; spelling, in which typing errors are counted.
CREATE MATERIALIZED VIEW search_vocabulary AS
SELECT word, form, unmarked(word) AS plain, spelled(word) AS spelling FROM (SELECT DISTINCT word, form FROM search_word);

-- One row per kind of record and word of its names, themes and fields of action (naming), or of its names, themes, organisations and
-- places (proposable: of no person), with how often it stands there.
CREATE VIEW search_known AS
SELECT table_name, word, count(*) AS records, bool_or(part IN (1, 2, 5)) AS naming, bool_or(part <= 3) AS proposable
FROM (SELECT DISTINCT table_name, record_id, part, text_id FROM search_said WHERE part <> 4) JOIN search_word USING (text_id)
WHERE form = 'word' GROUP BY ALL;

-- One row per record and phone number by which it is found. Of a contact point the number of a person only with public
-- consent; of a contact, in the office's own list, always.
CREATE MATERIALIZED VIEW search_phone AS
WITH phone AS (SELECT organization_id, national_phone(phone, phone_e164) AS digits FROM organization WHERE phone IS NOT NULL)
SELECT 'organization' AS table_name, organization_id AS record_id, digits FROM phone
UNION ALL SELECT 'initiative', initiative_id, digits FROM initiative JOIN phone USING (organization_id)
UNION ALL SELECT 'course', course_id, digits FROM course JOIN phone USING (organization_id)
UNION ALL SELECT 'contact_point', contact_point_id, national_phone(phone, phone_e164) FROM contact_point WHERE phone IS NOT NULL
UNION ALL SELECT 'contact_point', contact_point_id, national_phone(c.phone, NULL)
    FROM contact_point JOIN contact_shown AS c USING (contact_id) WHERE c.phone IS NOT NULL
UNION ALL SELECT 'contact', contact_id, national_phone(phone, phone_e164) FROM contact WHERE phone IS NOT NULL;

-- Whether a word that is asked for is looked for only where words begin: numbers, and one or two letters, unless of a script
-- that parts no words.
CREATE MACRO begins_only(asked) AS
(length(asked) <= 2 OR regexp_matches(asked, '^\pN')) AND NOT regexp_matches(asked, '[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}]');

-- How well a word of a record fits a word that is asked for (each as in search_vocabulary): 0 the same, 1 begins with it, 2 holds
-- it, 100 the same but for a typing error; NULL: not. Words written as one only from their beginning; a number with a typing
-- error is another number.
CREATE MACRO word_fit(plain, spelling, form, asked_plain, asked_spelling) AS
CASE
    WHEN plain = asked_plain THEN 0
    WHEN starts_with(plain, asked_plain) THEN 1
    WHEN form = 'word' AND NOT begins_only(asked_plain) AND contains(plain, asked_plain) THEN 2
    WHEN abs(length(spelling) - length(asked_spelling)) <= typing_errors(asked_spelling) AND NOT regexp_matches(asked_plain, '\pN')
        AND levenshtein(spelling, asked_spelling) <= typing_errors(asked_spelling) THEN 100
END;

-- Whether a word has a part of a compound: as its beginning or as its end, long enough to say something.
CREATE MACRO has_part(word, part) AS
(starts_with(word, part) AND (length(part) >= 5 OR length(word) - length(part) <= 2)) OR (ends_with(word, part) AND length(part) >= 4);

-- One row per record of a kind that holds every asked word. fit: 0 is best. in_parts: a word is there only in its parts.
-- words: as in search_word. ways: how words may be parted, as 'word part part', the parts plain. phone_words: those of the words
-- that are a number, and may also be found as dialled ('': none). whole: the question as one plain word, for names that are it.
CREATE MACRO record_matching(of_table, words, ways, phone_words, dialled, whole) AS TABLE
WITH asked AS (SELECT word AS asked, unmarked(word) AS plain, spelled(word) AS spelling FROM (SELECT unnest(words) AS word)),
alike AS (
    SELECT a.asked, v.word, v.form, word_fit(v.plain, v.spelling, v.form, a.plain, a.spelling) AS fit
    FROM search_vocabulary AS v CROSS JOIN asked AS a
    WHERE fit IS NOT NULL
),
text_alike AS (
    SELECT w.text_id, a.asked, min(a.fit) AS fit
    FROM search_word AS w JOIN alike AS a USING (word, form) GROUP BY ALL
),
part_of AS (
    SELECT DISTINCT p.way, p.part, v.word
    FROM (SELECT way, unnest(way[2:]) AS part FROM (SELECT string_split(unnest(ways), ' ') AS way)) AS p
    JOIN search_vocabulary AS v ON v.form = 'word' AND has_part(v.plain, p.part)
),
with_part AS (
    SELECT s.record_id, p.way, p.part, min(s.part) AS best
    FROM part_of AS p JOIN search_word AS w ON w.word = p.word AND w.form = 'word' JOIN search_said AS s USING (text_id)
    WHERE s.table_name = of_table AND s.part IN (1, 2, 5)
    GROUP BY ALL
),
hit AS (
    SELECT s.record_id, a.asked, 10 * s.part + a.fit AS fit
    FROM search_said AS s JOIN text_alike AS a USING (text_id)
    WHERE s.table_name = of_table AND s.part < 5
    UNION ALL SELECT record_id, unnest(phone_words), 0 FROM search_phone
    WHERE table_name = of_table AND dialled <> '' AND contains(digits, dialled)
    UNION ALL SELECT record_id, way[1], 1000 + sum(best) FROM with_part GROUP BY record_id, way HAVING count(*) = len(way) - 1
),
best AS (SELECT record_id, asked, min(fit) AS fit FROM hit GROUP BY ALL),
named AS (
    SELECT DISTINCT record_id FROM search_word JOIN search_said USING (text_id)
    WHERE table_name = of_table AND part = 1 AND form = 'whole' AND unmarked(word) = whole
)
SELECT b.record_id, CASE WHEN any_value(n.record_id) IS NULL THEN sum(b.fit) ELSE 0 END AS fit, max(b.fit) >= 1000 AS in_parts
FROM best AS b LEFT JOIN named AS n USING (record_id)
GROUP BY b.record_id HAVING count(*) = len(words)
ORDER BY fit, b.record_id;

-- One row per asked word and word like it that a name, a theme or a place of this kind of records has: how many letters differ, at
-- most a third of them. The most alike first, at most `most` of each.
CREATE MACRO word_alike(of_table, words, most) AS TABLE
WITH asked AS (SELECT word AS asked, spelled(word) AS spelling FROM (SELECT unnest(words) AS word)),
alike AS (
    SELECT asked, word, records, levenshtein(spelled(word), a.spelling) AS differs
    FROM search_known CROSS JOIN asked AS a
    WHERE table_name = of_table AND proposable AND abs(length(word) - length(asked)) <= length(asked) // 3
        AND length(word) >= 3 AND NOT regexp_matches(word, '\pN')
)
SELECT asked, word, differs FROM alike WHERE differs BETWEEN 1 AND length(asked) // 3
QUALIFY row_number() OVER (PARTITION BY asked ORDER BY differs, records DESC, word) <= most
ORDER BY asked, differs, records DESC, word;

-- One row per word as in search_word: how most names, themes and places of this kind of records write it.
CREATE MACRO word_written(of_table, wanted) AS TABLE
WITH piece AS (
    SELECT unnest(regexp_split_to_array(words, '[^\pL\pN]+')) AS written
    FROM search_text WHERE table_name = of_table AND part <= 3
),
counted AS (SELECT written, count(*) AS times FROM piece GROUP BY written)
SELECT searched_words(written) AS word, arg_max(written, (times, written)) AS written FROM counted
WHERE list_contains(wanted, searched_words(written)) GROUP BY ALL ORDER BY word;
