-- One row per contact point of every status: what people look for in a list, and whom one reaches there today
-- (contact_point_today, METHODS M18). Nothing of a person without public consent.
CREATE MATERIALIZED VIEW contact_point_shown AS
SELECT p.contact_point_id, p.name, p.status, p.organization_id, o.name AS organization,
    p.location_id, l.name AS place, l.street, l.postcode, l.district_id, d.name AS district,
    l.lat, l.lon, l.barrier_free, l.directions,
    p.audiences, p.theme_ids, p.language_ids, p.description, p.website,
    p.opening_hours, p.hours_note, p.appointment, p.appointment_url, p.assured_on, p.hours_assured_on,
    freshness(p.assured_on, today) AS freshness,
    t.named_contact_id, n.role AS named_role, n.there AS named_there, n.deputy_contact_id,
    p.phone AS own_phone, p.email AS own_email, t.via, t.contact_id, t.role, t.name AS person, t.phone, t.email, t.reached_on, t.reach, t.attempts, t.tried_on,
    t.unprintable, p.successor_contact_point_id
FROM contact_point AS p CROSS JOIN clock
JOIN contact_point_today AS t USING (contact_point_id)
LEFT JOIN organization AS o USING (organization_id)
LEFT JOIN located AS l USING (location_id) LEFT JOIN district AS d ON d.district_id = l.district_id
LEFT JOIN contact_today AS n ON n.contact_id = t.named_contact_id
ORDER BY p.name COLLATE de, p.contact_point_id;
