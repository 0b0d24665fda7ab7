-- What the draws of probable.py start from (METHODS M11).

-- One row per theme × target group × district: coverage by the offers of which nothing is unknown.
CREATE VIEW probable_known AS
SELECT s.theme_id, s.target_group_id, u.district_id, sum(k.capacity * u.central) AS coverage
FROM (
    SELECT kind_id, sum(capacity_central) AS capacity FROM bound_offer
    WHERE initiative_id NOT IN (SELECT initiative_id FROM bound_unknown) GROUP BY ALL
) AS k
JOIN bound_serves AS s USING (kind_id) JOIN bound_unit AS u USING (kind_id, apart)
GROUP BY ALL;

-- One row per offer × field of action: what is known of it (NULL: unknown), for drawing the unknown of others like it.
-- way: 'everywhere' or the district of its place; fits: whether it meets the conditions, also of those that do not.
CREATE VIEW probable_like AS
SELECT DISTINCT l.field_id, o.initiative_id, o.capacity,
    CASE WHEN len(o.target_group_ids) > 0 THEN list_sort(list_distinct(o.target_group_ids)) END AS group_ids,
    CASE WHEN o.mode IN ('online', 'mobile') THEN 'everywhere' WHEN o.mode = 'on_site' THEN o.home_district_id END AS way,
    o.reachable AS fits
FROM (SELECT *, unnest(theme_ids) AS named FROM supply_offer) AS o
JOIN leaf_theme AS l ON o.named IN (l.theme_id, l.field_id);

-- One row per offer of which something is unknown, in the order of the draws. ways: all that are possible.
CREATE VIEW probable_unknown AS
SELECT o.initiative_id, o.theme_ids, o.group_ids, o.served_ids,
    CASE WHEN NOT o.capacity_unknown THEN o.capacity_high END AS capacity,
    o.capacity_low, o.capacity_central, o.capacity_high,
    o.times_unknown OR o.languages_unknown OR o.barrier_free_unknown AS fit_unknown, w.ways
FROM bound_offer AS o
JOIN (SELECT kind_id, list(way ORDER BY way) AS ways FROM bound_way GROUP BY ALL) AS w USING (kind_id)
WHERE initiative_id IN (SELECT initiative_id FROM bound_unknown)
ORDER BY initiative_id;
