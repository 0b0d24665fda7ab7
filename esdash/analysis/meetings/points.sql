-- The points of agendas and all decisions, with what follows from them.

-- One row per point of an agenda in its order, with the decision that counts and the measure that follows from it.
-- withheld: it is about a promise that was broken, which minutes and files do not name.
CREATE VIEW agenda_point AS
SELECT a.*, coalesce(c.state = 'broken', false) AS withheld, d.decision_id, d.number AS decision_number, d.result, d.resolution_text, d.reason, d.recorded, d.yes, d.no,
    d.abstain, d.recused, d.seats, d.majority, d.carried AS majority_met, d.deferred_until, d.referred_to,
    d.decided_on, d.supersedes_id, x.measure_id, x.number AS measure_number, x.lead_organization_id, x.due_on
FROM agenda_item AS a
LEFT JOIN decision AS d ON d.agenda_item_id = a.agenda_item_id
    AND d.decision_id NOT IN (SELECT supersedes_id FROM decision WHERE supersedes_id IS NOT NULL)
LEFT JOIN measure AS x ON x.decision_id = d.decision_id
LEFT JOIN commitment AS c ON a.subject_table = 'commitment' AND c.commitment_id = a.subject
QUALIFY row_number() OVER (PARTITION BY a.agenda_item_id ORDER BY x.number NULLS LAST) = 1
ORDER BY a.meeting_id, a.sort, a.agenda_item_id;

-- One row per decision, the newest number first, with its meeting and the measure that follows from it.
CREATE VIEW decision_listed AS
SELECT d.* EXCLUDE (version), m.number AS meeting_number, m.name AS meeting_name, a.name AS point, a.number AS point_number,
    coalesce(c.state = 'broken', false) AS withheld,
    later.number AS superseded_by, x.number AS measure_number, x.title AS measure_title, x.state AS measure_state,
    x.lead_organization_id, x.due_on
FROM decision AS d
LEFT JOIN meeting AS m ON m.meeting_id = d.meeting_id
LEFT JOIN agenda_item AS a ON a.agenda_item_id = d.agenda_item_id
LEFT JOIN decision AS later ON later.supersedes_id = d.decision_id
LEFT JOIN measure AS x ON x.decision_id = d.decision_id
LEFT JOIN commitment AS c ON d.subject_table = 'commitment' AND c.commitment_id = d.subject
QUALIFY row_number() OVER (PARTITION BY d.decision_id ORDER BY x.number NULLS LAST) = 1
ORDER BY split_part(d.number, '/', 1) DESC, TRY_CAST(split_part(d.number, '/', 2) AS INTEGER) DESC, d.decision_id;

-- One row per meeting, the latest first, with the group that meets.
CREATE VIEW meeting_listed AS
SELECT m.*, b.name AS body_name, b.short_name, b.quorum, b.majority AS body_majority, b.seat_organization_ids,
    l.name AS place
FROM meeting AS m LEFT JOIN body AS b USING (body_id) LEFT JOIN location AS l USING (location_id)
ORDER BY m.held_on DESC, m.begins DESC NULLS LAST, m.meeting_id;

-- One row: what happened to the list since the end of that day. Items as ids, decisions and answers as numbers.
CREATE MACRO list_since(wanted) AS TABLE
SELECT
    (SELECT coalesce(list(priority_item_id ORDER BY priority_item_id), []) FROM listed_item
        WHERE listed_on > wanted AND ended_on IS NULL) AS added,
    (SELECT coalesce(list(priority_item_id ORDER BY priority_item_id), []) FROM item_to_decide
        WHERE changed_on > wanted AND listed_on <= wanted) AS changed,
    (SELECT coalesce(list(priority_item_id ORDER BY priority_item_id), []) FROM listed_item WHERE ended_on > wanted) AS ended,
    (SELECT count(*) FROM decision WHERE decided_on > wanted) AS decided,
    (SELECT count(*) FROM entry_answer WHERE answered_on > wanted) AS answered,
    (SELECT count(*) FROM measure WHERE finished_on > wanted AND state = 'done') AS done,
    (SELECT count(*) FROM measure WHERE starts_on > wanted) AS started,
    (SELECT count(*) FROM commitment_listed WHERE given_on > wanted) AS promised,
    (SELECT count(*) FROM commitment_listed WHERE state = 'kept' AND checked_on > wanted) AS kept;
