-- One row per contact point that may be printed today (contact_point_today, METHODS M18, M21), by district and name: what a
-- paper says of it, and the days on which that ends. Nothing of a person but what has public consent today, and no name.
-- contact_assured_on, consent_until, away_from and back_on are of the contact that is asked; NULL where the place itself
-- is. themed: it has a theme, so that papers with little room leave its description out. away_from: first day of its next
-- absence. back_on: the day after which the contact stands in no more for another.
CREATE VIEW contact_point_printable AS
SELECT s.contact_point_id, s.contact_id, s.via, s.name, s.audiences, s.description, s.theme_ids, s.language_ids,
    s.place, s.street, s.postcode, s.district_id, s.district, s.directions, s.barrier_free,
    coalesce(list_has_any(s.theme_ids, (SELECT list(theme_id) FROM theme WHERE parent_id IS NOT NULL)), false) AS themed,
    s.role, s.phone, s.email, s.assured_on, s.reached_on,
    c.assured_on AS contact_assured_on, c.consent_until,
    (SELECT min(a.first_day) FROM unnest(c.absences) AS u(a) WHERE a.first_day > today) AS away_from,
    CASE WHEN s.via = 'deputy' THEN
        (SELECT max(a.last_day) FROM unnest(n.absences) AS u(a) WHERE today BETWEEN a.first_day AND a.last_day)
    END AS back_on
FROM contact_point_shown AS s CROSS JOIN clock
LEFT JOIN contact AS c ON c.contact_id = s.contact_id
LEFT JOIN contact AS n ON n.contact_id = s.named_contact_id
LEFT JOIN district AS d ON d.district_id = s.district_id
WHERE s.unprintable = []
ORDER BY d.sort NULLS LAST, s.name COLLATE de, s.contact_point_id;
