-- The figures with assumptions for what is unknown (METHODS M11).

-- One row per theme × target group × district, with the columns of coverage_cell, whose form under assumptions it is: the
-- central figures. persons and quality are the published ones, members the people to reckon with. White is only where
-- nothing can reach the cell; unknown remains a cell whose need is assumed to be 0, because a factor of it is missing.
CREATE VIEW coverage_cell_assumed AS
WITH judged AS (
    SELECT b.*, n.severity, n.persons, n.quality, p.persons_central AS members, b.coverage_central AS saturation,
        CASE
            WHEN b.needed_high = 0 THEN 'not_applicable'
            WHEN b.survey_state IS NULL THEN 'not_surveyed'
            WHEN b.needed_central = 0 THEN 'unknown'
            WHEN b.coverage_high = 0 THEN 'white'
            WHEN b.coverage_central = 0 THEN 'thin'
            ELSE coverage_state(b.coverage_central)
        END AS judged_state,
        judged_state IN ('white', 'thin', 'partial', 'covered') AS assessed
    FROM bound_cell AS b JOIN need AS n USING (theme_id, target_group_id, district_id)
    JOIN people_range AS p USING (target_group_id, district_id)
)
SELECT theme_id, field_id, severity, target_group_id, district_id, persons, members, quality, judged_state AS state, assessed,
    reached_high AS reached, false AS with_stand_in, true AS state_settled,
    CASE WHEN needed_high = 0 OR needed_central > 0 THEN needed_central END AS places_needed,
    coalesce(needed_central * saturation, 0) AS places_reaching, saturation,
    CASE WHEN saturation IS NOT NULL THEN least(1, saturation) END AS coverage,
    CASE WHEN assessed THEN met_central END AS places_met,
    CASE WHEN assessed THEN missing_central END AS gap_places,
    places_reaching - places_met AS surplus_places,
    -- assumptions are a convention: there is one figure
    members AS persons_least, members AS persons_most, places_needed AS places_needed_least, places_needed AS places_needed_most, coverage AS coverage_least,
    coverage AS coverage_most, places_met AS places_met_least, places_met AS places_met_most,
    gap_places AS gap_places_least, gap_places AS gap_places_most, places_reaching AS places_reaching_least,
    places_reaching AS places_reaching_most, surplus_places AS surplus_places_least, surplus_places AS surplus_places_most
FROM judged;
