-- Who may be shown: a contact is a function first; a person leaves the machine only with public consent of today.

-- One row per contact as it may leave the machine: its function, and the person as far as consent goes today. Also in
-- the state of an earlier day only what may be shown today: whoever has withdrawn consent since does not come back.
CREATE VIEW contact_shown AS
SELECT contact_id, organization_id, role, language_ids, last_reached_on, status, assured_on, assured_by,
    CASE WHEN now.name = contact.name THEN contact.name END AS name,
    CASE WHEN now.email = contact.email THEN contact.email END AS email,
    CASE WHEN now.phone = contact.phone THEN contact.phone END AS phone
FROM contact LEFT JOIN consenting_today AS now USING (contact_id);

-- Whether a field of a record may not leave the machine in the change log: what identifies a person, and the number
-- of people in a district or the city, which may be too small to be published (METHODS M4).
CREATE MACRO is_confidential(table_name, field) AS
(table_name = 'contact' AND list_contains(personal_columns(), field))
OR (table_name IN ('population', 'city_total') AND field = 'persons')
OR table_name = 'erasure';
