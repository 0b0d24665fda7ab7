-- Where something is: the district of a place, also by its coordinates, and the place that is assumed for an offer
-- without one.

-- One row per edge of a district's shape, also of its holes: from corner a to corner b [degrees].
CREATE VIEW district_edge AS
WITH ring AS (
    SELECT district_id, unnest(flatten(CASE geometry ->> 'type'
        WHEN 'Polygon' THEN [TRY_CAST(geometry -> 'coordinates' AS DOUBLE[][][])]
        WHEN 'MultiPolygon' THEN TRY_CAST(geometry -> 'coordinates' AS DOUBLE[][][][])
    END)) AS corners
    FROM district
),
edge AS (
    SELECT district_id, unnest(corners) AS a, unnest(list_append(corners[2:], corners[1])) AS b FROM ring
)
SELECT district_id, a[1] AS lon_a, a[2] AS lat_a, b[1] AS lon_b, b[2] AS lat_b FROM edge;

-- The district whose shape contains a point: a ray from there to the east crosses its border an odd number of times
-- (even-odd rule). NULL outside of all shapes, and where the city has none.
CREATE MACRO district_at(at_lat, at_lon) AS (
    SELECT min(district_id) FROM (
        SELECT district_id FROM district_edge
        WHERE (lat_a > at_lat) <> (lat_b > at_lat)
            AND at_lon < lon_a + (lon_b - lon_a) * (at_lat - lat_a) / (lat_b - lat_a)
        GROUP BY district_id HAVING count(*) % 2 = 1
    )
);

-- One row per point of two lists of degrees, in their order: its district.
CREATE MACRO districts_at(lats, lons) AS TABLE
SELECT number, district_at(lat, lon) AS district_id
FROM (SELECT unnest(lats) AS lat, unnest(lons) AS lon, unnest(range(len(lats))) AS number)
ORDER BY number;

-- One row per location, as in its table, with its district: the entered one, otherwise the one that its coordinates lie in.
CREATE MATERIALIZED VIEW located AS
SELECT * REPLACE (coalesce(
    district_id, district_at(CASE WHEN district_id IS NULL THEN lat END, CASE WHEN district_id IS NULL THEN lon END)
) AS district_id)
FROM location;

-- One row per offer of which no place is known though people have to go there: the district of the seat of its
-- organisation, which is an assumption and is named where it is used. Not for an offer that does not serve that district,
-- nor where the seat is unknown. serves: the districts that it serves, where they are known; it may then also come to people.
CREATE VIEW assumed_place AS
SELECT i.initiative_id, i.organization_id, o.district_id, i.district_ids AS serves
FROM initiative AS i JOIN organization AS o USING (organization_id) LEFT JOIN located AS l USING (location_id)
WHERE coalesce(i.mode, 'on_site') = 'on_site' AND l.district_id IS NULL AND o.district_id IS NOT NULL
    AND (i.district_ids IS NULL OR list_contains(i.district_ids, o.district_id));
