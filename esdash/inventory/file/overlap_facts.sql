-- One row per initiative: what a verdict about it and others rests on (METHODS M6), as it is now. Lists are sorted, and
-- where only an entry can say something (partners, times), an unknown list is an empty one: an edit that says the same
-- in another way changes nothing. The place stands here by its coordinates [degrees, to a metre] and its district.
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
