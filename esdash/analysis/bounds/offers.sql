-- What an offer can be although something about it is unknown (METHODS M11): its places, its groups, its ways.

-- One row per field of action: places per week of an offer of unknown size, and whether people agreed on them.
CREATE VIEW capacity_agreed AS
SELECT f.field_id, coalesce(r.low, usual_capacity_low()) AS low, coalesce(r.central, usual_capacity_central()) AS central,
    coalesce(r.high, usual_capacity_high()) AS high, r.agreed_on, r.agreed_by, r.reason
FROM (SELECT DISTINCT field_id FROM leaf_theme) AS f
LEFT JOIN capacity_range AS r ON r.capacity_range_id = f.field_id;

-- One row per running offer that may count, with what is unknown about it. Its places lie between capacity_low and
-- capacity_high: of a known size both are equal, unless it is unknown whether the offer meets the conditions (then at
-- least 0). An offer of several fields of action lies within the ranges of all of them. Offers of one kind_id are equal
-- in all but their size. An offer of unknown theme has no themes, and counts nowhere.
CREATE MATERIALIZED VIEW bound_offer AS
WITH offer AS (
    SELECT *, CASE WHEN len(target_group_ids) > 0 THEN list_sort(list_distinct(target_group_ids)) END AS group_ids,
        CASE WHEN coalesce(mode, 'on_site') = 'on_site' THEN home_district_id END AS home_id,
        list_sort(list_distinct(district_ids)) AS served_ids
    FROM supply_offer WHERE reachable IS DISTINCT FROM false
),
-- one row per offer × field of action
themed AS (
    SELECT o.initiative_id, l.field_id, list(DISTINCT l.theme_id) AS theme_ids
    FROM (SELECT initiative_id, unnest(theme_ids) AS named FROM offer) AS o
    JOIN leaf_theme AS l ON o.named IN (l.theme_id, l.field_id)
    GROUP BY ALL
),
sized AS (
    SELECT initiative_id, list_sort(flatten(list(theme_ids))) AS theme_ids, min(coalesce(low, usual_capacity_low())) AS low,
        avg(coalesce(central, usual_capacity_central())) AS central, max(coalesce(high, usual_capacity_high())) AS high
    FROM themed LEFT JOIN capacity_range ON capacity_range_id = field_id
    GROUP BY ALL
),
known AS (
    SELECT o.* EXCLUDE (theme_ids), s.theme_ids, CASE WHEN o.served_ids IS NULL THEN a.district_id END AS seat_id,
        coalesce(o.mode, 'on_site') = 'on_site' AND o.home_id IS NULL AS place_unknown,
        CASE WHEN reachable THEN coalesce(o.capacity, s.low) ELSE 0 END AS capacity_low,
        coalesce(o.capacity, s.central) AS capacity_central, coalesce(o.capacity, s.high) AS capacity_high
    FROM offer AS o LEFT JOIN sized AS s USING (initiative_id) LEFT JOIN assumed_place AS a USING (initiative_id)
)
SELECT min(initiative_id) OVER (
        PARTITION BY theme_ids, group_ids, mode, home_id, served_ids, seat_id
    ) AS kind_id,
    initiative_id, organization_id, name, theme_ids, group_ids, mode, home_id, served_ids,
    seat_id, capacity_low, capacity_central, capacity_high,
    capacity IS NULL AS capacity_unknown, theme_ids IS NULL AS theme_unknown, group_ids IS NULL AS target_group_unknown,
    place_unknown, mode IS NULL AS mode_unknown, times_fit IS NULL AS times_unknown,
    languages_fit IS NULL AS languages_unknown, place_fits IS NULL AS barrier_free_unknown
FROM known;

-- One row per kind of offer: how many there are, and the sums of their places.
CREATE MATERIALIZED VIEW bound_kind AS
SELECT kind_id, any_value(theme_ids) AS theme_ids, any_value(group_ids) AS group_ids, any_value(mode) AS mode,
    any_value(home_id) AS home_id, any_value(served_ids) AS served_ids, any_value(seat_id) AS seat_id,
    bool_or(place_unknown) AS place_unknown, count(*) AS offers, sum(capacity_low) AS capacity_low,
    sum(capacity_central) AS capacity_central, sum(capacity_high) AS capacity_high
FROM bound_offer WHERE NOT theme_unknown
GROUP BY kind_id;

-- One row per kind × theme × target group that it is for or may be for. apart: '' where its groups are known (it is for
-- all of them, also those that do not need it), else the group, for it may be for this one alone. sure: it is certainly
-- for this group.
CREATE MATERIALIZED VIEW bound_serves AS
WITH possible AS (
    SELECT theme_id, target_group_id, max(needed_high) > 0 AS needing FROM need_range GROUP BY ALL
),
served AS (
    SELECT k.kind_id, k.group_ids, p.theme_id, p.target_group_id
    FROM (SELECT kind_id, group_ids, unnest(theme_ids) AS theme_id FROM bound_kind) AS k
    JOIN possible AS p USING (theme_id)
    WHERE CASE WHEN k.group_ids IS NULL THEN p.needing ELSE list_contains(k.group_ids, p.target_group_id) END
)
SELECT kind_id, theme_id, target_group_id, CASE WHEN group_ids IS NULL THEN target_group_id ELSE '' END AS apart,
    group_ids IS NOT NULL
        OR min(target_group_id) OVER (PARTITION BY kind_id) = max(target_group_id) OVER (PARTITION BY kind_id) AS sure
FROM served;

-- One row per kind × district × apart: the places needed there in all cells of the kind, at least, meanwhile, at most.
CREATE MATERIALIZED VIEW bound_demand AS
SELECT s.kind_id, s.apart, n.district_id, sum(n.needed_low) AS low, sum(n.needed_central) AS central,
    sum(n.needed_high) AS high
FROM bound_serves AS s JOIN need_range AS n USING (theme_id, target_group_id)
GROUP BY ALL;

-- One row per kind × way that it can be offered: 'everywhere' (it comes to people), or the district of its place. Known
-- ways are the only ones. An offer without a known place can be in every district, or in those of its list, and then it
-- may come to people as well; one of unknown mode may always come to people.
-- chance: how far this way counts meanwhile. Without a known place: as `offer_reach` reads the list of districts, else
-- the seat of the organisation, else all districts by the need in them.
CREATE MATERIALIZED VIEW bound_way AS
WITH needed AS (SELECT kind_id, district_id, sum(central) AS needed FROM bound_demand GROUP BY ALL),
candidate AS (
    SELECT kind_id, 'everywhere' AS way
    FROM bound_kind WHERE coalesce(mode, 'mobile') <> 'on_site' OR (place_unknown AND served_ids IS NOT NULL)
    UNION ALL
    SELECT kind_id, unnest(CASE WHEN home_id IS NOT NULL THEN [home_id]
        ELSE coalesce(served_ids, (SELECT list(district_id) FROM district)) END) AS way
    FROM bound_kind WHERE coalesce(mode, 'on_site') = 'on_site'
)
SELECT c.kind_id, c.way, count(*) OVER (PARTITION BY c.kind_id) AS ways,
    CASE
        WHEN c.way = 'everywhere' THEN CASE WHEN k.mode IN ('online', 'mobile') OR (k.place_unknown AND k.served_ids IS NOT NULL)
            THEN 1.0 ELSE 0.0 END
        WHEN NOT k.place_unknown THEN 1.0
        WHEN k.served_ids IS NOT NULL THEN 0.0
        WHEN k.seat_id IS NOT NULL THEN CASE WHEN c.way = k.seat_id THEN 1.0 ELSE 0.0 END
        WHEN sum(n.needed) OVER (PARTITION BY c.kind_id) > 0
            THEN coalesce(n.needed, 0) / sum(n.needed) OVER (PARTITION BY c.kind_id)
        ELSE 0.0
    END AS chance
FROM candidate AS c JOIN bound_kind AS k USING (kind_id)
LEFT JOIN needed AS n ON n.kind_id = c.kind_id AND n.district_id = c.way;

-- One row per kind × way × district it then reaches: the weight of the way (METHODS M2).
CREATE MATERIALIZED VIEW bound_reach AS
SELECT w.kind_id, w.way, w.ways, w.chance, e.district_id, 1.0 AS weight
FROM bound_way AS w JOIN bound_kind AS k USING (kind_id),
    unnest(coalesce(k.served_ids, (SELECT list(district_id) FROM district))) AS e(district_id)
WHERE w.way = 'everywhere'
UNION ALL BY NAME
SELECT w.kind_id, w.way, w.ways, w.chance, t.to_district_id AS district_id, t.weight
FROM bound_way AS w JOIN bound_kind AS k USING (kind_id) JOIN district_way AS t ON t.from_district_id = w.way
WHERE w.way <> 'everywhere' AND t.weight > 0
    AND (k.served_ids IS NULL OR list_contains(k.served_ids, t.to_district_id));

-- One row per kind × apart × way: D, the need in reach that its places are shared over (need × weight).
CREATE MATERIALIZED VIEW bound_share AS
SELECT r.kind_id, d.apart, r.way, sum(r.weight * d.low) AS low, sum(r.weight * d.high) AS high
FROM bound_reach AS r JOIN bound_demand AS d USING (kind_id, district_id)
GROUP BY ALL;

-- One row per kind × apart × district: coverage that one place of an offer brings to each of its cells there, at least
-- (over all ways; need in reach as large as it can be), meanwhile, and at most. certain: it is reached in every way.
CREATE MATERIALIZED VIEW bound_unit AS
WITH meanwhile AS (
    SELECT r.kind_id, r.way, sum(r.weight * d.central) AS central
    FROM bound_reach AS r JOIN bound_demand AS d USING (kind_id, district_id)
    WHERE r.chance > 0 GROUP BY ALL
)
SELECT r.kind_id, s.apart, r.district_id, count(*) = any_value(r.ways) AS certain,
    CASE WHEN certain THEN min(CASE WHEN s.high > 0 THEN r.weight / s.high ELSE 0 END) ELSE 0 END AS low,
    coalesce(sum(r.chance * r.weight / m.central) FILTER (m.central > 0), 0) AS central,
    max(CASE
        WHEN s.low > 0 THEN r.weight / s.low WHEN s.high > 0 THEN CAST('Infinity' AS DOUBLE) ELSE 0
    END) AS high
FROM bound_reach AS r JOIN bound_share AS s USING (kind_id, way)
LEFT JOIN meanwhile AS m USING (kind_id, way)
GROUP BY ALL;
