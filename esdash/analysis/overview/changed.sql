-- What changed since a day, from the change log: no state of that day is rebuilt.

-- Whether a record of a kind counts as there, from its status: an offer while it runs, a date unless it was called off,
-- any other record while it must be kept up to date.
CREATE MACRO is_there(of_table, status, ended_on, day) AS
CASE of_table
    WHEN 'initiative' THEN status = 'active' AND coalesce(ended_on >= day, true)
    WHEN 'session' THEN status IN ('planned', 'confirmed', 'held')
    ELSE status IN ('planned', 'active', 'paused')
END;

-- One row per record that differs from the end of that day, by kind and name. way: new (there now, not then), ended (there
-- then, not now), changed (fields: which, the confirmation left out), confirmed (nothing else), aside (there on neither day:
-- planned, resting or over). changed_on: the last change; NULL where only time has passed.
CREATE MACRO record_changes(wanted) AS TABLE
WITH touched AS (
    SELECT table_name, record_id, CAST(max(changed_at) AS DATE) AS changed_on,
        arg_min(struct_pack(state := before), change_id).state AS before,
        arg_max(struct_pack(state := after), change_id).state AS after
    FROM change_log
    WHERE CAST(changed_at AS DATE) > wanted
        AND table_name IN ('initiative', 'course', 'session', 'contact_point', 'organization', 'contact', 'location')
    GROUP BY ALL
),
present AS (
    SELECT r.table_name, r.record_id, r.name, r.organization_id, r.status, i.ended_on, s.starts_on
    FROM any_record AS r
    LEFT JOIN initiative AS i ON r.table_name = 'initiative' AND i.initiative_id = r.record_id
    LEFT JOIN session AS s ON r.table_name = 'session' AND s.session_id = r.record_id
),
pair AS (
    SELECT table_name, record_id, t.before, t.after, t.changed_on, p.starts_on, 
        t.record_id IS NOT NULL AS is_touched, p.record_id IS NOT NULL AS here_still,
        coalesce(p.name, t.before ->> CASE table_name WHEN 'contact' THEN 'role' ELSE 'name' END) AS name,
        coalesce(p.organization_id, t.before ->> 'organization_id') AS organization_id,
        coalesce(is_there(table_name, p.status, p.ended_on, today), false) AS here,
        CASE WHEN is_touched
            THEN coalesce(is_there(table_name, t.before ->> 'status', TRY_CAST(t.before ->> 'ended_on' AS DATE), wanted), false)
            ELSE coalesce(is_there(table_name, p.status, p.ended_on, wanted), false) END AS was_here
    FROM present AS p FULL JOIN touched AS t USING (table_name, record_id) CROSS JOIN clock
),
judged AS (
    SELECT * EXCLUDE (before, after),
        CASE WHEN before IS NULL OR after IS NULL THEN [] ELSE list_sort(list_filter(json_keys(after), lambda field:
            field NOT IN ('version', 'phone_e164', 'assured_on', 'assured_by', 'hours_assured_on')
            AND json_extract_string(before, '$."' || field || '"') IS DISTINCT FROM json_extract_string(after, '$."' || field || '"')
        )) END AS fields,
        (before IS NULL AND here_still) OR (before ->> 'assured_on') IS DISTINCT FROM (after ->> 'assured_on') AS is_seen
    FROM pair
)
SELECT j.table_name, j.record_id, j.name, j.starts_on, o.name AS organization, j.changed_on, j.fields,
    CASE
        WHEN here AND NOT was_here THEN 'new'
        WHEN was_here AND NOT here THEN 'ended'
        WHEN NOT here THEN 'aside'
        WHEN len(fields) > 0 THEN 'changed'
        ELSE 'confirmed'
    END AS way
FROM judged AS j LEFT JOIN organization AS o USING (organization_id)
WHERE here <> was_here OR is_touched AND (len(fields) > 0 OR is_seen AND here_still)
ORDER BY j.table_name, j.name COLLATE de, j.starts_on, j.record_id;
