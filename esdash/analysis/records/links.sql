-- Records that other records can refer to.

-- One row per organisation, contact, location and course: its name as a form offers it, the organisation behind it,
-- and whether it is archived. A contact is named by its function; people are not named here.
CREATE VIEW link_choice AS
WITH named AS (
    SELECT 'organization' AS table_name, organization_id AS record_id, name, NULL AS detail, organization_id, status
    FROM organization
    UNION ALL
    SELECT 'contact', contact_id, role, o.name, c.organization_id, c.status
    FROM contact AS c LEFT JOIN organization AS o USING (organization_id)
    UNION ALL
    SELECT 'location', location_id, name, street, NULL, status FROM location
    UNION ALL
    SELECT 'course', course_id, c.name, o.name, c.organization_id, c.status
    FROM course AS c LEFT JOIN organization AS o USING (organization_id)
)
SELECT table_name, record_id, name, CASE WHEN detail <> name THEN detail END AS detail, organization_id,
    status = 'archived' AS archived
FROM named
ORDER BY table_name, name COLLATE de, detail COLLATE de, record_id;

-- One row per record that is compared for duplicates: what distinguishes it from others of the same name.
CREATE VIEW record_owner AS
SELECT 'initiative' AS table_name, initiative_id AS record_id, o.name AS owner
FROM initiative JOIN organization AS o USING (organization_id)
UNION ALL SELECT 'course', course_id, o.name FROM course JOIN organization AS o USING (organization_id)
UNION ALL SELECT 'contact_point', contact_point_id, o.name FROM contact_point JOIN organization AS o USING (organization_id)
UNION ALL SELECT 'organization', organization_id, street FROM organization
UNION ALL SELECT 'location', location_id, street FROM location
ORDER BY table_name, record_id;

-- One row per place that is in use and has coordinates, for orientation on a map.
CREATE VIEW located_place AS
SELECT name, lat, lon, district_id FROM located
WHERE status <> 'archived' AND lat IS NOT NULL AND lon IS NOT NULL
ORDER BY name COLLATE de, location_id;
