-- Whom one reaches at a contact point today, and whether it may be printed (METHODS M18).

-- Whether one of these absences or closures holds on a day. Without a last day it has no known end.
CREATE MACRO away_on(periods, day) AS
coalesce(len(list_filter(periods, lambda p: day BETWEEN p.first_day AND coalesce(p.last_day, DATE '9999-12-31'))) > 0, false);

-- One row per contact, and per contact point with attempts of its own (contact_id or contact_point_id): the last day on which
-- it was reached, and the attempts after that day. Attempts of that day itself say nothing against it: somebody answered.
-- state: bounced (an address was wrong, or nobody there is responsible), silent (nobody answered several times), due (never
-- reached, or longer ago than a half-life), reached. tried_on: the last attempt; of bounced ones the first that was refused.
CREATE VIEW contact_reach AS
WITH way AS (
    SELECT 'contact|' || contact_id AS way_id, contact_id, NULL AS contact_point_id, last_reached_on FROM contact
    UNION ALL SELECT 'place|' || contact_point_id, NULL, contact_point_id, NULL FROM contact_point
),
attempt AS (
    SELECT coalesce('contact|' || contact_id, 'place|' || contact_point_id) AS way_id, attempted_on, outcome
    FROM contact_attempt
),
reached AS (
    SELECT w.*, greatest(w.last_reached_on, a.answered_on) AS reached_on
    FROM way AS w
    LEFT JOIN (SELECT way_id, max(attempted_on) AS answered_on FROM attempt WHERE outcome = 'reached' GROUP BY way_id) AS a
        USING (way_id)
),
since AS (
    SELECT r.contact_id, r.contact_point_id, r.reached_on, count(a.attempted_on) AS attempts,
        coalesce(min(a.attempted_on) FILTER (a.outcome IN ('bounced', 'wrong', 'refused')), max(a.attempted_on)) AS tried_on,
        count(*) FILTER (a.outcome = 'no_answer') AS unanswered,
        count(*) FILTER (a.outcome IN ('bounced', 'wrong', 'refused')) AS refused
    FROM reached AS r LEFT JOIN attempt AS a
        ON a.way_id = r.way_id AND a.attempted_on > coalesce(r.reached_on, DATE '0001-01-01')
    GROUP BY ALL
)
SELECT contact_id, contact_point_id, reached_on, attempts, tried_on,
    CASE
        WHEN refused > 0 THEN 'bounced'
        WHEN unanswered >= silent_after() THEN 'silent'
        WHEN reached_on IS NULL OR today - reached_on > contact_stale_after() THEN 'due'
        ELSE 'reached'
    END AS state
FROM since CROSS JOIN clock
ORDER BY contact_id NULLS LAST, contact_point_id;

-- One row per contact: whether somebody is there today (active, not absent), what may be shown of the person, its reach, and
-- why it may not be printed (empty: it may).
CREATE VIEW contact_today AS
SELECT c.contact_id, c.organization_id, c.role, c.language_ids, s.name, s.phone, s.email, c.deputy_contact_id,
    c.status = 'active' AND NOT away_on(c.absences, today) AS there,
    r.reached_on, r.attempts, r.tried_on, r.state AS reach, c.assured_on,
    list_filter([
        CASE WHEN c.status <> 'active' THEN 'archived' WHEN away_on(c.absences, today) THEN 'absent' END,
        CASE WHEN y.contact_id IS NULL THEN 'no_consent' WHEN s.phone IS NULL AND s.email IS NULL THEN 'no_way' END,
        CASE WHEN c.assured_on IS NULL THEN 'never_confirmed' WHEN today - c.assured_on > contact_stale_after() THEN 'confirmed_long_ago' END,
        CASE
            WHEN r.state IN ('bounced', 'silent') THEN r.state
            WHEN r.reached_on IS NULL THEN 'never_reached'
            WHEN r.state = 'due' THEN 'reached_long_ago'
        END
    ], lambda reason: reason IS NOT NULL) AS unprintable
FROM contact AS c CROSS JOIN clock
JOIN contact_shown AS s USING (contact_id)
JOIN contact_reach AS r USING (contact_id)
LEFT JOIN consenting_today AS y USING (contact_id)
ORDER BY c.contact_id;

-- One row per contact point: whom one asks there today and how. via: contact, deputy (the contact is away and the deputy is
-- there), place (its own phone or mail). contact_id: the one asked, NULL for the place itself; named_contact_id: the one
-- entered. A contact without a phone or mail of its own is asked by that of the place, unless nobody is reached there.
-- unprintable: why it may not be printed (empty: it may).
CREATE VIEW contact_point_today AS
WITH asked AS (
    SELECT p.contact_point_id, p.status, p.assured_on, p.contact_id AS named_contact_id, p.phone, p.email,
        CASE WHEN NOT own.there AND deputy.there THEN deputy.contact_id ELSE own.contact_id END AS contact_id
    FROM contact_point AS p
    LEFT JOIN contact_today AS own ON own.contact_id = p.contact_id
    LEFT JOIN contact_today AS deputy ON deputy.contact_id = own.deputy_contact_id
),
ways AS (
    SELECT a.* EXCLUDE (contact_id), t.contact_id, t.unprintable AS against_contact, r.reached_on AS place_reached_on,
        r.state AS place_reach, r.attempts AS place_attempts, r.tried_on AS place_tried_on,
        list_filter([
            CASE
                WHEN a.phone IS NULL AND a.email IS NULL THEN 'no_way'
                WHEN r.state IN ('bounced', 'silent') THEN r.state
                WHEN r.reached_on IS NULL THEN 'never_reached'
                WHEN r.state = 'due' THEN 'reached_long_ago'
            END
        ], lambda reason: reason IS NOT NULL) AS against_place
    FROM asked AS a JOIN contact_reach AS r USING (contact_point_id) LEFT JOIN contact_today AS t ON t.contact_id = a.contact_id
),
chosen AS (  -- the contact, unless only the place itself can be asked
    SELECT *, contact_id IS NULL OR (against_contact <> [] AND against_place = []) AS by_place FROM ways
)
SELECT c.contact_point_id, c.named_contact_id,
    CASE WHEN by_place THEN 'place' WHEN c.contact_id = c.named_contact_id THEN 'contact' ELSE 'deputy' END AS via,
    CASE WHEN NOT by_place THEN c.contact_id END AS contact_id,
    CASE WHEN NOT by_place THEN t.role END AS role, CASE WHEN NOT by_place THEN t.name END AS name,
    CASE WHEN by_place THEN c.phone ELSE coalesce(t.phone, CASE WHEN c.place_reach NOT IN ('bounced', 'silent') THEN c.phone END) END AS phone,
    CASE WHEN by_place THEN c.email ELSE coalesce(t.email, CASE WHEN c.place_reach NOT IN ('bounced', 'silent') THEN c.email END) END AS email,
    CASE WHEN by_place THEN c.place_reached_on ELSE t.reached_on END AS reached_on,
    CASE WHEN by_place THEN c.place_reach ELSE t.reach END AS reach,
    CASE WHEN by_place THEN c.place_attempts ELSE t.attempts END AS attempts,
    CASE WHEN by_place THEN c.place_tried_on ELSE t.tried_on END AS tried_on,
    list_filter([
        CASE WHEN c.status <> 'active' THEN 'not_active' END,
        CASE
            WHEN c.assured_on IS NULL THEN 'point_never_confirmed'
            WHEN today - c.assured_on > contact_stale_after() THEN 'point_confirmed_long_ago'
        END
    ], lambda reason: reason IS NOT NULL) || CASE WHEN by_place THEN against_place ELSE against_contact END AS unprintable
FROM chosen AS c CROSS JOIN clock LEFT JOIN contact_today AS t ON t.contact_id = c.contact_id
ORDER BY c.contact_point_id;
