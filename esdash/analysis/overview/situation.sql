-- The figures of the page Lagebild.

-- One row: the figures of the tiles. Sums leave unknown values out; *_unknown counts them.
CREATE VIEW situation AS
SELECT
    count(*) AS initiatives,
    (SELECT count(*) FROM organization WHERE status = 'active') AS organizations,
    sum(capacity) AS places, count(*) FILTER (capacity IS NULL) AS places_unknown,
    sum(volunteers_active) AS volunteers_active, count(*) FILTER (volunteers_active IS NULL) AS volunteers_active_unknown,
    sum(volunteers_wanted) AS volunteers_wanted, count(*) FILTER (volunteers_wanted IS NULL) AS volunteers_wanted_unknown,
    count(*) FILTER (freshness(assured_on, today) = 'fresh') AS fresh,
    count(*) FILTER (freshness(assured_on, today) = 'fresh') / nullif(count(*), 0) AS fresh_share
FROM active_offer CROSS JOIN clock;

-- One row per field of action: running offers and their places. An offer in two fields counts in both.
CREATE VIEW offers_by_field AS
SELECT f.theme_id AS field_id, f.name_de, f.name_en, f.short_de, f.short_en, f.sort,
    count(o.initiative_id) AS offers, sum(o.capacity) AS places,
    count(o.initiative_id) FILTER (o.capacity IS NULL) AS places_unknown
FROM theme AS f
LEFT JOIN (
    SELECT DISTINCT coalesce(t.parent_id, t.theme_id) AS field_id, n.initiative_id, n.capacity
    FROM (SELECT initiative_id, capacity, unnest(theme_ids) AS theme_id FROM active_offer) AS n JOIN theme AS t USING (theme_id)
) AS o ON o.field_id = f.theme_id
WHERE f.parent_id IS NULL
GROUP BY ALL
ORDER BY f.sort;

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
