-- Who may be shown: a contact is first of all a function; its person is shown only with public consent valid today.

-- One row per contact as it may be published: its function, and the person if there is consent today. The state of an
-- earlier day too shows only what may be shown today: a person who has withdrawn consent since stays hidden.
CREATE VIEW contact_shown AS
SELECT contact_id, organization_id, role, language_ids, last_reached_on, status, assured_on, assured_by,
    CASE WHEN now.name = contact.name THEN contact.name END AS name,
    CASE WHEN now.email = contact.email THEN contact.email END AS email,
    CASE WHEN now.phone = contact.phone THEN contact.phone END AS phone,
    CASE WHEN now.phone = contact.phone THEN contact.phone_e164 END AS phone_e164
FROM contact LEFT JOIN consenting_today AS now USING (contact_id);

-- Whether the values of a field are left out when the change log is published: what identifies a person, and numbers
-- of people in a district or the city, which may be too small to be published (METHODS M4).
CREATE MACRO is_confidential(table_name, field) AS
(table_name = 'contact' AND list_contains(personal_columns(), field))
OR (table_name IN ('population', 'city_total') AND field = 'persons')
OR table_name = 'erasure';
