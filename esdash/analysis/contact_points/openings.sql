-- One row per contact point: the hours that hold for whom one asks there today (METHODS M26). A contact's own hours win over
-- those of the place; closures, public holidays and the note are those of the place. whose: contact or place. said_on: when
-- somebody last confirmed these hours.
CREATE VIEW contact_point_hours AS
SELECT p.contact_point_id, CASE WHEN own THEN 'contact' ELSE 'place' END AS whose,
    CASE WHEN own THEN c.opening_hours ELSE p.opening_hours END AS opening_hours,
    CASE WHEN own THEN c.fortnightly ELSE p.fortnightly END AS fortnightly,
    CASE WHEN own THEN coalesce(c.appointment, p.appointment) ELSE coalesce(p.appointment, c.appointment) END AS appointment,
    p.appointment_url, p.closures, p.holiday_hours, p.hours_note,
    CASE WHEN own THEN c.assured_on ELSE coalesce(p.hours_assured_on, p.assured_on) END AS said_on
FROM contact_point AS p
JOIN contact_point_today AS t USING (contact_point_id)
LEFT JOIN contact AS c ON c.contact_id = t.contact_id,
LATERAL (
    SELECT c.opening_hours IS NOT NULL OR len(coalesce(c.fortnightly, [])) > 0 OR coalesce(c.appointment = 'required', false)
) AS which(own)
ORDER BY p.contact_point_id;
