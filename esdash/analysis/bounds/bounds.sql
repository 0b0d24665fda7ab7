-- Bounds of coverage, met and missing need (METHODS M11), by cell and summed up.

-- One row per theme × target group × district: coverage between low and high, and the central figure with assumptions.
-- Where nothing is unknown the three are equal. settled: the word for the cell is certain.
-- reached_low, reached_high: an offer certainly, or possibly, reaches the cell, needed or not (METHODS M3).
-- State: the word where it is certain, else open; nobody looked: none_known if nothing known reaches it, else
-- not_surveyed. A cell whose need may be 0, because a factor of it is missing, is open.
CREATE MATERIALIZED VIEW bound_cell AS
WITH reaching AS (
    SELECT s.theme_id, s.target_group_id, u.district_id,
        sum(CASE WHEN s.sure THEN k.capacity_low * u.low ELSE 0 END) AS low,
        sum(k.capacity_central * u.central) AS central,
        sum(CASE WHEN k.capacity_high > 0 THEN k.capacity_high * u.high ELSE 0 END) AS high,
        bool_or(s.sure AND u.certain AND k.capacity_low > 0) AS reached_low,
        bool_or(k.capacity_high > 0) AS reached_high
    FROM bound_serves AS s JOIN bound_kind AS k USING (kind_id) JOIN bound_unit AS u USING (kind_id, apart)
    GROUP BY ALL
),
measured AS (
    SELECT n.*, CASE WHEN needed_high > 0 THEN coalesce(r.low, 0) END AS coverage_low,
        CASE WHEN needed_high > 0 THEN coalesce(r.central, 0) END AS coverage_central,
        CASE WHEN needed_high > 0 THEN coalesce(r.high, 0) END AS coverage_high,
        coalesce(r.reached_low, false) AS reached_low, coalesce(r.reached_high, false) AS reached_high,
        coverage_state(coverage_low) AS at_low,
        needed_low > 0 AND at_low = coverage_state(coverage_high) AS settled
    FROM need_range AS n LEFT JOIN reaching AS r USING (theme_id, target_group_id, district_id)
)
SELECT theme_id, field_id, target_group_id, district_id, survey_state, persons_unknown, planning_unknown,
    needed_low, needed_central, needed_high, coverage_low, coverage_central, coverage_high, reached_low, reached_high,
    needed_low * least(1, coverage_low) AS met_low,
    needed_central * least(1, coverage_central) AS met_central,
    CASE WHEN coverage_high > 0 THEN needed_high * least(1, coverage_high) ELSE 0 END AS met_high,
    needed_low * (1 - least(1, coverage_high)) AS missing_low,
    needed_central * (1 - least(1, coverage_central)) AS missing_central,
    CASE WHEN coverage_low < 1 THEN needed_high * (1 - least(1, coverage_low)) ELSE 0 END AS missing_high,
    settled,
    CASE
        WHEN needed_high = 0 THEN 'not_applicable'
        WHEN survey_state IS NULL THEN CASE WHEN coverage_high = 0 THEN 'none_known' ELSE 'not_surveyed' END
        WHEN settled THEN at_low
        ELSE 'open'
    END AS state
FROM measured;

-- One row per cell with the row and the column of the matrix it belongs to, and whether it counts in it: with
-- `everywhere` all cells that need something, without it those where somebody has looked; NULL: where nobody has looked at
-- any cell of its row × column, all that need something.
CREATE MACRO bounds_behind(row_kind, column_kind, wanted_groups, wanted_themes, wanted_districts, everywhere) AS TABLE
SELECT *, matrix_key(row_kind, field_id, theme_id, target_group_id, district_id) AS row_id,
    matrix_key(column_kind, field_id, theme_id, target_group_id, district_id) AS column_id,
    needed_high > 0 AND CASE WHEN everywhere IS NULL
        THEN survey_state IS NOT NULL OR max(survey_state) FILTER (needed_high > 0) OVER (PARTITION BY row_id, column_id) IS NULL
        ELSE everywhere OR survey_state IS NOT NULL END AS counts
FROM bound_cell
WHERE (wanted_groups IS NULL OR list_contains(wanted_groups, target_group_id))
    AND (wanted_themes IS NULL OR list_has_any(wanted_themes, [theme_id, field_id]))
    AND (wanted_districts IS NULL OR list_contains(wanted_districts, district_id));

-- One row per row × column of a matrix: needed, met and missing places between two bounds, and with assumptions. No
-- offer meets more need in it than its places, nor than the part of them that can go there (most): this cap makes the
-- upper bound of a city one that says something.
CREATE MACRO bounds_matrix(row_kind, column_kind, wanted_groups, wanted_themes, wanted_districts, everywhere) AS TABLE
WITH keyed AS MATERIALIZED (
    FROM bounds_behind(row_kind, column_kind, wanted_groups, wanted_themes, wanted_districts, everywhere)
),
-- the need inside the row × column that each kind of offer can meet, per district
inside AS (
    SELECT s.kind_id, s.apart, c.row_id, c.column_id, c.district_id,
        sum(c.needed_low) AS low, sum(c.needed_high) AS high
    FROM keyed AS c JOIN bound_serves AS s USING (theme_id, target_group_id)
    WHERE c.counts GROUP BY ALL
),
-- the largest part of its places that can go inside, for each way: all other need as small as it can be
part AS (
    SELECT i.kind_id, i.row_id, i.column_id,
        sum(r.weight * i.high) AS demand_high, any_value(s.low) - sum(r.weight * i.low) AS other_low,
        CASE WHEN isinf(demand_high) OR other_low <= 0 THEN 1 ELSE demand_high / (demand_high + other_low) END AS share
    FROM inside AS i JOIN bound_reach AS r USING (kind_id, district_id)
    JOIN bound_share AS s ON s.kind_id = i.kind_id AND s.apart = i.apart AND s.way = r.way
    WHERE i.high > 0
    GROUP BY i.kind_id, i.apart, r.way, i.row_id, i.column_id
),
most AS (
    SELECT row_id, column_id, sum(k.capacity_high * p.share) AS places
    FROM (SELECT kind_id, row_id, column_id, max(share) AS share FROM part GROUP BY ALL) AS p
    JOIN bound_kind AS k USING (kind_id)
    GROUP BY ALL
),
summed AS (
    SELECT row_id, column_id, sum(COLUMNS('^(needed|met|missing)_')) FILTER (counts) AS '\0',
        bool_or(reached_low) AS reached_low, bool_or(reached_high) AS reached_high,
        count(*) AS cells, count(*) FILTER (counts) AS cells_counted,
        count(*) FILTER (counts AND NOT settled) AS cells_open,
        count(*) FILTER (state = 'white') AS cells_white,
        count(*) FILTER (state = 'none_known') AS cells_none_known,
        count(*) FILTER (state IN ('none_known', 'not_surveyed')) AS cells_not_surveyed,
        count(*) FILTER (state = 'not_applicable') AS cells_not_applicable
    FROM keyed GROUP BY ALL
),
capped AS (
    SELECT s.* REPLACE (
            least(met_high, coalesce(m.places, 0)) AS met_high,
            greatest(missing_low, needed_low - coalesce(m.places, 0)) AS missing_low
        )
    FROM summed AS s LEFT JOIN most AS m USING (row_id, column_id)
),
shared AS (
    SELECT *, CASE WHEN needed_high > 0 THEN CASE WHEN isinf(missing_high) OR met_low = 0 THEN 0
            ELSE met_low / (met_low + missing_high) END END AS share_low,
        met_central / nullif(needed_central, 0) AS share_central,
        CASE WHEN needed_high > 0 THEN CASE WHEN isinf(met_high) OR missing_low = 0 THEN 1
            ELSE met_high / (met_high + missing_low) END END AS share_high
    FROM capped
),
-- the word at either end
worded AS (
    SELECT *, matrix_state(needed_central, share_low * needed_central, reached_low, max(cells) OVER () = 1) AS at_low,
        matrix_state(needed_central, share_high * needed_central, reached_high, max(cells) OVER () = 1) AS at_high
    FROM shared
)
SELECT * EXCLUDE (at_low, at_high),
    CASE
        WHEN cells_not_applicable = cells THEN 'not_applicable'
        WHEN cells_not_surveyed = cells - cells_not_applicable
            THEN CASE WHEN NOT reached_high THEN 'none_known' ELSE 'not_surveyed' END
        WHEN needed_low > 0 AND at_low = at_high THEN at_low
        ELSE 'open'
    END AS state
FROM worded
ORDER BY row_id, column_id;

-- One row per offer of which something is unknown × theme × target group × district that it may reach: coverage that it
-- brings there, at least and at most.
CREATE VIEW bound_spread AS
SELECT o.initiative_id, o.organization_id, s.theme_id, s.target_group_id, u.district_id,
    CASE WHEN s.sure THEN o.capacity_low * u.low ELSE 0 END AS low,
    CASE WHEN o.capacity_high > 0 THEN o.capacity_high * u.high ELSE 0 END AS high
FROM bound_offer AS o JOIN bound_serves AS s USING (kind_id) JOIN bound_unit AS u USING (kind_id, apart)
WHERE o.capacity_unknown OR o.target_group_unknown OR o.place_unknown OR o.mode_unknown OR o.times_unknown
    OR o.languages_unknown OR o.barrier_free_unknown;

-- One row per offer and unknown fact of it. fact: the field to ask for, in the order in which people are asked.
CREATE VIEW bound_unknown AS
SELECT initiative_id, organization_id, fact.sort, fact.fact
FROM (
    SELECT initiative_id, organization_id, unnest(list_filter([
        {'sort': 1, 'fact': 'theme', 'unknown': theme_unknown},
        {'sort': 2, 'fact': 'target_group', 'unknown': target_group_unknown},
        {'sort': 3, 'fact': 'capacity', 'unknown': capacity_unknown},
        {'sort': 4, 'fact': 'mode', 'unknown': mode_unknown},
        {'sort': 5, 'fact': 'place', 'unknown': place_unknown},
        {'sort': 6, 'fact': 'times', 'unknown': times_unknown},
        {'sort': 7, 'fact': 'languages', 'unknown': languages_unknown},
        {'sort': 8, 'fact': 'barrier_free', 'unknown': barrier_free_unknown}
    ], lambda one: one.unknown)) AS fact
    FROM bound_offer
);

-- One row per unknown fact that keeps figures of these cells apart: how many offers it is unknown of, and which. Of
-- hidden numbers of people (persons) and missing planning values (planning): how many, of no offer. Offers of unknown
-- theme are counted always, because they may belong to any cell.
CREATE MACRO bounds_reasons(wanted_groups, wanted_themes, wanted_districts) AS TABLE
WITH cell AS (
    SELECT * FROM bounds_behind('city', 'city', wanted_groups, wanted_themes, wanted_districts, true) WHERE counts
),
apart AS (
    SELECT DISTINCT s.initiative_id FROM bound_spread AS s
    JOIN cell AS c USING (theme_id, target_group_id, district_id) WHERE s.high - s.low > 1e-9
),
sharing AS (
    SELECT DISTINCT s.kind_id FROM cell AS c JOIN bound_serves AS s USING (theme_id, target_group_id)
    JOIN bound_unit AS u ON u.kind_id = s.kind_id AND u.apart = s.apart AND u.district_id = c.district_id
),
hidden AS (
    SELECT target_group_id, district_id FROM cell WHERE persons_unknown
    UNION
    SELECT s.target_group_id, r.district_id FROM sharing JOIN bound_serves AS s USING (kind_id)
    JOIN bound_reach AS r USING (kind_id) JOIN need_range AS n USING (theme_id, target_group_id, district_id)
    WHERE n.persons_unknown AND n.needed_high > 0
)
SELECT fact, count(*) AS number, list(initiative_id ORDER BY initiative_id) AS initiative_ids, min(sort) AS sort
FROM bound_unknown WHERE fact = 'theme' OR initiative_id IN (FROM apart) GROUP BY fact
UNION ALL BY NAME
SELECT 'persons' AS fact, count(*) AS number, CAST([] AS VARCHAR[]) AS initiative_ids, 9 AS sort FROM hidden HAVING count(*) > 0
UNION ALL BY NAME
SELECT 'planning' AS fact, count(*) AS number, CAST([] AS VARCHAR[]) AS initiative_ids, 10 AS sort
FROM (SELECT DISTINCT theme_id, target_group_id FROM cell WHERE planning_unknown) HAVING count(*) > 0
ORDER BY sort;
