-- Overlap: the same work twice (METHODS M6). Pairs, their shares, and the verdict that is proposed.

-- One row per running offer with known themes and groups, and where it happens (its place, else its district's centre).
-- event_day: the day on which a dated event begins (METHODS M5); NULL for an offer that goes on.
-- carrier_ids: the organisations that carry it, the providing one among them.
CREATE VIEW comparable_offer AS
SELECT o.initiative_id, o.organization_id, o.name, spelled(fold_words(o.name)) AS folded_name, o.mode, o.capacity, o.waiting,
    o.language_ids, o.times, o.target_group_ids, len(list_distinct(o.target_group_ids)) AS groups,
    list_sort(list_distinct(list_append(coalesce(o.partner_ids, []), o.organization_id))) AS carrier_ids,
    coalesce(l.lat, d.lat) AS lat, coalesce(l.lon, d.lon) AS lon,
    o.location_id, l.lat IS NOT NULL OR o.mode = 'online' AS placed,
    list_sum([date_diff('minute', t.begins, t.ends) FOR t IN o.times]) AS minutes_per_week,
    event_begins(o.started_on, o.ended_on) AS event_day
FROM active_offer AS o
LEFT JOIN location AS l USING (location_id)
LEFT JOIN district AS d ON d.district_id = o.home_district_id
WHERE len(o.theme_ids) > 0 AND len(o.target_group_ids) > 0;

-- One row: how many offers run, and of how many the themes or groups are unknown, so that they are compared with none.
CREATE VIEW offers_incomparable AS
SELECT count(*) AS offers,
    count(*) FILTER (coalesce(len(theme_ids), 0) = 0 OR coalesce(len(target_group_ids), 0) = 0) AS incomparable
FROM active_offer;

-- Share that two sets have in common: |a ∩ b| / |a ∪ b|; NULL where one is unknown.
CREATE MACRO jaccard(a, b) AS
CASE WHEN a IS NOT NULL AND b IS NOT NULL  -- list_intersect(a, NULL) is empty, not NULL
    THEN len(list_intersect(a, b)) / nullif(len(list_distinct(list_concat(a, b))), 0) END;

-- How alike two folded names are, 0 to 1.
CREATE MACRO name_likeness(a, b) AS jaro_winkler_similarity(a, b);

-- The weight of a share, 0 where it is unknown; the weighted mean of the known shares is the score.
CREATE MACRO weight_if_known(share, weight) AS CASE WHEN share IS NULL THEN 0 ELSE weight END;

-- One row per pair of offers that share a theme and a target group, of different organisations, with like names or of the
-- same several carriers, and whose score can reach `least`, or that are one date entered twice (joint): the same carriers, or
-- one names the other as partner, at the same place at the same time; people cannot be in one room twice. A single carrier
-- may have several groups in its house at one time, so this needs two. The four shares (0 to 1, NULL where unknown), their weighted mean over the known ones (a
-- weighted Gower similarity), and the points of each share, which add up to it. known_weight: of the shares known.
CREATE MACRO overlap_compared(least) AS TABLE
WITH offer AS MATERIALIZED (FROM comparable_offer),
sharing AS (
    SELECT a.initiative_id AS a_id, b.initiative_id AS b_id, list_sort(list(DISTINCT a.theme_id)) AS theme_ids,
        count(*) / len(theme_ids) AS groups_both  -- what an offer is for are its themes × its groups
    FROM offer_cell AS a
    JOIN offer_cell AS b USING (theme_id, target_group_id)
    WHERE a.initiative_id < b.initiative_id
    GROUP BY ALL
),
-- quick comparisons first: they exclude most pairs
near AS (
    SELECT s.a_id, s.b_id, s.theme_ids, a.organization_id = b.organization_id AS same_organization,
        groups_both / (a.groups + b.groups - groups_both) AS groups_share,
        CASE
            WHEN a.mode = 'online' AND b.mode = 'online' THEN 0
            WHEN 'online' IN (a.mode, b.mode) THEN NULL
            ELSE kilometres(a.lat, a.lon, b.lat, b.lon)
        END AS kilometres,
        exp(-0.5 * kilometres ** 2) AS distance_share,
        a.carrier_ids = b.carrier_ids AS same_carriers,
        list_contains(a.carrier_ids, b.organization_id) OR list_contains(b.carrier_ids, a.organization_id) AS together,
        len(a.carrier_ids) > 1 AND same_carriers OR NOT same_organization AND together AS joint_carriers,
        a.location_id = b.location_id OR a.placed AND b.placed AND kilometres <= same_place_km() AS same_place,
        weight_if_known(distance_share, overlap_weight_distance()) AS distance_weight,
        overlap_weight_languages() + overlap_weight_times() AS rest
    FROM sharing AS s JOIN offer AS a ON a.initiative_id = s.a_id JOIN offer AS b ON b.initiative_id = s.b_id
    WHERE (NOT same_organization OR joint_carriers OR name_likeness(a.folded_name, b.folded_name) >= same_name())
        AND coalesce(a.event_day = b.event_day, true)  -- two events on different days are no double work
),
likely AS MATERIALIZED (
    FROM near
    WHERE (groups_share * overlap_weight_groups() + coalesce(distance_share * distance_weight, 0) + rest)
        / (overlap_weight_groups() + distance_weight + rest) >= least - 1e-9
        OR joint_carriers AND same_place
),
compared AS (
    SELECT n.a_id, n.b_id, n.theme_ids, n.same_organization, n.kilometres, n.groups_share, n.distance_share,
        list_sort(list_intersect(a.target_group_ids, b.target_group_ids)) AS target_group_ids,
        a.name AS a_name, b.name AS b_name, a.organization_id AS a_organization_id, b.organization_id AS b_organization_id,
        a.capacity AS a_capacity, b.capacity AS b_capacity, a.waiting AS a_waiting, b.waiting AS b_waiting,
        name_likeness(a.folded_name, b.folded_name) AS name_share,
        n.same_carriers, n.together,
        jaccard(a.language_ids, b.language_ids) AS languages_share,
        -- minutes that both run at the same time, of the shorter one's minutes
        CASE WHEN a.minutes_per_week > 0 AND b.minutes_per_week > 0 THEN
            coalesce(list_sum(flatten([
                [greatest(0, CASE WHEN x.weekday = y.weekday
                    THEN date_diff('minute', greatest(x.begins, y.begins), least(x.ends, y.ends)) ELSE 0 END)
                 FOR y IN b.times] FOR x IN a.times])), 0)
            / least(a.minutes_per_week, b.minutes_per_week)
        END AS times_share,
        n.joint_carriers AND coalesce(n.same_place, false) AND coalesce(times_share > same_times(), false) AS joint
    FROM likely AS n JOIN offer AS a ON a.initiative_id = n.a_id JOIN offer AS b ON b.initiative_id = n.b_id
)
SELECT *,
    weight_if_known(groups_share, overlap_weight_groups()) + weight_if_known(distance_share, overlap_weight_distance())
        + weight_if_known(languages_share, overlap_weight_languages())
        + weight_if_known(times_share, overlap_weight_times()) AS known_weight,
    groups_share * overlap_weight_groups() / known_weight AS groups_points,
    distance_share * overlap_weight_distance() / known_weight AS distance_points,
    languages_share * overlap_weight_languages() / known_weight AS languages_points,
    times_share * overlap_weight_times() / known_weight AS times_points,
    coalesce(groups_points, 0) + coalesce(distance_points, 0) + coalesce(languages_points, 0) + coalesce(times_points, 0)
        AS score
FROM compared;

-- One row per pair with a high score or of one date entered twice: what people decided (NULL: nothing that still holds), and
-- whether it is one offer entered twice: as decided, otherwise by its joint carriers, or by name, place and time.
CREATE MATERIALIZED VIEW overlap_alike AS
SELECT h.*, d.verdict AS decided_verdict, d.decision_id,
    h.name_share >= same_name() AS like_name,
    h.times_share <= same_times() AS other_times,  -- NULL: unknown
    CASE WHEN apart.a_id IS NOT NULL THEN NULL
        WHEN h.joint THEN 'joint_record'
        WHEN like_name AND h.kilometres <= same_place_km() AND NOT coalesce(other_times, false) THEN 'same_record'
    END AS twice_reason,
    CASE WHEN d.verdict IS NOT NULL THEN d.verdict = 'duplicate' ELSE twice_reason IS NOT NULL END AS entered_twice
FROM overlap_compared(overlap_high()) AS h
LEFT JOIN overlap_pair_decided AS d USING (a_id, b_id)
LEFT JOIN duplicate_dismissed AS apart ON apart.table_name = 'initiative' AND apart.a_id = h.a_id AND apart.b_id = h.b_id
WHERE h.score >= overlap_high() OR h.joint;

-- One row per offer that is the second entry of another one, which has more places: they count once. Coverage (METHODS M2)
-- counts both until people have merged them, because a proposal takes no entered places away; the case says so.
CREATE VIEW offer_twice AS
SELECT DISTINCT CASE WHEN coalesce(b_capacity, -1) > coalesce(a_capacity, -1) THEN a_id ELSE b_id END AS initiative_id
FROM overlap_alike WHERE entered_twice;

-- One row per pair × cell that both offers serve and that is needed: themes and groups both share, districts both reach.
CREATE MACRO overlap_served(pairs) AS TABLE
SELECT p.a_id, p.b_id, c.theme_id, c.target_group_id, c.district_id, c.places_reaching, c.places_needed,
    c.places_needed_least, c.places_needed_most
FROM (SELECT a_id, b_id, theme_ids, target_group_ids FROM overlap_alike WHERE pairs IS NULL OR list_contains(pairs, a_id || '+' || b_id)) AS p
JOIN offer_reach AS r ON r.initiative_id = p.a_id
JOIN offer_reach AS q ON q.initiative_id = p.b_id AND q.district_id = r.district_id
JOIN coverage_cell AS c ON list_contains(p.theme_ids, c.theme_id) AND list_contains(p.target_group_ids, c.target_group_id)
    AND c.district_id = r.district_id
WHERE c.places_needed > 0;

-- One row per pair of overlap_alike: how full the cells are that both serve, and the proposed verdict with its reason.
-- Saturation: places reaching / places needed over these cells; an offer entered twice counts once.
CREATE MATERIALIZED VIEW overlap_judged AS
WITH served AS MATERIALIZED (FROM overlap_served(NULL)),
twice AS (
    SELECT s.a_id, s.b_id, sum(p.places) AS places
    FROM served AS s JOIN (FROM offer_places SEMI JOIN offer_twice USING (initiative_id)) AS p
    USING (theme_id, target_group_id, district_id)
    GROUP BY ALL
),
saturation AS (
    SELECT a_id, b_id, sum(places_reaching) - coalesce(any_value(t.places), 0) AS supply, sum(places_needed) AS need,
        sum(places_needed_least) AS need_low, sum(places_needed_most) AS need_high
    FROM served LEFT JOIN twice AS t USING (a_id, b_id)
    GROUP BY ALL
),
reasoned AS (
    SELECT h.*, s.supply, s.need, s.supply / s.need AS saturation,
        CASE
            -- one offer entered twice, unless people decided otherwise
            WHEN h.twice_reason IS NOT NULL THEN h.twice_reason
            WHEN h.same_organization AND other_times THEN 'own_times'
            WHEN h.same_organization AND h.kilometres > same_place_km() THEN 'own_place'
            WHEN h.same_organization THEN 'own_again'
            WHEN other_times AND (h.same_carriers OR (h.together AND like_name)) THEN 'together_times'
            WHEN coalesce(h.a_waiting, 0) > 0 OR coalesce(h.b_waiting, 0) > 0 THEN 'waiting'
            WHEN h.known_weight < overlap_known() THEN 'little_known'
            WHEN h.a_capacity IS NULL OR h.b_capacity IS NULL THEN 'capacity_unknown'
            -- hidden people decide: whether there is a surplus hangs on their number
            WHEN s.need IS NULL OR (s.supply > s.need_low AND s.supply <= s.need_high) THEN 'need_unknown'
            WHEN s.supply / s.need <= 1 THEN 'within_need'
            ELSE 'surplus'
        END AS reason
    FROM overlap_alike AS h LEFT JOIN saturation AS s USING (a_id, b_id)
)
SELECT * EXCLUDE (like_name, other_times, twice_reason, decided_verdict, decision_id),
    CASE
        WHEN reason IN ('same_record', 'joint_record') THEN 'duplicate'
        WHEN reason IN ('own_times', 'own_place', 'own_again', 'together_times') THEN 'repeat'
        WHEN reason IN ('waiting', 'within_need') THEN 'wanted'
        WHEN reason = 'surplus' THEN 'double_structure'
        ELSE 'unknown'
    END AS verdict,
    decided_verdict, decision_id
FROM reasoned;
