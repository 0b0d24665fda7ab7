-- Views that several questions share: leaf themes, offers that run today, freshness, names.

-- One row per theme on the lowest level, with its field of action.
CREATE VIEW leaf_theme AS
SELECT theme_id, coalesce(parent_id, theme_id) AS field_id, severity
FROM theme
WHERE theme_id NOT IN (SELECT parent_id FROM theme WHERE parent_id IS NOT NULL);

-- One row per initiative that runs today: marked active and not past its end. home_district_id: where it is; for an offer
-- whose place is unknown see assumed_place.
CREATE VIEW active_offer AS
SELECT initiative.*, located.district_id AS home_district_id, located.barrier_free
FROM initiative CROSS JOIN clock LEFT JOIN located USING (location_id)
WHERE initiative.status = 'active' AND (ended_on IS NULL OR ended_on >= today);

-- How fresh a record is (METHODS M9): fresh, check (times and contact), stale (everything), never (confirmed).
CREATE MACRO freshness(assured, today) AS
CASE
    WHEN assured IS NULL THEN 'never'
    WHEN today - assured <= contact_stale_after() THEN 'fresh'
    WHEN today - assured <= description_stale_after() THEN 'check'
    ELSE 'stale'
END;

-- Kilometres between two points on the earth (haversine, mean radius 6371 km).
CREATE MACRO kilometres(lat_a, lon_a, lat_b, lon_b) AS
2 * 6371 * asin(sqrt(
    sin(radians(lat_b - lat_a) / 2) ** 2
    + cos(radians(lat_a)) * cos(radians(lat_b)) * sin(radians(lon_b - lon_a) / 2) ** 2
));

-- METHODS M3: white, thin, partial, covered. The tolerance makes up for rounding in the last binary digit.
CREATE MACRO coverage_state(coverage) AS
CASE
    WHEN coverage = 0 THEN 'white'
    WHEN coverage < thin_below() THEN 'thin'
    WHEN coverage < 1 - 1e-9 THEN 'partial'
    ELSE 'covered'
END;

-- METHODS M3: what a cell of a matrix is, of which something was assessed. white: no offer reaches anybody, and enough
-- places are needed; small: fewer are needed. A single theme × target group × district is thin, partial or covered; a
-- sum of several has a quarter, by the percentage that is shown. An offer that may reach it, and of which nothing is
-- assumed to arrive there, makes it thin.
CREATE MACRO matrix_state(places_needed, places_met, reached, single) AS
CASE
    WHEN NOT reached AND places_needed >= least_gap_places() THEN 'white'
    WHEN NOT reached THEN 'small'
    WHEN single AND places_met = 0 THEN 'thin'
    WHEN single THEN coverage_state(places_met / places_needed)
    ELSE 'quarter_' || CAST(least(4, 1 + floor(round(round(100 * places_met / places_needed, 9)) / 25)) AS INTEGER)
END;
