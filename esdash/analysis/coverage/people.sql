-- People as they may be shown, and what is reckoned with where their number is hidden (METHODS M4, M11): from published
-- numbers only, never from the hidden ones.

-- One row per district × target group: people as shown, plus those of a supposition. Unknown stays unknown.
CREATE VIEW people AS
SELECT p.district_id, p.target_group_id, p.as_of, p.source, p.quality,
    coalesce(g.persons, 0) AS persons_supposed, p.persons + persons_supposed AS persons
FROM population_shown AS p
LEFT JOIN (SELECT target_group_id, district_id, sum(persons) AS persons FROM supposed_growth GROUP BY ALL) AS g
USING (target_group_id, district_id);

-- One row per district × target group: at least and at most how many people, and the number to reckon with meanwhile.
-- A hidden count is at least 1, because zeros are shown. k hidden counts share the rest of the published total: none is
-- above rest - k + 1, and each counts as rest / k meanwhile. Where the total is hidden as well, or contradicts the
-- counts that are shown, the residents of the district are the upper bound. A count that the city has not given at all
-- may be 0.
CREATE VIEW people_range AS
WITH counted AS (
    SELECT d.district_id, g.target_group_id, d.residents, p.persons, p.quality = 'suppressed' AS hidden, t.persons AS total,
        coalesce(s.persons, 0) AS supposed
    FROM district AS d CROSS JOIN target_group AS g
    LEFT JOIN population_shown AS p USING (district_id, target_group_id)
    LEFT JOIN (SELECT target_group_id, district_id, sum(persons) AS persons FROM supposed_growth GROUP BY ALL) AS s
    USING (district_id, target_group_id)
    LEFT JOIN city_total_shown AS t USING (target_group_id)
),
shared AS (
    SELECT *, count(*) FILTER (persons IS NULL) OVER of_group AS unknown, count(*) FILTER (hidden) OVER of_group AS k,
        total - coalesce(sum(persons) OVER of_group, 0) AS left_over, CASE WHEN left_over >= k THEN left_over END AS rest
    FROM counted WINDOW of_group AS (PARTITION BY target_group_id)
),
ranged AS (
    SELECT *, CASE WHEN unknown = 1 AND rest IS NOT NULL THEN rest WHEN hidden THEN 1 ELSE 0 END AS least_persons,
        greatest(least_persons, coalesce(
            rest - k + CASE WHEN hidden THEN 1 ELSE 0 END, residents, CAST('Infinity' AS DOUBLE)
        )) AS most_persons
    FROM shared
)
SELECT district_id, target_group_id, r.persons IS NULL AS persons_unknown,
    supposed + coalesce(r.persons, least_persons) AS persons_low,
    supposed + coalesce(
        r.persons,
        least(most_persons, greatest(least_persons, coalesce(rest / unknown, small_number_threshold / 2)))
    ) AS persons_central,
    supposed + coalesce(r.persons, most_persons) AS persons_high
FROM ranged AS r CROSS JOIN city;
