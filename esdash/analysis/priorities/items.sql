-- The items of the priority list: what people took onto it or wrote by hand, whether they are still on it or have ended.

-- One row per item and organisation that it names: lead, partners, those in its evidence, and the carriers of the offers or
-- trainings of its finding. Who has a seat there asks in its own matter.
CREATE VIEW item_organization AS
WITH named AS (
    SELECT priority_item_id, lead_organization_id AS organization_id FROM priority_item
    UNION ALL SELECT priority_item_id, unnest(partner_ids) FROM priority_item
    UNION ALL SELECT priority_item_id, unnest(CAST(evidence -> 'organization_ids' AS VARCHAR[])) FROM priority_item
    UNION ALL
    SELECT p.priority_item_id, unnest([i.organization_id] || coalesce(i.partner_ids, []))
    FROM priority_item AS p
    JOIN overlap_case_found AS c ON p.finding_id = 'overlap|' || c.case_id
    JOIN initiative AS i ON list_contains(c.initiative_ids, i.initiative_id)
    UNION ALL
    SELECT p.priority_item_id, c.organization_id
    FROM priority_item AS p
    JOIN session AS s ON s.session_id IN (split_part(p.finding_id, '|', 2), split_part(p.finding_id, '|', 3))
    JOIN course AS c USING (course_id)
    WHERE p.origin = 'bundling'
)
SELECT DISTINCT n.priority_item_id, coalesce(a.kept_id, n.organization_id) AS organization_id
FROM named AS n LEFT JOIN record_alias AS a ON a.table_name = 'organization' AND a.old_id = n.organization_id
WHERE n.organization_id IS NOT NULL
ORDER BY ALL;

-- One row per item that is on the list (ended_on is unknown) or has ended: what people wrote about it, the names its title is
-- worked out from, PEARL (one "no" puts it aside), the organisations that it names, and the last decision of a meeting.
CREATE VIEW listed_item AS
WITH item AS (
    SELECT * REPLACE (
        coalesce(theme_ids, CASE origin WHEN 'gap' THEN [split_part(finding_id, '|', 2)] END) AS theme_ids,
        coalesce(district_ids, CASE origin WHEN 'gap' THEN [split_part(finding_id, '|', 3)] END) AS district_ids
    )
    FROM priority_item WHERE listed_on IS NOT NULL
),
named AS (
    SELECT priority_item_id, list(organization_id ORDER BY organization_id) AS organization_ids
    FROM item_organization GROUP BY priority_item_id
),
-- Names beside the item, because a list of names of one theme holds all of them.
worded AS (
    SELECT i.priority_item_id, t.name_de AS theme_de, t.name_en AS theme_en, d.name AS district, idea.text AS idea,
        c.name AS course, s.starts_on, kc.name AS kept_course, k.starts_on AS kept_starts_on
    FROM item AS i
    LEFT JOIN theme AS t ON t.theme_id = i.theme_ids[1]
    LEFT JOIN district AS d ON d.district_id = i.district_ids[1]
    LEFT JOIN idea ON i.origin = 'idea' AND idea.idea_id = split_part(i.finding_id, '|', 2)
    LEFT JOIN session AS s ON i.origin = 'bundling' AND s.session_id = split_part(i.finding_id, '|', 2)
    LEFT JOIN course AS c ON c.course_id = s.course_id
    LEFT JOIN session AS k ON i.origin = 'bundling' AND k.session_id = split_part(i.finding_id, '|', 3)
    LEFT JOIN course AS kc ON kc.course_id = k.course_id
)
SELECT i.*, w.* EXCLUDE (priority_item_id),
    CASE WHEN false IN (i.proper, i.economic, i.acceptable, i.resourced, i.legal) THEN true ELSE false END AS put_aside,
    coalesce(n.organization_ids, []) AS organization_ids,
    v.* EXCLUDE (priority_item_id)
FROM item AS i
JOIN worded AS w USING (priority_item_id)
LEFT JOIN named AS n USING (priority_item_id)
LEFT JOIN item_decision AS v USING (priority_item_id)
ORDER BY i.priority_item_id;
