-- What a coming meeting has to deal with; agenda.py chooses by the day of the meeting and says why.

-- One row per meeting: the last one of the same group that was held before it (unknown: it is the first).
CREATE VIEW meeting_before AS
SELECT m.meeting_id, m.body_id, m.held_on, b.meeting_id AS before_id, b.held_on AS before_on, b.name AS before_name,
    b.number AS before_number, b.meeting_state AS before_state, b.minutes_approved_in_id AS before_approved_in
FROM meeting AS m
LEFT JOIN meeting AS b ON b.body_id = m.body_id AND b.held_on < m.held_on AND b.meeting_id <> m.meeting_id
    AND NOT b.cancelled AND b.meeting_state IN ('held', 'closed')
QUALIFY row_number() OVER (PARTITION BY m.meeting_id ORDER BY b.held_on DESC, b.number DESC) = 1
ORDER BY m.meeting_id;

-- One row per measure that is open or of whose end no meeting took note.
CREATE VIEW measure_to_report AS
SELECT measure_id, number, title, state, due_on, lead_organization_id, waiting_for, finished_on, closing_note,
    state IN ('done', 'dropped') AS ended
FROM measure
WHERE state NOT IN ('done', 'dropped') OR noted_in_meeting_id IS NULL
ORDER BY due_on NULLS LAST, number, measure_id;

-- One row per open promise that has a day and is not followed as a measure, which would be on the agenda itself.
CREATE VIEW commitment_to_report AS
SELECT commitment_id, organization_id, text, due_on
FROM commitment_listed WHERE state = 'open' AND NOT followed AND due_on IS NOT NULL
ORDER BY due_on, commitment_id;

-- One row per handed-over version with entries that wait: how many, how many beyond the day asked for, the longest [days].
CREATE VIEW version_silence AS
SELECT list_version_id, number, min(handed_over_on) AS handed_over_on, count(*) AS waiting,
    count(*) FILTER (state = 'overdue') AS overdue, max(days_waiting) AS days_waiting
FROM silent_entry
GROUP BY ALL
ORDER BY number;

-- One row per answer that counts: its version, day and verdict.
CREATE VIEW answer_come AS
SELECT list_version_id, number, answered_on, verdict, title,
    EXISTS (  -- a meeting on that day or later has spoken about the answers to this version
        FROM agenda_item AS a JOIN meeting AS m USING (meeting_id)
        WHERE a.kind = 'answer' AND a.subject = list_version_id AND a.state IN ('discussed', 'decided')
            AND m.meeting_state = 'closed' AND m.held_on >= answered_on
    ) AS told
FROM answer_listed WHERE current
ORDER BY number, answered_on, title COLLATE de;

-- One row per item on the list that nobody put aside, or that a meeting deferred: since when, when people changed it last, and its last decision.
CREATE VIEW item_to_decide AS
WITH changed AS (
    SELECT record_id, CAST(max(changed_at) AS DATE) AS changed_on
    FROM change_log WHERE table_name = 'priority_item' AND before IS NOT NULL
        AND before ->> 'listed_on' IS NOT NULL AND means IN ('form', 'restore')
    GROUP BY record_id
)
SELECT i.priority_item_id, i.listed_on, c.changed_on, i.result, i.decided_on, i.deferred_until
FROM listed_item AS i LEFT JOIN changed AS c ON c.record_id = i.priority_item_id
WHERE i.ended_on IS NULL AND (NOT i.put_aside OR i.result = 'deferred')
ORDER BY i.priority_item_id;

-- One row per point that was left over and stands on no later agenda: of a cancelled meeting, or carried and then removed.
CREATE VIEW point_left AS
SELECT a.* FROM agenda_item AS a JOIN meeting AS m USING (meeting_id)
WHERE ((m.cancelled AND a.state IN ('pending', 'discussed')) OR a.state = 'carried')
    AND a.kind NOT IN ('opening', 'block')
    AND NOT EXISTS (
        FROM agenda_item AS later JOIN meeting AS lm ON lm.meeting_id = later.meeting_id
        WHERE NOT lm.cancelled AND (later.carried_from_id = a.agenda_item_id
            OR (later.subject = a.subject AND later.subject_table = a.subject_table AND lm.held_on > m.held_on))
    )
ORDER BY a.agenda_item_id;

-- One row: the number of the last frozen version (0: none), and whether people changed or decided items since.
CREATE VIEW list_to_adopt AS
WITH frozen AS (
    SELECT coalesce(max(number), 0) AS last, coalesce(max(frozen_on), DATE '1900-01-01') AS frozen_on,
        coalesce(max(last_change), 0) AS last_change
    FROM list_version
)
SELECT last, (
    SELECT count(*) > 0 FROM change_log
    WHERE table_name IN ('priority_item', 'decision')
        AND (change_id > last_change AND CAST(changed_at AS DATE) >= frozen_on OR CAST(changed_at AS DATE) > frozen_on)
) AS changed
FROM frozen;
