-- The conditions of a query (inventory/file/conditions.py sets the variables): without them nothing is left out, and
-- nothing is supposed.

-- Whether one of these weekly times is at a wanted time of day; NULL if the times are unknown.
CREATE MACRO fits_times(times) AS
CASE
    WHEN getvariable('wanted_times') IS NULL THEN true
    WHEN coalesce(len(times), 0) = 0 THEN NULL
    ELSE len(list_filter(times, lambda slot: CASE WHEN slot.weekday >= 6 THEN
            list_contains(CAST(getvariable('wanted_times') AS VARCHAR[]), 'weekend')
        ELSE list_contains(CAST(getvariable('wanted_times') AS VARCHAR[]),
            CASE WHEN slot.begins >= evening_from() THEN 'evening' ELSE 'daytime' END) END)) > 0
END;

-- Whether one of these languages is wanted; NULL if the languages are unknown.
CREATE MACRO fits_languages(language_ids) AS
CASE
    WHEN getvariable('wanted_languages') IS NULL THEN true
    WHEN coalesce(len(language_ids), 0) = 0 THEN NULL
    ELSE list_has_any(language_ids, CAST(getvariable('wanted_languages') AS VARCHAR[]))
END;

-- Whether people with a wheelchair or a pram get in, if that is wanted; an offer without a place has no barriers.
CREATE MACRO fits_barrier_free(mode, barrier_free) AS
CASE
    WHEN getvariable('wanted_barrier_free') IS NULL OR mode IN ('online', 'mobile') THEN true
    ELSE barrier_free
END;

-- One row per theme × target group with a supposed planning value.
CREATE VIEW supposed_planning AS
SELECT unnest(CAST(getvariable('supposed_planning') AS
    STRUCT(theme_id VARCHAR, target_group_id VARCHAR, places_per_100 DOUBLE)[]), max_depth := 2);

-- One row per supposed growth: target group, district, additional people.
CREATE VIEW supposed_growth AS
SELECT unnest(CAST(getvariable('supposed_growth') AS
    STRUCT(target_group_id VARCHAR, district_id VARCHAR, persons DOUBLE)[]), max_depth := 2);

-- One row per supposed offer, with the columns of supply_offer.
CREATE VIEW supposed_offer AS
SELECT 'supposed|' || number AS initiative_id, CAST(NULL AS VARCHAR) AS organization_id, offer.name, offer.theme_ids,
    offer.target_group_ids, offer.mode, offer.district_id AS home_district_id, offer.district_ids, offer.language_ids,
    offer.times, offer.barrier_free, offer.capacity
FROM (
    SELECT unnest(offers) AS offer, unnest(range(1, len(offers) + 1)) AS number
    FROM (SELECT CAST(getvariable('supposed_offers') AS STRUCT(
        name VARCHAR, capacity DOUBLE, theme_ids VARCHAR[], target_group_ids VARCHAR[], mode VARCHAR,
        district_id VARCHAR, district_ids VARCHAR[], language_ids VARCHAR[],
        times STRUCT(weekday TINYINT, begins TIME, ends TIME)[], barrier_free BOOLEAN)[]) AS offers)
);
