-- What to ask next (METHODS M12): calls to organisations in order of worth, and visits where nobody has looked.

-- One row per offer of which something is unknown × field that hangs on it: a cell whose state is open. kept_open: the
-- places needed there that the unknown facts of this offer keep open, N · min(1, A_high - A_low).
CREATE MATERIALIZED VIEW question_cell AS
SELECT s.initiative_id, s.organization_id, c.theme_id, c.target_group_id, c.district_id,
    c.needed_central AS needed, c.needed_central * least(1, s.high - s.low) AS kept_open
FROM bound_spread AS s JOIN bound_cell AS c USING (theme_id, target_group_id, district_id)
WHERE c.needed_high > 0 AND NOT c.settled AND s.high - s.low > 1e-9 AND s.organization_id IS NOT NULL;

-- One row per offer and unknown fact of it, the offer on which most hangs first: the questions of all calls.
CREATE VIEW question AS
SELECT u.organization_id, u.initiative_id, o.name, u.fact, u.sort, coalesce(w.worth, 0) AS worth, i.asked_on
FROM bound_unknown AS u JOIN bound_offer AS o USING (initiative_id) JOIN initiative AS i USING (initiative_id)
LEFT JOIN (SELECT initiative_id, sum(kept_open) AS worth FROM question_cell GROUP BY ALL) AS w USING (initiative_id)
WHERE u.organization_id IS NOT NULL
ORDER BY worth DESC, o.name COLLATE de, u.initiative_id, u.sort;

-- One row per organisation with a question, the most worth first. worth: the needed places that its unknown facts keep
-- open, each offer by itself. fields and needed: theme × district that the answers help with, and the places needed in
-- their open cells. Whom to ask: the contact of the offer on which most hangs, else another one of the organisation, as
-- it may be shown. asked_on: all of it was asked on that day, less than a quarter of a year ago, and nobody knew; such a
-- call comes last.
CREATE VIEW question_call AS
WITH cell AS (SELECT DISTINCT organization_id, theme_id, target_group_id, district_id, needed FROM question_cell),
helped AS (
    SELECT organization_id, count(DISTINCT (theme_id, district_id)) AS fields, sum(needed) AS needed
    FROM cell GROUP BY ALL
),
called AS (
    SELECT organization_id, count(*) AS questions, count(DISTINCT initiative_id) AS offers,
        CASE WHEN count(*) = count(asked_on) THEN min(asked_on) END AS last_asked
    FROM question GROUP BY ALL
),
worth AS (SELECT organization_id, sum(kept_open) AS worth FROM question_cell GROUP BY ALL),
contact_of AS (
    SELECT c.organization_id, arg_min(c.contact_id, (i.worth IS NULL, -coalesce(i.worth, 0), c.contact_id)) AS contact_id
    FROM contact_shown AS c
    LEFT JOIN (
        SELECT initiative.contact_id, max(q.worth) AS worth
        FROM question AS q JOIN initiative USING (initiative_id) GROUP BY ALL
    ) AS i USING (contact_id)
    WHERE c.status = 'active' GROUP BY ALL
)
SELECT organization_id, o.name AS organization, coalesce(w.worth, 0) AS worth, coalesce(h.fields, 0) AS fields,
    coalesce(h.needed, 0) AS needed, q.questions, q.offers,
    CASE WHEN clock.today - q.last_asked <= contact_stale_after() THEN q.last_asked END AS asked_on, k.contact_id, k.role AS contact_role,
    k.name AS contact_name, k.phone AS contact_phone, k.email AS contact_email, o.phone, o.email, o.website,
    k.last_reached_on
FROM called AS q JOIN organization AS o USING (organization_id) CROSS JOIN clock
LEFT JOIN worth AS w USING (organization_id) LEFT JOIN helped AS h USING (organization_id)
LEFT JOIN contact_of USING (organization_id) LEFT JOIN contact_shown AS k ON k.contact_id = contact_of.contact_id
ORDER BY asked_on IS NOT NULL, worth DESC, questions DESC, o.name COLLATE de, organization_id;

-- One row per theme × district that is needed and where nobody has looked, the most needed places first. none_known: no
-- known offer reaches it.
CREATE VIEW question_visit AS
SELECT theme_id, field_id, district_id, sum(needed_central) AS needed, max(coverage_high) = 0 AS none_known
FROM bound_cell WHERE survey_state IS NULL AND needed_high > 0
GROUP BY ALL ORDER BY needed DESC, theme_id, district_id;
