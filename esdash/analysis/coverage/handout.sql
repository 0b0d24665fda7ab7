-- Figures for the files about gaps: the evidence of each cell in one row, and the districts with their figures.

-- One row per theme × target group × district: need and the figures it is made of, the survey, and the offers that
-- reach it, the one with most places here first; `offers` is empty if none does. Places of an offer are NULL if its
-- capacity is unknown, or a need by which its places are split;
-- places_least and places_most are their ends where numbers of people are hidden.
CREATE MACRO evidence_of(wanted_groups, wanted_themes, wanted_districts) AS TABLE
WITH reaching AS (
    SELECT c.theme_id, c.target_group_id, c.district_id, o.name, organization.name AS organization, c.minutes,
        p.places, p.places_least, p.places_most, o.capacity IS NULL AS capacity_unknown, o.initiative_id
    FROM offer_serving AS c
    JOIN supply_offer AS o USING (initiative_id)
    LEFT JOIN organization USING (organization_id)
    LEFT JOIN offer_places AS p
        ON p.initiative_id = c.initiative_id AND p.theme_id = c.theme_id AND p.target_group_id = c.target_group_id
        AND p.district_id = c.district_id
),
gathered AS (
    SELECT theme_id, target_group_id, district_id,
        list(
            struct_pack(name := name, organization := organization, places := places, places_least := places_least,
                places_most := places_most, minutes := minutes)
            ORDER BY places DESC NULLS LAST, name COLLATE de, initiative_id
        ) AS offers,
        list(name ORDER BY name COLLATE de, initiative_id) FILTER (capacity_unknown) AS not_counted
    FROM reaching GROUP BY ALL
)
SELECT n.*, t.field_id, 100 * n.gap_places / nullif(n.persons, 0) AS gap_per_100,
    100 * n.gap_places_least / nullif(n.persons, 0) AS gap_per_100_least,
    100 * n.gap_places_most / nullif(n.persons, 0) AS gap_per_100_most, v.source AS planning_source,
    coalesce(g.offers, []) AS offers, coalesce(g.not_counted, []) AS not_counted
FROM need_of(wanted_groups, wanted_themes, wanted_districts) AS n
JOIN leaf_theme AS t USING (theme_id)
LEFT JOIN planning_value AS v USING (theme_id, target_group_id)
LEFT JOIN gathered AS g USING (theme_id, target_group_id, district_id)
ORDER BY n.gap_places DESC NULLS LAST, n.places_needed DESC NULLS LAST, theme_id, target_group_id, district_id;

-- One row per district: how many of its themes apply, and how many of those are surveyed.
CREATE MACRO survey_of(wanted_themes) AS TABLE
SELECT district_id, count(*) FILTER (s.state = 'surveyed') AS surveyed,
    count(*) FILTER (s.state IS DISTINCT FROM 'not_applicable') AS applicable
FROM leaf_theme AS l CROSS JOIN district LEFT JOIN survey AS s USING (theme_id, district_id)
WHERE wanted_themes IS NULL OR list_has_any(wanted_themes, [l.theme_id, l.field_id])
GROUP BY ALL ORDER BY district_id;
