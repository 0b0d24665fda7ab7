-- Decisions about overlapping offers, and whether the facts that they rest on still hold (METHODS M6).

-- One row per decision and offer: the facts of the offer at the time of the decision. The ids of merged records lead to
-- the kept ones; of two merged offers, the facts of the kept one count.
CREATE VIEW decided_fact AS
WITH offer AS (
    SELECT overlap_case_id AS decision_id, unnest(json_transform(facts -> 'offers', '[{
        "initiative_id": "VARCHAR", "name": "VARCHAR", "organization_id": "VARCHAR", "partner_ids": ["VARCHAR"],
        "status": "VARCHAR", "theme_ids": ["VARCHAR"], "target_group_ids": ["VARCHAR"], "language_ids": ["VARCHAR"],
        "district_ids": ["VARCHAR"], "mode": "VARCHAR", "place": "VARCHAR", "lat": "DOUBLE", "lon": "DOUBLE",
        "place_district_id": "VARCHAR", "times": [{"weekday": "TINYINT", "begins": "TIME", "ends": "TIME"}],
        "capacity": "INTEGER", "waiting": "INTEGER"}]'), max_depth := 2)
    FROM overlap_case WHERE verdict IS NOT NULL
),
organization_led AS (FROM record_led WHERE table_name = 'organization'),
led AS (
    SELECT o.*, coalesce(i.kept_id, o.initiative_id) AS kept_id
    FROM offer AS o LEFT JOIN record_led AS i ON i.table_name = 'initiative' AND i.old_id = o.initiative_id
)
SELECT o.* EXCLUDE kept_id REPLACE (
    o.kept_id AS initiative_id,
    coalesce(g.kept_id, o.organization_id) AS organization_id,
    list_sort(list_distinct([coalesce(element_at(m.kept, id)[1], id) FOR id IN o.partner_ids])) AS partner_ids)
FROM led AS o CROSS JOIN (SELECT map(list(old_id), list(kept_id)) AS kept FROM organization_led) AS m
LEFT JOIN organization_led AS g ON g.old_id = o.organization_id
QUALIFY row_number() OVER (
    PARTITION BY o.decision_id, o.kept_id ORDER BY o.kept_id <> o.initiative_id, o.initiative_id
) = 1;

-- One row per decision, offer and field that has changed since the decision: before and after as JSON.
-- Whether somebody waits counts, not how many; the name counts only for the verdicts duplicate and repeat.
CREATE VIEW overlap_changed AS
WITH compared AS (
    SELECT t.decision_id, t.initiative_id, n.name, unnest([
        {'field': 'name', 'before': to_json(t.name), 'after': to_json(n.name),
            'differs': d.verdict IN ('duplicate', 'repeat') AND t.name IS DISTINCT FROM n.name},
        {'field': 'status', 'before': to_json(t.status), 'after': to_json(n.status),
            'differs': t.status IS DISTINCT FROM n.status},
        {'field': 'organization_id', 'before': to_json(t.organization_id), 'after': to_json(n.organization_id),
            'differs': t.organization_id IS DISTINCT FROM n.organization_id},
        {'field': 'partner_ids', 'before': to_json(t.partner_ids), 'after': to_json(n.partner_ids),
            'differs': t.partner_ids IS DISTINCT FROM n.partner_ids},
        {'field': 'theme_ids', 'before': to_json(t.theme_ids), 'after': to_json(n.theme_ids),
            'differs': t.theme_ids IS DISTINCT FROM n.theme_ids},
        {'field': 'target_group_ids', 'before': to_json(t.target_group_ids), 'after': to_json(n.target_group_ids),
            'differs': t.target_group_ids IS DISTINCT FROM n.target_group_ids},
        {'field': 'language_ids', 'before': to_json(t.language_ids), 'after': to_json(n.language_ids),
            'differs': t.language_ids IS DISTINCT FROM n.language_ids},
        {'field': 'mode', 'before': to_json(t.mode), 'after': to_json(n.mode), 'differs': t.mode IS DISTINCT FROM n.mode},
        {'field': 'place', 'before': to_json({'name': t.place, 'lat': t.lat, 'lon': t.lon}),
            'after': to_json({'name': n.place, 'lat': n.lat, 'lon': n.lon}),
            'differs': {'a': t.lat, 'b': t.lon, 'c': t.place_district_id}
                IS DISTINCT FROM {'a': n.lat, 'b': n.lon, 'c': n.place_district_id}},
        {'field': 'district_ids', 'before': to_json(t.district_ids), 'after': to_json(n.district_ids),
            'differs': t.district_ids IS DISTINCT FROM n.district_ids},
        {'field': 'times', 'before': to_json(t.times), 'after': to_json(n.times),
            'differs': t.times IS DISTINCT FROM n.times},
        {'field': 'capacity', 'before': to_json(t.capacity), 'after': to_json(n.capacity),
            'differs': t.capacity IS DISTINCT FROM n.capacity},
        {'field': 'waiting', 'before': to_json(t.waiting), 'after': to_json(n.waiting),
            'differs': sign(t.waiting) IS DISTINCT FROM sign(n.waiting)}
    ], max_depth := 2)
    FROM decided_fact AS t JOIN overlap_case AS d ON d.overlap_case_id = t.decision_id
    JOIN offer_fact AS n ON n.initiative_id = t.initiative_id
)
SELECT decision_id, initiative_id, name, field, before, after
FROM compared WHERE differs
ORDER BY decision_id, initiative_id, field;

-- One row per decision, the newest first: it holds if none of its facts has changed.
CREATE VIEW overlap_decision AS
SELECT c.overlap_case_id AS decision_id, list_sort(list_distinct(c.initiative_ids)) AS initiative_ids,
    (SELECT list(i.name ORDER BY i.initiative_id) FROM initiative AS i WHERE list_contains(c.initiative_ids, i.initiative_id))
        AS initiative_names,
    c.verdict, c.reason, c.decided_on, c.decided_by, c.version, c.facts -> 'figures' AS figures,
    c.facts IS NOT NULL AS facts_known,
    NOT EXISTS (FROM overlap_changed AS x WHERE x.decision_id = c.overlap_case_id) AS holds
FROM overlap_case AS c WHERE c.verdict IS NOT NULL
ORDER BY c.decided_on DESC NULLS LAST, c.overlap_case_id;

-- One row per pair of offers (a_id < b_id) with a decision that holds: the newest one that contains both.
CREATE VIEW overlap_pair_decided AS
WITH member AS (
    SELECT decision_id, verdict, decided_on, len(initiative_ids) AS offers, unnest(initiative_ids) AS initiative_id
    FROM overlap_decision WHERE holds
)
SELECT a.initiative_id AS a_id, b.initiative_id AS b_id,
    arg_max(a.verdict, (coalesce(a.decided_on, DATE '0001-01-01'), a.offers, a.decision_id)) AS verdict,
    arg_max(a.decision_id, (coalesce(a.decided_on, DATE '0001-01-01'), a.offers, a.decision_id)) AS decision_id
FROM member AS a JOIN member AS b USING (decision_id)
WHERE a.initiative_id < b.initiative_id
GROUP BY a.initiative_id, b.initiative_id;

-- One row per decision, new decision about the same case, or withdrawal, the newest first.
CREATE VIEW overlap_decision_log AS
SELECT change_id, changed_at, actor, record_id AS decision_id, before ->> 'verdict' AS before, after ->> 'verdict' AS after,
    CASE WHEN after IS NULL THEN reason ELSE after ->> 'reason' END AS reason,
    (SELECT list(i.name ORDER BY i.initiative_id) FROM initiative AS i
     WHERE list_contains(CAST(coalesce(l.after, l.before) -> 'initiative_ids' AS VARCHAR[]), i.initiative_id))
        AS initiative_names
FROM change_log AS l
WHERE table_name = 'overlap_case' AND (
    l.before IS NULL OR l.after IS NULL
    OR {'a': l.before ->> 'verdict', 'b': l.before ->> 'reason', 'c': l.before ->> 'decided_by', 'd': l.before ->> 'decided_on'}
        <> {'a': l.after ->> 'verdict', 'b': l.after ->> 'reason', 'c': l.after ->> 'decided_by', 'd': l.after ->> 'decided_on'}
)
ORDER BY change_id DESC;
