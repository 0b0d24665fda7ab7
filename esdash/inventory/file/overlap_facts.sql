-- One row per initiative: the facts that a verdict about it rests on (METHODS M6), as of now. Lists are sorted, and
-- an unknown list of partners or times counts as an empty one, so that an edit that only writes the same differently
-- changes no fact. The place is given by its coordinates [degrees, rounded to a metre] and its district.
CREATE VIEW offer_fact AS
SELECT i.initiative_id, i.name, i.organization_id,
    list_sort(list_distinct(coalesce(i.partner_ids, []))) AS partner_ids,
    CASE WHEN i.status = 'active' AND i.ended_on < today THEN 'ended' ELSE i.status END AS status,
    list_sort(list_distinct(i.theme_ids)) AS theme_ids, list_sort(list_distinct(i.target_group_ids)) AS target_group_ids,
    list_sort(list_distinct(i.language_ids)) AS language_ids, list_sort(list_distinct(i.district_ids)) AS district_ids,
    i.mode, l.name AS place, round(l.lat, 5) AS lat, round(l.lon, 5) AS lon, l.district_id AS place_district_id,
    list_sort(list_distinct(coalesce(i.times, []))) AS times, i.capacity, i.waiting
FROM initiative AS i CROSS JOIN clock LEFT JOIN location AS l USING (location_id)
ORDER BY i.initiative_id;
