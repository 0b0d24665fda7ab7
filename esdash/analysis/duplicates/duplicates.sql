-- The same record twice (METHODS M5).

-- Text in the form in which it is compared: plain words, hyphenated ones joined, no legal forms.
CREATE MACRO match_text(words) AS
trim(regexp_replace(
    plain_words(regexp_replace(words, '(\pL)[-‐–](\pL)', '\1\2', 'g')),
    '\b(e ?v|g?gmbh|e ?g|u?ag|gbr|ohg|kg|stiftung)\b *', '', 'g'
));

-- A phone number as its digits, an address of a page without its scheme, mail as it stands; else the value itself.
CREATE MACRO match_identifier(field, value) AS
CASE field
    WHEN 'phone' THEN phone_number(value)
    WHEN 'website' THEN rtrim(regexp_replace(lower(trim(value)), '^(https?://)?(www\.)?', ''), '/')
    ELSE lower(trim(value))
END;

-- The content of a field in the form in which it is compared.
CREATE MACRO match_content(field, entered) AS
CASE WHEN field IN ('phone', 'email', 'website', 'times', 'modules', 'begins', 'point') THEN match_identifier(field, entered)
    ELSE match_text(entered) END;

-- The house numbers of an address as compared ("ahornweg 12 bis 14"), without the postcode.
CREATE MACRO house_numbers(address) AS regexp_extract_all(address, '\b\d{1,4}[a-z]?\b');

-- The weight of a word by the number of records with it, of all that fill the field (smoothed TF-IDF).
CREATE MACRO word_rarity(records, total) AS ln((1 + total) / (1 + records)) + 1;

-- How much a word or a whole title that so many records use tells (0 to 1): 1 if only two do, less the more do. The square,
-- because it stands on both sides, as in the cosine.
CREATE MACRO telling_of(records, total) AS least(1, word_rarity(records, total) / word_rarity(2, total)) ** 2;

-- Similarity of two texts (0 to 1): half from their spelling as one word (joined: one byte per letter), half from the words
-- they share.
CREATE MACRO text_share(a_joined, b_joined, cosine) AS (jaro_winkler_similarity(a_joined, b_joined) + cosine) / 2;

-- Similarity of two addresses: other house numbers or another street are another address.
CREATE MACRO address_share(a, b, share) AS
CASE WHEN share < duplicate_text_differs() THEN 0
    WHEN len(house_numbers(a)) > 0 AND len(house_numbers(b)) > 0 AND NOT list_has_any(house_numbers(a), house_numbers(b)) THEN 0
    ELSE share END;

-- Share of a field from its two contents: texts by similarity, coordinates by distance, all else equal (1) or not (0).
CREATE MACRO field_share(field, is_text, a, b, a_joined, b_joined, cosine) AS
CASE
    WHEN field = 'address' THEN address_share(a, b, text_share(a_joined, b_joined, cosine))
    WHEN is_text THEN text_share(a_joined, b_joined, cosine)
    WHEN field = 'point' THEN CAST(kilometres(
        CAST(split_part(a, ' ', 1) AS DOUBLE), CAST(split_part(a, ' ', 2) AS DOUBLE),
        CAST(split_part(b, ' ', 1) AS DOUBLE), CAST(split_part(b, ' ', 2) AS DOUBLE)) <= same_place_km() AS INTEGER)
    ELSE CAST(a = b AS INTEGER)
END;

-- What a field of a pair says for it: names that agree count as much as their rarest common word tells.
CREATE MACRO evidence_for(field, weight, share, telling) AS weight * share * CASE WHEN field = 'name' THEN telling ELSE 1 END;

-- What a field says against a pair: what differs altogether may count more than it does where it agrees.
CREATE MACRO evidence_against(weight, against, share) AS CASE WHEN share = 0 THEN against ELSE weight * (1 - share) END;

-- Score of a pair from its fields that both sides fill (METHODS M5); `telling` is of its names. A pair that agrees in
-- nothing but a title that others use as well is at most possible.
CREATE MACRO duplicate_score(field, weight, against, share, telling) AS
least(
    sum(evidence_for(field, weight, share, telling)) / greatest(
        sum(evidence_for(field, weight, share, telling)) + sum(evidence_against(weight, against, share)),
        duplicate_least_filled()
    ),
    CASE WHEN max(telling) < 1 AND coalesce(max(share) FILTER (field <> 'name'), 0) < duplicate_text_differs()
        THEN duplicate_title_alone() ELSE 1 END
);

-- The address that is compared: street and postcode; without a street the point, as text.
CREATE MACRO match_address(street, postcode) AS
CASE WHEN trim(street) <> '' THEN concat_ws(' ', street_key(street), postcode) END;
CREATE MACRO match_point(street, lat, lon) AS
CASE WHEN coalesce(trim(street), '') = '' AND lat IS NOT NULL AND lon IS NOT NULL THEN concat(lat, ' ', lon) END;

-- The day on which a dated event begins; NULL for an offer that goes on.
CREATE MACRO event_begins(started_on, ended_on) AS
CASE WHEN ended_on - started_on <= event_at_most_days() THEN CAST(started_on AS VARCHAR) END;

-- One row per record that is not archived: the compared fields as entered.
CREATE VIEW match_record AS
SELECT 'organization' AS table_name, organization_id AS record_id, name, NULL AS description, NULL AS organization,
    match_address(street, postcode) AS address, phone_key(phone, phone_e164) AS phone, email, website, NULL AS times, NULL AS modules, NULL AS begins,
    NULL AS point
FROM organization WHERE status <> 'archived'
UNION ALL
SELECT 'initiative', initiative_id, i.name, i.description, o.name,
    match_address(l.street, l.postcode), phone_key(c.phone, c.phone_e164), c.email, i.website,
    CASE WHEN len(i.times) > 0 THEN CAST(list_sort(i.times) AS VARCHAR) END, NULL,
    event_begins(i.started_on, i.ended_on), match_point(l.street, l.lat, l.lon)
FROM initiative AS i LEFT JOIN organization AS o USING (organization_id)
LEFT JOIN location AS l USING (location_id) LEFT JOIN contact AS c USING (contact_id)
WHERE i.status <> 'archived'
UNION ALL
SELECT 'course', course_id, k.name, k.description, o.name, NULL, NULL, NULL, NULL, NULL,
    CASE WHEN len(module_ids) > 0 THEN array_to_string(list_sort(module_ids), ' ') END, NULL, NULL
FROM course AS k LEFT JOIN organization AS o USING (organization_id) WHERE k.status <> 'archived'
UNION ALL
SELECT 'contact_point', contact_point_id, p.name, p.description, o.name,
    match_address(l.street, l.postcode), phone_key(c.phone, c.phone_e164), c.email, p.website, NULL, NULL, NULL,
    match_point(l.street, l.lat, l.lon)
FROM contact_point AS p LEFT JOIN organization AS o USING (organization_id)
LEFT JOIN location AS l USING (location_id) LEFT JOIN contact AS c USING (contact_id)
WHERE p.status <> 'archived'
UNION ALL
SELECT 'location', location_id, name, NULL, NULL, match_address(street, postcode),
    NULL, NULL, NULL, NULL, NULL, NULL, match_point(street, lat, lon)
FROM location WHERE status <> 'archived'
UNION ALL  -- ideas that stand for themselves: only their words (workshops/alike.sql)
SELECT 'idea', idea_id, text, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
FROM idea WHERE state = 'new';

-- One row per field that counts for a table: its weight, its weight where it differs (against), and whether it is a text.
-- Coordinates count as the address.
CREATE VIEW match_weight AS
FROM duplicate_weight
UNION ALL BY NAME
SELECT * REPLACE ('point' AS field, false AS is_text) FROM duplicate_weight WHERE field = 'address';

-- One row per record and filled field that counts for its table: content as compared, and as one word to compare its
-- spelling.
CREATE MACRO match_field(wanted) AS TABLE
WITH filled AS (
    UNPIVOT (SELECT * EXCLUDE table_name FROM match_record WHERE table_name = wanted)
    ON COLUMNS(* EXCLUDE record_id) INTO NAME field VALUE entered
),
-- MATERIALIZED: folded once, not for the condition and for the result
folded AS MATERIALIZED (SELECT record_id, field, match_content(field, entered) AS content FROM filled)
SELECT record_id, field, weight, against, is_text, content,
    CASE WHEN is_text THEN spelled(replace(content, ' ', '')) END AS joined
FROM folded JOIN match_weight USING (field)
WHERE table_name = wanted AND content <> '';

-- One row per record, text field and word: in how many records the word stands there, its rarity and that of a word
-- not seen yet, how much it tells, and its part of the text (TF-IDF, length 1): the sum of products over shared words is
-- the cosine.
CREATE MACRO match_word(wanted) AS TABLE
WITH content AS (FROM match_field(wanted) WHERE is_text),
written AS (SELECT record_id, field, unnest(string_split(content, ' ')) AS word FROM content),
counted AS MATERIALIZED (SELECT record_id, field, word, count(*) AS times FROM written GROUP BY ALL),
spread AS (SELECT field, word, count(*) AS records FROM counted GROUP BY ALL),
size AS (SELECT field, count(DISTINCT record_id) AS total FROM counted GROUP BY field),
rated AS MATERIALIZED (
    SELECT c.record_id, field, word, records, word_rarity(records, total) AS rarity,
        word_rarity(0, total) AS rarity_of_new, telling_of(records, total) AS telling, times * rarity AS rating
    FROM counted AS c JOIN spread USING (field, word) JOIN size USING (field)
),
long AS (SELECT record_id, field, sqrt(sum(rating ** 2)) AS length FROM rated GROUP BY ALL)
SELECT record_id, field, word, records, rarity, rarity_of_new, telling, rating / length AS part
FROM rated JOIN long USING (record_id, field);

-- One row per record with a name: how much its whole title tells, by the number of records with the same one.
CREATE MACRO match_title(wanted) AS TABLE
SELECT record_id, joined,
    telling_of(greatest(2, count(*) OVER (PARTITION BY joined)), count(*) OVER ()) AS telling
FROM match_field(wanted) WHERE field = 'name';

-- One row per pair (a_id < b_id) that is likely enough to show: score, and the share of each field (0 to 1; NULL: not
-- filled on both sides, or not compared in this table). MATERIALIZED holds the order of the steps: pairs first, then
-- their words; all words against all words would be far more rows.
CREATE MACRO duplicate_found(wanted) AS TABLE
WITH content AS MATERIALIZED (FROM match_field(wanted)),
word AS MATERIALIZED (FROM match_word(wanted)),
-- candidates share a rare word of name or address, an identifier, or the name written as one word
mark AS (
    SELECT record_id, field, word AS mark FROM word WHERE field IN ('name', 'address')
    UNION ALL
    SELECT record_id, field, content FROM content WHERE field IN ('phone', 'email', 'website')
    UNION ALL
    SELECT record_id, 'joined', replace(content, ' ', '') FROM content WHERE field = 'name'
),
shared AS (
    SELECT field, mark FROM mark GROUP BY ALL HAVING count(*) BETWEEN 2 AND duplicate_shared_by_at_most()
),
telling AS (FROM mark SEMI JOIN shared USING (field, mark)),
candidate AS MATERIALIZED (
    SELECT DISTINCT a.record_id AS a_id, b.record_id AS b_id
    FROM telling AS a JOIN telling AS b USING (field, mark) WHERE a.record_id < b.record_id
),
name_word AS MATERIALIZED (
    SELECT a_id, b_id, word, part, telling FROM candidate JOIN word ON record_id = a_id AND field = 'name'
),
name_cosine AS (
    SELECT a_id, b_id, sum(a.part * b.part) AS cosine, max(a.telling) AS telling
    FROM name_word AS a JOIN word AS b ON b.record_id = b_id AND b.field = 'name' AND b.word = a.word
    GROUP BY ALL
),
title AS MATERIALIZED (FROM match_title(wanted)),
-- telling: of the rarest common word, or of the title if it is the same; names that share no word differ in spelling only
named AS MATERIALIZED (
    SELECT a_id, b_id, text_share(a.joined, b.joined, coalesce(cosine, 0)) AS name_share,
        CASE WHEN a.joined = b.joined THEN greatest(a.telling, coalesce(c.telling, 0)) ELSE coalesce(c.telling, 1) END AS telling
    FROM candidate LEFT JOIN name_cosine AS c USING (a_id, b_id)
    JOIN title AS a ON a.record_id = a_id
    JOIN title AS b ON b.record_id = b_id
    WHERE name_share >= duplicate_name_at_least()
),
-- the highest score that a pair can reach, before its long texts are compared
best AS (
    SELECT a_id, b_id, telling, a.field, a.weight, a.against,
        CASE WHEN a.field = 'name' THEN name_share WHEN a.is_text THEN 1
            ELSE field_share(a.field, false, a.content, b.content, NULL, NULL, NULL) END AS share
    FROM named JOIN content AS a ON a.record_id = a_id JOIN content AS b ON b.record_id = b_id AND b.field = a.field
),
likely AS MATERIALIZED (
    SELECT a_id, b_id, any_value(telling) AS telling FROM best
    GROUP BY a_id, b_id HAVING duplicate_score(field, weight, against, share, telling) >= duplicate_from()
),
likely_word AS MATERIALIZED (SELECT a_id, b_id, field, word, part FROM likely JOIN word ON record_id = a_id),
cosine AS (
    SELECT a_id, b_id, a.field, sum(a.part * b.part) AS cosine
    FROM likely_word AS a JOIN word AS b ON b.record_id = b_id AND b.word = a.word AND b.field = a.field
    GROUP BY ALL
),
share AS (
    SELECT p.a_id, p.b_id, p.telling, a.field, a.weight, a.against,
        field_share(a.field, a.is_text, a.content, b.content, a.joined, b.joined, coalesce(cosine, 0)) AS share
    FROM likely AS p
    JOIN content AS a ON a.record_id = p.a_id
    JOIN content AS b ON b.record_id = p.b_id AND b.field = a.field
    LEFT JOIN cosine AS c ON c.a_id = a.record_id AND c.b_id = b.record_id AND c.field = a.field
)
SELECT a_id, b_id, duplicate_score(field, weight, against, share, telling) AS score,
    max(share) FILTER (field = 'name') AS name_share,
    max(share) FILTER (field = 'description') AS description_share,
    max(share) FILTER (field = 'organization') AS organization_share,
    max(share) FILTER (field IN ('address', 'point')) AS address_share,
    max(share) FILTER (field = 'times') AS times_share,
    max(share) FILTER (field = 'begins') AS begins_share,
    max(share) FILTER (field = 'modules') AS modules_share,
    max(share) FILTER (field = 'phone') AS phone_share,
    max(share) FILTER (field = 'email') AS email_share,
    max(share) FILTER (field = 'website') AS website_share
FROM share
GROUP BY a_id, b_id
HAVING score >= duplicate_from();

-- One row per merged record: the record that its id leads to today, also over several merges.
CREATE VIEW record_led AS
WITH RECURSIVE led AS (
    SELECT table_name, old_id, kept_id FROM record_alias
    UNION
    SELECT l.table_name, l.old_id, r.kept_id
    FROM led AS l JOIN record_alias AS r ON r.table_name = l.table_name AND r.old_id = l.kept_id
)
SELECT * FROM led ANTI JOIN record_alias AS r ON r.table_name = led.table_name AND r.old_id = led.kept_id;

-- One row per pair that people found not to be duplicates; a decision about a merged record applies to the kept one.
CREATE VIEW duplicate_dismissed AS
SELECT DISTINCT d.table_name,
    least(coalesce(a.kept_id, a_id), coalesce(b.kept_id, b_id)) AS a_id,
    greatest(coalesce(a.kept_id, a_id), coalesce(b.kept_id, b_id)) AS b_id
FROM duplicate_decision AS d
LEFT JOIN record_led AS a ON a.table_name = d.table_name AND a.old_id = d.a_id
LEFT JOIN record_led AS b ON b.table_name = d.table_name AND b.old_id = d.b_id;

-- One row per pair of records that may be the same, the likeliest first, without those that people dismissed.
CREATE MACRO duplicate_pair(wanted) AS TABLE
SELECT wanted AS table_name, f.a_id, f.b_id, a.name AS a_name, b.name AS b_name, f.* EXCLUDE (a_id, b_id)
FROM duplicate_found(wanted) AS f
ANTI JOIN duplicate_dismissed AS d ON d.table_name = wanted AND d.a_id = f.a_id AND d.b_id = f.b_id
JOIN match_record AS a ON a.table_name = wanted AND a.record_id = f.a_id
JOIN match_record AS b ON b.table_name = wanted AND b.record_id = f.b_id
ORDER BY score DESC, a_id, b_id;

-- One row per draft: a record that somebody is typing or importing, as match_record has it. `drafts` is a list of JSON
-- with columns of the table; `number` counts them from 0.
CREATE MACRO match_drafts(drafts) AS TABLE
WITH entered AS (SELECT unnest(range(len(drafts))) AS number, unnest(drafts) AS draft)
SELECT number, draft ->> 'name' AS name, draft ->> 'description' AS description, o.name AS organization,
    coalesce(match_address(l.street, l.postcode), match_address(draft ->> 'street', draft ->> 'postcode')) AS address,
    match_point(
        coalesce(l.street, draft ->> 'street'), coalesce(l.lat, TRY_CAST(draft ->> 'lat' AS DOUBLE)),
        coalesce(l.lon, TRY_CAST(draft ->> 'lon' AS DOUBLE))
    ) AS point,
    event_begins(TRY_CAST(draft ->> 'started_on' AS DATE), TRY_CAST(draft ->> 'ended_on' AS DATE)) AS begins,
    nullif(CAST(list_sort(CAST(
        draft -> 'times' AS STRUCT(weekday TINYINT, begins TIME, ends TIME)[]
    )) AS VARCHAR), '[]') AS times,
    nullif(array_to_string(list_sort(CAST(draft -> 'module_ids' AS VARCHAR[])), ' '), '') AS modules,
    coalesce(phone_key(c.phone, c.phone_e164), draft ->> 'phone') AS phone, coalesce(c.email, draft ->> 'email') AS email,
    draft ->> 'website' AS website
FROM entered
LEFT JOIN organization AS o ON o.organization_id = draft ->> 'organization_id'
LEFT JOIN location AS l ON l.location_id = draft ->> 'location_id'
LEFT JOIN contact AS c ON c.contact_id = draft ->> 'contact_id'
ORDER BY number;

-- One row per draft and filled field that counts for its table: content as compared.
CREATE MACRO draft_field(wanted, drafts) AS TABLE
WITH typed AS MATERIALIZED (FROM match_drafts(drafts)),
filled AS MATERIALIZED (UNPIVOT typed ON COLUMNS(* EXCLUDE number) INTO NAME field VALUE entered),
folded AS MATERIALIZED (SELECT number, field, match_content(field, entered) AS content FROM filled)
SELECT number, field, weight, against, is_text, content FROM folded JOIN match_weight USING (field)
WHERE table_name = wanted AND content <> ''
ORDER BY number, field;

-- One row per draft and record that it may be, the likeliest first, with its shares by field. The lists hold one entry
-- per draft, record and field that both fill: both contents, the cosine of their words, how much their names tell.
CREATE MACRO draft_likeness(
    wanted, numbers, records, fields, weights, againsts, texts, drafted, entered, cosines, tellings
) AS TABLE
WITH compared AS (
    SELECT unnest(numbers) AS number, unnest(records) AS record_id, unnest(fields) AS field, unnest(weights) AS weight,
        unnest(againsts) AS against, unnest(texts) AS is_text, unnest(drafted) AS a, unnest(entered) AS b,
        unnest(cosines) AS cosine, unnest(tellings) AS telling
),
share AS (
    SELECT number, record_id, CASE field WHEN 'point' THEN 'address' ELSE field END AS shown, field, weight, against, telling,
        field_share(field, is_text, a, b, a_joined, b_joined, cosine) AS share
    FROM (SELECT *, spelled(replace(a, ' ', '')) AS a_joined, spelled(replace(b, ' ', '')) AS b_joined FROM compared)
)
SELECT number, record_id, any_value(name) AS name,
    duplicate_score(field, weight, against, share, telling) AS score, map(list(shown), list(share)) AS shares
FROM share JOIN (FROM match_record WHERE table_name = wanted) USING (record_id)
GROUP BY number, record_id
HAVING score >= duplicate_from() AND max(share) FILTER (field = 'name') >= duplicate_name_at_least()
ORDER BY number, score DESC, record_id;

-- One row per kind of record: a mark that changes exactly when something changes that decides which pairs it has.
CREATE VIEW duplicate_mark AS
SELECT table_name, concat_ws(' ', count(*), bit_xor(hash(m)), any_value(apart)) AS mark
FROM match_record AS m
LEFT JOIN (
    SELECT table_name, concat_ws(' ', count(*), bit_xor(hash(d))) AS apart FROM duplicate_dismissed AS d GROUP BY ALL
) USING (table_name)
GROUP BY table_name;

-- One row: the place and contact of a record in words; the person only with consent.
CREATE MACRO named_beside(place_key, contact_key) AS TABLE
SELECT l.name AS place, c.role AS contact_role, c.phone AS contact_phone, c.email AS contact_email
FROM (SELECT 1)
LEFT JOIN location AS l ON l.location_id = place_key
LEFT JOIN contact_shown AS c ON c.contact_id = contact_key;

-- One row per record that can be merged, also archived ones: its name.
CREATE VIEW mergeable_name AS
SELECT 'organization' AS table_name, organization_id AS record_id, name FROM organization
UNION ALL SELECT 'initiative', initiative_id, name FROM initiative
UNION ALL SELECT 'course', course_id, name FROM course
UNION ALL SELECT 'contact_point', contact_point_id, name FROM contact_point
UNION ALL SELECT 'location', location_id, name FROM location;

-- One row per merge that was not undone, the newest first: who, when, why.
CREATE VIEW merge_listed AS
WITH signed AS (
    SELECT record_alias_id, min(changed_at) AS changed_at, any_value(actor) AS actor, any_value(reason) AS reason
    FROM record_alias JOIN change_log ON change_id BETWEEN first_change_id AND last_change_id
    GROUP BY record_alias_id
)
SELECT record_alias_id AS merge_id, m.table_name, kept_id, kept.name AS kept_name, old_id, old.name AS old_name,
    changed_at, actor, reason
FROM record_alias AS m JOIN signed USING (record_alias_id)
LEFT JOIN mergeable_name AS kept ON kept.table_name = m.table_name AND kept.record_id = kept_id
LEFT JOIN mergeable_name AS old ON old.table_name = m.table_name AND old.record_id = old_id
ORDER BY last_change_id DESC;

-- One row per pair that people found not to be duplicates, the newest first: who, when, why.
CREATE VIEW dismissal_listed AS
SELECT duplicate_decision_id AS decision_id, d.table_name, a_id, a.name AS a_name, b_id, b.name AS b_name,
    decided_on, decided_by, reason
FROM (FROM duplicate_decision WHERE table_name <> 'idea') AS d
LEFT JOIN mergeable_name AS a ON a.table_name = d.table_name AND a.record_id = a_id
LEFT JOIN mergeable_name AS b ON b.table_name = d.table_name AND b.record_id = b_id
ORDER BY decided_on DESC, duplicate_decision_id;
