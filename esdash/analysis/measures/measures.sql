-- Measures: what is due, the control list, and offers whose effect nobody knows.

-- One row per running offer that reaches the fields of a selection (NULL: all) with an unknown number of places, or that
-- came from a measure (own) and cannot be counted.
CREATE MACRO offers_of_unknown_effect(wanted_groups, wanted_themes, wanted_districts, own) AS TABLE
SELECT initiative_id FROM offer_serving
WHERE (capacity IS NULL OR reachable IS NULL)
    AND (wanted_groups IS NULL OR list_contains(wanted_groups, target_group_id))
    AND (wanted_themes IS NULL OR list_has_any(wanted_themes, [theme_id, field_id]))
    AND (wanted_districts IS NULL OR list_contains(wanted_districts, district_id))
UNION
SELECT initiative_id FROM uncounted_offer WHERE list_contains(own, initiative_id)
ORDER BY initiative_id;

-- One row per measure: what it came from (decision, answer of the city, merge of trainings), its last note and the last
-- reason for a delay, and the day of its next step that is not done.
CREATE VIEW measure_listed AS
WITH noted AS (
    SELECT measure_id, arg_max(text, (noted_on, progress_note_id)) AS last_note, max(noted_on) AS last_noted_on,
        arg_max(delay_reason, (noted_on, progress_note_id)) FILTER (delay_reason IS NOT NULL) AS delay_reason,
        arg_min(due_before, (noted_on, progress_note_id)) FILTER (due_before IS NOT NULL) AS first_due_on
    FROM progress_note GROUP BY measure_id
),
steps AS (
    SELECT measure_id, min(CAST(step ->> 'due_on' AS DATE)) FILTER ((step ->> 'done_on') IS NULL) AS next_step_on,
        count(*) AS steps, count(*) FILTER ((step ->> 'done_on') IS NOT NULL) AS steps_done
    FROM (SELECT measure_id, unnest(CAST(milestones AS JSON[])) AS step FROM measure) GROUP BY measure_id
),
answered AS (
    SELECT a.answer_id, e.priority_item_id, a.responsible_office, a.verdict, a.answered_on
    FROM answer AS a JOIN list_entry AS e USING (list_entry_id)
)
SELECT m.* EXCLUDE (priority_item_id, decision_id), coalesce(m.priority_item_id, a.priority_item_id) AS priority_item_id,
    coalesce(m.decision_id, i.decision_id) AS decision_id, d.number AS decision_number, d.decided_on,
    d.resolution_text, d.result, d.meeting_id, b.name AS body_name,
    a.responsible_office, a.verdict, a.answered_on,
    n.last_note, n.last_noted_on, n.delay_reason, n.first_due_on,
    s.next_step_on, coalesce(s.steps, 0) AS steps, coalesce(s.steps_done, 0) AS steps_done,
    m.state IN ('planned', 'running', 'waiting') AS open
FROM measure AS m
LEFT JOIN answered AS a USING (answer_id)
LEFT JOIN item_decision AS i ON i.priority_item_id = coalesce(m.priority_item_id, a.priority_item_id)
LEFT JOIN decision AS d ON d.decision_id = coalesce(m.decision_id, i.decision_id)
LEFT JOIN meeting AS t ON t.meeting_id = d.meeting_id
LEFT JOIN body AS b USING (body_id)
LEFT JOIN noted AS n ON n.measure_id = m.measure_id
LEFT JOIN steps AS s ON s.measure_id = m.measure_id
ORDER BY m.number NULLS LAST, m.measure_id;

-- Why an open measure asks for attention on a day: overdue, waiting, soon (due within the days of measure_due_soon), or not.
CREATE MACRO measure_asks(state, due_on, day) AS
CASE
    WHEN state NOT IN ('planned', 'running', 'waiting') THEN NULL
    WHEN due_on < day THEN 'overdue'
    WHEN state = 'waiting' THEN 'waiting'
    WHEN due_on <= day + measure_due_soon() THEN 'soon'
END;

-- One row per open measure that asks for attention on a day, the most overdue first. days: until it is due, negative after.
CREATE MACRO measures_due(day) AS TABLE
SELECT measure_id, number, title, lead_organization_id, responsible_role, state, waiting_for, due_on, priority_item_id,
    decision_id, measure_asks(state, due_on, day) AS why, date_diff('day', day, due_on) AS days
FROM measure_listed WHERE why IS NOT NULL
ORDER BY due_on, number, measure_id;

-- One row per line of the control list (Beschlusskontrolle): every measure whose end no meeting has taken note of, and
-- every decision that something should follow from and that has no measure. A decision about the list itself, about
-- minutes, or about a measure is carried out by being made.
CREATE MACRO control_list(day) AS TABLE
WITH measures AS (
    SELECT measure_id, decision_id, decision_number, decided_on, resolution_text, body_name, number, title,
        lead_organization_id, responsible_role, responsible_office, state, waiting_for, due_on, closing_note,
        finished_on, delay_reason, last_note, last_noted_on,
        -- a day that has passed is no next one: of an overdue measure none is known until it gets a new date
        CASE WHEN open AND next_step_on >= day THEN next_step_on WHEN open AND due_on >= day THEN due_on END AS next_on,
        CASE WHEN state IN ('done', 'dropped') THEN state ELSE coalesce(measure_asks(state, due_on, day), 'on_track') END
            AS light
    FROM measure_listed WHERE noted_in_meeting_id IS NULL
),
-- the last decision about each subject
latest AS (
    SELECT d.* FROM decision AS d
    WHERE d.decision_id NOT IN (SELECT supersedes_id FROM decision WHERE supersedes_id IS NOT NULL)
    QUALIFY row_number() OVER (
        PARTITION BY coalesce(d.subject_table || '|' || d.subject, d.decision_id) ORDER BY decided_on DESC, number DESC
    ) = 1
),
answered AS (
    SELECT e.priority_item_id, a.verdict, a.responsible_office, a.next_on, a.reason
    FROM entry_answer AS a JOIN list_entry AS e USING (list_entry_id) JOIN list_version AS v USING (list_version_id)
    QUALIFY row_number() OVER (PARTITION BY e.priority_item_id ORDER BY v.number DESC) = 1
),
decisions AS (
    SELECT d.decision_id, d.number AS decision_number, d.decided_on, d.resolution_text, b.name AS body_name,
        p.lead_organization_id, coalesce(a.responsible_office, d.referred_to) AS responsible_office,
        coalesce(a.verdict, d.result) AS state, d.deferred_until AS due_on, coalesce(a.next_on, d.deferred_until) AS again_on,
        coalesce(a.reason, d.reason) AS last_note,
        CASE WHEN again_on < day THEN 'overdue' WHEN again_on IS NOT NULL THEN 'on_track' ELSE 'no_measure' END AS light
    FROM latest AS d
    LEFT JOIN meeting AS t USING (meeting_id) LEFT JOIN body AS b USING (body_id)
    LEFT JOIN priority_item AS p ON d.subject_table = 'priority_item' AND p.priority_item_id = d.subject
    LEFT JOIN answered AS a ON d.subject_table = 'priority_item' AND a.priority_item_id = d.subject
    WHERE d.result IN ('adopted', 'adopted_changed', 'deferred', 'referred')
        AND coalesce(d.subject_table, '') NOT IN ('list_version', 'meeting', 'measure')
        AND d.decision_id NOT IN (SELECT decision_id FROM measure_listed WHERE decision_id IS NOT NULL)
        AND coalesce(p.priority_item_id NOT IN
            (SELECT priority_item_id FROM measure_listed WHERE priority_item_id IS NOT NULL), true)
)
FROM (FROM measures UNION ALL BY NAME (SELECT * RENAME (again_on AS next_on) FROM decisions))
ORDER BY decided_on NULLS LAST, decision_number, number, measure_id;

-- One row per decision that was adopted, answer of the city that accepts, and accepted merge of trainings, that has no
-- measure yet, the newest first; with what a measure takes from the item of the list.
CREATE VIEW measure_origin AS
WITH found AS (
    SELECT 'decision' AS kind, d.decision_id AS id, d.number, d.decided_on AS day, d.resolution_text AS words,
        CASE WHEN d.subject_table = 'priority_item' THEN d.subject END AS priority_item_id,
        d.decision_id, CAST(NULL AS VARCHAR) AS answer_id, CAST(NULL AS VARCHAR) AS bundling_decision_id
    FROM decision AS d
    WHERE d.result IN ('adopted', 'adopted_changed', 'referred')
        AND coalesce(d.subject_table, '') NOT IN ('list_version', 'meeting', 'measure')
        AND d.decision_id NOT IN (SELECT supersedes_id FROM decision WHERE supersedes_id IS NOT NULL)
        AND d.decision_id NOT IN (SELECT decision_id FROM measure_listed WHERE decision_id IS NOT NULL)
    UNION ALL
    SELECT 'answer', a.answer_id, CAST(v.number AS VARCHAR), a.answered_on, e.title, e.priority_item_id, NULL, a.answer_id, NULL
    FROM entry_answer AS a JOIN list_entry AS e USING (list_entry_id) JOIN list_version AS v USING (list_version_id)
    WHERE a.verdict IN ('accepted', 'accepted_in_part')
        AND e.priority_item_id NOT IN (SELECT priority_item_id FROM measure_listed WHERE priority_item_id IS NOT NULL)
    UNION ALL
    SELECT 'bundling', b.bundling_decision_id, NULL, b.decided_on, k.name, NULL, NULL, NULL, b.bundling_decision_id
    FROM bundling_decision AS b
    LEFT JOIN session AS s ON s.session_id = b.kept_session_id LEFT JOIN course AS k USING (course_id)
    WHERE b.bundling_decision_id NOT IN
        (SELECT bundling_decision_id FROM measure WHERE bundling_decision_id IS NOT NULL)
)
SELECT f.kind || '|' || f.id AS key, f.*, coalesce(p.title, CASE WHEN f.kind <> 'bundling' THEN f.words END) AS title,
    p.lead_organization_id, p.partner_ids, p.due_on
FROM found AS f LEFT JOIN priority_item AS p USING (priority_item_id)
ORDER BY f.day DESC NULLS LAST, key;
