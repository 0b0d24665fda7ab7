-- Overlap: the same work twice (METHODS M6).

-- One row per running offer with known themes and groups, and where it happens (its place, else its district's centre).
CREATE VIEW comparable_offer AS
SELECT o.initiative_id, o.organization_id, o.name, fold(o.name) AS folded_name, o.mode, o.capacity, o.waiting,
    o.language_ids, o.times, o.target_group_ids,
    coalesce(l.lat, d.lat) AS lat, coalesce(l.lon, d.lon) AS lon,
    list_sum([date_diff('minute', t.begins, t.ends) FOR t IN o.times]) AS minutes_per_week
FROM active_offer AS o
LEFT JOIN location AS l USING (location_id)
LEFT JOIN district AS d ON d.district_id = o.home_district_id
WHERE len(o.theme_ids) > 0 AND len(o.target_group_ids) > 0;

-- Share that two sets have in common: |a ∩ b| / |a ∪ b|; NULL where one is unknown.
CREATE MACRO jaccard(a, b) AS
CASE WHEN a IS NOT NULL AND b IS NOT NULL  -- list_intersect(a, NULL) is empty, not NULL
    THEN len(list_intersect(a, b)) / nullif(len(list_distinct(list_concat(a, b))), 0) END;

-- One row per pair of offers of different organisations that share a theme and a target group: the four shares
-- (0 to 1, NULL where unknown) and their weighted mean over the known ones, a weighted Gower similarity.
CREATE VIEW overlap_pair AS
WITH sharing AS (
    SELECT a.initiative_id AS a_id, b.initiative_id AS b_id, list_sort(list(DISTINCT a.theme_id)) AS theme_ids
    FROM offer_cell AS a
    JOIN offer_cell AS b USING (theme_id, target_group_id)
    WHERE a.initiative_id < b.initiative_id
    GROUP BY ALL
),
compared AS (
    SELECT s.a_id, s.b_id, s.theme_ids, list_sort(list_intersect(a.target_group_ids, b.target_group_ids)) AS target_group_ids,
        a.name AS a_name, b.name AS b_name, a.capacity AS a_capacity, b.capacity AS b_capacity,
        a.waiting AS a_waiting, b.waiting AS b_waiting,
        a.folded_name AS a_folded, b.folded_name AS b_folded,
        CASE
            WHEN a.mode = 'online' AND b.mode = 'online' THEN 0
            WHEN 'online' IN (a.mode, b.mode) THEN NULL
            ELSE kilometres(a.lat, a.lon, b.lat, b.lon)
        END AS kilometres,
        jaccard(a.target_group_ids, b.target_group_ids) AS groups_share,
        jaccard(a.language_ids, b.language_ids) AS languages_share,
        -- minutes that both run at the same time, of the shorter one's minutes
        CASE WHEN a.minutes_per_week > 0 AND b.minutes_per_week > 0 THEN
            coalesce(list_sum(flatten([
                [greatest(0, CASE WHEN x.weekday = y.weekday
                    THEN date_diff('minute', greatest(x.begins, y.begins), least(x.ends, y.ends)) ELSE 0 END)
                 FOR y IN b.times] FOR x IN a.times])), 0)
            / least(a.minutes_per_week, b.minutes_per_week)
        END AS times_share
    FROM sharing AS s
    JOIN comparable_offer AS a ON a.initiative_id = s.a_id
    JOIN comparable_offer AS b ON b.initiative_id = s.b_id
    WHERE a.organization_id <> b.organization_id
),
shared AS (
    SELECT *, exp(-0.5 * kilometres ** 2) AS distance_share FROM compared
)
SELECT * EXCLUDE (a_folded, b_folded),
    (
        coalesce(groups_share * overlap_weight_groups(), 0) + coalesce(distance_share * overlap_weight_distance(), 0)
        + coalesce(languages_share * overlap_weight_languages(), 0) + coalesce(times_share * overlap_weight_times(), 0)
    ) / nullif(
        CASE WHEN groups_share IS NULL THEN 0 ELSE overlap_weight_groups() END
        + CASE WHEN distance_share IS NULL THEN 0 ELSE overlap_weight_distance() END
        + CASE WHEN languages_share IS NULL THEN 0 ELSE overlap_weight_languages() END
        + CASE WHEN times_share IS NULL THEN 0 ELSE overlap_weight_times() END, 0
    ) AS score,
    -- the same name at the same place and time is one offer entered twice, a data error
    jaro_winkler_similarity(a_folded, b_folded) >= same_name() AND kilometres <= same_place_km()
        AND coalesce(times_share, 1) > 0.5 AS same_record
FROM shared;

-- One row per pair with a high score: how full the cells are that both serve, and the proposed verdict.
-- Saturation: places reaching / places needed over the themes and groups both share, in the districts both reach.
CREATE VIEW overlap_judged AS
WITH high AS (SELECT * FROM overlap_pair WHERE score >= overlap_high()),
served AS (
    SELECT h.a_id, h.b_id, r.district_id, t.theme_id, g.target_group_id
    FROM high AS h
    JOIN offer_reach AS r ON r.initiative_id = h.a_id
    JOIN offer_reach AS q ON q.initiative_id = h.b_id AND q.district_id = r.district_id,
    unnest(h.theme_ids) AS t (theme_id), unnest(h.target_group_ids) AS g (target_group_id)
),
saturation AS (
    SELECT s.a_id, s.b_id, sum(c.places_reaching) AS supply, sum(c.places_needed) AS need
    FROM served AS s JOIN coverage_cell AS c USING (theme_id, target_group_id, district_id)
    WHERE c.places_needed > 0
    GROUP BY ALL
)
SELECT h.*, s.supply, s.need, s.supply / s.need AS saturation,
    CASE
        WHEN h.same_record THEN 'duplicate'
        WHEN coalesce(h.a_waiting, 0) > 0 OR coalesce(h.b_waiting, 0) > 0 THEN 'wanted'
        WHEN h.a_capacity IS NULL OR h.b_capacity IS NULL OR s.need IS NULL THEN 'unknown'
        WHEN s.supply / s.need <= 1 THEN 'wanted'
        ELSE 'double_structure'
    END AS verdict
FROM high AS h LEFT JOIN saturation AS s USING (a_id, b_id);
