-- The priority list (METHODS M8): one item per gap (theme × district) and per case of double structures,
-- each with the four criteria in their own units. The weights come later; the anchors are stored with the city.

-- A measured value between the anchors of its criterion, 0 to 1.
CREATE MACRO anchored(wanted, measured) AS (
    SELECT greatest(0, least(1, (coalesce(measured, anchor_low) - anchor_low) / (anchor_high - anchor_low)))
    FROM criterion WHERE criterion_id = wanted
);

-- One row per theme × district with a gap large enough for an item, whatever its state, or with entries of people.
CREATE MATERIALIZED VIEW priority_gap AS
WITH here AS (
    FROM coverage_matrix('theme', 'district', NULL, NULL, NULL)
    WHERE gap_places > 0 AND (
        gap_places >= least_gap_places()
        OR 'gap|' || row_id || '|' || column_id IN (SELECT finding_id FROM priority_item WHERE finding_id IS NOT NULL)
    )
),
everywhere AS (SELECT row_id AS theme_id, coverage AS city_coverage FROM theme_in_city),
-- Unmet need that a new offer in a district would reach, weighted by travel time.
within_reach AS (
    SELECT c.theme_id, t.from_district_id AS district_id, sum(c.gap_places * t.weight) AS places
    FROM coverage_cell AS c JOIN district_way AS t ON t.to_district_id = c.district_id
    WHERE c.gap_places > 0 GROUP BY ALL
),
worst_group AS (
    SELECT theme_id, district_id, arg_max(target_group_id, (gap_places, target_group_id)) AS target_group_id
    FROM coverage_cell WHERE gap_places > 0 GROUP BY ALL
)
SELECT 'gap|' || h.row_id || '|' || h.column_id AS item_id, 'gap' AS kind,
    h.row_id AS theme_id, h.column_id AS district_id, w.target_group_id, CAST(NULL AS VARCHAR[]) AS initiative_ids,
    CAST(NULL AS VARCHAR[]) AS initiative_names, CAST(NULL AS BOOLEAN) AS decided,
    h.places_needed, h.places_reaching, h.places_met, h.gap_places AS places, h.coverage, h.state, e.city_coverage,
    h.gap_places AS size,
    (1 - h.coverage) * coalesce(t.severity, usual_severity()) / 3 AS seriousness,
    greatest(0, e.city_coverage - h.coverage) AS inequity,
    least(1, r.places / usual_offer_places()) AS effectiveness
FROM here AS h
JOIN everywhere AS e ON e.theme_id = h.row_id
JOIN theme AS t ON t.theme_id = h.row_id
JOIN within_reach AS r ON r.theme_id = h.row_id AND r.district_id = h.column_id
JOIN worst_group AS w ON w.theme_id = h.row_id AND w.district_id = h.column_id;

-- One row per case of double structures, proposed or decided (overlap_cases.sql). Size: places beyond the need in what
-- the case serves; effectiveness: the share of the smallest offer that would not be missed (METHODS M6); inequity: unmet
-- need of the same theme elsewhere. What is unknown of a case that people decided without it stays unknown.
CREATE VIEW priority_overlap AS
SELECT 'overlap|' || c.case_id AS item_id, 'overlap' AS kind,
    c.theme_ids[1] AS theme_id, c.district_ids[1] AS district_id, c.target_group_ids[1] AS target_group_id, c.initiative_ids,
    c.initiative_names, c.decided, c.need AS places_needed, c.supply AS places_reaching,
    CASE WHEN c.need IS NOT NULL THEN least(c.need, c.supply) END AS places_met, c.surplus AS places, c.saturation AS coverage,
    'double_structure' AS state, t.coverage AS city_coverage,
    c.surplus AS size,
    CASE WHEN c.need IS NOT NULL THEN greatest(0, 1 - c.need / c.supply) END * coalesce(theme.severity, usual_severity()) / 3
        AS seriousness,
    greatest(0, 1 - t.coverage) AS inequity,
    replaceability(c.need, c.supply, c.smallest) AS effectiveness
FROM overlap_case_found AS c
JOIN theme ON theme.theme_id = c.theme_ids[1]
LEFT JOIN theme_in_city AS t ON t.row_id = c.theme_ids[1];

-- One row per finding to which people said something: its item that is on the list, or else the one that was last.
CREATE VIEW finding_item AS
SELECT * FROM priority_item WHERE finding_id IS NOT NULL
QUALIFY row_number() OVER (
    PARTITION BY finding_id ORDER BY ended_on IS NOT NULL, listed_on IS NULL, ended_on DESC, priority_item_id
) = 1
ORDER BY finding_id;

-- One row per item of priority_gap or priority_overlap (both in one question take longer than one after the other):
-- the criteria in their units and, between their anchors, from 0 to 1. An unknown criterion is 0
-- and is listed as unknown. PEARL: one "no" puts the item aside.
CREATE MACRO priority_measured(items) AS TABLE
WITH item AS MATERIALIZED (FROM query_table(items))
SELECT i.*,
    anchored('size', size) AS size_value, anchored('seriousness', seriousness) AS seriousness_value,
    anchored('inequity', inequity) AS inequity_value, anchored('effectiveness', effectiveness) AS effectiveness_value,
    CASE WHEN false IN (p.proper, p.economic, p.acceptable, p.resourced, p.legal) THEN true ELSE false END AS put_aside,
    p.pearl_reason, p.measure, p.evidence AS proposal, coalesce(p.ended_as, 'open') AS decision_status, p.ended_reason,
    CASE WHEN p.listed_on IS NOT NULL AND p.ended_on IS NULL THEN p.priority_item_id END AS priority_item_id,
    t.name_de AS theme_de, t.name_en AS theme_en, d.name AS district,
    g.name_de AS target_group_de, g.name_en AS target_group_en
FROM item AS i
LEFT JOIN finding_item AS p ON p.finding_id = i.item_id
LEFT JOIN theme AS t USING (theme_id) LEFT JOIN district AS d USING (district_id)
LEFT JOIN target_group AS g USING (target_group_id)
ORDER BY item_id;

-- One row per item of priority_gap whose missing places hang on something unknown (METHODS M11), by the criteria between
-- their anchors where least (…_low) and where most is missing (…_high): places per week, and each of the four from 0 to 1.
-- The rest of the city stands as it is known.
CREATE VIEW priority_gap_ends AS
WITH here AS (
    SELECT 'gap|' || row_id || '|' || column_id AS item_id, *
    FROM bounds_matrix('theme', 'district', NULL, NULL, NULL, false) WHERE missing_high > missing_low
),
within_reach AS (
    SELECT c.theme_id, t.from_district_id AS district_id, sum(c.missing_low * t.weight) AS low,
        sum(c.missing_high * t.weight) AS high
    FROM bound_cell AS c JOIN district_way AS t ON t.to_district_id = c.district_id
    WHERE c.survey_state IS NOT NULL GROUP BY ALL
)
SELECT h.item_id, h.missing_low AS places_low, h.missing_high AS places_high,
    anchored('size', h.missing_low) AS size_low, anchored('size', h.missing_high) AS size_high,
    anchored('seriousness', (1 - h.share_high) * coalesce(t.severity, usual_severity()) / 3) AS seriousness_low,
    anchored('seriousness', (1 - h.share_low) * coalesce(t.severity, usual_severity()) / 3) AS seriousness_high,
    anchored('inequity', greatest(0, i.city_coverage - h.share_high)) AS inequity_low,
    anchored('inequity', greatest(0, i.city_coverage - h.share_low)) AS inequity_high,
    anchored('effectiveness', least(1, r.low / usual_offer_places())) AS effectiveness_low,
    anchored('effectiveness', least(1, r.high / usual_offer_places())) AS effectiveness_high
FROM here AS h
JOIN priority_gap AS i USING (item_id)
JOIN theme AS t ON t.theme_id = h.row_id
JOIN within_reach AS r ON r.theme_id = h.row_id AND r.district_id = h.column_id
ORDER BY h.item_id;
