-- Version 5: what a decision about overlapping offers rested on.

-- {"offers": [one object per offer: its facts that day, columns of offer_fact in overlap_facts.sql], "figures": {…}}.
-- NULL: the facts are unknown, and the decision holds until somebody takes it back.
ALTER TABLE overlap_case ADD COLUMN facts JSON;

SET VARIABLE actor = 'esdash';
SET VARIABLE reason = 'Grundlage früherer Beschlüsse nachgetragen';

-- Earlier decisions rested on what the log says that their offers were when they were last written down.
UPDATE overlap_case SET facts = filled.facts
FROM (
    WITH decided AS (
        SELECT overlap_case_id, unnest(initiative_ids) AS initiative_id,
            (SELECT max(change_id) FROM change_log AS l
             WHERE l.table_name = 'overlap_case' AND l.record_id = overlap_case_id) AS decided_at
        FROM overlap_case WHERE verdict IS NOT NULL
    ),
    offer AS (
        SELECT d.*, coalesce(
            (SELECT arg_max(l.after, l.change_id) FROM change_log AS l
             WHERE l.table_name = 'initiative' AND l.record_id = d.initiative_id AND l.change_id < d.decided_at),
            to_json(i)) AS o
        FROM decided AS d JOIN initiative AS i USING (initiative_id)
    ),
    placed AS (
        SELECT f.*, coalesce(
            (SELECT arg_max(l.after, l.change_id) FROM change_log AS l
             WHERE l.table_name = 'location' AND l.record_id = f.o ->> 'location_id' AND l.change_id < f.decided_at),
            (SELECT to_json(p) FROM location AS p WHERE p.location_id = f.o ->> 'location_id')) AS p
        FROM offer AS f
    )
    SELECT overlap_case_id, json_object('figures', json_object(), 'offers', to_json(list(struct_pack(
        initiative_id := initiative_id, name := o ->> 'name', organization_id := o ->> 'organization_id',
        partner_ids := list_sort(list_distinct(coalesce(CAST(o -> 'partner_ids' AS VARCHAR[]), []))),
        status := o ->> 'status',
        theme_ids := list_sort(list_distinct(CAST(o -> 'theme_ids' AS VARCHAR[]))),
        target_group_ids := list_sort(list_distinct(CAST(o -> 'target_group_ids' AS VARCHAR[]))),
        language_ids := list_sort(list_distinct(CAST(o -> 'language_ids' AS VARCHAR[]))),
        district_ids := list_sort(list_distinct(CAST(o -> 'district_ids' AS VARCHAR[]))),
        mode := o ->> 'mode', place := p ->> 'name',
        lat := round(CAST(p ->> 'lat' AS DOUBLE), 5), lon := round(CAST(p ->> 'lon' AS DOUBLE), 5),
        place_district_id := p ->> 'district_id',
        times := list_sort(list_distinct(coalesce(
            CAST(o -> 'times' AS STRUCT(weekday TINYINT, begins TIME, ends TIME)[]), []))),
        capacity := CAST(o ->> 'capacity' AS INTEGER), waiting := CAST(o ->> 'waiting' AS INTEGER)
    ) ORDER BY initiative_id))) AS facts
    FROM placed GROUP BY overlap_case_id
) AS filled
WHERE filled.overlap_case_id = overlap_case.overlap_case_id;

RESET VARIABLE actor;
RESET VARIABLE reason;
