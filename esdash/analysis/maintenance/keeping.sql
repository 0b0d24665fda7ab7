-- Records as the office maintains them: lists of every kind, what is to check, and links between records.

-- One row per record of every kind and status with its traffic light (METHODS M9), the last day on which its confirmation
-- holds, and the reasons to check it. A contact is called by its function.
CREATE MATERIALIZED VIEW record_listed AS
WITH reason AS (
    SELECT table_name, record_id, list(DISTINCT kind ORDER BY kind) AS reasons FROM todo GROUP BY table_name, record_id
)
SELECT r.record_id, r.table_name, r.name, r.organization_id, o.name AS organization, o.kind AS organization_kind,
    r.status, CASE WHEN i.ended_on < today AND r.status = 'active' THEN 'overdue' ELSE r.status END AS status_today,
    traffic_light(r.assured_on, r.keep_days, today) AS light, r.assured_on, r.assured_by,
    r.assured_on + CAST(r.keep_days AS INTEGER) AS holds_until,
    coalesce(reason.reasons, []) AS reasons, s.starts_on, l.street, l.postcode, d.name AS district
FROM any_record AS r CROSS JOIN clock
LEFT JOIN organization AS o ON o.organization_id = r.organization_id
LEFT JOIN initiative AS i ON r.table_name = 'initiative' AND i.initiative_id = r.record_id
LEFT JOIN session AS s ON r.table_name = 'session' AND s.session_id = r.record_id
LEFT JOIN located AS l ON r.table_name = 'location' AND l.location_id = r.record_id
LEFT JOIN district AS d ON d.district_id = l.district_id
LEFT JOIN reason ON reason.table_name = r.table_name AND reason.record_id = r.record_id;

-- One row per record of a kind that a query finds (found, fits: as search.matching has them; NULL: no query). of_state: a
-- status, 'current' (not archived) or 'any'. of_light: a traffic light, 'due' (there is a reason to check) or 'any'. Dates come
-- with the latest first, all others by how well they fit, then by name.
CREATE MACRO record_found(of_table, found, fits, of_state, of_light) AS TABLE
SELECT r.* FROM record_listed AS r
LEFT JOIN (SELECT unnest(found) AS record_id, unnest(fits) AS fit) AS f USING (record_id)
WHERE r.table_name = of_table AND (found IS NULL OR f.record_id IS NOT NULL)
    AND CASE of_state WHEN 'any' THEN true WHEN 'current' THEN r.status <> 'archived' ELSE r.status_today = of_state END
    AND CASE of_light WHEN 'any' THEN true WHEN 'due' THEN len(r.reasons) > 0 ELSE r.light = of_light END
ORDER BY r.starts_on DESC NULLS LAST, f.fit, r.name COLLATE de, r.record_id;

-- One row per record that is not archived and refers to the given one.
CREATE MACRO record_naming(of_table, of_id) AS TABLE
SELECT r.* FROM record_listed AS r
SEMI JOIN (FROM record_link WHERE target = of_table AND target_id = of_id) USING (table_name, record_id)
WHERE r.status <> 'archived'
ORDER BY list_position(['initiative', 'course', 'session', 'contact_point', 'contact'], r.table_name),
    r.starts_on DESC NULLS LAST, r.name COLLATE de, r.record_id;
