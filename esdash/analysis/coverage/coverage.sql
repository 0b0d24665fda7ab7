-- Need, reach and coverage (METHODS M1 to M4).

-- One row per theme × target group with a planning value: the supposed one, otherwise the agreed one.
CREATE VIEW planning AS
SELECT theme_id, target_group_id, coalesce(s.places_per_100, v.places_per_100) AS places_per_100,
    s.places_per_100 IS NOT NULL AS supposed, CASE WHEN NOT supposed THEN v.reason END AS reason
FROM planning_value AS v FULL JOIN supposed_planning AS s USING (theme_id, target_group_id);

-- One row per theme × target group × district: places needed per week; NULL where a factor is unknown,
-- 0 where it does not apply (planning value 0, or survey says so with a reason). For hidden people stands what their
-- published total leaves for each of them (members); with_stand_in marks such a need. Of people whom nobody has
-- counted the need is unknown, but they too have a part of the places that an offer shares out (places_shared).
CREATE MATERIALIZED VIEW need AS
SELECT l.theme_id, l.field_id, l.severity, g.target_group_id, d.district_id, p.persons, p.quality, v.places_per_100,
    s.state AS survey_state, r.persons_central AS members,
    r.persons_low AS persons_least, r.persons_high AS persons_most,
    v.places_per_100 = 0 OR s.state IS NOT DISTINCT FROM 'not_applicable' AS unneeded,
    CASE WHEN unneeded THEN 0 ELSE r.persons_low * v.places_per_100 / 100 END AS shared_low,
    CASE WHEN unneeded THEN 0 ELSE r.persons_central * v.places_per_100 / 100 END AS places_shared,
    CASE WHEN unneeded THEN 0 ELSE r.persons_high * v.places_per_100 / 100 END AS shared_high,
    CASE WHEN unneeded OR p.persons IS NOT NULL OR p.quality = 'suppressed' THEN places_shared END AS places_needed,
    r.persons_unknown AND places_shared > 0 AS with_stand_in
FROM leaf_theme AS l CROSS JOIN target_group AS g CROSS JOIN district AS d
JOIN people_range AS r USING (target_group_id, district_id)
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

-- The part of an offer's places for the need inside, beside the need of others; all of them where there are no others.
CREATE MACRO shared_part(inside, others) AS
CASE WHEN isinf(inside) OR others <= 0 THEN 1 WHEN isinf(others) THEN 0 ELSE inside / (inside + others) END;
-- A product of which one side may be infinite: nothing of it is nothing.
CREATE MACRO times(much, part) AS CASE WHEN part = 0 THEN 0 ELSE much * part END;

-- One row per offer × theme × target group × district: places per week of the offer that reach this cell.
-- capacity × need × weight / Σ need × weight over all cells of the offer: no place counts twice. NULL if the capacity
-- is unknown, or whether the offer meets the conditions. with_stand_in: it shares its places with people whose number is hidden
-- or unknown, for whom their stand-in counts; demand and all are the need × weight of the cell and of all cells of the
-- offer, and places_least and places_most its places here, at both ends of the range of these people.
CREATE VIEW offer_places AS
WITH served AS MATERIALIZED (
    SELECT s.initiative_id, s.theme_id, s.target_group_id, s.district_id, s.minutes, s.weight, n.with_stand_in,
        n.places_shared * s.weight AS demand, n.shared_low * s.weight AS demand_low,
        n.shared_high * s.weight AS demand_high, CASE WHEN s.reachable THEN s.capacity END AS capacity
    FROM offer_serving AS s
    JOIN need AS n USING (theme_id, target_group_id, district_id)
    WHERE n.places_shared > 0
),
total AS (
    SELECT initiative_id, sum(demand) AS demand, sum(demand_low) AS low, sum(demand_high) AS high,
        bool_or(with_stand_in) AS with_stand_in
    FROM served GROUP BY ALL
)
SELECT s.initiative_id, s.theme_id, s.target_group_id, s.district_id, s.minutes, s.weight,
    s.capacity * s.demand / t.demand AS places, t.with_stand_in, s.demand_low, s.demand_high, t.low AS all_low,
    t.high AS all_high, s.capacity * s.weight / t.high AS saturation_least,
    CASE WHEN t.low > 0 THEN s.capacity * s.weight / t.low ELSE CAST('Infinity' AS DOUBLE) END AS saturation_most,
    CASE WHEN t.with_stand_in THEN s.capacity * shared_part(s.demand_low, t.high - s.demand_high) ELSE places END AS places_least,
    CASE WHEN t.with_stand_in THEN s.capacity * shared_part(s.demand_high, t.low - s.demand_low) ELSE places END AS places_most
FROM served AS s JOIN total AS t USING (initiative_id);

-- One row per theme × target group × district: the coverage table (METHODS M2, M3).
-- places_reaching is Σ A·N; places_met the part of it that is needed, gap_places what is missing, surplus_places what is
-- beyond the need: needed = met + gap, reaching = met + surplus. These three are known only where the cell is surveyed
-- and the need is known. If only offers with an unknown number of places reach a cell (hinted), the cell is unknown and
-- not white; if an offer of unknown groups or place may reach it, it is thin and not white. saturation is A = reaching /
-- needed, coverage the share of the need that is met, at most 1. reached: an offer reaches the cell or may reach it,
-- whatever its places. members: people to reckon with. with_stand_in: the figures rest on people whose number is hidden
-- or unknown, its own or those with whom its offers share their places (METHODS M4): then they lie between …_least and
-- …_most, whatever these numbers are. With assumptions: coverage_cell_assumed (bounds/assumed.sql).
CREATE MATERIALIZED VIEW coverage_cell AS
WITH supplied AS (
    SELECT theme_id, target_group_id, district_id, sum(places) AS places, bool_or(places IS NULL) AS hinted,
        bool_or(with_stand_in) AS with_stand_in,
        sum(saturation_least) AS saturation_least, sum(saturation_most) AS saturation_most
    FROM offer_places GROUP BY ALL
),
served AS (
    SELECT theme_id, target_group_id, district_id, true AS reached FROM offer_serving
    UNION
    SELECT theme_id, target_group_id, district_id, true AS reached FROM offer_possible
),
measured AS (
    SELECT n.* REPLACE (n.with_stand_in OR coalesce(p.with_stand_in, false) AS with_stand_in),
        coalesce(p.hinted, false) AS hinted, coalesce(s.reached, false) AS reached,
        CASE WHEN n.places_needed IS NOT NULL THEN coalesce(p.places, 0) END AS places_reaching,
        CASE WHEN n.places_needed > 0 THEN coalesce(p.places, 0) / n.places_needed END AS saturation,
        coalesce(p.saturation_least, 0) AS saturation_least, coalesce(p.saturation_most, 0) AS saturation_most
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
SELECT theme_id, field_id, severity, target_group_id, district_id, persons, members, quality, state,
    assessed, reached, with_stand_in, places_needed, places_reaching, saturation,
    CASE WHEN saturation IS NOT NULL THEN least(1, saturation) END AS coverage,
    CASE WHEN assessed THEN least(places_needed, places_reaching) END AS places_met,
    NOT assessed OR NOT with_stand_in OR coverage_state(saturation_least) = coverage_state(saturation_most) AS state_settled,
    places_needed - places_met AS gap_places,
    places_reaching - places_met AS surplus_places,
    persons_least, persons_most,
    CASE WHEN places_needed IS NOT NULL THEN shared_low END AS places_needed_least,
    CASE WHEN places_needed IS NOT NULL THEN shared_high END AS places_needed_most,
    CASE WHEN saturation IS NOT NULL THEN least(1, saturation_least) END AS coverage_least,
    CASE WHEN saturation IS NOT NULL THEN least(1, saturation_most) END AS coverage_most,
    CASE WHEN assessed THEN shared_low * coverage_least END AS places_met_least,
    CASE WHEN assessed THEN times(shared_high, coverage_most) END AS places_met_most,
    CASE WHEN assessed THEN shared_low * (1 - coverage_most) END AS gap_places_least,
    CASE WHEN assessed THEN times(shared_high, 1 - coverage_least) END AS gap_places_most,
    CASE WHEN places_needed IS NOT NULL THEN shared_low * saturation_least END AS places_reaching_least,
    CASE WHEN places_needed IS NOT NULL THEN times(shared_high, saturation_most) END AS places_reaching_most,
    CASE WHEN assessed THEN shared_low * greatest(0, saturation_least - 1) END AS surplus_places_least,
    CASE WHEN assessed THEN times(shared_high, greatest(0, saturation_most - 1)) END AS surplus_places_most
FROM judged;
