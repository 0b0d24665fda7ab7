-- Need between two bounds (METHODS M11): from published numbers only, never from the hidden ones.

-- One row per theme × target group × district: places needed per week, at least, meanwhile, and at most. A missing
-- planning value lies between 0 and the highest of its theme, and counts as 0 meanwhile, as in `need`.
CREATE MATERIALIZED VIEW need_range AS
WITH ranged AS (
    SELECT l.theme_id, l.field_id, g.target_group_id, v.places_per_100,
        coalesce(v.places_per_100, max(v.places_per_100) OVER (PARTITION BY l.theme_id), CAST('Infinity' AS DOUBLE))
            AS most_per_100
    FROM leaf_theme AS l CROSS JOIN target_group AS g LEFT JOIN planning AS v USING (theme_id, target_group_id)
)
SELECT v.theme_id, v.field_id, v.target_group_id, p.district_id, s.state AS survey_state,
    p.persons_unknown AND v.most_per_100 > 0 AS persons_unknown, v.places_per_100 IS NULL AS planning_unknown,
    v.most_per_100 = 0 OR p.persons_high = 0 OR s.state IS NOT DISTINCT FROM 'not_applicable' AS unneeded,
    CASE WHEN unneeded THEN 0 ELSE p.persons_low * coalesce(v.places_per_100, 0) / 100 END AS needed_low,
    CASE WHEN unneeded THEN 0 ELSE p.persons_central * coalesce(v.places_per_100, 0) / 100 END AS needed_central,
    CASE WHEN unneeded THEN 0 ELSE p.persons_high * v.most_per_100 / 100 END AS needed_high
FROM ranged AS v JOIN people_range AS p USING (target_group_id)
LEFT JOIN survey AS s USING (theme_id, district_id);
