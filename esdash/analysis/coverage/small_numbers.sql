-- Small numbers (METHODS M4): which counts of people may be shown, and which are hidden so that nobody can compute others.
--
-- Source: Hundepool et al., Statistical Disclosure Control (Wiley 2012), chapter 4: primary and secondary suppression,
-- and that a secondary suppression must leave each hidden number a range, also for somebody who knows the rule and
-- takes part in the table. Threshold: Bundesagentur für Arbeit ("Zahlenwerte von 1 oder 2 und Daten, aus denen
-- rechnerisch auf einen solchen Zahlenwert geschlossen werden kann"). A zero speaks of nobody and stays a zero.
--
-- The city's total of each target group is published, so the sum S of the hidden districts of a group is known. Let k
-- be the number of small ones (1 to t-1 people, t the threshold) and u = (their sum) - k.
--   Nothing more is hidden where 2t-3 <= u <= (k-2)(t-2): the small ones hide each other.
--   Else larger districts are hidden with them, one after the other, until S >= k + n*t + 2t-3 (n: larger ones).
--   Where no district is left to hide, the total of the group is hidden too.
-- What follows: each small number can be anything from 1 to t-1, also for somebody who knows this rule, which numbers
-- are small, and one of the other small ones; seen from the table alone, a hidden number has a range of at least t.
-- Why: put any two values v, w <= t-1 in the place of two small numbers, 1 in that of the others, t in that of the
-- larger ones and the rest in the last. The rule hides the same districts, because v+w-2 <= 2t-4 < 2t-3 at each step.
-- The order of the larger ones must not depend on their numbers ("the smallest goes" would tell that it is the
-- smallest): first districts in which most groups are small anyway, where least is lost, then those with few residents.

-- One row per district × target group: whether the count is small, whether it is hidden, and whether hiding districts
-- does not suffice, so that the total of the group is hidden too.
CREATE MATERIALIZED VIEW population_marked AS
WITH marked AS (
    SELECT population.*, small_number_threshold AS t,
        persons IS NULL OR (persons > 0 AND persons < small_number_threshold) AS small
    FROM population CROSS JOIN city
),
-- An unknown number of the source counts as small and adds nothing: nobody here knows it.
counted AS (
    SELECT m.*, d.residents, NOT small AND persons > 0 AS larger,
        count(*) FILTER (small) OVER (PARTITION BY m.district_id) AS small_in_district,
        count(*) FILTER (small) OVER of_group AS k,
        coalesce(sum(persons) FILTER (small) OVER of_group, 0) AS small_sum,
        count(*) FILTER (persons IS NULL) OVER of_group > 0 AS any_unknown
    FROM marked AS m LEFT JOIN district AS d USING (district_id)
    WINDOW of_group AS (PARTITION BY target_group_id)
),
-- n: the place of a larger one in the order of hiding.
placed AS (
    SELECT *, k > 0 AND (any_unknown OR small_sum - k NOT BETWEEN 2 * t - 3 AND (k - 2) * (t - 2)) AS more_needed,
        CASE WHEN larger THEN row_number() OVER (
            PARTITION BY target_group_id, larger ORDER BY small_in_district DESC, residents NULLS LAST, district_id
        ) END AS n
    FROM counted
),
summed AS (
    SELECT *,
        larger AND small_sum + sum(persons) FILTER (larger) OVER (PARTITION BY target_group_id ORDER BY n NULLS LAST)
            >= k + n * t + 2 * t - 3 AS enough
    FROM placed
),
judged AS (SELECT *, min(n) FILTER (enough) OVER (PARTITION BY target_group_id) AS enough_at FROM summed)
SELECT *, small OR (larger AND more_needed AND (enough_at IS NULL OR n <= enough_at)) AS hidden,
    more_needed AND enough_at IS NULL AS total_hidden
FROM judged;

-- One row per district × target group: people; NULL with quality 'suppressed' where they are not shown.
CREATE MATERIALIZED VIEW population_shown AS
SELECT district_id, target_group_id, as_of, source,
    CASE WHEN NOT hidden THEN persons END AS persons,
    CASE WHEN hidden THEN 'suppressed' ELSE quality END AS quality
FROM population_marked;

-- One row per target group: people in the whole city, as they may be shown.
CREATE VIEW city_total_shown AS
WITH exhausted AS (SELECT target_group_id FROM population_marked WHERE total_hidden GROUP BY ALL)
SELECT target_group_id, as_of, source,
    CASE WHEN NOT hidden THEN persons END AS persons,
    CASE WHEN hidden THEN 'suppressed' ELSE quality END AS quality
FROM (
    SELECT c.*, e.target_group_id IS NOT NULL OR persons IS NULL
        OR (persons > 0 AND persons < small_number_threshold) AS hidden
    FROM city_total AS c CROSS JOIN city LEFT JOIN exhausted AS e USING (target_group_id)
);
