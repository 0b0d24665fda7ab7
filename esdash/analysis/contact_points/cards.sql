-- One row per function that may be handed out as a card: a contact that is active and has public consent today, with what
-- may be shown of it, or a contact point with a phone or mail of its own and no contact. Place: that of the first contact
-- point of the contact, else the address of its organisation. changed_at: its last change (UTC).
CREATE VIEW contact_card AS
WITH changed AS (
    SELECT table_name, record_id, max(changed_at) AS changed_at FROM inventory.change_log
    WHERE table_name IN ('contact', 'contact_point') GROUP BY table_name, record_id
),
point AS (
    SELECT contact_id, min_by(contact_point_id, name COLLATE de || contact_point_id) AS contact_point_id FROM contact_point
    WHERE status = 'active' AND contact_id IS NOT NULL GROUP BY contact_id
),
card AS (
    SELECT 'contact' AS table_name, c.contact_id AS record_id, c.role, c.name AS person, c.phone, c.phone_e164, c.email, c.language_ids,
        c.organization_id, p.contact_point_id
    FROM contact_shown AS c SEMI JOIN consenting_today AS y ON y.contact_id = c.contact_id
    LEFT JOIN point AS p ON p.contact_id = c.contact_id
    WHERE c.status = 'active'
    UNION ALL
    SELECT 'contact_point', contact_point_id, name, NULL, phone, phone_e164, email, language_ids, organization_id, contact_point_id
    FROM contact_point WHERE status = 'active' AND contact_id IS NULL
)
SELECT c.* EXCLUDE (organization_id, contact_point_id), o.name AS organization,
    CASE WHEN s.street IS NOT NULL THEN s.street ELSE o.street END AS street,
    CASE WHEN s.street IS NOT NULL THEN s.postcode ELSE o.postcode END AS postcode,
    s.place, coalesce(s.website, o.website) AS website, h.changed_at
FROM card AS c LEFT JOIN organization AS o USING (organization_id)
LEFT JOIN contact_point_shown AS s ON s.contact_point_id = c.contact_point_id
LEFT JOIN changed AS h ON h.table_name = c.table_name AND h.record_id = c.record_id
WHERE c.phone IS NOT NULL OR c.email IS NOT NULL
ORDER BY o.name COLLATE de, c.role COLLATE de, c.table_name, c.record_id;
