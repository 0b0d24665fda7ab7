-- The inventory as lists: one row per record, with names instead of keys where a person reads it.

-- One row per initiative with everything a list shows.
CREATE MATERIALIZED VIEW initiative_listed AS
SELECT i.* EXCLUDE (version), o.name AS organization, o.short_name AS organization_short,
    l.name AS place, l.street, l.postcode, l.district_id, d.name AS district, l.barrier_free,
    coalesce(l.lat, d.lat) AS lat, coalesce(l.lon, d.lon) AS lon,
    freshness(i.assured_on, today) AS freshness,
    i.status = 'active' AND (i.ended_on IS NULL OR i.ended_on >= today) AS running,
    -- marked active, but past its end: a mistake to find, not an offer that runs
    CASE WHEN i.status = 'active' AND i.ended_on < today THEN 'overdue' ELSE i.status END AS status_today
FROM initiative AS i JOIN organization AS o USING (organization_id) CROSS JOIN clock
LEFT JOIN located AS l USING (location_id) LEFT JOIN district AS d ON d.district_id = l.district_id
ORDER BY i.name COLLATE de, i.initiative_id;

-- One row per organisation with the number of its running offers and courses.
CREATE VIEW organization_listed AS
SELECT o.* EXCLUDE (version, phone_e164), freshness(o.assured_on, today) AS freshness,
    (SELECT count(*) FROM active_offer AS a WHERE a.organization_id = o.organization_id) AS offers,
    (SELECT count(*) FROM course AS c WHERE c.organization_id = o.organization_id AND c.status = 'active') AS courses
FROM organization AS o CROSS JOIN clock
ORDER BY o.name COLLATE de, o.organization_id;

-- One row per contact point; its person only with public consent.
CREATE VIEW contact_point_listed AS
SELECT p.* EXCLUDE (version, phone_e164), o.name AS organization, l.name AS place, l.street, l.postcode, d.name AS district,
    l.lat, l.lon, l.barrier_free, c.role AS contact_role,
    c.name AS contact_name, c.phone AS contact_phone, c.email AS contact_email
FROM contact_point AS p JOIN organization AS o USING (organization_id)
LEFT JOIN located AS l USING (location_id) LEFT JOIN district AS d ON d.district_id = l.district_id
LEFT JOIN contact_shown AS c USING (contact_id)
ORDER BY p.name COLLATE de, p.contact_point_id;

-- One row per changed field: when, who, which record, before and after. The values of confidential fields (consent.sql)
-- are left out, because the log may be exported. Numbers of people are one row per change, whatever changed: which of them
-- did not would give a hidden number together with a past day (METHODS M4).
CREATE VIEW change_listed AS
WITH entries AS (
    SELECT *, unnest(json_keys(coalesce(after, before))) AS field FROM change_log
    WHERE table_name NOT IN ('population', 'city_total')
),
people AS (
    SELECT min(change_id) AS change_id, changed_at, actor, means, reason, '*' AS record_id
    FROM change_log WHERE table_name IN ('population', 'city_total')
    GROUP BY ALL
)
SELECT change_id, changed_at, actor, means, reason, table_name, record_id, field,
    CASE WHEN NOT is_confidential(table_name, field) THEN json_extract_string(before, '$."' || field || '"') END AS before,
    CASE WHEN NOT is_confidential(table_name, field) THEN json_extract_string(after, '$."' || field || '"') END AS after
FROM entries
WHERE field NOT IN ('version', 'phone_e164')
    AND json_extract_string(before, '$."' || field || '"') IS DISTINCT FROM json_extract_string(after, '$."' || field || '"')
UNION ALL BY NAME
SELECT change_id, changed_at, actor, means, reason, 'population' AS table_name, record_id, 'persons' AS field,
    CAST(NULL AS VARCHAR) AS before, CAST(NULL AS VARCHAR) AS after
FROM people
ORDER BY change_id DESC, field;

-- The names of a list of keys, in its order; NULL where the list is unknown.
CREATE MACRO names_of(ids, names) AS
CASE WHEN ids IS NOT NULL THEN list_transform(ids, lambda id: element_at(names, id)[1]) END;

-- One row per initiative as other networks get it: no notes, no names of colleagues; names in addition to the keys.
CREATE VIEW initiative_exchanged AS
WITH named AS (
    SELECT
        (SELECT map(list(theme_id), list(name_de)) FROM theme) AS themes,
        (SELECT map(list(target_group_id), list(name_de)) FROM target_group) AS target_groups,
        (SELECT map(list(language_id), list(name_de)) FROM language) AS languages,
        (SELECT map(list(district_id), list(name)) FROM district) AS districts,
        (SELECT map(list(organization_id), list(name)) FROM organization) AS organizations
)
SELECT i.* EXCLUDE (version, note, assured_by), o.name AS organization,
    l.name AS place, l.street, l.postcode, d.name AS district, l.lat, l.lon,
    names_of(i.theme_ids, n.themes) AS themes, names_of(i.target_group_ids, n.target_groups) AS target_groups,
    names_of(i.language_ids, n.languages) AS languages, names_of(i.district_ids, n.districts) AS districts,
    names_of(i.partner_ids, n.organizations) AS partners
FROM initiative AS i JOIN organization AS o USING (organization_id) CROSS JOIN named AS n
LEFT JOIN located AS l USING (location_id) LEFT JOIN district AS d ON d.district_id = l.district_id
WHERE i.status <> 'archived';

-- One row per organisation, place, contact and contact point that is not archived, and the city.
CREATE VIEW organization_exchanged AS
SELECT * EXCLUDE (version, note, assured_by, status, phone_e164) FROM organization WHERE status <> 'archived';
CREATE VIEW location_exchanged AS
SELECT * EXCLUDE (version, note, assured_by, status) FROM location WHERE status <> 'archived';
CREATE VIEW contact_exchanged AS
SELECT c.* EXCLUDE (assured_by, status, phone_e164), t.opening_hours, t.fortnightly, t.appointment,
    CASE WHEN coalesce(c.name, c.email, c.phone) IS NOT NULL THEN t.consent_on END AS consent_on,
    CASE WHEN coalesce(c.name, c.email, c.phone) IS NOT NULL THEN t.consent_until END AS consent_until
FROM contact_shown AS c JOIN contact AS t USING (contact_id) WHERE c.status <> 'archived';
CREATE VIEW contact_point_exchanged AS
SELECT * EXCLUDE (version, note, assured_by, phone_e164) FROM contact_point WHERE status <> 'archived';
CREATE VIEW city_exchanged AS SELECT city_id, name FROM city;
