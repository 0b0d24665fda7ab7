-- The inventory as lists: one row per record, with names instead of keys where a person reads it.

-- One row per initiative with everything a list shows.
CREATE VIEW initiative_listed AS
SELECT i.* EXCLUDE (version), o.name AS organization, o.short_name AS organization_short,
    l.name AS place, l.street, l.postcode, l.district_id, d.name AS district, l.barrier_free,
    coalesce(l.lat, d.lat) AS lat, coalesce(l.lon, d.lon) AS lon,
    freshness(i.assured_on, today) AS freshness,
    i.status = 'active' AND (i.ended_on IS NULL OR i.ended_on >= today) AS running,
    -- marked active, but past its end: a mistake to find, not an offer that runs
    CASE WHEN i.status = 'active' AND i.ended_on < today THEN 'overdue' ELSE i.status END AS status_today
FROM initiative AS i JOIN organization AS o USING (organization_id) CROSS JOIN clock
LEFT JOIN location AS l USING (location_id) LEFT JOIN district AS d ON d.district_id = l.district_id
ORDER BY lower(i.name), i.initiative_id;

-- One row per organisation with the number of its running offers and courses.
CREATE VIEW organization_listed AS
SELECT o.* EXCLUDE (version), freshness(o.assured_on, today) AS freshness,
    (SELECT count(*) FROM active_offer AS a WHERE a.organization_id = o.organization_id) AS offers,
    (SELECT count(*) FROM course AS c WHERE c.organization_id = o.organization_id AND c.status = 'active') AS courses
FROM organization AS o CROSS JOIN clock
ORDER BY lower(o.name), o.organization_id;

-- One row per contact point; the person behind it only as far as consent goes.
CREATE VIEW contact_point_listed AS
SELECT p.* EXCLUDE (version), o.name AS organization, l.name AS place, l.street, l.postcode, d.name AS district,
    l.lat, l.lon, l.barrier_free, c.role AS contact_role,
    c.name AS contact_name, c.phone AS contact_phone, c.email AS contact_email
FROM contact_point AS p JOIN organization AS o USING (organization_id)
LEFT JOIN location AS l USING (location_id) LEFT JOIN district AS d ON d.district_id = l.district_id
LEFT JOIN contact_shown AS c USING (contact_id)
ORDER BY lower(p.name), p.contact_point_id;

-- One row per changed field: when, who, which record, before and after. What is confidential (consent.sql) is only
-- named as changed: the log may leave the machine, the person may not.
CREATE VIEW change_listed AS
WITH entries AS (
    SELECT *, unnest(json_keys(coalesce(after, before))) AS field FROM change_log
)
SELECT change_id, changed_at, actor, means, reason, table_name, record_id, field,
    CASE WHEN NOT is_confidential(table_name, field) THEN json_extract_string(before, '$."' || field || '"') END AS before,
    CASE WHEN NOT is_confidential(table_name, field) THEN json_extract_string(after, '$."' || field || '"') END AS after
FROM entries
WHERE field <> 'version'
    AND json_extract_string(before, '$."' || field || '"') IS DISTINCT FROM json_extract_string(after, '$."' || field || '"')
ORDER BY change_id DESC, field;
