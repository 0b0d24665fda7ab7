-- Who could help with something: what organisations have that fits a need (METHODS M22). NULL: not wished for.

-- One row per running offer that fits something, and organisation that carries it. theme_fit: same (the theme itself, or a
-- theme of the field asked for) or field (another theme of the same field). comes: it goes to people in the district.
CREATE MACRO offer_that_helps(wanted_theme, wanted_group, wanted_language, wanted_district) AS TABLE
WITH asked AS (SELECT coalesce(parent_id, theme_id) AS field_id FROM theme WHERE theme_id = wanted_theme),
near AS (SELECT list(theme_id) AS theme_ids FROM theme JOIN asked ON coalesce(parent_id, theme_id) = field_id),
exact AS (SELECT list(theme_id) AS theme_ids FROM theme WHERE theme_id = wanted_theme OR parent_id = wanted_theme),
fit AS (
    SELECT a.*,
        CASE WHEN list_has_any(a.theme_ids, exact.theme_ids) THEN 'same' WHEN list_has_any(a.theme_ids, near.theme_ids) THEN 'field' END
            AS theme_fit,
        coalesce(list_contains(target_group_ids, wanted_group), false) AS group_fit,
        coalesce(list_contains(language_ids, wanted_language), false) AS language_fit,
        coalesce(mode = 'mobile' AND list_contains(district_ids, wanted_district), false) AS comes
    FROM active_offer AS a CROSS JOIN near CROSS JOIN exact
)
SELECT initiative_id, name, theme_fit, group_fit, language_fit, comes, waiting, volunteers_active, volunteers_wanted, assured_on,
    unnest(list_distinct(list_append(coalesce(partner_ids, []), organization_id))) AS organization_id
FROM fit
WHERE theme_fit IS NOT NULL OR group_fit OR language_fit OR comes OR (volunteers_active > 0 AND volunteers_wanted = 0)
ORDER BY name COLLATE de, initiative_id, organization_id;

-- One row per organisation and place that it uses: minutes from the district asked for to that place, 0 within it; NULL:
-- unknown, or no district was asked for.
CREATE MACRO place_that_helps(wanted_district) AS TABLE
SELECT p.*, CASE WHEN p.district_id = wanted_district THEN 0 ELSE t.minutes END AS minutes
FROM organization_place AS p
LEFT JOIN district_travel AS t ON t.from_district_id = wanted_district AND t.to_district_id = p.district_id
ORDER BY p.organization_id, minutes NULLS LAST, p.name COLLATE de, p.location_id;

-- One row per contact and contact point that speaks the language; a contact by its function.
CREATE MACRO speaker_that_helps(wanted_language) AS TABLE
SELECT 'contact_point' AS table_name, contact_point_id AS record_id, organization_id, name, assured_on
FROM contact_point WHERE status = 'active' AND list_contains(language_ids, wanted_language)
UNION ALL
SELECT 'contact', contact_id, organization_id, role, assured_on FROM contact_today WHERE there AND list_contains(language_ids, wanted_language)
ORDER BY table_name DESC, name COLLATE de, record_id;

-- One row per open promise that nobody has used yet: no measure has come of it that runs. theme_fit, district_fit: true, false (it is about another one), NULL (it names none, or none was
-- asked for). words_fit: every word asked for is in its text.
CREATE MACRO promise_that_helps(wanted_theme, wanted_district, query) AS TABLE
SELECT c.commitment_id, c.organization_id, c.text, c.given_on, c.due_on, c.workshop_id,
    c.theme_id = wanted_theme OR t.parent_id = wanted_theme OR (c.theme_id = w.parent_id) AS theme_fit,
    c.district_id = wanted_district AS district_fit,
    fold_words(query) <> '' AND len(list_filter(string_split(fold_words(query), ' '),
        lambda word: NOT contains(fold_words(c.text), word))) = 0 AS words_fit
FROM commitment_listed AS c LEFT JOIN theme AS t ON t.theme_id = c.theme_id LEFT JOIN theme AS w ON w.theme_id = wanted_theme
WHERE c.state = 'open' AND NOT c.followed AND c.organization_id IS NOT NULL
ORDER BY c.due_on NULLS LAST, c.commitment_id;

-- One row per record that the words find (search.matching), and organisation that carries it. Four lists of keys.
CREATE MACRO record_that_helps(initiatives, courses, contact_points, organizations) AS TABLE
SELECT 'initiative' AS table_name, initiative_id AS record_id, name, assured_on,
    unnest(list_distinct(list_append(coalesce(partner_ids, []), organization_id))) AS organization_id
FROM active_offer WHERE list_contains(initiatives, initiative_id)
UNION ALL SELECT 'course', course_id, name, assured_on, organization_id
FROM course WHERE status = 'active' AND list_contains(courses, course_id)
UNION ALL SELECT 'contact_point', contact_point_id, name, assured_on, organization_id
FROM contact_point WHERE status = 'active' AND list_contains(contact_points, contact_point_id)
UNION ALL SELECT 'organization', organization_id, name, assured_on, organization_id
FROM organization WHERE status = 'active' AND list_contains(organizations, organization_id)
ORDER BY list_position(['initiative', 'course', 'contact_point', 'organization'], table_name), name COLLATE de, record_id;
