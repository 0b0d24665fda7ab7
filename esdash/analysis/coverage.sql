-- Need, reach and coverage (METHODS M1 to M4).

-- One row per theme × target group × district: places needed per week; NULL where a factor is unknown,
-- 0 where it does not apply (planning value 0, or survey says so with a reason).
CREATE VIEW need AS
SELECT l.theme_id, l.field_id, g.target_group_id, d.district_id, p.persons, p.quality, v.places_per_100,
    s.state AS survey_state,
    CASE
        WHEN v.places_per_100 = 0 OR s.state = 'not_applicable' THEN 0
        ELSE p.persons * v.places_per_100 / 100
    END AS places_needed
FROM leaf_theme AS l CROSS JOIN target_group AS g CROSS JOIN district AS d
LEFT JOIN population_shown AS p USING (target_group_id, district_id)
LEFT JOIN planning_value AS v USING (theme_id, target_group_id)
LEFT JOIN survey AS s USING (theme_id, district_id);

-- One row per running offer × district it reaches: minutes of travel (NULL: comes to people) and weight.
-- Online and mobile offers reach every district they serve; an offer without a known place only those it names.
CREATE VIEW offer_reach AS
WITH everywhere AS (
    SELECT DISTINCT initiative_id, district_id, NULL AS minutes, 1.0 AS weight  -- a list may name a district twice
    FROM (
        SELECT initiative_id, unnest(coalesce(district_ids, (SELECT list(district_id) FROM district))) AS district_id
        FROM active_offer
        WHERE mode IN ('online', 'mobile') OR (home_district_id IS NULL AND district_ids IS NOT NULL)
    )
),
by_travel AS (
    SELECT o.initiative_id, t.to_district_id AS district_id, t.minutes, reach_weight(t.minutes) AS weight
    FROM active_offer AS o JOIN district_travel AS t ON t.from_district_id = o.home_district_id
    WHERE coalesce(o.mode, 'on_site') = 'on_site'
        AND (o.district_ids IS NULL OR list_contains(o.district_ids, t.to_district_id))
)
FROM everywhere UNION ALL BY NAME FROM by_travel WHERE weight > 0;

-- One row per running offer × theme × target group it is for. A field of action stands for all its themes.
CREATE VIEW offer_cell AS
SELECT DISTINCT o.initiative_id, l.theme_id, l.field_id, o.target_group_id
FROM (
    SELECT initiative_id, named, unnest(target_group_ids) AS target_group_id
    FROM (SELECT initiative_id, unnest(theme_ids) AS named, target_group_ids FROM active_offer)
) AS o
JOIN leaf_theme AS l ON o.named IN (l.theme_id, l.field_id);

-- One row per running offer that cannot be counted as supply, with what is unknown about it.
CREATE VIEW uncounted_offer AS
SELECT initiative_id, name,
    capacity IS NULL AS capacity_unknown,
    coalesce(len(theme_ids), 0) = 0 AS theme_unknown,
    coalesce(len(target_group_ids), 0) = 0 AS target_group_unknown,
    coalesce(mode, 'on_site') = 'on_site' AND home_district_id IS NULL AND district_ids IS NULL AS place_unknown
FROM active_offer
WHERE capacity_unknown OR theme_unknown OR target_group_unknown OR place_unknown;

-- One row per offer × theme × target group × district: places per week of the offer that reach this cell.
-- capacity × need × weight / Σ need × weight over all cells of the offer: no place counts twice.
CREATE VIEW offer_places AS
SELECT initiative_id, theme_id, target_group_id, district_id, r.minutes, r.weight,
    o.capacity * n.places_needed * r.weight
        / sum(n.places_needed * r.weight) OVER (PARTITION BY initiative_id) AS places
FROM offer_cell AS c
JOIN offer_reach AS r USING (initiative_id)
JOIN active_offer AS o USING (initiative_id)
JOIN need AS n USING (theme_id, target_group_id, district_id)
WHERE n.places_needed > 0 AND o.capacity IS NOT NULL;

-- One row per theme × target group × district: the coverage table (METHODS M2, M3).
-- gap_places is known only where somebody has looked and the need is known.
CREATE VIEW coverage_cell AS
WITH reached AS (
    SELECT theme_id, target_group_id, district_id, sum(places) AS places
    FROM offer_places GROUP BY ALL
),
-- Cells that an offer of unknown capacity reaches: nobody can say that nothing is there.
hinted AS (
    SELECT DISTINCT theme_id, target_group_id, district_id
    FROM uncounted_offer JOIN offer_cell USING (initiative_id) JOIN offer_reach USING (initiative_id)
    WHERE capacity_unknown
),
measured AS (
    SELECT n.*, h.theme_id IS NOT NULL AS hinted,
        CASE WHEN n.places_needed IS NOT NULL THEN coalesce(r.places, 0) END AS places_reaching,
        CASE WHEN n.places_needed > 0 THEN coalesce(r.places, 0) / n.places_needed END AS coverage
    FROM need AS n
    LEFT JOIN reached AS r USING (theme_id, target_group_id, district_id)
    LEFT JOIN hinted AS h USING (theme_id, target_group_id, district_id)
)
SELECT theme_id, field_id, target_group_id, district_id, persons, quality, places_needed, places_reaching, coverage,
    CASE
        WHEN places_needed = 0 THEN 'not_applicable'
        WHEN survey_state IS NULL THEN 'not_surveyed'
        WHEN places_needed IS NULL OR (places_reaching = 0 AND hinted) THEN 'unknown'
        ELSE coverage_state(coverage)
    END AS state,
    CASE WHEN state IN ('white', 'thin', 'partial', 'covered') THEN greatest(0, places_needed - places_reaching) END
        AS gap_places
FROM measured;
