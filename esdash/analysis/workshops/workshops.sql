-- Workshops, their ideas and promises, and what became of each (METHODS M25).

-- One row per workshop, the latest first: its place, who organised it, and how many ideas and promises came from it.
CREATE VIEW workshop_listed AS
SELECT w.*, l.name AS place,
    (SELECT count(*) FROM idea AS i WHERE i.workshop_id = w.workshop_id) AS ideas,
    (SELECT count(*) FROM commitment AS c WHERE c.workshop_id = w.workshop_id) AS promises
FROM workshop AS w LEFT JOIN location AS l USING (location_id)
ORDER BY w.held_on DESC NULLS LAST, w.workshop_id;

-- One row per idea that was merged: the idea that stands for it today, also over several merges.
CREATE VIEW idea_stands AS
WITH RECURSIVE led AS (
    SELECT idea_id, similar_to_id AS stands_id FROM idea WHERE state = 'merged'
    UNION
    SELECT l.idea_id, i.similar_to_id FROM led AS l JOIN idea AS i ON i.idea_id = l.stands_id AND i.state = 'merged'
)
SELECT l.idea_id, l.stands_id, i.text AS stands_text FROM led AS l JOIN idea AS i ON i.idea_id = l.stands_id
WHERE i.state <> 'merged'
ORDER BY l.idea_id;

-- One row per idea, the newest first. standing: listed (on the priority list, with its item and since when), ended (was on
-- it), merged (with the idea that stands for it), parked, new. told_apart: people found it to be different from another.
CREATE VIEW idea_listed AS
WITH item AS (
    SELECT substr(finding_id, 6) AS idea_id, priority_item_id, listed_on, ended_on
    FROM priority_item WHERE origin = 'idea' AND listed_on IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY finding_id ORDER BY ended_on DESC NULLS FIRST, listed_on DESC) = 1
),
others AS (SELECT stands_id AS idea_id, count(*) AS others FROM idea_stands GROUP BY stands_id)
SELECT i.* REPLACE (coalesce(w.held_on, i.collected_on) AS collected_on), w.name AS workshop,
    p.priority_item_id, p.listed_on, s.stands_id, s.stands_text, coalesce(o.others, 0) AS others,
    CASE
        WHEN p.listed_on IS NOT NULL AND p.ended_on IS NULL THEN 'listed'
        WHEN i.state <> 'new' THEN i.state
        WHEN p.ended_on IS NOT NULL THEN 'ended'
        ELSE 'new'
    END AS standing,
    EXISTS (FROM duplicate_decision WHERE table_name = 'idea' AND i.idea_id IN (a_id, b_id)) AS told_apart
FROM idea AS i
LEFT JOIN workshop AS w USING (workshop_id)
LEFT JOIN item AS p USING (idea_id)
LEFT JOIN idea_stands AS s USING (idea_id)
LEFT JOIN others AS o USING (idea_id)
ORDER BY collected_on DESC NULLS LAST, i.idea_id;

-- One row per promise, open ones first, the most overdue at the top. followed: its measure still runs, and it is followed
-- there. standing: kept, broken, released; of an open one overdue, measure or open.
CREATE VIEW commitment_listed AS
SELECT c.* REPLACE (coalesce(w.held_on, m.held_on, c.given_on) AS given_on), w.name AS workshop, m.name AS meeting,
    x.number AS measure_number, x.title AS measure_title, x.state AS measure_state,
    coalesce(x.state IN ('planned', 'running', 'waiting'), false) AS followed,
    CASE
        WHEN c.state <> 'open' THEN c.state
        WHEN followed THEN 'measure'
        WHEN c.due_on < today THEN 'overdue'
        ELSE 'open'
    END AS standing
FROM commitment AS c CROSS JOIN clock
LEFT JOIN workshop AS w USING (workshop_id)
LEFT JOIN meeting AS m USING (meeting_id)
LEFT JOIN measure AS x ON x.measure_id = c.measure_id
ORDER BY c.state <> 'open', c.due_on NULLS LAST, c.checked_on DESC NULLS LAST, c.commitment_id;

-- One row per promise that may be shown outside: kept and open ones, without what was noted about them.
CREATE VIEW commitment_public AS
SELECT commitment_id, organization_id, contact_role, text, theme_id, district_id, workshop_id, workshop, given_on, due_on,
    state, checked_on
FROM commitment_listed WHERE state IN ('open', 'kept')
ORDER BY given_on DESC NULLS LAST, commitment_id;

-- One row: how many workshops, ideas and promises there are, each divided by what became of it; the parts add up.
CREATE VIEW workshop_count AS
SELECT (SELECT count(*) FROM workshop) AS workshops,
    i.*, c.*
FROM (
    SELECT count(*) AS ideas, count(*) FILTER (standing = 'listed') AS listed, count(*) FILTER (standing = 'new') AS new,
        count(*) FILTER (standing = 'merged') AS merged, count(*) FILTER (standing = 'parked') AS parked,
        count(*) FILTER (standing = 'ended') AS ended
    FROM idea_listed
) AS i CROSS JOIN (
    SELECT count(*) AS promises, count(*) FILTER (state = 'kept') AS kept, count(*) FILTER (state = 'open') AS open,
        count(*) FILTER (standing = 'overdue') AS overdue, count(*) FILTER (standing = 'measure') AS followed,
        count(*) FILTER (state = 'broken') AS broken, count(*) FILTER (state = 'released') AS released,
        count(*) FILTER (standing = 'open' AND due_on IS NULL) AS undated
    FROM commitment_listed
) AS c;
