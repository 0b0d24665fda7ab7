-- One row per decision by which a meeting adopted the list and that no version names yet, the newest first.
CREATE VIEW list_adoption AS
SELECT d.decision_id, d.meeting_id, d.number, d.result, d.decided_on, m.name AS meeting
FROM decision AS d
JOIN agenda_item AS a ON a.agenda_item_id = d.agenda_item_id
LEFT JOIN meeting AS m ON m.meeting_id = d.meeting_id
WHERE a.kind = 'list' AND d.result IN ('adopted', 'adopted_changed')
    AND d.decision_id NOT IN (SELECT supersedes_id FROM decision WHERE supersedes_id IS NOT NULL)
    AND d.decision_id NOT IN (SELECT decision_id FROM list_version WHERE decision_id IS NOT NULL)
ORDER BY d.decided_on DESC, d.number DESC;
