-- One row per item of the list that a meeting decided about: the last decision that no later one replaced.
CREATE VIEW item_decision AS
SELECT subject AS priority_item_id, decision_id, number, result, decided_on, deferred_until, referred_to, meeting_id
FROM decision
WHERE subject_table = 'priority_item'
    AND decision_id NOT IN (SELECT supersedes_id FROM decision WHERE supersedes_id IS NOT NULL)
QUALIFY row_number() OVER (PARTITION BY subject ORDER BY decided_on DESC, number DESC) = 1
ORDER BY priority_item_id;

-- One row per entry of a version that the city answered: the last answer. An entry without a row is unanswered.
CREATE VIEW entry_answer AS
SELECT * FROM answer
QUALIFY row_number() OVER (PARTITION BY list_entry_id ORDER BY answered_on DESC, answer_id NOT IN
    (SELECT supersedes_id FROM answer WHERE supersedes_id IS NOT NULL) DESC, answer_id DESC) = 1
ORDER BY list_entry_id;
