-- Need, reach and coverage (METHODS M1 to M4).

-- One row per district × target group: people as shown, plus those of a supposition. Unknown stays unknown.
CREATE VIEW people AS
SELECT p.district_id, p.target_group_id, p.as_of, p.source, p.quality,
    coalesce(g.persons, 0) AS persons_supposed, p.persons + persons_supposed AS persons
FROM population_shown AS p
LEFT JOIN (SELECT target_group_id, district_id, sum(persons) AS persons FROM supposed_growth GROUP BY ALL) AS g
USING (target_group_id, district_id);

-- One row per theme × target group with a planning value: the supposed one, otherwise the agreed one.
CREATE VIEW planning AS
SELECT theme_id, target_group_id, coalesce(s.places_per_100, v.places_per_100) AS places_per_100,
    s.places_per_100 IS NOT NULL AS supposed, CASE WHEN NOT supposed THEN v.reason END AS reason
FROM planning_value AS v FULL JOIN supposed_planning AS s USING (theme_id, target_group_id);

-- One row per theme × target group × district: places needed per week; NULL where a factor is unknown,
-- 0 where it does not apply (planning value 0, or survey says so with a reason).
CREATE MATERIALIZED VIEW need AS
SELECT l.theme_id, l.field_id, l.severity, g.target_group_id, d.district_id, p.persons, p.quality, v.places_per_100,
    s.state AS survey_state,
    CASE
        WHEN v.places_per_100 = 0 OR s.state = 'not_applicable' THEN 0
        ELSE p.persons * v.places_per_100 / 100
    END AS places_needed
FROM leaf_theme AS l CROSS JOIN target_group AS g CROSS JOIN district AS d
LEFT JOIN people AS p USING (target_group_id, district_id)
LEFT JOIN planning AS v USING (theme_id, target_group_id)
LEFT JOIN survey AS s USING (theme_id, district_id);

-- One row per pair of districts: minutes from an offer in the first to people in the second, and the weight.
-- For a district with population points, both are means over its points, weighted by their shares of the people.
CREATE VIEW district_way AS
SELECT from_district_id, to_district_id, minutes, reach_weight(minutes) AS weight
FROM district_travel WHERE to_district_id NOT IN (SELECT district_id FROM population_point)
UNION ALL BY NAME
SELECT t.from_district_id, p.district_id AS to_district_id,
    sum(p.share * t.minutes) / sum(p.share) AS minutes, sum(p.share * reach_weight(t.minutes)) AS weight
FROM point_travel AS t JOIN population_point AS p USING (population_point_id)
GROUP BY ALL;

-- One row per running or supposed offer. reachable: whether it meets the conditions (NULL: unknown); without conditions
-- every offer does.
CREATE MATERIALIZED VIEW supply_offer AS
SELECT initiative_id, organization_id, name, theme_ids, target_group_ids, mode, home_district_id, district_ids,
    capacity, supposed,
    fits_times(times) AS times_fit, fits_languages(language_ids) AS languages_fit,
    fits_barrier_free(mode, barrier_free) AS place_fits,
    times_fit AND languages_fit AND place_fits AS reachable
FROM (
    SELECT initiative_id, organization_id, name, theme_ids, target_group_ids, mode, home_district_id, district_ids,
        language_ids, times, barrier_free, CAST(capacity AS DOUBLE) AS capacity, false AS supposed
    FROM active_offer
    UNION ALL BY NAME
    SELECT *, true AS supposed FROM supposed_offer
);

-- One row per offer × district it reaches: minutes of travel (NULL: comes to people) and weight; capacity and reachable
-- as in supply_offer. Online and mobile offers reach every district they serve; an offer without a known place only
-- those it names. Offers that do not meet the conditions reach nothing.
CREATE MATERIALIZED VIEW offer_reach AS
WITH offer AS MATERIALIZED (
    SELECT initiative_id, home_district_id, district_ids, capacity, reachable, coalesce(mode, 'on_site') AS how,
        how <> 'on_site' OR (home_district_id IS NULL AND district_ids IS NOT NULL) AS comes
    FROM supply_offer WHERE reachable IS DISTINCT FROM false
),
everywhere AS (
    SELECT initiative_id, capacity, reachable, NULL AS minutes, 1.0 AS weight,
        unnest(list_distinct(coalesce(district_ids, (SELECT list(district_id) FROM district)))) AS district_id
    FROM offer WHERE comes
),
by_travel AS (
    SELECT o.initiative_id, o.capacity, o.reachable, w.minutes, w.weight, w.to_district_id AS district_id
    FROM offer AS o JOIN district_way AS w ON w.from_district_id = o.home_district_id
    WHERE NOT o.comes AND w.weight > 0
        AND (o.district_ids IS NULL OR list_contains(o.district_ids, w.to_district_id))
)
FROM everywhere UNION ALL BY NAME FROM by_travel;

-- One row per offer × theme × target group that it is for. A field of action means all its themes.
CREATE MATERIALIZED VIEW offer_cell AS
SELECT DISTINCT o.initiative_id, l.theme_id, l.field_id, o.target_group_id
FROM (
    SELECT initiative_id, named, unnest(target_group_ids) AS target_group_id
    FROM (SELECT initiative_id, unnest(theme_ids) AS named, target_group_ids FROM supply_offer)
) AS o
JOIN leaf_theme AS l ON o.named IN (l.theme_id, l.field_id);

-- One row per offer that cannot be counted as supply, with what is unknown about it; times, languages and barriers only
-- if a condition needs them. An offer that certainly does not meet a condition is not listed.
CREATE VIEW uncounted_offer AS
SELECT initiative_id, name,
    capacity IS NULL AS capacity_unknown,
    coalesce(len(theme_ids), 0) = 0 AS theme_unknown,
    coalesce(len(target_group_ids), 0) = 0 AS target_group_unknown,
    coalesce(mode, 'on_site') = 'on_site' AND home_district_id IS NULL AND district_ids IS NULL AS place_unknown,
    times_fit IS NULL AS times_unknown,
    languages_fit IS NULL AS languages_unknown,
    place_fits IS NULL AS barrier_free_unknown
FROM supply_offer
WHERE reachable IS DISTINCT FROM false
    AND (capacity_unknown OR theme_unknown OR target_group_unknown OR place_unknown OR reachable IS NULL);

-- One row per offer × theme × target group × district that it reaches, also where its places are unknown or nobody
-- needs it. An offer of 0 places reaches nobody.
CREATE VIEW offer_serving AS
SELECT c.initiative_id, c.theme_id, c.field_id, c.target_group_id, r.district_id, r.minutes, r.weight, r.capacity,
    r.reachable
FROM offer_cell AS c JOIN offer_reach AS r USING (initiative_id)
WHERE r.capacity IS DISTINCT FROM 0;

-- One row per theme × target group × district that an offer may reach, because its groups, its place, or whether it comes
-- to people is unknown. An offer of unknown theme is in none.
CREATE VIEW offer_possible AS
WITH offer AS (
    SELECT min(initiative_id) AS initiative_id, theme_ids, district_ids,
        CASE WHEN len(target_group_ids) > 0 THEN target_group_ids END AS group_ids,
        CASE WHEN mode = 'on_site' THEN home_district_id END AS home_id
    FROM supply_offer
    WHERE reachable IS DISTINCT FROM false AND capacity IS DISTINCT FROM 0
        AND (group_ids IS NULL OR mode IS NULL OR (mode = 'on_site' AND home_id IS NULL))
    GROUP BY ALL
),
needing AS (SELECT DISTINCT theme_id, field_id, target_group_id FROM need WHERE places_needed IS DISTINCT FROM 0),
served AS (
    SELECT o.initiative_id, n.theme_id, n.target_group_id
    FROM (SELECT initiative_id, group_ids, unnest(theme_ids) AS named FROM offer) AS o
    JOIN needing AS n ON o.named IN (n.theme_id, n.field_id)
    WHERE o.group_ids IS NULL OR list_contains(o.group_ids, n.target_group_id)
),
possible AS (
    SELECT initiative_id, unnest(coalesce(district_ids, (SELECT list(district_id) FROM district))) AS district_id
    FROM offer WHERE home_id IS NULL
    UNION ALL
    SELECT initiative_id, r.district_id FROM offer JOIN offer_reach AS r USING (initiative_id) WHERE home_id IS NOT NULL
)
SELECT DISTINCT s.theme_id, s.target_group_id, p.district_id FROM served AS s JOIN possible AS p USING (initiative_id);

-- One row per offer × theme × target group × district: places per week of the offer that reach this cell.
-- capacity × need × weight / Σ need × weight over all cells of the offer: no place counts twice. NULL if the capacity
-- is unknown, or whether the offer meets the conditions.
CREATE VIEW offer_places AS
WITH served AS MATERIALIZED (
    SELECT s.initiative_id, s.theme_id, s.target_group_id, s.district_id, s.minutes, s.weight,
        n.places_needed * s.weight AS demand, CASE WHEN s.reachable THEN s.capacity END AS capacity
    FROM offer_serving AS s
    JOIN need AS n USING (theme_id, target_group_id, district_id)
    WHERE n.places_needed > 0
),
total AS (SELECT initiative_id, sum(demand) AS demand FROM served GROUP BY ALL)
SELECT s.initiative_id, s.theme_id, s.target_group_id, s.district_id, s.minutes, s.weight,
    s.capacity * s.demand / t.demand AS places
FROM served AS s JOIN total AS t USING (initiative_id);

-- One row per theme × target group × district: the coverage table (METHODS M2, M3).
-- places_reaching is Σ A·N; places_met the part of it that is needed, gap_places what is missing, surplus_places what is
-- beyond the need: needed = met + gap, reaching = met + surplus. These three are known only where the cell is surveyed
-- and the need is known. If only offers with an unknown number of places reach a cell (hinted), the cell is unknown and
-- not white; if an offer of unknown groups or place may reach it, it is thin and not white. saturation is A = reaching /
-- needed, coverage the share of the need that is met, at most 1. reached: an offer reaches the cell or may reach it,
-- whatever its places. members: people to reckon with. With assumptions: coverage_cell_assumed (bounds/assumed.sql).
CREATE MATERIALIZED VIEW coverage_cell AS
WITH supplied AS (
    SELECT theme_id, target_group_id, district_id, sum(places) AS places, bool_or(places IS NULL) AS hinted
    FROM offer_places GROUP BY ALL
),
served AS (
    SELECT theme_id, target_group_id, district_id, true AS reached FROM offer_serving
    UNION
    SELECT theme_id, target_group_id, district_id, true AS reached FROM offer_possible
),
measured AS (
    SELECT n.*, coalesce(p.hinted, false) AS hinted, coalesce(s.reached, false) AS reached,
        CASE WHEN n.places_needed IS NOT NULL THEN coalesce(p.places, 0) END AS places_reaching,
        CASE WHEN n.places_needed > 0 THEN coalesce(p.places, 0) / n.places_needed END AS saturation
    FROM need AS n
    LEFT JOIN supplied AS p USING (theme_id, target_group_id, district_id)
    LEFT JOIN served AS s USING (theme_id, target_group_id, district_id)
),
judged AS (
    SELECT *,
        CASE
            WHEN places_needed = 0 THEN 'not_applicable'
            WHEN survey_state IS NULL THEN 'not_surveyed'
            WHEN places_needed IS NULL OR (places_reaching = 0 AND hinted) THEN 'unknown'
            WHEN saturation = 0 AND reached THEN 'thin'
            ELSE coverage_state(saturation)
        END AS state,
        state IN ('white', 'thin', 'partial', 'covered') AS assessed
    FROM measured
)
SELECT theme_id, field_id, severity, target_group_id, district_id, persons, persons AS members, quality, state, assessed, reached,
    places_needed, places_reaching, saturation, CASE WHEN saturation IS NOT NULL THEN least(1, saturation) END AS coverage,
    CASE WHEN assessed THEN least(places_needed, places_reaching) END AS places_met,
    places_needed - places_met AS gap_places,
    places_reaching - places_met AS surplus_places
FROM judged;
