-- The figures of the page Lagebild.

-- One row: running offers, those of unknown size among them, and organisations.
CREATE VIEW situation AS
SELECT count(*) AS initiatives, count(*) FILTER (capacity IS NULL) AS places_unknown,
    (SELECT count(*) FROM organization WHERE status = 'active') AS organizations
FROM active_offer;

-- One row per month end and today, over the last 18 months: running offers and their known places, from the change log.
CREATE VIEW growth AS
WITH moments AS (
    SELECT CAST(least(last_day(m), today) AS DATE) AS day
    FROM clock, unnest(generate_series(date_trunc('month', today - INTERVAL 18 MONTH), today, INTERVAL 1 MONTH)) AS s (m)
),
states AS (
    SELECT record_id, changed_at, change_id, after ->> 'status' AS status,
        TRY_CAST(after ->> 'ended_on' AS DATE) AS ended_on, TRY_CAST(after ->> 'capacity' AS INTEGER) AS capacity
    FROM change_log WHERE table_name = 'initiative'
),
then_state AS (
    SELECT day, record_id, arg_max(status, change_id) AS status, arg_max(ended_on, change_id) AS ended_on_known,
        arg_max(struct_pack(s := status, e := ended_on, c := capacity), change_id) AS state
    FROM moments JOIN states ON changed_at < day + INTERVAL 1 DAY
    GROUP BY ALL
)
SELECT m.day,
    count(*) FILTER (state.s = 'active' AND (state.e IS NULL OR state.e >= m.day)) AS offers,
    sum(state.c) FILTER (state.s = 'active' AND (state.e IS NULL OR state.e >= m.day)) AS places
FROM moments AS m LEFT JOIN then_state AS t USING (day)
WHERE m.day >= (SELECT CAST(min(changed_at) AS DATE) FROM change_log)
GROUP BY ALL
ORDER BY m.day;

-- One row per day worth comparing with: a meeting that was held, or a day that got a name.
CREATE VIEW comparison_day AS
WITH named AS (
    SELECT held_on AS day, name FROM meeting WHERE meeting_state IN ('held', 'closed') AND NOT cancelled
    UNION BY NAME
    SELECT taken_on AS day, name FROM snapshot WHERE taken_on NOT IN (SELECT held_on FROM meeting)
)
SELECT day, name FROM named CROSS JOIN clock WHERE day < today ORDER BY day DESC, name COLLATE de;
