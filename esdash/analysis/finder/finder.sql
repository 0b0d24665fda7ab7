-- Places for volunteers, and what of a volunteer's wishes they meet (METHODS M19).

-- The time of day of a weekly time; its begin counts. Days off work are one slot of their own.
CREATE MACRO time_slot(weekday, begins) AS
CASE
    WHEN weekday > 5 THEN 'weekend'
    WHEN begins < noon() THEN 'morning'
    WHEN begins < evening_from() THEN 'afternoon'
    ELSE 'evening'
END;

-- One row per offer that runs today: its fields of action, and whom a volunteer asks: the contact, or its deputy where the
-- contact is away, was not reached lately, or has no phone or mail that may be shown. via: contact, deputy; NULL: nobody, and
-- why_not says why: no_contact, away, not_reached, no_way (no phone or mail that may be shown).
CREATE MATERIALIZED VIEW volunteer_place AS
WITH askable AS (
    SELECT contact_id, role, phone, email, reached_on FROM contact_today
    WHERE there AND reach = 'reached' AND (phone IS NOT NULL OR email IS NOT NULL)
),
asked AS (
    SELECT o.initiative_id, coalesce(own.contact_id, deputy.contact_id) AS asked_id,
        CASE WHEN own.contact_id IS NOT NULL THEN 'contact' WHEN deputy.contact_id IS NOT NULL THEN 'deputy' END AS via,
        CASE
            WHEN via IS NOT NULL THEN NULL
            WHEN named.contact_id IS NULL THEN 'no_contact'
            WHEN NOT named.there THEN 'away'
            WHEN named.reach <> 'reached' THEN 'not_reached'
            ELSE 'no_way'
        END AS why_not
    FROM active_offer AS o
    LEFT JOIN askable AS own ON own.contact_id = o.contact_id
    LEFT JOIN contact_today AS named ON named.contact_id = o.contact_id
    LEFT JOIN askable AS deputy ON deputy.contact_id = named.deputy_contact_id
),
fields AS (  -- the fields of action of its themes, each once, in the order of the city
    SELECT initiative_id, list(DISTINCT coalesce(t.parent_id, t.theme_id) ORDER BY coalesce(t.parent_id, t.theme_id)) AS field_ids
    FROM (SELECT initiative_id, unnest(theme_ids) AS theme_id FROM active_offer) JOIN theme AS t USING (theme_id)
    GROUP BY ALL
)
SELECT o.initiative_id, o.name, o.description, o.organization_id, g.name AS organization, o.theme_ids, f.field_ids,
    o.language_ids, o.mode, o.district_ids, o.home_district_id, o.times, o.without_commitment, o.little_german,
    l.name AS place, l.street, l.barrier_free, o.volunteers_active, o.volunteers_wanted,
    a.via, a.why_not, k.contact_id, k.role, k.phone, k.email, k.reached_on, o.contact_id AS named_contact_id
FROM active_offer AS o JOIN organization AS g USING (organization_id) JOIN asked AS a USING (initiative_id)
LEFT JOIN askable AS k ON k.contact_id = a.asked_id
LEFT JOIN fields AS f USING (initiative_id) LEFT JOIN located AS l USING (location_id)
ORDER BY o.name COLLATE de, o.initiative_id;

-- Minutes from a district to an offer: the shortest way to its place, or to a district in which it works (mobile). 0: it is
-- online, or comes to all districts. NULL: its place is unknown.
CREATE MACRO way_to_place(from_id) AS TABLE
WITH goal AS (
    SELECT initiative_id, home_district_id AS district_id FROM volunteer_place
    WHERE coalesce(mode, 'on_site') = 'on_site' AND home_district_id IS NOT NULL
    UNION ALL
    SELECT initiative_id, unnest(district_ids) FROM volunteer_place WHERE mode = 'mobile'
)
SELECT initiative_id, CASE
        WHEN p.mode = 'online' OR (p.mode = 'mobile' AND p.district_ids IS NULL) THEN 0
        ELSE min(CASE WHEN p.mode = 'mobile' AND g.district_id = from_id THEN 0 ELSE t.minutes END)
    END AS travel_minutes
FROM volunteer_place AS p LEFT JOIN goal AS g USING (initiative_id)
LEFT JOIN district_travel AS t ON t.from_district_id = from_id AND t.to_district_id = g.district_id
GROUP BY initiative_id, p.mode, p.district_ids;

-- One row per offer that runs today, in the order of the answers: names of the wishes that it meets, misses, and of which it
-- is unknown, joined by commas; travel_minutes is NULL without a district. A wish that is NULL or false is none.
CREATE MACRO finder_answers(wanted_theme, slot, spoken, district, uncommitted, little) AS TABLE
WITH judged AS (
    SELECT p.*, w.travel_minutes, [
        {'wish': 'theme', 'asked': wanted_theme IS NOT NULL, 'met': CASE
            WHEN list_contains(theme_ids, wanted_theme) OR list_contains(field_ids, wanted_theme) THEN true
            -- its themes are unknown, or only the field of action of the wished theme is known
            WHEN coalesce(len(theme_ids), 0) > 0
                AND NOT list_contains(theme_ids, (SELECT parent_id FROM theme WHERE theme_id = wanted_theme)) THEN false
        END},
        {'wish': 'time', 'asked': slot IS NOT NULL, 'met':
            len(times) = 0 OR list_contains(list_transform(times, lambda t: time_slot(t.weekday, t.begins)), slot)},
        {'wish': 'language', 'asked': spoken IS NOT NULL, 'met': list_contains(language_ids, spoken)},
        {'wish': 'district', 'asked': district IS NOT NULL, 'met': travel_minutes <= easy_way_minutes()},
        {'wish': 'without_commitment', 'asked': uncommitted, 'met': without_commitment},
        {'wish': 'little_german', 'asked': little, 'met': little_german}
    ] AS wishes
    FROM volunteer_place AS p LEFT JOIN way_to_place(district) AS w USING (initiative_id)
)
SELECT initiative_id, volunteers_wanted, via IS NOT NULL AS askable, CASE WHEN district IS NOT NULL THEN travel_minutes END AS travel_minutes,
    array_to_string([w.wish FOR w IN wishes IF w.asked AND w.met], ',') AS met,
    array_to_string([w.wish FOR w IN wishes IF w.asked AND NOT w.met], ',') AS missed,
    array_to_string([w.wish FOR w IN wishes IF w.asked AND w.met IS NULL], ',') AS unknown
FROM judged
ORDER BY len([w.wish FOR w IN wishes IF w.asked AND w.met]) DESC, wanted_theme IS NULL OR coalesce(wishes[1].met, false) DESC,
    len([w.wish FOR w IN wishes IF w.asked AND NOT w.met]),
    travel_minutes NULLS LAST, volunteers_wanted DESC NULLS LAST, name COLLATE de, initiative_id;
