-- The city's answers to the entries of frozen versions, and its silence (METHODS M17).

-- One row per entry of a version: its last answer, or how long it has been waiting for one [days].
-- answered · kept (the version was not handed over) · ended (what it is about has left the list: done, dropped)
-- · moved (a later version that was handed over has it too, and asks: `asked_again`)
-- · overdue (asked for by a day that has passed) · open
CREATE VIEW entry_state AS
WITH asked AS (
    SELECT priority_item_id, max(number) AS last_number
    FROM list_entry JOIN list_version USING (list_version_id) WHERE handed_over_on IS NOT NULL GROUP BY priority_item_id
),
judged AS (
    SELECT e.list_entry_id, e.list_version_id, v.number, e.priority_item_id, e.sort, e.rank, e.title,
        v.frozen_on, v.handed_over_on, v.answer_due_on, v.reminded_on, v.recipient,
        a.answer_id, a.verdict, a.reason, a.responsible_office, a.office_reference, a.next_on, a.cost_committed_eur,
        a.answered_on, a.received_via, a.letter, i.ended_as, asked.last_number AS asked_again, today,
        CASE
            WHEN a.answer_id IS NOT NULL THEN 'answered'
            WHEN v.handed_over_on IS NULL THEN 'kept'
            WHEN i.ended_on IS NOT NULL THEN 'ended'
            WHEN asked.last_number > v.number THEN 'moved'
            WHEN v.answer_due_on < today THEN 'overdue'
            ELSE 'open'
        END AS state
    FROM list_entry AS e JOIN list_version AS v USING (list_version_id) CROSS JOIN clock
    LEFT JOIN entry_answer AS a USING (list_entry_id)
    LEFT JOIN priority_item AS i ON i.priority_item_id = e.priority_item_id
    LEFT JOIN asked ON asked.priority_item_id = e.priority_item_id
)
SELECT * EXCLUDE (today),
    CASE WHEN state IN ('open', 'overdue') THEN date_diff('day', handed_over_on, today) END AS days_waiting,
    CASE WHEN state = 'overdue' THEN date_diff('day', answer_due_on, today) END AS days_overdue
FROM judged
ORDER BY number, sort, list_entry_id;

-- One row per item that the city is silent about: its entry in the last version that was handed over with it.
CREATE VIEW silent_entry AS
FROM entry_state WHERE state IN ('open', 'overdue')
ORDER BY days_overdue DESC NULLS LAST, days_waiting DESC, number, sort, list_entry_id;

-- One row per answer, also those that a later one superseded, the newest first; `current`: it is the one that counts.
CREATE VIEW answer_listed AS
SELECT a.* EXCLUDE (version), e.list_version_id, e.priority_item_id, e.title, e.sort, v.number, v.handed_over_on,
    a.answer_id IN (SELECT answer_id FROM entry_answer) AS current
FROM answer AS a JOIN list_entry AS e USING (list_entry_id) JOIN list_version AS v USING (list_version_id)
ORDER BY a.answered_on DESC, a.letter, v.number DESC, e.sort, a.answer_id;

-- One row: median days from the hand-over to the first answer to an entry, over how many entries; how many wait.
CREATE VIEW answer_pace AS
WITH first AS (
    SELECT list_entry_id, min(answered_on) AS answered_on FROM answer GROUP BY list_entry_id
),
pace AS (
    SELECT greatest(date_diff('day', handed_over_on, first.answered_on), 0) AS days
    FROM entry_state JOIN first USING (list_entry_id) WHERE handed_over_on IS NOT NULL
)
SELECT (SELECT median(days) FROM pace) AS median_days, (SELECT count(*) FROM pace) AS answered,
    (SELECT count(*) FROM silent_entry) AS waiting;

-- One row per frozen version, the newest first, without its content; adopted_on: the day of the decision, else of the
-- meeting; NULL: frozen without one.
CREATE VIEW version_listed AS
SELECT v.* EXCLUDE (content), coalesce(d.decided_on, m.held_on) AS adopted_on,
    (SELECT count(*) FROM list_entry AS e WHERE e.list_version_id = v.list_version_id) AS entries
FROM list_version AS v LEFT JOIN decision AS d USING (decision_id)
LEFT JOIN meeting AS m ON m.meeting_id = coalesce(v.meeting_id, d.meeting_id)
ORDER BY v.number DESC;
