-- What each organisation offers, seeks and promised.

-- One row per active organisation and place that its running offers, contact points or coming training dates use.
CREATE MATERIALIZED VIEW organization_place AS
WITH used AS (
    SELECT organization_id, location_id FROM active_offer
    UNION SELECT organization_id, location_id FROM contact_point WHERE status = 'active'
    UNION SELECT c.organization_id, s.location_id
        FROM session AS s JOIN course AS c USING (course_id) CROSS JOIN clock
        WHERE coalesce(s.ends_on, s.starts_on) >= today AND s.status IN ('planned', 'confirmed')
)
SELECT u.organization_id, u.location_id, l.name, l.street, l.district_id, l.barrier_free, l.assured_on
FROM used AS u JOIN located AS l USING (location_id) SEMI JOIN (FROM organization WHERE status = 'active') USING (organization_id)
WHERE l.status = 'active'
ORDER BY u.organization_id, l.name COLLATE de, u.location_id;

-- One row per active organisation and language of its running offers, contact points and contacts.
CREATE MATERIALIZED VIEW organization_language AS
WITH spoken AS (
    SELECT organization_id, unnest(language_ids) AS language_id FROM active_offer
    UNION SELECT organization_id, unnest(language_ids) FROM contact_point WHERE status = 'active'
    UNION SELECT organization_id, unnest(language_ids) FROM contact WHERE status = 'active'
)
FROM spoken SEMI JOIN (FROM organization WHERE status = 'active') USING (organization_id)
ORDER BY organization_id, language_id;

-- One row per active organisation: running offers that it carries alone or with others, trainings and contact points; volunteers wanted and people waiting at
-- the running offers that it leads (NULL: unknown at all of them, *_unknown: at how many); promises by state; places, districts and
-- languages; organisations that it is tied to, and when last. broken is internal: no file for outside has it.
CREATE VIEW actor AS
WITH offer AS (
    SELECT organization_id, sum(volunteers_wanted) AS wanted, sum(waiting) AS waiting,
        count(*) FILTER (volunteers_wanted IS NULL) AS wanted_unknown, count(*) FILTER (waiting IS NULL) AS waiting_unknown
    FROM active_offer GROUP BY ALL
),
carried AS (
    SELECT organization_id, count(*) AS offers
    FROM (SELECT initiative_id, unnest(list_distinct(list_append(coalesce(partner_ids, []), organization_id))) AS organization_id FROM active_offer)
    GROUP BY ALL
),
promise AS (
    SELECT organization_id, count(*) FILTER (state = 'open') AS promises_open,
        count(*) FILTER (standing = 'overdue') AS promises_late,
        count(*) FILTER (state = 'kept') AS promises_kept, count(*) FILTER (state = 'broken') AS promises_broken
    FROM commitment_listed GROUP BY ALL
),
place AS (
    SELECT organization_id, count(*) AS places, list(DISTINCT district_id ORDER BY district_id) FILTER (district_id IS NOT NULL) AS district_ids
    FROM organization_place GROUP BY ALL
),
spoken AS (SELECT organization_id, list(language_id ORDER BY language_id) AS language_ids FROM organization_language GROUP BY ALL),
one AS (SELECT a_id AS organization_id, last_on FROM tied_pair UNION ALL SELECT b_id, last_on FROM tied_pair),
tied AS (SELECT organization_id, count(*) AS partners, max(last_on) AS tied_on FROM one GROUP BY ALL)
SELECT o.organization_id, o.name, o.short_name, o.kind, o.description, o.website, o.email, o.phone, o.district_id AS seat_district_id,
    coalesce(carried.offers, 0) AS offers,
    (SELECT count(*) FROM course AS c WHERE c.organization_id = o.organization_id AND c.status = 'active') AS courses,
    (SELECT count(*) FROM contact_point AS p WHERE p.organization_id = o.organization_id AND p.status = 'active') AS contact_points,
    CAST(CASE WHEN offer.organization_id IS NULL THEN 0 ELSE wanted END AS BIGINT) AS wanted,
    CAST(CASE WHEN offer.organization_id IS NULL THEN 0 ELSE waiting END AS BIGINT) AS waiting,
    coalesce(wanted_unknown, 0) AS wanted_unknown, coalesce(waiting_unknown, 0) AS waiting_unknown,
    coalesce(promises_open, 0) AS promises_open, coalesce(promises_late, 0) AS promises_late,
    coalesce(promises_kept, 0) AS promises_kept, coalesce(promises_broken, 0) AS promises_broken,
    coalesce(places, 0) AS places, district_ids, language_ids, coalesce(partners, 0) AS partners, tied_on
FROM organization AS o
LEFT JOIN offer USING (organization_id) LEFT JOIN carried USING (organization_id) LEFT JOIN promise USING (organization_id) LEFT JOIN place USING (organization_id)
LEFT JOIN spoken USING (organization_id) LEFT JOIN tied USING (organization_id)
WHERE o.status = 'active'
ORDER BY o.name COLLATE de, o.organization_id;

-- One row per active organisation with a contact: whom one asks there (M18): somebody who is there, reached lately, and
-- with a phone or mail that may be shown; a person only with public consent.
CREATE VIEW organization_contact AS
SELECT organization_id, contact_id, role, name, phone, email, reach, reached_on
FROM contact_today
WHERE there
QUALIFY row_number() OVER (PARTITION BY organization_id ORDER BY
    coalesce(phone, email) IS NULL, list_position(['reached', 'due', 'silent', 'bounced'], reach), reached_on DESC NULLS LAST, contact_id) = 1
ORDER BY organization_id;
