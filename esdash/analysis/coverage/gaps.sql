-- Coverage summed up into matrices, and the gaps by size.

-- Every cell with the keys that a matrix can have as rows and columns.
CREATE VIEW coverage_keyed AS
SELECT * REPLACE (coalesce(severity, usual_severity()) AS severity) FROM coverage_cell;

CREATE MACRO matrix_key(kind, field_id, theme_id, target_group_id, district_id) AS
CASE kind
    WHEN 'field' THEN field_id WHEN 'theme' THEN theme_id
    WHEN 'target_group' THEN target_group_id WHEN 'district' THEN district_id WHEN 'city' THEN 'city'
END;

-- One row per cell with the row and the column of the matrix it belongs to. wanted_* are lists of ids, NULL for all.
CREATE MACRO coverage_behind(row_kind, column_kind, wanted_groups, wanted_themes, wanted_districts) AS TABLE
SELECT theme_id, target_group_id, district_id, members AS persons, persons IS NULL AS hidden, places_needed, places_reaching,
    places_met, gap_places, surplus_places, state, assessed, reached, with_stand_in, severity,
    COLUMNS('_(least|most)$'),
    matrix_key(row_kind, field_id, theme_id, target_group_id, district_id) AS row_id,
    matrix_key(column_kind, field_id, theme_id, target_group_id, district_id) AS column_id
FROM coverage_keyed
WHERE (wanted_groups IS NULL OR list_contains(wanted_groups, target_group_id))
    AND (wanted_themes IS NULL OR list_has_any(wanted_themes, [theme_id, field_id]))
    AND (wanted_districts IS NULL OR list_contains(wanted_districts, district_id));

-- One row per row × column of a matrix, over the assessed cells: places needed, met, missing (gap) and beyond the need
-- (surplus), each the sum of the cells, so that needed = met + gap and what one group has too much hides no lack of
-- another; coverage is met / needed. reached: an offer reaches one of the cells. single: each cell of the matrix is a
-- single theme × target group × district. state: matrix_state, or why nothing is known.
-- persons: people of the assessed cells, in each district once, however many themes they need; only for one target group,
-- because a person can belong to several, and where no number is hidden. with_stand_in: people whose number is hidden or unknown
-- have a part in the figures, which lie between …_least and …_most (METHODS M4). gap_per_100: places
-- missing per 100 people; over several groups the mean of the groups, weighted by their people. severity: gap × severity
-- of the theme, row_severity the same over the row.
CREATE MACRO coverage_matrix(row_kind, column_kind, wanted_groups, wanted_themes, wanted_districts) AS TABLE
WITH keyed AS (FROM coverage_behind(row_kind, column_kind, wanted_groups, wanted_themes, wanted_districts)),
-- one row per row × column × target group × district: its people once
peopled AS (
    SELECT row_id, column_id, target_group_id,
        max(persons) FILTER (assessed) AS members,
        min(coverage_least) FILTER (assessed) AS lowest, max(coverage_most) FILTER (assessed) AS highest,
        max(persons_least) FILTER (assessed) AS persons_least,
        max(persons_most) FILTER (assessed) AS persons_most,
        bool_or(hidden) FILTER (assessed) AS hidden,
        bool_or(with_stand_in) FILTER (assessed) AS with_stand_in,
        sum(places_needed) FILTER (assessed) AS places_needed,
        sum(places_reaching) FILTER (assessed) AS places_reaching,
        sum(places_met) AS places_met,
        sum(gap_places) AS gap_places,
        sum(surplus_places) AS surplus_places,
        sum(COLUMNS('^(places|gap)_.*_(least|most)$')) FILTER (assessed) AS '\0',
        bool_or(reached) AS reached,
        sum(gap_places * severity) AS severity,
        count(*) AS cells,
        count(*) FILTER (assessed) AS cells_assessed,
        count(*) FILTER (state = 'white') AS cells_white,
        count(*) FILTER (state = 'not_surveyed') AS cells_not_surveyed,
        count(*) FILTER (state = 'unknown') AS cells_unknown,
        count(*) FILTER (state = 'not_applicable') AS cells_not_applicable
    FROM keyed GROUP BY row_id, column_id, target_group_id, district_id
),
summed AS (
    SELECT row_id, column_id, sum(places_needed) AS places_needed, sum(places_reaching) AS places_reaching,
        sum(places_met) AS places_met, sum(gap_places) AS gap_places, sum(surplus_places) AS surplus_places,
        sum(COLUMNS('_(least|most)$')) AS '\0',
        min(lowest) AS lowest, max(highest) AS highest, sum(members) AS members, sum(severity) AS severity, bool_or(reached) AS reached,
        CASE WHEN min(target_group_id) = max(target_group_id) AND NOT bool_or(hidden) THEN sum(p.members) END AS persons,
        coalesce(bool_or(with_stand_in), false) AS with_stand_in,
        CAST(sum(COLUMNS('^cells')) AS BIGINT) AS '\0'
    FROM peopled AS p GROUP BY row_id, column_id
)
SELECT * EXCLUDE (members, lowest, highest, persons_least, persons_most), places_met / places_needed AS coverage, max(cells) OVER () = 1 AS single,
    -- the share of a sum lies between those of its cells
    greatest(lowest, CASE WHEN isinf(gap_places_most) THEN 0 ELSE places_met_least / nullif(places_met_least + gap_places_most, 0) END)
        AS coverage_least,
    least(highest, CASE WHEN isinf(places_met_most) THEN 1 ELSE places_met_most / nullif(places_met_most + gap_places_least, 0) END)
        AS coverage_most,
    CASE
        WHEN cells_not_applicable = cells THEN 'not_applicable'
        WHEN cells_assessed > 0 THEN matrix_state(places_needed, places_met, reached, single)
        WHEN cells_not_surveyed > 0 THEN 'not_surveyed'
        ELSE 'unknown'
    END AS state,
    CASE
        WHEN NOT with_stand_in OR cells_assessed = 0 THEN true
        WHEN NOT reached THEN (places_needed_least >= least_gap_places()) = (places_needed_most >= least_gap_places())
        ELSE matrix_state(places_needed, coverage_least * places_needed, reached, single)
            = matrix_state(places_needed, coverage_most * places_needed, reached, single)
    END AS state_settled,
    100 * gap_places / nullif(members, 0) AS gap_per_100,
    100 * gap_places_least / nullif(persons_most, 0) AS gap_per_100_least,
    100 * gap_places_most / nullif(persons_least, 0) AS gap_per_100_most,
    sum(severity) OVER (PARTITION BY row_id) AS row_severity
FROM summed
ORDER BY row_id, column_id;

-- One row per theme: its row of the matrix for the whole city.
CREATE MATERIALIZED VIEW theme_in_city AS FROM coverage_matrix('theme', 'city', NULL, NULL, NULL);

-- One row per theme × district with a gap, the one with most places missing first (rounded, so that the last binary
-- digit orders nothing): the figures of coverage_matrix, and the target groups whose places are missing, the largest
-- first. A gap that rounds to 0.0 places is none.
CREATE MACRO gap_ranked(wanted_groups, wanted_themes, wanted_districts) AS TABLE
WITH missing AS (
    SELECT row_id, column_id,
        list(struct_pack(
            target_group_id := target_group_id,
            persons := CASE WHEN NOT hidden THEN persons END,
            -- a figure in which hidden people have a part is in no list by itself (METHODS M4)
            places_needed := CASE WHEN NOT with_stand_in THEN places_needed END,
            places_met := CASE WHEN NOT with_stand_in THEN places_met END,
            gap_places := CASE WHEN NOT with_stand_in THEN gap_places END
        ) ORDER BY round(gap_places, 9) DESC, target_group_id)
            AS target_groups
    FROM coverage_behind('theme', 'district', wanted_groups, wanted_themes, wanted_districts)
    WHERE round(gap_places, 1) > 0 GROUP BY ALL
)
SELECT m.row_id AS theme_id, l.field_id, m.column_id AS district_id, m.places_needed, m.places_met, m.gap_places,
    m.surplus_places, m.places_reaching, m.coverage, m.gap_per_100, m.state, m.with_stand_in, m.state_settled,
    m.places_needed_least, m.places_needed_most, m.places_met_least, m.places_met_most, m.gap_places_least,
    m.gap_places_most, m.coverage_least, m.coverage_most,
    coalesce(g.target_groups, []) AS target_groups
FROM coverage_matrix('theme', 'district', wanted_groups, wanted_themes, wanted_districts) AS m
JOIN leaf_theme AS l ON l.theme_id = m.row_id
LEFT JOIN missing AS g USING (row_id, column_id)
WHERE round(m.gap_places, 1) > 0
ORDER BY round(m.gap_places, 9) DESC, m.row_id, m.column_id;

-- One row per row × column by theme and target group: running offers, wherever they are; target group may be 'unknown'.
CREATE MACRO offer_count_matrix(row_kind, column_kind) AS TABLE
SELECT
    matrix_key(row_kind, field_id, theme_id, target_group_id, NULL) AS row_id,
    matrix_key(column_kind, field_id, theme_id, target_group_id, NULL) AS column_id,
    count(DISTINCT initiative_id) AS offers
FROM (
    SELECT DISTINCT o.initiative_id, l.theme_id, l.field_id, coalesce(o.target_group_id, 'unknown') AS target_group_id
    FROM (
        SELECT initiative_id, named, unnest(CASE WHEN len(target_group_ids) > 0 THEN target_group_ids ELSE [NULL] END)
            AS target_group_id
        FROM (SELECT initiative_id, unnest(theme_ids) AS named, target_group_ids FROM supply_offer
            WHERE reachable IS DISTINCT FROM false)
    ) AS o JOIN leaf_theme AS l ON o.named IN (l.theme_id, l.field_id)
)
GROUP BY ALL
ORDER BY row_id, column_id;

-- One row per row × column: running offers that reach it, including those with unknown places.
CREATE MACRO offer_reach_matrix(row_kind, column_kind, wanted_groups, wanted_themes, wanted_districts) AS TABLE
SELECT matrix_key(row_kind, field_id, theme_id, target_group_id, district_id) AS row_id,
    matrix_key(column_kind, field_id, theme_id, target_group_id, district_id) AS column_id,
    count(DISTINCT c.initiative_id) AS offers
FROM offer_serving AS c
WHERE (wanted_groups IS NULL OR list_contains(wanted_groups, c.target_group_id))
    AND (wanted_themes IS NULL OR list_has_any(wanted_themes, [c.theme_id, c.field_id]))
    AND (wanted_districts IS NULL OR list_contains(wanted_districts, c.district_id))
GROUP BY ALL
ORDER BY row_id, column_id;

-- One row per offer that serves a cell: its places there, its minutes; places NULL where its capacity is unknown, or
-- it is unknown whether the offer meets the conditions (reachable). places_least and places_most: between them its places
-- lie, whatever the hidden numbers of people are that it shares them with; equal to places where none is hidden.
CREATE MACRO offers_reaching(wanted_groups, wanted_themes, wanted_districts) AS TABLE
WITH here AS (
    SELECT o.initiative_id, o.name, organization.name AS organization, o.capacity, min(c.minutes) AS minutes,
        CASE WHEN o.capacity IS NOT NULL AND o.reachable THEN coalesce(sum(p.places), 0) END AS places,
        sum(p.demand_low) AS low, sum(p.demand_high) AS high,
        any_value(p.all_low) AS all_low, any_value(p.all_high) AS all_high, bool_or(p.with_stand_in) AS with_stand_in,
        o.supposed, o.reachable
    FROM offer_serving AS c
    JOIN supply_offer AS o USING (initiative_id)
    LEFT JOIN organization ON organization.organization_id = o.organization_id
    LEFT JOIN offer_places AS p
        ON p.initiative_id = c.initiative_id AND p.theme_id = c.theme_id AND p.target_group_id = c.target_group_id
        AND p.district_id = c.district_id
    WHERE (wanted_groups IS NULL OR list_contains(wanted_groups, c.target_group_id))
        AND (wanted_themes IS NULL OR list_has_any(wanted_themes, [c.theme_id, c.field_id]))
        AND (wanted_districts IS NULL OR list_contains(wanted_districts, c.district_id))
    GROUP BY o.initiative_id, o.name, organization.name, o.capacity, o.supposed, o.reachable
)
SELECT * EXCLUDE (low, high, all_low, all_high, with_stand_in),
    CASE WHEN places > 0 AND with_stand_in THEN capacity * shared_part(low, all_high - high) ELSE places END AS places_least,
    CASE WHEN places > 0 AND with_stand_in THEN capacity * shared_part(high, all_low - low) ELSE places END AS places_most
FROM here
ORDER BY places DESC NULLS LAST, name COLLATE de, initiative_id;

-- One row per theme × target group × district of a cell: need, and the figures that it is made of.
CREATE MACRO need_of(wanted_groups, wanted_themes, wanted_districts) AS TABLE
SELECT c.theme_id, c.target_group_id, c.district_id, c.persons, c.quality, c.state, c.with_stand_in, v.places_per_100,
    c.places_needed, c.places_reaching, c.places_met, c.gap_places, c.surplus_places, c.coverage, c.saturation, c.reached,
    c.state_settled, COLUMNS('_(least|most)$'),
    v.reason AS planning_reason, v.supposed AS planning_supposed, p.persons_supposed,
    p.source AS population_source, p.as_of AS population_as_of,
    s.surveyed_on, s.surveyed_by, s.method AS survey_method, s.reason AS survey_reason
FROM coverage_keyed AS c
LEFT JOIN planning AS v USING (theme_id, target_group_id)
LEFT JOIN people AS p USING (target_group_id, district_id)
LEFT JOIN survey AS s USING (theme_id, district_id)
WHERE (wanted_groups IS NULL OR list_contains(wanted_groups, c.target_group_id))
    AND (wanted_themes IS NULL OR list_has_any(wanted_themes, [c.theme_id, c.field_id]))
    AND (wanted_districts IS NULL OR list_contains(wanted_districts, c.district_id))
ORDER BY gap_places DESC NULLS LAST, places_needed DESC NULLS LAST, theme_id, target_group_id, district_id;
